// Answers to the questions of a gap analysis that the workspace's own data suggests. A person takes them over or not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isms/frameworks/gap_item.h"

namespace assay {

enum class GapFactKind { finding, records, evidence, statement, control };

// One thing that speaks for or against; names what a reader can open.
struct GapFact {
  GapFactKind kind{};
  std::string text;                   // "Major C4.1-01: no context issue is recorded."
  bool supports = false;              // speaks for the requirement being met
  std::string register_name, record;  // what it is about; the record empty: the whole register
  std::string rule;                   // of a finding
};

enum class GapControlState { none, not_started, begun, implemented };

// What is known about one question.
struct GapFacts {
  std::string key;
  std::size_t majors = 0, minors = 0;               // open findings of the gap stage
  std::size_t records = 0;                          // in the registers that the clause or control asks for
  bool excluded = false;                            // by the Statement of Applicability
  std::string exclusion;                            // why
  bool planned = false;                             // the Statement says: not implemented, or planned
  GapControlState control = GapControlState::none;  // the furthest of the controls behind the line
  bool ineffective = false;                         // a control was tested and does not work, or only in part
  std::vector<std::string> evidence;                // accepted, current; ids, newest first
  std::string fix;                                  // of the worst finding
  std::string owner;                                // of the control
  std::vector<GapFact> facts;                       // in the order they are shown
};

struct GapProposal {
  GapItemResult result{};
  std::string rationale = {};
  std::optional<GapItemRiskSeverity> severity = {};
  std::string action = {}, owner = {};
  std::vector<std::string> evidence = {};
};

// Nothing where the data says nothing: silence is no proof of conformity.
std::optional<GapProposal> propose_gap(const GapFacts& facts);

}  // namespace assay
