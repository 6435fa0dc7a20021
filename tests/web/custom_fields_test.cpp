// Custom fields, bulk work, search and the API documentation as pages.
#include "base/file.h"
#include "base/text.h"
#include "kernel/service/custom_field_service.h"
#include "tests/web/desk.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

Record read(Desk& desk, std::string_view id) {
  return *(*desk.tenant().workspace->read())->read(*registers().find("risk"), id);
}

struct FieldsDesk : Desk {
  explicit FieldsDesk(int risks = 3) {
    set_up();
    fill(risks);
  }
  void define(const std::string& form) {
    Response response = post("/fields", form);
    EXPECT_EQ(response.status, 303) << response.body.substr(0, 4000);
  }
  const FieldDef& field(std::string_view name) {
    return *(*tenant().workspace->custom_fields())->find(*registers().find("risk"), name);
  }
  // The value of the hidden input of that name.
  static std::string hidden(const Response& response, const std::string& name) {
    std::size_t at = response.body.find("name=\"" + name + "\" value=\"");
    if (at == std::string::npos) return {};
    at += name.size() + 15;
    return response.body.substr(at, response.body.find('"', at) - at);
  }
};

TEST(CustomFieldPages, AreEmptyThenDefineRenameAndRetire) {
  FieldsDesk desk;
  EXPECT_TRUE(holds(desk.get("/fields"), "No custom fields yet"));
  EXPECT_TRUE(holds(desk.get("/"), "href=\"/fields\""));
  EXPECT_EQ(desk.get("/fields/new?register=risk").status, 200);
  Response wrong = desk.post("/fields", "register=risk&label=&kind=choice");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(holds(wrong, "f-label-problem"));
  EXPECT_TRUE(holds(wrong, "f-choices-problem"));
  desk.define("register=risk&label=Cost+%3Ccentre%3E&kind=text&in_list=1");
  Response list = desk.get("/fields");
  EXPECT_TRUE(holds(list, "Cost &lt;centre&gt;"));
  EXPECT_TRUE(holds(list, "/fields/risk/cost_centre"));
  EXPECT_EQ(desk.post("/fields/risk/cost_centre", "label=Cost+unit&help=Four+digits&in_list=1&position=1").status, 303);
  Response page = desk.get("/fields/risk/cost_centre");
  EXPECT_TRUE(holds(page, "value=\"Cost unit\""));
  EXPECT_TRUE(holds(page, "added this field"));
  EXPECT_EQ(desk.post("/fields/risk/cost_centre/retire", "reason=unused").status, 303);
  EXPECT_TRUE(holds(desk.get("/fields"), "Retired"));
  EXPECT_TRUE(holds(desk.get("/fields/risk/cost_centre"), "Bring it back"));
  EXPECT_EQ(desk.post("/fields/risk/cost_centre/bring-back", "x=1").status, 303);
  EXPECT_EQ(desk.get("/fields/risk/nothing").status, 404);
  EXPECT_TRUE(holds(desk.get("/ledger?register=custom_field"), "custom field"));
}

