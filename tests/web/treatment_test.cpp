// The workbenches of treatment, acceptance and proposals on a desk that has just begun.
#include <gtest/gtest.h>

#include "tests/web/desk.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

TEST(TreatmentPages, EmptyWorkbenchesTeach) {
  Desk desk;
  desk.set_up();
  for (std::string_view path : {"/treatment", "/acceptances", "/touched"})
    EXPECT_EQ(desk.get(std::string(path)).status, 200) << path;
  EXPECT_TRUE(holds(desk.get("/treatment"), "Clause 6.1.3 e asks for a plan"));
  EXPECT_TRUE(holds(desk.get("/treatment"), "Begin the plan"));
  EXPECT_TRUE(holds(desk.get("/acceptances"), "Clause 6.1.3 f asks"));
  EXPECT_TRUE(holds(desk.get("/touched"), "Nothing waits to be looked at"));
  EXPECT_EQ(desk.get("/treatment?plan=RTP-9").status, 404);
  EXPECT_EQ(desk.get("/treatment/risks/R-9").status, 404);
  EXPECT_EQ(desk.get("/treatment/plans/RTP-9/xlsx").status, 404);
}

TEST(TreatmentPages, APlanIsBegunAndBadRowsComeBack) {
  Desk desk;
  desk.set_up();
  desk.fill(1);
  Response begun = desk.post("/treatment/plans", "a=b");
  ASSERT_EQ(begun.status, 303);
  const std::string url(begun.header("Location"));
  EXPECT_TRUE(holds(desk.get(url), "No risk waits for treatment"));
  EXPECT_EQ(desk.post("/treatment/plans", "a=b").status, 409) << "there is a draft";
  auto assessed = desk.tenant().workspace->write(
      Principal::product("test"),
      [](Transaction& transaction) -> Result<void> {
        TRY(Record risk, transaction.read(*registers().find("risk"), "R-100000"));
        Record after = risk;
        after.at("status") = std::string("treatment_decided");
        after.at("treatment") = std::string("modify");
        return transaction.update(risk, after, "");
      },
      Strictness::lenient);
  ASSERT_TRUE(assessed) << assessed.error().text();
  Response shown = desk.get("/treatment/risks/R-100000");
  EXPECT_TRUE(holds(shown, "It is to be modified and has no action."));
  EXPECT_FALSE(holds(shown, "Risk <0>")) << "titles are escaped";
  const std::string plan = url.substr(url.find('=') + 1);
  Response refused =
      desk.post("/treatment/risks/R-100000/actions",
                "plan=" + plan + "&a0.description=&a0.cost=a+lot&a1.description=Encrypt+%3Cb%3E&a1.cost=3");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(holds(refused, "f-a0.cost-problem"));
  EXPECT_TRUE(holds(refused, "value=\"Encrypt &lt;b&gt;\"")) << "what was typed stays";
  Response added = desk.post("/treatment/risks/R-100000/actions",
                             "plan=" + plan + "&a0.description=&a1.description=Encrypt+%3Cb%3E&a1.cost=3");
  EXPECT_EQ(added.status, 303);
  EXPECT_TRUE(holds(desk.get("/treatment/risks/R-100000"), "Encrypt &lt;b&gt;"));
  EXPECT_EQ(desk.get("/treatment/plans/" + plan + "/document").status, 200);
  EXPECT_EQ(desk.get("/treatment/plans/" + plan + "/xlsx").status, 200);
  EXPECT_EQ(desk.get("/treatment/plans/" + plan + "/approve").status, 200);
  EXPECT_EQ(desk.post("/treatment/plans/" + plan + "/approve", "_password=wrong").status, 422);
}

TEST(TreatmentPages, AnAcceptanceIsNotMadeWithoutASignature) {
  Desk desk;
  desk.set_up();
  desk.fill(1);
  EXPECT_EQ(desk.get("/r/risk_acceptance/new?risk=R-100000").header("Location"), "/acceptances/new?risk=R-100000");
  EXPECT_TRUE(holds(desk.get("/acceptances/new?risk=R-100000"), "You can read this, and cannot sign it."));
  EXPECT_EQ(desk.post("/acceptances", "risk=R-100000&rationale=Because&expires_on=2026-12-01&_password=wrong").status,
            422);
  Response direct =
      desk.post("/r/risk_acceptance", "risk=R-100000&accepted_by=P-1&accepted_on=2026-06-01&rationale=Because");
  EXPECT_EQ(direct.status, 403);
  EXPECT_EQ(desk.get("/acceptances/new?risk=R-9").status, 404);
  EXPECT_EQ(desk.post("/touched/decline", "key=nonsense&reason=x").status, 422);
}

}  // namespace
}  // namespace assay
