// Words that people use for our fields and choices. Internal to kernel/service.
#pragma once

#include <span>
#include <string_view>

#include "kernel/model/field.h"

namespace assay {

// What several registers call by different names. The first of `fields` that a register has is meant.
struct HeadingSynonyms {
  std::string_view fields;    // separated by spaces; "id" is the record's id
  std::string_view headings;  // as heading_form() writes them, separated by spaces
};
std::span<const HeadingSynonyms> heading_synonyms();

// The stored name of the choice that a foreign word such as "hoch" or "mitigate" stands for; empty when there is none.
std::string_view choice_synonym(const FieldDef& field, std::string_view word_form);

// Words in headings and file names that say what kind of thing follows, not which one.
bool is_filler(std::string_view word);

}  // namespace assay
