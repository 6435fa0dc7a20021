#include "kernel/store/list_sql.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "kernel/store/custom_field_rows.h"
#include "kernel/store/schema.h"
#include "kernel/store/search.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

Param typed_param(const FieldDef* field, const std::string& text) {
  if (field && field->kind == Kind::boolean) return text == "true";
  if (field && field->is_number()) {
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (field->kind == Kind::integer) return static_cast<std::int64_t>(number);
    return number;
  }
  return std::string_view(text);
}

std::string like_pattern(std::string_view text) {
  std::string escaped = replace_all(replace_all(replace_all(lower(text), "\\", "\\\\"), "%", "\\%"), "_", "\\_");
  return "%" + escaped + "%";
}

}  // namespace

Result<std::optional<Cursor>> parse_cursor(const ListQuery& query) {
  if (query.after.empty()) return std::optional<Cursor>();
  boost::system::error_code error;
  boost::json::value json = boost::json::parse(query.after, error);
  const auto* parts = error ? nullptr : json.if_array();
  bool good =
      parts && parts->size() == 2 && (*parts)[1].is_string() && ((*parts)[0].is_string() || (*parts)[0].is_null());
  if (!good) return fail(Problems{{"after", "must be the cursor of a page of this list", shorten(query.after, 60)}});
  Cursor cursor;
  cursor.sort_is_null = (*parts)[0].is_null();
  if (!cursor.sort_is_null) cursor.sort_text = (*parts)[0].get_string();
  cursor.id = (*parts)[1].get_string();
  return std::optional<Cursor>(cursor);
}

std::string make_cursor(const ListQuery& query, const Record& last) {
  std::string sort = "null";
  if (query.sort) {
    Value value = last.value(*query.sort);
    if (!is_unset(value)) sort = json_string(to_text(*query.sort, value));
  }
  return "[" + sort + "," + json_string(last.id) + "]";
}

ListSql::ListSql(const ListQuery& query, Engine engine) : query_(query), engine_(engine) {
  columns_ = query.columns;
  if (columns_.empty()) {
    for (const FieldDef& field : query.def->fields) columns_.push_back(&field);
  }
  // The sort column is always read: the cursor needs it.
  if (query.sort && std::find(columns_.begin(), columns_.end(), query.sort) == columns_.end())
    columns_.push_back(query.sort);
  select_ = "r.id, r.revision, r.updated_at, r.custom";
  std::string titles;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const FieldDef& field = *columns_[i];
    if (!field.custom) select_ += fmt::format(", r.{}", field.name);  // custom ones come with r.custom
    title_fields_.push_back(nullptr);
    if (field.kind != Kind::reference || query.columns.empty()) continue;
    std::string alias = fmt::format("t{}", i);
    joins_ += fmt::format(" left join {} {} on {}.id = {}", field.target().name(), alias, alias,
                          column_sql(field, "r", engine_));
    TitleSql title = title_sql(field.target(), alias, joins_);
    titles += ", " + title.expression;
    title_fields_.back() = title.field;
  }
  select_ += titles;
  add_filters();
}

void ListSql::add_filters() {
  std::size_t values = 2;
  for (const Filter& filter : query_.filters) values += filter.values.size();
  kept_.reserve(values);  // parameters point into it
  for (const Filter& filter : query_.filters) add_filter(filter);
  if (query_.search.empty()) return;
  kept_.push_back(search_parameter(engine_, query_.search));
  if (kept_.back().empty()) {
    where_ += " and 1 = 0";
    return;
  }
  where_ += fmt::format(" and r.id in (select d.record from assay_search_doc d where d.register = '{}' and {})",
                        query_.def->name(), search_condition(engine_));
  filter_params_.emplace_back(std::string_view(kept_.back()));
}

std::string ListSql::condition_of(const Filter& filter) {
  std::string column = filter.field ? column_sql(*filter.field, "r", engine_) : "r.id";
  bool list = filter.field && filter.field->is_list();
  auto marks = [&] { return value_marks(filter.values.size()); };
  auto in_list = [&](std::string_view inner) {
    return fmt::format("r.id in (select record from {} where {})", link_table(*query_.def, *filter.field), inner);
  };
  switch (filter.comparison) {
    case Comparison::is:
      return list ? in_list(fmt::format("value in ({})", marks())) : fmt::format("{} in ({})", column, marks());
    case Comparison::is_not:
      return list ? "not " + in_list(fmt::format("value in ({})", marks()))
                  : fmt::format("({0} is null or {0} not in ({1}))", column, marks());
    case Comparison::at_least: return column + " >= ?";
    case Comparison::at_most: return column + " <= ?";
    case Comparison::contains:
      return list ? in_list("lower(value) like ? escape '\\'")
                  : fmt::format("lower(cast({} as text)) like ? escape '\\'", column);
    case Comparison::empty: return column + " is null";
    case Comparison::not_empty: return column + " is not null";
  }
  return "1 = 0";
}

