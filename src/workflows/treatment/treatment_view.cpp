#include "workflows/treatment/treatment_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_guards.h"
#include "isms/risk/treatment_gaps.h"
#include "workflows/records.h"

namespace assay {
namespace {

// What the cases are made from, read once.
struct Material {
  std::vector<Record> risks;
  std::map<Id, std::vector<TreatmentAction>> actions;     // by risk
  std::map<Id, std::string> made;                         // when each open action was created
  std::map<Id, std::vector<RiskAcceptance>> acceptances;  // by risk
  std::set<Id> accepted_evidence;
};

Result<Material> read_material(const RegisterService& registers, const Principal& principal) {
  Material out;
  TRY(out.risks, records_of(registers, principal, Risk::def()));
  TRY(auto actions, records_of(registers, principal, TreatmentAction::def()));
  std::set<Id> named;
  for (const Record& record : actions) {
    auto action = decode<TreatmentAction>(record);
    for (const auto& ref : action.evidence) named.insert(ref.id);
    out.actions[action.risk.id].push_back(std::move(action));
  }
  TRY(auto acceptances, all_of<RiskAcceptance>(registers, principal, "status", "valid"));
  for (RiskAcceptance& acceptance : acceptances) out.acceptances[acceptance.risk.id].push_back(std::move(acceptance));
  TRY(auto reader, registers.workspace().read());
  // Lists do not carry when a record was made.
  for (std::string_view status : {"planned", "in_progress"}) {
    for (const Record& record : reader->where(TreatmentAction::def(), "status", status))
      out.made.emplace(record.id, record.created_at);
  }
  TRY(auto reviews,
      reader->values(Evidence::def(), *Evidence::def().find("review_status"), {named.begin(), named.end()}));
  for (const auto& [id, status] : reviews) {
    if (text_of(status) == "accepted") out.accepted_evidence.insert(id);
  }
  return out;
}

const RiskAcceptance* carrying(const std::vector<RiskAcceptance>& acceptances, const Risk& risk, Date today) {
  for (const RiskAcceptance& acceptance : acceptances) {
    const bool in_time = !checks::given(acceptance.expires_on) || *acceptance.expires_on >= today;
    if (in_time && acceptance.score_at_acceptance >= risk.residual_score.value_or(0)) return &acceptance;
  }
  return nullptr;
}

std::vector<Id> proven_of(const std::vector<TreatmentAction>& actions, const std::set<Id>& accepted) {
  std::vector<Id> out;
  for (const TreatmentAction& action : actions) {
    if (std::ranges::any_of(action.evidence, [&](const auto& ref) { return accepted.contains(ref.id); }))
      out.push_back(action.id);
  }
  return out;
}

// The plan that is approved for the risk: the one shown, or the living one that holds its open actions until the one
// shown takes them over.
const RiskTreatmentPlan* holder_of(const TreatmentCase& item, const TreatmentView& view) {
  const RiskTreatmentPlan* holder = view.plan ? &*view.plan : nullptr;
  for (const TreatmentAction& action : item.actions) {
    if (!risk_action_is_open(action) || !holder) continue;
    if (action.plan.id == view.plan->id) return &*view.plan;
    auto other = std::ranges::find(view.plans, action.plan.id, &RiskTreatmentPlan::id);
    if (other != view.plans.end() && other->status != PlanStatus::superseded) holder = &*other;
  }
  return holder;
}

CaseApproval approval_of(const TreatmentCase& item, const std::vector<TreatmentAction>& actions,
                         const Material& material, const TreatmentView& view, const Reader& reader) {
  const RiskTreatmentPlan* plan = view.plan ? &*view.plan : nullptr;
  const RiskTreatmentPlan* holder = holder_of(item, view);
  std::vector<std::string> made;
  for (const TreatmentAction& action : item.actions) {
    auto known = material.made.find(action.id);
    if (risk_action_is_open(action) && known != material.made.end()) made.push_back(known->second);
  }
  CaseApproval out;
  out.text = approval_text(item.risk, actions);
  out.approvers = approvers_of(item.risk, plan ? plan->escalation_score : std::nullopt, reader, reader.today());
  if (holder) {
    for (const TreatmentApproval& approval : holder->approvals) {
      if (approval.risk.id == item.risk.id) out.given.push_back(approval);
    }
  }
  std::ranges::stable_sort(out.given, std::ranges::greater(), &TreatmentApproval::approved_on);
  if (!out.given.empty() && out.given.front().seen) out.moves = moves_between(*out.given.front().seen, out.text);
  const bool shared_or_avoided = item.risk.status == RiskStatus::treatment_decided && item.risk.treatment &&
                                 item.risk.treatment != RiskTreatment::retain;
  if (!item.has_open_action() && !shared_or_avoided) return out;
  bool by_owner = false, by_superior = false;
  for (const TreatmentApproval& approval : out.given) {
    if (!approval_covers(approval, out.text, view.made.at(holder->id), made) ||
        !checks::is_or_stands_above(reader, approval.person.id, out.approvers.owner))
      continue;
    by_owner = true;
    by_superior |= approval.person.id != out.approvers.owner;
  }
  if (!by_owner && !out.approvers.acting.empty()) out.wanted.push_back(out.approvers.acting);
  if (out.approvers.superior && !by_superior &&
      std::ranges::find(out.wanted, *out.approvers.superior) == out.wanted.end())
    out.wanted.push_back(*out.approvers.superior);
  const bool approved = by_owner && (!out.approvers.superior || by_superior);
  out.state = approved ? ApprovalState::stands : !out.moves.empty() ? ApprovalState::fallen : ApprovalState::wanting;
  return out;
}

std::string approval_gap(const CaseApproval& approval) {
  if (approval.state == ApprovalState::wanting) return "The plan for it is not approved by everybody who must.";
  if (approval.state == ApprovalState::fallen)
    return "Score or actions moved since the approval: it must be given again.";
  return {};
}

struct CaseMaker {
  const Material& material;
  const TreatmentView& view;
  const RegisterService& registers;
  const Principal& principal;
  const Reader& reader;

