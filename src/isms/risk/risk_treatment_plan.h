// The plan (6.1.3 e), versioned and approved.
#pragma once

#include "isms/choices.h"

namespace assay {

struct DocumentVersion;
struct Person;
struct Risk;

// Risk owners' approvals: one row of RiskTreatmentPlan::approvals.
struct TreatmentApproval {
  Ref<Risk> risk;
  Ref<Person> person;
  Date approved_on;
  std::optional<std::string> seen;
  static std::span<const FieldDef> parts();
};

struct RiskTreatmentPlan {
  Id id;
  std::int64_t version = 0;
  PlanStatus status{};
  std::optional<Ref<DocumentVersion>> document_version;
  std::vector<TreatmentApproval> approvals;
  std::optional<Date> last_progress_review_on;
  std::optional<double> escalation_score;

  static const EntityDef& def();
};

}  // namespace assay
