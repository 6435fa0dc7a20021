#include "workflows/treatment/approve_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/risk/treatment_approval.h"
#include "workflows/records.h"

namespace assay {

Result<Record> begin_plan(const RegisterService& registers, const Principal& principal) {
  TRY(auto plans, all_of<RiskTreatmentPlan>(registers, principal));
  std::int64_t version = 0;
  for (const RiskTreatmentPlan& plan : plans) {
    if (plan.status == PlanStatus::draft)
      return fail(ErrorKind::conflict, fmt::format("Version {} is a draft already: work on that one.", plan.version));
    version = std::max(version, plan.version);
  }
  RiskTreatmentPlan plan;
  plan.version = version + 1;
  return registers.create(principal, encode(plan), "A new version of the treatment plan was begun.");
}

Result<std::vector<Id>> add_actions(const RegisterService& registers, const Principal& principal, std::string_view plan,
                                    std::string_view risk, const std::vector<Patch>& rows) {
  if (rows.empty()) return fail(Problems{{"rows[0].description", "must say what will be done", ""}});
  const EntityDef& def = TreatmentAction::def();
  std::vector<Id> made;
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    made.clear();
    Problems problems;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ProposedChange change{&def,
                            {},
                            {},
                            patch_of(def, {{"plan", std::string(plan)}, {"risk", std::string(risk)}}),
                            fmt::format("Planned for risk {}.", risk)};
      change.values.insert(change.values.end(), rows[i].begin(), rows[i].end());
      auto stored = registers.make_in(transaction, change);
      if (stored) {
        made.push_back(stored->id);
        continue;
      }
      Error error = std::move(stored).error();
      if (error.problems.empty()) return Failure(std::move(error));
      for (Problem& problem : error.problems)
        problems.push_back({fmt::format("rows[{}].{}", i, problem.place), problem.message, problem.value});
    }
    if (!problems.empty()) return fail(std::move(problems), "No action was added.");
    return {};
  }));
  return made;
}

std::string approval_fingerprint(std::string_view text) { return hex(sha256(text)); }

Result<void> approve_treatment(const RegisterService& registers, const Principal& signer, std::string_view risk_id,
                               std::string_view fingerprint) {
  return registers.workspace().write(signer, [&](Transaction& transaction) -> Result<void> {
    TRY(Record record, transaction.read(Risk::def(), risk_id));
    CHECK(demand(may(signer, Action::see, Risk::def(), &record, &transaction)));
    const auto risk = decode<Risk>(record);
    const std::string now = approval_text(risk, transaction.where<TreatmentAction>("risk", risk.id));
    if (approval_fingerprint(now) != fingerprint) {
      return fail(ErrorKind::conflict,
                  "Scores or actions changed while you were reading. Look at them again before you sign.");
    }
    const bool starts = risk.status == RiskStatus::treatment_decided;
    CHECK(registers.make_in(transaction,
                            {&Risk::def(), risk.id, starts ? "start_treatment" : "approve_treatment", {}, {}}));
    return {};
  });
}

Result<std::int64_t> approve_and_issue(const RegisterService& registers, const IssuedDocuments& issues,
                                       const Principal& signer, std::string_view plan, std::int64_t version,
                                       const NewIssue& issue) {
  std::int64_t number = 0;
  CHECK(registers.workspace().write(signer, [&](Transaction& transaction) -> Result<void> {
    TRY(Record record, transaction.read(RiskTreatmentPlan::def(), plan));
    if (record.version != version)
      return fail(ErrorKind::conflict, "The plan changed while you were reading. Look at it again before you sign.");
    TRY(Record approved, registers.make_in(transaction, {&RiskTreatmentPlan::def(), record.id, "approve", {}, {}}));
    TRY(number, issues.issue_in(transaction, approved, issue));
    return {};
  }));
  return number;
}

}  // namespace assay
