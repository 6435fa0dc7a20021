// Looks for cases that would notice the faults which survive: small changes of the cases there are, such as another
// day, another choice, a record less. What it finds shows what a rule does, not what it should do: read before keeping.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "rules/case_bench.h"

namespace assay::testing {

// `faulty` holds the rule first, then its surviving faults as rules of their own. Gives cases in the form of
// tests/rules/cases, few and each noticing a fault that those before it do not.
std::vector<boost::json::object> suggest_cases(Bench& bench, const std::vector<Case>& cases, const RuleSet& faulty,
                                               std::size_t most_trials);

}  // namespace assay::testing
