// What the API says of rehearsals before any was held, and to whom; tests/cli holds some with the product's rules.
#include "tests/api/fixture.h"

namespace assay::test {
namespace {

class RehearsalsApi : public ::testing::TestWithParam<Engine> {};

TEST_P(RehearsalsApi, AnswersByRoleAndRefusesWhatDoesNotFit) {
  Site& site = shared_site(GetParam());
  Person owner = site.enrol(site.empty(), "rehearsal-owner", {Role::isms_owner});
  Person reader = site.enrol(site.empty(), "rehearsal-reader", {Role::isms_owner}, {}, TokenScope::read);
  Person employee = site.enrol(site.empty(), "rehearsal-employee", {Role::employee});
  Response list = site.api(owner, "GET", "/api/v1/rehearsals");
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.body, "{\"items\":[]}");
  EXPECT_EQ(site.api(owner, "GET", "/api/v1/rehearsals?stage=stage9").status, 422);
  EXPECT_EQ(site.api(owner, "GET", "/api/v1/rehearsals/1").status, 404);
  EXPECT_EQ(site.api(owner, "GET", "/api/v1/rehearsals/one").status, 404);
  EXPECT_EQ(site.api(owner, "GET", "/api/v1/rehearsals/1/pdf").status, 404);
  EXPECT_EQ(site.api(owner, "POST", "/api/v1/rehearsals", R"({"stage":"stage9"})").status, 422);
  EXPECT_EQ(site.api(owner, "POST", "/api/v1/rehearsals", R"({"stage":1})").status, 422);
  EXPECT_EQ(site.api(owner, "POST", "/api/v1/rehearsals", R"({"stage":"gap","as_of":"soon"})").status, 422);
  EXPECT_EQ(site.api(owner, "POST", "/api/v1/rehearsals", R"({"stage":"gap","as_of":"2026-10-14"})").status, 422);
  EXPECT_EQ(site.api(reader, "POST", "/api/v1/rehearsals", R"({"stage":"gap"})").status, 403);
  EXPECT_EQ(site.api(employee, "POST", "/api/v1/rehearsals", R"({"stage":"gap"})").status, 403);
  EXPECT_EQ(site.api(employee, "GET", "/api/v1/rehearsals").status, 403);
}

INSTANTIATE_TEST_SUITE_P(Engines, RehearsalsApi, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

}  // namespace
}  // namespace assay::test
