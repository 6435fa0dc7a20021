// The auditor asks only what a change concerns; these tests hold its answers against asking everything anew.
#include "kernel/rules/auditor.h"

#include <random>

#include "base/text.h"
#include "example_workspace.h"
#include "kernel/rules/finding_history.h"
#include "kernel/rules/forecast.h"
#include "kernel/rules/parameter_use.h"
#include "kernel/service/own_rules.h"

namespace assay::testing {
namespace {

std::string text_of(const RuleFinding& finding) {
  return std::string(name_of(finding.finding_class)) + " " + finding.rule_id + " " + finding.kind + " " +
         finding.subject + ": " + finding.detail;
}

std::vector<std::string> texts(const Verdict& verdict) {
  std::vector<std::string> lines;
  for (const RuleFinding& finding : verdict.findings) lines.push_back(text_of(finding));
  for (const NotEvaluated& rule : verdict.not_evaluated)
    lines.push_back("not evaluated " + rule.rule + ": " + rule.reason);
  return lines;
}

class AuditorTest : public ExampleWorkspace {
 protected:
  Verdict anew(Date day, const std::string& stage = {}) {
    RuleAuditor fresh(*workspace_, rule_set());
    return *got(fresh.verdict(day, stage));
  }
};

// Other values that fit a field, so that a random change of a record stays a possible record.
std::optional<Value> other_value(const FieldDef& field, std::mt19937& random) {
  std::uniform_int_distribution<int> days(-500, 200);
  switch (field.kind) {
    case Kind::boolean: return Value(random() % 2 == 0);
    case Kind::integer: return Value(static_cast<std::int64_t>(random() % 5 + 1));
    case Kind::date:
      return random() % 5 == 0 && !field.required ? Value()
                                                  : Value(Date::parse("2026-06-30")->plus_days(days(random)).iso());
    case Kind::choice: return Value(std::string(field.choices[random() % field.choices.size()].name));
    case Kind::text:
      return field.text.unique || !field.text.pattern.empty() ? std::nullopt
                                                              : std::optional(Value(std::string("Other words")));
    default: return std::nullopt;
  }
}

TEST_P(AuditorTest, AnswersAfterAnyChangeAsIfAskedAnew) {
  RuleAuditor auditor(*workspace_, rule_set());
  std::vector<std::pair<const EntityDef*, Id>> records;
  {
    auto reader = got(workspace_->read());
    for (const EntityDef* def : registers().all()) {
      ListQuery query;
      query.def = def;
      must(reader->each(query, [&](const Record& record) -> Result<void> {
        records.emplace_back(def, record.id);
        return {};
      }));
    }
  }
  std::mt19937 random(4711);
  std::size_t turned = 0;
  auto before = got(auditor.verdict(today_));
  for (int round = 0; round < rounds(30, 6); ++round) {
    for (int i = 0; i < 4; ++i) {
      const auto& [def, id] = records[random() % records.size()];
      const FieldDef& field = def->fields[random() % def->fields.size()];
      if (auto value = other_value(field, random)) change(*def, id, field.name, *value);
    }
    auto kept = got(auditor.verdict(today_));
    ASSERT_EQ(texts(*kept), texts(anew(today_))) << "round " << round;
    turned += kept != before;
    before = kept;
  }
  EXPECT_GT(turned, 2u) << "the changes hardly turned anything, so the comparison says little";
  EXPECT_EQ(texts(*got(auditor.verdict(today_, "stage2"))), texts(anew(today_, "stage2")));
  EXPECT_EQ(texts(*got(auditor.verdict(today_.plus_days(90)))), texts(anew(today_.plus_days(90))));
}

// Rules that say "through" which field a record concerns their subjects: what it named before must be asked about again
// too.
TEST_P(AuditorTest, AnswersAfterChangesOfWhatNamesTheSubjects) {
  RuleAuditor auditor(*workspace_, rule_set());
  std::map<std::string, std::vector<Id>, std::less<>> ids;
  {
    auto reader = got(workspace_->read());
    for (std::string_view name :
         {"evidence", "account", "vulnerability_finding", "soa_entry", "control", "system", "asset"}) {
      ListQuery query;
      query.def = registers().find(name);
      must(reader->each(query, [&](const Record& record) -> Result<void> {
        ids[std::string(name)].push_back(record.id);
        return {};
      }));
    }
  }
  std::mt19937 random(1848);
  auto any = [&](std::string_view name) { return ids.find(name)->second[random() % ids.find(name)->second.size()]; };
  std::size_t turned = 0;
  auto before = got(auditor.verdict(today_));
  for (int round = 0; round < rounds(24, 5); ++round) {
    for (std::string_view name : {"evidence", "account", "vulnerability_finding", "soa_entry"}) {
      const EntityDef& def = *registers().find(name);
      if (name == "evidence")
        change(def, any(name), "controls", Value(std::vector<std::string>{any("control"), any("control")}));
      if (name == "soa_entry") change(def, any(name), "control", Value(std::string(any("control"))));
      if (name == "account") change(def, any(name), "system", Value(std::string(any("system"))));
      const FieldDef& field = def.fields[random() % def.fields.size()];
      if (auto value = other_value(field, random)) change(def, any(name), field.name, *value);
    }
    auto kept = got(auditor.verdict(today_));
    ASSERT_EQ(texts(*kept), texts(anew(today_))) << "round " << round;
    turned += kept != before;
    before = kept;
  }
  EXPECT_GT(turned, 2u);
}

// EV-06 judges evidence among pieces with the same file, EV-07 controls among those it finds fault with: what changes at
// one turns the others.
TEST_P(AuditorTest, AnswersAfterChangesAmongRecordsJudgedTogether) {
  RuleAuditor auditor(*workspace_, rule_set());
  std::vector<Id> pieces, sites;
  std::vector<std::string> controls;
  {
    auto reader = got(workspace_->read());
    ListQuery query;
    query.def = registers().find("evidence");
    must(reader->each(query, [&](const Record& record) -> Result<void> {
      const auto& of = list_of(record.at("controls"));
      if (pieces.size() < 8 && record.text("review_status") == "accepted" && !of.empty()) {
        pieces.push_back(record.id);
        controls.insert(controls.end(), of.begin(), of.end());
      }
      return {};
    }));
    query.def = registers().find("site");
    must(reader->each(query, [&](const Record& record) -> Result<void> {
      sites.push_back(record.id);
      return {};
    }));
  }
  ASSERT_EQ(pieces.size(), 8u);
  ASSERT_GE(sites.size(), 2u);
  std::mt19937 random(27001);
  const EntityDef& evidence = *registers().find("evidence");
  const std::string files[] = {std::string(64, 'a'), std::string(64, 'b')};
  std::set<std::string> seen;
  auto some = [&](const std::vector<std::string>& of) { return std::vector<std::string>{of[random() % of.size()]}; };
  auto set_period = [&](const Id& piece, int days_ago, int length) {
    const Date start = today_.plus_days(-days_ago);
    change(evidence, piece, "period_start", Value(start.iso()));
    change(evidence, piece, "period_end", Value(start.plus_days(length).iso()));
  };
  for (int i = 0; i < 3; ++i) {
    change(evidence, pieces[i], "content_hash", Value(files[0]));
    change(evidence, pieces[i], "controls", Value(std::vector<std::string>{controls[0]}));
    set_period(pieces[i], 30 * (i + 1), 10);
  }
  for (int round = 0; round < rounds(40, 12); ++round) {
    const Id piece = pieces[random() % pieces.size()];
    switch (random() % 5) {
      case 0: change(evidence, piece, "content_hash", Value(files[random() % 2])); break;
      case 1: change(evidence, piece, "controls", Value(some(controls))); break;
      case 2:
        change(evidence, piece, "sites", random() % 3 ? Value(some(sites)) : Value(std::vector<std::string>()));
        break;
      case 3: set_period(piece, static_cast<int>(random() % 200), static_cast<int>(random() % 20)); break;
      default: change(*registers().find("control"), controls[random() % controls.size()], "sites", Value(some(sites)));
    }
    auto kept = got(auditor.verdict(today_));
    ASSERT_EQ(texts(*kept), texts(anew(today_))) << "round " << round;
    for (const RuleFinding& finding : kept->findings) seen.insert(finding.rule_id);
  }
  EXPECT_TRUE(seen.contains("EV-06"));
  EXPECT_TRUE(seen.contains("EV-07"));
}

// The share of records that count is kept, not asked anew: it must be right on both sides of the border.
TEST_P(AuditorTest, KeepsTheShareOfRecordsUpToDate) {
  RuleAuditor auditor(*workspace_, rule_set());
  const EntityDef& def = *registers().find("vulnerability_finding");
  std::vector<Record> open;
  {
    ListQuery query;
    query.def = &def;
    must(got(workspace_->read())->each(query, [&](const Record& record) -> Result<void> {
      if (record.text("status") == "open" && open.size() < 12) open.push_back(record);
      return {};
    }));
  }
  ASSERT_GT(open.size(), 3u);
  std::set<FindingClass> classes;
  auto compare = [&] {
    auto kept = got(auditor.verdict(today_));
    ASSERT_EQ(texts(*kept), texts(anew(today_)));
    for (const RuleFinding& finding : kept->findings) {
      if (finding.rule_id == "A8.8-01") classes.insert(finding.finding_class);
    }
  };
  compare();
  for (const Record& record : open) {
    for (std::string_view day : {"detected_on", "patch_available_on"})
      change(def, record.id, day, Value(today_.plus_days(-60).iso()));
    change(def, record.id, "cvss", Value(9.8));
    compare();
  }
  for (const Record& record : open) {
    change(def, record.id, "status", Value(std::string("remediated")));
    compare();
  }
  EXPECT_EQ(classes.size(), 2u) << "the share never crossed its border";
}

// A text field of a register with records that no rule reads.
const FieldDef* unread_field(const RuleDependencies& dependencies, const EntityDef& def) {
  for (const FieldDef& field : def.fields) {
    if (field.kind != Kind::text || field.text.unique || !field.text.pattern.empty()) continue;
    bool read = false;
    for (std::size_t i = 0; i < rule_set().rules.size(); ++i) {
      auto table = dependencies.of(i).reads.columns.find(def.name());
      read =
          read || (table != dependencies.of(i).reads.columns.end() && table->second.contains(std::string(field.name)));
    }
    if (!read) return &field;
  }
  return nullptr;
}

TEST_P(AuditorTest, AsksNothingWhenNoRuleReadsTheChange) {
  RuleAuditor auditor(*workspace_, rule_set());
  auto before = got(auditor.verdict(today_));
  auto dependencies = got(auditor.dependencies());
  int changed = 0;
  for (const EntityDef* def : registers().all()) {
    const FieldDef* field = unread_field(*dependencies, *def);
    ListQuery query;
    query.def = def;
    query.limit = 1;
    auto rows = got(got(workspace_->read())->list(query)).rows;
    if (!field || rows.empty()) continue;
    change(*def, rows[0].record.id, field->name, Value(std::string("Other words")));
    EXPECT_EQ(got(auditor.verdict(today_)).get(), before.get())
        << def->name() << "." << field->name << " is read by no rule";
    ++changed;
  }
  EXPECT_GT(changed, 5);
}

TEST_P(AuditorTest, ReadsParametersAgainWhenOneIsApproved) {
  RuleAuditor auditor(*workspace_, rule_set());
  auto before = texts(*got(auditor.verdict(today_)));
  const EntityDef& def = *registers().find("policy_parameter");
  must(workspace_->write(
      editor(),
      [&](Transaction& transaction) -> Result<void> {
        Record record(def);
        record.at("key") = Value(std::string("ack_min_pct"));
        record.at("value") = Value(99.0);
        record.at("unit") = Value(std::string("%"));
        record.at("approved_by") = Value(std::string("P-001"));
        record.at("effective_on") = Value(std::string("2026-01-01"));
        return transaction.insert(record, "a test");
      },
      Strictness::lenient));
  auto after = got(auditor.verdict(today_));
  EXPECT_EQ(texts(*after), texts(anew(today_)));
  EXPECT_NE(texts(*after), before);
}

TEST_P(AuditorTest, WhatIfLeavesNothingBehind) {
  RuleAuditor auditor(*workspace_, rule_set());
  const EntityDef& risk = *registers().find("risk");
  auto now = got(auditor.verdict(today_));
  auto found = std::ranges::find(now->findings, "C6.1.3-f-02", &RuleFinding::rule_id);
  ASSERT_NE(found, now->findings.end());
  Id id = found->subject;
  auto work = [&](Transaction& transaction) -> Result<void> {
    TRY(Record before, transaction.read(risk, id));
    Record after = before;
    after.at("treatment") = Value(std::string("modify"));
    after.at("status") = Value(std::string("in_treatment"));
    return transaction.update(before, after, "what if");
  };
  WhatIf answer = got(auditor.what_if(editor(), work, today_));
  VerdictChange change = difference(*answer.now, *answer.then);
  EXPECT_TRUE(std::ranges::any_of(change.closed, [&](const RuleFinding* finding) {
    return finding->rule_id == "C6.1.3-f-02" && finding->subject == id;
  }));
  EXPECT_EQ(texts(*got(auditor.verdict(today_))), texts(*now));
  EXPECT_EQ(texts(anew(today_)), texts(*now));
  must(workspace_->write(editor(), work, Strictness::lenient));
  EXPECT_EQ(texts(*got(auditor.verdict(today_))), texts(*answer.then)) << "what was foretold comes true";
}

TEST_P(AuditorTest, KeepsWhenAFindingOpenedAndClosedAndWhy) {
  RuleAuditor auditor(*workspace_, rule_set());
  FindingHistory history(*workspace_);
  auto dependencies = got(auditor.dependencies());
  auto first = got(auditor.verdict(today_));
  auto recorded = got(history.record(*first, *dependencies));
  EXPECT_EQ(recorded.opened, first->findings.size());
  EXPECT_EQ(got(history.record(*first, *dependencies)).opened, 0u) << "nothing opens twice";

  auto found = std::ranges::find(first->findings, "C6.1.3-f-02", &RuleFinding::rule_id);
  ASSERT_NE(found, first->findings.end());
  FindingKey key = key_of(*found);
  change(*registers().find("risk"), key.subject, "residual_score", Value(1.0));
  auto mended = got(auditor.verdict(today_));
  EXPECT_GE(got(history.record(*mended, *dependencies)).closed, 1u);
  auto kept = got(history.of(key));
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].opened.cause, Cause::first);
  ASSERT_TRUE(kept[0].closed);
  EXPECT_EQ(kept[0].closed->cause, Cause::change);
  auto reader = got(workspace_->read());
  Param params[] = {kept[0].closed->entry};
  EXPECT_EQ(*got(reader->connection().one_text("select record from assay_ledger where seq = ?", params)), key.subject);

