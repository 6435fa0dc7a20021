// The second pass of an import: what becomes of each row.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/identity/permission.h"
#include "kernel/model/json.h"
#include "kernel/service/cell_reading.h"
#include "kernel/service/register_service.h"
#include "kernel/service/sheet_planner.h"
#include "kernel/service/wholes.h"

namespace assay {
namespace {

std::string_view state_field(const EntityDef& def) { return def.lifecycle ? def.lifecycle->field : std::string_view(); }

// Files from other systems end lines in their own way.
std::string with_plain_line_ends(std::string_view text) {
  return text.find('\r') == std::string_view::npos ? std::string(text)
                                                   : replace_all(replace_all(text, "\r\n", "\n"), "\r", "\n");
}

// 20 and 20.0 are one number, and an empty list is nothing.
bool same_value(const Value& a, const Value& b) {
  if (is_empty(a) && is_empty(b)) return true;
  auto first = number_of(a);
  auto second = number_of(b);
  return first && second ? *first == *second : a == b;
}

}  // namespace

Result<void> SheetPlanner::decide() {
  for (RowPlan& row : plan_.rows) {
    CHECK(decide(row));
    count(row);
  }
  return {};
}

Result<void> SheetPlanner::decide(RowPlan& row) {
  if (!row.problems.empty()) return {};
  auto found = stored_.find(row.id);
  const Record* stored = found == stored_.end() ? nullptr : &found->second;
  Record record = stored ? *stored : Record(def_);
  record.id = row.id;
  read_custom(row, record);  // first: columns of custom fields go over it
  CHECK(read_fields(row, record, stored));
  if (!stored) CHECK(read_fixed(row, record));
  if (!row.problems.empty()) return {};
  if (!stored) finish_new(row, record);
  else if (changes(*stored, record).empty() && stored->custom == record.custom) row.fate = RowFate::unchanged;
  else finish_changed(row, record, *stored);
  if (row.fate == RowFate::created || row.fate == RowFate::changed)
    row.after = std::make_unique<Record>(std::move(record));
  return {};
}

void SheetPlanner::count(RowPlan& row) {
  if (!row.problems.empty()) row.fate = RowFate::refused;
  switch (row.fate) {
    case RowFate::created: ++plan_.created; break;
    case RowFate::changed: ++plan_.changed; break;
    case RowFate::unchanged: ++plan_.unchanged; break;
    case RowFate::refused:
      ++plan_.refused;
      row.after.reset();
      break;
  }
}

Result<void> SheetPlanner::read_fields(RowPlan& row, Record& record, const Record* stored) {
  for (const MappedColumn& column : plan_.mapping.columns) {
    if (column.use == ColumnUse::field) CHECK(read_field(row, column, record, stored));
  }
  return {};
}

Result<void> SheetPlanner::read_field(RowPlan& row, const MappedColumn& column, Record& record, const Record* stored) {
  const FieldDef& field = *column.field;
  std::string text = with_plain_line_ends(cell(row, column));
  Value present = record.value(field);
  // A cell as our own export wrote it is no change, even where reading it back would be.
  if (stored) {
    std::string written = with_plain_line_ends(to_text(field, present));
    if (text == written || trim(text) == trim(written)) return {};
  }
  if (says_nothing(field, text)) {
    bool clears = options_.clear_blank && is_blank(text) && !field.text.derived && field.name != state_field(def_);
    if (clears) record.set(field, Value());
    return {};
  }
  auto value = read_value(field, text);
  if (!value) {
    if (value.error().kind != ErrorKind::invalid) return std::unexpected(std::move(value).error());
    for (const Problem& problem : value.error().problems) {
      Problem placed{place(row, column), problem.message, problem.value};
      if (options_.skip_bad_cells)
        row.warnings.push_back({std::move(placed.place), "was left out: it " + placed.message, placed.value});
      else row.problems.push_back(std::move(placed));
    }
    return {};
  }
  if (stored && field.text.derived) {
    if (!same_value(present, *value)) {
      row.warnings.push_back({place(row, column), "is worked out from other fields; the value was not taken over",
                              shorten(trim(text), 60)});
    }
    return {};
  }
  if (stored && field.name == state_field(def_)) {
    if (present == *value) return {};
    row.problems.push_back(
        {place(row, column),
         fmt::format("is changed by taking a step, not by an import; it is \"{}\"", display(field, present)),
         shorten(trim(text), 60)});
    return {};
  }
  if (!same_value(present, *value)) record.set(field, *std::move(value));
  return {};
}

Result<void> SheetPlanner::read_fixed(RowPlan& row, Record& record) {
  for (const auto& [field, text] : plan_.mapping.fixed) {
    if (!is_empty(record.value(*field))) continue;
    auto value = read_value(*field, text);
    if (value) {
      record.set(*field, *std::move(value));
      continue;
    }
    if (value.error().kind != ErrorKind::invalid) return std::unexpected(std::move(value).error());
    for (const Problem& problem : value.error().problems)
      row.problems.push_back({fmt::format("row {}, {}", row.row, field->text.label), problem.message, problem.value});
  }
  return {};
}

Result<Value> SheetPlanner::read_value(const FieldDef& field, std::string_view text) {
  if (field.refers()) return references_.resolve(field, text);
  TRY(Value value, read_cell(field, text));
  TRY(Problems lost, dangling(field, value));
  if (!lost.empty()) return fail(std::move(lost));
  return value;
}

// References inside embedded records go by id alone.
Result<Problems> SheetPlanner::dangling(const FieldDef& field, const Value& value) {
  Problems problems;
  for (const EmbeddedRow& entry : rows_of(value)) {
    for (std::size_t i = 0; i < entry.values.size(); ++i) {
      const FieldDef& part = field.parts()[i];
      if (!part.refers() || is_empty(entry.values[i])) continue;
      std::vector<Id> ids = part.is_list() ? list_of(entry.values[i]) : std::vector<Id>{Id(text_of(entry.values[i]))};
      for (const Id& id : ids) {
        TRY(bool known, references_.has(part.target(), id));
        if (!known)
          problems.push_back({"",
                              fmt::format("refers in {} to a {} that does not exist", part.name, part.target().name()),
                              shorten(id, 80)});
      }
    }
  }
  return problems;
}

void SheetPlanner::read_custom(RowPlan& row, Record& record) {
  const MappedColumn* column = plan_.mapping.column_for(ColumnUse::custom);
  if (!column) return;
  std::string_view text = trim(cell(row, *column));
  if (text.empty() && !options_.clear_blank) return;
  boost::system::error_code error;
  boost::json::value json = text.empty() ? boost::json::object() : boost::json::parse(text, error);
  if (error || !json.is_object()) {
    row.problems.push_back({place(row, *column), "must be a JSON object", shorten(text, 60)});
    return;
  }
  // The object holds what has no column of its own; the rest stays.
  boost::json::object merged = json.get_object();
  for (const auto& item : custom_object(record.custom)) {
    const FieldDef* field = custom_->find(def_, std::string(custom_prefix) + std::string(item.key()));
    bool has_column = field && plan_.mapping.column_of(*field);
    if (has_column) merged[item.key()] = item.value();
  }
  // The same values in another order are no change.
  if (merged != custom_object(record.custom)) record.custom = custom_text(merged);
}

std::string SheetPlanner::place_of_field(const RowPlan& row, std::string_view name) const {
  const FieldDef* field =
      name.starts_with(custom_prefix) ? custom_->find(def_, name) : def_.find(name.substr(0, name.find('.')));
  const MappedColumn* column = field ? plan_.mapping.column_of(*field) : nullptr;
  if (column) return place(row, *column);
  return fmt::format("row {}, {}", row.row, field ? field->text.label : name);
}

// Derived fields come from the others; what cannot be derived keeps what the sheet or the record says.
void SheetPlanner::derive(RowPlan& row, Record& record, const Record& base) {
  if (!def_.derive) return;
  derive_fields(record, lookup_);
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = def_.fields[i];
    if (!field.text.derived || is_empty(base.values[i])) continue;
    if (is_empty(record.values[i])) {
      record.values[i] = base.values[i];
      continue;
    }
    if (!same_value(record.values[i], base.values[i]) && base.version == 0) {
      row.warnings.push_back(
          {place_of_field(row, field.name),
           fmt::format("is worked out from other fields: {} is stored", display(field, record.values[i])),
           display(field, base.values[i])});
    }
  }
}

