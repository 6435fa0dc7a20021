#include "isms/audit/finding.h"

#include "isms/audit/audit.h"
#include "isms/audit/improvement_item.h"
#include "isms/audit/nonconformity.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"
#include "kernel/model/effects.h"

namespace assay {
namespace {

constexpr State finding_states[] = {
    {"raised", "Raised"}, {"in_nonconformity", "In a nonconformity"}, {"addressed", "Dealt with"}};

std::string_view finding_state(const Record& record) {
  if (!is_unset(record.at("addressed_on")) || record.text("grade") == "conformity") return "addressed";
  return is_unset(record.at("nonconformity")) ? "raised" : "in_nonconformity";
}

FindingGrade grade_of(const StepContext& step) { return decode<Finding>(step.after).grade; }

bool finding_is_nonconforming(const StepContext& step) {
  return grade_of(step) == FindingGrade::major || grade_of(step) == FindingGrade::minor;
}

bool finding_is_area_of_concern(const StepContext& step) { return grade_of(step) == FindingGrade::area_of_concern; }

bool finding_is_advice(const StepContext& step) {
  return grade_of(step) == FindingGrade::observation || grade_of(step) == FindingGrade::ofi;
}

bool finding_is_addressed_in_the_past(const StepContext& step) {
  auto finding = decode<Finding>(step.after);
  return !checks::lies_ahead(step, "addressed_on") && finding.addressed_on.value_or(step.today) >= finding.raised_on;
}

bool its_nonconformity_is_verified(const StepContext& step) {
  auto nc = step.lookup.find<Nonconformity>(step.after.text("nonconformity"));
  return nc && (nc->status == NonconformityStatus::verified || nc->status == NonconformityStatus::closed ||
                nc->status == NonconformityStatus::cancelled);
}

NonconformitySource source_of(const Lookup& lookup, const Finding& finding) {
  if (!checks::refers(finding.audit)) return NonconformitySource::monitoring;  // found by the product's own rules
  auto audit = lookup.find<Audit>(finding.audit->id);
  bool internal = audit && (audit->kind == AuditKind::internal || audit->kind == AuditKind::supplier);
  return internal ? NonconformitySource::internal_audit : NonconformitySource::external_audit;
}

bool auditor_changes_own_grade(const StepContext& step) {
  bool external = source_of(step.lookup, decode<Finding>(step.after)) == NonconformitySource::external_audit;
  return external || checks::acts_as(step, Role::internal_auditor);
}

Result<void> open_nonconformity(StepEffects& effects) {
  auto finding = decode<Finding>(effects.record());
  Nonconformity nc;
  nc.finding = Ref<Finding>{finding.id};
  nc.source = source_of(effects.lookup(), finding);
  nc.ref = finding.ref;
  nc.grade = finding.grade == FindingGrade::major ? NonconformityGrade::major : NonconformityGrade::minor;
  nc.site = finding.site;
  nc.raised_on = finding.raised_on;
  nc.statement = finding.statement.value_or(finding.ref);
  nc.set_deadlines(effects.lookup());
  TRY(Id id, effects.create(encode(nc), "Opened from finding " + finding.id + "."));
  auto stored = effects.lookup().find(Finding::def(), finding.id);
  if (!stored) return fail(ErrorKind::not_found, "The finding is no longer there.");
  stored->at("nonconformity") = id;
  return effects.change(std::move(*stored), "Nonconformity " + id + " was opened.");
}

Result<void> take_over_as_improvement(StepEffects& effects) {
  auto finding = decode<Finding>(effects.record());
  ImprovementItem item;
  item.source = checks::refers(finding.audit) ? ImprovementItemSource::audit : ImprovementItemSource::rule;
  item.text = finding.statement.value_or(finding.ref);
  CHECK(effects.create(encode(item), "Taken over from finding " + finding.id + "."));
  return {};
}

constexpr Guard nonconforming_guards[] = {
    {.reason = "Only a major or minor finding becomes a nonconformity.",
     .rule = "AUD-11",
     .holds = finding_is_nonconforming},
    {.reason = "The finding must say what is wrong, which requirement it fails and what was seen.",
     .rule = "AUD-11",
     .filled = "statement requirement objective_evidence"},
};

constexpr Guard regrade_guards[] = {
    {.reason = "The grade of an internal finding is changed by an internal auditor.",
     .rule = "AUD-11",
     .holds = auditor_changes_own_grade},
};

constexpr Guard concern_guards[] = {
    {.reason = "This is for areas of concern; a major or minor finding goes through a nonconformity.",
     .rule = "CERT-07",
     .holds = finding_is_area_of_concern},
    {.reason = "The day it was dealt with must lie between the day it was raised and today.",
     .rule = "CERT-07",
     .holds = finding_is_addressed_in_the_past},
};

constexpr Guard advice_guards[] = {
    {.reason = "Only an observation or an opportunity becomes an improvement idea.",
     .rule = "C10.1-01",
     .holds = finding_is_advice},
    {.reason = "The finding must say what was observed.", .rule = "C10.1-01", .filled = "statement"},
};

constexpr Guard settled_guards[] = {
    {.reason = "Its nonconformity is not verified yet.", .rule = "CERT-20", .holds = its_nonconformity_is_verified},
};

constexpr Roles finding_handlers{Role::internal_auditor, Role::isms_owner};

constexpr Step finding_steps[] = {
    {.name = "open_nonconformity",
     .from = "raised",
     .to = "in_nonconformity",
     .label = "Open a nonconformity",
     .help = "Takes the finding over into correction, cause and corrective action.",
     .who = {.roles = finding_handlers},
     .guards = nonconforming_guards,
     .effect = open_nonconformity},
    {.name = "regrade",
     .from = "raised",
     .to = "raised",
     .label = "Change the grade",
     .help = "Only the auditor changes a grade; what a certification body changed is recorded by the ISMS owner.",
     .who = {.roles = finding_handlers},
     .guards = regrade_guards,
     .asks = "grade statement",
     .reason_needed = true},
    {.name = "address",
     .from = "raised",
     .to = "addressed",
     .label = "Mark the concern as dealt with",
     .help = "An area of concern left open becomes a nonconformity at Stage 2.",
     .who = {.roles = finding_handlers},
     .guards = concern_guards,
     .asks = "addressed_on",
     .sets = "addressed_on=today",
     .reason_needed = true},
    {.name = "take_over",
     .from = "raised",
     .to = "addressed",
     .label = "Take over as improvement idea",
     .help = "An observation or opportunity goes to the improvement register, where it is adopted or rejected.",
     .who = {.roles = finding_handlers},
     .guards = advice_guards,
     .sets = "addressed_on=today",
     .effect = take_over_as_improvement},
    {.name = "settle",
     .from = "in_nonconformity",
     .to = "addressed",
     .label = "Mark as dealt with",
     .who = {.roles = finding_handlers},
     .guards = settled_guards,
     .sets = "addressed_on=today"},
};

constexpr Lifecycle finding_lifecycle = {.states = finding_states, .state_of = finding_state, .steps = finding_steps};

}  // namespace

const EntityDef& Finding::def() {
  static constexpr FieldDef fields[] = {
      field<&Finding::audit>({.label = "Audit",
                              .help = "The audit that raised it; empty when the product's own rules found it.",
                              .in_list = true}),
      field<&Finding::ref>({.label = "Requirement",
                            .help = "The clause or Annex A control it concerns.",
                            .example = "9.2.2 or A.8.13",
                            .in_list = true,
                            .max_length = 60}),
      field<&Finding::grade>({.label = "Grade", .help = "As the auditor gave it.", .in_list = true}),
      field<&Finding::statement>({.label = "Statement",
                                  .help = "What is wrong, or what was noticed.",
                                  .example = "No restore test of the ERP backup in the last 14 months.",
                                  .multiline = true,
                                  .title = true,
                                  .in_list = true}),
      field<&Finding::requirement>({.label = "Requirement not met",
                                    .help = "In your own words: what the standard, a procedure or a contract asks for.",
                                    .example = "The backup procedure asks for one restore test a year and system.",
                                    .multiline = true}),
      field<&Finding::objective_evidence>({.label = "What was seen",
                                           .help = "Records, interviews or observations that show it; precise enough "
                                                   "to find them again.",
                                           .example = "Test log of the ERP system: last entry is RT-004.",
                                           .multiline = true}),
      field<&Finding::site>({.label = "Site", .in_list = true}),
      field<&Finding::raised_on>({.label = "Raised on", .in_list = true}),
      field<&Finding::nonconformity>({.label = "Nonconformity", .help = "The nonconformity opened for it."}),
      field<&Finding::addressed_on>({.label = "Dealt with on", .help = "For areas of concern: before Stage 2."}),
  };
  static constexpr EntityDef def = entity<Finding>(
      {
          .name = "finding",
          .label = "Finding",
          .plural = "Findings",
          .help = "What audits, and the product's own rules, found. Clause 9.2 asks that results reach the managers "
                  "concerned; major and minor findings go on as nonconformities, the rest as improvement ideas.",
          .clause = "9.2.2",
          .example = "Minor against A.8.13: restore tests of the ERP backup were not held; seen in the test log.",
          .phase = Phase::audit,
          .access = AccessClass::audit,
          .prefix = "F",
          .parent = "audit",
          .default_sort = "-raised_on",
      },
      fields, &finding_lifecycle);
  return def;
}

Problems Finding::validate() const {
  Problems problems;
  checks::refuse_before(problems, raised_on, "addressed_on", addressed_on, "must not be before the day it was raised");
  return problems;
}

}  // namespace assay
