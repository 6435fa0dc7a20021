#include "workflows/scope/objectives.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "isms/record_checks.h"
#include "workflows/scope/seen.h"

namespace assay {
namespace {

Result<FollowedObjective> followed(const RegisterService& registers, const Principal& principal,
                                   SecurityObjective objective, const std::vector<Metric>& metrics) {
  FollowedObjective out{std::move(objective), std::nullopt, {}};
  auto metric = std::ranges::find(metrics, checks::id_of(out.objective.metric), &Metric::id);
  std::vector<Measurement> values;
  if (metric != metrics.end()) {
    out.metric = *metric;
    TRY(values, seen_of<Measurement>(registers, principal, "metric", metric->id));
  }
  out.course = course_of(out.objective, out.metric ? &*out.metric : nullptr, std::move(values),
                         registers.workspace().clock().today());
  return out;
}

}  // namespace

Result<std::vector<FollowedObjective>> followed_objectives(const RegisterService& registers,
                                                           const Principal& principal) {
  TRY(auto objectives, all_of<SecurityObjective>(registers, principal));
  TRY(auto metrics, seen_of<Metric>(registers, principal));
  std::vector<FollowedObjective> out;
  for (SecurityObjective& objective : objectives) {
    TRY(auto one, followed(registers, principal, std::move(objective), metrics));
    out.push_back(std::move(one));
  }
  std::ranges::stable_sort(out, {}, [](const FollowedObjective& one) {
    return std::tuple(one.objective.status != SecurityObjectiveStatus::active,
                      one.objective.status != SecurityObjectiveStatus::draft, !one.course.alarming(one.objective),
                      one.objective.due_on.value_or(Date{}));
  });
  return out;
}

Result<FollowedObjective> followed_objective(const RegisterService& registers, const Principal& principal,
                                             std::string_view id) {
  TRY(Record record, registers.read(principal, SecurityObjective::def(), id));
  TRY(auto metrics, seen_of<Metric>(registers, principal));
  return followed(registers, principal, decode<SecurityObjective>(record), metrics);
}

Result<void> take_measurement(const RegisterService& registers, const Principal& principal, std::string_view id,
                              const NewMeasurement& measurement) {
  TRY(auto one, followed_objective(registers, principal, id));
  if (!one.metric) return fail(ErrorKind::conflict, "The objective has no metric: name one before a value is taken.");
  Date today = registers.workspace().clock().today();
  Problems problems;
  if (!measurement.period_end)
    problems.push_back({"period_end", "must be the last day of the period that the value speaks about", ""});
  else if (*measurement.period_end > today)
    problems.push_back({"period_end", "must not lie ahead", measurement.period_end->iso()});
  else if (std::ranges::any_of(one.course.values,
                               [&](const Measurement& value) { return value.period_end == *measurement.period_end; })) {
    problems.push_back(
        {"period_end", "must be another day: a value of this period is recorded", measurement.period_end->iso()});
  }
  if (!measurement.value) problems.push_back({"value", "must be a number", ""});
  if (!problems.empty()) return fail(std::move(problems), "The value was not recorded.");

  Patch values = patch_of(Measurement::def(), {{"metric", one.metric->id},
                                               {"period_end", measurement.period_end->iso()},
                                               {"value", *measurement.value},
                                               {"measured_on", today.iso()}});
  if (!is_blank(measurement.conclusion)) {
    for (auto& [field, value] :
         patch_of(Measurement::def(), {{"analysed_on", today.iso()}, {"conclusion", measurement.conclusion}}))
      values.emplace_back(field, std::move(value));
  }
  std::vector<ProposedChange> changes{{&Measurement::def(), {}, {}, std::move(values), {}}};
  TRY(auto reader, registers.workspace().read());
  TRY(Record record, registers.read(principal, SecurityObjective::def(), id));
  for (const StepOffer& offer : registers.steps(principal, record, *reader)) {
    if (offer.step->name != "monitor" || !offer.allowed) continue;
    std::string said = is_blank(measurement.conclusion) ? std::string() : " " + measurement.conclusion;
    changes.push_back({&SecurityObjective::def(),
                       Id(id),
                       "monitor",
                       {},
                       fmt::format("Measured for the period until {}: {:g}.{}", measurement.period_end->iso(),
                                   *measurement.value, said)});
  }
  auto made = registers.make(principal, changes);
  if (made) return {};
  Error error = std::move(made).error();
  for (Problem& problem : error.problems) problem.place = problem.place.substr(problem.place.rfind('.') + 1);
  return std::unexpected(std::move(error));
}

}  // namespace assay
