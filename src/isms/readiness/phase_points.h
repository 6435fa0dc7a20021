// The points of each phase of the journey, for journey.cpp. Each function fills one phase from the records.
#pragma once

#include "isms/readiness/journey.h"

namespace assay::journey {

// What all phases look at.
struct View {
  const Lookup& lookup;
  const VerdictSummary& verdict;
  Date today;
  std::optional<CertificationProject> project;
};

// Collects the points of one phase. `begun` is also set by what is there without being a proof.
class PhaseNotes {
 public:
  void proof(std::string text, Target target = {}) { add(PointKind::proof, std::move(text), std::move(target)); }
  void obstacle(std::string text, Target target = {}) { add(PointKind::obstacle, std::move(text), std::move(target)); }
  void missing(std::string text, Target target = {}) { add(PointKind::missing, std::move(text), std::move(target)); }
  void note(std::string text, Target target = {}) { add(PointKind::note, std::move(text), std::move(target)); }
  void begin() { begun_ = true; }
  PhaseStatus take(CertificationProjectPhase phase);

 private:
  void add(PointKind kind, std::string text, Target target) {
    points_.push_back({kind, std::move(text), std::move(target)});
  }
  std::vector<Point> points_;
  bool begun_ = false;
};

void note_framework(const View& view, PhaseNotes& notes);
void note_gap(const View& view, PhaseNotes& notes);
void note_design(const View& view, PhaseNotes& notes);
void note_risk(const View& view, PhaseNotes& notes);
void note_controls(const View& view, PhaseNotes& notes);
void note_internal_audit(const View& view, PhaseNotes& notes);
void note_management_review(const View& view, PhaseNotes& notes);
// `before`: the phases already worked out; an external audit waits for them.
void note_stage1(const View& view, const std::array<PhaseStatus, 12>& before, PhaseNotes& notes);
void note_remediation(const View& view, PhaseNotes& notes);
void note_stage2(const View& view, const std::array<PhaseStatus, 12>& before, PhaseNotes& notes);
void note_decision(const View& view, PhaseNotes& notes);
void note_certified(const View& view, PhaseNotes& notes);

}  // namespace assay::journey
