#include "isms/controls/control_test.h"

#include "isms/controls/control.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& ControlTest::def() {
  static constexpr FieldDef fields[] = {
      field<&ControlTest::control>({.label = "Control", .title = true, .in_list = true}),
      field<&ControlTest::tested_on>({.label = "Tested on", .help = "Day.", .in_list = true}),
      field<&ControlTest::tester>({.label = "Tester", .help = "Who (null = automated).", .in_list = true}),
      field<&ControlTest::method>({.label = "Method", .help = "Technique."}),
      field<&ControlTest::population>({.label = "Population", .help = "Size of the population."}),
      field<&ControlTest::sample>({.label = "Sample", .help = "Items tested."}),
      field<&ControlTest::exceptions>({.label = "Exceptions", .help = "Failures."}),
      field<&ControlTest::result>({.label = "Result", .help = "Conclusion.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ControlTest>(
      {.name = "control_test",
       .label = "Control test",
       .plural = "Control tests",
       .help = "A test of operation and effectiveness.",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "CT",
       .parent = "control",
      },
      fields);
  return def;
}

}  // namespace assay
