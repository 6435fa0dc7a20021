// Several treatment actions of one risk, entered at once.
#pragma once

#include "isms/risk/risk_treatment_plan.h"
#include "web/page.h"

namespace assay {

struct NewActionsForm {
  std::string_view risk;
  std::string_view plan;         // that the page was asked for; empty: the one in force
  const Form* sent = nullptr;    // what came back, with what was wrong
  const Error* error = nullptr;  // its places are "rows[1].owner", counted as in the form
};

// Writes the form for actions of `into`; nothing for somebody who may not add any.
void write_new_actions(HtmlWriter& h, Visit& visit, const RiskTreatmentPlan& into, const NewActionsForm& form);

// Stores what the form sent, all or nothing, leaving out rows without anything in them, and returns the actions' ids.
// Errors: places as above.
Result<std::vector<Id>> take_new_actions(Visit& visit, const Form& form, std::string_view risk);

}  // namespace assay
