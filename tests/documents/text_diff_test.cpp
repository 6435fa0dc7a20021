#include "kernel/documents/text_diff.h"

#include <gtest/gtest.h>

#include <random>

namespace assay {
namespace {

using Kind = DiffRow::Kind;

std::string joined(const std::vector<DiffPiece>& pieces) {
  std::string out;
  for (const DiffPiece& piece : pieces) out += piece.text;
  return out;
}

// "=a -b +c ~d>e"
std::string sketch(const std::vector<DiffRow>& rows) {
  std::string out;
  for (const DiffRow& row : rows) {
    if (!out.empty()) out += ' ';
    if (row.kind == Kind::same) out += "=" + joined(row.after);
    if (row.kind == Kind::removed) out += "-" + joined(row.before);
    if (row.kind == Kind::added) out += "+" + joined(row.after);
    if (row.kind == Kind::changed) out += "~" + joined(row.before) + ">" + joined(row.after);
  }
  return out;
}

TEST(TextDiff, SimpleCases) {
  EXPECT_EQ(sketch(diff_texts("", "")), "");
  EXPECT_EQ(sketch(diff_texts("a\nb\n", "a\nb")), "=a =b");
  EXPECT_EQ(sketch(diff_texts("", "a")), "+a");
  EXPECT_EQ(sketch(diff_texts("a", "")), "-a");
  EXPECT_EQ(sketch(diff_texts("a\nc", "a\nb\nc")), "=a +b =c");
  EXPECT_EQ(sketch(diff_texts("a\nb\nc", "a\nc")), "=a -b =c");
  EXPECT_EQ(sketch(diff_texts("x", "y")), "-x +y");
}

TEST(TextDiff, MarksWordsInsideAChangedLine) {
  auto rows = diff_texts("Passwords have 12 characters.", "Passwords have 14 characters.");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].kind, Kind::changed);
  ASSERT_EQ(rows[0].before.size(), 3U);
  EXPECT_EQ(rows[0].before[1].text, "12");
  EXPECT_TRUE(rows[0].before[1].changed);
  EXPECT_EQ(rows[0].after[1].text, "14");
  EXPECT_EQ(rows[0].old_line, 1U);
  EXPECT_EQ(rows[0].new_line, 1U);
}

TEST(TextDiff, Counts) {
  DiffCount count = count_of(diff_texts("one line here\nb\nc", "one line there\nc\nd"));
  EXPECT_EQ(count.changed, 1U);
  EXPECT_EQ(count.removed, 1U);
  EXPECT_EQ(count.added, 1U);
  EXPECT_TRUE(count_of(diff_texts("a\nb", "a\nb")).none());
}

// Whatever the texts, the rows give both of them back, in order.
TEST(TextDiff, RowsGiveBothTextsBack) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string a, b;
    for (auto i = random() % 12; i > 0; --i) a += std::string(1, static_cast<char>('a' + random() % 4)) + " word\n";
    for (auto i = random() % 12; i > 0; --i) b += std::string(1, static_cast<char>('a' + random() % 4)) + " word\n";
    std::string before, after;
    std::size_t old_line = 0, new_line = 0;
    for (const DiffRow& row : diff_texts(a, b)) {
      if (row.kind != Kind::added) {
        before += joined(row.before) + "\n";
        EXPECT_EQ(row.old_line, ++old_line);
      }
      if (row.kind != Kind::removed) {
        after += joined(row.after) + "\n";
        EXPECT_EQ(row.new_line, ++new_line);
      }
    }
    EXPECT_EQ(before, a);
    EXPECT_EQ(after, b);
  }
}

TEST(TextDiff, LongTextsWithNothingInCommonEnd) {
  std::string a, b;
  for (int i = 0; i < 4000; ++i) {
    a += "left " + std::to_string(i) + "\n";
    b += "right " + std::to_string(i) + "\n";
  }
  EXPECT_FALSE(count_of(diff_texts(a, b)).none());
}

}  // namespace
}  // namespace assay