  // Nothing but time passes, and what lapses opens.
  clock_.set(*Instant::parse("2026-09-30T09:00:00Z"));
  auto later = got(auditor.today());
  EXPECT_GT(got(history.record(*later, *dependencies)).opened, 0u);
  auto open = got(history.open());
  EXPECT_EQ(open.size(), later->findings.size());
  EXPECT_TRUE(std::ranges::any_of(open, [](const auto& item) {
    return item.second.opened.cause == Cause::time && item.second.opened.on == "2026-09-30";
  }));
  EXPECT_EQ(got(history.record(*mended, *dependencies)).closed, 0u) << "an old verdict changes nothing";
  auto days = got(history.days("2026-01-01"));
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[1].majors, static_cast<std::int64_t>(later->count(FindingClass::major)));
}

// A rule that ran out of time says nothing about what it found before.
TEST_P(AuditorTest, WhatCouldNotBeJudgedStaysOpen) {
  RuleAuditor auditor(*workspace_, rule_set());
  FindingHistory history(*workspace_);
  auto dependencies = got(auditor.dependencies());
  Verdict verdict = *got(auditor.verdict(today_));
  must(history.record(verdict, *dependencies));
  std::size_t open = got(history.open()).size();
  std::string slow = verdict.findings.front().rule_id;
  auto found = std::erase_if(verdict.findings, [&](const RuleFinding& finding) { return finding.rule_id == slow; });
  ASSERT_GT(found, 0u);
  verdict.not_evaluated.push_back({slow, "took longer than 20 s"});
  EXPECT_EQ(got(history.record(verdict, *dependencies)).closed, 0u);
  EXPECT_EQ(got(history.open()).size(), open);
  verdict.not_evaluated.clear();
  EXPECT_EQ(got(history.record(verdict, *dependencies)).closed, found);
}

