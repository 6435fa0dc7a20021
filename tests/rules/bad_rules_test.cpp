// Bad rule files: each is refused or contained with a message that names its place, and the other rules go on.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "rules/case_bench.h"
#include "rules/engines.h"

namespace assay {
namespace {

namespace json = boost::json;
using testing::view;

// The product's views and parameters with the files of tests/rules/bad.
RuleSet bad_rules() {
  testing::RuleFiles product(testing::rules_folder());
  testing::RuleFiles bad(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/rules/bad");
  std::vector<SourceFile> files = bad.files();
  for (const SourceFile& file : product.files()) {
    if (file.name.starts_with("views/") || file.name == "parameters.csv") files.push_back(file);
  }
  return RuleSet::load(files);
}

// What the verdict says of the rule, or of the place in a file that could not be read.
std::string said_of(const Verdict& verdict, const std::string& what) {
  std::string said;
  for (const NotEvaluated& item : verdict.not_evaluated) {
    if (item.rule == what) said += item.reason + "\n";
  }
  return said;
}

TEST(BadRules, AreContainedWithTheirPlace) {
  RuleSet rules = bad_rules();
  json::object expected =
      json::parse(testing::read(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/rules/bad/expected.json"))
          .get_object();
  testing::Case nothing_changed;
  nothing_changed.question.as_of = *testing::base().as_of;
  nothing_changed.question.limits = {std::chrono::milliseconds(400), 1000};
  for (Engine engine : testing::engines()) {
    testing::Bench bench(engine);
    std::size_t records = 0;
    for (const Record& record : testing::base().records) records += record.def->name() == "risk" ? 1 : 0;
    Verdict verdict = bench.ask(nothing_changed, rules);
    std::set<std::string> named;
    for (const auto& [what, reason] : expected) {
      SCOPED_TRACE(std::string(testing::name_of(engine)) + " " + std::string(what));
      std::string wanted =
          reason.is_object() ? view(reason.at(engine == Engine::sqlite ? "sqlite" : "postgres")) : view(reason);
      std::string said = said_of(verdict, what);
      if (wanted.empty()) EXPECT_EQ(said, "");
      else EXPECT_NE(said.find(wanted), std::string::npos) << "said: " << said << "\nwanted: " << wanted;
      named.insert(what);
    }
    for (const NotEvaluated& item : verdict.not_evaluated) {
      EXPECT_TRUE(named.contains(item.rule)) << item.rule << ": " << item.reason;
    }
    for (const RuleFinding& finding : verdict.findings) EXPECT_EQ(finding.rule_id, "GOOD-01") << finding.detail;
    EXPECT_EQ(verdict.findings.size(), records) << "the good rule goes on among the bad ones";
    EXPECT_EQ(bench.connection().one_integer("select count(*) from risk").value(), static_cast<std::int64_t>(records));
  }
}

TEST(BadRules, EachFileIsNamed) {
  RuleSet rules = bad_rules();
  json::object expected =
      json::parse(testing::read(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/rules/bad/expected.json"))
          .get_object();
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/rules/bad")) {
    std::string name = entry.path().stem().string();
    if (!name.starts_with("BAD-")) continue;
    bool listed =
        std::any_of(expected.begin(), expected.end(), [&](const auto& item) { return item.key().starts_with(name); });
    EXPECT_TRUE(listed) << name;
  }
}

// The floor below the check of the text: the engines themselves refuse, and the transaction around goes on.
TEST(BadRules, AGuardedQueryOnlyReads) {
  for (Engine engine : testing::engines()) {
    SCOPED_TRACE(testing::name_of(engine));
    testing::Bench bench(engine);
    Connection& connection = bench.connection();
    auto nothing = [](const Row&) {};
    RunLimits limits{std::chrono::milliseconds(400), 10, true};
    testing::must(connection.begin_write());
    for (std::string_view sql : {"delete from risk", "update risk set title = 'x'", "create table other(id text)",
                                 "with gone as (delete from risk returning id) select id from gone"}) {
      EXPECT_FALSE(connection.query(sql, {}, nothing, limits)) << sql;
    }
    if (engine == Engine::sqlite) {
      for (std::string_view sql : {"select * from sqlite_master", "pragma table_info('risk')",
                                   "select * from pragma_table_info('risk')", "attach ':memory:' as other"}) {
        EXPECT_FALSE(connection.query(sql, {}, nothing, limits)) << sql;
      }
    }
    EXPECT_TRUE(connection.query("select id from risk", {}, nothing, limits));
    EXPECT_TRUE(connection.run("delete from risk")) << "what is not guarded may write";
    connection.rollback();
    EXPECT_GT(connection.one_integer("select count(*) from risk").value().value_or(0), 0);
  }
}

}  // namespace
}  // namespace assay
