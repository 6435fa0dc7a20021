#include "isms/audit/nonconformity.h"

#include "isms/audit/finding.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Nonconformity::def() {
  static constexpr FieldDef fields[] = {
      field<&Nonconformity::finding>({.label = "Finding", .help = "The audit finding it comes from, if any."}),
      field<&Nonconformity::source>({.label = "Source", .help = "What brought it to light.", .in_list = true}),
      field<&Nonconformity::ref>({.label = "Requirement",
                                  .help = "The clause or Annex A control that is not met.",
                                  .example = "9.2.2 or A.8.13",
                                  .in_list = true,
                                  .max_length = 60}),
      field<&Nonconformity::grade>({.label = "Grade",
                                    .help = "Major: the ISMS may not reach its results. Minor: a lapse that does not "
                                            "put that in doubt.",
                                    .in_list = true}),
      field<&Nonconformity::site>({.label = "Site", .help = "Where it was found."}),
      field<&Nonconformity::raised_on>({.label = "Raised on", .in_list = true}),
      field<&Nonconformity::statement>(
          {.label = "Statement",
           .help = "What was found and which requirement it fails; facts, not persons.",
           .example = "No restore test of the ERP backup took place in the last 14 months; the procedure asks for one "
                      "a year.",
           .multiline = true,
           .title = true,
           .in_list = true}),
      field<&Nonconformity::correction>({.label = "Correction",
                                         .help = "What removed the symptom or contained its consequences.",
                                         .example = "Restore test of the ERP backup carried out and recorded.",
                                         .multiline = true}),
      field<&Nonconformity::correction_done_on>({.label = "Correction done on"}),
      field<&Nonconformity::extent_checked_on>(
          {.label = "Similar cases looked for on",
           .help = "Day somebody looked whether the same exists elsewhere: other sites, systems, periods."}),
      field<&Nonconformity::root_cause>(
          {.label = "Root cause",
           .help = "What in the way of working let it happen; not the symptom in other words.",
           .example = "Restore tests had no owner after the reorganisation, and nothing reminds of them.",
           .multiline = true}),
      field<&Nonconformity::root_cause_method>({.label = "Method of cause analysis"}),
      field<&Nonconformity::root_cause_on>({.label = "Cause found on"}),
      field<&Nonconformity::response_due_on>(
          {.label = "Cause and plan due on", .help = "Empty: the time your parameters set for the source applies."}),
      field<&Nonconformity::closure_due_on>({.label = "Closure due on",
                                             .help = "Empty: the time your parameters set for source and grade "
                                                     "applies.",
                                             .in_list = true}),
      field<&Nonconformity::plan_accepted_by_cb_on>(
          {.label = "Plan accepted by the certification body on", .help = "External findings only."}),
      field<&Nonconformity::verified_by_cb_on>(
          {.label = "Verified by the certification body on", .help = "External findings only."}),
      field<&Nonconformity::status>({.label = "Status", .in_list = true}),
      field<&Nonconformity::closed_on>({.label = "Closed on"}),
      field<&Nonconformity::owner>(
          {.label = "Owner", .help = "The manager responsible for correction, cause and actions.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Nonconformity>(
      {
          .name = "nonconformity",
          .label = "Nonconformity",
          .plural = "Nonconformities",
          .help = "Requirements that were not met, with correction, cause, corrective action and proof of its effect. "
                  "Clause 10.2 asks for all of these and for records of them.",
          .clause = "10.2",
          .example = "Minor against A.5.18: the half-yearly access review of the ERP system was not carried out.",
          .phase = Phase::audit,
          .access = AccessClass::improvement,
          .prefix = "NC",
          .holder = "owner",
          .default_sort = "-raised_on",
          .frozen_in = "closed cancelled",
      },
      fields, &nonconformity_lifecycle);
  return def;
}

Problems Nonconformity::validate() const {
  Problems problems;
  checks::refuse_before(problems, raised_on, "root_cause_on", root_cause_on,
                        "must not be before the day it was raised");
  checks::refuse_before(problems, raised_on, "response_due_on", response_due_on,
                        "must not be before the day it was raised");
  checks::refuse_before(problems, raised_on, "closure_due_on", closure_due_on,
                        "must not be before the day it was raised");
  checks::refuse_before(problems, raised_on, "plan_accepted_by_cb_on", plan_accepted_by_cb_on,
                        "must not be before the day it was raised");
  checks::refuse_before(problems, raised_on, "verified_by_cb_on", verified_by_cb_on,
                        "must not be before the day it was raised");
  checks::refuse_before(problems, raised_on, "closed_on", closed_on, "must not be before the day it was raised");
  checks::refuse_before(problems, root_cause_on, "closed_on", closed_on, "must not be before the cause was found");
  return problems;
}

void Nonconformity::set_deadlines(const Lookup& lookup) {
  if (!checks::given(raised_on)) return;
  auto after_raising = [&](std::string_view key) {
    return raised_on.plus_days(static_cast<std::int64_t>(lookup.parameter(key)));
  };
  bool external = source == NonconformitySource::external_audit;
  bool major = grade == NonconformityGrade::major;
  if (!response_due_on) response_due_on = after_raising(external ? "ext_response_days" : "root_cause_days");
  if (closure_due_on) return;
  if (external && !major) return;  // a minor is closed at the next audit of the body, whenever that is
  closure_due_on = after_raising(external ? "ext_major_close_days" : major ? "nc_major_days" : "nc_minor_days");
}

}  // namespace assay
