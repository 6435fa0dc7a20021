// What a risk owner approves of a treatment plan, and who must approve: the approval is bound to the scores and actions
// that the owner saw, and falls when they move (6.1.3 f).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/risk/treatment_action.h"

namespace assay {

// Scores, decision and the actions of the risk that are not cancelled, one a line: "TA-003: …". Progress is no part of
// it, nor the plan: work on what was approved does not undo the approval, and a later plan may take it over.
std::string approval_text(const Risk& risk, std::span<const TreatmentAction> actions);

// What moved between two such texts; `before` or `after` is empty for a line that is new or gone.
struct ApprovalMove {
  std::string what, before, after;
};
std::vector<ApprovalMove> moves_between(std::string_view seen, std::string_view now);

// Whether an approval was given for this action as it is now. Where it does not say what was seen (imported, or from
// before that was kept) it covers what was there: actions made by that day, or brought in with the plan. `plan_made`,
// `action_made`: instants.
bool approval_covers(const TreatmentApproval& approval, const TreatmentAction& action, std::string_view plan_made,
                     std::string_view action_made);
// The same for all that is to be done for a risk; `now`: its approval_text().
bool approval_covers(const TreatmentApproval& approval, std::string_view now, std::string_view plan_made,
                     std::span<const std::string> actions_made);

// Whose approval the treatment of a risk needs.
struct Approvers {
  Id owner;                    // of the risk; may be empty
  Id acting;                   // decides: the owner, or where the owner is away the first one above who is not
  std::optional<Id> superior;  // above the level of escalation: approves as well
  bool owner_is_away = false;
};
Approvers approvers_of(const Risk& risk, std::optional<double> level, const Lookup& lookup, Date today);
// The level of the plan in force; nothing while there is none, or it sets none.
std::optional<double> escalation_level(const Lookup& lookup);

// Everybody who must has approved what is still to be done; of a risk whose actions are all done any approval counts.
bool treatment_is_approved(const Record& plan, const Risk& risk, std::span<const Record> actions, const Lookup& lookup);

}  // namespace assay
