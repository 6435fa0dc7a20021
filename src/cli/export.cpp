#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/bundle_service.h"
#include "kernel/service/sheet_export.h"

namespace assay {
namespace {

using Sink = std::function<Result<void>(std::string_view)>;

const Principal& operator_principal() {
  static const Principal principal = Principal::product("command line");
  return principal;
}

Result<const EntityDef*> register_of(const Call& call) {
  std::string name = call.arguments.value("--register");
  if (name.empty()) return nullptr;
  const Registry& registry = product().registry;
  if (const EntityDef* def = registry.find(name)) return def;
  std::string nearest = registry.nearest(name);
  return fail(
      Problems{{"--register",
                "must be a register" + (nearest.empty() ? std::string() : "; did you mean " + nearest + "?"), name}});
}

Result<void> print_piece(std::string_view piece) {
  if (std::fwrite(piece.data(), 1, piece.size(), stdout) == piece.size()) return {};
  return fail(ErrorKind::limit, "standard output cannot be written");
}

// Writes to standard output, or into a file that appears only when it is complete.
Result<void> into(const std::string& target, const std::function<Result<void>(const Sink&)>& write) {
  if (target == "-") return write(&print_piece);
  std::filesystem::path path = std::filesystem::absolute(target);
  TRY(TempFile file, TempFile::create(path.parent_path()));
  CHECK(write([&](std::string_view piece) { return file.write(piece); }));
  CHECK(file.sync());
  CHECK(file.rename_to(path));
  return sync_folder(path.parent_path());
}

Result<void> export_file(const Call& call) {
  std::string format = call.arguments.value("--format");
  std::string target = call.arguments.value("-o");
  TRY(const EntityDef* def, register_of(call));
  if (format != "bundle" && format != "xlsx" && format != "csv")
    return fail(Problems{{"--format", "must be bundle, xlsx or csv", format}});
  if (format == "csv" && !def) return fail(Problems{{"--register", "is needed for csv", ""}});
  if (format == "bundle" && def)
    return fail(
        Problems{{"--register", "does not go with a bundle, which holds all registers", std::string(def->name())}});
  if (format == "xlsx" && target == "-") return fail(Problems{{"-o", "must be a file for xlsx", target}});
  TRY(auto tenant, open_tenant(call));
  ListQuery query;
  query.def = def;
  if (format == "xlsx") {
    std::filesystem::path path = std::filesystem::absolute(target);
    return write_workbook(path, tenant->workspace->location().temp_folder(), [&](XlsxWriter& writer) {
      return def ? export_xlsx(tenant->registers, operator_principal(), query, writer)
                 : export_workbook(tenant->registers, operator_principal(), writer);
    });
  }
  if (format == "csv") {
    return into(target,
                [&](const Sink& sink) { return export_csv(tenant->registers, operator_principal(), query, sink); });
  }
  TRY(auto reader, tenant->workspace->read());
  // One moment of the whole organisation: references never point past what was written.
  CHECK(reader->connection().begin_read());
  bool with_files = lower(std::filesystem::path(target).extension().string()) == ".zip";
  auto done = with_files ? export_bundle_zip(*reader, tenant->blobs, std::filesystem::absolute(target),
                                             tenant->workspace->location().temp_folder())
                         : into(target, [&](const Sink& sink) { return export_bundle(*reader, sink); });
  reader->connection().rollback();
  return done;
}

}  // namespace

int run_export(const Call& call) {
  auto done = export_file(call);
  if (done) return exit_done;
  report_failure(done.error());
  return exit_failed;
}

}  // namespace assay
