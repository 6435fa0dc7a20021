// Scoring many risks again, or confirming them as they stand: one transaction, with the assessment in which it was done
// (8.2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/risk_assessment_run.h"
#include "kernel/service/register_service.h"

namespace assay {

// The levels of a risk as they shall stand; unset ones become unset.
struct Rescore {
  Id risk;
  std::optional<std::int64_t> residual_likelihood, residual_impact, target_likelihood, target_impact;
};

// The assessment that is stamped on the risks: an existing one, a new one, or none.
struct RunChoice {
  Id existing;
  bool fresh = false;
  RiskAssessmentRunKind kind = RiskAssessmentRunKind::planned;  // of a new one
  Id trigger;                                                   // the IsmsChange that called for it
};

struct Reassessment {
  std::vector<Rescore> risks;
  std::string reason;
  std::optional<Date> next_review_on;  // unset: today and the interval of the method
  RunChoice run;
};

struct ReassessmentOutcome {
  std::size_t changed = 0;                         // levels moved
  std::size_t confirmed = 0;                       // reviewed, and left as they were
  std::size_t reopened = 0;                        // accepted risks that grew: to be decided anew
  std::size_t assessed = 0;                        // drafts that are complete and assessed from now on
  std::vector<std::pair<Id, std::string>> drafts;  // those that remain drafts, with what they lack
  Id run;
};

// All or nothing. A draft takes the step "assess" when nothing of it is missing, else it keeps its new levels as a
// draft. A risk that was accepted and grows is opened again by the step "reassess"; one that was accepted and stays is
// confirmed by the step "confirm", which is its owner's. Problems have places such as "R-001.residual_impact",
// "reason", "run".
Result<ReassessmentOutcome> reassess(const RegisterService& registers, const Principal& principal,
                                     const Reassessment& work);

// The day by which a risk assessed on `today` is looked at again: the interval of the method in force, else the
// parameter risk_review_days.
Result<Date> usual_next_review(const RegisterService& registers, const Principal& principal, Date today);

}  // namespace assay
