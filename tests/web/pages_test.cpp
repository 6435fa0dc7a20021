// The pages of lists, search and accounts, asked as a browser would ask them, without a server.
#include <gtest/gtest.h>

#include "tests/web/desk.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

TEST(Pages, first_account_then_signed_in) {
  Desk desk;
  EXPECT_EQ(desk.get("/sign-in").header("Location"), "/set-up?workspace=main");
  EXPECT_EQ(desk.get("/r/risk?q=x").header("Location"), "/sign-in?next=%2Fr%2Frisk%3Fq%3Dx");
  desk.set_up();
  ASSERT_FALSE(desk.csrf.empty());
  EXPECT_EQ(desk.get("/set-up").header("Location"), "/sign-in");
  EXPECT_EQ(desk.get("/account").status, 200);
  EXPECT_NE(desk.get("/account").header("Content-Security-Policy"), "");
  EXPECT_EQ(desk.get("/nowhere").status, 404);
  EXPECT_EQ(desk.ask("POST", "/sign-out", "a=b").status, 403);
  EXPECT_EQ(desk.post("/sign-out", "a=b").header("Location"), "/sign-in");
  EXPECT_EQ(desk.get("/account").status, 303);
}

TEST(Pages, sign_in_refuses_and_returns) {
  Desk desk;
  desk.set_up();
  desk.cookie.clear();
  EXPECT_EQ(desk.ask("POST", "/sign-in", "email=anna%40example.org&password=wrong").status, 401);
  Response good =
      desk.ask("POST", "/sign-in", "email=anna%40example.org&password=seven+green+ladders+sing&next=%2Fr%2Frisk");
  EXPECT_EQ(good.header("Location"), "/r/risk");
  Response away = desk.ask("POST", "/sign-in",
                           "email=anna%40example.org&password=seven+green+ladders+sing&next=%2F%2Fevil.example");
  EXPECT_EQ(away.header("Location"), "/");
}

TEST(Pages, empty_list_teaches) {
  Desk desk;
  desk.set_up();
  Response list = desk.get("/r/risk");
  EXPECT_EQ(list.status, 200);
  EXPECT_TRUE(holds(list, "No risks yet"));
  EXPECT_TRUE(holds(list, "/r/risk/new"));
}

TEST(Pages, every_list_and_its_board_and_panels) {
  Desk desk;
  desk.set_up();
  desk.fill(3);
  for (const EntityDef* def : registers().all()) {
    if (!may(desk.tenant().accounts.find_by_email("anna@example.org")->principal(), Action::see, *def).allowed)
      continue;
    std::string url = "/r/" + std::string(def->name());
    EXPECT_EQ(desk.get(url).status, 200) << url;
    EXPECT_EQ(desk.get(url + "/filter").status, 200) << url;
    EXPECT_EQ(desk.get(url + "/columns").status, 200) << url;
    if (def->lifecycle) {
      EXPECT_EQ(desk.get(url + "?view=board").status, 200) << url;
    }
    for (const FieldDef& field : def->fields) {
      EXPECT_EQ(desk.get(url + "/filter?_field=" + std::string(field.name)).status, 200) << url << " " << field.name;
    }
  }
}

TEST(Pages, filters_sort_and_paging_live_in_the_address) {
  Desk desk;
  desk.set_up();
  desk.fill(120);
  Response list = desk.get("/r/risk?owner=P-1&sort=-id");
  EXPECT_TRUE(holds(list, "Owner: Anna Keller") || holds(list, "owner: Anna Keller"))
      << list.body.substr(list.body.find("chips"), 600);
  EXPECT_TRUE(holds(list, "R-100119"));
  EXPECT_TRUE(holds(list, "Risk &lt;119&gt;"));
  EXPECT_TRUE(holds(list, "aria-sort=\"descending\""));
  EXPECT_TRUE(holds(list, "after="));
  EXPECT_EQ(desk.get("/r/risk?owner=&q=").header("Location"), "/r/risk");
  Response part = desk.ask("GET", "/r/risk?q=Risk", "", true, "list-table");
  EXPECT_TRUE(part.body.starts_with("<div class=\"card\" id=\"list-table\">"));
  EXPECT_EQ(part.header("HX-Push-Url"), "/r/risk?q=Risk");
  EXPECT_EQ(desk.get("/r/risk?nonsense=1").status, 422);
  EXPECT_EQ(desk.get("/r/rizk").status, 404);
}