TEST_P(AuditorTest, MarksAreKeptAndNoted) {
  FindingHistory history(*workspace_);
  FindingMark mark{{"C4.1-01", "workspace", "main"},
                   FindingMark::What::disputed,
                   "The workshop was held; minutes follow.",
                   "",
                   "",
                   ""};
  must(workspace_->write(editor(), [&](Transaction& transaction) { return FindingHistory::mark(transaction, mark); }));
  auto marks = got(history.marks());
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks.begin()->second.reason, mark.reason);
  FindingMark bare = mark;
  bare.reason = "  ";
  EXPECT_FALSE(
      workspace_->write(editor(), [&](Transaction& transaction) { return FindingHistory::mark(transaction, bare); }));
  must(workspace_->write(editor(), [&](Transaction& transaction) {
    return FindingHistory::remove_mark(transaction, mark.key, "settled");
  }));
  EXPECT_TRUE(got(history.marks()).empty());
  EXPECT_FALSE(workspace_->write(
      editor(), [&](Transaction& transaction) { return FindingHistory::remove_mark(transaction, mark.key, "again"); }));
}

// Foretold day by day, the findings are those that the rules give when asked on each day.
TEST_P(AuditorTest, ForecastAgreesWithAskingEachDay) {
  RuleAuditor auditor(*workspace_, rule_set());
  Forecaster forecaster(auditor);
  const int days = rounds(42, 14);
  auto forecast = got(forecaster.until(today_.plus_days(days)));
  ASSERT_FALSE(forecast->events.empty());
  EXPECT_GT(*forecast->next_turn(), today_);
  auto real = [](const Verdict& verdict) {
    std::set<std::string> lines;
    for (const RuleFinding& finding : verdict.findings) {
      if (!finding.synthetic)
        lines.insert(std::string(name_of(finding.finding_class)) + " " + finding.rule_id + " " + finding.kind + " " +
                     finding.subject);
    }
    return lines;
  };
  std::map<std::string, std::string> standing;  // identity -> class
  for (const RuleFinding& finding : got(auditor.verdict(today_))->findings) {
    if (!finding.synthetic)
      standing[finding.rule_id + " " + finding.kind + " " + finding.subject] = name_of(finding.finding_class);
  }
  std::vector<std::set<std::string>> asked;
  for (int i = 0; i <= days; ++i) asked.push_back(real(*got(auditor.verdict(today_.plus_days(i)))));
  // What comes and goes within a week may be missed; everything else must be foretold to the day.
  auto is_brief = [&](const std::string& line, int day) {
    std::size_t from = static_cast<std::size_t>(day / 7 * 7), to = std::min<std::size_t>(from + 7, days);
    return asked[from].contains(line) == asked[to].contains(line);
  };
  auto event = forecast->events.begin();
  for (int i = 1; i <= days; ++i) {
    Date day = today_.plus_days(i);
    for (; event != forecast->events.end() && event->on == day; ++event) {
      std::string key = event->finding.rule_id + " " + event->finding.kind + " " + event->finding.subject;
      if (event->what != ForecastEvent::What::ends) standing[key] = name_of(event->finding.finding_class);
      else standing.erase(key);
    }
    std::set<std::string> foretold;
    for (const auto& [key, finding_class] : standing) foretold.insert(finding_class + " " + key);
    std::vector<std::string> wrong;
    std::ranges::set_symmetric_difference(foretold, asked[static_cast<std::size_t>(i)], std::back_inserter(wrong));
    std::erase_if(wrong, [&](const std::string& line) { return is_brief(line, i); });
    ASSERT_EQ(wrong, std::vector<std::string>()) << day.iso();
  }
}

