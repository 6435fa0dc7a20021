// The life of a gap analysis: worked on, then approved by the sponsor, who signs.
#include "isms/frameworks/gap_assessment.h"
#include "isms/frameworks/gap_questions.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr State gap_states[] = {{"open", "In work"}, {"approved", "Approved"}};

std::string_view gap_state(const Record& record) { return record.text("approved_by").empty() ? "open" : "approved"; }

bool every_gap_question_is_answered(const StepContext& context) {
  return gap_tally(context.lookup.where<GapItem>("assessment", context.after.id)).answered() >= gap_question_count;
}

bool every_gap_has_a_step(const StepContext& context) {
  return std::ranges::all_of(context.lookup.where<GapItem>("assessment", context.after.id), [](const GapItem& item) {
    return !is_gap(item.result) ||
           (checks::given(item.action) && checks::refers(item.owner) && checks::given(item.target_on));
  });
}

constexpr Guard approve_guards[] = {
    {.reason = "The approval bears a name: the account must belong to a person of the register.",
     .filled = "approved_by"},
    {.reason = "The sponsor approves what somebody else assessed.", .four_eyes = "assessor"},
    {.reason = "Some of the 123 questions are not answered yet.",
     .rule = "GAP-02",
     .holds = every_gap_question_is_answered},
    {.reason = "Every gap needs a step, a responsible person and a target date.",
     .rule = "GAP-02",
     .holds = every_gap_has_a_step},
    {.reason = "The estimate of effort, tools and consultancy is missing.",
     .rule = "GAP-02",
     .filled = "effort_person_days tooling_cost consultancy_cost"},
};

constexpr Step gap_steps[] = {
    {.name = "approve",
     .from = "open",
     .to = "approved",
     .label = "Approve the analysis",
     .help = "The sponsor signs the result, the roadmap and the estimate. From then on the analysis does not change; "
             "the next one "
             "shows what has become of the gaps.",
     .who = {.roles = {Role::top_management}},
     .guards = approve_guards,
     .sets = "approved_by=actor approved_on=today",
     .signature = true},
    {.name = "reopen",
     .from = "approved",
     .to = "open",
     .label = "Take the approval back",
     .who = {.roles = {Role::top_management}},
     .sets = "approved_by=null approved_on=null",
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle gap_assessment_lifecycle{.states = gap_states, .state_of = gap_state, .steps = gap_steps};

}  // namespace assay
