// The tables of permission_table.h as text for docs/.
#include <fmt/format.h>

#include "kernel/identity/permission_table.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, permission::class_count> class_names{
    "governance",   "documented", "risk",        "control", "operation",     "personal",
    "confidential", "incident",   "improvement", "audit",   "certification", "catalogue"};

// In the order of Action.
constexpr std::array<std::string_view, 6> action_names{"see", "create", "change", "step", "import", "export"};

std::string words(permission::Actions actions) {
  std::string out;
  for (std::size_t i = 0; i < action_names.size(); ++i) {
    if (permission::has(actions, static_cast<Action>(i)))
      out += (out.empty() ? "" : " ") + std::string(action_names[i]);
  }
  return out;
}

std::string cell(permission::Rights rights) {
  auto own = static_cast<permission::Actions>(rights.own & ~rights.all);
  if (rights.all == 0 && own == 0) return "–";
  if (own == 0) return words(rights.all);
  std::string own_words = "own: " + words(own);
  return rights.all == 0 ? own_words : words(rights.all) + "; " + own_words;
}

std::string_view label(Role role) { return choices_of<Role>[static_cast<std::size_t>(role)].label; }

std::string class_table(std::size_t access) {
  std::string out = fmt::format("### {}\n\n| role | may |\n| --- | --- |\n", class_names[access]);
  for (const permission::RoleRow& row : permission::roles)
    out += fmt::format("| {} | {} |\n", label(row.role), cell(row.rights[access]));
  return out + "\n";
}

std::string registers_of(const Registry& registry, std::size_t access) {
  std::string out;
  for (const EntityDef* def : registry.all()) {
    if (static_cast<std::size_t>(def->text.access) == access)
      out += fmt::format("{}`{}`", out.empty() ? "" : ", ", def->name());
  }
  return out.empty() ? "Registers: none\n\n" : "Registers: " + out + "\n\n";
}

}  // namespace

std::string permission_table_markdown(const Registry& registry) {
  std::string out =
      "# Who may do what\n\n"
      "Printed from the tables of the product. What is not named is refused. \"own\": records whose holder is the "
      "person, or which the\n"
      "person wrote where a register names no holder. Steps are further limited by the lifecycle. A read token only "
      "sees and exports;\n"
      "administrators alone keep accounts, tokens and settings; they and the ISMS owner define custom fields; the ISMS "
      "owner, internal auditors, top management and consultants hold rehearsals; the product's own work may do "
      "everything.\n\n"
      "## By kind of record\n\n";
  for (std::size_t access = 0; access < permission::class_count; ++access) {
    out += class_table(access);
    out += registers_of(registry, access);
  }
  out += "## Registers that differ\n\n| register | role | may |\n| --- | --- | --- |\n";
  for (const permission::RegisterRow& row : permission::registers) {
    if (registry.find(row.name))
      out += fmt::format("| `{}` | {} | {} |\n", row.name, label(row.role), cell(row.rights));
  }
  out += "\n## Fields\n\n| register | fields | rule |\n| --- | --- | --- |\n";
  auto add = [&out](std::span<const permission::FieldRow> rows, std::string_view rule) {
    for (const permission::FieldRow& row : rows) out += fmt::format("| `{}` | {} | {} |\n", row.name, row.fields, rule);
  };
  add(permission::own_fields, "the only ones that the person fills in");
  add(permission::not_own_fields, "not for those who may only change their own records");
  add(permission::private_fields, "shown to the person and to those who keep the register");
  out += fmt::format("| any | {} | never filled in by a collector |\n", permission::decision_fields);
  return out;
}

}  // namespace assay
