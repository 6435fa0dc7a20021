// The organisation on which the cases of the rules stand, in a database of its own (docs/rules.md).
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kernel/exchange/bundle.h"
#include "kernel/rules/engine.h"

namespace assay::testing {

// Helpers of tests: whatever fails throws std::runtime_error.
std::string read(const std::filesystem::path& path);
std::string view(const boost::json::value& text);
template <class T>
void must(const Result<T>& result) {
  if (!result) throw std::runtime_error(result.error().text());
}

// The files of a folder of rules by their names relative to it.
class RuleFiles {
 public:
  explicit RuleFiles(const std::filesystem::path& folder);
  std::vector<SourceFile> files() const;

 private:
  std::map<std::string, std::string> texts_;
};

std::filesystem::path rules_folder();
const RuleSet& rule_set();  // of the product
const Bundle& base();       // tests/rules/base.json

// A case of a rule: what differs from the base, and the question.
struct Case {
  std::string rule, name;
  RuleQuestion question;
  boost::json::object item;                              // as it stands in the file, with "expect"
  std::vector<std::pair<const EntityDef*, Id>> removed;  // to be taken away first
  std::vector<Record> changed;                           // to be put in afterwards
};
std::vector<Case> read_cases(const std::filesystem::path& file);

// A connection loaded with the base; a case changes it inside a transaction that is rolled back.
class Bench {
 public:
  explicit Bench(Engine engine, const RuleSet& rules = rule_set());
  Verdict ask(const Case& item, const RuleSet& rules = rule_set());
  Connection& connection() { return *connection_; }

  // The parts of ask(), for questions about one case with further changes.
  void begin(const Case& item);
  void put(const Record& record);
  void take_away(const EntityDef& def, const Id& id);
  Verdict evaluate_now(const RuleQuestion& question, const RuleSet& rules);
  void end() { connection_->rollback(); }

 private:
  std::unique_ptr<Connection> connection_;
};

}  // namespace assay::testing
