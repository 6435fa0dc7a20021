#include "isms/risk/risk_acceptance.h"

#include "isms/organisation/person.h"
#include "isms/risk/risk.h"

namespace assay {

const EntityDef& RiskAcceptance::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskAcceptance::risk>({.label = "Risk", .title = true, .in_list = true}),
      field<&RiskAcceptance::accepted_by>({.label = "Accepted by", .help = "Who.", .in_list = true}),
      field<&RiskAcceptance::accepted_on>({.label = "Accepted on", .help = "When.", .in_list = true}),
      field<&RiskAcceptance::score_at_acceptance>({.label = "Score at acceptance", .help = "Residual score accepted."}),
      field<&RiskAcceptance::rationale>({.label = "Rationale", .help = "Why.", .multiline = true}),
      field<&RiskAcceptance::expires_on>({.label = "Expires on", .help = "End.", .in_list = true}),
      field<&RiskAcceptance::status>({.label = "Status", .help = "State.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<RiskAcceptance>(
      {.name = "risk_acceptance",
       .label = "Risk acceptance",
       .plural = "Risk acceptances",
       .help = "A risk owner's acceptance of a residual risk (6.1.3 f).",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "ACC",
       .parent = "risk",
      },
      fields);
  return def;
}

}  // namespace assay
