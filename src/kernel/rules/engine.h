// Asking the rules: for a day, optionally for an audit stage, over the data of a connection.
#pragma once

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kernel/rules/rule.h"
#include "kernel/rules/rule_query.h"
#include "kernel/store/database.h"

namespace assay {

struct RuleFinding {
  const Rule* rule = nullptr;  // null for a synthetic one
  std::string rule_id;
  FindingClass finding_class = FindingClass::minor;
  FindingClass row_class = FindingClass::minor;  // before an escalation
  std::string ref;
  std::vector<std::string> stages;
  std::string kind, subject;  // register and id, or what the rule names
  std::string title, detail, fix;
  bool synthetic = false;  // made by adding up others (rulebook 0.7)
};

struct NotEvaluated {
  std::string rule, reason;
};

// How long one rule took to answer.
struct RuleTiming {
  std::string rule;
  std::chrono::microseconds took{};
};

struct Verdict {
  Date as_of;
  std::string stage;         // empty: all stages
  std::int64_t entries = 0;  // of the ledger, when it was worked out
  std::size_t rules_evaluated = 0;
  std::vector<RuleFinding> findings;  // majors first, then by rule and subject
  std::vector<NotEvaluated> not_evaluated;
  std::vector<RuleTiming> timings;  // of the rules asked, when each was asked last
  // Numbers of Annex A controls that the current SoA names applicable; all while there is none.
  std::set<std::string> applicable;
  std::size_t count(FindingClass finding_class) const;
};

struct RuleQuestion {
  Date as_of;
  std::string stage;                                    // empty: all
  std::set<std::string> only;                           // rule ids; empty: all
  RunLimits limits{std::chrono::seconds(20), 100'000};  // per rule
};

// For a rule that the organisation wrote: it is asked after every change, beside some two hundred others.
inline constexpr RunLimits own_rule_limits{std::chrono::seconds(5), 10'000};

// What the gates of rulebook 0.8 need to know, asked once for all rules.
struct Gates {
  std::set<std::string> applicable;                 // Annex A numbers
  std::set<std::string> honestly_planned;           // Annex A numbers
  std::set<std::string> honestly_planned_controls;  // Control ids
  friend bool operator==(const Gates&, const Gates&) = default;
};
inline constexpr std::string_view gate_queries[] = {"select ref from applicable_control",
                                                    "select ref, control from honestly_planned"};
Result<Gates> read_gates(Connection& connection);

// What one rule says.
struct RuleAnswer {
  std::vector<RuleFinding> findings;
  std::string not_evaluated;                // the reason; empty: it was evaluated
  std::shared_ptr<const ShareTally> tally;  // of Rule::share, once it mattered
  std::chrono::microseconds took{};
  std::chrono::microseconds whole{};  // what it took when it was asked about all records last
};

// Whether the question is put to this rule.
bool is_asked(const RuleQuestion& question, const Rule& rule);
// Puts it, on a connection that was told day and parameters. A failure becomes RuleAnswer::not_evaluated.
RuleAnswer answer(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question);
// Puts it about some records of the rule's register and keeps what `before` says of the others; a rule with by_record
// only.
RuleAnswer answer_again(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question,
                        const std::set<std::string>& records, const RuleAnswer& before);
// Puts it about some records alone, with the classes of the rule's rows: no share is worked out. A rule with by_record
// and without among_found only.
RuleAnswer answer_about(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question,
                        const std::set<std::string>& records);
// The verdict out of the answers, which stand at the positions of their rules.
Verdict assemble(const RuleSet& rules, const RuleQuestion& question, const Gates& gates,
                 const std::vector<RuleAnswer>& answers);

// All of it on one connection. Error: only when the shared views cannot be read.
Result<Verdict> evaluate(const RuleSet& rules, Connection& connection,
                         const std::map<std::string, double, std::less<>>& parameters, const RuleQuestion& question);

// Creates the rules' views on a connection.
Result<void> create_views(const RuleSet& rules, Connection& connection);

}  // namespace assay
