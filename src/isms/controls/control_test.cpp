#include "isms/controls/control_test.h"

#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& ControlTest::def() {
  static constexpr FieldDef fields[] = {
      field<&ControlTest::tested_on>({.label = "Tested on", .title = true, .in_list = true}),
      field<&ControlTest::control>({.label = "Control", .in_list = true}),
      field<&ControlTest::tester>({.label = "Tested by",
                                   .help = "Empty for an automated test; not the owner of the control, if possible.",
                                   .in_list = true}),
      field<&ControlTest::method>({.label = "Method", .in_list = true}),
      field<&ControlTest::population>({.label = "Population", .help = "How many items there were.", .least = 0}),
      field<&ControlTest::sample>(
          {.label = "Sample", .help = "How many of them were looked at.", .in_list = true, .least = 0}),
      field<&ControlTest::exceptions>(
          {.label = "Failures", .help = "How many of those were not as they should be.", .in_list = true, .least = 0}),
      field<&ControlTest::result>({.label = "Result", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ControlTest>(
      {
          .name = "control_test",
          .label = "Control test",
          .plural = "Control tests",
          .help = "A look at whether a control operates and has its effect. Clause 9.1 asks to evaluate effectiveness; "
                  "a failed test leads to a nonconformity.",
          .clause = "9.1",
          .example = "25 of 240 leavers checked on 3 April: one account still open, partly passed.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "CT",
          .parent = "control",
          .default_sort = "-tested_on",
      },
      fields);
  return def;
}

Problems ControlTest::validate() const {
  Problems problems;
  if (sample > population && population > 0) {
    problems.push_back({"sample", "must not be larger than the population", std::to_string(sample)});
  }
  if (exceptions > sample && sample > 0) {
    problems.push_back({"exceptions", "must not be more than the sample", std::to_string(exceptions)});
  }
  if (exceptions > 0 && result == ControlTestResult::pass) {
    problems.push_back({"result", "must not be passed when there were failures", "pass"});
  }
  const bool by_a_person = method != ControlTestMethod::automated && population > 0;
  if (by_a_person && checks::id_of(tester).empty()) {
    problems.push_back({"tester", "must be named unless the test was automated", ""});
  }
  return problems;
}

}  // namespace assay
