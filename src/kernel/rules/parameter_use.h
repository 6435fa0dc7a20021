// Which parameters a rule asks for, itself or through the shared views, and which rules ask for a parameter.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/rules/rule.h"

namespace assay {

class ParameterUse {
 public:
  // `rules` must outlive this.
  explicit ParameterUse(const RuleSet& rules);

  // In the order of the parameters' file.
  std::vector<const Parameter*> of(const Rule& rule) const;
  std::vector<const Rule*> rules_asking(std::string_view key) const;

 private:
  // p('key') names one parameter, p('patch_days.' || severity) all that begin so.
  struct Asked {
    std::set<std::string, std::less<>> exact, prefixes;
    bool holds(std::string_view key) const;
  };
  void add(Asked& asked, std::string_view sql) const;
  Asked asked_by(const Rule& rule) const;

  const RuleSet& rules_;
  std::map<std::string, Asked, std::less<>> by_view_;  // what the views behind a view ask included
  std::vector<Asked> by_rule_;                         // by position
};

}  // namespace assay
