#include "kernel/service/backup.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"

namespace assay {
namespace {

std::string megabytes(std::uint64_t bytes) { return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6); }

Result<void> back_up(const Call& call) {
  TRY(Location location, location_of(call.settings));
  std::filesystem::path target = std::filesystem::absolute(call.arguments.value("-o"));
  TRY(BackupReport report, make_backup(location, product(), target));
  fmt::print("{}: {} with {} files, {}. It holds the signing keys; keep it safe.\n", target.string(),
             "workspaces " + join(report.workspaces, ", "), report.members, megabytes(report.bytes));
  return {};
}

Result<void> restore(const Call& call) {
  if (call.arguments.words().empty())
    return fail(ErrorKind::not_found, "FILE is needed: an archive that `assay backup` wrote.");
  TRY(Location location, location_of(call.settings));
  TRY(BackupReport report,
      restore_backup(call.arguments.words()[0], location, product(), call.arguments.has("--force")));
  fmt::print("Restored workspaces {} as of {}: {} files, {}.\n", join(report.workspaces, ", "), report.time,
             report.members, megabytes(report.bytes));
  if (!report.before.empty()) fmt::print("What was there before is in {}.\n", report.before.string());
  return {};
}

}  // namespace

int run_backup(const Call& call) {
  auto done = back_up(call);
  return done ? exit_done : report_failure(done.error());
}

int run_restore(const Call& call) {
  auto done = restore(call);
  return done ? exit_done : report_failure(done.error());
}

}  // namespace assay
