#include "workflows/soa/soa_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "isms/soa/control_number.h"
#include "kernel/service/cell_reading.h"
#include "workflows/soa/soa_basis.h"
#include "workflows/soa/soa_reading.h"

namespace assay {
namespace {

constexpr std::string_view taken_fields[] = {"control_ref",
                                             "applicability",
                                             "inclusion_reasons",
                                             "inclusion_justification",
                                             "exclusion_justification",
                                             "implementation_status",
                                             "linked_risks",
                                             "linked_obligations",
                                             "control",
                                             "last_reviewed_on"};

const FieldDef& soa_field(std::string_view name) { return SoAEntry::def().fields[SoAEntry::def().index(name)]; }

// The sheet in the form that the registers' own import reads, with the rows where they were.
struct Prepared {
  Sheet statement{"Statement", {}}, lines{"Lines", {}};
  std::vector<SheetTask> tasks;
  SoaImportPlan plan;
};

MappedColumn mapped(std::size_t position, std::string_view name, ColumnUse use = ColumnUse::field,
                    const EntityDef& def = SoAEntry::def()) {
  return {position, std::string(name), use, use == ColumnUse::field ? def.find(name) : nullptr, 1, {}};
}

class SoaSheetReader {
 public:
  SoaSheetReader(const Sheet& sheet, const SoaImportOptions& options, Prepared& out)
      : sheet_(sheet), options_(options), out_(out) {}

  void read(const std::map<std::string, Id, std::less<>>& present) {
    const std::size_t first = options_.columns.header_row + 1;
    out_.lines.rows.assign(std::max(sheet_.rows.size(), first), {});
    write_head();
    for (std::size_t i = first; i < sheet_.rows.size(); ++i) {
      if (!is_empty_row(sheet_.rows[i])) read_row(i, present);
    }
    if (!out_.plan.begins_version) return;
    std::size_t missing = 0;
    for (const std::string& ref : annex_a_refs()) {
      if (seen_.contains(ref)) continue;
      ++missing;
      out_.lines.rows.push_back({"", out_.plan.soa, ref, "annex_a", "applicable"});
    }
    if (missing > 0)
      out_.plan.notes.push_back(
          fmt::format("{} controls of Annex A are not in the file; their lines begin undecided.", missing));
  }

 private:
  // id, soa, control_ref, origin, then the fields that are taken over besides the reference.
  void write_head() {
    ColumnMapping mapping;
    mapping.header_row = options_.columns.header_row;
    std::vector<std::string> head;
    auto add = [&](std::string_view name, ColumnUse use = ColumnUse::field) {
      mapping.columns.push_back(mapped(head.size(), name, use));
      head.emplace_back(name);
    };
    add("id", ColumnUse::id);
    for (std::string_view name : {"soa", "control_ref", "origin"}) add(name);
    for (std::string_view name : taken_fields) {
      // The status of a line that is there already moves by its steps.
      if (name == "implementation_status" && !out_.plan.begins_version)
        mapping.columns.push_back(mapped(head.size(), name, ColumnUse::none));
      else if (name != "control_ref") mapping.columns.push_back(mapped(head.size(), name));
      if (name != "control_ref") head.emplace_back(name);
    }
    out_.lines.rows[options_.columns.header_row] = std::move(head);
    out_.tasks.push_back({&out_.lines, &SoAEntry::def(), std::move(mapping)});
  }

  static bool is_empty_row(const std::vector<std::string>& row) {
    return std::ranges::all_of(row, [](const std::string& cell) { return is_blank(cell); });
  }

  std::string_view cell(std::size_t row, std::string_view name) const {
    const MappedColumn* column = options_.columns.column_of(soa_field(name));
    return column && column->position < sheet_.rows[row].size() ? trim(sheet_.rows[row][column->position])
                                                                : std::string_view();
  }

  void refuse(std::size_t row, std::string_view name, std::string message, std::string_view value = {}) {
    const MappedColumn* column = options_.columns.column_of(soa_field(name));
    out_.plan.problems.push_back(
        {fmt::format("row {}, column {}", row + 1, column ? column->heading : soa_field(name).text.label),
         std::move(message), shorten(value, 60)});
  }

