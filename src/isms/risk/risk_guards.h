// What must hold before a risk may take a step of its life (risk_lifecycle.cpp).
#pragma once

#include "kernel/model/lifecycle.h"

namespace assay {

struct TreatmentAction;

bool risk_action_is_open(const TreatmentAction& action);

bool risk_scenario_is_told(const StepContext& context);
bool risk_is_on_the_scale(const StepContext& context);
bool risk_has_its_score(const StepContext& context);
bool risk_threshold_is_known(const StepContext& context);
bool risk_above_threshold_is_ranked(const StepContext& context);
bool risk_is_not_retained(const StepContext& context);
bool risk_modification_has_actions(const StepContext& context);
bool risk_share_has_an_instrument(const StepContext& context);
bool risk_avoidance_has_a_day(const StepContext& context);
bool risk_activity_has_ceased(const StepContext& context);
bool risk_has_no_open_action(const StepContext& context);
bool risk_done_actions_are_proven(const StepContext& context);
bool risk_reduction_has_a_control(const StepContext& context);
bool risk_is_low_or_accepted(const StepContext& context);
bool risk_is_accepted_by_its_owner(const StepContext& context);
bool risk_is_accepted_high_enough(const StepContext& context);
bool risk_retention_has_no_actions(const StepContext& context);
bool risk_concerns_something(const StepContext& context);
bool risk_must_be_looked_at_again(const StepContext& context);

}  // namespace assay