TEST(Pages, views_are_kept_and_removed) {
  Desk desk;
  desk.set_up();
  desk.fill(1);
  EXPECT_EQ(desk.post("/r/risk/views", "name=Mine&query=owner%3DP-1").header("Location"), "/r/risk?owner=P-1");
  Response list = desk.get("/r/risk?owner=P-1");
  ASSERT_TRUE(holds(list, "Remove the view Mine"));
  std::size_t at = list.body.find("/r/risk/views/");
  std::string url = list.body.substr(at, list.body.find('"', at) - at);
  desk.post(url, "a=b");
  EXPECT_FALSE(holds(desk.get("/r/risk?owner=P-1"), "Remove the view Mine"));
}

TEST(Pages, cells_and_several_records_are_changed) {
  Desk desk;
  desk.set_up();
  desk.fill(3);
  EXPECT_TRUE(holds(desk.ask("GET", "/r/risk/R-100000/cell/title", "", true), "value=\"1\""));
  Response saved = desk.ask("PATCH", "/r/risk/R-100000/cell/title", "_version=1&title=Fire&csrf=" + desk.csrf, true);
  EXPECT_EQ(saved.status, 200) << saved.body;
  EXPECT_TRUE(holds(saved, "Fire"));
  Response stale = desk.ask("PATCH", "/r/risk/R-100000/cell/title", "_version=1&title=Flood&csrf=" + desk.csrf, true);
  EXPECT_EQ(stale.status, 409) << stale.body;
  EXPECT_EQ(desk.post("/r/risk/bulk/form", "id=R-100001&id=R-100002").status, 200);
  Response bulk = desk.post("/r/risk/bulk", "id=R-100001&id=R-100002&change=threat&threat=Storm");
  EXPECT_EQ(bulk.status, 303) << bulk.body;
  EXPECT_EQ(desk.post("/r/risk/bulk", "id=R-100001").status, 422);
}

TEST(Pages, export_in_three_formats) {
  Desk desk;
  desk.set_up();
  desk.fill(3);
  for (std::string_view format : {"csv", "json", "xlsx"}) {
    Response file = desk.get("/r/risk/export?format=" + std::string(format));
    EXPECT_EQ(file.status, 200) << file.body;
    EXPECT_GT(std::filesystem::file_size(file.file), 100U);
  }
  EXPECT_EQ(desk.get("/r/risk/export?format=doc").status, 422);
}

TEST(Pages, search_palette_and_pickers) {
  Desk desk;
  desk.set_up();
  desk.fill(2);
  EXPECT_TRUE(holds(desk.get("/search?q=Anna"), "P-1"));
  EXPECT_TRUE(holds(desk.get("/palette?q=new+risk"), "/r/risk/new"));
  EXPECT_TRUE(holds(desk.get("/pick/person?q=ann"), "data-id=\"P-1\""));
}

TEST(Pages, accounts_are_administered) {
  Desk desk;
  desk.set_up();
  desk.fill(1);
  EXPECT_EQ(desk.get("/accounts").status, 200);
  EXPECT_EQ(desk.get("/accounts/new").status, 200);
  Response made = desk.post("/accounts", "email=ben%40example.org&name=Ben+Ode&role=employee&person=P-1");
  EXPECT_TRUE(holds(made, "First password of Ben Ode")) << made.body;
  std::string id = desk.tenant().accounts.find_by_email("ben@example.org")->id;
  EXPECT_EQ(desk.get("/accounts/" + id).status, 200);
  EXPECT_EQ(desk.post("/accounts/" + id, "name=Ben&role=employee&role=risk_owner").status, 303);
  EXPECT_EQ(desk.post("/accounts/" + id + "/disable", "reason=left").status, 303);
  EXPECT_EQ(desk.tenant().accounts.find(id)->state, AccountState::disabled);
  EXPECT_TRUE(holds(desk.post("/account/totp", "a=b"), "<svg"));
  EXPECT_TRUE(holds(desk.post("/account/tokens", "name=x&scope=read&expires_on=2026-07-01"), "assay_main_"));
}

}  // namespace
}  // namespace assay
