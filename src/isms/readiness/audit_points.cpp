// Phases from the internal audit to the certificate.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/audit/audit.h"
#include "isms/audit/finding.h"
#include "isms/audit/nonconformity.h"
#include "isms/certification/certificate.h"
#include "isms/certification/readiness.h"
#include "isms/readiness/phase_points.h"
#include "isms/record_checks.h"
#include "isms/review/management_review.h"

namespace assay::journey {
namespace {

std::vector<Audit> audits(const View& view, AuditKind kind) {
  auto found = view.lookup.where<Audit>("kind", name_of_choice(kind));
  std::erase_if(found, [](const Audit& audit) { return audit.status == AuditStatus::cancelled; });
  std::ranges::sort(found, {}, &Audit::planned_start);
  return found;
}

bool reported(const Audit& audit) {
  return audit.status == AuditStatus::reported || audit.status == AuditStatus::closed;
}

Target audit_target(const Audit& audit) { return {.def = &Audit::def(), .record = audit.id}; }

const Audit* last_reported(const std::vector<Audit>& all) {
  auto found = std::find_if(all.rbegin(), all.rend(), reported);
  return found == all.rend() ? nullptr : &*found;
}

bool settled(const Nonconformity& nc) {
  return nc.status == NonconformityStatus::verified || nc.status == NonconformityStatus::closed ||
         nc.status == NonconformityStatus::cancelled;
}

bool without_plan(const Nonconformity& nc) {
  return nc.status == NonconformityStatus::open || nc.status == NonconformityStatus::root_cause;
}

// "majors open: NC-1, NC-4 and 3 more"; one record is opened itself, several as a list.
void note_open(PhaseNotes& notes, PointKind kind, std::string_view what, const std::vector<Nonconformity>& open,
               std::string filter) {
  if (open.empty()) return;
  constexpr std::size_t shown = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < open.size() && i < shown; ++i) names.push_back(open[i].id);
  std::string text = fmt::format("{}: {}", what, join(names, ", "));
  if (open.size() > shown) text += fmt::format(" and {} more", open.size() - shown);
  Target target{.def = &Nonconformity::def(), .filter = std::move(filter)};
  if (open.size() == 1) target = {.def = &Nonconformity::def(), .record = open.front().id};
  if (kind == PointKind::obstacle) notes.obstacle(std::move(text), std::move(target));
  else notes.missing(std::move(text), std::move(target));
}

template <class Condition>
std::vector<Nonconformity> nonconformities(const View& view, std::string_view source, Condition condition) {
  auto all = view.lookup.where<Nonconformity>("source", source);
  std::erase_if(all, [&](const Nonconformity& nc) { return !condition(nc); });
  return all;
}

// An external audit that is in the calendar is held up by majors that the rules see and by phases before it.
void note_obstacles(const View& view, const std::array<PhaseStatus, 12>& before, std::string_view stage,
                    CertificationProjectPhase from, CertificationProjectPhase to, bool planned, PhaseNotes& notes) {
  auto say = [&](std::string text, Target target) {
    // Nothing is held up that nobody has planned.
    if (planned) notes.obstacle(std::move(text), std::move(target));
    else notes.missing(std::move(text), std::move(target));
  };
  if (std::size_t majors = view.verdict.majors(stage); majors > 0) {
    say(fmt::format("{} {} open in the rehearsal", majors, majors == 1 ? "major is" : "majors are"),
        Target{.filter = fmt::format("stage={}&class=major", stage)});
  }
  for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i) {
    if (before[i].state == State::done) continue;
    say(fmt::format("\"{}\" is not done", choices_of<CertificationProjectPhase>[i].label), {});
  }
}

}  // namespace

