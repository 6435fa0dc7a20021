// The context of the organisation as people work on it (4.1, 4.2): issues, parties, what they require, and where that
// leads.
#pragma once

#include <string>
#include <vector>

#include "content/library.h"
#include "isms/organisation/context_issue.h"
#include "isms/organisation/interested_party.h"
#include "isms/organisation/party_requirement.h"
#include "workflows/records.h"

namespace assay {

struct ContextSheet {
  std::vector<ContextIssue> issues;            // climate change first, then by topic
  std::vector<InterestedParty> parties;        // by name
  std::vector<PartyRequirement> requirements;  // by party

  // The issue on climate change that the decision stands in; null: none is recorded.
  const ContextIssue* climate() const;
  std::vector<const PartyRequirement*> of(const InterestedParty& party) const;
  std::size_t open_requirements() const;  // not decided yet
};
Result<ContextSheet> context_sheet(const RegisterService& registers, const Principal& principal);

// The decision of 4.1 on climate change: changes the issue that stands for it, or records one. Error: invalid at
// "relevant", "rationale" or "description".
struct ClimateDecision {
  std::optional<bool> relevant;
  std::string description, rationale;
};
Result<void> decide_climate(const RegisterService& registers, const Principal& principal,
                            const ClimateDecision& decision);

// The decision of 4.2 c for one requirement. Error: invalid at "addressed_by_isms" when "yes" leads to nothing that
// meets it.
Result<void> decide_requirement(const RegisterService& registers, const Principal& principal, std::string_view id,
                                std::string_view answer);

// The issues and parties were looked at again today.
Result<std::size_t> review_context(const RegisterService& registers, const Principal& principal);

// Suggestions that are not recorded yet, by their positions in the library's lists.
std::vector<std::size_t> issues_to_offer(const ContextSheet& sheet, const Library& library);
std::vector<std::size_t> requirements_to_offer(const ContextSheet& sheet, const Library& library);
// Records those chosen: issues without a decision on their relevance, parties as relevant, requirements not decided. A
// party that is there already gets the new requirements. Gives how many records were made.
Result<std::size_t> adopt_context(const RegisterService& registers, const Principal& principal, const Library& library,
                                  const std::vector<std::size_t>& issues, const std::vector<std::size_t>& requirements);

}  // namespace assay
