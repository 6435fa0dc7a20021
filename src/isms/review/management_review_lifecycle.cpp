// The life of a management review (9.3): planned, held with all inputs, minuted with decisions, approved by the chair.
#include <algorithm>

#include "base/text.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/review/management_review.h"
#include "isms/review/review_decision.h"
#include "isms/review/review_input.h"

namespace assay {
namespace {

constexpr State review_states[] = {
    {"planned", "Planned"}, {"held", "Held"}, {"minuted", "Minuted"}, {"approved", "Approved"}};

std::string_view review_state(const Record& record) {
  if (!record.text("minutes_approved_on").empty()) return "approved";
  if (record.text("held_on").empty()) return "planned";
  return record.text("minutes").empty() ? "held" : "minuted";
}

bool review_is_held_by_today(const StepContext& context) {
  const auto held = checks::day_of(context.after, "held_on");
  return held && *held <= context.today;
}

bool review_is_chaired_by_top_management(const StepContext& context) {
  const auto chair = context.lookup.find<Person>(context.after.text("chair"));
  return chair && chair->is_top_management;
}

std::vector<ReviewInput> review_inputs(const StepContext& context) {
  return context.lookup.where<ReviewInput>("review", context.after.id);
}

// Another review counts as well while it lies within the planned interval: a supplementary one need not repeat it all.
bool review_counts(const Id& id, const StepContext& context) {
  if (id == context.after.id) return true;
  const auto other = context.lookup.find<ManagementReview>(id);
  const auto held = checks::day_of(context.after, "held_on");
  if (!other || !checks::given(other->held_on) || !held || *other->held_on > *held) return false;
  const auto interval = static_cast<std::int64_t>(context.lookup.parameter("mr_interval_days"));
  return *other->held_on >= held->plus_days(-interval);
}

bool review_treats_every_input(const StepContext& context) {
  return std::ranges::all_of(choices_of<ReviewInputItem>, [&](const Choice& item) {
    return std::ranges::any_of(context.lookup.where<ReviewInput>("item", item.name), [&](const ReviewInput& input) {
      return input.discussed && checks::given(input.content) && review_counts(input.review.id, context);
    });
  });
}

bool review_inputs_are_dated(const StepContext& context) {
  return std::ranges::all_of(review_inputs(context), [](const ReviewInput& input) {
    return !input.discussed || checks::given(input.data_as_of);
  });
}

bool review_inputs_are_current(const StepContext& context) {
  const auto held = checks::day_of(context.after, "held_on");
  if (!held) return false;
  const Date oldest = held->plus_days(-static_cast<std::int64_t>(context.lookup.parameter("mr_input_age_days")));
  return std::ranges::all_of(review_inputs(context), [&](const ReviewInput& input) {
    const bool figures = input.item == ReviewInputItem::d1 || input.item == ReviewInputItem::d2 ||
                         input.item == ReviewInputItem::d3 || input.item == ReviewInputItem::d4 ||
                         input.item == ReviewInputItem::f;
    return !figures || !checks::given(input.data_as_of) || *input.data_as_of >= oldest;
  });
}

std::vector<ReviewDecision> review_decisions(const StepContext& context) {
  return context.lookup.where<ReviewDecision>("review", context.after.id);
}

bool review_has_decisions(const StepContext& context) { return !review_decisions(context).empty(); }

bool review_decisions_are_assigned(const StepContext& context) {
  return std::ranges::all_of(review_decisions(context), [](const ReviewDecision& decision) {
    return decision.kind == ReviewDecisionKind::none_needed ||
           (!checks::id_of(decision.owner).empty() && checks::given(decision.due_on));
  });
}

bool review_minutes_are_unaltered(const StepContext& context) {
  const auto minutes = context.lookup.find<Evidence>(context.after.text("minutes"));
  return minutes && !is_blank(minutes->content_hash) && minutes->content_hash == minutes->stored_hash;
}

constexpr Guard review_hold_guards[] = {
    {.reason = "The day of the review is missing or lies in the future.",
     .rule = "C9.3.1-01",
     .holds = review_is_held_by_today},
    {.reason = "Name the chair and those present.", .rule = "C9.3.1-02", .filled = "chair attendees"},
    {.reason = "The chair must be a member of top management.",
     .rule = "C9.3.1-02",
     .holds = review_is_chaired_by_top_management},
    {.reason = "An input is missing: a, b, c, d 1 to d 4, e, f and g must each be treated and say what was presented.",
     .rule = "C9.3.2-01",
     .holds = review_treats_every_input},
    {.reason = "Say for every input of what day its data is.", .rule = "C9.3.2-02", .holds = review_inputs_are_dated},
    {.reason = "The figures of an input are too old for the day of the review.",
     .rule = "C9.3.2-02",
     .holds = review_inputs_are_current},
};

constexpr Guard review_minute_guards[] = {
    {.reason = "The minutes are missing.", .rule = "C9.3.3-03", .filled = "minutes"},
    {.reason = "The conclusion on suitability, adequacy and effectiveness is missing.",
     .rule = "C9.3.3-03",
     .filled = "conclusion_suitability"},
    {.reason = "No decision is recorded: if none was needed, record that and why.",
     .rule = "C9.3.3-01",
     .holds = review_has_decisions},
    {.reason = "Every decision needs a responsible person and a date.",
     .rule = "C9.3.3-01",
     .holds = review_decisions_are_assigned},
};

constexpr Guard review_approve_guards[] = {
    {.reason = "The minutes are not stored, or are no longer what was collected.",
     .rule = "EV-05",
     .holds = review_minutes_are_unaltered},
    {.reason = "Every decision needs a responsible person and a date.",
     .rule = "C9.3.3-01",
     .holds = review_decisions_are_assigned},
};

constexpr Who review_keepers{.roles = {Role::isms_owner, Role::top_management, Role::consultant}};

constexpr Step review_steps[] = {
    {.name = "hold",
     .from = "planned",
     .to = "held",
     .label = "The review was held",
     .who = review_keepers,
     .guards = review_hold_guards,
     .asks = "held_on chair attendees",
     .sets = "held_on=today"},
    {.name = "minute",
     .from = "held",
     .to = "minuted",
     .label = "Attach the minutes",
     .who = review_keepers,
     .guards = review_minute_guards,
     .asks = "minutes conclusion_suitability readiness_decision minutes_similarity_pct"},
    {.name = "rework",
     .from = "minuted",
     .to = "held",
     .label = "Send the minutes back",
     .who = {.roles = {Role::top_management, Role::isms_owner}, .holder = "chair"},
     .sets = "minutes=null",
     .reason_needed = true},
    {.name = "approve",
     .from = "minuted",
     .to = "approved",
     .label = "Approve the minutes",
     .help = "The chair signs; from then on nothing changes any more.",
     .who = {.roles = {}, .holder = "chair", .holder_only = true},
     .guards = review_approve_guards,
     .sets = "minutes_approved_on=today"},
};

}  // namespace

constinit const Lifecycle management_review_lifecycle{
    .states = review_states, .state_of = review_state, .steps = review_steps};

}  // namespace assay