void note_internal_audit(const View& view, PhaseNotes& notes) {
  auto all = audits(view, AuditKind::internal);
  const Audit* last = last_reported(all);
  if (!all.empty()) notes.begin();
  if (last)
    notes.proof(fmt::format("Internal audit reported{}", last->reported_on ? " on " + last->reported_on->iso() : ""),
                audit_target(*last));
  if (!last && all.empty()) notes.missing("No internal audit is planned", Target{.def = &Audit::def()});
  else if (!last)
    notes.missing("Internal audit planned for " + all.back().planned_start.iso() + ", not reported",
                  audit_target(all.back()));
  if (last && !readiness::full_internal_audit_reported(view.lookup, view.today)) {
    notes.missing("The audits reported do not cover every clause, applicable control and site",
                  Target{.def = &Audit::def(), .filter = "kind=internal"});
  } else if (last) {
    notes.proof("Every clause, applicable control and site was audited",
                Target{.def = &Audit::def(), .filter = "kind=internal"});
  }
  note_open(
      notes, PointKind::obstacle, "Majors open",
      nonconformities(view, "internal_audit",
                      [](const Nonconformity& nc) { return nc.grade == NonconformityGrade::major && !settled(nc); }),
      "source=internal_audit&grade=major&status.not=verified&status.not=closed&status.not=cancelled");
  note_open(notes, PointKind::missing, "Without an action plan", nonconformities(view, "internal_audit", without_plan),
            "source=internal_audit&status=open&status=root_cause");
}

void note_management_review(const View& view, PhaseNotes& notes) {
  std::vector<ManagementReview> held;
  for (ManagementReview& review : checks::all_by_choice<ManagementReview>(view.lookup, "readiness_decision")) {
    notes.begin();
    if (checks::given(review.held_on) && *review.held_on <= view.today) held.push_back(std::move(review));
  }
  auto latest = std::ranges::max_element(held, {}, &ManagementReview::held_on);
  const EntityDef& def = ManagementReview::def();
  if (readiness::management_review_held(view.lookup, view.today)) {
    notes.proof("Management review held" + (latest == held.end() ? std::string() : " on " + latest->held_on->iso()),
                latest == held.end() ? Target{.def = &def} : Target{.def = &def, .record = latest->id});
  } else {
    notes.missing("No management review was held in the planned interval", Target{.def = &def});
  }
  if (latest == held.end()) return notes.missing("Top management has not decided on readiness", Target{.def = &def});
  Target target{.def = &def, .record = latest->id};
  if (latest->readiness_decision == ManagementReviewReadinessDecision::ready)
    notes.proof("Top management decided: ready", target);
  else if (latest->readiness_decision == ManagementReviewReadinessDecision::not_ready)
    notes.obstacle("Top management decided: not ready", target);
  else notes.missing("The last review made no decision on readiness", target);
}

void note_stage1(const View& view, const std::array<PhaseStatus, 12>& before, PhaseNotes& notes) {
  auto all = audits(view, AuditKind::stage1);
  if (!all.empty()) notes.begin();
  const Audit* last = last_reported(all);
  if (last && last->conclusion != AuditConclusion::not_ready) {
    return notes.proof(
        fmt::format("Stage 1 is reported{}", last->reported_on ? " (" + last->reported_on->iso() + ")" : ""),
        audit_target(*last));
  }
  if (last) notes.obstacle("Stage 1 ended \"not ready\" and must be repeated", audit_target(*last));
  bool planned = !all.empty() && !reported(all.back());
  if (planned)
    notes.missing("Stage 1 planned for " + all.back().planned_start.iso() + ", not reported", audit_target(all.back()));
  else notes.missing("No Stage 1 is planned", Target{.def = &Audit::def()});
  note_obstacles(view, before, "stage1", CertificationProjectPhase::design, CertificationProjectPhase::stage1, planned,
                 notes);
}

void note_remediation(const View& view, PhaseNotes& notes) {
  auto all = audits(view, AuditKind::stage1);
  const Audit* last = last_reported(all);
  if (!last) return notes.missing("Stage 1 is not reported", Target{.def = &Audit::def(), .filter = "kind=stage1"});
  notes.begin();
  std::size_t open = 0;
  for (const Audit& audit : all) {
    for (const Finding& finding : view.lookup.where<Finding>("audit", audit.id)) {
      bool weighs = finding.grade == FindingGrade::major || finding.grade == FindingGrade::minor ||
                    finding.grade == FindingGrade::area_of_concern;
      if (!weighs) continue;
      auto nc = checks::refers(finding.nonconformity) ? view.lookup.find<Nonconformity>(finding.nonconformity->id)
                                                      : std::nullopt;
      bool major = finding.grade == FindingGrade::major;
      bool addressed = major ? nc && settled(*nc) : finding.addressed_on || (nc && !without_plan(*nc));
      if (addressed) continue;
      ++open;
      Target target{.def = &Finding::def(), .record = finding.id};
      if (major) notes.obstacle(fmt::format("Major {} of Stage 1 ({}) is not closed", finding.id, finding.ref), target);
      else notes.missing(fmt::format("{} of Stage 1 ({}) is not dealt with", finding.id, finding.ref), target);
    }
  }
  if (open == 0) notes.proof("All findings of Stage 1 are dealt with", audit_target(*last));
}

