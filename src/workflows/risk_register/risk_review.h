// The periodic review of the register (8.2): what is due, what has changed around a risk since it was assessed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isms/risk/risk.h"
#include "kernel/service/register_service.h"

namespace assay {

// Something that changed after the risk was assessed.
struct ReviewTrigger {
  const EntityDef* def = nullptr;  // of the record that changed
  Id record;
  std::string title;
  std::string what;  // "Asset changed", "Incident reported"
  Date on;
};

struct RiskReview {
  Risk risk;
  std::optional<Date> due;  // of the next review; unset: it was never assessed
  bool overdue = false;
  std::string cannot_confirm;           // why this person may not confirm it; empty: may
  std::vector<ReviewTrigger> triggers;  // newest first
};

struct ReviewQuestion {
  Date until;             // reviews due up to this day
  std::string owner;      // id; empty: everybody's
  bool triggered = true;  // also those that are not due while something changed
};

// Risks to be looked at, by owner, then by the day they were due; closed ones and drafts left out. Error: forbidden.
Result<std::vector<RiskReview>> reviews_due(const RegisterService& registers, const Principal& principal,
                                            const ReviewQuestion& question);

}  // namespace assay
