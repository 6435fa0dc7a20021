// Residual risks that their owners carry: accepted with reasons and an end, signed, bound to the score; what ends soon,
// what fell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/risk_acceptance.h"
#include "isms/risk/treatment_approval.h"
#include "kernel/service/register_service.h"

namespace assay {

enum class AcceptanceState { stands, ends_in_90, ends_in_60, ends_in_30, fallen, ended, revoked };

struct AcceptanceCase {
  RiskAcceptance acceptance;
  Risk risk;
  AcceptanceState state = AcceptanceState::stands;
  std::string words;        // "ends in 12 days", "the score rose from 8 to 12"
  bool is_renewed = false;  // a later one carries the risk
};

// A risk above the threshold that nobody carries.
struct UncarriedRisk {
  Risk risk;
  double threshold = 0;
  Approvers approvers;
};

struct AcceptanceView {
  Date today;
  std::vector<UncarriedRisk> uncarried;  // highest score first
  std::vector<AcceptanceCase> valid;     // by end
  std::vector<AcceptanceCase> over;      // newest first
  std::size_t ending_within(std::int64_t days) const;
};

// Errors: forbidden.
Result<AcceptanceView> acceptance_view(const RegisterService& registers, const Principal& principal);

// What the owner decides on.
struct AcceptRisk {
  Id risk;
  std::int64_t version = 0;  // of the risk as it was shown
  std::string rationale;
  std::optional<Date> expires_on;
};
// Stores the acceptance, takes back those that it renews and, where the risk is not accepted yet, takes its step: one
// transaction. `signer` has just signed. Gives the acceptance. Errors: conflict when the risk changed meanwhile;
// invalid with the places "rationale" and "expires_on"; forbidden for who neither owns the risk nor stands above; those
// of the step.
Result<Record> accept_risk(const RegisterService& registers, const Principal& signer, const AcceptRisk& decision);

}  // namespace assay
