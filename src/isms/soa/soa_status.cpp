#include "isms/soa/soa_status.h"

#include <algorithm>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/risk/treatment_action.h"

namespace assay {
namespace {

std::string_view what_lacks_evidence(const SoaControlState& state) {
  if (state.evidence.empty()) return "No evidence of its operation is recorded.";
  const bool waits = std::ranges::any_of(state.evidence, [](const Evidence* evidence) {
    return evidence->review_status == EvidenceReviewStatus::pending;
  });
  return waits ? "Its evidence waits to be reviewed." : "Its evidence is rejected, superseded or too old.";
}

std::string_view what_is_missing(const SoaControlState& state, const DerivedSoaStatus& derived) {
  if (!state.control) return "No control is linked.";
  switch (state.control->status) {
    case ControlStatus::implemented: return derived.evidence.empty() ? what_lacks_evidence(state) : std::string_view();
    case ControlStatus::implementing: return "The control is still being implemented.";
    case ControlStatus::designing: return "The control is still being designed.";
    case ControlStatus::retired: return "The control is retired.";
    case ControlStatus::not_started: break;
  }
  return derived.actions.empty() ? "The control is not started, and no action is planned for it."
                                 : "The control is not started.";
}

}  // namespace

DerivedSoaStatus derived_soa_status(const SoaControlState& state, Date today) {
  DerivedSoaStatus out;
  if (state.control) {
    const Control& control = *state.control;
    std::vector<const Evidence*> current;
    std::ranges::copy_if(state.evidence, std::back_inserter(current),
                         [&](const Evidence* evidence) { return control.is_current(*evidence, today); });
    std::ranges::sort(current, [](const Evidence* a, const Evidence* b) {
      return a->period_end != b->period_end ? a->period_end > b->period_end : a->id < b->id;
    });
    for (const Evidence* evidence : current) out.evidence.push_back(evidence->id);
    if (!current.empty()) {
      const std::int64_t window = days_between(control.oldest_evidence(today), today);
      out.holds_until = current.front()->period_end.plus_days(window);
    }
    for (const TreatmentAction* action : state.actions) {
      const bool open =
          action->status == TreatmentActionStatus::planned || action->status == TreatmentActionStatus::in_progress;
      if (open) out.actions.push_back(action->id);
    }
    if (control.status == ControlStatus::implemented) {
      out.status = current.empty() ? SoAEntryImplementationStatus::partial : SoAEntryImplementationStatus::implemented;
    } else if (control.status == ControlStatus::implementing) {
      out.status = SoAEntryImplementationStatus::partial;
    } else if (control.status == ControlStatus::designing || !out.actions.empty()) {
      out.status = SoAEntryImplementationStatus::planned;
    }
  }
  out.missing = what_is_missing(state, out);
  return out;
}

}  // namespace assay
