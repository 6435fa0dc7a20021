// Fields that an organisation adds to registers of its own accord. Their definitions are rows of its workspace; here
// they become FieldDefs, so that lists, forms, files and the API treat them like the declared ones. Values live in
// Record::custom under the key of the field.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/record.h"

namespace assay {

enum class CustomKind { text, long_text, number, date, yes_no, choice, reference };

template <>
inline constexpr auto choices_of<CustomKind> = choices<CustomKind>({
    choice<CustomKind::text>("Text, one line"),
    choice<CustomKind::long_text>("Long text"),
    choice<CustomKind::number>("Number"),
    choice<CustomKind::date>("Date"),
    choice<CustomKind::yes_no>("Yes or no"),
    choice<CustomKind::choice>("Choice"),
    choice<CustomKind::reference>("Reference to a record"),
});

struct CustomChoice {
  std::string name, label;  // the name is stored and never changes
  friend bool operator==(const CustomChoice&, const CustomChoice&) = default;
};

// A definition as it is stored.
struct CustomField {
  std::string register_name;  // "risk"
  std::string name;           // key of the values: 1 to 30 of a-z, 0-9 and _, beginning with a letter; never changes
  std::string label, help;
  CustomKind kind = CustomKind::text;  // never changes
  std::vector<CustomChoice> choices;   // of CustomKind::choice
  std::string target;                  // of CustomKind::reference: the register
  bool required = false;
  bool in_list = false;  // a column of the list; such fields are sorted by
  bool retired = false;
  std::int64_t position = 0;  // order within the register
  friend bool operator==(const CustomField&, const CustomField&) = default;
};

bool is_custom_key(std::string_view name);

// The definitions of a workspace at one moment. FieldDefs given out live as long as this does.
class CustomFields {
 public:
  CustomFields() = default;
  // Definitions of registers that the product does not know are left out.
  CustomFields(const Registry& registry, const std::vector<CustomField>& definitions);
  CustomFields(const CustomFields&) = delete;
  CustomFields& operator=(const CustomFields&) = delete;

  // The fields of a register that are asked, in their order.
  const std::vector<const FieldDef*>& of(const EntityDef& def) const;
  // All of them, retired ones last.
  const std::vector<const FieldDef*>& all_of(const EntityDef& def) const;
  // By "custom.<key>", retired ones too; null when there is none.
  const FieldDef* find(const EntityDef& def, std::string_view name) const;
  // A declared or a custom field.
  const FieldDef* find_any(const EntityDef& def, std::string_view name) const;
  // Reference fields in use that lead to the register.
  std::vector<Registry::Referrer> referrers(const EntityDef& target) const;
  bool empty() const { return by_register_.empty(); }

  static const CustomFields& none();

 private:
  struct Kept {
    CustomField definition;
    std::string name;
    std::vector<Choice> choices;
    FieldDef field;
  };
  struct Lists {
    std::vector<const FieldDef*> in_use, all;
  };
  std::deque<Kept> kept_;
  std::map<const EntityDef*, Lists> by_register_;
};

// Declared and custom fields in use, in the order of forms and files.
std::vector<const FieldDef*> fields_of(const EntityDef& def, const CustomFields& custom);

// What differs between two records in their custom fields. Keys without a definition are not told.
std::vector<FieldChange> custom_changes(const CustomFields& custom, const Record& before, const Record& after);

// What is wrong with the custom values that `after` brings over `before` (null: a new record). Places are
// "custom.<key>". lenient: kinds, choices and lengths of defined fields; strict: besides, what is required, no values
// for retired fields and none for keys that nobody defined. Values that stay as they were are not judged.
Problems check_custom(const CustomFields& custom, const Record& after, const Record* before, Strictness strictness);

}  // namespace assay
