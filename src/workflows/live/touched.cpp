#include "workflows/live/touched.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/documents/document_version.h"
#include "isms/operations/asset.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/organisation/scope_statement.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"
#include "isms/soa/statement_of_applicability.h"
#include "kernel/service/conformity.h"
#include "workflows/live/touch_sources.h"
#include "workflows/records.h"

namespace assay {
namespace {

// Of the statement with the highest version that is not superseded.
Result<std::vector<TouchedRow>> current_rows(const RegisterService& registers, const Principal& principal) {
  std::vector<TouchedRow> rows;
  TRY(auto statements, all_of<StatementOfApplicability>(registers, principal));
  std::erase_if(statements,
                [](const StatementOfApplicability& soa) { return soa.status == VersionStatus::superseded; });
  auto newest = std::ranges::max_element(statements, {}, &StatementOfApplicability::version);
  if (newest == statements.end()) return rows;
  TRY(auto records, records_of(registers, principal, SoAEntry::def(), "soa", newest->id));
  for (const Record& record : records) rows.push_back({decode<SoAEntry>(record), record.updated_at});
  return rows;
}

Result<std::vector<TouchedRisk>> all_risks(const RegisterService& registers, const Principal& principal) {
  std::vector<TouchedRisk> risks;
  TRY(auto records, records_of(registers, principal, Risk::def()));
  for (const Record& record : records) risks.push_back({decode<Risk>(record), record.updated_at});
  return risks;
}

bool is_decided(const Touch& touch, const std::vector<TouchMark>& marks) {
  return std::ranges::any_of(marks, [&](const TouchMark& mark) {
    return mark.entry >= touch.entry && mark.register_name == touch.key.register_name &&
           mark.record == touch.key.record && mark.target == touch.key.target &&
           mark.target_register == touch.key.target_register && mark.what == name_of(touch.key.what);
  });
}

Result<Touch> open_touch(const RegisterService& registers, const FindingHistory& findings, const Principal& principal,
                         const TouchKey& key) {
  TRY(Touched all, touched(registers, findings, principal));
  auto found = std::ranges::find(all.open, key, &Touch::key);
  if (found == all.open.end())
    return fail(ErrorKind::not_found,
                "This proposal is not open any more: it was decided, or what it is about was dealt with.");
  CHECK(demand(may_decide(registers, principal, *found)));
  return *found;
}

TouchMark mark_of(const Touch& touch, std::string_view outcome, std::string_view reason) {
  return {touch.key.register_name,
          touch.key.record,
          touch.key.target_register,
          touch.key.target,
          std::string(name_of(touch.key.what)),
          touch.entry,
          std::string(outcome),
          std::string(reason),
          {},
          {}};
}

// The row with one more risk or obligation behind it.
ProposedChange linking(const Record& row, const Touch& touch, const Lookup& lookup) {
  const auto obligation = lookup.find<Obligation>(touch.key.record);
  const bool is_contract = obligation && obligation->kind == ObligationKind::contract;
  const bool is_risk = touch.key.what == TouchWhat::link_risk;
  auto add = [](std::vector<std::string> list, const std::string& item) {
    if (std::ranges::find(list, item) == list.end()) list.push_back(item);
    return list;
  };
  const std::string_view links = is_risk ? "linked_risks" : "linked_obligations";
  return {&SoAEntry::def(),
          row.id,
          {},
          patch_of(SoAEntry::def(),
                   {{links, add(list_of(row.at(links)), touch.key.record)},
                    {"inclusion_reasons", add(list_of(row.at("inclusion_reasons")), is_risk       ? "risk"
                                                                                    : is_contract ? "contractual"
                                                                                                  : "legal")}}),
          fmt::format("Proposal taken over: {}", touch.why)};
}

}  // namespace

Result<Touched> touched(const RegisterService& registers, const FindingHistory& findings, const Principal& principal) {
  CHECK(demand_conformity(principal));
  Touched out;
  TRY(auto sources, changed_sources(registers, principal));
  TRY(auto from_findings, finding_sources(findings, principal, registers.workspace().registry()));
  std::ranges::move(from_findings, std::back_inserter(sources));
  {
    TRY(auto reader, registers.workspace().read());
    TRY(out.decided, touch_marks(*reader));
  }
  if (sources.empty()) return out;
  TRY(auto risks, all_risks(registers, principal));
  TRY(auto rows, current_rows(registers, principal));
  out.open = touches_of({sources, risks, rows});
  std::erase_if(out.open, [&](const Touch& touch) { return is_decided(touch, out.decided); });
  return out;
}

Decision may_decide(const RegisterService& registers, const Principal& principal, const Touch& touch) {
  const EntityDef& def = *registers.workspace().registry().find(touch.key.target_register);
  if (touch.key.target.empty()) return may(principal, Action::create, def);
  auto record = registers.read(principal, def, touch.key.target);
  if (!record) return {false, "What the proposal is about is not shown to you.", {}};
  Decision change = may(principal, Action::change, def, &*record);
  if (change.allowed || is_made_by_product(touch.key.what)) return change;
  return may(principal, Action::step, def, &*record).allowed ? Decision{true, {}, {}} : change;
}

bool is_made_by_product(TouchWhat what) { return what == TouchWhat::link_risk || what == TouchWhat::link_obligation; }

Result<void> take_touch(const RegisterService& registers, const FindingHistory& findings, const Principal& principal,
                        const TouchKey& key) {
  if (!is_made_by_product(key.what))
    return fail(ErrorKind::conflict, "This proposal is taken over in the form it leads to.");
  TRY(Touch touch, open_touch(registers, findings, principal, key));
  return registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(Record row, transaction.read(SoAEntry::def(), key.target));
    CHECK(registers.make_in(transaction, linking(row, touch, transaction)));
    return mark_touch(transaction, mark_of(touch, "taken", {}));
  });
}

Result<void> decline_touch(const RegisterService& registers, const FindingHistory& findings, const Principal& principal,
                           const TouchKey& key, std::string_view reason) {
  TRY(Touch touch, open_touch(registers, findings, principal, key));
  return registers.workspace().write(principal, [&](Transaction& transaction) {
    return mark_touch(transaction, mark_of(touch, "declined", trim(reason)));
  });
}

}  // namespace assay
