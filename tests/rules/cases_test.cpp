// Runs the cases of every rule (docs/rules.md) on each engine.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "isms/registers.h"
#include "kernel/exchange/bundle.h"
#include "kernel/model/json.h"
#include "kernel/rules/engine.h"
#include "kernel/store/bulk_load.h"
#include "kernel/store/migrations.h"
#include "kernel/store/schema.h"
#include "rules/engines.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
const fs::path root(ASSAY_SOURCE_DIR);

std::string read(const fs::path& path) {
  auto text = read_file(path, 64U << 20U);
  if (!text) throw std::runtime_error(text.error().text());
  return *text;
}

const RuleSet& rule_set() {
  static std::vector<std::pair<std::string, std::string>> texts;
  static const RuleSet rules = [] {
    for (const auto& entry : fs::recursive_directory_iterator(root / "rules")) {
      if (entry.is_regular_file()) texts.emplace_back(fs::relative(entry.path(), root / "rules").string(), read(entry.path()));
    }
    std::vector<SourceFile> files;
    for (const auto& [name, text] : texts) files.push_back({name, text});
    return RuleSet::load(files);
  }();
  return rules;
}

std::string view(const json::value& value) { return {value.get_string().data(), value.get_string().size()}; }

// The base organisation with the records of a case over it.
class World {
 public:
  explicit World(const Bundle& base) {
    for (const Record& record : base.records) add(record);
  }
  void merge(const json::object& records) {
    for (const auto& [name, list] : records) {
      const EntityDef* def = registers().find(std::string_view(name.data(), name.size()));
      if (!def) throw std::runtime_error("unknown register " + std::string(name));
      for (const json::value& item : list.get_array()) {
        std::string key = std::string(def->name()) + " " + view(item.at("id"));
        Record record = records_.contains(key) ? records_[key] : Record(*def);
        Problems problems = read_json(record, item.get_object());
        if (!problems.empty()) throw std::runtime_error(key + " " + problems[0].place + ": " + problems[0].message);
        if (records_.contains(key)) removed_.emplace_back(def, record.id);
        add(record);
        changed_[key] = record;
      }
    }
  }
  void remove(const json::object& ids) {
    for (const auto& [name, list] : ids) {
      const EntityDef* def = registers().find(std::string_view(name.data(), name.size()));
      for (const json::value& id : list.get_array()) {
        removed_.emplace_back(def, view(id));
        changed_.erase(std::string(name) + " " + view(id));
      }
    }
  }
  // What differs from the base: records to take away, and records to put in afterwards.
  const std::vector<std::pair<const EntityDef*, Id>>& removed() const { return removed_; }
  const std::map<std::string, Record>& changed() const { return changed_; }

 private:
  void add(const Record& record) { records_[std::string(record.def->name()) + " " + record.id] = record; }
  std::map<std::string, Record> records_, changed_;
  std::vector<std::pair<const EntityDef*, Id>> removed_;
};

// A connection loaded with the base; a case changes it inside a transaction that is rolled back.
class Bench {
 public:
  Bench(Engine engine, const Bundle& base) {
    if (engine == Engine::sqlite) {
      connection_ = *open_sqlite(":memory:", {.read_only = false, .create = true});
    } else {
      auto setup = open_postgres(testing::postgres_address(), "public");
      must(setup);
      must((*setup)->script("drop schema if exists assay_cases cascade; create schema assay_cases"));
      connection_ = *open_postgres(testing::postgres_address(), "assay_cases");
      must(connection_->script(migrations(engine).back().sql));
    }
    must(bulk_load(*connection_, registers(), base.records));
    must(create_views(rule_set(), *connection_));
  }

  Verdict ask(const World& world, const RuleQuestion& question) {
    must(connection_->begin_write());
    for (const auto& [def, id] : world.removed()) take_away(*def, id);
    for (const auto& [key, record] : world.changed()) {
      must(insert_row(*connection_, record));
      must(write_link_rows(*connection_, record, nullptr));
    }
    auto defaults = rule_set().parameter_defaults();
    Reader reader(registers(), *connection_, defaults, question.as_of);
    auto parameters = reader.parameters(question.as_of);
    must(parameters);
    auto verdict = evaluate(rule_set(), *connection_, registers(), *parameters, question);
    connection_->rollback();
    must(verdict);
    return *std::move(verdict);
  }

