// How far a line of the SoA is implemented, as its control and the evidence show it (domain model 4.6).
#pragma once

#include <vector>

#include "isms/soa/soa_entry.h"

namespace assay {

struct Control;
struct Evidence;
struct TreatmentAction;

// What bears on the status of a line.
struct SoaControlState {
  const Control* control = nullptr;                  // null: none is linked
  std::vector<const Evidence*> evidence = {};        // that names the control, accepted or not
  std::vector<const TreatmentAction*> actions = {};  // for the control, in any state
};

struct DerivedSoaStatus {
  SoAEntryImplementationStatus status = SoAEntryImplementationStatus::not_implemented;
  std::vector<Id> evidence;         // accepted and fresh, the newest first
  std::vector<Id> actions;          // still open
  std::string missing;              // what stands between this and "implemented", in words; empty when it is
  std::optional<Date> holds_until;  // the last day on which the newest evidence counts
};

// The same conditions as the steps of soa_entry_lifecycle.
DerivedSoaStatus derived_soa_status(const SoaControlState& state, Date today);

}  // namespace assay
