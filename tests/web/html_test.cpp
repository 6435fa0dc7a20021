#include "web/html.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

template <class Write>
std::string written(Write write) {
  HtmlWriter h;
  write(h);
  return h.take().view();
}

TEST(Html, text_is_always_escaped) {
  EXPECT_EQ(written([](HtmlWriter& h) { h.el("p", {at("title", "\"'<&>")}, "<script>&"); }),
            "<p title=\"&quot;&#39;&lt;&amp;&gt;\">&lt;script&gt;&amp;</p>");
  EXPECT_EQ(Html::text("a<b").view(), "a&lt;b");
  EXPECT_EQ(Html::text(std::string_view("\0", 1)).view(), "\xEF\xBF\xBD");
}

TEST(Html, nests_and_joins_classes) {
  auto text = written([](HtmlWriter& h) {
    h.el("tr", {cls("a"), at("id", 7), cls_if(true, "b"), cls_if(false, "c"), flag("hidden", false)}, [&] {
      h.el("td", {cls("text-end")}, 42);
      h.el("td", Html::text("<"));
      h.leaf("input", {flag("checked"), at("aria-label", "x")});
    });
  });
  EXPECT_EQ(
      text,
      "<tr class=\"a b\" id=\"7\"><td class=\"text-end\">42</td><td>&lt;</td><input checked aria-label=\"x\"></tr>");
}

TEST(Html, addresses_are_checked) {
  for (const char* bad : {"javascript:alert(1)", " javascript:x", "JaVaScRiPt:x", "java\tscript:x", "\x01javascript:x",
                          "data:text/html,x", "vbscript:x", "file:///etc"})
    EXPECT_EQ(written([&](HtmlWriter& h) { h.el("a", {at("href", bad)}); }), "<a href=\"#\"></a>") << bad;
  for (const char* good : {"/x?y=a:b", "x#a:b", "https://a", "mailto:a@b", "?a=b:c", ""})
    EXPECT_TRUE(is_safe_url(good)) << good;
}

TEST(Html, attributes_of_each_kind) {
  EXPECT_EQ(written([](HtmlWriter& h) {
              h.el("rect", {at("x", 1.5), at("y", 2.0), at("aria-hidden", true), at_if(false, "z", 1)});
            }),
            "<rect x=\"1.5\" y=\"2\" aria-hidden=\"true\"></rect>");
}

TEST(Html, data_cannot_end_its_element) {
  EXPECT_EQ(written([](HtmlWriter& h) { h.json_data("d", R"({"a":"</script><!--"})"); }),
            R"(<script type="application/json" id="d">{"a":"\u003c/script>\u003c!--"}</script>)");
}

TEST(Html, numbers_for_people) {
  EXPECT_EQ(grouped(1234567), "1\u202F234\u202F567");
  EXPECT_EQ(grouped(-999), "-999");
  EXPECT_EQ(decimal(2.50, 2), "2.5");
  EXPECT_EQ(decimal(-0.001, 1), "0");
  EXPECT_EQ(decimal(100, 0), "100");
  EXPECT_EQ(percentage(0.714), "71\u202F%");
}

}  // namespace
}  // namespace assay
