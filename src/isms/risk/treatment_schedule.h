// Treatment actions in time: what waits for what, which chain decides when the work can end, and what is planned too
// early.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "isms/risk/treatment_action.h"

namespace assay {

struct ActionTimes {
  Id action;
  Date earliest_start, earliest_end;  // given what it waits for, and that no open work lies before today
  std::int64_t slack = 0;             // days by which it can slip without moving the end of the whole
  std::vector<Id> clashes;            // what it waits for that is planned to end only after its start
};

struct TreatmentSchedule {
  std::vector<Id> circle;          // first and last are the same; nothing else is worked out then
  std::vector<ActionTimes> times;  // of open actions with a deadline, in the order given
  std::vector<Id> critical_path;   // the chain that ends last, in order of work
  std::optional<Date> earliest_end, planned_end;
  std::vector<Id> undated;  // open actions without a deadline, which are left out

  const ActionTimes* of(std::string_view action) const;
};

// Calendar days, both ends counted. Done and cancelled actions hold nothing up; an action without a start takes one
// day.
TreatmentSchedule schedule_of(std::span<const TreatmentAction> actions, Date today);

// Open, and its deadline has passed.
bool is_late(const TreatmentAction& action, Date today);

}  // namespace assay
