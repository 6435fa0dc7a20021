#include "kernel/store/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/store/custom_field_rows.h"
#include "kernel/store/list_sql.h"
#include "kernel/store/schema.h"
#include "kernel/store/value_marks.h"

namespace assay {

TitleSql title_sql(const EntityDef& def, const std::string& alias, std::string& joins) {
  const FieldDef& field = def.title_field();
  std::string column = fmt::format("{}.{}", alias, field.name);
  if (field.kind != Kind::reference) return {column, &field};
  std::string next = alias + "t";
  joins += fmt::format(" left join {} {} on {}.id = {}", field.target().name(), next, next, column);
  return title_sql(field.target(), next, joins);
}

namespace {

std::string select_list(const EntityDef& def) {
  std::string out = "r.id, r.revision, r.created_at, r.created_by, r.updated_at, r.updated_by, r.custom";
  for (const FieldDef& field : def.fields) out += fmt::format(", r.{}", field.name);
  return out;
}

Record read_row(const EntityDef& def, const Row& row) {
  Record record(def);
  record.id = row.text(0);
  record.version = row.integer(1);
  record.created_at = row.text(2);
  record.created_by = row.text(3);
  record.updated_at = row.text(4);
  record.updated_by = row.text(5);
  record.custom = row.text(6);
  for (std::size_t i = 0; i < def.fields.size(); ++i) {
    record.values[i] = read_column(def.fields[i], row, static_cast<int>(i) + 7);
  }
  return record;
}

}  // namespace

Result<const CustomFields*> Reader::custom_fields() const {
  if (!custom_ && custom_cache_) {
    TRY(custom_, custom_cache_->get(connection_));
  }
  return custom_ ? custom_ : &CustomFields::none();
}

Result<Record> Reader::read(const EntityDef& def, std::string_view id) const {
  std::optional<Record> found;
  Param params[] = {id};
  CHECK(connection_.query(fmt::format("select {} from {} r where r.id = ?", select_list(def), def.name()), params,
                          [&](const Row& row) { found = read_row(def, row); }));
  if (!found)
    return fail(ErrorKind::not_found, fmt::format("There is no {} {}.", lower(def.text.label), shorten(id, 80)));
  return *std::move(found);
}

Result<bool> Reader::exists(const EntityDef& def, std::string_view id) const {
  Param params[] = {id};
  TRY(auto found, connection_.one_integer(fmt::format("select 1 from {} where id = ?", def.name()), params));
  return found.has_value();
}

Result<std::int64_t> Reader::count(const EntityDef& def) const {
  Param params[] = {def.name()};
  TRY(auto records, connection_.one_integer("select records from assay_count where register = ?", params));
  return records.value_or(0);
}

Result<Page> Reader::list(const ListQuery& query) const {
  Page page;
  ListSql sql(query, connection_.engine());
  TRY(auto cursor, parse_cursor(query));
  // The rows whose sort column is null stand before (ascending) or after (descending) all others; each side is read
  // through the index on its own, so that a page costs the same wherever it is.
  for (const Segment& segment : sql.segments(cursor)) {
    if (page.rows.size() > query.limit) break;
    CHECK(connection_.query(segment.sql, sql.bind(segment, query.limit + 1 - page.rows.size()),
                            [&](const Row& row) { page.rows.push_back(sql.read(row)); }));
  }
  if (page.rows.size() > query.limit) {
    page.rows.pop_back();
    page.next = make_cursor(query, page.rows.back().record);
  }
  if (query.filters.empty() && query.search.empty()) {
    TRY(page.total, count(*query.def));
  } else {
    constexpr std::int64_t counted = 1000;
    TRY(auto total, connection_.one_integer(sql.count_sql(counted + 1), sql.filter_params()));
    page.total = std::min(total.value_or(0), counted);
    page.more_than_total = total.value_or(0) > counted;
  }
  return page;
}

Result<void> Reader::each(const ListQuery& query, const std::function<Result<void>(const Record&)>& each) const {
  ListQuery all = query;
  all.sort = nullptr;
  all.descending = false;
  all.columns.clear();
  all.after.clear();
  all.limit = 500;
  for (;;) {
    ListSql sql(all, connection_.engine());
    TRY(auto cursor, parse_cursor(all));
    std::vector<Record> chunk;
    for (const Segment& segment : sql.segments(cursor)) {
      CHECK(connection_.query(segment.sql, sql.bind(segment, all.limit),
                              [&](const Row& row) { chunk.push_back(sql.read(row).record); }));
    }
    for (const Record& record : chunk) CHECK(each(record));
    if (chunk.size() < all.limit) return {};
    all.after = make_cursor(all, chunk.back());
  }
}

Result<std::map<Id, std::string>> Reader::titles(const EntityDef& def, const std::vector<Id>& ids) const {
  std::map<Id, std::string> out;
  std::string joins;
  TitleSql title = title_sql(def, "r", joins);
  CHECK(each_of(ids, fmt::format("select r.id, {} from {} r{}", title.expression, def.name(), joins),
                [&](const Row& row) {
                  out[std::string(row.text(0))] = display(*title.field, read_column(*title.field, row, 1));
                }));
  return out;
}

Result<std::map<Id, Value>> Reader::values(const EntityDef& def, const FieldDef& field,
                                           const std::vector<Id>& ids) const {
  std::map<Id, Value> out;
  CHECK(each_of(ids, fmt::format("select r.id, r.{} from {} r", field.name, def.name()),
                [&](const Row& row) { out[std::string(row.text(0))] = read_column(field, row, 1); }));
  return out;
}

// Asks for some hundred records at a time.
Result<void> Reader::each_of(const std::vector<Id>& ids, std::string_view select, const RowFunction& each) const {
  for (std::size_t start = 0; start < ids.size(); start += 200) {
    std::size_t end = std::min(ids.size(), start + 200);
    std::vector<Param> params;
    for (std::size_t i = start; i < end; ++i) params.emplace_back(std::string_view(ids[i]));
    CHECK(connection_.query(fmt::format("{} where r.id in ({})", select, value_marks(params.size())), params, each));
  }
  return {};
}

Result<std::vector<Referrers>> Reader::referrers(const EntityDef& def, std::string_view id, std::size_t limit) const {
  std::vector<Referrers> out;
  std::vector<Registry::Referrer> all = registry_.referrers(def);
  TRY(const CustomFields* custom, custom_fields());
  std::ranges::copy(custom->referrers(def), std::back_inserter(all));
  for (const Registry::Referrer& referrer : all) {
    Referrers group{referrer.def, referrer.field, {}, 0};
    std::string joins;
    TitleSql title = title_sql(*referrer.def, "r", joins);
    bool list = referrer.field->kind == Kind::references;
    std::string where = list ? fmt::format("r.id in (select record from {} where value = ?)",
                                           link_table(*referrer.def, *referrer.field))
                             : fmt::format("{} = ?", column_sql(*referrer.field, "r", connection_.engine()));
    auto most = static_cast<std::int64_t>(limit) + 1;
    Param params[] = {id, most};
    CHECK(connection_.query(fmt::format("select r.id, {} from {} r{} where {} order by r.id limit ?", title.expression,
                                        referrer.def->name(), joins, where),
                            params, [&](const Row& row) {
                              group.records.emplace_back(row.text(0),
                                                         display(*title.field, read_column(*title.field, row, 1)));
                            }));
    if (group.records.empty()) continue;
    group.total = static_cast<std::int64_t>(group.records.size());
    if (group.records.size() > limit) {
      group.records.pop_back();
      Param one[] = {id};
      TRY(auto total,
          connection_.one_integer(fmt::format("select count(*) from {} r where {}", referrer.def->name(), where), one));
      group.total = total.value_or(0);
    }
    out.push_back(std::move(group));
  }
  return out;
}

Result<std::vector<LedgerEntry>> Reader::history(const EntityDef& def, std::string_view id, std::int64_t before,
                                                 std::size_t limit) const {
  return history(def.name(), id, before, limit);
}

Result<std::vector<LedgerEntry>> Reader::history(std::string_view subject, std::string_view id, std::int64_t before,
                                                 std::size_t limit) const {
  std::vector<LedgerEntry> out;
  Param params[] = {subject, id, before > 0 ? before : std::int64_t{1} << 62U, static_cast<std::int64_t>(limit)};
  CHECK(
      connection_.query("select seq, at, actor, actor_name, register, record, version, operation, reason, changes, "
                        "record_hash, leaf_hash "
                        "from assay_ledger where register = ? and record = ? and seq < ? order by seq desc limit ?",
                        params, [&](const Row& row) { out.push_back(read_ledger_entry(row)); }));
  return out;
}

Result<std::vector<std::pair<Id, std::string>>> Reader::pick(const EntityDef& def, std::string_view words,
                                                             std::size_t limit) const {
  std::vector<std::pair<Id, std::string>> out;
  std::string joins;
  TitleSql title = title_sql(def, "r", joins);
  std::string pattern =
      "%" + replace_all(replace_all(replace_all(lower(trim(words)), "\\", "\\\\"), "%", "\\%"), "_", "\\_") + "%";
  Param params[] = {std::string_view(pattern), std::string_view(pattern), static_cast<std::int64_t>(limit)};
  CHECK(connection_.query(fmt::format("select r.id, {0} from {1} r{2} where lower(cast({0} as text)) like ? escape "
                                      "'\\' or lower(r.id) like ? escape '\\' "
                                      "order by {0}, r.id limit ?",
                                      title.expression, def.name(), joins),
                          params, [&](const Row& row) {
                            out.emplace_back(row.text(0), display(*title.field, read_column(*title.field, row, 1)));
                          }));
  return out;
}

std::optional<Record> Reader::find(const EntityDef& def, std::string_view id) const {
  auto record = read(def, id);
  if (!record) return std::nullopt;
  return *std::move(record);
}

std::vector<Record> Reader::where(const EntityDef& def, std::string_view field, std::string_view value) const {
  std::vector<Record> out;
  const FieldDef& column = def.fields[def.index(field)];
  std::string condition = column.is_list()
                              ? fmt::format("r.id in (select record from {} where value = ?)", link_table(def, column))
                              : fmt::format("r.{} = ?", field);
  Param params[] = {column.kind == Kind::boolean ? Param(value == "true") : Param(value)};
  auto done = connection_.query(
      fmt::format("select {} from {} r where {} order by r.id", select_list(def), def.name(), condition), params,
      [&](const Row& row) { out.push_back(read_row(def, row)); });
  if (!done) out.clear();
  return out;
}

bool Reader::any(const EntityDef& def, std::string_view field, std::string_view value, const Wanted& wanted) const {
  // Mostly one of the newest decides; where none does, few questions read them all.
  constexpr std::size_t first_rows = 16;
  constexpr std::size_t growth = 8;
  const FieldDef& column = def.fields[def.index(field)];
  const Param wanted_value = column.kind == Kind::boolean ? Param(value == "true") : Param(value);
  bool found = false;
  std::string last;
  for (std::size_t rows = first_rows; !found; rows *= growth) {
    const char* before = last.empty() ? "" : column.is_list() ? " and record < ?" : " and r.id < ?";
    std::string condition =
        column.is_list()
            ? fmt::format("r.id in (select record from {} where value = ?{} order by record desc limit {})",
                          link_table(def, column), before, rows)
            : fmt::format("r.{} = ?{}", field, before);
    std::vector<Param> params{wanted_value};
    const std::string former = last;
    if (!former.empty()) params.emplace_back(std::string_view(former));
    std::size_t seen = 0;
    auto done = connection_.query(fmt::format("select {} from {} r where {} order by r.id desc limit {}",
                                              select_list(def), def.name(), condition, rows),
                                  params, [&](const Row& row) {
                                    ++seen;
                                    last = row.text(0);
                                    found = found || wanted(read_row(def, row));
                                  });
    if (!done) return false;
    if (seen < rows) break;
  }
  return found;
}

double Reader::parameter(std::string_view key) const {
  auto all = parameters(today_);
  const auto& values = all ? *all : defaults_;
  auto found = values.find(key);
  return found == values.end() ? 0 : found->second;
}

Result<std::map<std::string, double, std::less<>>> Reader::parameters(Date on) const {
  auto values = defaults_;
  std::string day = on.iso();
  Param params[] = {std::string_view(day)};
  // Only what was approved binds; the latest effective value wins.
  CHECK(
      connection_.query("select key, value from policy_parameter where approved_by is not null and effective_on <= ? "
                        "order by effective_on, id",
                        params, [&](const Row& row) { values[std::string(row.text(0))] = row.real(1); }));
  return values;
}

}  // namespace assay
