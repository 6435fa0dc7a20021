// The treatment plan as one person sees it: risks by priority with decision, actions, what is missing and who has
// approved, the work in time and what it costs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/risk_acceptance.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/risk/treatment_action.h"
#include "isms/risk/treatment_approval.h"
#include "isms/risk/treatment_schedule.h"
#include "kernel/service/register_service.h"

namespace assay {

enum class ApprovalState {
  not_needed,  // nothing is left to do
  wanting,     // somebody who must has not approved
  fallen,      // approved, but score or actions moved since
  stands,
};

struct CaseApproval {
  ApprovalState state = ApprovalState::not_needed;
  // Of this risk, newest first; of another living plan where that one holds its actions.
  std::vector<TreatmentApproval> given;
  std::vector<ApprovalMove> moves;  // since the newest one
  Approvers approvers;
  std::vector<Id> wanted;  // who has to approve, or to approve again
  std::string text;        // what is to be approved now
};

struct TreatmentCase {
  Risk risk;
  std::int64_t version = 0;
  bool above = false;                    // the threshold of the method
  std::vector<TreatmentAction> actions;  // by deadline; cancelled ones left out
  std::vector<std::string> missing;
  CaseApproval approval;
  std::optional<RiskAcceptance> acceptance;  // that carries the present score
  bool has_open_action() const;
  double cost() const;
};

// Planned costs of one responsible person, by quarter of the deadline: "2026 Q3", "" for no deadline.
struct CostRow {
  Id owner;
  std::map<std::string, double, std::less<>> quarters;
  double total = 0;
};

struct TreatmentView {
  Date today;
  std::vector<RiskTreatmentPlan> plans;         // highest version first
  std::optional<RiskTreatmentPlan> plan;        // the one shown
  std::int64_t plan_version = 0;                // of its record
  std::map<Id, std::string, std::less<>> made;  // when the record of each plan was created
  std::optional<double> threshold;
  std::vector<TreatmentCase> cases;  // by priority, then score
  TreatmentSchedule schedule;
  std::vector<CostRow> costs;
  std::size_t unpriced = 0;  // actions without an estimate

  const TreatmentCase* of(std::string_view risk) const;
  std::vector<TreatmentAction> actions() const;
};

// `plan`: an id; empty: the one in force, else the newest. Errors: forbidden; not_found for an unknown plan.
Result<TreatmentView> treatment_view(const RegisterService& registers, const Principal& principal,
                                     std::string_view plan = {});
// A risk that is not among the cases too: everything but drafts and closed ones can be treated.
Result<TreatmentCase> treatment_case(const RegisterService& registers, const Principal& principal,
                                     const TreatmentView& view, std::string_view risk);

// "2026 Q3".
std::string quarter_of(Date day);

}  // namespace assay
