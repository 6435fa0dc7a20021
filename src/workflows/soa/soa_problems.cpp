#include "workflows/soa/soa_problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/soa/control_number.h"

namespace assay {
namespace {

bool has_ground(const SoAEntry& entry, SoAEntryInclusionReasons ground) {
  return std::ranges::find(entry.inclusion_reasons, ground) != entry.inclusion_reasons.end();
}

void judge_inclusion(SoaRow& row, const std::function<void(std::string_view, std::string)>& add) {
  const SoAEntry& entry = row.entry;
  if (entry.is_undecided())
    return add("C6.1.3-d-03", "Nobody has decided yet: give grounds and a justification, or exclude it with reasons.");
  if (entry.inclusion_reasons.empty()) add("C6.1.3-d-03", "It is applicable without a ground.");
  if (!checks::given(entry.inclusion_justification)) add("C6.1.3-d-03", "It is applicable without a justification.");
  const bool by_law =
      has_ground(entry, SoAEntryInclusionReasons::legal) || has_ground(entry, SoAEntryInclusionReasons::contractual);
  if (by_law && entry.linked_obligations.empty())
    add("C6.1.3-d-07", "It is there because of a law or contract, but no obligation is linked.");
  const bool open_risk = std::ranges::any_of(entry.linked_risks, [&](const Ref<Risk>& risk) {
    return std::ranges::any_of(row.needs, [&](const SoaNeed& need) {
      return need.ground == SoAEntryInclusionReasons::risk && need.id == risk.id;
    });
  });
  if (has_ground(entry, SoAEntryInclusionReasons::risk) && !open_risk)
    add("C6.1.3-d-07", "It is there because of a risk, but no open risk is linked.");
  if (!entry.implementation_status) return add("C6.1.3-d-12", "Its implementation status is not declared.");
  const bool operates = row.control && row.control->status == ControlStatus::implemented;
  const SoAEntryImplementationStatus declared = *entry.implementation_status;
  if (declared == SoAEntryImplementationStatus::implemented && !operates) {
    add("C6.1.3-d-12", fmt::format("It is declared implemented, but {}",
                                   row.control ? "its control is not." : "no control is linked."));
  }
  if (declared < SoAEntryImplementationStatus::partial && operates)
    add("C6.1.3-d-12", "It is declared not implemented or planned, but its control is implemented.");
}

void judge_exclusion(SoaRow& row, std::size_t least, const std::function<void(std::string_view, std::string)>& add) {
  const std::size_t length = utf8_length(trim(row.entry.exclusion_justification.value_or("")));
  if (length < least)
    add("C6.1.3-d-04", fmt::format("Its exclusion is justified in {} characters; at least {} are expected: give the "
                                   "fact or decision behind it.",
                                   length, least));
  for (const std::string& fact : row.contradictions) add("C6.1.3-d-06", "It is excluded, but: " + fact);
}

void judge_completeness(SoaBench& bench) {
  std::map<std::string, std::size_t, std::less<>> lines;
  for (SoaRow& row : bench.rows) {
    if (row.entry.origin != SoAEntryOrigin::annex_a) continue;
    if (++lines[row.entry.control_ref] > 1)
      row.problems.push_back(
          {row.entry.control_ref, row.record.id, "C6.1.3-d-02", "The control has more than one line."});
  }
  for (const std::string& ref : annex_a_refs()) {
    if (!lines.contains(ref)) bench.problems.push_back({ref, {}, "C6.1.3-d-02", "The control has no line."});
  }
}

// The same as the guards of the statement's steps.
void judge_basis(const Reader& reader, SoaBench& bench) {
  const ScopeStatement* current = nullptr;
  std::vector<ScopeStatement> scopes;
  for (std::string_view status : {"effective", "approved"}) {
    if (scopes.empty()) scopes = reader.where<ScopeStatement>("status", status);
  }
  if (!scopes.empty()) current = &*std::ranges::max_element(scopes, {}, &ScopeStatement::version);
  if (!current) bench.problems.push_back({{}, {}, "CONSIST-03", "No scope is approved or in force."});
  else if (current->id != bench.statement.scope.id)
    bench.problems.push_back(
        {{},
         {},
         "CONSIST-03",
         fmt::format("The statement rests on another scope than version {}, which is in force.", current->version)});
  const auto own = reader.find<RiskAssessmentRun>(checks::id_of(bench.statement.run));
  if (!own) {
    bench.problems.push_back({{}, {}, "C6.1.3-c-01", "The statement names no risk assessment that it rests on."});
    return;
  }
  for (std::string_view kind : {"initial", "planned"}) {
    for (const RiskAssessmentRun& run : reader.where<RiskAssessmentRun>("kind", kind)) {
      if (run.performed_on <= own->performed_on || run.performed_on > bench.today) continue;
      bench.problems.push_back(
          {{},
           {},
           "C6.1.3-d-10",
           fmt::format("There is a later risk assessment: {} of {}.", run.id, run.performed_on.iso())});
      return;
    }
  }
}

}  // namespace

void judge_soa(const Reader& reader, SoaBench& bench) {
  judge_basis(reader, bench);
  const auto least = static_cast<std::size_t>(std::max(0.0, reader.parameter("min_justification_chars")));
  for (SoaRow& row : bench.rows) {
    auto add = [&](std::string_view rule, std::string message) {
      row.problems.push_back({row.entry.control_ref, row.record.id, std::string(rule), std::move(message)});
    };
    if (row.is_applicable()) judge_inclusion(row, add);
    else judge_exclusion(row, least, add);
  }
  judge_completeness(bench);
}

}  // namespace assay
