// What people may do about findings: try changes, dispute, accept. By role, over the example organisation.
#include "kernel/service/conformity.h"

#include "example_workspace.h"

namespace assay::testing {
namespace {

Principal somebody(std::string_view name, Roles roles, std::string_view person) {
  Principal principal;
  principal.name = name;
  principal.account = name;
  principal.roles = roles;
  principal.person = person;
  return principal;
}

template <class T>
ErrorKind kind_of(const Result<T>& result) {
  EXPECT_FALSE(result.has_value());
  return result ? ErrorKind::internal : result.error().kind;
}

class ConformityTest : public ExampleWorkspace {
 protected:
  void SetUp() override {
    ExampleWorkspace::SetUp();
    registers_.emplace(*workspace_);
    auditor_.emplace(*workspace_, rule_set());
    conformity_.emplace(*registers_, *auditor_);
  }
  FindingKey key_of_rule(std::string_view rule) {
    auto verdict = got(auditor_->today());
    auto found = std::ranges::find(verdict->findings, rule, &RuleFinding::rule_id);
    if (found == verdict->findings.end()) throw std::runtime_error(std::string(rule) + " does not fire on the example");
    return key_of(*found);
  }
  bool is_open(const FindingKey& key) {
    auto verdict = got(auditor_->today());
    return std::ranges::any_of(verdict->findings, [&](const RuleFinding& finding) { return key_of(finding) == key; });
  }
  std::optional<FindingMark> mark(const FindingKey& key) { return got(FindingHistory(*workspace_).mark_of(key)); }