TEST(CustomFieldPages, FieldsAreAskedShownListedAndRemembered) {
  FieldsDesk desk;
  desk.define("register=risk&label=Cost+centre&kind=text&in_list=1&required=1&help=Four+digits");
  desk.define("register=risk&label=Budget&kind=number");
  desk.define("register=risk&label=Tier&kind=choice&choices=Gold%0D%0ASilver");
  desk.define("register=risk&label=Sponsor&kind=reference&target=person");
  Response form = desk.get("/r/risk/new");
  for (std::string_view part : {"name=\"custom.cost_centre\"", "id=\"f-custom.budget\"", "Four digits",
                                "<option value=\"silver\">Silver", "/pick/person"}) {
    EXPECT_TRUE(holds(form, part)) << part;
  }
  Response refused = desk.post("/r/risk", "title=New&custom.cost_centre=&custom.budget=much");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(holds(refused, "Budget must be a number"));
  refused = desk.post("/r/risk", "title=New&custom.cost_centre=&custom.budget=2");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(holds(refused, "Cost centre is required")) << refused.body.substr(0, 6000);
  Response made =
      desk.post("/r/risk", "title=New&custom.cost_centre=A1&custom.budget=2.5&custom.tier=gold&custom.sponsor=P-1");
  ASSERT_EQ(made.status, 303) << made.body;
  std::string url(made.header("Location"));
  Response page = desk.get(url);
  for (std::string_view part : {"Custom fields", "Cost centre", ">A1<", "2.5", ">Gold<", "Anna Keller"})
    EXPECT_TRUE(holds(page, part)) << part;
  EXPECT_EQ(desk.post(url + "/edit",
                      "_version=1&title=New&custom.cost_centre=B2&custom.budget=&custom.tier=silver&custom.sponsor=P-1")
                .status,
            303);
  page = desk.get(url);
  EXPECT_TRUE(holds(page, "<q>A1</q> to <q>B2</q>"));
  EXPECT_TRUE(holds(page, "<q>Gold</q> to <q>Silver</q>"));
  Response list = desk.get("/r/risk?sort=-custom.cost_centre");
  EXPECT_TRUE(holds(list, ">Cost centre<"));
  EXPECT_TRUE(holds(list, ">B2<"));
  EXPECT_TRUE(holds(list, "data-edit=\"custom.cost_centre\""));
  EXPECT_TRUE(holds(desk.get("/r/risk?columns=title,custom.sponsor"), "Anna Keller"));
  EXPECT_TRUE(holds(desk.get("/r/risk?custom.cost_centre=B2"), "Cost centre: B2"));
  EXPECT_TRUE(holds(desk.get("/r/risk?custom.cost_centre=Z9"), "Nothing fits"));
  EXPECT_TRUE(holds(desk.get("/r/risk/filter"), "_field=custom.budget"));
  EXPECT_TRUE(holds(desk.get("/r/risk/filter?_field=custom.budget"), "custom.budget.min"));
  EXPECT_TRUE(holds(desk.get("/r/risk/columns"), "value=\"custom.tier\""));
  EXPECT_TRUE(holds(desk.get("/search?q=B2"), "<mark>B2</mark>"));
  EXPECT_TRUE(holds(desk.get("/r/person/P-1"), "Risks (1), sponsor"));
  std::string id = url.substr(url.rfind('/') + 1);
  Response cell =
      desk.ask("PATCH", url + "/cell/custom.cost_centre", "_version=2&custom.cost_centre=C3&csrf=" + desk.csrf, true);
  EXPECT_EQ(cell.status, 200) << cell.body;
  EXPECT_EQ(read(desk, id).value(desk.field("custom.cost_centre")), Value(std::string("C3")));
  Response file = desk.get("/r/risk/export?format=csv&custom.cost_centre=C3");
  EXPECT_NE(read_file(file.file, 1 << 20)->find(",C3,"), std::string::npos);
}

TEST(CustomFieldPages, BothVersionsAreShownWhenTwoPeopleChange) {
  FieldsDesk desk;
  desk.define("register=risk&label=Cost+centre&kind=text");
  desk.define("register=risk&label=Budget&kind=number");
  EXPECT_EQ(desk.post("/r/risk/R-100000/edit", "_version=1&custom.cost_centre=A1&custom.budget=1").status, 303);
  // The other one saw version 1 and fills in the cost centre alone: the budget that came meanwhile stays.
  Response conflict = desk.post("/r/risk/R-100000/edit", "_version=1&custom.cost_centre=B2&custom.budget=");
  EXPECT_EQ(conflict.status, 409);
  EXPECT_TRUE(holds(conflict, "Stored now"));
  EXPECT_TRUE(holds(conflict, "value=\"B2\""));
  EXPECT_TRUE(holds(conflict, "name=\"custom.budget\" value=\"1\""));
}

TEST(CustomFieldPages, ValuesWithoutADefinitionAreShown) {
  FieldsDesk desk;
  Record record = read(desk, "R-100000");
  Record after = record;
  after.custom = R"({"legacy_no":"L-77"})";
  ASSERT_TRUE(desk.tenant().workspace->write(
      Principal::product("test"), [&](Transaction& transaction) { return transaction.update(record, after, ""); },
      Strictness::lenient));
  Response page = desk.get("/r/risk/R-100000");
  EXPECT_TRUE(holds(page, "legacy_no"));
  EXPECT_TRUE(holds(page, "L-77"));
}