  // The reference of 2022 that the row is about; empty when the row was refused.
  std::string reference(std::size_t row) {
    const std::string_view text = cell(row, "control_ref");
    ControlNumber number = read_control_number(text);
    if (number.kind == ControlNumberKind::edition_2013) {
      if (options_.follow_2013 && number.one_to_one) {
        out_.plan.notes.push_back(
            fmt::format("Row {}: A.{} of 2013 is taken as {}.", row + 1, number.ref, number.successors.front()));
        return number.successors.front();
      }
      const std::string hint = number.successors.empty()
                                   ? std::string("an objective of the edition of 2013")
                                   : fmt::format("a number of the edition of 2013; in 2022 it is part of {}",
                                                 join(number.successors, " and "));
      refuse(row, "control_ref", fmt::format("is {}: give the number of 2022", hint), text);
      return {};
    }
    if (number.kind == ControlNumberKind::unreadable) {
      refuse(row, "control_ref",
             "must be a number of Annex A such as A.5.1 or 5.1, or an own one with a letter and a digit", text);
      return {};
    }
    return number.ref;
  }

  void read_row(std::size_t row, const std::map<std::string, Id, std::less<>>& present) {
    const std::string ref = reference(row);
    if (ref.empty()) return;
    if (!seen_.insert(ref).second) {
      const bool cut = ref.ends_with(".1") || ref.ends_with(".2") || ref.ends_with(".3");
      return refuse(
          row, "control_ref",
          cut ? fmt::format(
                    "stands twice; a number such as {}0 loses its last digit when the column is not formatted as text",
                    ref)
              : std::string("stands twice"),
          ref);
    }
    const bool annex = is_annex_a_ref(ref);
    auto decision = read_cell(soa_field("applicability"), cell(row, "applicability"));
    std::string exclusion(cell(row, "exclusion_justification")), inclusion(cell(row, "inclusion_justification"));
    std::string wanted = decision ? std::string(text_of(*decision)) : std::string();
    if (cell(row, "applicability").empty() && !exclusion.empty()) wanted = "excluded";
    if (wanted.empty())
      return refuse(row, "applicability", "must say whether the control applies: yes or no",
                    cell(row, "applicability"));
    const bool excluded = wanted == "excluded";
    if (excluded && exclusion.empty()) exclusion = std::exchange(inclusion, {});  // one column for both
    const auto known = present.find(ref);
    std::vector<std::string> line{known == present.end() ? std::string() : known->second, out_.plan.soa, ref,
                                  annex ? "annex_a" : "custom"};
    for (std::string_view name : taken_fields) {
      if (name == "control_ref") continue;
      if (name == "applicability") line.push_back(wanted);
      else if (name == "inclusion_justification") line.push_back(excluded ? std::string() : inclusion);
      else if (name == "exclusion_justification") line.push_back(excluded ? exclusion : std::string());
      else if (excluded && (name == "inclusion_reasons" || name == "implementation_status")) line.emplace_back();
      else line.emplace_back(cell(row, name));
    }
    out_.lines.rows[row] = std::move(line);
  }

