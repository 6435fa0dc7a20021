// Findings through the API: told to those with a task in the management system, and to nobody else.
#include "tests/api/with_rules.h"

namespace assay::test {
namespace {

class FindingsApi : public WithRules {
 protected:
  static const Person& owner() { return person("owner", {Role::isms_owner}); }
};

constexpr std::string_view a_change =
    R"({"changes": [{"register": "supplier", "fields": {"name": "Nordic Hosting"}}]})";

TEST_P(FindingsApi, IsForThoseWithATask) {
  const Person& staff = person("staff", {Role::employee});
  for (std::string_view path : {"/api/v1/findings", "/api/v1/findings?rule=C4.1-01", "/api/v1/findings/history",
                                "/api/v1/findings/history?state=closed", "/api/v1/forecast?days=5"}) {
    EXPECT_EQ(site().api(staff, "GET", std::string(path)).status, 403) << path;
    // A forecast may still be worked out beside the call.
    int status = site().api(owner(), "GET", std::string(path)).status;
    for (int again = 0; again < 10 && status == 202; ++again)
      status = site().api(owner(), "GET", std::string(path)).status;
    EXPECT_EQ(status, 200) << path;
  }
  EXPECT_EQ(site().api(staff, "POST", "/api/v1/what-if", std::string(a_change)).status, 403);
  EXPECT_EQ(site().api(staff, "POST", "/api/v1/findings/C4.1-01/workspace/ORG/accept", "{}").status, 403);
  EXPECT_EQ(site().api(staff, "POST", "/api/v1/findings/C4.1-01/workspace/ORG/dispute", R"({"reason": "no"})").status,
            403);
}

TEST_P(FindingsApi, RefusesARuleThatIsNotInForce) {
  EXPECT_EQ(site().api(owner(), "GET", "/api/v1/findings?rule=C4.1-01,C4.2-01").status, 200);
  Response refused = site().api(owner(), "GET", "/api/v1/findings?rule=C4.1-01,NOPE");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.body.contains("NOPE")) << refused.body;
}

TEST_P(FindingsApi, NamesWhatIsWrongInAProposal) {
  auto problem = [&](std::string body) {
    Response response = site().api(owner(), "POST", "/api/v1/what-if", std::move(body));
    EXPECT_EQ(response.status, 422) << response.body;
    return response.body;
  };
  EXPECT_TRUE(problem("{}").contains("changes"));
  EXPECT_TRUE(problem(R"({"changes": [7]})").contains("changes[0]"));
  EXPECT_TRUE(problem(R"({"changes": [{"register": "riks", "id": "R-001"}]})").contains("did you mean risk"));
  EXPECT_TRUE(problem(R"({"changes": [{"register": "risk", "id": "R-001", "fields": {"titel": "x"}}]})")
                  .contains("changes[0].titel"));
  EXPECT_TRUE(problem(R"({"changes": [{"register": "risk", "step": "accept"}]})").contains("changes[0].id"));
  EXPECT_TRUE(problem(R"({"as_of": "tomorrow", "changes": [{"register": "risk"}]})").contains("YYYY-MM-DD"));
  EXPECT_TRUE(problem(R"({"stage": "stage9", "changes": [{"register": "risk"}]})").contains("surveillance"));
}

TEST_P(FindingsApi, TriesAChangeWithoutStoringIt) {
  auto count = [&] { return site().api(owner(), "GET", "/api/v1/risk?q=a&limit=1").body; };
  std::string before = count();
  Response tried =
      site().api(owner(), "POST", "/api/v1/what-if",
                 R"({"changes": [{"register": "risk", "id": "R-002", "fields": {"title": "Tried only"}}]})");
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_TRUE(tried.body.contains("\"opened\":[")) << tried.body;
  EXPECT_FALSE(site().api(owner(), "GET", "/api/v1/risk/R-002").body.contains("Tried only"));
  EXPECT_EQ(count(), before);
}

INSTANTIATE_TEST_SUITE_P(Engines, FindingsApi, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

}  // namespace
}  // namespace assay::test
