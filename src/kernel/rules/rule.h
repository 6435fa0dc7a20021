// A conformity rule: one SQL file with a header (docs/rules.md).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

enum class FindingClass { ofi, observation, minor, major };  // ascending

std::string_view name_of(FindingClass finding_class);
std::optional<FindingClass> finding_class_of(std::string_view name);
FindingClass raised(FindingClass finding_class);  // one level up; major stays

inline constexpr std::string_view all_stages[] = {"gap", "internal", "stage1", "stage2", "surveillance"};
bool is_stage(std::string_view name);
// What is wrong with a name that is none, for the input it was given in.
Problem unknown_stage(std::string_view place, std::string_view given);

// An escalation of rulebook 0.7 that the engine applies by counting.
struct Escalation {
  bool systemic = false;  // E2: at least 3 findings and more than `share` of the population: one level up
  double share = 0.20;
  bool isolated = false;  // E5: at most 2 findings and at most 2 % of the population: an observation
};

struct Rule {
  std::string id, title, ref, why, fix, subject, note;
  std::vector<std::string> stages;
  FindingClass default_class = FindingClass::minor;
  Escalation escalation;
  std::string population;  // SQL of a count; may be empty
  // With by_record, SQL of the records that a share is of, each judged alone like those of the rule: `subject` and
  // perhaps `counts`. With `counts`, more than Escalation::share of them that count raise all findings by one level;
  // without, they are the population. May be empty. The engine keeps the sum and asks about changed records alone.
  std::string share;
  std::string needs;       // SQL that gives a reason when the question cannot be asked; may be empty
  bool by_record = false;  // what it says of a record of `subject` depends on no other record of that register
  // With by_record: what it says of a record that it finds fault with may depend on all those that it finds fault with.
  bool among_found = false;
  // With among_found, a field of `subject`: and what it says of any record on those that have the same value there. May
  // be empty.
  std::string alike;
  // With by_record: a change of a record of that register concerns only the subjects that its field names, before or
  // after.
  std::vector<std::pair<std::string, std::string>> through;  // register, field: "evidence", "controls"
  // Words of its SQL, and of the views that it names: every register it reads is among them.
  std::set<std::string, std::less<>> names;
  bool applicability_gate = false;  // silent while every control of `ref` is excluded
  bool honest_plan_gate = false;    // silent at stage2 and surveillance while the control is openly planned
  bool own = false;                 // the organisation's, not the product's
  std::string sql;
  std::string file;  // for messages, as are the lines on which its SQL begins
  std::size_t sql_line = 1, population_line = 1, share_line = 1, needs_line = 1;

  bool has_stage(std::string_view stage) const;
  std::vector<std::string> refs() const;      // "4.1, 9.3.2 b" -> {"4.1", "9.3.2 b"}
  std::vector<std::string> controls() const;  // Annex A numbers among the refs, without "A."
  std::string clause() const;                 // of the first ref: "6.1.2", "A.8.13"
};

// Reads one file, whose name ends with the rule's id and ".sql". Problems carry "file:line" as place.
Result<Rule> parse_rule(std::string_view file, std::string_view text);

struct View {
  std::string name;
  std::string sql;           // the select
  std::size_t sql_line = 1;  // of views/<name>.sql
};

struct Parameter {
  std::string key, unit, basis;
  double value = 0;
};

struct SourceFile {
  std::string_view name;  // "C6.1.2-c-01.sql", "views/open_risk.sql", "parameters.csv"
  std::string_view text;
};

// All rules, views in an order in which they can be created, and parameter defaults. A file that cannot be read, or
// whose SQL is more than a query, is left out and reported; the others go on.
struct RuleSet {
  std::vector<Rule> rules;  // by id
  std::vector<View> views;
  std::vector<Parameter> parameters;
  Problems problems;

  static RuleSet load(std::span<const SourceFile> files);
  // Reads one more rule, without adding it. Problems as above; also a parameter or an id that does not fit this set.
  Result<Rule> read(const SourceFile& file) const;
  const Rule* find(std::string_view id) const;
  std::map<std::string, double, std::less<>> parameter_defaults() const;
};

}  // namespace assay