void note_stage2(const View& view, const std::array<PhaseStatus, 12>& before, PhaseNotes& notes) {
  auto all = audits(view, AuditKind::stage2);
  if (const Audit* last = last_reported(all)) {
    return notes.proof(
        fmt::format("Stage 2 is reported{}", last->reported_on ? " (" + last->reported_on->iso() + ")" : ""),
        audit_target(*last));
  }
  bool planned = !all.empty();
  if (planned)
    notes.missing("Stage 2 planned for " + all.back().planned_start.iso() + ", not reported", audit_target(all.back()));
  else notes.missing("No Stage 2 is planned", Target{.def = &Audit::def()});
  // A date for Stage 2 is agreed early; only after Stage 1 does what is open hold it up.
  bool near = planned && before[static_cast<std::size_t>(CertificationProjectPhase::stage1)].state == State::done;
  if (near) notes.begin();
  note_obstacles(view, before, "stage2", CertificationProjectPhase::stage1, CertificationProjectPhase::stage2, near,
                 notes);
}

void note_decision(const View& view, PhaseNotes& notes) {
  if (!readiness::stage2_reported(view.lookup)) {
    notes.missing("Stage 2 is not reported", Target{.def = &Audit::def(), .filter = "kind=stage2"});
  } else {
    notes.begin();
    note_open(notes, PointKind::obstacle, "Majors not verified by the certification body",
              nonconformities(view, "external_audit",
                              [](const Nonconformity& nc) {
                                return nc.grade == NonconformityGrade::major && !checks::given(nc.verified_by_cb_on) &&
                                       nc.status != NonconformityStatus::cancelled &&
                                       nc.status != NonconformityStatus::closed;
                              }),
              "source=external_audit&grade=major");
    note_open(notes, PointKind::missing, "Minors without a plan accepted by the certification body",
              nonconformities(view, "external_audit",
                              [](const Nonconformity& nc) {
                                return nc.grade == NonconformityGrade::minor &&
                                       !checks::given(nc.plan_accepted_by_cb_on) &&
                                       nc.status != NonconformityStatus::cancelled &&
                                       nc.status != NonconformityStatus::closed;
                              }),
              "source=external_audit&grade=minor");
  }
  auto certificates = checks::all_by_choice<Certificate>(view.lookup, "status");
  if (certificates.empty()) return notes.missing("The certificate is not entered", Target{.def = &Certificate::def()});
  notes.proof("Certificate " + certificates.back().number + " was issued",
              Target{.def = &Certificate::def(), .record = certificates.back().id});
}

void note_certified(const View& view, PhaseNotes& notes) {
  auto certificates = checks::all_by_choice<Certificate>(view.lookup, "status");
  auto latest = std::ranges::max_element(certificates, {}, &Certificate::expires_on);
  if (latest == certificates.end()) return notes.missing("There is no certificate", Target{.def = &Certificate::def()});
  Target target{.def = &Certificate::def(), .record = latest->id};
  bool valid = latest->status == CertificateStatus::active || latest->status == CertificateStatus::reduced;
  std::string_view label = choices_of<CertificateStatus>[static_cast<std::size_t>(latest->status)].label;
  if (!valid) notes.obstacle(fmt::format("Certificate {}: {}", latest->number, lower(label)), target);
  else if (latest->expires_on < view.today)
    notes.obstacle(fmt::format("Certificate {} expired on {}", latest->number, latest->expires_on.iso()), target);
  else
    notes.proof(fmt::format("Certificate {} is in force until {}", latest->number, latest->expires_on.iso()), target);
}

}  // namespace assay::journey