  const Principal owner_ = somebody("owner", Roles{Role::isms_owner}, "P-004");
  const Principal auditor_person_ = somebody("auditor", Roles{Role::internal_auditor}, "P-005");
  const Principal employee_ = somebody("employee", Roles{Role::employee}, "P-020");
  std::optional<RegisterService> registers_;
  std::optional<RuleAuditor> auditor_;
  std::optional<Conformity> conformity_;
};

TEST_P(ConformityTest, ProposedChangesAreTriedAsIfMade) {
  const EntityDef& risk = *assay::registers().find("risk");
  Id id = key_of_rule("C6.1.3-f-02").subject;
  ProposedChange change{&risk,
                        id,
                        {},
                        {{risk.find("residual_likelihood"), Value(std::int64_t{1})},
                         {risk.find("residual_impact"), Value(std::int64_t{1})}},
                        "try"};
  auto before = got(registers_->read(owner_, risk, id));
  ProposedVerdict outcome = got(conformity_->what_if(owner_, {change}, today_));
  EXPECT_TRUE(std::ranges::any_of(outcome.closed, [&](const RuleFinding* finding) {
    return finding->rule_id == "C6.1.3-f-02" && finding->subject == id;
  }));
  EXPECT_EQ(got(registers_->read(owner_, risk, id)).version, before.version) << "nothing is stored";

  EXPECT_EQ(kind_of(conformity_->what_if(employee_, {change}, today_)), ErrorKind::forbidden);
  EXPECT_EQ(kind_of(conformity_->what_if(auditor_person_, {change}, today_)), ErrorKind::forbidden)
      << "who may not make a change may not try it";

  // A chain: what the first creates, the second cannot name; what is wrong is named by its position.
  ProposedChange wrong{&risk, id, {}, {{risk.find("title"), Value()}}, {}};
  auto refused = conformity_->what_if(owner_, {change, wrong}, today_);
  ASSERT_EQ(kind_of(refused), ErrorKind::invalid);
  ASSERT_FALSE(refused.error().problems.empty());
  EXPECT_EQ(refused.error().problems[0].place, "changes[1].title");
  EXPECT_EQ(kind_of(registers_->make(owner_, {change, wrong})), ErrorKind::invalid);
  EXPECT_EQ(got(registers_->read(owner_, risk, id)).version, before.version) << "all or none";
  must(registers_->make(owner_, {change}));
  EXPECT_FALSE(is_open({"C6.1.3-f-02", "risk", id})) << "what was foretold comes true";
}

TEST_P(ConformityTest, ADisputeLeavesTheFindingOpen) {
  FindingKey key = key_of_rule("C6.1.3-f-02");
  EXPECT_EQ(kind_of(conformity_->dispute(employee_, key, "wrong")), ErrorKind::forbidden);
  EXPECT_EQ(kind_of(conformity_->dispute(owner_, key, "  ")), ErrorKind::invalid);
  must(conformity_->dispute(owner_, key, "The risk is treated elsewhere."));
  EXPECT_EQ(mark(key)->reason, "The risk is treated elsewhere.");
  EXPECT_TRUE(is_open(key));
  must(conformity_->withdraw(owner_, key));
  EXPECT_FALSE(mark(key));
  EXPECT_EQ(kind_of(conformity_->withdraw(owner_, key)), ErrorKind::not_found);
  EXPECT_EQ(kind_of(conformity_->dispute(owner_, {"C6.1.3-f-02", "risk", "R-none"}, "It is wrong.")),
            ErrorKind::not_found);
}

TEST_P(ConformityTest, ADisputeEndsWithItsFinding) {
  const FindingKey key = key_of_rule("C6.1.3-f-02");
  FindingHistory history(*workspace_);
  auto look = [&] { must(history.record(*got(auditor_->today()), *got(auditor_->dependencies()))); };
  look();
  must(conformity_->dispute(owner_, key, "The risk is treated elsewhere."));
  look();
  EXPECT_TRUE(mark(key)) << "as long as the finding is open";
  const EntityDef& risk = *assay::registers().find("risk");
  change(risk, key.subject, "status", Value(std::string("closed")));
  ASSERT_FALSE(is_open(key));
  look();
  EXPECT_FALSE(mark(key)) << "what was said is about the finding that closed";
}

TEST_P(ConformityTest, AnAcceptedFindingBecomesANonconformityOfAnAudit) {
  change(*assay::registers().find("audit"), "IA-2", "status", Value(std::string("in_progress")));
  auto running = got(conformity_->running_audits());
  ASSERT_EQ(running.size(), 1u);
  EXPECT_EQ(running[0].id, "IA-2");

  FindingKey key = key_of_rule("C6.1.3-f-02");
  EXPECT_EQ(kind_of(conformity_->accept(employee_, key, "")), ErrorKind::forbidden);
  EXPECT_EQ(kind_of(conformity_->accept(auditor_person_, key, "ST-1")), ErrorKind::invalid)
      << "only an internal audit under way";
  Record stored = got(conformity_->accept(auditor_person_, key, "IA-2"));
  EXPECT_EQ(stored.def->name(), "finding");
  EXPECT_EQ(stored.text("audit"), "IA-2");
  EXPECT_TRUE(stored.text("statement").contains(key.subject)) << stored.text("statement");
  ASSERT_FALSE(stored.text("nonconformity").empty());
  Record nonconformity =
      got(registers_->read(owner_, *assay::registers().find("nonconformity"), stored.text("nonconformity")));
  EXPECT_EQ(nonconformity.text("source"), "internal_audit");
  EXPECT_EQ(mark(key)->record, stored.id);
  EXPECT_TRUE(is_open(key)) << "only the data closes it";
  EXPECT_EQ(kind_of(conformity_->accept(auditor_person_, key, "IA-2")), ErrorKind::conflict) << "once";
  EXPECT_EQ(kind_of(conformity_->dispute(owner_, key, "It is wrong.")), ErrorKind::conflict);
  EXPECT_EQ(kind_of(conformity_->withdraw(owner_, key)), ErrorKind::not_found) << "an acceptance is not withdrawn";
}

TEST(FindingSightTest, FindingsAboutHiddenRecordsAreNotShown) {
  const Principal owner = somebody("owner", Roles{Role::isms_owner}, "P-004");
  const Principal action_owner = somebody("action owner", Roles{Role::action_owner}, "P-020");
  EXPECT_TRUE(demand_conformity(action_owner));
  EXPECT_FALSE(demand_conformity(somebody("employee", Roles{Role::employee}, "P-020")));
  EXPECT_TRUE(FindingSight(owner, assay::registers()).shows_record("risk", "R-001"));
  FindingSight own_only(action_owner, assay::registers());
  bool some_hidden = false;
  for (const EntityDef* def : assay::registers().all()) {
    bool all_of_them = may(action_owner, Action::see, *def).allowed && !row_filter(action_owner, *def);
    EXPECT_EQ(own_only.shows_record(def->name(), "X-1"), all_of_them) << def->name();
    EXPECT_TRUE(own_only.shows_record(def->name(), "ORG")) << "about the organisation";
    some_hidden = some_hidden || !all_of_them;
  }
  EXPECT_TRUE(some_hidden);
}

// What a rule read elsewhere stands in its findings: the result of a screening in a finding about the person.
TEST(FindingSightTest, FindingsThatTellOfOtherPersonsRecordsAreNotShown) {
  const Principal owner = somebody("owner", Roles{Role::isms_owner}, "P-004");
  const Principal consultant = somebody("consultant", Roles{Role::consultant}, "");
  const Principal risk_owner = somebody("risk owner", Roles{Role::risk_owner}, "P-020");
  auto shows = [](const Principal& principal, const std::string& rule, const std::string& kind) {
    RuleFinding finding;
    finding.rule = rule_set().find(rule);
    finding.rule_id = rule;
    finding.kind = kind;
    finding.subject = "X-1";
    EXPECT_NE(finding.rule, nullptr) << rule;
    FindingSight sight(principal, assay::registers());
    EXPECT_EQ(sight.shows(finding), sight.shows(rule_set(), {rule, kind, "X-1"})) << rule;
    return sight.shows(finding);
  };
  for (const auto& [rule, kind] : std::map<std::string, std::string>{
           {"A6.1-01", "person"}, {"A6.2-01", "person"}, {"A6.5-01", "person"}, {"A5.1-02", "document"}}) {
    EXPECT_TRUE(shows(owner, rule, kind)) << rule;
    // Consultants read acknowledgements and who leaves, not the files about screening and contracts.
    EXPECT_EQ(shows(consultant, rule, kind), rule == "A5.1-02" || rule == "A6.5-01") << rule;
    EXPECT_FALSE(shows(risk_owner, rule, kind)) << rule;
  }
  EXPECT_TRUE(rule_set().find("A8.8-01")->names.contains("vulnerability_finding")) << "through a view";
  EXPECT_TRUE(shows(risk_owner, "C6.1.2-c-01", "risk"));
  EXPECT_TRUE(shows(consultant, "A5.18-03", "account"));
  FindingSight sight(consultant, assay::registers());
  EXPECT_FALSE(sight.shows(rule_set(), {"ORG-9", "risk", "R-001"})) << "nobody knows what a rule read that is no more";
  EXPECT_TRUE(sight.shows(rule_set(), {"SYN-6", "clause", "6"}));
}

INSTANTIATE_TEST_SUITE_P(Engines, ConformityTest, ::testing::ValuesIn(engines()),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace assay::testing
