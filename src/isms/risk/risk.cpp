#include "isms/risk/risk.h"

#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"

namespace assay {

const EntityDef& Risk::def() {
  static constexpr FieldDef fields[] = {
      field<&Risk::title>({.label = "Title", .help = "Short name.", .title = true, .in_list = true}),
      field<&Risk::scenario>({.label = "Scenario", .help = "Source, event and consequence told together.", .multiline = true}),
      field<&Risk::threat>({.label = "Threat"}),
      field<&Risk::threat_category>({.label = "Threat category", .help = "Category."}),
      field<&Risk::weakness>({.label = "Weakness", .help = "Vulnerability exploited."}),
      field<&Risk::consequence>({.label = "Consequence", .help = "Effect on the business.", .multiline = true}),
      field<&Risk::assets>({.label = "Assets", .help = "Assets concerned."}),
      field<&Risk::cia>({.label = "C, I, A", .help = "Properties endangered."}),
      field<&Risk::owner>({.label = "Owner", .help = "Risk owner.", .in_list = true}),
      field<&Risk::run>({.label = "Run", .help = "Latest assessment run."}),
      field<&Risk::methodology>({.label = "Methodology", .help = "Method version of the scores."}),
      field<&Risk::assessed_on>({.label = "Assessed on", .help = "Day of the scores."}),
      field<&Risk::next_review_on>({.label = "Next review on", .help = "Planned review.", .in_list = true}),
      field<&Risk::inherent_likelihood>({.label = "Inherent likelihood", .help = "Before controls."}),
      field<&Risk::inherent_impact>({.label = "Inherent impact", .help = "Before controls."}),
      field<&Risk::inherent_score>({.label = "Inherent score", .help = "Before controls."}),
      field<&Risk::residual_likelihood>({.label = "Residual likelihood", .help = "With the controls now implemented."}),
      field<&Risk::residual_impact>({.label = "Residual impact", .help = "With the controls now implemented."}),
      field<&Risk::residual_score>({.label = "Residual score", .help = "With the controls now implemented.", .in_list = true}),
      field<&Risk::target_score>({.label = "Target score", .help = "Expected once the plan is done."}),
      field<&Risk::priority>({.label = "Priority", .help = "Rank for treatment."}),
      field<&Risk::treatment>({.label = "Treatment", .help = "Decision (seed words: treat, tolerate, transfer, terminate).", .in_list = true}),
      field<&Risk::share_instrument>({.label = "Share instrument", .help = "Contract or insurance, when shared."}),
      field<&Risk::share_valid_to>({.label = "Share valid to", .help = "Its end."}),
      field<&Risk::avoided_activity_ceased_on>({.label = "Avoided activity ceased on", .help = "When avoided."}),
      field<&Risk::controls>({.label = "Controls", .help = "Controls that modify it."}),
      field<&Risk::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&Risk::closed_on>({.label = "Closed on", .help = "End."}),
  };
  static constexpr EntityDef def = entity<Risk>(
      {.name = "risk",
       .label = "Risk",
       .plural = "Risks",
       .help = "An information security risk in the register.",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "R",
       .holder = "owner",
       .default_sort = "-residual_score",
      },
      fields);
  return def;
}

}  // namespace assay
