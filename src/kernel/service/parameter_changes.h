// The organisation's own values of the rules' parameters: what is in force, what is proposed, what a value would
// change.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/service/conformity.h"

namespace assay {

// The own values of a parameter that the principal may see, as records of the register policy_parameter.
struct OwnValues {
  std::vector<Record> approved;            // by the day they come into force, newest first
  std::vector<Record> proposed;            // newest first
  std::vector<Record> declined;            // newest first
  const Record* in_force(Date day) const;  // null: the default is
};
// By key. Empty for those who do not see the register.
Result<std::map<std::string, OwnValues, std::less<>>> own_values(const RegisterService& registers,
                                                                 const Principal& principal);

// What became of a proposal.
struct ProposedValue {
  Record record;          // as it was stored
  bool replaces = false;  // an earlier proposal for the same day, which was open or declined, says this now
};
// Proposes the value, unit and source of `proposal` for its parameter and day. A parameter has one value a day, so an
// earlier proposal for that day that is open or was declined is changed, and is open then. Errors: those of
// RegisterService; invalid when a value is approved for that day.
Result<ProposedValue> propose_value(const RegisterService& registers, const Principal& principal,
                                    const Record& proposal, std::string_view reason);

// Whether the principal may ask what a value would change: those who propose one, and those who approve it.
Decision may_weigh_parameters(const Principal& principal, const Registry& registry);
// The verdict as it is, and as it would be with the value, both on the day it would come into force or today if that is
// past. Nothing is stored. Errors: forbidden; those of the database.
Result<ProposedVerdict> weigh_parameter(RuleAuditor& auditor, const Principal& principal, std::string_view key,
                                        double value, Date effective_on);

}  // namespace assay
