#include "kernel/documents/markdown.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Markdown, RendersWhatPoliciesUse) {
  std::string html = render_markdown("## Purpose\n\n- **one**\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n");
  for (std::string_view part :
       {"<h2>Purpose</h2>", "<li><strong>one</strong></li>", "<table>", "<td align=\"right\">2</td>"}) {
    EXPECT_TRUE(contains(html, part)) << part << "\n" << html;
  }
  EXPECT_FALSE(contains(html, "style="));
}

TEST(Markdown, NoRawHtmlPasses) {
  for (std::string_view text :
       {"<script>alert(1)</script>", "a <b onclick=x>b</b>", "<img src=x onerror=alert(1)>", "<!-- <a> -->",
        "<iframe src=\"/\">", "`<b>`", "    <b>code</b>", "[x](</a\"><script>)", "&lt;script&gt;<script>"}) {
    std::string html = render_markdown(text);
    for (std::string_view part : {"<script", "<b ", "<b>", "<img src=\"x\"", "<iframe", "<!--"})
      EXPECT_FALSE(contains(html, part)) << text << "\n" << html;
  }
}

TEST(Markdown, AddressesWithScriptsLeadNowhere) {
  for (std::string_view text :
       {"[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,a)", "[x](vbscript:a)",
        "![x](javascript:a)", "[x](java&#115;cript:alert(1))", "[x](&#106;avascript:alert(1))", "<javascript:alert(1)>",
        "[x](//evil.example)", "[x][r]\n\n[r]: javascript:alert(1)", "[x](java%0ascript:alert(1))",
        "[x](<java\tscript:alert(1)>)"}) {
    std::string html = render_markdown(text);
    bool leads = contains(html, "href=\"") && !contains(html, "href=\"#\"");
    bool shows = contains(html, "src=\"") && !contains(html, "src=\"#\"");
    EXPECT_FALSE(leads || shows) << text << "\n" << html;
  }
}

TEST(Markdown, OrdinaryAddressesStay) {
  EXPECT_TRUE(
      contains(render_markdown("[x](https://example.org/a?b=c&d=e)"), "href=\"https://example.org/a?b=c&amp;d=e\""));
  EXPECT_TRUE(contains(render_markdown("[x](/r/risk/R-001)"), "href=\"/r/risk/R-001\""));
  EXPECT_TRUE(contains(render_markdown("[x](#top)"), "href=\"#top\""));
  EXPECT_TRUE(contains(render_markdown("[x](mailto:a@example.org)"), "href=\"mailto:a@example.org\""));
  EXPECT_TRUE(contains(render_markdown("[x](notes.txt)"), "href=\"notes.txt\""));
}

// Found by fuzzing: md4c read past the end of the text. The sanitizers watch this one.
TEST(Markdown, ReplacesNulCharacters) {
  using namespace std::string_view_literals;
  std::string html = render_markdown("[a](b\0\0\0c,mailto:a"sv);
  EXPECT_TRUE(html.contains("\uFFFD")) << html;
  EXPECT_FALSE(html.contains('\0'));
}

}  // namespace
}  // namespace assay
