#include "workflows/treatment/acceptances.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"
#include "workflows/records.h"

namespace assay {
namespace {

bool is_outgrown(const RiskAcceptance& acceptance, const Risk& risk) {
  return risk.residual_score && *risk.residual_score > acceptance.score_at_acceptance;
}

void judge(AcceptanceCase& item, Date today) {
  const RiskAcceptance& acceptance = item.acceptance;
  const bool ends = checks::given(acceptance.expires_on);
  const std::int64_t left = ends ? days_between(today, *acceptance.expires_on) : 0;
  if (is_outgrown(acceptance, item.risk)) {
    item.state = AcceptanceState::fallen;
    item.words = fmt::format("the score rose from {} to {}", acceptance.score_at_acceptance, *item.risk.residual_score);
  } else if (acceptance.status == RiskAcceptanceStatus::revoked) {
    item.state = AcceptanceState::revoked;
    item.words = "taken back";
  } else if (acceptance.status == RiskAcceptanceStatus::expired || (ends && left < 0)) {
    item.state = AcceptanceState::ended;
    item.words = ends ? fmt::format("ended on {}", acceptance.expires_on->iso()) : std::string("ended");
  } else if (!ends) {
    item.words = "no end is set";
  } else {
    item.state = left <= 30   ? AcceptanceState::ends_in_30
                 : left <= 60 ? AcceptanceState::ends_in_60
                 : left <= 90 ? AcceptanceState::ends_in_90
                              : AcceptanceState::stands;
    item.words = left == 0 ? std::string("ends today") : fmt::format("ends in {} {}", left, left == 1 ? "day" : "days");
  }
}

bool is_over(const AcceptanceCase& item) {
  return item.acceptance.status != RiskAcceptanceStatus::valid || item.state == AcceptanceState::fallen ||
         item.state == AcceptanceState::ended;
}

// What is wrong with the decision by itself.
Problems problems_of(const AcceptRisk& decision, bool above, Date today) {
  Problems problems;
  if (is_blank(decision.rationale))
    problems.push_back({"rationale", "must say why the organisation may carry this risk", ""});
  if (!decision.expires_on && above)
    problems.push_back({"expires_on", "must be given: above the threshold a risk is accepted for a time only", ""});
  if (decision.expires_on && *decision.expires_on <= today)
    problems.push_back({"expires_on", "must lie in the future", decision.expires_on->iso()});
  return problems;
}

// Those that the new one takes the place of. Who may not take one back leaves it: it ends by itself.
Result<void> take_back_renewed(const RegisterService& registers, Transaction& transaction, const Record& stored) {
  const EntityDef& def = RiskAcceptance::def();
  for (const Record& former : transaction.where(def, "risk", stored.text("risk"))) {
    if (former.id == stored.id || former.text("status") != "valid") continue;
    const Step& revoke = *std::ranges::find(def.lifecycle->steps, "revoke", &Step::name);
    if (!may_take(transaction.actor(), revoke, former, transaction)) continue;
    CHECK(registers.make_in(transaction, {&def, former.id, "revoke", {}, fmt::format("Renewed by {}.", stored.id)}));
  }
  return {};
}

Result<void> take_the_step(const RegisterService& registers, Transaction& transaction, const Risk& risk) {
  const bool leads_there = risk.status == RiskStatus::assessed || risk.status == RiskStatus::treatment_decided ||
                           risk.status == RiskStatus::in_treatment;
  if (!leads_there) return {};
  CHECK(registers.make_in(transaction, {&Risk::def(), risk.id, "accept", {}, {}}));
  return {};
}

}  // namespace

std::size_t AcceptanceView::ending_within(std::int64_t days) const {
  return static_cast<std::size_t>(std::ranges::count_if(valid, [&](const AcceptanceCase& item) {
    return checks::given(item.acceptance.expires_on) && days_between(today, *item.acceptance.expires_on) <= days;
  }));
}

Result<AcceptanceView> acceptance_view(const RegisterService& registers, const Principal& principal) {
  AcceptanceView view;
  view.today = registers.workspace().clock().today();
  TRY(auto risks, all_of<Risk>(registers, principal));
  TRY(auto acceptances, all_of<RiskAcceptance>(registers, principal));
  TRY(auto reader, registers.workspace().read());
  std::map<Id, const Risk*> by_id;
  for (const Risk& risk : risks) by_id.emplace(risk.id, &risk);
  std::map<Id, const RiskAcceptance*> newest;  // that carries a risk
  for (RiskAcceptance& acceptance : acceptances) {
    auto risk = by_id.find(acceptance.risk.id);
    AcceptanceCase item;
    item.acceptance = acceptance;
    if (risk != by_id.end()) item.risk = *risk->second;
    judge(item, view.today);
    if (!is_over(item)) newest[acceptance.risk.id] = &acceptance;
    (is_over(item) ? view.over : view.valid).push_back(std::move(item));
  }
  for (AcceptanceCase& item : view.over) item.is_renewed = newest.contains(item.risk.id);
  const auto level = escalation_level(*reader);
  for (const Risk& risk : risks) {
    if (risk.status == RiskStatus::draft || risk.status == RiskStatus::closed || newest.contains(risk.id)) continue;
    const auto method = risk.method(*reader);
    if (!method || !method->acceptance_threshold || !risk.residual_score ||
        *risk.residual_score <= *method->acceptance_threshold)
      continue;
    view.uncarried.push_back({risk, *method->acceptance_threshold, approvers_of(risk, level, *reader, view.today)});
  }
  std::ranges::stable_sort(view.uncarried, std::ranges::greater(),
                           [](const UncarriedRisk& item) { return item.risk.residual_score.value_or(0); });
  std::ranges::stable_sort(view.valid, {}, [](const AcceptanceCase& item) {
    return item.acceptance.expires_on.value_or(Date::parse("9999-12-31").value());
  });
  std::ranges::stable_sort(view.over, std::ranges::greater(),
                           [](const AcceptanceCase& item) { return item.acceptance.accepted_on; });
  return view;
}

Result<Record> accept_risk(const RegisterService& registers, const Principal& signer, const AcceptRisk& decision) {
  Record stored;
  CHECK(registers.workspace().write(signer, [&](Transaction& transaction) -> Result<void> {
    TRY(Record record, transaction.read(Risk::def(), decision.risk));
    CHECK(demand(may(signer, Action::see, Risk::def(), &record, &transaction)));
    if (record.version != decision.version)
      return fail(ErrorKind::conflict, "The risk changed while you were reading. Look at it again before you sign.");
    const auto risk = decode<Risk>(record);
    if (risk.status == RiskStatus::draft || risk.status == RiskStatus::closed)
      return fail(ErrorKind::conflict, "Only a risk that is assessed and not closed can be accepted.");
    if (!risk.residual_score) return fail(ErrorKind::conflict, "The residual score is missing: assess the risk first.");
    const auto method = risk.method(transaction);
    const bool above = method && method->acceptance_threshold && *risk.residual_score > *method->acceptance_threshold;
    if (Problems problems = problems_of(decision, above, transaction.today()); !problems.empty())
      return fail(std::move(problems), "The risk was not accepted.");
    ProposedChange change{&RiskAcceptance::def(),
                          {},
                          {},
                          patch_of(RiskAcceptance::def(), {{"risk", risk.id},
                                                           {"accepted_by", signer.person},
                                                           {"accepted_on", transaction.today().iso()},
                                                           {"rationale", std::string(trim(decision.rationale))}}),
                          {}};
    if (decision.expires_on)
      change.values.emplace_back(RiskAcceptance::def().find("expires_on"), Value(decision.expires_on->iso()));
    TRY(stored, registers.make_in(transaction, change));
    CHECK(take_back_renewed(registers, transaction, stored));
    return take_the_step(registers, transaction, risk);
  }));
  return stored;
}

}  // namespace assay
