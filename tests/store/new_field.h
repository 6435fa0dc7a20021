// A custom field as a test writes it: what is not named has a default.
#pragma once

#include "kernel/model/custom_fields.h"

namespace assay::testing {

struct NewField {
  std::string register_name = {};
  std::string name = {};
  std::string label = {};
  std::string help = {};
  CustomKind kind = CustomKind::text;
  std::vector<CustomChoice> choices = {};
  std::string target = {};
  bool required = false;
  bool in_list = false;

  operator CustomField() const {
    CustomField field;
    field.register_name = register_name;
    field.name = name;
    field.label = label;
    field.help = help;
    field.kind = kind;
    field.choices = choices;
    field.target = target;
    field.required = required;
    field.in_list = in_list;
    return field;
  }
};

}  // namespace assay::testing
