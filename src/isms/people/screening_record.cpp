#include "isms/people/screening_record.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& ScreeningRecord::def() {
  static constexpr FieldDef fields[] = {
      field<&ScreeningRecord::person>({.label = "Person", .title = true, .in_list = true}),
      field<&ScreeningRecord::level>(
          {.label = "Depth", .help = "Sensitive roles need the deeper screening.", .in_list = true}),
      field<&ScreeningRecord::completed_on>({.label = "Completed on", .in_list = true}),
      field<&ScreeningRecord::result>({.label = "Result", .in_list = true}),
      field<&ScreeningRecord::waiver_approved_by>(
          {.label = "Delay approved by", .help = "Who allowed the person to start before the result was there."}),
  };
  static constexpr EntityDef def = entity<ScreeningRecord>(
      {
          .name = "screening_record",
          .label = "Screening",
          .plural = "Screenings",
          .help =
              "Background checks before somebody joins, within the law and in proportion to the role. Control A.6.1 "
              "asks for them; details of the findings do not belong here.",
          .clause = "A.6.1",
          .example = "Jana Weber, basic screening, clear on 20 February, ten days before the first day.",
          .phase = Phase::people,
          .access = AccessClass::confidential,
          .prefix = "SCR",
          .holder = "person",
          .default_sort = "-completed_on",
      },
      fields);
  return def;
}

Problems ScreeningRecord::validate() const {
  Problems problems;
  bool finished = result == ScreeningRecordResult::clear || result == ScreeningRecordResult::adverse;
  if (finished && !person.empty() && !checks::given(completed_on)) {
    problems.push_back({"completed_on", "is needed once there is a result", ""});
  }
  if (result == ScreeningRecordResult::waived && !checks::refers(waiver_approved_by)) {
    problems.push_back({"waiver_approved_by", "is needed where the screening was put off", ""});
  }
  if (checks::refers(waiver_approved_by) && waiver_approved_by->id == person.id) {
    problems.push_back({"waiver_approved_by", "must be somebody else", person.id});
  }
  return problems;
}

}  // namespace assay
