// Quantitative risk as people see it: an empty state that teaches, estimates that come back with their problems,
// figures that open.
#include <fmt/format.h>

#include "isms/loss/loss_estimate.h"
#include "tests/web/desk.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

constexpr std::string_view form =
    "frequency_model=pert&frequency_low=0.1&frequency_likely=0.3&frequency_high=1&loss_model=range_90&loss_low=1000&"
    "loss_high=50000&rationale=Own+events&estimated_on=2026-05-30";

struct LossPagesDesk : Desk {
  LossPagesDesk() {
    set_up();
    fill(3);
    become("owner", {Role::isms_owner});
  }
  // The form with another value for one of its inputs, "name=value".
  static std::string with(std::string_view changed) {
    std::string out(form);
    std::size_t at = out.find(changed.substr(0, changed.find('=') + 1));
    if (at == std::string::npos) return fmt::format("{}&{}", form, changed);
    return out.replace(at, std::min(out.find('&', at), out.size()) - at, changed);
  }
};

TEST(LossPages, AnEmptyPortfolioTeachesAndHasNothingToReport) {
  LossPagesDesk desk;
  Response page = desk.get("/risks/loss");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page, "No risk has an estimate in figures yet"));
  EXPECT_TRUE(holds(page, "6.1.2 d"));
  EXPECT_TRUE(holds(page, "/risks/loss/risk/R-100000/now"));
  EXPECT_TRUE(holds(page, "Risk &lt;0&gt;"));
  EXPECT_EQ(desk.get("/risks/loss/report").status, 404);
  EXPECT_TRUE(holds(desk.get("/risks/loss/risk/R-100000"), "There is no usable estimate of today"));
  EXPECT_EQ(desk.get("/risks/loss/risk/R-9").status, 404);
  EXPECT_EQ(desk.get("/risks/loss/risk/R-100000/soon").status, 404);
}

TEST(LossPages, AnEstimateBegunAnywhereLeadsToItsRisk) {
  LossPagesDesk desk;
  EXPECT_EQ(desk.get("/r/loss_estimate/new").header("Location"), "/risks/loss");
  EXPECT_EQ(desk.get("/r/loss_estimate/new?risk=R-100000").header("Location"), "/risks/loss/risk/R-100000");
}

TEST(LossPages, AnEstimateIsEnteredAndOpensItsFigures) {
  LossPagesDesk desk;
  Response saved = desk.post("/risks/loss/risk/R-100000/now", std::string(form));
  ASSERT_EQ(saved.status, 303) << saved.body;
  EXPECT_EQ(saved.header("Location"), "/risks/loss/risk/R-100000");
  Response risk = desk.get("/risks/loss/risk/R-100000");
  EXPECT_TRUE(holds(risk, "0.1 to 1, most likely 0.3"));
  EXPECT_TRUE(holds(risk, "<svg class=\"chart\""));
  Response portfolio = desk.get("/risks/loss");
  EXPECT_TRUE(holds(portfolio, "Loss exceedance curve"));
  EXPECT_TRUE(holds(portfolio, "Set the loss tolerance"));
  EXPECT_TRUE(holds(portfolio, "href=\"/risks/loss/risk/R-100000\""));
  // The same address gives the same figures.
  EXPECT_EQ(portfolio.body, desk.get("/risks/loss").body);
  // The plan begins from today, and shows what it returns.
  EXPECT_TRUE(holds(desk.get("/risks/loss/risk/R-100000/planned"), "value=\"50000\""));
  ASSERT_EQ(desk.post("/risks/loss/risk/R-100000/planned", desk.with("frequency_high=0.4") + "&yearly_cost=500").status,
            303);
  Response both = desk.get("/risks/loss/risk/R-100000");
  EXPECT_TRUE(holds(both, "Return on control"));
  EXPECT_TRUE(holds(both, "With the plan carried out:"));
}

TEST(LossPages, BadFiguresComeBackAtTheirFieldsAndNothingIsStored) {
  LossPagesDesk desk;
  struct Case {
    std::string_view change, field, words;
  };
  for (const Case& each :
       std::initializer_list<Case>{{"frequency_low=-1", "frequency_low", "must be 0 or above"},
                                   {"frequency_low=2", "frequency_high", "must be above the low end"},
                                   {"frequency_likely=5", "frequency_likely", "must not be above the high end"},
                                   {"frequency_high=20000", "frequency_high", "10,000 events a year"},
                                   {"loss_high=1000", "loss_high", "a range without width"},
                                   {"loss_low=0", "loss_low", "must be above 0"},
                                   {"loss_high=1e13", "loss_high", "1,000,000,000,000"},
                                   {"loss_high=plenty", "loss_high", "number"},
                                   {"rationale=", "rationale", "required"}}) {
    Response refused = desk.post("/risks/loss/risk/R-100000/now", desk.with(each.change));
    EXPECT_EQ(refused.status, 422) << each.change;
    EXPECT_TRUE(holds(refused, fmt::format("id=\"f-{}-problem\"", each.field))) << each.change;
    EXPECT_TRUE(holds(refused, each.words)) << each.change;
  }
  EXPECT_TRUE(holds(desk.get("/risks/loss"), "No risk has an estimate in figures yet"));
  // Without the form's token nothing is taken at all.
  EXPECT_EQ(desk.ask("POST", "/risks/loss/risk/R-100000/now", std::string(form)).status, 403);
}