TEST(CustomFieldPages, EmployeesNeitherSeeNorDefine) {
  FieldsDesk desk;
  Principal employee;
  employee.account = "x";
  employee.roles = {Role::employee};
  EXPECT_FALSE(may_define_fields(employee));
  desk.cookie.clear();
  EXPECT_EQ(desk.get("/fields").status, 303);
}

TEST(BulkPages, EverythingInTheListIsChangedAfterItsNumberWasShown) {
  FieldsDesk desk(120);
  Response list = desk.get("/r/risk?owner=P-1");
  EXPECT_TRUE(holds(list, "Change all 120 risks")) << list.body.substr(list.body.find("id=\"bulk\""), 1500);
  Response confirm = desk.post("/r/risk/bulk/form", "_all=1&_list=owner%3DP-1");
  EXPECT_TRUE(holds(confirm, "Change 120 risks"));
  std::string mark = FieldsDesk::hidden(confirm, "_mark");
  ASSERT_EQ(mark.size(), 16U);
  std::string all = "_all=1&_list=owner%3DP-1&_mark=";
  // Without the confirmation, or when the list holds others by now, nothing is changed.
  EXPECT_EQ(desk.post("/r/risk/bulk", "_all=1&_list=owner%3DP-1&change=threat&threat=Storm").status, 409);
  EXPECT_EQ(desk.post("/r/risk/bulk", all + mark + "&change=status&status=closed").status, 422);
  EXPECT_TRUE(is_empty(read(desk, "R-100119").at("threat")));
  Response done = desk.post("/r/risk/bulk", all + mark + "&change=threat&threat=Storm&_reason=autumn");
  EXPECT_EQ(done.status, 303) << done.body;
  EXPECT_EQ(done.header("Location"), "/r/risk?owner=P-1");
  for (int i = 0; i < 120; ++i) EXPECT_EQ(read(desk, "R-" + std::to_string(100000 + i)).text("threat"), "Storm");
  EXPECT_EQ(desk.post("/r/risk/bulk/form", "_list=").status, 422);
  EXPECT_EQ(desk.post("/r/risk/bulk/form", "_all=1&_list=owner%3DP-2").status, 409);
  EXPECT_EQ(desk.post("/r/risk/bulk/form", "_all=1&_list=nonsense%3D1").status, 422);
}

TEST(BulkPages, StepsAreTakenTogetherAndRefusalsNamed) {
  FieldsDesk desk(3);
  Response form = desk.post("/r/risk/bulk/form", "id=R-100000&id=R-100001");
  EXPECT_TRUE(holds(form, "take a step with all of them"));
  const Step& step = registers().find("risk")->lifecycle->steps.front();
  std::string body = "id=R-100000&id=R-100001&step=" + std::string(step.name);
  Response confirm = desk.post("/r/risk/bulk/step/form", body);
  EXPECT_EQ(confirm.status, 200) << confirm.body;
  EXPECT_TRUE(holds(confirm, "2 risks"));
  EXPECT_EQ(desk.post("/r/risk/bulk/step/form", "id=R-100000&step=nonsense").status, 404);
  Response done = desk.post("/r/risk/bulk/step", body + "&_reason=together");
  if (done.status == 200) {
    EXPECT_TRUE(holds(done, "Why it stayed as it was"));
    EXPECT_TRUE(holds(done, "R-100000"));
  } else {
    EXPECT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(read(desk, "R-100001").state(), step.to);
  }
}

// A document version has a field called version; the mark against lost updates is another one.
TEST(BulkPages, ACellOfARegisterWithAFieldVersionIsChanged) {
  FieldsDesk desk(1);
  const EntityDef& def = *registers().find("document_version");
  const EntityDef& document = *registers().find("document");
  ASSERT_TRUE(desk.tenant().workspace->write(
      Principal::product("test"),
      [&](Transaction& transaction) -> Result<void> {
        Record one(document);
        one.id = "DOC-1";
        one.at("title") = std::string("Policy");
        CHECK(transaction.insert(one, ""));
        Record version(def);
        version.id = "DV-1";
        version.at("document") = std::string("DOC-1");
        version.at("version") = std::string("0.1");
        version.at("status") = std::string(def.find("status")->choices.front().name);
        return transaction.insert(version, "");
      },
      Strictness::lenient));
  Response form = desk.ask("GET", "/r/document_version/DV-1/cell/version", "", true);
  EXPECT_TRUE(holds(form, "name=\"_version\" value=\"1\"")) << form.body;
  Response saved =
      desk.ask("PATCH", "/r/document_version/DV-1/cell/version", "_version=1&version=0.2&csrf=" + desk.csrf, true);
  EXPECT_EQ(saved.status, 200) << saved.body;
  Response stale =
      desk.ask("PATCH", "/r/document_version/DV-1/cell/version", "_version=1&version=0.3&csrf=" + desk.csrf, true);
  EXPECT_EQ(stale.status, 409) << stale.body;
  EXPECT_EQ(desk.ask("PATCH", "/r/document_version/DV-1/cell/version", "version=0.3&csrf=" + desk.csrf, true).status,
            422);
}

