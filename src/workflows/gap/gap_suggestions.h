// What the workspace already proves about the questions of a gap analysis, and the facts behind estimate and typical
// findings.
#pragma once

#include "isms/frameworks/gap_estimate.h"
#include "isms/frameworks/gap_proposal.h"
#include "isms/frameworks/gap_typical.h"
#include "kernel/rules/engine.h"
#include "workflows/gap/gap_analysis.h"

namespace assay {

struct GapSuggestion {
  GapFacts facts;
  std::optional<GapProposal> proposal;
};
using GapSuggestions = std::map<std::string, GapSuggestion>;  // by key

// From the open findings of the gap stage in `verdict` (null: the principal is not told, or the rules could not be
// asked), the Statement of Applicability, controls, accepted evidence and the registers that answer the question. Only
// what the principal may see counts. With `only`, that question alone.
Result<GapSuggestions> gap_suggestions(const RegisterService& registers, const Principal& principal,
                                       const Verdict* verdict, std::string_view only = {});

// Writes a proposal into the fields of a gap_item; the others stay as they are.
void put_gap_proposal(Record& item, const GapProposal& proposal);

// Stores the proposals for the questions that have no answer yet, in one transaction; with `keys`, of those alone.
// Gives how many. Errors: those of RegisterService::make; then nothing is stored.
Result<std::size_t> take_over_gap_proposals(const RegisterService& registers, const Principal& principal,
                                            const GapAnalysis& analysis, const GapSuggestions& suggestions,
                                            const std::vector<std::string>& keys = {});

Result<TypicalCounts> typical_counts(const RegisterService& registers, const Principal& principal);

// What the estimate rests on, with where each figure comes from, in words.
struct GapEstimateFacts {
  GapEstimateBasis basis;
  std::string persons_from, sites_from, technology_from, automation_from;
};
Result<GapEstimateFacts> gap_estimate_facts(const RegisterService& registers, const Principal& principal,
                                            const GapAnalysis& analysis);

}  // namespace assay