// Puts a text into force as a second person would, without asking who does.
void put_into_force(Workspace& workspace, const OwnRuleVersion& version) {
  must(workspace.write(editor(), [&](Transaction& transaction) -> Result<void> {
    CHECK(insert_own_rule(transaction.connection(), version));
    CHECK(mark_own_rules_changed(transaction.connection()));
    return transaction.note("own_rule", version.rule, "approve", "a test", "{}");
  }));
}

TEST_P(AuditorTest, OwnRulesTakePartInWhatIsKept) {
  RuleAuditor auditor(*workspace_, rule_set());
  Forecaster forecaster(auditor);
  auto before = got(auditor.verdict(today_));
  auto foretold = got(forecaster.until(today_.plus_days(20)));
  const std::string text = replace_all(rule_templates()[0].text, "-- id: ORG-\n", "-- id: ORG-1\n");
  put_into_force(*workspace_, {"ORG-1", 1, OwnRuleState::active, text, "", "", "", "", "2026-06-30T09:00:00Z", "", ""});
  auto after = got(auditor.verdict(today_));
  EXPECT_EQ(after->rules_evaluated, before->rules_evaluated + 1);
  EXPECT_EQ(texts(*after), texts(anew(today_)));
  EXPECT_EQ(&auditor.product_rules(), &rule_set());
  EXPECT_TRUE(auditor.rules().find("ORG-1") && auditor.rules().find("ORG-1")->own);
  // Only its own answer changes when a risk's review is put off, whatever else reads the day.
  const EntityDef& risk = *registers().find("risk");
  ListQuery query;
  query.def = &risk;
  query.limit = 1;
  query.filters.push_back({risk.find("status"), Comparison::is_not, {"draft", "closed"}});
  Id id = got(got(workspace_->read())->list(query)).rows.at(0).record.id;
  change(risk, id, "next_review_on", Value(std::string("2020-01-01")));
  auto overdue = got(auditor.verdict(today_));
  auto is_it = [&](const RuleFinding& finding) { return finding.rule_id == "ORG-1" && finding.subject == id; };
  EXPECT_TRUE(std::ranges::any_of(overdue->findings, is_it));
  EXPECT_EQ(texts(*overdue), texts(anew(today_)));
  EXPECT_NE(got(forecaster.until(today_.plus_days(20))).get(), foretold.get())
      << "the forecast is another one with other rules";
  EXPECT_TRUE(texts(*before).size() > 0 && before->findings[0].rule->id.size() > 0) << "what was given out holds";
  auto dependencies = got(auditor.dependencies());
  ASSERT_NE(dependencies->find("ORG-1"), nullptr);
  EXPECT_TRUE(dependencies->find("ORG-1")->asks_day());

  // One that can no longer be read is told under its id, and the others go on.
  put_into_force(*workspace_, {"ORG-2", 1, OwnRuleState::active, "-- id: ORG-2\nselect 1", "", "", "", "",
                               "2026-06-30T09:00:00Z", "", ""});
  auto with_broken = got(auditor.verdict(today_));
  EXPECT_EQ(with_broken->rules_evaluated, overdue->rules_evaluated);
  EXPECT_TRUE(std::ranges::any_of(with_broken->not_evaluated, [](const NotEvaluated& item) {
    return item.rule == "ORG-2" && item.reason.find("ORG-2.sql") != std::string::npos;
  }));
}

