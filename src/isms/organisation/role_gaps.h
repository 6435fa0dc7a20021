// What is missing in the assignment of roles and what should not meet in one hand (5.3, 9.2.2). Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "isms/organisation/person.h"
#include "isms/organisation/role_assignment.h"

namespace assay {

struct RoleGap {
  enum class Kind { vacant, conflict, incomplete };
  Kind kind = Kind::vacant;
  RoleAssignmentRole role{};
  Id assignment;     // empty: the role is vacant
  std::string text;  // a sentence
  std::string rule;  // the rule or clause behind it: "C5.3-01", "9.2.2 c"
};

// Whether the assignment holds on the day.
bool holds_on(const RoleAssignment& assignment, Date day);
// Roles without which a clause is not met; the others may stay vacant.
bool is_required(RoleAssignmentRole role);
// In the order of the roles.
std::vector<RoleGap> role_gaps(std::span<const RoleAssignment> assignments, std::span<const Person> people, Date today);

}  // namespace assay