 private:
  void take_away(const EntityDef& def, const Id& id) {
    Param params[] = {std::string_view(id)};
    must(connection_->run("delete from " + std::string(def.name()) + " where id = ?", params));
    for (const FieldDef& field : def.fields) {
      if (field.is_list()) must(connection_->run("delete from " + link_table(def, field) + " where record = ?", params));
    }
  }
  template <class T>
  static void must(const Result<T>& result) {
    if (!result) throw std::runtime_error(result.error().text());
  }
  std::unique_ptr<Connection> connection_;
};

const Bundle& base() {
  static const Bundle bundle = [] {
    auto read_result = read_bundle(registers(), read(root / "tests/rules/base.json"));
    if (!read_result) throw std::runtime_error(read_result.error().text());
    return *read_result;
  }();
  return bundle;
}

using Finding = std::pair<std::string, std::string>;  // subject, class

void check_case(Bench& bench, const std::string& rule, const json::object& item) {
  World world(base());
  if (const auto* records = item.if_contains("records")) world.merge(records->get_object());
  if (const auto* removed = item.if_contains("remove")) world.remove(removed->get_object());
  RuleQuestion question;
  question.as_of = item.contains("as_of") ? *Date::parse(view(item.at("as_of"))) : *base().as_of;
  if (item.contains("stage")) question.stage = view(item.at("stage"));
  question.only.insert(rule);
  Verdict verdict = bench.ask(world, question);
  ASSERT_TRUE(verdict.not_evaluated.empty()) << verdict.not_evaluated[0].reason;
  std::set<Finding> expected;
  std::set<Finding> found;
  std::set<std::string> any_class;
  for (const json::value& finding : item.at("expect").get_array()) {
    const auto* given = finding.get_object().if_contains("class");
    if (!given) any_class.insert(view(finding.at("subject")));
    expected.emplace(view(finding.at("subject")), given ? view(*given) : "");
  }
  for (const RuleFinding& finding : verdict.findings) {
    EXPECT_FALSE(finding.detail.empty()) << finding.subject;
    found.emplace(finding.subject, any_class.contains(finding.subject) ? "" : std::string(name_of(finding.finding_class)));
  }
  EXPECT_EQ(expected, found);
}

TEST(Rules, AllAreReadAndPrepared) {
  for (const Problem& problem : rule_set().problems) ADD_FAILURE() << problem.place << ": " << problem.message << " " << problem.value;
  EXPECT_EQ(rule_set().rules.size(), 220U);
}

TEST(Rules, NothingFiresOnTheBase) {
  for (Engine engine : testing::engines()) {
    Bench bench(engine, base());
    Verdict verdict = bench.ask(World(base()), {*base().as_of, {}, {}, {}});
    EXPECT_EQ(verdict.rules_evaluated, rule_set().rules.size());
    for (const NotEvaluated& skipped : verdict.not_evaluated) ADD_FAILURE() << skipped.rule << ": " << skipped.reason;
    for (const RuleFinding& finding : verdict.findings) ADD_FAILURE() << finding.rule_id << " " << finding.subject << ": " << finding.detail;
  }
}

TEST(Rules, EveryCase) {
  std::size_t cases = 0;
  std::size_t files = 0;
  for (Engine engine : testing::engines()) {
    Bench bench(engine, base());
    for (const auto& entry : fs::directory_iterator(root / "tests/rules/cases")) {
      json::object file = json::parse(read(entry.path())).get_object();
      std::string rule = view(file.at("rule"));
      EXPECT_NE(rule_set().find(rule), nullptr) << rule;
      ++files;
      for (const json::value& item : file.at("cases").get_array()) {
        SCOPED_TRACE(std::string(testing::name_of(engine)) + " " + rule + ": " + view(item.at("name")));
        check_case(bench, rule, item.get_object());
        ++cases;
      }
    }
  }
  std::printf("%zu cases of %zu files\n", cases, files);
  EXPECT_GE(cases, 1300U);
}

}  // namespace
}  // namespace assay