TEST_P(AuditorTest, TemplatesOfOwnRulesRunAsTheyStand) {
  RuleAuditor auditor(*workspace_, rule_set());
  OwnRules rules(*workspace_, auditor);
  for (const RuleTemplate& each : rule_templates()) {
    SCOPED_TRACE(each.name);
    RuleTrial trial = got(rules.try_out(editor(), replace_all(each.text, "-- id: ORG-\n", "-- id: ORG-7\n")));
    for (const Problem& problem : trial.problems) ADD_FAILURE() << problem.place << ": " << problem.message;
    EXPECT_TRUE(trial.runs());
  }
  auto schema = got(rules.schema());
  ASSERT_EQ(schema->views.size(), rule_set().views.size());
  for (const SchemaTable& view : schema->views) EXPECT_FALSE(view.columns.empty() || view.help.empty()) << view.name;
}

TEST(ParameterUse, FindsWhatARuleAsksThroughItsViews) {
  ParameterUse use(rule_set());
  for (const Rule* rule : use.rules_asking("objective_monitor_days"))
    EXPECT_TRUE(rule->sql.find("objective_monitor_days") != std::string::npos) << rule->id;
  EXPECT_FALSE(use.rules_asking("objective_monitor_days").empty());
  const Rule& monitor = *rule_set().find("C6.2-04");
  auto asked = use.of(monitor);
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0]->key, "objective_monitor_days");
  std::size_t unused = 0;
  for (const Parameter& parameter : rule_set().parameters) unused += use.rules_asking(parameter.key).empty();
  EXPECT_LT(unused, rule_set().parameters.size() / 4) << "most parameters are asked for";
}

INSTANTIATE_TEST_SUITE_P(Engines, AuditorTest, ::testing::ValuesIn(engines()),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace assay::testing
