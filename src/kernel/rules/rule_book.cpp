#include "kernel/rules/rule_book.h"

#include <algorithm>

#include "kernel/rules/own_rule.h"

namespace assay {
namespace {

std::unique_ptr<const RuleSet> with_own_rules(const RuleSet& product, const std::vector<OwnRuleVersion>& active) {
  auto set = std::make_unique<RuleSet>(product);
  for (const OwnRuleVersion& version : active) {
    auto rule = read_own_rule(version.text, product);
    if (rule) set->rules.push_back(*std::move(rule));
    else
      set->problems.push_back(
          {version.rule, rule.error().problems.empty() ? rule.error().message : rule.error().text(), ""});
  }
  std::ranges::sort(set->rules, {}, &Rule::id);
  return set;
}

}  // namespace

Result<const RuleSet*> RuleBook::current() {
  std::lock_guard lock(mutex_);
  TRY(std::int64_t revision, workspace_.revision());
  if (revision == revision_) return last();
  TRY(auto reader, workspace_.read());
  TRY(std::string mark, own_rules_mark(reader->connection()));
  if (mark != mark_) {
    TRY(auto active, active_own_rules(reader->connection()));
    std::vector<std::string> texts;
    for (const OwnRuleVersion& version : active) texts.push_back(version.text);
    if (texts != texts_) kept_.push_back(with_own_rules(product_, active));
    texts_ = std::move(texts);
    mark_ = std::move(mark);
  }
  revision_ = revision;
  return last();
}

const RuleSet& RuleBook::current_or_last() {
  if (auto found = current()) return **found;
  std::lock_guard lock(mutex_);
  return *last();
}

}  // namespace assay
