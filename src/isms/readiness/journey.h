// Where the organisation stands on the way to its certificate (domain model 4.20), worked out from the records alone.
// What the certification project says of itself is shown beside it and never decides.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "isms/certification/certification_project.h"
#include "kernel/model/record.h"

namespace assay::journey {

enum class State { done, in_progress, blocked, not_begun };
std::string_view label_of(State state);

// What a point opens: a record, the findings of a rule, or the list of a register (with `filter` as its parameters).
struct Target {
  const EntityDef* def = nullptr;
  Id record = {};
  std::string filter = {};  // "status=planned&owner=P-1"
  std::string rule = {};
};

enum class PointKind {
  proof,     // holds: what shows that the phase was gone through
  missing,   // work of the phase that is not done yet
  obstacle,  // something that must be cleared away before the work can end
  note,      // worth knowing; changes nothing
};

struct Point {
  PointKind kind = PointKind::missing;
  std::string text;
  Target target = {};
};

struct PhaseStatus {
  CertificationProjectPhase phase{};
  State state = State::not_begun;
  std::vector<Point> points;  // proofs, then obstacles, what is missing, notes
  std::size_t count(PointKind kind) const;
};

struct ComingAudit {
  Id id;
  std::string label;  // "Stage 1"
  std::string stage;  // of the rules: "internal", "stage1", "stage2", "surveillance"
  Date planned_start;
  bool external = false;
};

// What the rules say, as far as the journey needs it.
struct VerdictSummary {
  struct Count {
    std::size_t majors = 0, all = 0;
  };
  bool known = false;
  std::map<std::string, Count, std::less<>> by_rule;
  std::map<std::string, std::size_t, std::less<>> majors_by_stage;

  std::size_t majors(std::string_view stage) const;
  std::size_t findings(std::string_view rule) const;
};

struct Journey {
  Date today;
  std::array<PhaseStatus, 12> phases;
  std::size_t current = 0;  // index of the first phase that is not done; the last one when all are
  std::optional<CertificationProjectPhase> recorded;  // what the project says
  Id project;
  std::vector<ComingAudit> audits;  // not held yet, by date

  const PhaseStatus& at(CertificationProjectPhase phase) const { return phases[static_cast<std::size_t>(phase)]; }
  // The next audit of the certification body; without one in the calendar the kind that would come next, without a
  // date.
  std::string next_stage() const;        // "stage1"
  std::string next_stage_label() const;  // "Stage 1"
  std::optional<Date> next_stage_date() const;
  bool recorded_differs() const { return recorded && static_cast<std::size_t>(*recorded) != current; }
};

Journey derive(const Lookup& lookup, const VerdictSummary& verdict, Date today);

// "Not ready for Stage 1 on 2026-08-11: 4 majors stand in the way."
std::string verdict_sentence(const Journey& journey, const VerdictSummary& verdict);
bool is_ready(const Journey& journey, const VerdictSummary& verdict);

}  // namespace assay::journey
