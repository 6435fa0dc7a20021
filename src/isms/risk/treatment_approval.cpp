#include "isms/risk/treatment_approval.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_guards.h"

namespace assay {
namespace {

std::string one_line(std::string_view text) {
  return std::string(trim(replace_all(replace_all(text, "\r", " "), "\n", " ")));
}

std::string score_words(const std::optional<double>& score) {
  return score ? fmt::format("{}", *score) : std::string("none");
}

bool approval_line_counts(const TreatmentAction& action) { return action.status != TreatmentActionStatus::cancelled; }

std::string action_line(const TreatmentAction& action) {
  std::string line = fmt::format("{}: {}", action.id, one_line(action.description));
  auto add = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) line += fmt::format(" | {} {}", label, value);
  };
  add("control", checks::id_of(action.control));
  add("responsible", checks::id_of(action.owner));
  if (checks::given(action.due_on)) add("due", action.due_on->iso());
  if (action.resources) add("resources", one_line(*action.resources));
  if (action.cost) add("cost", fmt::format("{}", *action.cost));
  std::vector<std::string> after;
  for (const auto& ref : action.depends_on) after.push_back(ref.id);
  add("after", join(after, ", "));
  return line;
}

std::map<std::string, std::string, std::less<>> approval_lines(std::string_view text) {
  std::map<std::string, std::string, std::less<>> lines;
  for (std::string_view line : split(text, '\n')) {
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) lines.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  return lines;
}

bool is_away(const Person& person, Date today) {
  if (person.status == PersonStatus::leave || person.status == PersonStatus::terminated) return true;
  if (checks::given(person.end_date) && *person.end_date < today) return true;
  return checks::given(person.leave_from) && *person.leave_from <= today &&
         (!checks::given(person.leave_to) || *person.leave_to >= today);
}

// The first one in the chain of managers, beginning with `id`, who is there; empty when nobody is.
Id first_present(const Lookup& lookup, Id id, Date today) {
  constexpr int most_levels = 30;  // imported data may hold a circle
  for (int level = 0; level < most_levels && !id.empty(); ++level) {
    const auto person = lookup.find<Person>(id);
    if (!person) return {};
    if (!is_away(*person, today)) return id;
    id = checks::id_of(person->manager);
  }
  return {};
}

bool was_there(const TreatmentApproval& approval, std::string_view plan_made, std::string_view action_made) {
  return action_made <= plan_made || action_made.substr(0, 10) <= approval.approved_on.iso();
}

}  // namespace

std::string approval_text(const Risk& risk, std::span<const TreatmentAction> actions) {
  std::string text = fmt::format("Residual score: {}\nTarget score: {}\n", score_words(risk.residual_score),
                                 score_words(risk.target_score));
  text += fmt::format("Treatment: {}\n",
                      risk.treatment ? choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].label
                                     : std::string_view("none"));
  if (checks::given(risk.share_instrument))
    text += fmt::format("Shared through: {}\n", one_line(*risk.share_instrument));
  if (checks::given(risk.avoided_activity_ceased_on))
    text += fmt::format("Activity ends on: {}\n", risk.avoided_activity_ceased_on->iso());
  std::vector<const TreatmentAction*> counted;
  for (const TreatmentAction& action : actions) {
    if (approval_line_counts(action)) counted.push_back(&action);
  }
  std::ranges::sort(counted, {}, [](const TreatmentAction* action) { return std::string_view(action->id); });
  for (const TreatmentAction* action : counted) text += action_line(*action) + "\n";
  return text;
}

std::vector<ApprovalMove> moves_between(std::string_view seen, std::string_view now) {
  std::vector<ApprovalMove> moves;
  auto before = approval_lines(seen);
  auto after = approval_lines(now);
  for (const auto& [what, value] : before) {
    auto found = after.find(what);
    if (found == after.end()) moves.push_back({what, value, {}});
    else if (found->second != value) moves.push_back({what, value, found->second});
  }
  for (const auto& [what, value] : after) {
    if (!before.contains(what)) moves.push_back({what, {}, value});
  }
  return moves;
}

bool approval_covers(const TreatmentApproval& approval, const TreatmentAction& action, std::string_view plan_made,
                     std::string_view action_made) {
  if (!checks::given(approval.seen)) return was_there(approval, plan_made, action_made);
  const std::string line = action_line(action);
  return std::ranges::any_of(split(*approval.seen, '\n'), [&](std::string_view seen) { return seen == line; });
}

bool approval_covers(const TreatmentApproval& approval, std::string_view now, std::string_view plan_made,
                     std::span<const std::string> actions_made) {
  if (checks::given(approval.seen)) return moves_between(*approval.seen, now).empty();
  return std::ranges::all_of(actions_made,
                             [&](const std::string& made) { return was_there(approval, plan_made, made); });
}

Approvers approvers_of(const Risk& risk, std::optional<double> level, const Lookup& lookup, Date today) {
  Approvers out;
  out.owner = checks::id_of(risk.owner);
  out.acting = first_present(lookup, out.owner, today);
  out.owner_is_away = !out.owner.empty() && out.acting != out.owner;
  const auto owner = lookup.find<Person>(out.owner);
  const bool above = level && risk.residual_score && *risk.residual_score > *level;
  if (!above || !owner || checks::id_of(owner->manager).empty()) return out;
  Id superior = first_present(lookup, checks::id_of(owner->manager), today);
  out.superior = superior.empty() ? checks::id_of(owner->manager) : superior;
  return out;
}

std::optional<double> escalation_level(const Lookup& lookup) {
  for (const RiskTreatmentPlan& plan : lookup.where<RiskTreatmentPlan>("status", "effective"))
    return plan.escalation_score;
  return std::nullopt;
}

bool treatment_is_approved(const Record& plan_record, const Risk& risk, std::span<const Record> action_records,
                           const Lookup& lookup) {
  const auto plan = decode<RiskTreatmentPlan>(plan_record);
  const Id owner = checks::id_of(risk.owner);
  std::vector<TreatmentAction> actions;
  std::vector<std::string> made;
  bool work_is_left = false;
  for (const Record& record : action_records) {
    actions.push_back(decode<TreatmentAction>(record));
    work_is_left |= actions.back().plan.id == plan.id && risk_action_is_open(actions.back());
    if (risk_action_is_open(actions.back())) made.push_back(record.created_at);
  }
  const std::string now = approval_text(risk, actions);
  bool by_owner = false, by_superior = false;
  for (const TreatmentApproval& approval : plan.approvals) {
    if (approval.risk.id != risk.id || (work_is_left && !approval_covers(approval, now, plan_record.created_at, made)))
      continue;
    if (!checks::is_or_stands_above(lookup, approval.person.id, owner)) continue;
    by_owner = true;
    by_superior |= approval.person.id != owner;
  }
  const bool above = plan.escalation_score && risk.residual_score && *risk.residual_score > *plan.escalation_score;
  const auto person = lookup.find<Person>(owner);
  const bool has_superior = person && !checks::id_of(person->manager).empty();
  return by_owner && (!work_is_left || !above || !has_superior || by_superior);
}

}  // namespace assay
