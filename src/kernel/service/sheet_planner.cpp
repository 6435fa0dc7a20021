// The first pass of an import: which rows there are and which record each of them is.
#include "kernel/service/sheet_planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "kernel/service/cell_reading.h"

namespace assay {
namespace {

constexpr std::size_t batch = 200;  // values in one question to the database

std::string_view cell_at(const std::vector<std::string>& cells, std::size_t position) {
  return position < cells.size() ? std::string_view(cells[position]) : std::string_view();
}

bool is_example(std::string_view cell) {
  std::string word = folded(cell);
  for (std::string_view start : {"example", "beispiel", "e.g.", "z. b.", "z.b."}) {
    if (word == start || word.starts_with(std::string(start) + " ") || word.starts_with(std::string(start) + ":"))
      return true;
  }
  return word == "(example)" || word == "(beispiel)";
}

// The number of an id such as "R-012" in a register with the prefix R; -1 for any other.
std::int64_t id_number(const EntityDef& def, std::string_view id) {
  std::string start = std::string(def.text.prefix) + "-";
  if (!id.starts_with(start) || id.size() > start.size() + 12) return -1;
  std::int64_t number = -1;
  auto [end, error] = std::from_chars(id.data() + start.size(), id.data() + id.size(), number);
  return error == std::errc() && end == id.data() + id.size() ? number : -1;
}

std::string plain_id_problem(std::string_view id) {
  if (id.size() > 200) return "must have at most 200 characters";
  if (!is_utf8(id)) return "must be valid UTF-8 text";
  bool control = std::any_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return control ? "must be one line of text" : "";
}

}  // namespace

std::optional<Record> CachedLookup::find(const EntityDef& def, std::string_view id) const {
  auto [entry, fresh] = found_.try_emplace(fmt::format("{}\n{}", def.name(), id));
  if (fresh) entry->second = reader_.find(def, id);
  return entry->second;
}

std::vector<Record> CachedLookup::where(const EntityDef& def, std::string_view field, std::string_view value) const {
  if (lists_.size() > 5000) lists_.clear();  // questions about single rows are not asked again
  auto [entry, fresh] = lists_.try_emplace(fmt::format("{}\n{}\n{}", def.name(), field, value));
  if (fresh) entry->second = reader_.where(def, field, value);
  return entry->second;
}

double CachedLookup::parameter(std::string_view key) const {
  auto [entry, fresh] = parameters_.try_emplace(std::string(key));
  if (fresh) entry->second = reader_.parameter(key);
  return entry->second;
}

SheetPlanner::SheetPlanner(const Reader& reader, const Principal& principal, const SheetTask& task,
                           const SheetImportOptions& options, ReferenceIndex& references, CachedLookup& lookup)
    : reader_(reader),
      principal_(principal),
      task_(task),
      options_(options),
      references_(references),
      lookup_(lookup),
      def_(*task.def) {
  plan_.def = task.def;
  plan_.sheet = task.sheet->name;
  plan_.mapping = task.mapping;
}

std::string_view SheetPlanner::cell(const RowPlan& row, const MappedColumn& column) const {
  return cell_at(task_.sheet->rows[row.row - 1], column.position);
}

std::string SheetPlanner::place(const RowPlan& row, const MappedColumn& column) const {
  return fmt::format("row {}, column {}", row.row,
                     column.heading.empty() ? column_letters(column.position) : shorten(column.heading, 60));
}

bool SheetPlanner::is_skipped(const std::vector<std::string>& cells, std::size_t index) const {
  bool filled = false;
  for (const MappedColumn& column : plan_.mapping.columns) {
    bool counts = column.use == ColumnUse::field || column.use == ColumnUse::id;
    if (!counts || is_blank(cell_at(cells, column.position))) continue;
    if (!filled && is_example(cell_at(cells, column.position))) return true;
    filled = true;
  }
  if (!filled) return true;
  // Long tables repeat their headings for printing.
  return index > plan_.mapping.header_row && cells == task_.sheet->rows[plan_.mapping.header_row];
}

void SheetPlanner::collect_rows() {
  const auto& rows = task_.sheet->rows;
  for (std::size_t i = plan_.mapping.header_row + 1; i < rows.size(); ++i) {
    if (is_skipped(rows[i], i)) {
      ++plan_.skipped;
      continue;
    }
    RowPlan& row = plan_.rows.emplace_back();
    row.row = i + 1;
  }
}

void SheetPlanner::note_columns() {
  for (const MappedColumn& column : plan_.mapping.columns) {
    if (column.use != ColumnUse::none || column.heading.empty()) continue;
    plan_.notes.push_back({"column " + shorten(column.heading, 60),
                           column.note.empty() ? "is not imported" : "is not imported: " + column.note, ""});
  }
}

// A part of a whole whose sheet does not say of which: when there is only one, it is that one.
Result<void> SheetPlanner::assume_parent() {
  if (def_.text.parent.empty()) return {};
  const FieldDef& field = *def_.find(def_.text.parent);
  bool given = plan_.mapping.column_of(field) != nullptr;
  for (const auto& [fixed, value] : plan_.mapping.fixed) given |= fixed == &field;
  if (given || plan_.mapping.column_for(ColumnUse::id)) return {};
  std::vector<Id> ids;
  CHECK(reader_.connection().query(fmt::format("select id from {} order by id limit 2", field.target().name()), {},
                                   [&](const Row& row) { ids.emplace_back(row.text(0)); }));
  if (ids.size() != 1) return {};
  plan_.mapping.fixed.emplace_back(&field, ids[0]);
  plan_.notes.push_back(
      {std::string(field.text.label), "is not in the sheet; new rows belong to the only one there is", ids[0]});
  return {};
}

Result<void> SheetPlanner::identify() {
  TRY(custom_, reader_.custom_fields());
  CHECK(assume_parent());
  note_columns();
  collect_rows();
  auto is_known = [&](const FieldDef& field) {
    bool fixed = std::any_of(plan_.mapping.fixed.begin(), plan_.mapping.fixed.end(),
                             [&](const auto& item) { return item.first == &field; });
    return fixed || plan_.mapping.column_of(field);
  };
  for (const FieldDef& field : def_.fields) {
    if (field.text.unique && is_known(field)) keys_.push_back({&field});
  }
  for (std::string_view names : split(def_.text.unique_together, ';')) {
    std::vector<const FieldDef*> fields;
    for (std::string_view name : split(names, ' ')) {
      if (const FieldDef* field = def_.find(name); field && is_known(*field)) fields.push_back(field);
      else fields.push_back(nullptr);
    }
    bool complete = !names.empty() && std::find(fields.begin(), fields.end(), nullptr) == fields.end();
    if (complete) keys_.push_back(std::move(fields));
  }
  stored_by_key_.resize(keys_.size());
  claimed_keys_.resize(keys_.size());
  CHECK(load_stored());
  for (RowPlan& row : plan_.rows) match(row);
  for (RowPlan& row : plan_.rows) CHECK(name_new(row));
  return {};
}

// What to ask the database for, so that every row's record is among the answers.
std::vector<Filter> SheetPlanner::wanted() {
  std::vector<Filter> filters;
  if (const MappedColumn* column = plan_.mapping.column_for(ColumnUse::id)) {
    Filter& ids = filters.emplace_back();
    for (const RowPlan& row : plan_.rows) {
      if (std::string_view id = trim(cell(row, *column)); !id.empty()) ids.values.emplace_back(id);
    }
  }
  for (const auto& key : keys_) {
    // Of a key of several fields the one that is no reference tells records apart best.
    auto best = std::find_if(key.begin(), key.end(), [](const FieldDef* field) { return !field->refers(); });
    Filter& values = filters.emplace_back();
    values.field = best == key.end() ? key.front() : *best;
    std::unordered_set<std::string> seen;
    for (const RowPlan& row : plan_.rows) {
      std::string text = key_of({values.field}, row);
      if (!text.empty() && seen.insert(text).second) values.values.push_back(text);
    }
  }
  if (def_.text.single) filters.emplace_back(Filter{nullptr, Comparison::not_empty, {}});
  return filters;
}

Result<void> SheetPlanner::load_where(const Filter& filter) {
  ListQuery query;
  query.def = &def_;
  query.filters = {filter};
  return reader_.each(query, [&](const Record& record) -> Result<void> {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (std::string key = key_of(keys_[i], record); !key.empty())
        stored_by_key_[i].try_emplace(std::move(key), record.id);
    }
    stored_.try_emplace(record.id, record);
    return {};
  });
}

