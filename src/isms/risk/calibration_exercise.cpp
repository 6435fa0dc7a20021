#include "isms/risk/calibration_exercise.h"

#include "isms/organisation/person.h"
#include "isms/risk/risk_methodology.h"

namespace assay {

std::span<const FieldDef> CalibrationScore::parts() {
  static constexpr FieldDef parts[] = {
      field<&CalibrationScore::scenario>({.label = "Scenario"}),
      field<&CalibrationScore::assessor>({.label = "Assessor"}),
      field<&CalibrationScore::likelihood>({.label = "Likelihood"}),
      field<&CalibrationScore::impact>({.label = "Impact"}),
  };
  static_assert(embedded_complete<CalibrationScore>(parts));
  return parts;
}

const EntityDef& CalibrationExercise::def() {
  static constexpr FieldDef fields[] = {
      field<&CalibrationExercise::methodology>({.label = "Methodology", .help = "Version tested.", .in_list = true}),
      field<&CalibrationExercise::held_on>({.label = "Held on", .help = "Day.", .title = true, .in_list = true}),
      field<&CalibrationExercise::assessors>({.label = "Assessors", .help = "At least two."}),
      field<&CalibrationExercise::scores>({.label = "Scores", .help = "Results."}),
      field<&CalibrationExercise::max_spread>({.label = "Max spread", .help = "Greatest difference found.", .in_list = true}),
      field<&CalibrationExercise::reconciled_on>({.label = "Reconciled on", .help = "Disagreements settled.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<CalibrationExercise>(
      {.name = "calibration_exercise",
       .label = "Calibration exercise",
       .plural = "Calibration exercises",
       .help = "Several assessors score the same scenarios blind.",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "CAL",
      },
      fields);
  return def;
}

}  // namespace assay