  std::optional<double> threshold_of(const Risk& risk) const {
    const auto method = risk.method(reader);
    return method ? method->acceptance_threshold : view.threshold;
  }

  TreatmentCase make(const Record& record) const {
    TreatmentCase out;
    out.risk = decode<Risk>(record);
    out.version = record.version;
    const auto threshold = threshold_of(out.risk);
    out.above = threshold && out.risk.residual_score && *out.risk.residual_score > *threshold;
    static const std::vector<TreatmentAction> none;
    auto found = material.actions.find(out.risk.id);
    const std::vector<TreatmentAction>& all = found == material.actions.end() ? none : found->second;
    for (const TreatmentAction& action : all) {
      if (action.status != TreatmentActionStatus::cancelled) out.actions.push_back(action);
    }
    std::ranges::stable_sort(out.actions, {},
                             [](const TreatmentAction& action) { return action.due_on.value_or(Date{}); });
    if (auto carried = material.acceptances.find(out.risk.id); carried != material.acceptances.end()) {
      if (const RiskAcceptance* acceptance = carrying(carried->second, out.risk, view.today))
        out.acceptance = *acceptance;
    }
    out.approval = approval_of(out, all, material, view, reader);
    out.missing = gaps_in_treatment({out.risk, out.actions, proven_of(out.actions, material.accepted_evidence),
                                     threshold, out.acceptance.has_value(), view.today});
    if (std::string gap = approval_gap(out.approval); !gap.empty()) out.missing.push_back(std::move(gap));
    return out;
  }
};

bool belongs_here(const TreatmentCase& item) {
  if (item.risk.status == RiskStatus::draft || item.risk.status == RiskStatus::closed) return false;
  const bool under_way =
      item.risk.status == RiskStatus::treatment_decided || item.risk.status == RiskStatus::in_treatment;
  return item.above || under_way || item.has_open_action();
}

// Clashes of time belong to the action, which only the whole plan shows.
void tell_clashes(TreatmentView& view) {
  for (TreatmentCase& item : view.cases) {
    for (const TreatmentAction& action : item.actions) {
      const ActionTimes* times = view.schedule.of(action.id);
      if (!times) continue;
      for (const Id& before : times->clashes)
        item.missing.push_back(fmt::format("{} is to begin before {} ends, which it waits for.", action.id, before));
    }
  }
}

void add_up_costs(TreatmentView& view) {
  std::map<Id, CostRow> rows;
  for (const TreatmentCase& item : view.cases) {
    for (const TreatmentAction& action : item.actions) {
      if (!action.cost) {
        view.unpriced += risk_action_is_open(action);
        continue;
      }
      CostRow& row = rows[checks::id_of(action.owner)];
      row.owner = checks::id_of(action.owner);
      row.quarters[checks::given(action.due_on) ? quarter_of(*action.due_on) : std::string()] += *action.cost;
      row.total += *action.cost;
    }
  }
  for (auto& [owner, row] : rows) view.costs.push_back(std::move(row));
  std::ranges::stable_sort(view.costs, std::ranges::greater(), &CostRow::total);
}

Result<void> choose_plan(TreatmentView& view, const RegisterService& registers, const Principal& principal,
                         std::string_view wanted) {
  TRY(auto records, records_of(registers, principal, RiskTreatmentPlan::def()));
  for (const Record& record : records) view.plans.push_back(decode<RiskTreatmentPlan>(record));
  std::ranges::sort(view.plans, std::ranges::greater(), &RiskTreatmentPlan::version);
  auto found = std::ranges::find_if(view.plans, [&](const RiskTreatmentPlan& plan) {
    return wanted.empty() ? plan.status == PlanStatus::effective : plan.id == wanted;
  });
  if (found == view.plans.end() && !wanted.empty())
    return fail(ErrorKind::not_found, fmt::format("There is no treatment plan {}.", wanted));
  if (found == view.plans.end()) found = view.plans.begin();
  if (found == view.plans.end()) return {};
  view.plan = *found;
  TRY(auto reader, registers.workspace().read());
  for (const RiskTreatmentPlan& plan : view.plans) {
    if (auto record = reader->find(RiskTreatmentPlan::def(), plan.id)) view.made.emplace(plan.id, record->created_at);
  }
  for (const Record& record : records) {
    if (record.id == found->id) view.plan_version = record.version;
  }
  return {};
}

}  // namespace

bool TreatmentCase::has_open_action() const { return std::ranges::any_of(actions, risk_action_is_open); }

double TreatmentCase::cost() const {
  double sum = 0;
  for (const TreatmentAction& action : actions) sum += action.cost.value_or(0);
  return sum;
}

const TreatmentCase* TreatmentView::of(std::string_view risk) const {
  auto found = std::ranges::find_if(cases, [&](const TreatmentCase& item) { return item.risk.id == risk; });
  return found == cases.end() ? nullptr : &*found;
}

std::vector<TreatmentAction> TreatmentView::actions() const {
  std::vector<TreatmentAction> all;
  for (const TreatmentCase& item : cases) all.insert(all.end(), item.actions.begin(), item.actions.end());
  return all;
}

std::string quarter_of(Date day) {
  const std::string iso = day.iso();
  return fmt::format("{} Q{}", iso.substr(0, 4), (std::stoi(iso.substr(5, 2)) + 2) / 3);
}

Result<TreatmentView> treatment_view(const RegisterService& registers, const Principal& principal,
                                     std::string_view plan) {
  TreatmentView view;
  view.today = registers.workspace().clock().today();
  CHECK(choose_plan(view, registers, principal, plan));
  TRY(Material material, read_material(registers, principal));
  TRY(auto reader, registers.workspace().read());
  const auto method = RiskMethodology::current(*reader);
  view.threshold = method ? method->acceptance_threshold : std::nullopt;
  const CaseMaker maker{material, view, registers, principal, *reader};
  for (const Record& record : material.risks) {
    TreatmentCase item = maker.make(record);
    if (belongs_here(item)) view.cases.push_back(std::move(item));
  }
  std::ranges::stable_sort(view.cases, {}, [](const TreatmentCase& item) {
    return std::pair(item.risk.priority.value_or(std::numeric_limits<std::int64_t>::max()),
                     -item.risk.residual_score.value_or(0));
  });
  const std::vector<TreatmentAction> actions = view.actions();
  view.schedule = schedule_of(actions, view.today);
  tell_clashes(view);
  add_up_costs(view);
  return view;
}

Result<TreatmentCase> treatment_case(const RegisterService& registers, const Principal& principal,
                                     const TreatmentView& view, std::string_view risk) {
  if (const TreatmentCase* known = view.of(risk)) return *known;
  TRY(Record record, registers.read(principal, Risk::def(), risk));
  TRY(Material material, read_material(registers, principal));
  TRY(auto reader, registers.workspace().read());
  return CaseMaker{material, view, registers, principal, *reader}.make(record);
}

}  // namespace assay