void SheetPlanner::finish_new(RowPlan& row, Record& record) {
  const FieldDef* state = def_.find(state_field(def_));
  if (state && state->required && is_unset(record.at(state->name)))
    record.at(state->name) = std::string(state->choices.front().name);
  Record base = record;
  derive(row, record, base);
  row.fate = RowFate::created;
  demand(row, record, nullptr);
  judge(row, record, nullptr);
}

void SheetPlanner::finish_changed(RowPlan& row, Record& record, const Record& stored) {
  const MappedColumn* column = plan_.mapping.column_for(ColumnUse::version);
  std::string_view version = column ? trim(cell(row, *column)) : std::string_view();
  if (!version.empty() && version != std::to_string(stored.version)) {
    row.problems.push_back(
        {place(row, *column),
         fmt::format("was changed since the file was exported: the version is {} now. Leave the column out to "
                     "overwrite it",
                     stored.version),
         shorten(version, 20)});
  }
  if (stored.is_frozen()) {
    row.problems.push_back({fmt::format("row {}", row.row),
                            fmt::format("is {} and does not change any more", lower(stored.state_label())), stored.id});
  }
  Record base = record;
  derive(row, record, base);
  row.fate = RowFate::changed;
  row.changes = changes(stored, record);
  std::ranges::move(custom_changes(*custom_, stored, record), std::back_inserter(row.changes));
  demand(row, record, &stored);
  judge(row, record, &stored);
  if (row.problems.empty()) row.before = std::make_unique<Record>(stored);
}

