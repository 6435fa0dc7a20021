// A body is read only for those who may send one: what the server asks by the head of a request.
#include "tests/api/fixture.h"

namespace assay::test {
namespace {

class Admission : public ::testing::Test {
 protected:
  std::optional<Response> admit(const std::string& method, const std::string& target, const Fields& headers = {}) {
    Request head = make_request(method, target);
    head.headers = headers;
    auto match = site_.router().find(head);
    EXPECT_NE(match.route, nullptr) << target;
    return match.route->admit ? match.route->admit(head) : std::nullopt;
  }

  Site site_{Engine::sqlite};
};

TEST_F(Admission, UploadsAndCallsWantToKnowWhoAsksFirst) {
  Person person = site_.enrol(site_.full(), "anna", {Role::isms_owner});
  for (const Route& route : site_.router().routes()) {
    bool reads = route.method == "GET";
    bool before_signing_in = route.pattern == "/sign-in" || route.pattern == "/set-up";
    if (reads || before_signing_in) continue;
    EXPECT_TRUE(route.admit) << route.method << " " << route.pattern << " would read a body of anybody's";
  }
  EXPECT_EQ(admit("POST", "/evidence/new")->status, 303);
  EXPECT_NE(admit("POST", "/evidence/new")->header("Content-Security-Policy"), "");
  EXPECT_EQ(admit("POST", "/r/risk/R-1/files", {{"HX-Request", "true"}})->status, 401);
  EXPECT_EQ(admit("POST", "/evidence/new", {{"Cookie", "assay_session=site_full:guess"}})->status, 303);
  EXPECT_FALSE(admit("POST", "/evidence/new", {{"Cookie", "assay_session=" + person.cookie}}));

  EXPECT_EQ(admit("POST", "/api/v1/risk/bulk")->status, 401);
  EXPECT_EQ(admit("POST", "/api/v1/risk", {{"Authorization", "Bearer assay_site_full_guess"}})->status, 401);
  // A session is for reading only: a form of another site could send it along.
  EXPECT_EQ(admit("POST", "/api/v1/risk", {{"Cookie", "assay_session=" + person.cookie}})->status, 401);
  EXPECT_FALSE(admit("POST", "/api/v1/risk", {{"Authorization", "Bearer " + person.token}}));
}

TEST_F(Admission, ACookieIsSecureWhenAProxySaysHttps) {
  for (bool https : {false, true}) {
    site_.enrol(site_.full(), https ? "eva" : "ada", {Role::isms_owner});
    Request request = make_request("POST", "/sign-in");
    request.https = https;
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::string("workspace=site_full&email=") + (https ? "eva" : "ada") +
                   "%40example.org&password=teal+lamp+seven+rivers";
    Response response = site_.router().handle(request);
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(response.header("Set-Cookie").find("; Secure") != std::string_view::npos, https)
        << response.header("Set-Cookie");
    EXPECT_EQ(response.header("Strict-Transport-Security").empty(), !https);
  }
}

}  // namespace
}  // namespace assay::test
