#include "isms/organisation/site.h"

#include "isms/record_checks.h"

namespace assay {

const EntityDef& Site::def() {
  static constexpr FieldDef fields[] = {
      field<&Site::name>({.label = "Name", .example = "Hamburg head office", .title = true, .in_list = true}),
      field<&Site::address>({.label = "Address",
                             .help = "Postal address, or the name of the virtual environment.",
                             .example = "Kaiserkai 1, 20457 Hamburg",
                             .in_list = true}),
      field<&Site::country>({.label = "Country",
                             .example = "DE",
                             .in_list = true,
                             .pattern = "[A-Z]{2}",
                             .pattern_text = "a two-letter country code of ISO 3166, such as DE",
                             .max_length = 2}),
      field<&Site::kind>({.label = "Kind", .in_list = true}),
      field<&Site::is_central_function>(
          {.label = "Central function", .help = "Plans and controls the ISMS; exactly one site does."}),
      field<&Site::in_scope>({.label = "In scope", .help = "Inside the boundary of the ISMS.", .in_list = true}),
      field<&Site::headcount>(
          {.label = "People", .help = "Persons who work from here.", .in_list = true, .least = 0, .most = 1000000}),
      field<&Site::activity_group>(
          {.label = "Activity group",
           .help =
               "Sites with the same group run much the same processes; the certification body may then sample them.",
           .example = "warehouse"}),
      field<&Site::opened_on>({.label = "Opened on", .help = "First day of operation."}),
      field<&Site::closed_on>({.label = "Closed on", .help = "Last day of operation."}),
      field<&Site::joined_scope_on>({.label = "In the certified scope since"}),
  };
  static constexpr EntityDef def = entity<Site>(
      {
          .name = "site",
          .label = "Site",
          .plural = "Sites",
          .help = "Places, real or virtual, where people work or information is kept. The scope of clause 4.3 names "
                  "them, and certification bodies plan their audit days by them.",
          .clause = "4.3",
          .example = "Hamburg head office, Kaiserkai 1, DE, 120 people, in scope, central function.",
          .phase = Phase::organisation,
          .access = AccessClass::documented,
          .prefix = "S",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems Site::validate() const {
  Problems problems;
  const std::optional<Date> opened = opened_on;
  checks::refuse_before(problems, opened, "closed_on", closed_on, "must not be before the site opened");
  checks::refuse_before(problems, opened, "joined_scope_on", joined_scope_on, "must not be before the site opened");
  if (is_central_function && !in_scope && !name.empty()) {
    problems.push_back({"in_scope", "must be yes for the site that controls the ISMS", "no"});
  }
  return problems;
}

}  // namespace assay
