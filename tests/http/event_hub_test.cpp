#include "http/event_hub.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(EventHub, TellsThoseWhoListenToTheTopicAndNobodyElse) {
  EventHub hub;
  auto one = hub.subscribe("main"), other = hub.subscribe("branch");
  int woken = 0;
  one->on_news([&] { ++woken; });
  hub.publish("main", "data", "{}");
  EXPECT_EQ(one->take(), "event: data\ndata: {}\n\n");
  EXPECT_EQ(one->take(), "") << "taken is taken";
  EXPECT_EQ(other->take(), "");
  EXPECT_EQ(woken, 1);
}

TEST(EventHub, KeepsTheNewestForAPageThatDoesNotRead) {
  EventHub hub;
  auto page = hub.subscribe("main");
  for (int i = 0; i < 2000; ++i) hub.publish("main", "data", std::to_string(i));
  std::string waiting = page->take();
  EXPECT_LE(waiting.size(), 16U * 1024);
  EXPECT_NE(waiting.find("data: 1999\n"), std::string::npos);
}

TEST(EventHub, ForgetsPagesThatLeft) {
  EventHub hub;
  auto page = hub.subscribe("main");
  EXPECT_EQ(hub.listeners(), 1U);
  page.reset();
  hub.publish("main", "data", "{}");
  EXPECT_EQ(hub.listeners(), 0U);
}

TEST(EventHub, EndsEverySubscriptionWhenItCloses) {
  EventHub hub;
  auto before = hub.subscribe("main");
  bool woken = false;
  before->on_news([&] { woken = true; });
  hub.close();
  EXPECT_TRUE(before->is_over());
  EXPECT_TRUE(woken) << "who sleeps must notice";
  EXPECT_TRUE(hub.subscribe("main")->is_over());
}

}  // namespace
}  // namespace assay
