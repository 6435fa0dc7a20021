// The pages of the risk method and of calibration, asked as a browser would ask them.
#include <fmt/format.h>

#include "isms/risk/method_settings.h"
#include "tests/web/desk.h"
#include "workflows/risk/calibration.h"
#include "workflows/risk/risk_method.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

struct MethodDesk : Desk {
  MethodDesk() {
    set_up();
    fill(0);
  }
  Principal keeper() { return {.account = "A-1", .name = "Anna Keller", .person = "P-1", .roles = {Role::isms_owner}}; }
  void link_account() {
    auto account = tenant().accounts.find_by_email("anna@example.org");
    ASSERT_TRUE(account);
    ASSERT_TRUE(tenant().accounts.change(Principal::product("test"), account->id, {.person = "P-1"}));
  }
  void add_person(std::string_view id, std::string_view name) {
    auto stored = tenant().workspace->write(
        Principal::product("test"),
        [&](Transaction& transaction) -> Result<void> {
          Record person(*registers().find("person"));
          person.id = id;
          person.at("name") = std::string(name);
          return transaction.insert(person, "");
        },
        Strictness::lenient);
    ASSERT_TRUE(stored) << stored.error().text();
  }
  // Begins the first version; gives its address.
  std::string begin() {
    Response made = post("/risk/method", "");
    EXPECT_EQ(made.status, 303);
    std::string url(made.header("Location"));
    return url.substr(0, url.find("/set/"));
  }
};

TEST(MethodPages, AnEmptyWorkspaceIsTaught) {
  MethodDesk desk;
  Response page = desk.get("/risk/method");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page, "There is no risk method yet"));
  EXPECT_TRUE(holds(page, "Begin the method"));
  EXPECT_TRUE(holds(desk.get("/risk/calibration"), "No exercise has been held yet"));
}

TEST(MethodPages, EveryPartOfTheWizardIsShownAndSaved) {
  MethodDesk desk;
  std::string method = desk.begin();
  EXPECT_EQ(desk.post("/risk/method", "").status, 409) << "one draft at a time";
  for (const MethodPartText& part : method_parts) {
    Response page = desk.get(fmt::format("{}/set/{}", method, part.name));
    EXPECT_EQ(page.status, 200) << part.name;
    EXPECT_TRUE(holds(page, "aria-current=\"step\"")) << part.name;
  }
  EXPECT_EQ(desk.get(method + "/set/nothing").status, 404);
  Response saved = desk.post(method + "/set/approach", "approach=event_based&_version=1");
  EXPECT_EQ(saved.status, 303);
  EXPECT_EQ(saved.header("Location"), method + "/set/scales");
  Response page = desk.get(method);
  EXPECT_TRUE(holds(page, "Draft, not approved for use"));
  EXPECT_TRUE(holds(page, "scenarios that would keep the organisation"));
  EXPECT_TRUE(holds(page, "Write the document"));
}

TEST(MethodPages, WordingIsOfferedForAnotherScaleBeforeAnythingIsSaved) {
  MethodDesk desk;
  std::string method = desk.begin();
  Response offered =
      desk.post(method + "/set/scales",
                "likelihood_min=1&likelihood_max=3&impact_min=1&impact_max=4&_shown=1+5+1+5&_offer=1&_version=1");
  EXPECT_EQ(offered.status, 200);
  EXPECT_TRUE(holds(offered, "name=\"levels.likelihood.3.meaning\""));
  EXPECT_FALSE(holds(offered, "name=\"levels.likelihood.4.meaning\""));
  EXPECT_TRUE(holds(offered, "name=\"levels.impact.4.meaning\""));
  EXPECT_TRUE(holds(offered, "Once a year or more."));
  EXPECT_TRUE(holds(desk.get(method + "/set/scales"), "name=\"levels.likelihood.5.meaning\"")) << "nothing was saved";
}

TEST(MethodPages, WhatIsWrongStandsAtItsField) {
  MethodDesk desk;
  std::string method = desk.begin();
  std::string scales = "likelihood_min=1&likelihood_max=2&impact_min=1&impact_max=2&_shown=1+2+1+2&_version=1";
  for (std::string_view level : {"likelihood.1", "likelihood.2", "impact.1", "impact.2"})
    scales += fmt::format("&levels.{0}.name=Name&levels.{0}.meaning={1}", level, level == "impact.2" ? "+" : "Words");
  Response blank = desk.post(method + "/set/scales", scales);
  EXPECT_EQ(blank.status, 422);
  EXPECT_TRUE(holds(blank, "id=\"f-levels.impact.2.meaning-problem\""));
  EXPECT_TRUE(holds(blank, ">Words</textarea>")) << "what was typed stays";
  EXPECT_EQ(
      desk.post(method + "/set/scales", "likelihood_min=1&likelihood_max=200&impact_min=1&impact_max=x&_version=1")
          .status,
      422);

  Response high = desk.post(method + "/set/threshold", "acceptance_threshold=25&band.low=1&_version=1");
  EXPECT_EQ(high.status, 422);
  EXPECT_TRUE(holds(high, "id=\"f-acceptance_threshold-problem\""));
  Response word = desk.post(method + "/set/threshold", "acceptance_threshold=nine&band.low=1&_version=1");
  EXPECT_EQ(word.status, 422);
  EXPECT_TRUE(holds(word, "must be a number"));
  Response preview = desk.post(method + "/set/threshold", "acceptance_threshold=4&band.low=1&_preview=1&_version=1");
  EXPECT_EQ(preview.status, 200);
  EXPECT_TRUE(holds(preview, "acceptance threshold of 4"));

  std::string cells = "formula=matrix&_version=1";
  for (int l = 1; l <= 5; ++l) {
    for (int i = 1; i <= 5; ++i)
      cells += fmt::format("&matrix.{}.{}={}", l, i, l == 4 && i == 2 ? std::string() : std::to_string(l + i));
  }
  Response gap = desk.post(method + "/set/formula", cells);
  EXPECT_EQ(gap.status, 422);
  EXPECT_TRUE(holds(gap, "Likelihood 4, impact 2: a number is missing."));
  Response criteria = desk.post(method + "/set/criteria",
                                "assessment_criteria=+&reassessment_interval_days=&tolerance_levels=1&_version=1");
  EXPECT_EQ(criteria.status, 422);
}

