#include "kernel/store/custom_field_rows.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/random.h"
#include "base/text.h"

namespace assay {
namespace {

constexpr std::string_view mark_name = "custom_fields";

std::string choices_json(const std::vector<CustomChoice>& choices) {
  std::string out = "[";
  for (const CustomChoice& choice : choices) {
    out += fmt::format("{}{{\"name\":{},\"label\":{}}}", out.size() > 1 ? "," : "", json_string(choice.name),
                       json_string(choice.label));
  }
  return out + "]";
}

std::vector<CustomChoice> read_choices(std::string_view text) {
  std::vector<CustomChoice> out;
  boost::system::error_code error;
  boost::json::value json = boost::json::parse(text, error);
  if (error || !json.is_array()) return out;
  for (const auto& item : json.get_array()) {
    const auto* object = item.if_object();
    const auto* name = object ? object->if_contains("name") : nullptr;
    const auto* label = object ? object->if_contains("label") : nullptr;
    if (name && name->is_string() && label && label->is_string()) {
      out.push_back({std::string(name->get_string()), std::string(label->get_string())});
    }
  }
  return out;
}

std::string index_name(const EntityDef& def, const FieldDef& field) {
  return fmt::format("{}__c_{}", def.name(), field.custom_key());
}

}  // namespace

Result<std::vector<CustomField>> read_custom_fields(Connection& connection) {
  std::vector<CustomField> out;
  CHECK(connection.query(
      "select register, name, label, help, kind, choices, target, required, in_list, retired, position "
      "from assay_custom_field order by register, position, name",
      {}, [&](const Row& row) {
        CustomField field;
        field.register_name = row.text(0);
        field.name = row.text(1);
        field.label = row.text(2);
        field.help = row.text(3);
        field.kind = choice_of<CustomKind>(row.text(4)).value_or(CustomKind::text);
        field.choices = read_choices(row.text(5));
        field.target = row.text(6);
        field.required = row.boolean(7);
        field.in_list = row.boolean(8);
        field.retired = row.boolean(9);
        field.position = row.integer(10);
        out.push_back(std::move(field));
      }));
  return out;
}

Result<void> insert_custom_field(Connection& connection, const CustomField& field) {
  std::string choices = choices_json(field.choices);
  Param params[] = {std::string_view(field.register_name),
                    std::string_view(field.name),
                    std::string_view(field.label),
                    std::string_view(field.help),
                    name_of_choice(field.kind),
                    std::string_view(choices),
                    std::string_view(field.target),
                    field.required,
                    field.in_list,
                    field.retired,
                    field.position};
  CHECK(connection.run(
      "insert into assay_custom_field (register, name, label, help, kind, choices, target, required, in_list, "
      "retired, position) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      params));
  return {};
}

Result<void> update_custom_field(Connection& connection, const CustomField& field) {
  std::string choices = choices_json(field.choices);
  Param params[] = {std::string_view(field.label),
                    std::string_view(field.help),
                    std::string_view(choices),
                    std::string_view(field.target),
                    field.required,
                    field.in_list,
                    field.retired,
                    field.position,
                    std::string_view(field.register_name),
                    std::string_view(field.name)};
  CHECK(connection.run(
      "update assay_custom_field set label = ?, help = ?, choices = ?, target = ?, required = ?, in_list = ?, "
      "retired = ?, position = ? where register = ? and name = ?",
      params));
  return {};
}

std::string custom_column_sql(const FieldDef& field, std::string_view column, Engine engine) {
  std::string_view key = field.custom_key();
  std::string_view types = field.is_number() ? "number" : field.kind == Kind::boolean ? "boolean" : "string";
  if (engine == Engine::sqlite) {
    types = field.is_number() ? "'integer', 'real'" : field.kind == Kind::boolean ? "'true', 'false'" : "'text'";
    return fmt::format("(case when json_type({0}, '$.{1}') in ({2}) then json_extract({0}, '$.{1}') end)", column, key,
                       types);
  }
  std::string_view cast = field.is_number()             ? "::double precision"
                          : field.kind == Kind::boolean ? "::boolean"
                                                        : " collate \"C\"";
  return fmt::format("(case when jsonb_typeof({0}::jsonb -> '{1}') = '{2}' then ({0}::jsonb ->> '{1}'){3} end)", column,
                     key, types, cast);
}

std::string column_sql(const FieldDef& field, std::string_view alias, Engine engine) {
  if (field.custom) return custom_column_sql(field, fmt::format("{}.custom", alias), engine);
  return fmt::format("{}.{}", alias, field.name);
}

Result<void> sync_custom_indexes(Connection& connection, const Registry& registry, const CustomFields& fields) {
  const Dialect& target = dialect(connection.engine());
  for (const EntityDef* def : registry.all()) {
    for (const FieldDef* field : fields.all_of(*def)) {
      std::string name = index_name(*def, *field);
      std::string sql = def->is_indexed(*field)
                            ? fmt::format("create index if not exists {} on {} ({}{}, id)", name, def->name(),
                                          custom_column_sql(*field, "custom", connection.engine()), target.index_nulls)
                            : fmt::format("drop index if exists {}", name);
      CHECK(connection.script(sql));
    }
  }
  return {};
}

Result<const CustomFields*> CustomFieldCache::get(Connection& connection) {
  Param params[] = {mark_name};
  TRY(auto mark, connection.one_text("select value from assay_meta where name = ?", params));
  if (!mark) return &CustomFields::none();
  std::lock_guard lock(mutex_);
  if (*mark == mark_ && !kept_.empty()) return kept_.back().get();
  TRY(auto definitions, read_custom_fields(connection));
  if (kept_.empty() || definitions != definitions_)
    kept_.push_back(std::make_unique<const CustomFields>(registry_, definitions));
  definitions_ = std::move(definitions);
  mark_ = *mark;
  return kept_.back().get();
}

Result<void> CustomFieldCache::mark_changed(Connection& connection) {
  // Random, so that a mark of a transaction that was rolled back is never met again.
  std::string mark = random_token(12);
  Param params[] = {mark_name, std::string_view(mark)};
  CHECK(connection.run(
      "insert into assay_meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
      params));
  return {};
}

}  // namespace assay
