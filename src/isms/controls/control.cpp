#include "isms/controls/control.h"

#include <algorithm>

#include "isms/controls/control_test.h"
#include "isms/controls/evidence.h"
#include "isms/documents/document.h"
#include "isms/measurement/measurement.h"
#include "isms/measurement/metric.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Control::def() {
  static constexpr FieldDef fields[] = {
      field<&Control::title>({.label = "Title",
                              .example = "Daily backup of the order database, restored every quarter",
                              .title = true,
                              .in_list = true}),
      field<&Control::code>(
          {.label = "Code", .example = "CTL-8.13", .in_list = true, .unique = true, .max_length = 60}),
      field<&Control::owner>({.label = "Control owner", .help = "Who sees to it that it operates.", .in_list = true}),
      field<&Control::status>({.label = "Status", .in_list = true}),
      field<&Control::operational_since>({.label = "In operation since"}),
      field<&Control::frequency>(
          {.label = "Operates", .help = "How often it is performed; evidence must keep up with it.", .in_list = true}),
      field<&Control::evidence_freshness_days>({.label = "Evidence is fresh for (days)",
                                                .help = "An own limit; empty means the usual one for the frequency.",
                                                .least = 1,
                                                .most = 3660}),
      field<&Control::sites>(
          {.label = "Sites", .help = "Where it must operate; empty means it is not bound to a place."}),
      field<&Control::systems>({.label = "Systems", .help = "Systems on which it must operate."}),
      field<&Control::procedure>({.label = "Operating procedure"}),
      field<&Control::procedure_required>(
          {.label = "Needs a written procedure", .help = "Without one it would not be performed alike each time."}),
      field<&Control::key_control>(
          {.label = "Key control", .help = "A risk stays below the threshold only because of it.", .in_list = true}),
      field<&Control::effectiveness>({.label = "Effectiveness",
                                      .help = "From the latest test or measurement of its effect.",
                                      .in_list = true,
                                      .derived = true}),
  };
  static constexpr EntityDef def = entity<Control>(
      {
          .name = "control",
          .label = "Control",
          .plural = "Controls",
          .help = "What the organisation itself does to treat risks: one record for each measure, with owner, rhythm "
                  "and evidence. Clause 6.1.3 b asks to determine the controls, 9.1 whether they work.",
          .clause = "6.1.3 b",
          .example = "CTL-8.13 Daily backup of the order database, owned by IT operations, a key control, tested every "
                     "quarter.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "CTL",
          .holder = "owner",
          .default_sort = "code",
      },
      fields, &control_lifecycle);
  return def;
}

std::optional<std::int64_t> Control::evidence_window() const {
  if (evidence_freshness_days) return evidence_freshness_days;
  switch (frequency) {
    case ControlFrequency::continuous:
    case ControlFrequency::daily:
    case ControlFrequency::weekly: return 35;
    case ControlFrequency::monthly: return 45;
    case ControlFrequency::quarterly: return 120;
    case ControlFrequency::semiannual: return 215;
    case ControlFrequency::annual: return 395;
    case ControlFrequency::event: return std::nullopt;
  }
  return std::nullopt;
}

Date Control::oldest_evidence(Date today) const {
  constexpr std::int64_t year_of_an_event_control = 365;
  return today.plus_days(-evidence_window().value_or(year_of_an_event_control));
}

bool Control::is_current(const Evidence& evidence, Date today) const {
  return evidence.review_status == EvidenceReviewStatus::accepted && checks::id_of(evidence.superseded_by).empty() &&
         evidence.period_end >= oldest_evidence(today);
}

bool Control::has_current_evidence(const Lookup& lookup, Date today) const {
  return lookup.any<Evidence>("controls", id, [&](const Evidence& evidence) { return is_current(evidence, today); });
}

namespace {

ControlEffectiveness effectiveness_of_result(ControlTestResult result) {
  if (result == ControlTestResult::pass) return ControlEffectiveness::effective;
  return result == ControlTestResult::partial ? ControlEffectiveness::partly : ControlEffectiveness::ineffective;
}

}  // namespace

std::optional<ControlEffectiveness> Control::observed_effectiveness(const Lookup& lookup) const {
  std::optional<ControlEffectiveness> latest;
  Date latest_on;
  for (const ControlTest& test : lookup.where<ControlTest>("control", id)) {
    if (latest && test.tested_on < latest_on) continue;
    latest = effectiveness_of_result(test.result);
    latest_on = test.tested_on;
  }
  for (const Metric& metric : lookup.where<Metric>("control", id)) {
    if (metric.kind != MetricKind::effectiveness || !metric.active || !metric.target) continue;
    for (const Measurement& measurement : lookup.where<Measurement>("metric", metric.id)) {
      if (latest && measurement.measured_on <= latest_on) continue;
      // A missed target shows weakness; only a test can show that a control does not work.
      latest = metric.meets(measurement.value, *metric.target) ? ControlEffectiveness::effective
                                                               : ControlEffectiveness::partly;
      latest_on = measurement.measured_on;
    }
  }
  return latest;
}

void Control::derive(const Lookup& lookup) {
  if (id.empty() || status != ControlStatus::implemented) return;
  if (const auto observed = observed_effectiveness(lookup)) effectiveness = *observed;
}

Problems Control::validate() const {
  Problems problems;
  if (status == ControlStatus::implemented && procedure_required && checks::id_of(procedure).empty()) {
    problems.push_back({"procedure", "must be named for an implemented control that needs one", ""});
  }
  return problems;
}

}  // namespace assay
