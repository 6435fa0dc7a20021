// Rules of the organisation's own, by the API and the pages, on both engines: from a draft with a mistake to its
// findings, who may do what, and what a hostile text cannot do.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "base/text.h"
#include "kernel/service/parameter_changes.h"
#include "tests/api/with_rules.h"

namespace assay::test {
namespace {

std::string rule_text(std::string_view id, std::string_view select) {
  return fmt::format(
      "-- id: {}\n-- title: Every risk is looked at\n-- ref: 8.2\n-- stages: internal stage2\n-- class: "
      "observation\n-- subject: risk\n"
      "-- why: A test.\n-- fix: Nothing.\n{}\n",
      id, select);
}
std::string risk_rule(std::string_view id) {
  return rule_text(id, "select 'risk' as kind, r.id as subject, 'Risk ' || r.id || ' is here.' as detail\nfrom risk r");
}

std::string body_of(std::string_view text) { return fmt::format("{{\"text\":{}}}", json_string(text)); }
boost::json::object json_of(const Response& response) { return boost::json::parse(response.body).as_object(); }

class OwnRulesTest : public WithRules {
 protected:
  static const Person& owner() { return person("owner", {Role::isms_owner}); }
  static const Person& auditor() { return person("auditor", {Role::internal_auditor}); }

