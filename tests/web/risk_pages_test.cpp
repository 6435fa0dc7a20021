// The pages of the risk register: the picture, entering, scoring together, reviewing, the document.
#include "base/file.h"
#include "base/text.h"
#include "http/url.h"
#include "kernel/service/bundle_service.h"
#include "tests/web/desk.h"

namespace assay::test {
namespace {

class RiskPages : public ::testing::Test {
 protected:
  // The example organisation as its administrator sees it, who keeps the ISMS here.
  void load_example() {
    desk_.set_up();
    auto text =
        read_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "content/example/workspace.json", std::size_t{64} << 20U);
    ASSERT_TRUE(text.has_value());
    auto bundle = read_bundle(registers(), *text);
    ASSERT_TRUE(bundle.has_value());
    ASSERT_TRUE(import_bundle(*desk_.tenant().workspace, Principal::product("test"), *bundle, {}).has_value());
  }
  static std::string form_of(const Fields& fields) { return join_pairs(fields); }
  Record risk(const std::string& id) {
    return *desk_.tenant().registers.read(Principal::product("test"), *registers().find("risk"), id);
  }

  Desk desk_;
};

TEST_F(RiskPages, AnEmptyRegisterTeaches) {
  desk_.set_up();
  Response response = desk_.get("/risks");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(holds(response, "No risk is in the register yet"));
  EXPECT_TRUE(holds(response, "6.1.2 c"));
  EXPECT_TRUE(holds(response, "No risk method is in force"));
  for (std::string url :
       {"/risks/new", "/risks/assess", "/risks/review", "/risks/trend", "/risks/opportunities", "/risks/document"})
    EXPECT_EQ(desk_.get(url).status, 200) << url;
  EXPECT_EQ(desk_.get("/risks/R-999").status, 404);
  EXPECT_EQ(desk_.get("/risks?owner=P-1&nonsense=1").status, 422);
}

TEST_F(RiskPages, ThePictureCountsAndLeadsToTheList) {
  load_example();
  Response response = desk_.get("/risks");
  ASSERT_EQ(response.status, 200);
  EXPECT_TRUE(holds(response, "Above the threshold of 9"));
  EXPECT_TRUE(holds(response, "residual_likelihood="));
  EXPECT_TRUE(holds(response, "status.not=closed"));
  // A cell says how many risks it leads to, and the list has as many.
  std::size_t at = response.body.find("/r/risk?status.not=closed&amp;residual_likelihood=");
  ASSERT_NE(at, std::string::npos);
  std::string url = replace_all(response.body.substr(at, response.body.find('"', at) - at), "&amp;", "&");
  std::size_t label = response.body.find("aria-label=\"", at) + 12;
  std::size_t count = static_cast<std::size_t>(std::stoi(response.body.substr(label, 4)));
  Response list = desk_.get(url);
  std::size_t rows = 0;
  for (std::size_t place = list.body.find("<tr id="); place != std::string::npos;
       place = list.body.find("<tr id=", place + 1))
    ++rows;
  if (rows > 0) {
    EXPECT_EQ(rows, count) << url;
  }
  EXPECT_EQ(list.status, 200);
  EXPECT_TRUE(holds(desk_.get("/risks?owner=P-003"), "a part of the register"));
  EXPECT_TRUE(holds(desk_.get("/risks?status=closed&owner=P-999"), "fits these filters"));
}

TEST_F(RiskPages, AVagueRiskIsToldSoAndNotSaved) {
  load_example();
  auto count = [&] {
    return desk_.tenant()
        .registers
        .ids_of(Principal::product("test"),
                {.def = registers().find("risk"), .filters = {}, .search = {}, .after = {}, .columns = {}}, 1000)
        ->size();
  };
  std::size_t before = count();
  Response response = desk_.post("/risks/new", form_of({{"threat", "Cyber attack"}}));
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(holds(response, "Nobody could choose a control from this yet"));
  EXPECT_TRUE(holds(response, "The risk is not saved yet"));
  EXPECT_EQ(count(), before);
  response = desk_.post("/risks/new", form_of({{"threat", "Cyber attack"}, {"_anyway", "1"}}));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(count(), before + 1);
}

TEST_F(RiskPages, ARiskIsComposedCheckedAndEntered) {
  load_example();
  Fields parts{{"assets", "A-016"},
               {"threat", "Former supplier keeping remote access"},
               {"weakness", "Accounts of suppliers are never closed"},
               {"consequence", "Two weeks of forensic work, and customers ask for proof"}};
  Response check = desk_.post("/risks/new/check", form_of(parts));
  EXPECT_EQ(check.status, 200);
  EXPECT_TRUE(holds(check, "Former supplier keeping remote access: "));
  EXPECT_TRUE(holds(check, "No risk like it is in the register"));
  EXPECT_TRUE(holds(check, "Comparable assets have"));
  Response taken = desk_.post("/risks/new/check", form_of({{"assets", "A-016"}, {"take", "risk:R-002"}}));
  EXPECT_TRUE(holds(taken, "Ransomware operator"));
  Fields bad = parts;
  bad.emplace_back("inherent_likelihood", "9");
  bad.emplace_back("inherent_impact", "3");
  Response refused = desk_.post("/risks/new", form_of(bad));
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(holds(refused, "must be from 1 to 5"));
  EXPECT_TRUE(holds(refused, "off the scale"));
  for (const auto& [name, value] : Fields{{"owner", "P-003"},
                                          {"inherent_likelihood", "4"},
                                          {"inherent_impact", "4"},
                                          {"residual_likelihood", "2"},
                                          {"residual_impact", "4"},
                                          {"threat_category", "TC-human_actions"},
                                          {"cia", "C"},
                                          {"_assess", "1"}}) {
    parts.emplace_back(name, value);
  }
  Response saved = desk_.post("/risks/new", form_of(parts));
  ASSERT_EQ(saved.status, 303) << saved.body.substr(0, 2000);
  Record stored = risk(std::string(saved.header("Location")).substr(std::string("/r/risk/").size()));
  EXPECT_EQ(stored.state(), "assessed");
  EXPECT_EQ(number_of(stored.at("residual_score")), 8);
}

TEST_F(RiskPages, ManyAreScoredTogetherAndABadRowComesBackAtItsField) {
  load_example();
  Response shown = desk_.get("/risks/assess?status=in_treatment");
  ASSERT_EQ(shown.status, 200);
  std::size_t at = shown.body.find("name=\"R-");
  ASSERT_NE(at, std::string::npos);
  std::string id = shown.body.substr(at + 6, shown.body.find('.', at) - at - 6);
  Fields row{{id + ".residual_likelihood", "1"}, {id + ".residual_impact", "1"}, {id + ".target_likelihood", "1"},
             {id + ".target_impact", "1"},       {"run", "new:planned"},         {"_reason", "Half-yearly look"}};
  Fields bad = row;
  bad[0].second = "17";
  Response refused = desk_.post("/risks/assess?status=in_treatment", form_of(bad));
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(holds(refused, "must be from 1 to 5"));
  EXPECT_EQ(risk(id).version, 1);
  bad[0].second = "much";
  EXPECT_TRUE(holds(desk_.post("/risks/assess?status=in_treatment", form_of(bad)), "must be a level of the scale"));
  Response saved = desk_.post("/risks/assess?status=in_treatment", form_of(row));
  ASSERT_EQ(saved.status, 303) << saved.body.substr(0, 2000);
  EXPECT_TRUE(saved.header("Location").starts_with("/r/risk_assessment_run/")) << saved.header("Location");
  EXPECT_EQ(number_of(risk(id).at("residual_score")), 1);
  Response history = desk_.get("/risks/" + id);
  EXPECT_TRUE(holds(history, "Half-yearly look"));
  EXPECT_TRUE(holds(history, "<svg"));
}

TEST_F(RiskPages, ReviewsAreConfirmedOrSentOn) {
  load_example();
  Response shown = desk_.get("/risks/review?until=2030-01-01&triggers=no");
  ASSERT_EQ(shown.status, 200);
  std::string id;
  for (int i = 1; i < 60 && id.empty(); ++i) {
    std::string candidate = "R-" + std::string(i < 10 ? "00" : "0") + std::to_string(i);
    auto record = desk_.tenant().registers.read(Principal::product("test"), *registers().find("risk"), candidate);
    if (record && record->state() == "in_treatment") id = candidate;
  }
  ASSERT_FALSE(id.empty());
  EXPECT_TRUE(holds(shown, id));
  Response without_reason = desk_.post("/risks/review", form_of({{"id", id}, {"_then", "confirm"}}));
  EXPECT_EQ(without_reason.status, 422);
  EXPECT_EQ(desk_.post("/risks/review", form_of({{"id", id}, {"_then", "assess"}})).header("Location"),
            "/risks/assess?id=" + id);
  Response confirmed =
      desk_.post("/risks/review", form_of({{"id", id}, {"_then", "confirm"}, {"_reason", "Nothing changed"}}));
  EXPECT_EQ(confirmed.status, 303);
  EXPECT_EQ(risk(id).text("assessed_on"), "2026-06-01");
  EXPECT_EQ(desk_.get("/risks/review?until=tomorrow").status, 422);
}

TEST_F(RiskPages, TheDocumentIsIssuedAndTheWorkbookHoldsEveryRisk) {
  load_example();
  Response shown = desk_.get("/risks/document");
  ASSERT_EQ(shown.status, 200);
  EXPECT_TRUE(holds(shown, "draft: not issued"));
  EXPECT_TRUE(holds(shown, "R-001"));
  Response part = desk_.get("/risks/document?owner=P-003");
  EXPECT_TRUE(holds(part, "a part of the register"));
  EXPECT_FALSE(holds(part, "/risks/document/issue"));
  Response issued = desk_.post("/risks/document/issue", "a=b");
  ASSERT_EQ(issued.status, 303);
  Response kept = desk_.get(std::string(issued.header("Location")) + "/document");
  EXPECT_TRUE(holds(kept, "R-001"));
  EXPECT_FALSE(holds(kept, "draft: not issued"));
  // Who waits for the PDF of a part gets that part.
  EXPECT_TRUE(holds(desk_.get("/risks/document/pdf?owner=P-003"), "/risks/document/pdf?owner=P-003\""));
  Response workbook = desk_.get("/risks/document/xlsx");
  EXPECT_EQ(workbook.status, 200);
  EXPECT_FALSE(workbook.file.empty());
}

TEST_F(RiskPages, OpportunitiesStandByWhatTheyNeedNext) {
  load_example();
  Response shown = desk_.get("/risks/opportunities");
  ASSERT_EQ(shown.status, 200);
  EXPECT_TRUE(holds(shown, "Measure restore times by script"));
  EXPECT_TRUE(holds(shown, "Mark as implemented"));
}

}  // namespace
}  // namespace assay::test
