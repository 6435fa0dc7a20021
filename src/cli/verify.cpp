#include "kernel/service/verify.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"

namespace assay {
namespace {

void print_json(const Verification& result) {
  fmt::print("{{\"clean\": {}, \"entries\": {}, \"records\": {}, \"root\": \"{}\", \"damages\": [",
             result.damages.empty(), result.entries, result.records, result.root);
  for (std::size_t i = 0; i < result.damages.size(); ++i) {
    fmt::print("{}{{\"place\": {}, \"what\": {}}}", i ? ", " : "", json_string(result.damages[i].place),
               json_string(result.damages[i].what));
  }
  fmt::print("]}}\n");
}

}  // namespace

int run_verify(const Call& call) {
  auto tenant = open_tenant(call);
  if (!tenant) {
    report_failure(tenant.error());
    return exit_failed;
  }
  auto result = verify(*(*tenant)->workspace);
  if (!result) {
    report_failure(result.error());
    return exit_failed;
  }
  if (call.arguments.has("--json")) {
    print_json(*result);
  } else if (result->damages.empty()) {
    fmt::print("Clean: {} ledger entries and {} records recomputed; root {}.\n", result->entries, result->records,
               result->root);
  } else {
    fmt::print("Altered. First: {} {}.\n", result->damages.front().place, result->damages.front().what);
    for (std::size_t i = 1; i < result->damages.size(); ++i)
      fmt::print("  {} {}.\n", result->damages[i].place, result->damages[i].what);
  }
  return result->damages.empty() ? exit_done : exit_negative;
}

int run_migrate(const Call& call) {
  auto location = location_of(call.settings);
  if (!location) return report_failure(location.error());
  auto names = workspace_names(*location);
  if (!names) return report_failure(names.error());
  for (const std::string& name : *names) {
    auto workspace = Workspace::open(*location, name, product().workspace_settings());
    if (!workspace) return report_failure(workspace.error());
    fmt::print("{}: up to date\n", name);
  }
  return exit_done;
}

}  // namespace assay
