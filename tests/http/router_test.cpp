#include "http/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace assay {
namespace {

Handler says(std::string text) {
  return [text](Request&) { return Response::text(text); };
}

Router sample() {
  return Router({{"GET", "/", says("home")},
                 {"GET", "/r/{register}", says("list")},
                 {"POST", "/r/{register}", says("create")},
                 {"GET", "/r/{register}/new", says("new")},
                 {"GET", "/r/{register}/{id}", says("show")},
                 {"POST", "/r/{register}/{id}", says("save")},
                 {"GET", "/content/{path*}", says("content")},
                 {"GET", "/content/index", says("index")}});
}

std::string answer(const char* method, const char* target) {
  Router router = sample();
  Request request = make_request(method, target);
  Response response = router.handle(request);
  return response.status == 200 ? response.body : std::to_string(response.status);
}

TEST(Router, finds_the_most_literal_route) {
  EXPECT_EQ(answer("GET", "/"), "home");
  EXPECT_EQ(answer("GET", "/r/risk"), "list");
  EXPECT_EQ(answer("POST", "/r/risk"), "create");
  EXPECT_EQ(answer("GET", "/r/risk/new"), "new");
  EXPECT_EQ(answer("GET", "/r/risk/R-1?x=1"), "show");
  EXPECT_EQ(answer("POST", "/r/risk/new"), "save");  // no POST at the literal
  EXPECT_EQ(answer("HEAD", "/r/risk"), "list");
  EXPECT_EQ(answer("GET", "/content/index"), "index");
  EXPECT_EQ(answer("GET", "/content/a/b.md"), "content");
}

TEST(Router, refuses_with_the_right_status) {
  for (const char* missing : {"/x", "/r", "/r/", "/r/risk/", "//", "/r//x", "/content", "/content/", "/r/a/b/c"})
    EXPECT_EQ(answer("GET", missing), "404") << missing;
  EXPECT_EQ(answer("DELETE", "/r/risk"), "405");
  EXPECT_EQ(answer("GET", "/r/%zz"), "400");
  EXPECT_EQ(answer("GET", "/r/a%0Ab"), "400");
  Router router = sample();
  Request request = make_request("PUT", "/r/risk");
  EXPECT_EQ(router.handle(request).header("Allow"), "GET, HEAD, OPTIONS, POST");
  request.method = "OPTIONS";
  EXPECT_EQ(router.handle(request).status, 204);
}

TEST(Router, decodes_parameters) {
  Router router = sample();
  Request request = make_request("GET", "/r/risk/a%2Fb%20%C3%A9");
  ASSERT_TRUE(router.find(request).route);
  EXPECT_EQ(request.param("id"), "a/b é");
  EXPECT_EQ(request.param("register"), "risk");
  request = make_request("GET", "/content/a%20b/c.md");
  ASSERT_TRUE(router.find(request).route);
  EXPECT_EQ(request.param("path"), "a b/c.md");
}

TEST(Router, refuses_mistakes_in_the_list) {
  auto build = [](std::vector<Route> routes) { Router router(std::move(routes)); };
  EXPECT_THROW(build({{"GET", "/a", says("")}, {"GET", "/a", says("")}}), std::logic_error);
  EXPECT_THROW(build({{"GET", "/{a}", says("")}, {"GET", "/{b}", says("")}}), std::logic_error);
  EXPECT_THROW(build({{"GET", "/{a*}/b", says("")}}), std::logic_error);
  EXPECT_THROW(build({{"GET", "/{a", says("")}}), std::logic_error);
  EXPECT_THROW(build({{"GET", "a", says("")}}), std::logic_error);
  EXPECT_THROW(build({{"GET", "/a//b", says("")}}), std::logic_error);
  EXPECT_THROW(build({{"GET", "/a", nullptr}}), std::logic_error);
}

}  // namespace
}  // namespace assay
