// What the ledger tells of the scores of risks: of one risk with who and why, of the register as events.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "isms/risk/risk_picture.h"
#include "isms/risk/risk_trend.h"
#include "kernel/service/register_service.h"

namespace assay {

// One entry that changed a level or a score of a risk.
struct ScoreChange {
  std::int64_t seq = 0;  // of the ledger
  Instant at;
  std::string actor, reason, operation;
  std::vector<FieldChange> fields;              // levels and scores that it changed
  std::array<std::optional<double>, 3> scores;  // by RiskView, as they stood afterwards
};

// Oldest first. Errors: those of RegisterService::history().
Result<std::vector<ScoreChange>> score_history(const RegisterService& registers, const Principal& principal,
                                               std::string_view risk);

// What happened to all risks that the principal is shown, oldest first. Error: forbidden.
Result<std::vector<RiskEvent>> register_events(const RegisterService& registers, const Principal& principal);

}  // namespace assay
