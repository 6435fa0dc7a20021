// The workbench of the Statement of Applicability as people use it: from an empty workspace to the signed issue.
#include <fmt/format.h>

#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"
#include "tests/web/desk.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

struct SoaDesk : Desk {
  SoaDesk() {
    set_up();
    fill(1);
    become("owner", {Role::isms_owner}, "P-1");
    auto stored = tenant().workspace->write(
        Principal::product("test"),
        [&](Transaction& transaction) -> Result<void> {
          auto put = [&](std::string_view name, std::string_view id,
                         std::initializer_list<std::pair<std::string_view, Value>> values) -> Result<void> {
            Record record(*registers().find(name));
            record.id = id;
            for (const auto& [field, value] : values) record.at(field) = value;
            return transaction.insert(record, "");
          };
          CHECK(
              put("scope_statement", "SCOPE-1",
                  {{"version", std::int64_t{1}}, {"status", std::string("effective")}, {"text", std::string("All")}}));
          CHECK(put("risk_assessment_run", "RUN-1",
                    {{"kind", std::string("initial")},
                     {"performed_on", std::string("2026-05-01")},
                     {"scope", std::string("SCOPE-1")}}));
          CHECK(put("person", "P-2", {{"name", std::string("Dora Director")}, {"is_top_management", true}}));
          CHECK(put("supplier", "SUP-1",
                    {{"name", std::string("<b>Hoster</b>")},
                     {"in_scope", true},
                     {"status", std::string("active")},
                     {"cloud_service", true}}));
          return {};
        },
        Strictness::lenient);
    EXPECT_TRUE(stored.has_value()) << stored.error().text();
  }
  std::vector<Record> lines() {
    auto reader = tenant().workspace->read();
    std::vector<Record> out;
    for (const Record& each : (*reader)->where(StatementOfApplicability::def(), "status", "draft"))
      out = (*reader)->where(SoAEntry::def(), "soa", each.id);
    return out;
  }
  std::string soa() { return std::string(lines().front().text("soa")); }
  std::string line(std::string_view ref) {
    for (const Record& each : lines()) {
      if (each.text("control_ref") == ref) return each.id;
    }
    return {};
  }
  std::string all_ids() {
    std::string out;
    for (const Record& each : lines()) out += "&id=" + each.id;
    return out;
  }
};

TEST(SoaPages, TeachBeginAndFilter) {
  SoaDesk desk;
  Response empty = desk.get("/soa");
  EXPECT_EQ(empty.status, 200);
  EXPECT_TRUE(holds(empty, "There is no Statement of Applicability yet"));
  EXPECT_TRUE(holds(empty, "Begin with the 93 controls"));
  EXPECT_EQ(desk.post("/soa/begin", "a=b").status, 303);
  Response bench = desk.get("/soa");
  EXPECT_TRUE(holds(bench, "Not decided 93"));
  EXPECT_TRUE(holds(bench, "aria-current=\"page\" data-shortcut=\"g o\""));
  EXPECT_TRUE(holds(desk.get("/soa?theme=people"), "8 of 93 lines"));
  EXPECT_TRUE(holds(desk.get("/soa?decision=excluded"), "Nothing fits"));
  EXPECT_EQ(desk.get("/soa?version=9").status, 404);
  EXPECT_EQ(desk.post("/soa/begin", "a=b").status, 409);
}

TEST(SoaPages, ShowWhatContradictsAnExclusionWhileItIsChosen) {
  SoaDesk desk;
  desk.post("/soa/begin", "a=b");
  const std::string url = "/soa/line/" + desk.line("5.23");
  Response page = desk.get(url);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page, "The records would contradict an exclusion"));
  Response facts = desk.ask("POST", url + "/facts", "applicability=excluded&csrf=" + desk.csrf, true);
  EXPECT_TRUE(holds(facts, "The records contradict this exclusion"));
  EXPECT_TRUE(holds(facts, "cloud services in scope (SUP-1 &lt;b&gt;Hoster&lt;/b&gt;)"));
  EXPECT_FALSE(holds(facts, "<b>Hoster"));
  EXPECT_TRUE(holds(
      desk.ask("POST", "/soa/line/" + desk.line("8.11") + "/facts", "applicability=excluded&csrf=" + desk.csrf, true),
      "Nothing that is recorded speaks against"));
  // What is wrong comes back at its field, and nothing is stored.
  Response bad = desk.post(url, "_version=1&applicability=excluded&exclusion_justification=");
  EXPECT_EQ(bad.status, 422);
  EXPECT_TRUE(holds(bad, "must say why the control is excluded"));
  Response saved = desk.post(
      url, "_version=1&_then=next&applicability=excluded&exclusion_justification=Everything+runs+in+our+own+cellar.");
  EXPECT_EQ(saved.header("Location"), "/soa/line/" + desk.line("5.24"));
  EXPECT_TRUE(holds(desk.get("/soa?contradicted=true"), "1 of 93 lines"));
  EXPECT_EQ(desk.post(url, "_version=1&applicability=applicable").status, 409);
  EXPECT_EQ(desk.get("/soa/line/none").status, 404);
}

