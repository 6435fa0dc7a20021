// The pages of context, scope, governance and objectives, asked as a browser would ask them.
#include "isms/organisation/context_issue.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/person.h"
#include "isms/organisation/role_assignment.h"
#include "isms/organisation/scope_item.h"
#include "tests/web/desk.h"
#include "workflows/records.h"

namespace assay::test {
namespace {

struct ScopeDesk : Desk {
  ScopeDesk() {
    set_up();
    auto stored = tenant().workspace->write(
        Principal::product("test"),
        [&](Transaction& transaction) -> Result<void> {
          auto put = [&](const EntityDef& def, Id id, Patch values) {
            Record record(def);
            record.id = std::move(id);
            for (const auto& [field, value] : values) record.set(*field, value);
            return transaction.insert(record, "");
          };
          const EntityDef &unit = OrgUnit::def(), &person = Person::def(), &role = RoleAssignment::def();
          CHECK(put(unit, "OU-1", patch_of(unit, {{"name", "Development"}, {"in_scope", true}})));
          CHECK(put(unit, "OU-2", patch_of(unit, {{"name", "Canteen <east>"}, {"in_scope", false}})));
          CHECK(put(person, "P-1", patch_of(person, {{"name", "Anna Keller"}})));
          CHECK(put(person, "P-2", patch_of(person, {{"name", "Ben Ruiz"}})));
          CHECK(put(role, "RA-1",
                    patch_of(role, {{"role", "isms_owner"}, {"person", "P-1"}, {"assigned_on", "2026-01-01"}})));
          return put(
              role, "RA-2",
              patch_of(role, {{"role", "internal_audit_lead"}, {"person", "P-1"}, {"assigned_on", "2026-01-01"}}));
        },
        Strictness::lenient);
    EXPECT_TRUE(stored) << (stored ? "" : stored.error().text());
  }
  std::string begin() {
    std::string where(post("/scope/new", "x=1").header("Location"));
    return where;
  }
  std::vector<ScopeItem> items() { return *all_of<ScopeItem>(tenant().registers, Principal::product("test")); }
};

TEST(ScopePages, EmptyPagesTeach) {
  Desk desk;
  desk.set_up();
  for (auto [address, words] : {std::pair("/context", "Clause 4.1"),
                                {"/scope", "Clause 4.3"},
                                {"/governance", "Nobody holds the role"},
                                {"/governance/raci", "exactly one person is accountable"},
                                {"/governance/committees", "Clause 5.1"},
                                {"/governance/communication", "Clause 7.4"},
                                {"/governance/changes", "Clause 6.3"},
                                {"/objectives", "Clause 6.2"},
                                {"/governance/raci/typical", "matrix"},
                                {"/context/suggestions", "Every suggestion is recorded"}}) {
    Response response = desk.get(address);
    EXPECT_EQ(response.status, 200) << address;
    EXPECT_TRUE(holds(response, words)) << address;
  }
}

TEST(ScopePages, AVersionIsBegunAndDecided) {
  ScopeDesk desk;
  std::string url = desk.begin();
  ASSERT_TRUE(url.starts_with("/scope/")) << url;
  Response response = desk.get(url);
  EXPECT_TRUE(holds(response, "Not decided yet (1)"));
  EXPECT_TRUE(holds(response, "Canteen &lt;east&gt;"));
  EXPECT_TRUE(holds(response, "class=\"scope-picture\""));

  // An exclusion without reasons comes back at its row, with what was chosen.
  response = desk.post(url + "/decide", "thing.0=org_unit%2FOU-2&inclusion.0=out&why.0=");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(holds(response, "Reasons must say why this is left out"));
  EXPECT_TRUE(holds(response, "<option value=\"out\" selected"));
  EXPECT_EQ(desk.items().size(), 1U);
  // So does an interface without a split, and a form without any decision.
  EXPECT_TRUE(holds(desk.post(url + "/decide", "thing.0=org_unit%2FOU-2&inclusion.0=interface&why.0=+"),
                    "Who does what must say"));
  EXPECT_EQ(desk.post(url + "/decide", "thing.0=org_unit%2FOU-2&inclusion.0=&why.0=").status, 422);
  EXPECT_EQ(desk.post(url + "/decide", "thing.0=org_unit%2FOU-2&inclusion.0=out&why.0=Cooks+only").status, 303);
  ASSERT_EQ(desk.items().size(), 2U);
  EXPECT_EQ(desk.items().back().justification, "Cooks only");
  EXPECT_EQ(desk.post("/scope/new", "x=1").status, 409);
}

TEST(ScopePages, OneItemIsChangedOrAdded) {
  ScopeDesk desk;
  std::string url = desk.begin();
  EXPECT_EQ(desk.get(url + "/items/new").status, 200);
  EXPECT_EQ(desk.get(url + "/items/SI-999").status, 404);
  Response response =
      desk.post(url + "/items/new",
                "kind=cloud_region&target=eu-1&inclusion=interface&in_scope_depends_on_it=true&responsibility_split=");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(holds(response, "f-responsibility_split-problem"));
  EXPECT_TRUE(holds(desk.post(url + "/items/new", "kind=cloud_region&target=&inclusion=in&in_scope_depends_on_it=true"),
                    "f-target-problem"));
  EXPECT_EQ(desk.post(url + "/items/new",
                      "kind=cloud_region&target=eu-1&inclusion=interface&in_scope_depends_on_it=true&responsibility_"
                      "split=They+run+it")
                .status,
            303);
  EXPECT_EQ(desk.items().size(), 2U);
  // The text takes the proposal over on demand.
  EXPECT_TRUE(holds(desk.get(url + "/text?proposal=1"), "covers the unit Development"));
  EXPECT_TRUE(holds(desk.post(url + "/text", "text=+&_version=0"), "must say what the ISMS covers"));
  EXPECT_EQ(desk.post(url + "/text", "text=All+of+it.&_version=0").status, 303);
  response = desk.get(url + "/document");
  EXPECT_TRUE(holds(response, "All of it."));
  EXPECT_TRUE(holds(response, "not approved for use"));
  // A draft is not issued, and nothing is compared with nothing.
  EXPECT_EQ(desk.post(url + "/issue", "x=1").status, 409);
  EXPECT_EQ(desk.get(url + "/compare").status, 422);
  EXPECT_TRUE(desk.get(url + "/items.xlsx").header("Content-Type").find("spreadsheet") != std::string_view::npos);
}

TEST(ScopePages, ClimateChangeIsDecidedWithReasons) {
  ScopeDesk desk;
  Response response = desk.post("/context/climate", "relevant=&description=Heat&rationale=");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(holds(response, "f-relevant-problem"));
  EXPECT_TRUE(holds(response, "f-rationale-problem"));
  EXPECT_TRUE(holds(response, ">Heat</textarea>"));
  EXPECT_EQ(desk.post("/context/climate", "relevant=false&description=Heat&rationale=Cool+cellar").status, 303);
  EXPECT_TRUE(holds(desk.get("/context"), "Not relevant"));
  EXPECT_EQ(all_of<ContextIssue>(desk.tenant().registers, Principal::product("test"))->size(), 1U);
}

TEST(ScopePages, RolesThatCollideAreTold) {
  ScopeDesk desk;
  Response response = desk.get("/governance");
  EXPECT_TRUE(holds(response, "nobody audits their own work"));
  EXPECT_TRUE(holds(response, "Nobody holds the role &quot;Incident manager&quot;") ||
              holds(response, "Nobody holds the role \"Incident manager\""));
}

TEST(ScopePages, TwoAccountablesComeBackAtTheField) {
  ScopeDesk desk;
  EXPECT_EQ(desk.get("/governance/raci/new").status, 200);
  Response response = desk.post("/governance/raci/new",
                                "activity=Assess+risks&clause=8.2&person=P-1&letter=A&accountable=P-2&other_letter=A");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(holds(response, "f-accountable-problem"));
  EXPECT_TRUE(holds(response, "Anna Keller, Ben Ruiz"));
  EXPECT_TRUE(holds(desk.post("/governance/raci/new", "activity=&person=P-1&letter=A"), "f-activity-problem"));
  EXPECT_TRUE(holds(desk.post("/governance/raci/new", "activity=X&person=P-1&letter=A&accountable=P-9&other_letter=R"),
                    "f-other-problem"));
  EXPECT_EQ(desk.post("/governance/raci/new",
                      "activity=Assess+risks&clause=8.2&person=P-1&letter=AR&accountable=P-2&other_letter=C")
                .status,
            303);
  response = desk.get("/governance/raci");
  EXPECT_TRUE(holds(response, ">A/R</abbr>"));
  EXPECT_TRUE(holds(response, ">C</abbr>"));
}

TEST(ScopePages, MinutesAreKeptShownAndIssued) {
  ScopeDesk desk;
  Response made = desk.post("/r/committee", "name=Board&chair=P-1&members=P-1&members=P-2&cadence_days=90");
  ASSERT_EQ(made.status, 303) << made.body.substr(0, 500);
  std::string id(made.header("Location"));
  id = "/governance/committees/" + id.substr(id.rfind('/') + 1);
  Response response = desk.post(id + "/meeting", "held_on=2026-07-01&attendees=P-1&decisions=Go");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(holds(response, "f-held_on-problem"));
  EXPECT_TRUE(holds(response, ">Go</textarea>"));
  EXPECT_EQ(desk.post(id + "/meeting",
                      "held_on=2026-05-20&attendees=P-1&agenda=Scope&decisions=Go+ahead&next_meeting_on=2026-08-20")
                .status,
            303);
  response = desk.get(id + "/minutes/2026-05-20");
  EXPECT_TRUE(holds(response, "Go ahead"));
  EXPECT_TRUE(holds(response, "Absent"));
  EXPECT_EQ(desk.get(id + "/minutes/2026-05-21").status, 404);
  Response issued = desk.post(id + "/minutes/2026-05-20/issue", "x=1");
  ASSERT_EQ(issued.status, 303);
  EXPECT_TRUE(holds(desk.get(std::string(issued.header("Location"))), "Minutes: Board"));
}

}  // namespace
}  // namespace assay::test