void ListSql::add_filter(const Filter& filter) {
  where_ += " and " + condition_of(filter);
  if (filter.comparison == Comparison::empty || filter.comparison == Comparison::not_empty) return;
  bool all = filter.comparison == Comparison::is || filter.comparison == Comparison::is_not;
  for (const std::string& value : filter.values) {
    bool pattern = filter.comparison == Comparison::contains;
    kept_.push_back(pattern ? like_pattern(value) : value);
    filter_params_.push_back(pattern ? Param(std::string_view(kept_.back())) : typed_param(filter.field, kept_.back()));
    if (!all) break;
  }
}

std::vector<Segment> ListSql::segments(const std::optional<Cursor>& cursor) {
  cursor_ = cursor;
  if (cursor_ && query_.sort && !cursor_->sort_is_null) sort_param_ = typed_param(query_.sort, cursor_->sort_text);
  std::string base = fmt::format("select {} from {} r{} where 1 = 1{}", select_, query_.def->name(), joins_, where_);
  std::string_view way = query_.descending ? " desc" : "";
  std::string_view beyond = query_.descending ? "<" : ">";
  if (!query_.sort) {
    Segment only{base, false, cursor_.has_value()};
    if (cursor_) only.sql += fmt::format(" and r.id {} ?", beyond);
    only.sql += fmt::format(" order by r.id{} limit ?", way);
    return {only};
  }
  std::string column = column_sql(*query_.sort, "r", engine_);
  bool past_nulls = cursor_ && !cursor_->sort_is_null;
  Segment nulls{base + fmt::format(" and {} is null", column), false, cursor_ && cursor_->sort_is_null};
  if (nulls.binds_id) nulls.sql += fmt::format(" and r.id {} ?", beyond);
  nulls.sql += fmt::format(" order by r.id{} limit ?", way);
  Segment values{base + fmt::format(" and {} is not null", column), past_nulls, past_nulls};
  if (past_nulls) values.sql += fmt::format(" and ({}, r.id) {} (?, ?)", column, beyond);
  std::string_view order = query_.descending ? dialect(engine_).order_nulls_last : dialect(engine_).order_nulls_first;
  values.sql += fmt::format(" order by {0}{1}{2}, r.id{1} limit ?", column, way, order);
  if (query_.descending) {
    if (cursor_ && cursor_->sort_is_null) return {nulls};
    return {values, nulls};
  }
  if (past_nulls) return {values};
  return {nulls, values};
}

Params ListSql::bind(const Segment& segment, std::size_t limit) {
  bound_ = filter_params_;
  if (segment.binds_sort) bound_.push_back(sort_param_);
  if (segment.binds_id) bound_.emplace_back(std::string_view(cursor_->id));
  bound_.emplace_back(static_cast<std::int64_t>(limit));
  return bound_;
}

std::string ListSql::count_sql(std::int64_t most) const {
  return fmt::format("select count(*) from (select 1 from {} r where 1 = 1{} limit {}) counted", query_.def->name(),
                     where_, most);
}

ListRow ListSql::read(const Row& row) const {
  ListRow out;
  out.record = Record(*query_.def);
  out.record.id = row.text(0);
  out.record.version = row.integer(1);
  out.record.updated_at = row.text(2);
  out.record.custom = row.text(3);
  int column = 4;
  for (const FieldDef* field : columns_) {
    if (!field->custom) out.record.at(field->name) = read_column(*field, row, column++);
  }
  out.titles.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (title_fields_[i]) {
      out.titles[i] = display(*title_fields_[i], read_column(*title_fields_[i], row, column++));
    }
  }
  return out;
}

LedgerEntry read_ledger_entry(const Row& row) {
  LedgerEntry entry;
  entry.seq = row.integer(0);
  entry.at = row.text(1);
  entry.actor = row.text(2);
  entry.actor_name = row.text(3);
  entry.record_register = row.text(4);
  entry.record = row.text(5);
  entry.version = row.integer(6);
  entry.operation = row.text(7);
  entry.reason = row.text(8);
  entry.changes = row.text(9);
  entry.record_hash = row.text(10);
  entry.leaf_hash = row.text(11);
  return entry;
}

}  // namespace assay
