// The gaps that new organisations nearly always have, recognised from the data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

// Counted in the registers.
struct TypicalCounts {
  std::size_t methods_approved = 0, risks_open = 0, risks_assessed = 0;
  std::size_t assets = 0, assets_owned = 0;  // active, in scope
  // In force; implemented; reported; with a response.
  std::size_t incident_documents = 0, incident_controls = 0, incidents = 0, incidents_answered = 0;
  // Relevant: critical or important, active, in scope.
  std::size_t suppliers = 0, relevant_suppliers = 0, with_terms = 0, assessed = 0;
  std::size_t log_sources = 0, log_sources_heard = 0, detection_rules = 0, detection_rules_tested = 0;
};

struct TypicalFact {
  std::string text;
  bool good = false;
  std::string_view register_name;  // where it was counted
};

struct TypicalFinding {
  std::string_view title;              // "No risk method"
  std::string_view test;               // when it holds, in words
  std::vector<std::string_view> keys;  // the questions it concerns
  bool holds = false;
  std::vector<TypicalFact> facts;
};

std::vector<TypicalFinding> typical_gap_findings(const TypicalCounts& counts);

}  // namespace assay
