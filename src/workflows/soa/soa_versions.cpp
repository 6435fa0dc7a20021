#include "workflows/soa/soa_versions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/soa/control_number.h"
#include "workflows/records.h"
#include "workflows/soa/soa_basis.h"
#include "workflows/soa/soa_files.h"
#include "workflows/soa/soa_reading.h"

namespace assay {
namespace {

// A line as it stood in another version. A new record would begin as "not implemented"; a copy keeps what was declared.
Result<void> copy_line(Transaction& transaction, Record line, const Id& soa, std::string_view reason) {
  line.id.clear();
  line.version = 0;
  line.at("soa") = soa;
  line.at("last_reviewed_on") = Value();
  CHECK(demand(may(transaction.actor(), Action::create, SoAEntry::def(), &line, &transaction)));
  return transaction.insert(line, reason);
}

Result<void> add_open_line(const RegisterService& registers, Transaction& transaction, const Id& soa,
                           const std::string& ref, std::string_view reason) {
  ProposedChange line{&SoAEntry::def(),
                      {},
                      {},
                      patch_of(SoAEntry::def(), {{"soa", soa},
                                                 {"control_ref", ref},
                                                 {"origin", std::string("annex_a")},
                                                 {"applicability", std::string("applicable")}}),
                      std::string(reason)};
  CHECK(registers.make_in(transaction, line));
  return {};
}

}  // namespace

SoaBasis basis_for_new_soa(const Reader& reader) {
  SoaBasis out;
  for (std::string_view status : {"effective", "approved", "in_review", "draft"}) {
    const auto scopes = reader.where<ScopeStatement>("status", status);
    if (scopes.empty()) continue;
    out.scope = std::ranges::max_element(scopes, {}, &ScopeStatement::version)->id;
    break;
  }
  std::optional<RiskAssessmentRun> latest;
  for (std::string_view kind : {"initial", "planned"}) {
    for (RiskAssessmentRun& run : reader.where<RiskAssessmentRun>("kind", kind)) {
      if (run.performed_on <= reader.today() && (!latest || run.performed_on > latest->performed_on))
        latest = std::move(run);
    }
  }
  if (latest) out.run = latest->id;
  return out;
}

Result<Id> begin_soa(Tenant& tenant, const Principal& principal) {
  Id made;
  CHECK(tenant.workspace->write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto versions, soa_versions(transaction, principal));
    const StatementOfApplicability* open = soa_to_work_on(versions);
    if (open && (open->status == VersionStatus::draft || open->status == VersionStatus::in_review)) {
      return fail(
          ErrorKind::conflict,
          fmt::format("Version {} is still being worked on; finish it before another one begins.", open->version));
    }
    const SoaBasis basis = basis_for_new_soa(transaction);
    if (basis.scope.empty())
      return fail(
          Problems{{"scope", "is needed first: record the scope of the ISMS, on which the statement rests", ""}},
          "The statement cannot be begun.");
    const StatementOfApplicability* former = open;
    const std::string reason =
        former ? fmt::format("From version {}.", former->version) : std::string("From the catalogue of Annex A.");
    const std::int64_t version = versions.empty() ? 1 : versions.front().version + 1;
    ProposedChange statement{
        &StatementOfApplicability::def(),
        {},
        {},
        patch_of(
            StatementOfApplicability::def(),
            {{"version", version}, {"scope", basis.scope}, {"run", basis.run.empty() ? Value() : Value(basis.run)}}),
        reason};
    TRY(Record stored, tenant.registers.make_in(transaction, statement));
    made = stored.id;
    std::vector<std::string> open_refs = annex_a_refs();
    if (former) {
      Result<void> failure;
      for (Record& line : seen_records(transaction, principal, SoAEntry::def(), failure, "soa", {former->id})) {
        std::erase(open_refs, line.text("control_ref"));
        CHECK(copy_line(transaction, std::move(line), made, reason));
      }
      CHECK(failure);
    }
    for (const std::string& ref : open_refs) CHECK(add_open_line(tenant.registers, transaction, made, ref, reason));
    return {};
  }));
  return made;
}

Result<std::optional<IssuedSoa>> last_issued_soa(Tenant& tenant, const Principal& principal, std::string_view record) {
  TRY(auto issues, tenant.issues.list(principal, soa_issue_kind, StatementOfApplicability::def().name(), record, 1));
  if (issues.empty()) return std::optional<IssuedSoa>();
  TRY(KeptIssue kept, tenant.issues.read(principal, issues.front().number));
  TRY(SoaSnapshot snapshot, soa_from_json(kept.content));
  return std::optional(IssuedSoa{std::move(kept.issue), std::move(snapshot)});
}

namespace {

Result<void> demand_issuable(const SoaBench& bench) {
  Problems problems;
  for (const SoaProblem& problem : bench.all_problems()) {
    problems.push_back({problem.ref.empty() ? "Statement" : problem.ref, problem.message, problem.rule});
  }
  if (problems.empty()) return {};
  return fail(std::move(problems), "The statement cannot be issued yet.");
}

Result<std::int64_t> keep_issue(Tenant& tenant, Transaction& transaction, std::string_view id,
                                const SoaDocument& document, const std::optional<IssuedSoa>& before) {
  TRY(auto bench, read_soa_bench(transaction, transaction.actor(), id));
  CHECK(demand_issuable(*bench));
  const SoaSnapshot now = snapshot_of(*bench);
  NewIssue issue{std::string(soa_issue_kind),
                 "Statement of Applicability",
                 std::to_string(now.version),
                 now.approved_by,
                 soa_json(now),
                 document(now, before ? &before->snapshot : nullptr)};
  return tenant.issues.issue_in(transaction, bench->record, issue);
}

}  // namespace

Result<std::int64_t> approve_soa(Tenant& tenant, const Principal& signer, std::string_view id, std::int64_t version,
                                 const SoaDocument& document) {
  TRY(auto before, last_issued_soa(tenant, signer));
  std::int64_t number = 0;
  CHECK(tenant.workspace->write(signer, [&](Transaction& transaction) -> Result<void> {
    TRY(auto bench, read_soa_bench(transaction, signer, id));
    if (version != bench->record.version)
      return fail(ErrorKind::conflict,
                  "The statement has changed since it was shown to you. Read it again before you sign.");
    CHECK(demand_issuable(*bench));
    CHECK(tenant.registers.make_in(
        transaction, ProposedChange{&StatementOfApplicability::def(), std::string(id), "approve", {}, {}}));
    TRY(number, keep_issue(tenant, transaction, id, document, before));
    return {};
  }));
  return number;
}

Result<std::int64_t> issue_soa(Tenant& tenant, const Principal& principal, std::string_view id,
                               const SoaDocument& document) {
  TRY(auto own, last_issued_soa(tenant, principal, id));
  if (own)
    return fail(
        ErrorKind::conflict,
        fmt::format(
            "Version {} was issued already, as document {}. What was issued never changes: begin a new version.",
            own->snapshot.version, own->issue.number));
  TRY(auto before, last_issued_soa(tenant, principal));
  std::int64_t number = 0;
  CHECK(tenant.workspace->write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(Record record, transaction.read(StatementOfApplicability::def(), id));
    const std::string_view state = record.state();
    if (state != "approved" && state != "effective")
      return fail(ErrorKind::conflict, "Only an approved version can be issued.");
    TRY(number, keep_issue(tenant, transaction, id, document, before));
    return {};
  }));
  return number;
}

}  // namespace assay
