#include "kernel/service/sheet_import.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/identity/permission.h"
#include "kernel/service/sheet_planner.h"

namespace assay {
namespace {

Result<void> demand_import(const Principal& principal, std::span<const SheetTask> tasks) {
  for (const SheetTask& task : tasks) {
    CHECK(demand(may(principal, Action::import_, *task.def)));
    if (task.mapping.maps_anything()) continue;
    return fail(
        Problems{{task.sheet->name.empty() ? "the sheet" : "sheet " + task.sheet->name,
                  fmt::format("must have a column that is a field of {}; give a mapping", task.def->text.plural), ""}},
        "Nothing can be imported.");
  }
  return {};
}

// Everything wrong in all plans, with the sheet's name in front when there are several.
Error refusal(const std::vector<SheetPlan>& plans) {
  Error error{ErrorKind::invalid, "", {}, {}, {}};
  std::size_t refused = 0;
  for (const SheetPlan& plan : plans) {
    refused += plan.refused;
    for (Problem& problem : plan.problems()) {
      if (plans.size() > 1) problem.place = fmt::format("sheet {}, {}", plan.sheet, problem.place);
      error.problems.push_back(std::move(problem));
    }
  }
  error.message = fmt::format("{} {} refused; nothing was imported.", refused, refused == 1 ? "row was" : "rows were");
  return error;
}

Result<void> store(Transaction& transaction, std::vector<SheetPlan>& plans, const std::string& reason) {
  for (SheetPlan& plan : plans) {
    for (RowPlan& row : plan.rows) {
      if (row.fate == RowFate::created) CHECK(transaction.insert(*row.after, reason, "import"));
      if (row.fate == RowFate::changed) CHECK(transaction.update(*row.before, *row.after, reason, "import"));
      row.after.reset();
      row.before.reset();
    }
  }
  return {};
}

Result<void> remember(Transaction& transaction, const SheetTask& task) {
  std::string fingerprint = heading_fingerprint(*task.sheet, task.mapping.header_row);
  std::string mapping = mapping_json(task.mapping);
  std::string at = transaction.now().iso();
  Param params[] = {task.def->name(), std::string_view(fingerprint), std::string_view(mapping), std::string_view(at)};
  CHECK(transaction.connection().run(
      "insert into assay_import_mapping (register, fingerprint, mapping, at) values (?, ?, ?, ?) "
      "on conflict (register, fingerprint) do update set mapping = excluded.mapping, at = excluded.at",
      params));
  return {};
}

Problems collect(const SheetPlan& plan, Problems RowPlan::*which) {
  Problems out;
  for (const RowPlan& row : plan.rows) out.insert(out.end(), (row.*which).begin(), (row.*which).end());
  return out;
}

}  // namespace

std::string_view name_of(RowFate fate) {
  constexpr std::string_view names[] = {"created", "changed", "unchanged", "refused"};
  return names[static_cast<std::size_t>(fate)];
}

Problems SheetPlan::problems() const { return collect(*this, &RowPlan::problems); }
Problems SheetPlan::warnings() const { return collect(*this, &RowPlan::warnings); }

Result<std::vector<SheetPlan>> plan_import(const Reader& reader, const Principal& principal,
                                           std::span<const SheetTask> tasks, const SheetImportOptions& options) {
  CHECK(demand_import(principal, tasks));
  ReferenceIndex references(reader);
  CachedLookup lookup(reader);
  std::vector<std::unique_ptr<SheetPlanner>> planners;
  for (const SheetTask& task : tasks)
    planners.push_back(std::make_unique<SheetPlanner>(reader, principal, task, options, references, lookup));
  for (auto& planner : planners) CHECK(planner->identify());
  std::vector<SheetPlan> plans;
  for (auto& planner : planners) {
    CHECK(planner->decide());
    plans.push_back(planner->take());
    planner.reset();
  }
  return plans;
}

Result<std::vector<SheetPlan>> apply_import(Workspace& workspace, const Principal& principal,
                                            std::span<const SheetTask> tasks, const SheetImportOptions& options,
                                            Problems* store_warnings) {
  std::vector<SheetPlan> plans;
  std::string reason =
      "import" + (options.file_name.empty() ? std::string() : " of " + shorten(options.file_name, 200));
  CHECK(workspace.write(
      principal,
      [&](Transaction& transaction) -> Result<void> {
        CHECK(transaction.expect_many());
        TRY(plans, plan_import(transaction, principal, tasks, options));
        for (const SheetPlan& plan : plans) {
          if (plan.refused > 0 && !options.skip_refused) return Failure(refusal(plans));
        }
        CHECK(store(transaction, plans, reason));
        for (const SheetTask& task : tasks) CHECK(remember(transaction, task));
        return {};
      },
      options.strict ? Strictness::strict : Strictness::lenient, store_warnings));
  return plans;
}

Result<ColumnMapping> mapping_for(const Reader& reader, const EntityDef& def, const Sheet& sheet) {
  TRY(const CustomFields* custom, reader.custom_fields());
  std::size_t header_row = find_header_row(def, sheet, *custom);
  std::string fingerprint = heading_fingerprint(sheet, header_row);
  Param params[] = {def.name(), std::string_view(fingerprint)};
  TRY(auto text, reader.connection().one_text(
                     "select mapping from assay_import_mapping where register = ? and fingerprint = ?", params));
  if (text) {
    // A remembered field may be gone from the register: then it is guessed anew.
    auto mapping = parse_mapping(def, sheet, header_row, *text, *custom);
    if (mapping) {
      mapping->remembered = true;
      return mapping;
    }
  }
  return guess_mapping(def, sheet, *custom);
}

}  // namespace assay
