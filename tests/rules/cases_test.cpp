// Runs the cases of every rule (docs/rules.md) on each engine.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "rules/case_bench.h"
#include "rules/engines.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::Bench;
using testing::Case;
using testing::base;
using testing::rule_set;
using testing::view;

using Finding = std::pair<std::string, std::string>;  // subject, class

void check_case(Bench& bench, const Case& item) {
  Verdict verdict = bench.ask(item);
  ASSERT_TRUE(verdict.not_evaluated.empty()) << verdict.not_evaluated[0].reason;
  std::set<Finding> expected;
  std::set<Finding> found;
  std::set<std::string> any_class;
  for (const json::value& finding : item.item.at("expect").get_array()) {
    const auto* given = finding.get_object().if_contains("class");
    if (!given) any_class.insert(view(finding.at("subject")));
    expected.emplace(view(finding.at("subject")), given ? view(*given) : "");
  }
  std::set<std::pair<std::string, std::string>> subjects;
  for (const RuleFinding& finding : verdict.findings) {
    EXPECT_TRUE(subjects.emplace(finding.kind, finding.subject).second) << finding.kind << " " << finding.subject << " is found twice";
    found.emplace(finding.subject, any_class.contains(finding.subject) ? "" : std::string(name_of(finding.finding_class)));
  }
  EXPECT_EQ(expected, found);
}

TEST(Rules, AllAreReadAndPrepared) {
  for (const Problem& problem : rule_set().problems) ADD_FAILURE() << problem.place << ": " << problem.message << " " << problem.value;
  EXPECT_EQ(rule_set().rules.size(), 220U);
}

TEST(Rules, NothingFiresOnTheBase) {
  Case nothing_changed;
  nothing_changed.question.as_of = *base().as_of;
  for (Engine engine : testing::engines()) {
    Bench bench(engine);
    Verdict verdict = bench.ask(nothing_changed);
    EXPECT_EQ(verdict.rules_evaluated, rule_set().rules.size());
    for (const NotEvaluated& skipped : verdict.not_evaluated) ADD_FAILURE() << skipped.rule << ": " << skipped.reason;
    for (const RuleFinding& finding : verdict.findings) ADD_FAILURE() << finding.rule_id << " " << finding.subject << ": " << finding.detail;
  }
}

TEST(Rules, EveryCase) {
  std::size_t cases = 0;
  std::size_t files = 0;
  for (Engine engine : testing::engines()) {
    Bench bench(engine);
    for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "tests/rules/cases")) {
      std::set<std::string> names;
      for (const Case& item : testing::read_cases(entry.path())) {
        SCOPED_TRACE(std::string(testing::name_of(engine)) + " " + item.rule + ": " + item.name);
        EXPECT_TRUE(names.insert(item.name).second) << "two cases have this name";
        EXPECT_NE(rule_set().find(item.rule), nullptr);
        check_case(bench, item);
        ++cases;
      }
      ++files;
    }
  }
  std::printf("%zu cases of %zu files\n", cases, files);
  EXPECT_GE(cases, 1300U);
}

}  // namespace
}  // namespace assay