Result<void> SheetPlanner::load_stored() {
  for (Filter& filter : wanted()) {
    if (filter.comparison == Comparison::not_empty) {
      CHECK(load_where(filter));
      continue;
    }
    for (std::size_t start = 0; start < filter.values.size(); start += batch) {
      Filter part{filter.field, Comparison::is, {}};
      std::size_t end = std::min(filter.values.size(), start + batch);
      part.values.assign(filter.values.begin() + static_cast<std::ptrdiff_t>(start),
                         filter.values.begin() + static_cast<std::ptrdiff_t>(end));
      CHECK(load_where(part));
    }
  }
  return {};
}

// The stored texts of the fields, which name one record together; empty when one of them is unset.
std::string SheetPlanner::key_of(const std::vector<const FieldDef*>& fields, const Record& record) const {
  std::string key;
  for (const FieldDef* field : fields) {
    const Value& value = record.at(field->name);
    if (is_empty(value)) return {};
    key += (key.empty() ? "" : "\x1f") + to_text(*field, value);
  }
  return key;
}

std::string SheetPlanner::key_of(const std::vector<const FieldDef*>& fields, const RowPlan& row) {
  std::string key;
  for (const FieldDef* field : fields) {
    std::string_view text;
    for (const auto& [fixed, value] : plan_.mapping.fixed) {
      if (fixed == field) text = value;
    }
    if (const MappedColumn* column = plan_.mapping.column_of(*field)) text = cell(row, *column);
    auto value = says_nothing(*field, text) ? Result<Value>(Value()) : read_value(*field, text);
    if (!value || is_empty(*value)) return {};
    key += (key.empty() ? "" : "\x1f") + to_text(*field, *value);
  }
  return key;
}

