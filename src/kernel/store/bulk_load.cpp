#include "kernel/store/bulk_load.h"

#include <fmt/format.h>

#include "kernel/store/row_values.h"
#include "kernel/store/schema.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

std::string insert_sql(const EntityDef& def) {
  std::string columns = "id, revision, created_at, created_by, updated_at, updated_by, custom";
  constexpr std::size_t own_columns = 7;
  for (const FieldDef& field : def.fields) columns += fmt::format(", \"{}\"", field.name);
  return fmt::format("insert into {} ({}) values ({}) on conflict (id) do nothing", def.name(), columns,
                     value_marks(own_columns + def.fields.size()));
}

}  // namespace

Result<std::int64_t> insert_row(Connection& connection, const Record& record) {
  std::vector<std::string> scratch;
  std::vector<Param> params = {std::string_view(record.id),         record.version,
                               std::string_view(record.created_at), std::string_view(record.created_by),
                               std::string_view(record.updated_at), std::string_view(record.updated_by),
                               text_or_null(record.custom)};
  append_values(record, params, scratch);
  return connection.run(insert_sql(*record.def), params);
}

Result<void> write_link_rows(Connection& connection, const Record& record, const Record* before) {
  const EntityDef& def = *record.def;
  for (std::size_t i = 0; i < def.fields.size(); ++i) {
    const FieldDef& field = def.fields[i];
    if (!field.is_list() || (before && before->values[i] == record.values[i])) continue;
    std::string table = link_table(def, field);
    if (before && !is_empty(before->values[i])) {
      Param params[] = {std::string_view(record.id)};
      CHECK(connection.post(fmt::format("delete from {} where record = ?", table), params));
    }
    if (field.kind != Kind::records) {
      std::int64_t position = 0;
      for (const std::string& value : list_of(record.values[i])) {
        Param params[] = {std::string_view(record.id), position++, std::string_view(value)};
        CHECK(connection.post(fmt::format("insert into {} (record, position, value) values (?, ?, ?)", table), params));
      }
      continue;
    }
    std::string columns;
    for (const FieldDef& part : field.parts()) columns += fmt::format(", \"{}\"", part.name);
    std::int64_t position = 0;
    for (const EmbeddedRow& row : rows_of(record.values[i])) {
      std::vector<std::string> scratch(row.values.size());
      std::vector<Param> params = {std::string_view(record.id), position++};
      for (std::size_t p = 0; p < row.values.size(); ++p)
        params.push_back(to_param(field.parts()[p], row.values[p], scratch[p]));
      CHECK(connection.post(
          fmt::format("insert into {} (record, position{}) values ({})", table, columns, value_marks(params.size())),
          params));
    }
  }
  return {};
}

Result<void> bulk_load(Connection& connection, const Registry& registry, std::span<const Record> records) {
  CHECK(connection.begin_write());
  for (const EntityDef* def : registry.all()) {
    for (const std::string& statement : create_statements(*def, connection.engine()))
      CHECK(connection.script(statement));
  }
  for (const Record& record : records) {
    CHECK(insert_row(connection, record));
    CHECK(write_link_rows(connection, record, nullptr));
  }
  return connection.commit();
}

}  // namespace assay
