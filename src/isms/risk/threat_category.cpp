#include "isms/risk/threat_category.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& ThreatCategory::def() {
  static constexpr FieldDef fields[] = {
      field<&ThreatCategory::code>({.label = "Code",
                                    .help = "Short name, never changed afterwards.",
                                    .example = "human_actions",
                                    .in_list = true,
                                    .unique = true,
                                    .pattern = "[a-z][a-z0-9_]*",
                                    .pattern_text = "lower-case letters, digits and underscores, such as human_actions",
                                    .max_length = 60}),
      field<&ThreatCategory::name>({.label = "Name", .example = "Human actions", .title = true, .in_list = true}),
      field<&ThreatCategory::considered_not_relevant>(
          {.label = "Ruled out", .help = "Considered and found not relevant to this organisation.", .in_list = true}),
      field<&ThreatCategory::rationale>(
          {.label = "Reasons", .help = "Why the category does not matter here.", .multiline = true}),
      field<&ThreatCategory::decided_by>({.label = "Decided by", .in_list = true}),
      field<&ThreatCategory::decided_on>({.label = "Decided on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ThreatCategory>(
      {
          .name = "threat_category",
          .label = "Threat category",
          .plural = "Threat categories",
          .help = "The groups of threats that an assessment has to look at. Each needs a risk, or a recorded decision "
                  "that it does not matter here, so that none is forgotten (6.1.2 c).",
          .clause = "6.1.2 c",
          .example = "Natural events: flood, storm and heat at the sites.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "TC",
          .default_sort = "code",
      },
      fields);
  return def;
}

Problems ThreatCategory::validate() const {
  Problems problems;
  if (considered_not_relevant && !checks::given(rationale)) {
    problems.push_back({"rationale", "must say why a category that is ruled out does not matter", ""});
  }
  if (considered_not_relevant && checks::id_of(decided_by).empty()) {
    problems.push_back({"decided_by", "must name who ruled the category out", ""});
  }
  return problems;
}

}  // namespace assay