  static std::size_t findings_of(std::string_view id) {
    auto verdict = must(site().full().auditor.today());
    return static_cast<std::size_t>(std::ranges::count(verdict->findings, id, &RuleFinding::rule_id));
  }
  static std::string step(std::string_view id, std::string_view name) {
    return fmt::format("/api/v1/rules/{}/steps/{}", id, name);
  }
};

TEST_P(OwnRulesTest, AreWrittenMendedApprovedAskedAndRetired) {
  std::string wrong =
      rule_text("ORG-1", "select 'risk' as kind, r.id as subject,\n       r.titel as detail\nfrom risk r");
  Response tried = site().api(owner(), "POST", "/api/v1/rules/preview", body_of(wrong));
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_FALSE(json_of(tried).at("runs").as_bool());
  EXPECT_EQ(json_of(tried).at("problems").as_array().at(0).at("line").as_int64(), 10) << tried.body;
  Response stored = site().api(owner(), "POST", "/api/v1/rules", body_of(wrong));
  ASSERT_EQ(stored.status, 201) << stored.body;
  EXPECT_EQ(stored.header("Location"), "/api/v1/rules/ORG-1");
  EXPECT_EQ(site().api(owner(), "POST", "/api/v1/rules", body_of(wrong)).status, 409) << "the id is taken";
  EXPECT_EQ(site().api(auditor(), "POST", step("ORG-1", "approve"), "{}", "\"1\"").status, 422)
      << "what cannot be asked is not put into force";

  std::string right = risk_rule("ORG-1");
  EXPECT_EQ(site().api(owner(), "PATCH", "/api/v1/rules/ORG-1", body_of(right)).status, 422) << "If-Match is missing";
  Response mended = site().api(owner(), "PATCH", "/api/v1/rules/ORG-1", body_of(right), "\"1\"");
  ASSERT_EQ(mended.status, 200) << mended.body;
  EXPECT_EQ(mended.header("ETag"), "\"2\"");
  EXPECT_EQ(site().api(owner(), "PATCH", "/api/v1/rules/ORG-1", body_of(wrong), "\"1\"").status, 409)
      << "somebody wrote meanwhile";
  EXPECT_EQ(site().api(owner(), "PATCH", "/api/v1/rules/ORG-1", body_of(risk_rule("ORG-99")), "\"2\"").status, 422)
      << "the id never changes";
  EXPECT_EQ(findings_of("ORG-1"), 0u) << "a draft judges nothing";
  EXPECT_EQ(site().api(owner(), "POST", step("ORG-1", "approve"), "{}", "\"2\"").status, 403);
  EXPECT_EQ(site().api(auditor(), "POST", step("ORG-1", "approve"), "{}", "\"1\"").status, 409)
      << "another version than the one read";
  Response approved = site().api(auditor(), "POST", step("ORG-1", "approve"), "{\"reason\":\"agreed\"}", "\"2\"");
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(json_of(approved).at("state").as_string(), "active");

  std::size_t risks = findings_of("ORG-1");
  EXPECT_GT(risks, 20u);
  EXPECT_EQ(json_of(site().api(owner(), "GET", "/api/v1/findings?rule=ORG-1")).at("findings").as_array().size(), risks);
  Response page = site().page(owner(), "GET", "/findings/rule/ORG-1");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Own rule ORG-1"), std::string::npos);
  EXPECT_NE(site().page(owner(), "GET", "/rules").body.find("ORG-1"), std::string::npos);

  // A new draft leaves the active version in force.
  ASSERT_EQ(site().api(owner(), "PATCH", "/api/v1/rules/ORG-1", body_of(right + "where 1 = 0"), "*").status, 200);
  EXPECT_EQ(findings_of("ORG-1"), risks);
  EXPECT_EQ(site().api(owner(), "POST", step("ORG-1", "discard"), "{}", "\"3\"").status, 200);
  EXPECT_EQ(site().api(owner(), "POST", step("ORG-1", "retire"), "{}", "*").status, 422) << "without a reason";
  EXPECT_EQ(site().api(owner(), "POST", step("ORG-1", "retire"), "{\"reason\":\"superseded\"}", "*").status, 200);
  EXPECT_EQ(findings_of("ORG-1"), 0u);
  EXPECT_EQ(must(site().full().own_rules.history(owner().principal, "ORG-1")).size(), 6u)
      << "each change is an entry of the ledger";
}

TEST_P(OwnRulesTest, PagesShowTheMistakeAtItsLine) {
  std::string wrong = rule_text("X-pages", "select 'risk' as kind,\n  r.nothing as subject, 'x' as detail from risk r");
  Response editor = site().page(owner(), "GET", "/rules/own/new?template=two-persons");
  EXPECT_EQ(editor.status, 200);
  EXPECT_NE(editor.body.find("approved by the one who asked"), std::string::npos);
  EXPECT_NE(site().page(owner(), "GET", "/rules/own/schema").body.find("data-insert=\"residual_score\""),
            std::string::npos);
  Response tried = site().page(owner(), "POST", "/rules/own/preview", "rule=&based_on=0&text=" + percent_encode(wrong));
  EXPECT_EQ(tried.status, 200);
  EXPECT_NE(tried.body.find("Line 10: "), std::string::npos) << "without JavaScript the whole page comes with it";
  EXPECT_NE(tried.body.find("r.nothing as subject"), std::string::npos);
  EXPECT_EQ(site()
                .page(owner(), "POST", "/rules/own", "based_on=0&text=" + percent_encode("-- id: C4.1-01\nselect 1"))
                .status,
            422)
      << "an id of the product";
  EXPECT_EQ(
      site().page(owner(), "POST", "/rules/own", "based_on=0&text=" + percent_encode(risk_rule("X-pages"))).status,
      303);
  EXPECT_EQ(site().page(owner(), "POST", "/rules/own/X-pages/approve", "version=1").status, 403);
  Response draft = site().page(auditor(), "GET", "/rules/own/X-pages");
  EXPECT_NE(draft.body.find("Approve and put into force"), std::string::npos);
  EXPECT_EQ(site().page(auditor(), "POST", "/rules/own/X-pages/approve", "version=1").status, 303);
  EXPECT_GT(findings_of("X-pages"), 0u);
  EXPECT_EQ(site().page(owner(), "POST", "/rules/own/X-pages/retire", "reason=done").status, 303);
  EXPECT_EQ(site().page(owner(), "GET", "/rules/own/X-missing").status, 404);
}

TEST_P(OwnRulesTest, RolesAndWorkspacesKeepApart) {
  ASSERT_EQ(site().api(owner(), "POST", "/api/v1/rules", body_of(risk_rule("ORG-2"))).status, 201);
  ASSERT_EQ(site().api(auditor(), "POST", step("ORG-2", "approve"), "{}", "\"1\"").status, 200);
  const Person& reader = person("reader", {Role::risk_owner});
  EXPECT_EQ(site().api(reader, "GET", "/api/v1/rules/ORG-2").status, 200);
  EXPECT_EQ(site().api(reader, "POST", "/api/v1/rules", body_of(risk_rule("ORG-3"))).status, 403);
  EXPECT_EQ(site().api(reader, "POST", "/api/v1/rules/preview", body_of(risk_rule("ORG-3"))).status, 403);
  EXPECT_EQ(site().api(reader, "POST", step("ORG-2", "retire"), "{\"reason\":\"no\"}", "*").status, 403);
  EXPECT_EQ(site().page(reader, "GET", "/rules/own/new").status, 403);
  const Person& staff = person("staff", {Role::employee});
  EXPECT_EQ(site().api(staff, "GET", "/api/v1/rules").status, 403);
  EXPECT_EQ(site().page(staff, "GET", "/rules/own").status, 403);
  EXPECT_EQ(site().api(auditor(), "POST", "/api/v1/rules", body_of(risk_rule("ORG-3"))).status, 403)
      << "who approves does not write";
  const Person both = site().enrol(site().full(), "both", {Role::isms_owner, Role::top_management});
  ASSERT_EQ(site().api(both, "POST", "/api/v1/rules", body_of(risk_rule("ORG-4"))).status, 201);
  EXPECT_EQ(site().api(both, "POST", step("ORG-4", "approve"), "{}", "\"1\"").status, 403)
      << "not one's own, whatever the roles";

  Tenant& other = site().empty();
  const Person stranger = site().enrol(other, "stranger", {Role::isms_owner});
  EXPECT_EQ(other.auditor.rules().find("ORG-2"), nullptr);
  EXPECT_EQ(site().api(stranger, "GET", "/api/v1/rules/ORG-2").status, 404);
  EXPECT_TRUE(json_of(site().api(stranger, "GET", "/api/v1/rules")).at("items").as_array().empty());
  must(site().full().own_rules.retire(owner().principal, "ORG-2", "end of the test"));
}

TEST_P(OwnRulesTest, HostileTextsHarmNothing) {
  constexpr std::string_view row = "'risk' as kind, 'x' as subject, 'y' as detail";
  std::vector<std::string> selects = {
      fmt::format("with recursive n(i) as (select 1 union all select i + 1 from n) select {} from n where i < 0", row),
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000000) select 'risk' as kind, "
      "cast(i as text) as subject, 'y' as detail from n",
      fmt::format("select {} from risk a, risk b, risk c, risk d, risk e, risk f where a.title = b.title || c.title || "
                  "d.title || e.title || f.title",
                  row),
      "delete from risk",
      "update risk set title = 'x'",
      fmt::format("with gone as (delete from risk returning id) select {} from gone", row),
      "insert into risk (id) values ('x')",
      "drop table risk",
      "create table other (id text)",
      "pragma table_info('risk')",
      "attach ':memory:' as other",
      fmt::format("select {}; delete from risk", row),
      fmt::format("select {} -- end\n; drop table risk", row),
      fmt::format("select {} /* ; */", row),
      fmt::format("select {} from assay_account", row),
      fmt::format("select {} from \"assay_account\"", row),
      fmt::format("select {} from main.assay_meta", row),
      fmt::format("select {} from ASSAY_TOKEN", row),
      fmt::format("select {} from sqlite_master", row),
      fmt::format("select {} from pg_catalog.pg_user", row),
      fmt::format("select {} from information_schema.tables", row),
      fmt::format("select {} from assay_own_rules_empty.risk", row),
      "select 'risk' as kind, 'x' as subject, current_setting('assay.parameters') as detail",
      "select 'risk' as kind, 'x' as subject, load_extension('x') as detail",
      "select 'risk' as kind, 'x' as subject, readfile('/etc/passwd') as detail",
      "select 'risk' as kind, 'x' as subject, U&'x' as detail",
      "select 'risk' as kind, 'x' as subject, $$x$$ as detail",
      fmt::format("select {} where 'a' = ?", row),
      "select 1",
      ""};
  auto count = [&] {
    auto reader = must(site().full().workspace->read());
    return must(reader->count(*registers().find("risk")));
  };
  std::int64_t before = count();
  std::int64_t revision = must(site().full().workspace->revision());
  for (const std::string& select : selects) {
    SCOPED_TRACE(select);
    auto began = std::chrono::steady_clock::now();
    Response answer = site().api(owner(), "POST", "/api/v1/rules/preview", body_of(rule_text("X-hostile", select)));
    ASSERT_EQ(answer.status, 200) << answer.body;
    boost::json::object said = json_of(answer);
    EXPECT_FALSE(said.at("runs").as_bool());
    ASSERT_FALSE(said.at("problems").as_array().empty());
    EXPECT_GT(said.at("problems").as_array().at(0).at("line").as_int64(), 0) << answer.body;
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  }
  EXPECT_EQ(count(), before);
  EXPECT_EQ(must(site().full().workspace->revision()), revision) << "trying out stores nothing";
  EXPECT_TRUE(json_of(site().api(owner(), "POST", "/api/v1/rules/preview", body_of(risk_rule("X-hostile"))))
                  .at("runs")
                  .as_bool())
      << "the next one runs as ever";
  EXPECT_EQ(site().api(owner(), "POST", "/api/v1/rules/preview", body_of(std::string(40'000, '-'))).status, 200);
  EXPECT_EQ(site().api(owner(), "POST", "/api/v1/rules", body_of("-- id: ORG-5\n" + std::string(40'000, '-'))).status,
            422);
}

TEST_P(OwnRulesTest, ParametersAreProposedWeighedAndApproved) {
  Date today = site().full().workspace->clock().today();
  std::string form = "value=1&source=" +
                     std::string(must(must(site().full().workspace->read())->list([] {
                                   ListQuery query;
                                   query.def = registers().find("document_version");
                                   query.limit = 1;
                                   return query;
                                 }()))
                                     .rows.at(0)
                                     .record.id) +
                     "&effective_on=" + today.iso();
  Response weighed = site().page(owner(), "POST", "/rules/parameters/ack_min_pct/what-if", form);
  ASSERT_EQ(weighed.status, 200) << weighed.body.substr(0, 3000);
  EXPECT_NE(weighed.body.find("Would end"), std::string::npos) << "somebody has not confirmed a policy";
  EXPECT_EQ(site().page(owner(), "POST", "/rules/parameters/ack_min_pct", form).status, 422) << "without a reason";
  ASSERT_EQ(site().page(owner(), "POST", "/rules/parameters/ack_min_pct", form + "&_reason=milder").status, 303);
  auto values = [&] { return must(own_values(site().full().registers, owner().principal))["ack_min_pct"]; };
  OwnValues proposed = values();
  ASSERT_EQ(proposed.proposed.size(), 1u);
  Id id = proposed.proposed[0].id;
  auto in_force = [&] { return must(must(site().full().workspace->read())->parameters(today)).at("ack_min_pct"); };
  double before = in_force();
  EXPECT_NE(before, 1);
  EXPECT_EQ(site().page(owner(), "GET", "/rules/parameters/ack_min_pct?proposal=" + id).status, 200);
  EXPECT_EQ(site().api(owner(), "POST", "/api/v1/policy_parameter/" + id + "/steps/approve", "{}").status, 403);
  EXPECT_EQ(site().api(owner(), "PATCH", "/api/v1/policy_parameter/" + id, "{\"approved_by\":\"P-001\"}", "*").status,
            422)
      << "an approval is not typed in";
  const Person& head = person("head", {Role::top_management}, "P-001");
  ASSERT_EQ(site().api(head, "POST", "/api/v1/policy_parameter/" + id + "/steps/approve", "{}").status, 200);
  EXPECT_EQ(in_force(), 1);
  EXPECT_EQ(site().api(owner(), "PATCH", "/api/v1/policy_parameter/" + id, "{\"value\":2}", "*").status, 403)
      << "what is approved is superseded, not changed";
  EXPECT_NE(site().page(owner(), "GET", "/rules/parameters").body.find("Own value"), std::string::npos);
  EXPECT_EQ(site().page(person("staff", {Role::employee}), "GET", "/rules/parameters/ack_min_pct").status, 403);
  EXPECT_EQ(site().page(owner(), "GET", "/rules/parameters/nothing").status, 404);
  ASSERT_EQ(
      site().api(head, "POST", "/api/v1/policy_parameter/" + id + "/steps/withdraw", "{\"reason\":\"a test\"}").status,
      200);
  EXPECT_EQ(in_force(), before);

  auto step = [&](const Person& actor, std::string_view name, const char* body) {
    return site().api(actor, "POST", "/api/v1/policy_parameter/" + id + "/steps/" + std::string(name), body).status;
  };
  EXPECT_EQ(step(owner(), "decline", "{\"reason\":\"my own\"}"), 403);
  EXPECT_EQ(step(head, "decline", "{}"), 422) << "without a reason";
  ASSERT_EQ(step(head, "decline", "{\"reason\":\"too mild\"}"), 200);
  OwnValues declined = values();
  EXPECT_TRUE(declined.proposed.empty());
  ASSERT_EQ(declined.declined.size(), 1u);
  EXPECT_NE(site().page(owner(), "GET", "/rules/parameters/ack_min_pct").body.find("Declined"), std::string::npos);
  EXPECT_EQ(in_force(), before);
  EXPECT_EQ(step(head, "approve", "{}"), 409) << "a declined value is proposed again first";
  ASSERT_EQ(step(owner(), "propose_again", "{\"reason\":\"asked for\"}"), 200);
  EXPECT_EQ(values().proposed.size(), 1u);
}

// Of a parameter that no other test sets, on a day that is far enough to change no verdict of theirs.
class OwnValuesTest : public OwnRulesTest {
 protected:
  static constexpr std::string_view url = "/rules/parameters/edr_min_pct";

  static Id some_document_version() {
    ListQuery query;
    query.def = registers().find("document_version");
    query.limit = 1;
    return must(must(site().full().workspace->read())->list(query)).rows.at(0).record.id;
  }
  static Response send(std::string_view path, std::string_view value, int days_ahead = 400) {
    Date day = site().full().workspace->clock().today().plus_days(days_ahead);
    return site().page(
        owner(), "POST", std::string(path),
        fmt::format("value={}&source={}&effective_on={}&_reason=a+test", value, some_document_version(), day.iso()));
  }
  static OwnValues values() { return must(own_values(site().full().registers, owner().principal))["edr_min_pct"]; }
  static const Person& head() { return person("head", {Role::top_management}, "P-001"); }
  static int step_of_head(const Id& id, std::string_view name) {
    return site()
        .api(head(), "POST", fmt::format("/api/v1/policy_parameter/{}/steps/{}", id, name), "{\"reason\":\"a test\"}")
        .status;
  }
};

TEST_P(OwnValuesTest, MoreThanAHundredPercentIsRefused) {
  for (const std::string& path : {std::string(url), std::string(url) + "/what-if"}) {
    Response refused = send(path, "150");
    EXPECT_EQ(refused.status, 422) << path;
    EXPECT_NE(refused.body.find("must be at most 100, since it is a percentage (here: 150)"), std::string::npos)
        << path << "\n"
        << refused.body.substr(0, 3000);
  }
  EXPECT_EQ(send(std::string(url) + "/what-if", "100").status, 200) << "all of them may be asked for";
  auto create = [&](std::string_view key, std::string_view unit, int value) {
    Response made = site().api(owner(), "POST", "/api/v1/policy_parameter",
                               fmt::format("{{\"key\":\"{}\",\"unit\":\"{}\",\"value\":{},\"source\":\"{}\","
                                           "\"effective_on\":\"2031-01-01\"}}",
                                           key, unit, value, some_document_version()));
    return made.status;
  };
  EXPECT_EQ(create("share_of_tests", "%", 101), 422);
  EXPECT_EQ(create("share_of_tests", "Percent", 101), 422);
  EXPECT_EQ(create("training_min_pct", "points", 101), 422) << "the name says what it is";
  EXPECT_EQ(create("training_min_pct", "%", 100), 201);
  EXPECT_EQ(create("rescan_days", "days", 101), 201);
}

TEST_P(OwnValuesTest, AProposalOfADayIsMendedUntilItIsApproved) {
  ASSERT_EQ(send(url, "97").status, 303);
  ASSERT_EQ(values().proposed.size(), 1u);
  const Id id = values().proposed[0].id;

  ASSERT_EQ(send(url, "96").status, 303) << "what is open is corrected";
  ASSERT_EQ(values().proposed.size(), 1u);
  EXPECT_EQ(values().proposed[0].id, id);
  EXPECT_EQ(number_of(values().proposed[0].at("value")), 96);

  ASSERT_EQ(step_of_head(id, "decline"), 200);
  ASSERT_EQ(send(url, "95").status, 303) << "what was declined is proposed again with the new value";
  EXPECT_TRUE(values().declined.empty());
  ASSERT_EQ(values().proposed.size(), 1u);
  EXPECT_EQ(values().proposed[0].id, id);
  EXPECT_EQ(number_of(values().proposed[0].at("value")), 95);
  EXPECT_TRUE(is_unset(values().proposed[0].at("declined_by")));

  ASSERT_EQ(step_of_head(id, "approve"), 200);
  Response refused = send(url, "94");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("must be another day: 95 percent (" + id + ") is approved for"), std::string::npos)
      << refused.body.substr(0, 3000);
  EXPECT_NE(refused.body.find("withdraw that approval first"), std::string::npos);
  EXPECT_EQ(number_of(values().approved.at(0).at("value")), 95) << "an approved value stays as it is";
  EXPECT_TRUE(values().proposed.empty());
  EXPECT_EQ(send(url, "94", 401).status, 303) << "the next day is free";
  ASSERT_EQ(values().proposed.size(), 1u);
  EXPECT_NE(values().proposed[0].id, id);

  ASSERT_EQ(step_of_head(id, "withdraw"), 200);
  ASSERT_EQ(send(url, "93").status, 303) << "without the approval it is open again";
  EXPECT_EQ(values().proposed.size(), 2u);
}

INSTANTIATE_TEST_SUITE_P(Engines, OwnRulesTest, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });
INSTANTIATE_TEST_SUITE_P(Engines, OwnValuesTest, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

}  // namespace
}  // namespace assay::test
