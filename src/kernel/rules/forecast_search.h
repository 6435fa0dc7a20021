// The days on which what one rule says turns by itself. Internal to kernel/rules.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "kernel/rules/engine.h"

namespace assay {

struct ForecastEvent {
  enum class What { opens, changes, ends };  // changes: a finding that stays gets another class
  Date on;
  What what = What::opens;
  RuleFinding finding;
  FindingClass before = FindingClass::minor;  // changes: the class until then
};
std::string_view name_of(ForecastEvent::What what);  // "opens"

// Puts the rule's question for a day: about all records or, with `records`, about some (answer_about()).
using AskOnDay = std::function<Result<RuleAnswer>(Date day, const std::set<std::string>* records)>;

// Asks about all records each week, and where two weeks differ for the days between; of a rule that judges each record
// alone only about the records that turned. Classes within such a week are those of its end, where shares have raised or
// lowered them. Nothing is told of a rule that cannot be judged on one of the days. Errors: those of `ask`.
Result<std::vector<ForecastEvent>> turns_of(const Rule& rule, Date from, Date until, const AskOnDay& ask);

}  // namespace assay
