#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "kernel/exchange/csv.h"
#include "kernel/exchange/xlsx_reader.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/bundle_service.h"
#include "kernel/service/sheet_export.h"
#include "kernel/service/sheet_import.h"

namespace assay {
namespace {

constexpr std::size_t most_printed = 200;

const Principal& operator_principal() {
  static const Principal principal = Principal::product("command line");
  return principal;
}

void print_problems(std::FILE* to, std::string_view heading, const Problems& problems) {
  if (problems.empty()) return;
  fmt::print(to, "{} ({}):\n", heading, problems.size());
  for (std::size_t i = 0; i < problems.size() && i < most_printed; ++i) {
    const Problem& problem = problems[i];
    fmt::print(to, "  {}{}{}{}\n", problem.place, problem.place.empty() ? "" : ": ", problem.message,
               problem.value.empty() ? "" : fmt::format(" (here: {})", problem.value));
  }
  if (problems.size() > most_printed) fmt::print(to, "  … and {} more\n", problems.size() - most_printed);
}

Result<Workbook> read_sheets(const std::filesystem::path& file) {
  if (lower(file.extension().string()) != ".csv" && lower(file.extension().string()) != ".tsv") return read_xlsx(file);
  TRY(std::string bytes, read_file(file, ReadLimits().bytes));
  TRY(Sheet sheet, read_csv(bytes));
  Workbook workbook;
  workbook.sheets.push_back(std::move(sheet));
  return workbook;
}

bool has_data(const Sheet& sheet) {
  std::size_t filled = 0;
  for (const auto& row : sheet.rows)
    filled += std::any_of(row.begin(), row.end(), [](const std::string& cell) { return !is_blank(cell); }) ? 1U : 0U;
  return filled > 1;
}

Result<const EntityDef*> named_register(const std::string& name) {
  const Registry& registry = product().registry;
  if (const EntityDef* def = registry.find(name)) return def;
  if (const EntityDef* def = register_named(registry, name)) return def;
  std::string nearest = registry.nearest(name);
  return fail(
      Problems{{"--register",
                "must be a register" + (nearest.empty() ? std::string() : "; did you mean " + nearest + "?"), name}});
}

// The sheets to be imported with their registers; the mapping is found later.
Result<std::vector<SheetTask>> choose_sheets(const Arguments& arguments, const Workbook& workbook,
                                             const std::filesystem::path& file) {
  std::string wanted = arguments.value("--sheet");
  std::string register_name = arguments.value("--register");
  std::vector<SheetTask> tasks;
  std::vector<std::string> names;
  for (const Sheet& sheet : workbook.sheets) {
    names.push_back(sheet.name);
    if ((!wanted.empty() && sheet.name != wanted) || !has_data(sheet) || sheet.name == legend_sheet) continue;
    if (!register_name.empty()) {
      TRY(const EntityDef* def, named_register(register_name));
      return std::vector<SheetTask>{{&sheet, def, {}}};
    }
    if (const EntityDef* def = sheet.name.empty() ? nullptr : register_named(product().registry, sheet.name))
      tasks.push_back({&sheet, def, {}});
  }
  if (!tasks.empty()) return tasks;
  bool found = wanted.empty() || std::find(names.begin(), names.end(), wanted) != names.end();
  if (!found) return fail(Problems{{"--sheet", "must be one of: " + join(names, ", "), wanted}});
  const EntityDef* by_file = register_named(product().registry, file.stem().string());
  for (const Sheet& sheet : workbook.sheets) {
    if (by_file && has_data(sheet) && (wanted.empty() || sheet.name == wanted))
      return std::vector<SheetTask>{{&sheet, by_file, {}}};
  }
  if (by_file) return fail(ErrorKind::invalid, "There is no sheet with data in " + file.string() + ".");
  return fail(Problems{
      {"--register", "is needed: neither the file nor a sheet is named after a register", file.filename().string()}});
}

Result<void> map_columns(const Arguments& arguments, const Reader& reader, std::vector<SheetTask>& tasks) {
  std::string given = arguments.value("--mapping");
  if (given.ends_with(".json")) {
    TRY(given, read_file(arguments.value("--mapping"), 1 << 20));
  }
  if (!given.empty() && tasks.size() > 1)
    return fail(Problems{{"--mapping", "fits one sheet; choose it with --sheet", ""}});
  for (SheetTask& task : tasks) {
    if (given.empty()) {
      TRY(task.mapping, mapping_for(reader, *task.def, *task.sheet));
    } else {
      TRY(const CustomFields* custom, reader.custom_fields());
      TRY(task.mapping,
          parse_mapping(*task.def, *task.sheet, find_header_row(*task.def, *task.sheet, *custom), given, *custom));
    }
  }
  return {};
}

void print_mapping(const SheetPlan& plan) {
  for (const MappedColumn& column : plan.mapping.columns) {
    if (column.use == ColumnUse::none || column.use == ColumnUse::stamp) continue;
    std::string_view target = column.field                       ? column.field->name
                              : column.use == ColumnUse::id      ? "id"
                              : column.use == ColumnUse::version ? "version"
                                                                 : "custom";
    if (column.heading == target) continue;
    fmt::print("  {} -> {}{}\n", column.heading, target, column.confidence < 0.75 ? " (a guess)" : "");
  }
}

void print_plan(const SheetPlan& plan, bool stored) {
  fmt::print("{}{}{} {}: {} created, {} changed, {} unchanged, {} refused{}.\n", plan.sheet,
             plan.sheet.empty() ? "" : " -> ", plan.def->text.plural, stored ? "imported" : "(nothing stored)",
             plan.created, plan.changed, plan.unchanged, plan.refused,
             plan.skipped ? fmt::format(", {} blank or example rows passed over", plan.skipped) : "");
  print_mapping(plan);
  print_problems(stdout, "Notes", plan.notes);
  print_problems(stdout, "Warnings", plan.warnings());
  print_problems(stderr, "Refused", plan.problems());
}

Result<int> import_sheets(const Call& call, const std::filesystem::path& file) {
  const Arguments& arguments = call.arguments;
  TRY(Workbook workbook, read_sheets(file));
  TRY(std::vector<SheetTask> tasks, choose_sheets(arguments, workbook, file));
  TRY(auto tenant, open_tenant(call));
  SheetImportOptions options;
  options.strict = arguments.has("--strict");
  options.clear_blank = arguments.has("--clear-blank");
  options.skip_bad_cells = arguments.has("--skip-bad-cells");
  options.file_name = file.filename().string();
  bool refused = false;
  {
    TRY(auto reader, tenant->workspace->read());
    CHECK(map_columns(arguments, *reader, tasks));
    TRY(auto plans, plan_import(*reader, operator_principal(), tasks, options));
    for (const SheetPlan& plan : plans) refused |= plan.refused > 0;
    for (const SheetPlan& plan : plans) {
      if (refused || arguments.has("--dry-run")) print_plan(plan, false);
    }
    if (refused) fmt::print(stderr, "Rows were refused; nothing was imported.\n");
    if (refused || arguments.has("--dry-run")) return refused ? exit_negative : exit_done;
  }
  Problems warnings;
  TRY(auto plans, apply_import(*tenant->workspace, operator_principal(), tasks, options, &warnings));
  for (const SheetPlan& plan : plans) print_plan(plan, true);
  print_problems(stdout, "Warnings", warnings);
  return exit_done;
}

Result<int> import_a_bundle(const Call& call, const std::filesystem::path& file) {
  TRY(std::string text, read_bundle_file(file));
  TRY(Bundle bundle, read_bundle(product().registry, text));
  TRY(auto tenant, open_tenant(call));
  ImportOptions options{call.arguments.has("--dry-run"), call.arguments.has("--strict"), {}};
  // Files come first: a record never points to one that is not there, while a file without a record does no harm.
  TRY(BundleBlobs blobs, take_blobs(file, options.dry_run ? nullptr : &tenant->blobs));
  std::size_t given = 0;
  if (!options.dry_run) {
    options.also = [&](Transaction& transaction) -> Result<void> {
      TRY(given, hand_out_blobs(transaction, bundle, blobs, tenant->blobs));
      return {};
    };
  }
  TRY(ImportOutcome outcome, import_bundle(*tenant->workspace, operator_principal(), bundle, options));
  fmt::print("{} created, {} changed, {} unchanged{}{}.\n", outcome.created, outcome.changed, outcome.unchanged,
             blobs.empty()     ? ""
             : options.dry_run ? fmt::format(", {} files beside them", blobs.size())
                               : fmt::format(", {} files of which {} belong to a record", blobs.size(), given),
             options.dry_run ? " (nothing stored)" : "");
  print_problems(stdout, "Warnings", outcome.warnings);
  return exit_done;
}

Result<int> import_file(const Call& call) {
  if (call.arguments.words().empty())
    return fail(ErrorKind::not_found, "FILE is needed: a .json bundle, a folder, .zip, .xlsx or .csv.");
  std::filesystem::path file = call.arguments.words()[0];
  std::string ending = lower(file.extension().string());
  bool sheets = ending == ".csv" || ending == ".tsv" || ending == ".xlsx" || ending == ".xlsm";
  return sheets ? import_sheets(call, file) : import_a_bundle(call, file);
}

}  // namespace

int run_import(const Call& call) {
  auto done = import_file(call);
  if (done) return *done;
  int code = report_failure(done.error());
  // An option that does not fit is a question that could not be asked, not a refused input.
  const Problems& problems = done.error().problems;
  bool usage = std::any_of(problems.begin(), problems.end(),
                           [](const Problem& problem) { return problem.place.starts_with("--"); });
  return usage ? exit_failed : code;
}

}  // namespace assay
