#include "isms/organisation/responsibility.h"

#include <algorithm>

#include "isms/organisation/person.h"

namespace assay {
namespace {

void refuse_both(Problems& problems, std::string_view field, const std::vector<Ref<Person>>& people,
                 const std::vector<Ref<Person>>& others, std::string_view message) {
  for (const Ref<Person>& person : people) {
    bool both = std::ranges::find(others, person) != others.end();
    bool told = std::ranges::any_of(
        problems, [&](const Problem& problem) { return problem.place == field && problem.value == person.id; });
    if (both && !told) problems.push_back({std::string(field), std::string(message), person.id});
  }
}

}  // namespace

const EntityDef& Responsibility::def() {
  static constexpr FieldDef fields[] = {
      field<&Responsibility::activity>({.label = "Activity",
                                        .example = "Approve the Statement of Applicability",
                                        .title = true,
                                        .in_list = true,
                                        .unique = true}),
      field<&Responsibility::clause>(
          {.label = "Clause", .help = "What asks for it.", .example = "6.1.3 d", .in_list = true, .max_length = 20}),
      field<&Responsibility::accountable>(
          {.label = "Accountable", .help = "The one person who answers for the result.", .in_list = true}),
      field<&Responsibility::responsible>({.label = "Responsible", .help = "Who does the work."}),
      field<&Responsibility::consulted>({.label = "Consulted", .help = "Whose advice is asked before."}),
      field<&Responsibility::informed>({.label = "Informed", .help = "Who is told afterwards."}),
  };
  static constexpr EntityDef def = entity<Responsibility>(
      {
          .name = "responsibility",
          .label = "Responsibility",
          .plural = "Responsibilities",
          .help = "Who answers for an activity of the ISMS, who does it, who is asked and who is told. Clause 5.3 asks "
                  "that responsibilities and authorities are assigned and made known.",
          .clause = "5.3",
          .example = "Accept residual risks: accountable the risk owner, consulted the security officer, informed the "
                     "committee.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "RSP",
          .holder = "accountable",
          .default_sort = "clause",
      },
      fields);
  return def;
}

Problems Responsibility::validate() const {
  Problems problems;
  const std::vector<Ref<Person>> answering{accountable};
  refuse_both(problems, "consulted", consulted, answering, "must not be the accountable person");
  refuse_both(problems, "consulted", consulted, responsible, "must not be among those who do the work");
  refuse_both(problems, "informed", informed, answering, "must not be the accountable person");
  refuse_both(problems, "informed", informed, responsible, "must not be among those who do the work");
  refuse_both(problems, "informed", informed, consulted, "must not be among those who are consulted");
  return problems;
}

}  // namespace assay