TEST(SoaPages, ChangeLinesTogetherAndComeBackToTheFilters) {
  SoaDesk desk;
  desk.post("/soa/begin", "a=b");
  Response none = desk.post("/soa/lines", fmt::format("soa={}&deed=review&_list=theme%3Dpeople", desk.soa()));
  EXPECT_EQ(none.status, 422);
  EXPECT_TRUE(holds(none, "choose at least one line"));
  EXPECT_TRUE(holds(none, "8 of 93 lines"));
  EXPECT_EQ(desk.post("/soa/lines", fmt::format("soa={}&deed=dance&id={}", desk.soa(), desk.line("6.1"))).status, 422);
  Response reviewed =
      desk.post("/soa/lines", fmt::format("soa={}&deed=review&_list=theme%3Dpeople{}", desk.soa(), desk.all_ids()));
  EXPECT_EQ(reviewed.header("Location"), "/soa?theme=people");
  EXPECT_TRUE(holds(desk.get("/soa"), "Review due 0"));
  desk.become("reader", {Role::internal_auditor});
  EXPECT_FALSE(holds(desk.get("/soa"), "id=\"soa-lines\""));
  EXPECT_EQ(desk.post("/soa/lines", fmt::format("soa={}&deed=review&id={}", desk.soa(), desk.line("6.1"))).status, 403);
  desk.become("staff", {Role::employee});
  EXPECT_EQ(desk.get("/soa").status, 403);
  EXPECT_EQ(desk.get("/soa/version/" + desk.soa() + "/xlsx").status, 403);
}

TEST(SoaPages, ApproveWithASignatureAndIssue) {
  SoaDesk desk;
  desk.post("/soa/begin", "a=b");
  const std::string soa = desk.soa();
  EXPECT_EQ(desk.post("/soa/lines", fmt::format("soa={}&deed=grounds&grounds=business{}", soa, desk.all_ids())).status,
            303);
  EXPECT_TRUE(holds(desk.get("/soa"), "93 things stand against issuing this version"));
  for (const Record& line : desk.lines()) {
    Response saved =
        desk.post("/soa/line/" + line.id, fmt::format("_version={}&applicability=applicable&inclusion_reasons=business&"
                                                      "inclusion_justification=Customers+expect+it.",
                                                      line.version));
    ASSERT_EQ(saved.status, 303) << saved.body.substr(0, 500);
  }
  EXPECT_TRUE(holds(desk.get("/soa"), "Nothing stands against issuing this version"));
  EXPECT_EQ(desk.get("/soa/version/" + soa + "/oscal").header("Content-Disposition").substr(0, 10), "attachment");
  EXPECT_TRUE(holds(desk.get("/soa/document"), "Draft, not approved for use"));
  EXPECT_EQ(desk.post(fmt::format("/r/statement_of_applicability/{}/step/submit", soa), "_version=0").status, 303);
  desk.become("director", {Role::top_management}, "P-2");
  Response form = desk.get("/soa/approve");
  EXPECT_TRUE(holds(form, "name=\"_password\""));
  const std::string version =
      std::to_string((*desk.tenant().workspace->read())->find(StatementOfApplicability::def(), soa)->version);
  Response wrong = desk.post("/soa/approve", fmt::format("soa={}&_version={}&_password=wrong", soa, version));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(holds(desk.get("/issued"), "Nothing has been issued yet"));
  Response issued =
      desk.post("/soa/approve", fmt::format("soa={}&_version={}&_password=teal+lamp+seven+rivers", soa, version));
  ASSERT_EQ(issued.header("Location"), "/issued/1") << issued.body.substr(0, 2000);
  EXPECT_TRUE(holds(desk.get("/issued/1"), "hash and document agree"));
  EXPECT_TRUE(holds(desk.get("/issued/1/document"), "Approved on 2026-06-01"));
  // An issued version has its one file, which the page waits for in its place.
  EXPECT_TRUE(holds(desk.get("/soa/version/" + soa + "/pdf"), "href=\"/issued/1\""));
  EXPECT_TRUE(holds(desk.get("/soa/difference"), "No line differs."));
  desk.sign_in("owner");
  EXPECT_TRUE(holds(desk.get("/soa"), "Issued as document 1"));
}

}  // namespace
}  // namespace assay
