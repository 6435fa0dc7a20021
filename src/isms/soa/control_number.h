// Numbers of controls as people write them: "A.5.1", "5.1", "A 5.1", "A.12.3.1" of the edition of 2013.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

enum class ControlNumberKind { annex_a, edition_2013, own, unreadable };

struct ControlNumber {
  ControlNumberKind kind = ControlNumberKind::unreadable;
  std::string ref;                      // as it is stored: "5.1", "12.3.1", "L.1"; empty when unreadable
  std::vector<std::string> successors;  // edition_2013: the references of 2022 that took it over; may be empty
  bool one_to_one = false;              // edition_2013: it became one control, and that control came from it alone
};

// Words after the number are passed over ("A.5.1 Policies"), a leading zero too ("A.5.01"). An own number has a letter
// and a digit: "L.1", "CTL-8". What names an objective of 2013 ("A.12", "A.12.3") is of that edition, without a
// successor.
ControlNumber read_control_number(std::string_view text);

// The 93 references of 2022, in the order of the standard.
const std::vector<std::string>& annex_a_refs();

// Orders 5.2 before 5.10, and own references after those of Annex A.
bool control_ref_less(std::string_view a, std::string_view b);

}  // namespace assay
