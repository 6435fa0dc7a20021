#include "isms/frameworks/gap_proposal.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t most_evidence = 5;
constexpr std::size_t most_reasons = 8;

std::optional<GapItemResult> result_of(const GapFacts& facts) {
  using enum GapItemResult;
  bool open = facts.majors + facts.minors > 0;
  if (facts.excluded) return not_applicable;
  switch (facts.control) {
    case GapControlState::implemented:
      return open || facts.ineffective || facts.evidence.empty() ? partial : conformant;
    case GapControlState::begun: return partial;
    case GapControlState::not_started: return absent;
    case GapControlState::none: break;
  }
  bool proven = facts.records > 0 || !facts.evidence.empty();
  if (open) return proven ? partial : absent;
  if (facts.planned) return absent;
  if (!proven) return std::nullopt;
  // Records of a register alone do not show that a control of Annex A is in place; for a clause they are what it asks
  // for.
  return facts.key.starts_with("A.") && facts.evidence.empty() ? partial : conformant;
}

std::string reasons_of(const GapFacts& facts) {
  std::string out;
  std::size_t count = 0;
  for (const GapFact& fact : facts.facts) {
    if (++count > most_reasons) break;
    out += (out.empty() ? "" : "\n") + fact.text;
  }
  if (facts.facts.size() > most_reasons)
    out += "\n… and " + std::to_string(facts.facts.size() - most_reasons) + " more.";
  return out;
}

}  // namespace

std::optional<GapProposal> propose_gap(const GapFacts& facts) {
  auto result = result_of(facts);
  if (!result) return std::nullopt;
  GapProposal out{.result = *result, .rationale = reasons_of(facts)};
  if (*result == GapItemResult::not_applicable) {
    out.rationale = "Excluded by the Statement of Applicability" +
                    (facts.exclusion.empty() ? std::string(".") : ": " + facts.exclusion);
    return out;
  }
  out.evidence.assign(facts.evidence.begin(), facts.evidence.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                           facts.evidence.size(), most_evidence)));
  if (*result == GapItemResult::conformant) return out;
  out.severity = facts.majors > 0                                       ? GapItemRiskSeverity::high
                 : facts.minors > 0 || *result == GapItemResult::absent ? GapItemRiskSeverity::medium
                                                                        : GapItemRiskSeverity::low;
  out.action = facts.fix;
  out.owner = facts.owner;
  return out;
}

}  // namespace assay