// An import does not let somebody do what they may not do by hand.
void SheetPlanner::demand(RowPlan& row, const Record& record, const Record* stored) {
  if (principal_.system) return;
  auto ask = [&](const Decision& decision, std::string where) {
    if (!decision.allowed)
      row.problems.push_back({std::move(where),
                              decision.reason + (decision.who_may.empty() ? "" : " Who may: " + decision.who_may),
                              row.id});
    return decision.allowed;
  };
  std::string whole = fmt::format("row {}", row.row);
  if (!ask(may(principal_, Action::import_, def_, &record, &lookup_), whole)) return;
  if (!stored) {
    // People bring history along; a machine may only bring what it could enter.
    if (principal_.roles.has(Role::collector)) ask(may(principal_, Action::create, def_, &record, &lookup_), whole);
    return;
  }
  if (!ask(may(principal_, Action::change, def_, stored, &lookup_), whole)) return;
  if (!ask(may(principal_, Action::change, def_, &record, &lookup_), whole)) return;
  for (const FieldChange& change : row.changes) {
    if (!change.field->text.derived)
      ask(may_change_field(principal_, def_, *change.field, stored), place_of_field(row, change.field->name));
  }
}

void SheetPlanner::judge(RowPlan& row, const Record& record, const Record* stored) {
  auto judged = [&](Strictness strictness) {
    Problems problems = validate(record, strictness);
    std::ranges::move(check_custom(*custom_, record, stored, strictness), std::back_inserter(problems));
    // Lines of an old statement come after it; lines that are there stand with it.
    if (stored) std::ranges::move(settled_with_whole(lookup_, record, stored), std::back_inserter(problems));
    return problems;
  };
  Problems all = judged(Strictness::strict);
  if (all.empty()) return;
  Problems serious = options_.strict ? all : judged(Strictness::lenient);
  Problems old = stored ? validate(*stored, Strictness::strict) : Problems();
  for (Problem& problem : all) {
    // Old gaps of a record are not this import's fault.
    bool known = std::find(old.begin(), old.end(), problem) != old.end();
    bool refuses = std::find(serious.begin(), serious.end(), problem) != serious.end();
    if (known) continue;
    std::string where = place_of_field(row, problem.place);
    (refuses ? row.problems : row.warnings)
        .push_back({std::move(where), std::move(problem.message), std::move(problem.value)});
  }
}

}  // namespace assay
