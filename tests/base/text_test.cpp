#include "base/text.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace assay {
namespace {

TEST(Text, TrimTakesAsciiSpaceAndNoBreakSpace) {
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \t\r\n\f\v"), "");
  EXPECT_EQ(trim("  a b\t"), "a b");
  EXPECT_EQ(trim("\u00A0 a \u00A0\u00A0"), "a");
  EXPECT_EQ(trim("a\u00A0b"), "a\u00A0b");
  EXPECT_EQ(trim("\u2003a"), "\u2003a");  // other Unicode spaces stay
  EXPECT_EQ(trim("\u00E0"), "\u00E0");    // à ends in the byte A0 but is no space
  EXPECT_EQ(trim("\xA0 a"), "\xA0 a");    // half a no-break space is no space
}

TEST(Text, Lower) {
  EXPECT_EQ(lower("Risk AZ [@`{ 09"), "risk az [@`{ 09");
  EXPECT_EQ(lower("ÄÖ"), "ÄÖ");
}

TEST(Text, IsBlank) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \u00A0\n"));
  EXPECT_FALSE(is_blank(" . "));
  EXPECT_FALSE(is_blank(std::string_view("\0", 1)));
}

TEST(Text, SplitKeepsEmptyParts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split("a", ','), (Parts{"a"}));
  EXPECT_EQ(split(",a,,b,", ','), (Parts{"", "a", "", "b", ""}));
}

TEST(Text, Join) {
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(join({"a"}, ", "), "a");
  EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
}

TEST(Text, WellFormedUtf8) {
  for (std::string_view good : {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                                "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "naïve – 漢字 🙂"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
}

// Table 3-7 of the Unicode standard, just outside each bound.
TEST(Text, MalformedUtf8) {
  for (std::string_view bad : {"\x80",
                               "\xBF",
                               "\xC0\x80",
                               "\xC1\xBF",
                               "\xC2",
                               "\xC2\x7F",
                               "\xC2\xC0",
                               "\xE0\x9F\xBF",
                               "\xE0\xA0",
                               "\xE2\x82",
                               "\xED\xA0\x80",
                               "\xED\xBF\xBF",
                               "\xF0\x8F\xBF\xBF",
                               "\xF0\x9F\x99",
                               "\xF4\x90\x80\x80",
                               "\xF5\x80\x80\x80",
                               "\xFF",
                               "\xFE",
                               "a\x80",
                               "\xE2\x82z",
                               "\xC2\xC2\x80",
                               "\xF8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(is_utf8(bad)) << ::testing::PrintToString(bad);
  }
}

TEST(Text, Utf8Length) {
  EXPECT_EQ(utf8_length(""), 0U);
  EXPECT_EQ(utf8_length("aé漢🙂"), 4U);
}

TEST(Text, ShortenCutsAtACodePoint) {
  EXPECT_EQ(shorten("abc", 3), "abc");
  EXPECT_EQ(shorten("abcd", 3), "abc…");
  EXPECT_EQ(shorten("aéb", 2), "a…");  // é is bytes 1 and 2
  EXPECT_EQ(shorten("aéb", 3), "aé…");
  EXPECT_EQ(shorten("🙂🙂", 7), "🙂…");
  EXPECT_EQ(shorten("🙂", 3), "…");
  EXPECT_EQ(shorten("abc", 0), "…");
  EXPECT_EQ(shorten("", 0), "");
  EXPECT_EQ(shorten("M\xFCller", 20), "M\uFFFDller") << "foreign bytes stay readable";
  EXPECT_EQ(shorten("\xC0\xAF\x80", 20), "\uFFFD\uFFFD\uFFFD");
  for (std::size_t bytes = 0; bytes < 20; ++bytes)
    EXPECT_TRUE(is_utf8(shorten("naïve – 漢字 🙂", bytes))) << bytes;
}

TEST(Text, ReplaceAll) {
  EXPECT_EQ(replace_all("a.b.c", ".", "::"), "a::b::c");
  EXPECT_EQ(replace_all("aaaa", "aa", "a"), "aa");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
  EXPECT_EQ(replace_all("abc", "abc", ""), "");
  EXPECT_EQ(replace_all("", "a", "b"), "");
}

TEST(Text, Slug) {
  EXPECT_EQ(slug("Risk Owner (Name)"), "risk_owner_name");
  EXPECT_EQ(slug("  --A.5.19--  "), "a_5_19");
  EXPECT_EQ(slug("already_a_slug"), "already_a_slug");
  EXPECT_EQ(slug("Größe (MB)"), "größe_mb");
  EXPECT_EQ(slug("!?"), "");
  EXPECT_EQ(slug(""), "");
}

TEST(Text, EditDistance) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("owner", "onwer"), 2U);  // a swap counts as two edits
  EXPECT_EQ(edit_distance("risk", "risks"), 1U);
  EXPECT_EQ(edit_distance("flaw", "lawn"), 2U);
}

TEST(Text, EditDistanceIsAMetric) {
  const std::string words[] = {"", "a", "risk", "risks", "brisk", "asset", "assets", "basset", "kris"};
  for (const auto& a : words) {
    for (const auto& b : words) {
      EXPECT_EQ(edit_distance(a, b), edit_distance(b, a));
      EXPECT_EQ(edit_distance(a, b) == 0, a == b);
      for (const auto& c : words) EXPECT_LE(edit_distance(a, c), edit_distance(a, b) + edit_distance(b, c));
    }
  }
}

TEST(Text, JsonEscaping) {
  EXPECT_EQ(json_string(""), R"("")");
  EXPECT_EQ(json_string("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(json_string("\n\r\t"), R"("\n\r\t")");
  EXPECT_EQ(json_string("\x01\x1F\b\f"), R"("\u0001\u001f\u0008\u000c")");
  EXPECT_EQ(json_string(std::string_view("\0", 1)), R"("\u0000")");
  EXPECT_EQ(json_string("é 漢 🙂 \x7F"), "\"é 漢 🙂 \x7F\"");
  std::string out = "x";
  append_json_escaped(out, "a\nb");
  EXPECT_EQ(out, "xa\\nb");
}

TEST(Text, JsonParserReadsBackWhatWasEscaped) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "é\u2028\u2029🙂";
  EXPECT_EQ(boost::json::parse(json_string(all)).as_string(), all);
}

}  // namespace
}  // namespace assay
