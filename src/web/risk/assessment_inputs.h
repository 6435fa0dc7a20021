// What every assessment of risks asks beside the levels: why, in which assessment, and when they are looked at next.
#pragma once

#include <optional>
#include <string>

#include "web/risk/risk_view.h"
#include "workflows/risk_register/reassessment.h"

namespace assay {

struct AssessmentInputs {
  std::string reason;
  std::optional<Date> next_review_on;
  RunChoice run;
};

AssessmentInputs usual_assessment_inputs(Visit& visit);  // next review by the method, no assessment chosen
void write_assessment_inputs(HtmlWriter& h, Visit& visit, const AssessmentInputs& inputs, const Error* error);
// Misfits become problems with the input as place.
AssessmentInputs read_assessment_inputs(const Form& form, Problems& problems);
// "3 risks scored anew, 12 confirmed."
std::string outcome_words(const ReassessmentOutcome& outcome);

}  // namespace assay
