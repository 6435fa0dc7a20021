// Runs the cases of every rule (docs/rules.md) on each engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "isms/registers.h"
#include "rules/case_bench.h"
#include "rules/engines.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::base;
using testing::Bench;
using testing::Case;
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
    EXPECT_TRUE(subjects.emplace(finding.kind, finding.subject).second)
        << finding.kind << " " << finding.subject << " is found twice";
    static const std::regex raw_instant("[0-9]T[0-9]{2}:[0-9]{2}");
    EXPECT_FALSE(std::regex_search(finding.detail, raw_instant)) << finding.detail;
    found.emplace(finding.subject,
                  any_class.contains(finding.subject) ? "" : std::string(name_of(finding.finding_class)));
  }
  EXPECT_EQ(expected, found);
}

TEST(Rules, AllAreReadAndPrepared) {
  for (const Problem& problem : rule_set().problems)
    ADD_FAILURE() << problem.place << ": " << problem.message << " " << problem.value;
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
    for (const RuleFinding& finding : verdict.findings)
      ADD_FAILURE() << finding.rule_id << " " << finding.subject << ": " << finding.detail;
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

// The field by which a record of another register says which subjects of the rule it concerns; null when it does not
// say.
const FieldDef* way_to_subjects(const Rule& rule, const EntityDef& def) {
  auto way = std::ranges::find(rule.through, def.name(), &std::pair<std::string, std::string>::first);
  return way == rule.through.end() ? nullptr : def.find(way->second);
}

void add_subjects(const Rule& rule, const Record& record, std::set<std::string>& out) {
  if (record.def->name() == rule.subject) out.insert(record.id);
  const FieldDef* field = way_to_subjects(rule, *record.def);
  if (!field) return;
  const Value& value = record.at(field->name);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) out.insert(list->begin(), list->end());
  else if (!is_unset(value)) out.emplace(text_of(value));
}

// Every subject of the rule that a case concerns by what it lays over the base, as it is there and as it is in the
// case.
std::set<std::string> subjects_of(const Rule& rule, const Case& item) {
  std::set<std::string> touched, subjects;
  for (const Record& record : item.changed) {
    touched.insert(record.id);
    add_subjects(rule, record, subjects);
  }
  for (const auto& [def, id] : item.removed) touched.insert(id);
  for (const Record& record : base().records) {
    if (touched.contains(record.id)) add_subjects(rule, record, subjects);
  }
  return subjects;
}

// What the rule says it depends on besides: the records that it finds fault with, and those alike.
void add_others(const Rule& rule, const Case& item, const std::optional<RuleAnswer>& before,
                std::set<std::string>& subjects) {
  if (rule.among_found && before) {
    for (const RuleFinding& finding : before->findings) subjects.insert(finding.subject);
  }
  if (rule.alike.empty()) return;
  std::set<std::string, std::less<>> values;
  std::vector<const Record*> records;
  for (const Record& record : base().records) records.push_back(&record);
  for (const Record& record : item.changed) records.push_back(&record);
  std::erase_if(records, [&](const Record* record) { return record->def->name() != rule.subject; });
  for (const Record* record : records) {
    if (subjects.contains(record->id)) values.emplace(record->text(rule.alike));
  }
  for (const Record* record : records) {
    if (values.contains(record->text(rule.alike))) subjects.insert(record->id);
  }
}

bool can_be_asked_alone(const Rule& rule, const Case& item) {
  auto known = [&](const EntityDef& def) {
    return def.name() == rule.subject || way_to_subjects(rule, def) != nullptr;
  };
  return std::ranges::all_of(item.changed, [&](const Record& record) { return known(*record.def); }) &&
         std::ranges::all_of(item.removed, [&](const auto& removed) { return known(*removed.first); });
}

std::vector<std::string> lines_of(const RuleAnswer& given) {
  std::vector<std::string> lines{given.not_evaluated};
  for (const RuleFinding& finding : given.findings)
    lines.push_back(finding.subject + " " + std::string(name_of(finding.finding_class)) + ": " + finding.detail);
  std::ranges::sort(lines);
  return lines;
}

// A rule that "judges each record alone" says the same when it is asked about changed records as when it is asked anew:
// from the base to a case and from each case to the next, whatever was found there.
TEST(Rules, JudgeEachRecordAloneWhereTheySaySo) {
  std::size_t compared = 0;
  for (Engine engine : testing::engines()) {
    Bench bench(engine);
    for (const Rule& rule : rule_set().rules) {
      if (!rule.by_record) continue;
      if (!rule.alike.empty()) {
        const FieldDef* field = registers().find(rule.subject)->find(rule.alike);
        ASSERT_TRUE(field && !field->is_list() && registers().find(rule.subject)->is_indexed(*field)) << rule.id;
      }
      SCOPED_TRACE(std::string(testing::name_of(engine)) + " " + rule.id);
      std::optional<RuleAnswer> before;
      std::set<std::string> before_ids;
      for (const Case& item :
           testing::read_cases(fs::path(ASSAY_SOURCE_DIR) / "tests/rules/cases" / (rule.id + ".json"))) {
        if (!can_be_asked_alone(rule, item) || item.question.as_of != *base().as_of || !item.question.stage.empty())
          continue;
        bench.begin(item);
        Verdict anew = bench.evaluate_now(item.question, rule_set());
        auto gates = read_gates(bench.connection());
        ASSERT_TRUE(gates) << gates.error().message;
        RuleAnswer whole = answer(rule, bench.connection(), *gates, item.question);
        std::set<std::string> ids = subjects_of(rule, item);
        std::set<std::string> changed = ids;
        changed.insert(before_ids.begin(), before_ids.end());
        add_others(rule, item, before, changed);
        RuleAnswer again =
            answer_again(rule, bench.connection(), *gates, item.question, changed, before.value_or(RuleAnswer()));
        EXPECT_EQ(lines_of(again), lines_of(whole)) << "after: " << item.name;
        EXPECT_EQ(anew.findings.size(), whole.findings.size());
        bench.end();
        before = whole;
        before_ids = ids;
        ++compared;
      }
    }
  }
  EXPECT_GE(compared, 60U);
}

}  // namespace
}  // namespace assay
