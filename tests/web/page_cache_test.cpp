#include "web/page_cache.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

const PageCache::Clock::time_point start{};

Response page_of(std::string body) { return Response::html(std::move(body)); }

std::string body_of(const std::optional<Response>& response) { return response ? *response->shared_body : "none"; }

TEST(PageCache, GivesAPageWhileNothingChanges) {
  PageCache cache;
  Response first = page_of("risks");
  cache.keep("key", 7, first, start);
  EXPECT_EQ(*first.shared_body, "risks") << "the answer that is being sent shares the kept body";
  EXPECT_EQ(body_of(cache.find("key", 7, start)), "risks");
  EXPECT_EQ(body_of(cache.find("other", 7, start)), "none");
  EXPECT_EQ(body_of(cache.find("key", 8, start)), "none") << "the workspace changed";
  EXPECT_EQ(body_of(cache.find("key", 7, start)), "none") << "an outdated page is gone";
}

TEST(PageCache, KeepsNothingLongerThanAMinute) {
  PageCache cache;
  Response page = page_of("five minutes ago");
  cache.keep("key", 1, page, start);
  EXPECT_EQ(body_of(cache.find("key", 1, start + std::chrono::seconds(61))), "none");
}

TEST(PageCache, LeavesAloneWhatIsNotThePageItself) {
  PageCache cache;
  Response missing = Response::html("not found", 404);
  cache.keep("missing", 1, missing, start);
  Response cookie = page_of("hello");
  cookie.add_header("Set-Cookie", "a=b");
  cache.keep("cookie", 1, cookie, start);
  Response huge = page_of(std::string(2U << 20U, 'x'));
  cache.keep("huge", 1, huge, start);
  for (const char* key : {"missing", "cookie", "huge"}) EXPECT_EQ(body_of(cache.find(key, 1, start)), "none") << key;
  EXPECT_EQ(cookie.body, "hello") << "the answer itself stays whole";
}

TEST(PageCache, GivesUpWhatWasAskedForLeastRecently) {
  PageCache cache(2500);
  for (const char* key : {"a", "b"}) {
    Response page = page_of(std::string(1000, *key));
    cache.keep(key, 1, page, start);
  }
  EXPECT_NE(body_of(cache.find("a", 1, start)), "none");
  Response third = page_of(std::string(1000, 'c'));
  cache.keep("c", 1, third, start);
  EXPECT_EQ(body_of(cache.find("b", 1, start)), "none");
  EXPECT_EQ(body_of(cache.find("a", 1, start)), std::string(1000, 'a'));
}

}  // namespace
}  // namespace assay
