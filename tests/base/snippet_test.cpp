#include "base/snippet.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay {
namespace {

// "a [b] c": marked pieces in brackets.
std::string line(const std::vector<TextPiece>& pieces) {
  std::string out;
  for (const TextPiece& piece : pieces) out += piece.marked ? "[" + piece.text + "]" : piece.text;
  return out;
}

TEST(Snippet, MarksBeginningsOfWords) {
  EXPECT_EQ(line(mark_words("Phishing of staff, spear-phishing", {"phish"})), "[Phishing] of staff, spear-[phishing]");
  EXPECT_EQ(line(mark_words("An antiphishing filter", {"phish"})), "An antiphishing filter");
  EXPECT_EQ(line(mark_words("R-001 and R-002", search_words("r-001"))), "[R]-[001] and [R]-002");
  EXPECT_EQ(line(mark_words("nothing", {})), "nothing");
}

TEST(Snippet, WordsOfALongSearch) {
  EXPECT_EQ(search_words("Nowhere to be found, in a search of some length!"),
            (std::vector<std::string>{"nowhere", "to", "be", "found", "in", "a", "search", "of", "some", "length"}));
  EXPECT_EQ(search_words("1 2 3 4 5 6 7 8 9 10 11 12 13").size(), 12U);
  EXPECT_TRUE(search_words(" -- ").empty());
}

TEST(Snippet, AccentsAndCaseDoNotMatter) {
  EXPECT_EQ(line(mark_words("Café, cafe – CAFÉS", {"cafe"})), "[Café], [cafe] – [CAFÉS]");
  EXPECT_EQ(line(mark_words("Müller GmbH", {"muller"})), "[Müller] GmbH");
  EXPECT_EQ(line(mark_words("Łódź", {"lodz"})), "[Łódź]");
  EXPECT_EQ(line(mark_words("Straße", {"straße"})), "[Straße]");
}

TEST(Snippet, ShowsThePassageWithMostWords) {
  std::string text = "The backup is made. " + std::string(400, '.') + " The restore of the backup was tested in May. " +
                     std::string(400, '.');
  std::string shown = line(snippet(text, {"backup", "restore"}, 120));
  EXPECT_NE(shown.find("[restore] of the [backup]"), std::string::npos) << shown;
  EXPECT_TRUE(shown.starts_with("… ")) << shown;
  EXPECT_TRUE(shown.ends_with(" …")) << shown;
}

TEST(Snippet, ShortTextsStandWhole) {
  EXPECT_EQ(line(snippet("  One\n\ntwo  three ", {"two"}, 100)), "One [two] three");
  EXPECT_EQ(line(snippet("", {"two"}, 100)), "");
}

TEST(Snippet, NeverCutsACharacter) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "äöü€";
  for (std::size_t bytes = 5; bytes < 60; ++bytes) {
    for (const TextPiece& piece : snippet(text, {"x"}, bytes)) EXPECT_TRUE(is_utf8(piece.text)) << bytes;
    for (const TextPiece& piece : snippet("x " + text + " x", {"x"}, bytes)) EXPECT_TRUE(is_utf8(piece.text)) << bytes;
  }
}

TEST(Snippet, StrayBytesDoNoHarm) {
  EXPECT_EQ(line(mark_words("a\xC3", {"a"})), "[a]\xC3");
  for (std::string_view bad : {"\xC3", "\xE2\x80", "\xF0\x9F", "\x80\x80", "abc\xE2"}) mark_words(bad, {"a"});
}

}  // namespace
}  // namespace assay
