#include "isms/organisation/person.h"

#include "isms/organisation/org_unit.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Person::def() {
  static constexpr FieldDef fields[] = {
      field<&Person::name>({.label = "Name", .example = "Maria Weber", .title = true, .in_list = true}),
      field<&Person::employment>({.label = "Relationship", .in_list = true}),
      field<&Person::org_unit>({.label = "Unit", .in_list = true}),
      field<&Person::site>({.label = "Site", .help = "Where the person is based.", .in_list = true}),
      field<&Person::job_title>({.label = "Job title", .example = "Platform engineer", .in_list = true}),
      field<&Person::manager>({.label = "Manager",
                               .help = "The line manager; the chain of managers decides who may act for whom.",
                               .chain = true}),
      field<&Person::start_date>({.label = "First day"}),
      field<&Person::end_date>({.label = "Last day"}),
      field<&Person::status>({.label = "Status", .in_list = true}),
      field<&Person::leave_from>({.label = "On leave from", .help = "A long leave, such as parental leave."}),
      field<&Person::leave_to>({.label = "On leave until"}),
      field<&Person::is_top_management>(
          {.label = "Top management", .help = "Directs and controls the scope at the highest level."}),
      field<&Person::in_scope>(
          {.label = "In scope", .help = "Works inside the boundary of the ISMS.", .in_list = true}),
      field<&Person::handles_sensitive>(
          {.label = "Sensitive role", .help = "Needs deeper screening and training for the role."}),
      field<&Person::works_remotely>({.label = "Works remotely", .help = "Regularly works away from the sites."}),
  };
  static constexpr EntityDef def = entity<Person>(
      {
          .name = "person",
          .label = "Person",
          .plural = "People",
          .help = "Everybody who works under the organisation's control: staff, contractors, temps, board. Clauses "
                  "5.3, 7.2 and 7.3 ask who has which role, is competent and aware.",
          .clause = "7.3",
          .example = "Maria Weber, platform engineer in operations, Hamburg, since March 2024, manager Jonas Brandt.",
          .phase = Phase::people,
          .access = AccessClass::documented,
          .prefix = "P",
          .default_sort = "name",
      },
      fields, &person_lifecycle);
  return def;
}

Problems Person::validate() const {
  Problems problems;
  checks::refuse_before(problems, start_date, "end_date", end_date, "must not be before the first day");
  checks::refuse_before(problems, leave_from, "leave_to", leave_to, "must not be before the leave begins");
  if (!id.empty() && checks::id_of(manager) == id) {
    problems.push_back({"manager", "must be somebody else", id});
  }
  if (checks::given(leave_to) && !checks::given(leave_from)) {
    problems.push_back({"leave_from", "must be given with the end of the leave", ""});
  }
  return problems;
}

}  // namespace assay
