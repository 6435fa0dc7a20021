// A finding of the rules becomes a finding of an audit.
#include <fmt/format.h>

#include "kernel/service/conformity.h"

namespace assay {
namespace {

const EntityDef& register_of(const Workspace& workspace, std::string_view name) {
  return *workspace.registry().find(name);
}

// What is filled in from the finding; statement and evidence can be sharpened afterwards.
ProposedChange as_audit_finding(const EntityDef& def, const RuleFinding& finding, const EntityDef* subject, Date today,
                                std::string_view audit) {
  std::string about = subject && finding.subject != "ORG" ? fmt::format("{} {}", subject->text.label, finding.subject)
                                                          : std::string("The organisation");
  ProposedChange change{&def, {}, {}, {}, fmt::format("Taken over from rule {}.", finding.rule_id)};
  auto set = [&](std::string_view field, std::string value) {
    change.values.emplace_back(def.find(field), Value(std::move(value)));
  };
  if (!audit.empty()) set("audit", std::string(audit));
  set("ref", finding.ref.substr(0, finding.ref.find(',')));
  set("grade", std::string(name_of(finding.finding_class)));
  set("statement", fmt::format("{}: {}", about, finding.detail));
  set("requirement", fmt::format("{} ({})", finding.title, finding.ref));
  set("objective_evidence",
      fmt::format("Rule {} over the records of {}: {}", finding.rule_id, today.iso(), finding.detail));
  set("raised_on", today.iso());
  return change;
}

bool becomes_nonconformity(const RuleFinding& finding) { return finding.finding_class >= FindingClass::minor; }

}  // namespace

Decision Conformity::may_accept(const Principal& principal) const {
  if (!sees_conformity(principal))
    return {false, "Findings are taken over by auditors.", "Internal auditor, ISMS owner"};
  return may(principal, Action::create, register_of(workspace_, "finding"));
}

Result<std::vector<Record>> Conformity::running_audits() const {
  const EntityDef& def = register_of(workspace_, "audit");
  TRY(auto reader, workspace_.read());
  ListQuery query = default_query(def);
  query.filters.push_back({def.find("kind"), Comparison::is, {std::string("internal")}});
  query.filters.push_back(
      {def.find("status"), Comparison::is, {std::string("in_progress"), std::string("fieldwork_done")}});
  std::vector<Record> audits;
  CHECK(reader->each(query, [&](const Record& record) -> Result<void> {
    audits.push_back(record);
    return {};
  }));
  return audits;
}

Result<Record> Conformity::accept(const Principal& principal, const FindingKey& key, std::string_view audit) const {
  CHECK(demand(may_accept(principal)));
  TRY(RuleFinding finding, open_finding(key));
  if (!FindingSight(principal, workspace_.registry()).shows(finding))
    return fail(ErrorKind::not_found, "There is no such finding.");
  if (!audit.empty()) {
    TRY(auto running, running_audits());
    bool known = std::ranges::any_of(running, [&](const Record& record) { return record.id == audit; });
    if (!known) return fail(Problems{{"audit", "must be an internal audit that is under way", std::string(audit)}});
  }
  const EntityDef& def = register_of(workspace_, "finding");
  Record stored;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto mark, FindingHistory(workspace_).mark_of(key));
    if (mark && mark->what == FindingMark::What::accepted) {
      auto before = transaction.find(def, mark->record);
      if (before && before->state() != "addressed") {
        return fail(ErrorKind::conflict,
                    fmt::format("It was accepted as finding {}, which is not dealt with yet.", before->id));
      }
    }
    TRY(stored, registers_.make_in(transaction, as_audit_finding(def, finding, workspace_.registry().find(key.kind),
                                                                 transaction.today(), audit)));
    if (becomes_nonconformity(finding)) {
      CHECK(registers_.make_in(transaction, {&def, stored.id, "open_nonconformity", {}, {}}));
      TRY(stored, transaction.read(def, stored.id));
    }
    return FindingHistory::mark(
        transaction, {key, FindingMark::What::accepted, "Accepted as finding " + stored.id + ".", stored.id, {}, {}});
  }));
  return stored;
}

}  // namespace assay
