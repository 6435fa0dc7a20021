#include "kernel/service/rule_schema.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/rules/rule_connection.h"
#include "kernel/service/api_description.h"
#include "kernel/store/schema.h"

namespace assay {
namespace {

SchemaColumn column_of(const FieldDef& field) {
  std::string help(field.text.label);
  if (!field.text.help.empty()) help += fmt::format(". {}", field.text.help);
  return {std::string(field.name), type_in_words(field), std::move(help)};
}

bool has_link_table(const FieldDef& field) { return field.is_list(); }

// risk__assets(record, position, value), or the parts of an embedded record in place of the value.
SchemaTable list_table(const EntityDef& def, const FieldDef& field) {
  SchemaTable table{link_table(def, field),
                    fmt::format("{} of {}", field.text.label, lower(def.text.plural)),
                    std::string(field.text.help),
                    {}};
  table.columns.push_back({"record", fmt::format("id of a {}", def.name()), ""});
  table.columns.push_back({"position", "whole number", "Place in the list, from 0."});
  if (field.kind != Kind::records) {
    table.columns.push_back(
        {"value", field.refers() ? fmt::format("id of a {}", field.target().name()) : type_in_words(field), ""});
    return table;
  }
  for (const FieldDef& part : field.parts()) {
    if (!part.is_list()) table.columns.push_back(column_of(part));
  }
  return table;
}

void describe_register(const EntityDef& def, std::vector<SchemaTable>& out) {
  SchemaTable table{std::string(def.name()), std::string(def.text.plural), std::string(def.text.help), {}};
  table.columns.push_back({"id", "text", "Id of the record."});
  table.columns.push_back({"created_at", "time YYYY-MM-DDTHH:MM:SSZ", "When the record was created."});
  table.columns.push_back({"updated_at", "time YYYY-MM-DDTHH:MM:SSZ", "When it was changed last."});
  for (const FieldDef& field : def.fields) {
    if (!has_link_table(field) && !field.text.secret) table.columns.push_back(column_of(field));
  }
  out.push_back(std::move(table));
  for (const FieldDef& field : def.fields) {
    if (has_link_table(field)) out.push_back(list_table(def, field));
  }
}

// The comment lines on top of a view's text.
std::string comment_of(std::string_view sql) {
  std::vector<std::string> lines;
  for (std::string_view line : split(sql, '\n')) {
    if (!line.starts_with("--")) break;
    lines.emplace_back(trim(line.substr(2)));
  }
  return join(lines, " ");
}

constexpr SchemaFunction functions[] = {
    {"as_of()", "The day of the question. Never the clock: a rule is also asked for other days.",
     "where r.next_review_on < as_of()"},
    {"p('key')", "A parameter in force, as a number.", "p('patch_days.critical')"},
    {"days_between(a, b)", "Whole days from a to b; null when one is null.",
     "days_between(c.approved_on, as_of()) > 365"},
    {"hours_between(a, b)", "Hours from one time to another.", "hours_between(i.detected_at, i.reported_at) > 24"},
    {"add_days(d, n)", "The day n days later.", "add_days(r.due_on, 30) < as_of()"},
    {"add_months(d, n)", "The day n months later.", "add_months(t.tested_on, 12) < as_of()"},
    {"blank(x)", "True when x is null or only white space.", "where blank(s.exit_plan_reference)"},
    {"words(x)", "Lower case with single spaces, to compare texts.", "words(a.title) = words(b.title)"},
    {"text_list(x)", "Aggregate: values in sorted order joined by commas, at most ten.",
     "select text_list(a.id) from asset a"},
    {"coalesce(a, b)", "The first that is not null.", "coalesce(r.title, 'unnamed')"},
};

}  // namespace

std::span<const SchemaFunction> rule_functions() { return functions; }

Result<RuleSchema> describe_rule_schema(const RuleSet& rules, const Registry& registry) {
  RuleSchema schema;
  for (const EntityDef* def : registry.all()) describe_register(*def, schema.registers);
  CHECK(over_no_data(rules, registry, [&](Connection& connection) -> Result<void> {
    for (const View& view : rules.views) {
      SchemaTable table{view.name, {}, comment_of(view.sql), {}};
      // One row without values, so that there are columns to be named.
      std::string sql = fmt::format("select v.* from (select 1 as one) o left join {} v on 1 = 0", view.name);
      CHECK(connection.query(sql, {}, [&](const Row& row) {
        for (int i = 0; i < row.columns(); ++i) table.columns.push_back({std::string(row.column_name(i)), {}, {}});
      }));
      schema.views.push_back(std::move(table));
    }
    return {};
  }));
  return schema;
}

}  // namespace assay
