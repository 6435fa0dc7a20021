#include "isms/readiness/duties.h"

namespace assay::journey {
namespace {

constexpr Duty all_duties[] = {
    {"acknowledgement", "person", "requested_on", "acknowledged_on", "", "Read and confirm", "ack_grace_days",
     DutyKind::read},
    {"training_assignment", "person", "due_on", "completed_on", "", "Complete the training", "", DutyKind::learn},
    {"treatment_action", "owner", "due_on", "status", "planned in_progress", "Finish the treatment action"},
    {"corrective_action", "owner", "due_on", "completed_on", "", "Finish the corrective action"},
    {"nonconformity", "owner", "closure_due_on", "status", "open root_cause action_plan implemented",
     "Close the nonconformity"},
    {"review_decision", "owner", "due_on", "status", "open", "Carry out the decision of the management review"},
    {"risk", "owner", "next_review_on", "status", "assessed treatment_decided in_treatment accepted",
     "Review the risk"},
    {"risk_acceptance", "accepted_by", "expires_on", "status", "valid", "Renew the acceptance, or treat the risk"},
    {"control_exception", "requested_by", "expires_on", "status", "requested approved", "The exception runs out"},
    {"document_version", "author", "next_review_on", "status", "effective", "Review the document"},
    {"evidence", "reviewed_by", "collected_on", "review_status", "pending", "Review the evidence",
     "evidence_review_days"},
    {"access_review", "reviewer", "period_end", "completed_on", "", "Finish the access review"},
    {"security_objective", "owner", "due_on", "evaluated_on", "", "Evaluate the objective"},
    {"management_review", "chair", "planned_on", "held_on", "", "Hold the management review"},
};

}  // namespace

std::span<const Duty> duties() { return all_duties; }

}  // namespace assay::journey
