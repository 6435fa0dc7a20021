#include "kernel/model/field.h"

namespace assay {

const Choice* FieldDef::choice(std::string_view choice_name) const {
  for (const Choice& candidate : choices) {
    if (candidate.name == choice_name) return &candidate;
  }
  return nullptr;
}

std::string_view FieldDef::choice_label(std::string_view choice_name) const {
  const Choice* found = choice(choice_name);
  return found ? found->label : choice_name;
}

std::size_t FieldDef::max_length() const {
  if (text.max_length) return text.max_length;
  return text.multiline ? 20'000 : 300;
}

std::string_view FieldDef::custom_key() const { return name.substr(custom_prefix.size()); }

}  // namespace assay
