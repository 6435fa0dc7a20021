// A rehearsal: the rules of a stage held against the data for a day, written down as an auditor reports
// (docs/rehearsals.md). Pure data and what follows from it; kernel/service/rehearsals.h keeps them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/rules/auditor.h"

namespace assay {

std::string_view stage_title(std::string_view stage);  // "stage1" -> "Stage 1"
// What a finding is called in the report of a stage: "Minor nonconformity", at Stage 1 "Minor area of concern".
std::string_view class_title(std::string_view stage, FindingClass finding_class);

// What the rehearsed audit would end with, from good to bad.
enum class Outcome {
  recommended,        // nothing stands in the way
  examine_rest,       // nothing was found, but not everything could be judged
  after_corrections,  // minors
  not_ready,          // majors
  no_conclusion,      // no rule could be judged
};
std::string_view name_of(Outcome outcome);
std::optional<Outcome> outcome_of(std::string_view name);

struct RehearsalCounts {
  std::size_t majors = 0, minors = 0, observations = 0, opportunities = 0;
  std::size_t not_evaluated = 0, rules_evaluated = 0;
  std::size_t of(FindingClass finding_class) const;
  friend bool operator==(const RehearsalCounts&, const RehearsalCounts&) = default;
};

struct Conclusion {
  Outcome outcome = Outcome::no_conclusion;
  std::string headline, text;  // in the terms of the stage
};
Conclusion conclude(std::string_view stage, const RehearsalCounts& counts);

struct RehearsalFinding {
  std::string rule;
  FindingClass finding_class = FindingClass::minor;
  std::string ref, kind, subject, detail;
};

// The words of a rule as they were, so that a report reads the same after the rules have changed.
struct RehearsedRule {
  std::string title, ref, why, fix;
};

// A clause or control that was judged on something and about which nothing was found.
struct Strength {
  std::string ref;
  std::size_t rules = 0, records = 0, evidence = 0;
  std::vector<std::string> registers;  // their plurals, that hold the records
  std::string newest;                  // day on which the period of the newest evidence ends; empty without
};

// Accepted evidence for a clause or control.
struct EvidenceLooked {
  std::string ref;
  std::map<std::string, std::size_t> kinds;  // names of the kinds
  std::size_t pieces = 0;
  std::string newest;
};

struct Rehearsal {
  std::int64_t number = 0;
  std::string stage;
  Date as_of;
  std::string made_at, made_by;                     // instant; name
  std::int64_t entries = 0;                         // of the ledger, when the data were looked at
  std::string organisation, scope;                  // text of the current scope statement; empty without one
  std::int64_t scope_version = 0, soa_version = 0;  // 0: there is none
  Conclusion conclusion;
  RehearsalCounts counts;
  std::size_t records = 0, evidence = 0;       // looked at
  std::vector<RehearsalFinding> findings;      // majors first, then by rule and subject
  std::map<std::string, RehearsedRule> rules;  // those of findings and of not_evaluated, by id
  std::vector<NotEvaluated> not_evaluated;
  std::vector<Strength> strengths;        // in the order of the standard
  std::vector<EvidenceLooked> looked_at;  // in the order of the standard
};

// Holds the rules of `stage` against one state of the data. Number, time and author are left to the caller.
Result<Rehearsal> rehearse(RuleAuditor& auditor, const std::string& stage, Date as_of);

// How two rehearsals differ. The same finding is one of the same rule about the same subject.
struct RehearsalComparison {
  struct Changed {
    const RehearsalFinding* before = nullptr;
    const RehearsalFinding* after = nullptr;
  };
  std::vector<const RehearsalFinding*> appeared, gone, same;
  std::vector<Changed> changed;                     // of another class now
  std::vector<const RehearsalFinding*> not_judged;  // of before; its rule could not be judged this time
};
// Points into both.
RehearsalComparison compare(const Rehearsal& before, const Rehearsal& after);

// The text that is kept and whose hash goes into the ledger, and back. Error: internal when it is none of ours.
std::string rehearsal_json(const Rehearsal& rehearsal);
Result<Rehearsal> read_rehearsal(std::string_view json);

// For a terminal; `before` may be null.
std::string rehearsal_text(const Rehearsal& rehearsal, const Rehearsal* before);

// Order of the standard: clauses 4 to 10 by number, then Annex A, then the rest.
bool before_in_standard(std::string_view ref, std::string_view other);

}  // namespace assay