void SheetPlanner::match(RowPlan& row) {
  const MappedColumn* column = plan_.mapping.column_for(ColumnUse::id);
  if (column) row.id = trim(cell(row, *column));
  if (std::string problem = plain_id_problem(row.id); !problem.empty()) {
    row.problems.push_back({place(row, *column), problem, shorten(row.id, 60)});
    return;
  }
  if (row.id.empty() || !stored_.contains(row.id)) match_by_keys(row);
  if (row.id.empty() && def_.text.single && !stored_.empty()) row.id = stored_.begin()->first;
  if (!row.id.empty()) claim(row);
}

void SheetPlanner::match_by_keys(RowPlan& row) {
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    std::string key = key_of(keys_[i], row);
    if (key.empty()) continue;
    if (auto found = stored_by_key_[i].find(key); found != stored_by_key_[i].end()) {
      row.id = found->second;
      return;
    }
    auto [other, fresh] = claimed_keys_[i].try_emplace(key, row.row);
    if (fresh) continue;
    const MappedColumn* column = plan_.mapping.column_of(*keys_[i].back());
    row.problems.push_back({column ? place(row, *column) : fmt::format("row {}", row.row),
                            fmt::format("must be unique in the register; row {} has the same", other->second),
                            shorten(replace_all(key, "\x1f", ", "), 80)});
  }
}

// The first row that is a record stands for it.
void SheetPlanner::claim(RowPlan& row) {
  auto [other, fresh] = claimed_.try_emplace(row.id, row.row);
  if (!fresh)
    row.problems.push_back(
        {fmt::format("row {}", row.row), fmt::format("is the same record as row {}", other->second), row.id});
}

Result<Id> SheetPlanner::next_id() {
  if (last_number_ < 0) {
    Param params[] = {def_.name()};
    TRY(auto last, reader_.connection().one_integer("select last from assay_sequence where register = ?", params));
    last_number_ = last.value_or(0);
    for (const auto& [id, row] : claimed_) last_number_ = std::max(last_number_, id_number(def_, id));
  }
  return fmt::format("{}-{:03}", def_.text.prefix, ++last_number_);
}

Result<void> SheetPlanner::name_new(RowPlan& row) {
  bool is_stored = !row.id.empty() && stored_.contains(row.id);
  const MappedColumn* titles = plan_.mapping.column_of(def_.title_field());
  if (titles) row.title = shorten(trim(cell(row, *titles)), 120);
  if (is_stored) {
    if (row.title.empty()) row.title = stored_.at(row.id).title();
    return {};
  }
  if (!row.problems.empty()) return {};
  if (row.id.empty()) {
    TRY(row.id, next_id());
  }
  return references_.add_pending(def_, row.id, def_.title_field().kind == Kind::text ? row.title : "");
}

}  // namespace assay