TEST(LossPages, ThePictureIsDrawnFromWhatIsTyped) {
  LossPagesDesk desk;
  Response picture = desk.ask("POST", "/risks/loss/risk/R-100000/now/picture",
                              fmt::format("{}&csrf={}", form, desk.csrf), true, "loss-picture");
  EXPECT_EQ(picture.status, 200);
  EXPECT_TRUE(holds(picture, "<svg"));
  EXPECT_FALSE(holds(picture, "<html"));
  EXPECT_TRUE(holds(picture, "Expected loss in a year"));
  Response unfinished = desk.ask("POST", "/risks/loss/risk/R-100000/now/picture",
                                 fmt::format("{}&csrf={}", desk.with("loss_high="), desk.csrf), true, "loss-picture");
  EXPECT_TRUE(holds(unfinished, "is required by this way of estimating"));
  // Without JavaScript the whole page comes, with what was typed.
  Response whole = desk.post("/risks/loss/risk/R-100000/now/picture", desk.with("rationale=Kept+words"));
  EXPECT_TRUE(holds(whole, "<html"));
  EXPECT_TRUE(holds(whole, "Kept words"));
  EXPECT_TRUE(holds(whole, "<svg class=\"chart\""));
}

TEST(LossPages, WhatTheAddressAsksIsBounded) {
  LossPagesDesk desk;
  ASSERT_EQ(desk.post("/risks/loss/risk/R-100000/now", std::string(form)).status, 303);
  for (std::string_view query : {"years=9999", "years=1000001", "years=99999999999999999999", "seed=-1", "seed=x",
                                 "correlation=91", "correlation=0.5"}) {
    Response refused = desk.get(fmt::format("/risks/loss?{}", query));
    EXPECT_EQ(refused.status, 422) << query;
    EXPECT_TRUE(holds(refused, "must be a whole number from")) << query;
    EXPECT_FALSE(holds(refused, "Loss exceedance curve")) << query;
  }
  Response asked = desk.get("/risks/loss?years=20000&seed=8&correlation=30");
  EXPECT_TRUE(holds(asked, "seed 8, correlation 30"));
  EXPECT_TRUE(holds(asked, "/risks/loss/report?years=20000&amp;seed=8&amp;correlation=30"));
  EXPECT_EQ(desk.get("/risks/loss/report/pdf?years=5").status, 422);
}

TEST(LossPages, TheReportIsIssuedAboutTheTolerance) {
  LossPagesDesk desk;
  ASSERT_EQ(desk.post("/risks/loss/risk/R-100000/now", std::string(form)).status, 303);
  Response before = desk.get("/risks/loss/report");
  EXPECT_TRUE(holds(before, "can be issued once the loss tolerance is set"));
  EXPECT_FALSE(holds(before, "/risks/loss/report/issue"));
  EXPECT_EQ(desk.post("/risks/loss/report/issue", "seed=1").status, 422);
  Response set = desk.post("/r/loss_tolerance",
                           "currency=EUR&rationale=Reserve&points.rows=2&points.0.loss=1000&points.0.probability=50&"
                           "points.1.loss=100000&points.1.probability=5");
  ASSERT_EQ(set.status, 303) << set.body.substr(0, 3000);
  Response portfolio = desk.get("/risks/loss");
  EXPECT_TRUE(holds(portfolio, "The loss tolerance is a draft"));
  EXPECT_TRUE(holds(portfolio, "Against the loss tolerance"));
  EXPECT_TRUE(holds(portfolio, "EUR"));
  EXPECT_TRUE(holds(desk.get("/risks/loss/report"), "/risks/loss/report/issue"));
  Response issued = desk.post("/risks/loss/report/issue", "seed=4&years=10000&correlation=0");
  ASSERT_EQ(issued.status, 303) << issued.body.substr(0, 2000);
  EXPECT_EQ(issued.header("Location"), "/issued/1");
  Response document = desk.get("/issued/1/document");
  EXPECT_TRUE(holds(document, "seed 4"));
  EXPECT_TRUE(holds(document, "Own events"));
  Response workbook = desk.get("/risks/loss/report.xlsx");
  EXPECT_EQ(workbook.status, 200);
  EXPECT_TRUE(std::filesystem::file_size(workbook.file) > 4'000);
}

TEST(LossPages, WhoMayNotSeeRisksSeesNoLosses) {
  LossPagesDesk desk;
  ASSERT_EQ(desk.post("/risks/loss/risk/R-100000/now", std::string(form)).status, 303);
  desk.become("admin2", {Role::administrator});
  for (std::string_view path : {"/risks/loss", "/risks/loss/report", "/risks/loss/report.xlsx",
                                "/risks/loss/risk/R-100000", "/risks/loss/risk/R-100000/now"}) {
    EXPECT_EQ(desk.get(std::string(path)).status, 403) << path;
  }
  desk.become("auditor", {Role::internal_auditor});
  EXPECT_EQ(desk.get("/risks/loss").status, 200);
  EXPECT_FALSE(holds(desk.get("/risks/loss"), "/now\""));
  EXPECT_EQ(desk.post("/risks/loss/risk/R-100001/now", std::string(form)).status, 403);
}

}  // namespace
}  // namespace assay
