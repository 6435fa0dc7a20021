#include "kernel/rules/parameter_use.h"

#include <algorithm>

#include "base/text.h"
#include "kernel/rules/sql_text.h"

namespace assay {

ParameterUse::ParameterUse(const RuleSet& rules) : rules_(rules) {
  // Views only use earlier ones.
  for (const View& view : rules.views) {
    Asked asked;
    add(asked, view.sql);
    by_view_.emplace(view.name, std::move(asked));
  }
  for (const Rule& rule : rules.rules) by_rule_.push_back(asked_by(rule));
}

bool ParameterUse::Asked::holds(std::string_view key) const {
  return exact.contains(key) ||
         std::ranges::any_of(prefixes, [&](const std::string& prefix) { return key.starts_with(prefix); });
}

void ParameterUse::add(Asked& asked, std::string_view sql) const {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != SqlToken::Kind::word) continue;
    if (auto view = by_view_.find(lower(tokens[at].text)); view != by_view_.end()) {
      asked.exact.insert(view->second.exact.begin(), view->second.exact.end());
      asked.prefixes.insert(view->second.prefixes.begin(), view->second.prefixes.end());
    }
    bool is_call = tokens[at].is("p") && at + 3 < tokens.size() && tokens[at + 1].text == "(" &&
                   tokens[at + 2].kind == SqlToken::Kind::text;
    if (!is_call) continue;
    std::string_view quoted = tokens[at + 2].text;
    (tokens[at + 3].text == ")" ? asked.exact : asked.prefixes).emplace(quoted.substr(1, quoted.size() - 2));
  }
}

ParameterUse::Asked ParameterUse::asked_by(const Rule& rule) const {
  Asked asked;
  for (std::string_view sql : {std::string_view(rule.sql), std::string_view(rule.population),
                               std::string_view(rule.share), std::string_view(rule.needs)})
    add(asked, sql);
  return asked;
}

std::vector<const Parameter*> ParameterUse::of(const Rule& rule) const {
  Asked asked = asked_by(rule);
  std::vector<const Parameter*> out;
  for (const Parameter& parameter : rules_.parameters) {
    if (asked.holds(parameter.key)) out.push_back(&parameter);
  }
  return out;
}

std::vector<const Rule*> ParameterUse::rules_asking(std::string_view key) const {
  std::vector<const Rule*> out;
  for (std::size_t i = 0; i < by_rule_.size(); ++i) {
    if (by_rule_[i].holds(key)) out.push_back(&rules_.rules[i]);
  }
  return out;
}

}  // namespace assay
