#include "kernel/store/schema.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <set>

#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/store/custom_field_rows.h"
#include "kernel/store/migrations.h"

namespace assay {
namespace {

std::string_view column_type(const FieldDef& field, const Dialect& target) {
  switch (field.kind) {
    case Kind::boolean: return target.boolean_type;
    case Kind::integer: return target.engine == Engine::sqlite ? "integer" : "bigint";
    case Kind::real: return target.engine == Engine::sqlite ? "real" : "double precision";
    default: return target.text_type;
  }
}

std::string index_sql(const EntityDef& def, const FieldDef& field, const Dialect& target) {
  return fmt::format("create index if not exists {0}__{1}__index on {0} (\"{1}\"{2}, id)", def.name(), field.name,
                     target.index_nulls);
}

std::string link_sql(const EntityDef& def, const FieldDef& field, const Dialect& target) {
  std::string columns;
  if (field.kind == Kind::records) {
    for (const FieldDef& part : field.parts())
      columns += fmt::format(", \"{}\" {}", part.name, column_type(part, target));
  } else {
    columns = fmt::format(", value {} not null", target.text_type);
  }
  return fmt::format(
      "create table if not exists {} (record {} not null, position {} not null{}, primary key (record, position)){}",
      link_table(def, field), target.text_type, target.engine == Engine::sqlite ? "integer" : "bigint", columns,
      target.strict);
}

}  // namespace

std::string link_table(const EntityDef& def, const FieldDef& field) {
  return fmt::format("{}__{}", def.name(), field.name);
}

std::vector<std::string> create_statements(const EntityDef& def, Engine engine) {
  const Dialect& target = dialect(engine);
  std::string_view whole = engine == Engine::sqlite ? "integer" : "bigint";
  std::string table = fmt::format(
      "create table if not exists {} (id {} primary key not null, revision {} not null, created_at {} not null, "
      "created_by {} not null, "
      "updated_at {} not null, updated_by {} not null, custom {}",
      def.name(), target.text_type, whole, target.text_type, target.text_type, target.text_type, target.text_type,
      target.text_type);
  for (const FieldDef& field : def.fields) table += fmt::format(", \"{}\" {}", field.name, column_type(field, target));
  table += fmt::format("){}", target.strict);
  std::vector<std::string> out{table};
  for (std::string_view fields : split(def.text.unique_together, ';')) {
    if (!fields.empty()) {
      out.push_back(fmt::format("create index if not exists {0}__{1}__together on {0} ({2})", def.name(),
                                replace_all(fields, " ", "_"), replace_all(fields, " ", ", ")));
    }
  }
  for (const FieldDef& field : def.fields) {
    if (def.is_indexed(field)) out.push_back(index_sql(def, field, target));
    if (!field.is_list()) continue;
    out.push_back(link_sql(def, field, target));
    if (field.kind != Kind::records) {
      out.push_back(
          fmt::format("create index if not exists {0}__value on {0} (value, record)", link_table(def, field)));
    }
  }
  return out;
}

std::string schema_text(const Registry& registry, Engine engine) {
  std::string out;
  for (const Migration& migration : migrations(engine)) out += std::string(trim(migration.sql)) + "\n\n";
  for (const EntityDef* def : registry.all()) {
    for (const std::string& statement : create_statements(*def, engine)) out += statement + ";\n";
    out += '\n';
  }
  return out;
}

std::int64_t current_schema_version() { return migrations(Engine::sqlite).back().version; }

namespace {

Result<std::set<std::string>> columns_of(Connection& connection, std::string_view table) {
  std::set<std::string> names;
  Param params[] = {table};
  std::string_view sql =
      connection.engine() == Engine::sqlite
          ? "select name from pragma_table_info(?)"
          : "select column_name from information_schema.columns where table_schema = current_schema() "
            "and table_name = ?";
  CHECK(connection.query(sql, params, [&](const Row& row) { names.emplace(row.text(0)); }));
  return names;
}

// Adds the columns of the fields that a table of an earlier program lacks.
Result<void> add_columns(Connection& connection, const std::string& table, std::span<const FieldDef> fields) {
  TRY(auto present, columns_of(connection, table));
  if (present.empty()) return {};  // not there yet
  for (const FieldDef& field : fields) {
    if (present.contains(std::string(field.name))) continue;
    CHECK(connection.script(fmt::format("alter table {} add column \"{}\" {}", table, field.name,
                                        column_type(field, dialect(connection.engine())))));
  }
  return {};
}

Result<void> sync_register(Connection& connection, const EntityDef& def) {
  CHECK(add_columns(connection, std::string(def.name()), def.fields));
  for (const FieldDef& field : def.fields) {
    if (field.kind == Kind::records) CHECK(add_columns(connection, link_table(def, field), field.parts()));
  }
  for (const std::string& statement : create_statements(def, connection.engine())) CHECK(connection.script(statement));
  return {};
}

}  // namespace

Result<void> migrate(Connection& connection, const Registry& registry) {
  TRY(auto meta, columns_of(connection, "assay_meta"));
  std::int64_t version = 0;
  if (!meta.empty()) {
    TRY(auto stored,
        connection.one_integer("select cast(value as bigint) from assay_meta where name = 'schema_version'"));
    version = stored.value_or(0);
  }
  if (version > current_schema_version()) {
    return fail(ErrorKind::invalid,
                fmt::format("the workspace was written by a newer version (schema {}, this program knows {})", version,
                            current_schema_version()));
  }
  for (const Migration& migration : migrations(connection.engine())) {
    if (migration.version <= version) continue;
    CHECK(connection.script(migration.sql));
    std::string number = fmt::format("{}", migration.version);
    Param params[] = {std::string_view(number)};
    CHECK(
        connection.run("insert into assay_meta (name, value) values ('schema_version', ?) "
                       "on conflict (name) do update set value = excluded.value",
                       params));
  }
  for (const EntityDef* def : registry.all()) CHECK(sync_register(connection, *def));
  TRY(auto definitions, read_custom_fields(connection));
  return sync_custom_indexes(connection, registry, CustomFields(registry, definitions));
}

Result<void> refresh_statistics(Connection& connection) {
  if (connection.engine() == Engine::sqlite) return connection.script("pragma analysis_limit = 1000; analyze");
  // A bare "analyze" would go over the other workspaces too.
  std::string tables;
  CHECK(connection.query(
      "select tablename from pg_tables where schemaname = current_schema() order by tablename", {},
      [&](const Row& row) { tables += fmt::format("{}\"{}\"", tables.empty() ? "" : ", ", row.text(0)); }));
  return tables.empty() ? Result<void>() : connection.script("analyze " + tables);
}

Value read_column(const FieldDef& field, const Row& row, int column) {
  if (row.is_null(column)) return {};
  switch (field.kind) {
    case Kind::boolean: return row.boolean(column);
    case Kind::integer: return row.integer(column);
    case Kind::real: return row.real(column);
    case Kind::texts:
    case Kind::choices:
    case Kind::references:
    case Kind::records: {
      boost::system::error_code error;
      auto json = boost::json::parse(row.text(column), error);
      // Stored lists were written by us; one that was damaged reads as unset and is found by `verify`.
      if (error) return {};
      auto value = read_json(field, json);
      return value ? *std::move(value) : Value();
    }
    default: return std::string(row.text(column));
  }
}

Param to_param(const FieldDef& field, const Value& value, std::string& scratch) {
  if (is_unset(value)) return {};
  if (field.is_list()) {
    if (is_empty(value)) return {};
    append_json(scratch, field, value);
    return std::string_view(scratch);
  }
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (field.kind == Kind::real) return static_cast<double>(*whole);
    return *whole;
  }
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return text_of(value);
}

}  // namespace assay
