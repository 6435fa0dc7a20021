#include "isms/readiness/journey.h"

#include <fmt/format.h>

#include <algorithm>

#include "isms/audit/audit.h"
#include "isms/readiness/phase_points.h"
#include "isms/record_checks.h"

namespace assay::journey {
namespace {

using Phase = CertificationProjectPhase;

bool is_held(const Audit& audit) {
  return audit.status == AuditStatus::reported || audit.status == AuditStatus::closed ||
         audit.status == AuditStatus::cancelled;
}

std::string stage_of(AuditKind kind) {
  switch (kind) {
    case AuditKind::internal: return "internal";
    case AuditKind::stage1: return "stage1";
    case AuditKind::stage2: return "stage2";
    case AuditKind::surveillance:
    case AuditKind::recertification: return "surveillance";
    default: return {};
  }
}

std::vector<ComingAudit> coming_audits(const Lookup& lookup) {
  std::vector<ComingAudit> out;
  for (std::string_view status : {"planned", "confirmed", "in_progress", "fieldwork_done"}) {
    for (const Audit& audit : lookup.where<Audit>("status", status)) {
      if (is_held(audit) || audit.kind == AuditKind::supplier) continue;
      std::string label(choices_of<AuditKind>[static_cast<std::size_t>(audit.kind)].label);
      out.push_back({audit.id, label, stage_of(audit.kind), audit.planned_start, audit.kind != AuditKind::internal});
    }
  }
  std::ranges::sort(
      out, {}, [](const ComingAudit& audit) { return std::pair(audit.planned_start, std::string_view(audit.id)); });
  return out;
}

// The project that is under way; of several the last one entered.
std::optional<CertificationProject> project_of(const Lookup& lookup) {
  auto projects = checks::all_by_choice<CertificationProject>(lookup, "phase");
  if (projects.empty()) return std::nullopt;
  return *std::ranges::max_element(projects, {}, [](const CertificationProject& project) {
    return std::pair(project.phase != Phase::certified, std::string_view(project.id));
  });
}

const ComingAudit* next_external(const Journey& journey) {
  std::string stage = journey.next_stage();
  auto found = std::ranges::find_if(journey.audits,
                                    [&](const ComingAudit& audit) { return audit.external && audit.stage == stage; });
  return found == journey.audits.end() ? nullptr : &*found;
}

// The first phase that must be gone through before the next audit and is not.
const PhaseStatus* open_before_next(const Journey& journey) {
  std::string stage = journey.next_stage();
  std::size_t end = stage == "stage1"   ? static_cast<std::size_t>(Phase::stage1)
                    : stage == "stage2" ? static_cast<std::size_t>(Phase::stage2)
                                        : 0;
  for (std::size_t i = static_cast<std::size_t>(Phase::design); i < end; ++i) {
    if (journey.phases[i].state != State::done) return &journey.phases[i];
  }
  return nullptr;
}

}  // namespace

std::string_view label_of(State state) {
  switch (state) {
    case State::done: return "Done";
    case State::in_progress: return "In progress";
    case State::blocked: return "Blocked";
    case State::not_begun: return "Not begun";
  }
  return {};
}

std::size_t PhaseStatus::count(PointKind kind) const {
  return static_cast<std::size_t>(std::ranges::count(points, kind, &Point::kind));
}

std::size_t VerdictSummary::majors(std::string_view stage) const {
  auto found = majors_by_stage.find(stage);
  return found == majors_by_stage.end() ? 0 : found->second;
}

std::size_t VerdictSummary::findings(std::string_view rule) const {
  auto found = by_rule.find(rule);
  return found == by_rule.end() ? 0 : found->second.all;
}

PhaseStatus PhaseNotes::take(CertificationProjectPhase phase) {
  PhaseStatus status{.phase = phase, .points = std::move(points_)};
  std::ranges::stable_sort(status.points, {}, [](const Point& point) {
    return point.kind == PointKind::proof      ? 0
           : point.kind == PointKind::obstacle ? 1
           : point.kind == PointKind::missing  ? 2
                                               : 3;
  });
  bool obstructed = status.count(PointKind::obstacle) > 0;
  bool begun = begun_ || status.count(PointKind::proof) > 0;
  if (!obstructed && status.count(PointKind::missing) == 0) status.state = State::done;
  else if (obstructed) status.state = State::blocked;
  else status.state = begun ? State::in_progress : State::not_begun;
  return status;
}

std::string Journey::next_stage() const {
  if (at(Phase::stage1).state != State::done) return "stage1";
  if (at(Phase::stage2).state != State::done) return "stage2";
  return "surveillance";
}

std::string Journey::next_stage_label() const {
  if (const ComingAudit* audit = next_external(*this)) return audit->label;
  std::string stage = next_stage();
  return stage == "stage1" ? "Stage 1" : stage == "stage2" ? "Stage 2" : "the next surveillance audit";
}

std::optional<Date> Journey::next_stage_date() const {
  const ComingAudit* audit = next_external(*this);
  return audit ? std::optional(audit->planned_start) : std::nullopt;
}

Journey derive(const Lookup& lookup, const VerdictSummary& verdict, Date today) {
  View view{lookup, verdict, today, project_of(lookup)};
  Journey journey;
  journey.today = today;
  if (view.project) {
    journey.recorded = view.project->phase;
    journey.project = view.project->id;
  }
  auto fill = [&](Phase phase, auto&& note) {
    PhaseNotes notes;
    note(notes);
    journey.phases[static_cast<std::size_t>(phase)] = notes.take(phase);
  };
  fill(Phase::framework, [&](PhaseNotes& notes) { note_framework(view, notes); });
  fill(Phase::gap, [&](PhaseNotes& notes) { note_gap(view, notes); });
  fill(Phase::design, [&](PhaseNotes& notes) { note_design(view, notes); });
  fill(Phase::risk, [&](PhaseNotes& notes) { note_risk(view, notes); });
  fill(Phase::controls, [&](PhaseNotes& notes) { note_controls(view, notes); });
  fill(Phase::internal_audit, [&](PhaseNotes& notes) { note_internal_audit(view, notes); });
  fill(Phase::management_review, [&](PhaseNotes& notes) { note_management_review(view, notes); });
  fill(Phase::stage1, [&](PhaseNotes& notes) { note_stage1(view, journey.phases, notes); });
  fill(Phase::remediation, [&](PhaseNotes& notes) { note_remediation(view, notes); });
  fill(Phase::stage2, [&](PhaseNotes& notes) { note_stage2(view, journey.phases, notes); });
  fill(Phase::decision, [&](PhaseNotes& notes) { note_decision(view, notes); });
  fill(Phase::certified, [&](PhaseNotes& notes) { note_certified(view, notes); });
  auto open = std::ranges::find_if(journey.phases, [](const PhaseStatus& phase) { return phase.state != State::done; });
  journey.current = open == journey.phases.end() ? journey.phases.size() - 1
                                                 : static_cast<std::size_t>(open - journey.phases.begin());
  journey.audits = coming_audits(lookup);
  return journey;
}

bool is_ready(const Journey& journey, const VerdictSummary& verdict) {
  return verdict.known && verdict.majors(journey.next_stage()) == 0 && !open_before_next(journey);
}

std::string verdict_sentence(const Journey& journey, const VerdictSummary& verdict) {
  auto date = journey.next_stage_date();
  std::string goal = journey.next_stage_label() + (date ? " on " + date->iso() : " (no date yet)");
  if (!verdict.known)
    return fmt::format("Whether you are ready for {} cannot be said: the rules were not evaluated.", goal);
  std::size_t majors = verdict.majors(journey.next_stage());
  if (majors > 0)
    return fmt::format("Not ready for {}: {} {} in the way.", goal, majors,
                       majors == 1 ? "major stands" : "majors stand");
  if (const PhaseStatus* open = open_before_next(journey)) {
    std::string_view label = choices_of<Phase>[static_cast<std::size_t>(open->phase)].label;
    return fmt::format("Not ready for {}: no major is open, but \"{}\" is not done.", goal, label);
  }
  return fmt::format("Ready for {}: no major stands in the way.", goal);
}

}  // namespace assay::journey
