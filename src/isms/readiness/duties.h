// What a person owes by a day: which records name somebody, until when, and when they are done with. Faces ask one
// bounded query a row.
#pragma once

#include <span>
#include <string_view>

namespace assay::journey {

enum class DutyKind { read, learn, other };

struct Duty {
  std::string_view register_name;
  std::string_view person;       // the field that names who owes it
  std::string_view due;          // the date field
  std::string_view open_field;   // open while this field …
  std::string_view open_states;  // … has one of these values, or, when blank, while it is empty
  std::string_view words;        // "Finish the action"
  std::string_view grace = {};   // parameter: days after `due` that the person has
  DutyKind kind = DutyKind::other;
};

std::span<const Duty> duties();

}  // namespace assay::journey