TEST(MethodPages, TheDocumentNeedsAnAuthorAndIsWrittenInOneClick) {
  MethodDesk desk;
  std::string method = desk.begin();
  EXPECT_EQ(desk.post(method + "/document", "").status, 422);
  desk.link_account();
  EXPECT_EQ(desk.post(method + "/document", "").status, 303);
  EXPECT_TRUE(holds(desk.get(method), "Carried by"));
}

TEST(CalibrationPages, ExercisesArePlannedAndScoredBlind) {
  MethodDesk desk;
  desk.link_account();
  desk.add_person("P-2", "Bram de Wit");
  std::string method = desk.begin();
  EXPECT_TRUE(holds(desk.get("/risk/calibration/new"), "Laptop with customer data is lost"));
  std::string plan = "methodology=" + method.substr(method.rfind('/') + 1) +
                     "&held_on=2026-06-01&scenarios.rows=2&scenarios.0.name=Fire&scenarios.0.description=It+burns&"
                     "scenarios.1.name=Theft&scenarios.1.description=";
  Response alone = desk.post("/risk/calibration/new", plan + "&assessors=P-1");
  EXPECT_EQ(alone.status, 422);
  EXPECT_TRUE(holds(alone, "at least two persons"));
  Response planned = desk.post("/risk/calibration/new", plan + "&assessors=P-1&assessors=P-2");
  ASSERT_EQ(planned.status, 303) << planned.body;
  std::string exercise(planned.header("Location"));
  Response page = desk.get(exercise);
  EXPECT_TRUE(holds(page, "0 of 2 assessors have handed in"));
  EXPECT_TRUE(holds(page, "Score the scenarios"));
  for (std::string_view early : {"/pdf", "/xlsx"}) EXPECT_EQ(desk.get(exercise + std::string(early)).status, 409);
  Response gap = desk.post(exercise + "/score", "0.likelihood=5&0.impact=3&1.likelihood=2&1.impact=");
  EXPECT_EQ(gap.status, 422);
  EXPECT_TRUE(holds(gap, "id=\"f-1.impact-problem\""));
  EXPECT_EQ(desk.post(exercise + "/score", "0.likelihood=5&0.impact=3&0.rationale=Only+mine&1.likelihood=2&1.impact=2")
                .status,
            303);
  EXPECT_TRUE(holds(desk.get(exercise), "1 of 2 assessors have handed in"));
  EXPECT_FALSE(holds(desk.get(exercise), "Only mine"));
  EXPECT_TRUE(holds(desk.get(exercise + "/score"), "Only mine")) << "one's own sheet";

  Principal bram{.account = "A-2", .name = "Bram de Wit", .person = "P-2", .roles = {Role::employee}};
  std::string id = exercise.substr(exercise.rfind('/') + 1);
  ASSERT_TRUE(
      hand_in(desk.tenant().registers, bram, id, {{"Fire", 1, 3, "He thought of something else"}, {"Theft", 2, 2, ""}})
          .value());
  Response open = desk.get(exercise);
  EXPECT_TRUE(holds(open, "1 scenario is beyond the tolerance"));
  EXPECT_TRUE(holds(open, "He thought of something else"));
  EXPECT_TRUE(holds(open, "With 2 scenarios the figures are rough"));
  EXPECT_EQ(desk.get(exercise + "/xlsx").status, 200);
  Response wordless = desk.post(exercise + "/settle", "scenario=Fire&position=0&likelihood-0=3&impact-0=3&reason-0=");
  EXPECT_EQ(wordless.status, 422);
  EXPECT_TRUE(holds(wordless, "id=\"f-reason-0-problem\""));
  EXPECT_EQ(desk.post(exercise + "/settle",
                      "scenario=Fire&position=0&likelihood-0=3&impact-0=3&reason-0=We+meant+the+same+room")
                .status,
            303);
  Response settled = desk.get(exercise);
  EXPECT_TRUE(holds(settled, "We meant the same room"));
  EXPECT_TRUE(holds(settled, "File as evidence"));
  Response filed = desk.post(exercise + "/evidence", "");
  EXPECT_EQ(filed.status, 303) << filed.body;
}

}  // namespace
}  // namespace assay