TEST(ListPages, ListsOfReferencesAreNamed) {
  FieldsDesk desk(1);
  const EntityDef& asset = *registers().find("asset");
  ASSERT_TRUE(desk.tenant().workspace->write(
      Principal::product("test"),
      [&](Transaction& transaction) -> Result<void> {
        Record one(asset);
        one.id = "AS-1";
        one.at("name") = std::string("Order database");
        return transaction.insert(one, "");
      },
      Strictness::lenient));
  Record before = read(desk, "R-100000");
  Record after = before;
  after.at("assets") = std::vector<std::string>{"AS-1"};
  ASSERT_TRUE(desk.tenant().workspace->write(
      Principal::product("test"), [&](Transaction& transaction) { return transaction.update(before, after, ""); },
      Strictness::lenient));
  EXPECT_TRUE(holds(desk.get("/r/risk?columns=title,assets"), ">Order database</a>"));
}

TEST(SearchPages, MarksRanksGroupsAndFilters) {
  FieldsDesk desk(2);
  const EntityDef& risk = *registers().find("risk");
  ASSERT_TRUE(desk.tenant().registers.change(Principal::product("test"), risk, "R-100001", 0,
                                             {{risk.find("threat"), std::string("A storm over Anna's <roof>")}}));
  Response page = desk.get("/search?q=anna");
  EXPECT_TRUE(holds(page, "<mark>Anna</mark> Keller"));
  EXPECT_TRUE(holds(page, "over <mark>Anna</mark>&#39;s &lt;roof&gt;") ||
              holds(page, "over <mark>Anna</mark>'s &lt;roof&gt;"));
  EXPECT_LT(page.body.find("/r/person/P-1"), page.body.find("/r/risk/R-100001"));  // found in the title
  EXPECT_TRUE(holds(page, "/search?q=anna&amp;in=risk"));
  Response only = desk.get("/search?q=anna&in=risk");
  EXPECT_FALSE(holds(only, "/r/person/P-1"));
  EXPECT_TRUE(holds(only, "/r/risk/R-100001"));
  EXPECT_TRUE(holds(desk.get("/search?q=nowhere+to+be+found"), "Nothing found"));
}

TEST(ApiPages, DescribeEveryRegister) {
  FieldsDesk desk(0);
  desk.define("register=risk&label=Cost+centre&kind=text&in_list=1");
  Response overview = desk.get("/api/docs");
  for (std::string_view part :
       {"If-Match", "Authorization: Bearer", "problem+json", "after=", "/api/v1/openapi.json", "/api/docs/risk"})
    EXPECT_TRUE(holds(overview, part)) << part;
  EXPECT_TRUE(holds(desk.get("/account"), "/api/docs"));
  Response found = desk.get("/api/docs?q=residual_score");
  EXPECT_TRUE(holds(found, "/api/docs/risk"));
  EXPECT_FALSE(holds(found, "/api/docs/site\""));
  EXPECT_TRUE(holds(desk.get("/api/docs?q=zebra"), "No register fits"));
  for (const EntityDef* def : registers().all()) {
    Response page = desk.get("/api/docs/" + std::string(def->name()));
    EXPECT_EQ(page.status, 200) << def->name();
    EXPECT_TRUE(holds(page, "curl -H")) << def->name();
  }
  Response risk = desk.get("/api/docs/risk");
  for (std::string_view part : {"residual_score", "custom.cost_centre", "If-Match", "/steps/{step}", "sort"})
    EXPECT_TRUE(holds(risk, part)) << part;
  EXPECT_EQ(desk.get("/api/docs/rizk").status, 404);
}

}  // namespace
}  // namespace assay
