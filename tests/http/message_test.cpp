#include "http/message.h"

#include <gtest/gtest.h>

#include <fstream>

#include "http/security.h"
#include "http/wire.h"

namespace assay {
namespace {

Request form_request(std::string type, std::string body) {
  Request request = make_request("POST", "/x");
  request.headers.emplace_back("Content-Type", std::move(type));
  request.body = std::move(body);
  return request;
}

TEST(Url, decodes_strictly) {
  EXPECT_EQ(percent_decode("a%20b"), "a b");
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("%C3%A9"), "é");
  for (const char* bad : {"%", "%2", "%zz", "%00", "%C3", "%FF", "%ED%A0%80"}) EXPECT_FALSE(percent_decode(bad)) << bad;
}

TEST(Url, pairs_survive_the_round_trip) {
  Fields fields{{"q", "a&b=c d"}, {"é", ""}, {"q", "2"}};
  EXPECT_EQ(parse_pairs(join_pairs(fields)), fields);
  EXPECT_EQ(values_of(fields, "q").size(), 2U);
  EXPECT_FALSE(parse_pairs("a=1&b=2&c=3", 2));
}

TEST(Request, target_is_split_and_decoded) {
  Request request = make_request("GET", "/r/risk?q=a%20b&tag=x&tag=y&flag");
  EXPECT_EQ(request.path, "/r/risk");
  EXPECT_EQ(request.query_value("q"), "a b");
  EXPECT_EQ(request.query_values("tag").size(), 2U);
  EXPECT_TRUE(request.has_query("flag"));
  EXPECT_FALSE(request.set_target("relative"));
  EXPECT_FALSE(request.set_target("/x?q=%FF"));
  EXPECT_FALSE(request.set_target("/x#y"));
}

TEST(Request, headers_and_cookies) {
  Request request = make_request("GET", "/");
  request.headers = {
      {"If-Match", "3"}, {"Cookie", "a=1; session=xyz; sessionx=no"}, {"Accept-Encoding", "gzip, br;q=0"}};
  EXPECT_EQ(request.header("if-match"), "3");
  EXPECT_EQ(request.cookie("session"), "xyz");
  EXPECT_EQ(request.cookie("sess"), "");
  EXPECT_TRUE(request.accepts_encoding("gzip"));
  EXPECT_FALSE(request.accepts_encoding("br"));
  EXPECT_FALSE(request.is_htmx());
}

TEST(Request, forms) {
  auto form = form_request("application/x-www-form-urlencoded; charset=utf-8", "a=1&b=x+y").form();
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("b"), "x y");
  EXPECT_FALSE(form->has("c"));
  EXPECT_FALSE(form_request("application/x-www-form-urlencoded", "a=%FF").form());
  EXPECT_FALSE(form_request("application/json", "{}").form());
  auto parts = form_request("multipart/form-data; boundary=b",
                            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--")
                   .form();
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->value("a"), "1");
}

TEST(Response, heads_cannot_be_split) {
  Response response = Response::redirect("/x\r\nSet-Cookie: a=b");
  response.add_header("Content-Length", "99");
  response.add_header("bad name", "x");
  std::string head = response_head(response, {.keep = true, .length = 0}, "id");
  EXPECT_NE(head.find("Location: /x  Set-Cookie: a=b\r\n"), std::string::npos);
  EXPECT_EQ(head.find("99"), std::string::npos);
  EXPECT_EQ(head.find("bad name"), std::string::npos);
}

TEST(Response, file_names_are_encoded) {
  EXPECT_EQ(content_disposition("attachment", "a.pdf"), "attachment; filename=\"a.pdf\"");
  EXPECT_EQ(content_disposition("attachment", "é\"\n.pdf"),
            "attachment; filename=\"____.pdf\"; filename*=UTF-8''%C3%A9%22%0A.pdf");
}

TEST(VanishingFile, vanishes_with_its_owner) {
  auto path = std::filesystem::temp_directory_path() / "assay-temp-file-test";
  { std::ofstream(path) << "x"; }
  { VanishingFile file(path); }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Security, policies) {
  Response page = Response::html("");
  page.set_header("Cache-Control", "private");
  add_security_headers(page, true);
  EXPECT_EQ(page.header("Cache-Control"), "private");
  EXPECT_EQ(page.header("X-Frame-Options"), "DENY");
  EXPECT_FALSE(page.header("Strict-Transport-Security").empty());
  EXPECT_NE(page.header("Content-Security-Policy").find("script-src 'self';"), std::string_view::npos);
  Response preview = Response::of("application/pdf", "");
  preview.set_header("Content-Security-Policy", content_security_policy({.is_preview = true}));
  add_security_headers(preview, false);
  EXPECT_EQ(preview.header("X-Frame-Options"), "SAMEORIGIN");
}

TEST(Security, hosts_and_targets) {
  EXPECT_TRUE(host_allowed("localhost:8080", {}));
  EXPECT_TRUE(host_allowed("[::1]:8080", {}));
  EXPECT_FALSE(host_allowed("evil.example", {}));
  EXPECT_TRUE(host_allowed("ISMS.example.org:443", {"isms.example.org"}));
  EXPECT_FALSE(host_allowed("isms.example.org:8443", {"isms.example.org:443"}));
  EXPECT_TRUE(host_allowed("a.example.org", {"*.example.org"}));
  EXPECT_FALSE(host_allowed("example.org.evil", {"*.example.org"}));
  EXPECT_TRUE(is_local_target("/r/risk?q=1"));
  for (const char* bad : {"//evil", "/\\evil", "https://evil", "", "/\t/evil"})
    EXPECT_FALSE(is_local_target(bad)) << bad;
}

TEST(Security, cookies) {
  EXPECT_EQ((Cookie{.name = "s", .value = "v", .secure = true}.header()),
            "s=v; Path=/; HttpOnly; Secure; SameSite=Lax");
  EXPECT_EQ((Cookie{.name = "s", .value = "", .max_age = std::chrono::seconds(0)}.header()),
            "s=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  EXPECT_THROW((Cookie{.name = "s", .value = "a;b"}.header()), std::logic_error);
}

TEST(RateLimiter, fills_again_and_forgets_the_oldest) {
  RateLimiter limiter(2, 1, 2);
  RateLimiter::Time now{};
  EXPECT_EQ(limiter.take("a", now).count(), 0);
  EXPECT_EQ(limiter.take("a", now).count(), 0);
  EXPECT_EQ(limiter.take("a", now).count(), 1000);
  EXPECT_EQ(limiter.take("a", now + std::chrono::seconds(1)).count(), 0);
  limiter.take("b", now);
  limiter.take("c", now);  // pushes "a" out
  EXPECT_EQ(limiter.size(), 2U);
  EXPECT_EQ(limiter.take("a", now, 2).count(), 0);
  limiter.forget("a");
  EXPECT_EQ(limiter.size(), 1U);
}

}  // namespace
}  // namespace assay