  const Sheet& sheet_;
  const SoaImportOptions& options_;
  Prepared& out_;
  std::set<std::string> seen_;
};

// How many of the cells below a heading are numbers of Annex A, of either edition.
double share_of_numbers(const Sheet& sheet, std::size_t header_row, std::size_t position) {
  std::size_t filled = 0, numbers = 0;
  for (std::size_t i = header_row + 1; i < sheet.rows.size(); ++i) {
    if (position >= sheet.rows[i].size() || is_blank(sheet.rows[i][position])) continue;
    ++filled;
    const ControlNumberKind kind = read_control_number(sheet.rows[i][position]).kind;
    numbers += kind == ControlNumberKind::annex_a || kind == ControlNumberKind::edition_2013;
  }
  return filled == 0 ? 0 : static_cast<double>(numbers) / static_cast<double>(filled);
}

// Where the lines go: the draft that is there, or a new version.
Result<void> choose_version(const Reader& reader, const Principal& principal, Prepared& out,
                            std::map<std::string, Id, std::less<>>& present) {
  TRY(auto versions, soa_versions(reader, principal));
  const StatementOfApplicability* open = soa_to_work_on(versions);
  if (open && open->status == VersionStatus::in_review)
    return fail(ErrorKind::conflict,
                fmt::format("Version {} is in review; send it back to draft first.", open->version));
  if (open && open->status == VersionStatus::draft) {
    out.plan.version = open->version;
    out.plan.soa = open->id;
    Result<void> failure;
    for (const Record& line : seen_records(reader, principal, SoAEntry::def(), failure, "soa", {open->id}))
      present.emplace(std::string(line.text("control_ref")), line.id);
    return failure;
  }
  const SoaBasis basis = basis_for_new_soa(reader);
  if (basis.scope.empty())
    return fail(Problems{{"scope", "is needed first: record the scope of the ISMS, on which the statement rests", ""}},
                "The statement cannot be begun.");
  out.plan.begins_version = true;
  out.plan.version = versions.empty() ? 1 : versions.front().version + 1;
  out.plan.soa = fmt::format("SOA-{}", out.plan.version);
  while (reader.find(StatementOfApplicability::def(), out.plan.soa)) out.plan.soa += "-new";
  const EntityDef& def = StatementOfApplicability::def();
  out.statement.rows = {{"id", "version", "status", "scope", "run"},
                        {out.plan.soa, std::to_string(out.plan.version), "draft", basis.scope, basis.run}};
  ColumnMapping mapping;
  mapping.columns = {mapped(0, "id", ColumnUse::id, def), mapped(1, "version", ColumnUse::field, def),
                     mapped(2, "status", ColumnUse::field, def), mapped(3, "scope", ColumnUse::field, def),
                     mapped(4, "run", ColumnUse::field, def)};
  out.tasks.push_back({&out.statement, &def, std::move(mapping)});
  return {};
}

Result<std::unique_ptr<Prepared>> prepare_soa_import(const Reader& reader, const Principal& principal,
                                                     const Sheet& sheet, const SoaImportOptions& options) {
  if (!options.columns.column_of(soa_field("control_ref")))
    return fail(Problems{{"control_ref", "choose the column with the numbers of the controls", ""}},
                "The sheet cannot be read.");
  if (!options.columns.column_of(soa_field("applicability")))
    return fail(Problems{{"applicability", "choose the column that says whether a control applies", ""}},
                "The sheet cannot be read.");
  auto out = std::make_unique<Prepared>();
  std::map<std::string, Id, std::less<>> present;
  CHECK(choose_version(reader, principal, *out, present));
  SoaSheetReader(sheet, options, *out).read(present);
  if (!out->plan.begins_version && options.columns.column_of(soa_field("implementation_status"))) {
    out->plan.notes.emplace_back(
        "The draft is there already: statuses are not taken over, they follow from the controls. Declare them on the "
        "page of the statement.");
  }
  return out;
}

}  // namespace

std::vector<const FieldDef*> soa_import_fields() {
  std::vector<const FieldDef*> out;
  for (std::string_view name : taken_fields) out.push_back(&soa_field(name));
  return out;
}

ColumnMapping guess_soa_columns(const Sheet& sheet) {
  ColumnMapping mapping = guess_mapping(SoAEntry::def(), sheet);
  const auto fields = soa_import_fields();
  for (MappedColumn& column : mapping.columns) {
    const bool taken = column.use == ColumnUse::field && std::ranges::find(fields, column.field) != fields.end();
    if (!taken) column.use = ColumnUse::none;
    if (!taken) column.field = nullptr;
  }
  // "Control" may head the numbers, the titles or the own controls: what stands below tells.
  MappedColumn* numbers = nullptr;
  double best = 0.5;
  for (MappedColumn& column : mapping.columns) {
    const double share = share_of_numbers(sheet, mapping.header_row, column.position);
    if (share <= best) continue;
    best = share;
    numbers = &column;
  }
  if (!numbers) return mapping;
  for (MappedColumn& column : mapping.columns) {
    if (column.field != &soa_field("control_ref")) continue;
    column.use = ColumnUse::none;
    column.field = nullptr;
  }
  numbers->use = ColumnUse::field;
  numbers->field = &soa_field("control_ref");
  return mapping;
}

Result<SoaImportPlan> plan_soa_import(Tenant& tenant, const Principal& principal, const Sheet& sheet,
                                      const SoaImportOptions& options) {
  TRY(auto reader, tenant.workspace->read());
  TRY(auto prepared, prepare_soa_import(*reader, principal, sheet, options));
  TRY(auto plans, plan_import(*reader, principal, prepared->tasks, {.file_name = options.file_name}));
  prepared->plan.lines = std::move(plans.back());
  return std::move(prepared->plan);
}

Result<SoaImportPlan> apply_soa_import(Tenant& tenant, const Principal& principal, const Sheet& sheet,
                                       const SoaImportOptions& options) {
  std::unique_ptr<Prepared> prepared;
  {
    TRY(auto reader, tenant.workspace->read());
    TRY(prepared, prepare_soa_import(*reader, principal, sheet, options));
  }
  if (!prepared->plan.problems.empty()) return fail(prepared->plan.problems, "Nothing was imported.");
  TRY(auto plans, apply_import(*tenant.workspace, principal, prepared->tasks, {.file_name = options.file_name}));
  prepared->plan.lines = std::move(plans.back());
  return std::move(prepared->plan);
}

}  // namespace assay
