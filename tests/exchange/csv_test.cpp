#include "kernel/exchange/csv.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "exchange/files.h"

namespace assay {
namespace {

using fixture::data;
using fixture::is;
using fixture::problem;
using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view bytes) {
  auto sheet = read_csv(bytes);
  if (!sheet) ADD_FAILURE() << sheet.error().text();
  return sheet ? sheet->rows : Rows{};
}

std::string written(const Rows& rows, CsvWriter writer = CsvWriter()) {
  for (const auto& row : rows) {
    std::vector<std::string_view> cells(row.begin(), row.end());
    writer.row(cells);
  }
  return writer.take();
}

TEST(CsvRead, QuotesAsInRfc4180) {
  EXPECT_EQ(rows_of("a,b,c\r\n\"x, y\",\"he said \"\"no\"\"\",\"two\r\nlines\"\r\n"),
            (Rows{{"a", "b", "c"}, {"x, y", "he said \"no\"", "two\r\nlines"}}));
  EXPECT_EQ(rows_of("a,\"\"\n\"\"\"\",\"b\"  ,c"), (Rows{{"a", ""}, {"\"", "b", "c"}}));
  EXPECT_EQ(rows_of("24\" screen,5'\n"), (Rows{{"24\" screen", "5'"}}));
}

TEST(CsvRead, AllLineEnds) {
  Rows expected{{"a", "b"}, {"1", "2"}, {}, {"3", "4"}};
  EXPECT_EQ(rows_of("a,b\n1,2\n\n3,4\n"), expected);
  EXPECT_EQ(rows_of("a,b\r1,2\r\r3,4"), expected);
  EXPECT_EQ(rows_of("a,b\r\n1,2\r\n\r\n3,4\r\n\r\n\r\n"), expected);
}

TEST(CsvRead, EmptyFiles) {
  EXPECT_EQ(rows_of(""), Rows{});
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"), Rows{});
  EXPECT_EQ(rows_of("\r\n\r\n"), Rows{});
  EXPECT_EQ(rows_of("sep=;"), Rows{});
  EXPECT_EQ(rows_of("x"), (Rows{{"x"}}));
  EXPECT_EQ(rows_of(","), (Rows{{"", ""}}));
}

TEST(CsvRead, FindsTheSeparator) {
  EXPECT_EQ(rows_of("id;text\n1;a, b\n2;c, d, e\n")[1], (std::vector<std::string>{"1", "a, b"}));
  EXPECT_EQ(rows_of("id;value;score\n1,5;2,3;3,4\n2,5;3,3;4,4\n")[1], (std::vector<std::string>{"1,5", "2,3", "3,4"}));
  EXPECT_EQ(rows_of("id\ttext\n1\ta;b\n")[1], (std::vector<std::string>{"1", "a;b"}));
  EXPECT_EQ(rows_of("id|text|x\n1|a,b|y\n")[1], (std::vector<std::string>{"1", "a,b", "y"}));
  EXPECT_EQ(rows_of("id,tags,owner\n1,x;y,A\n2,p;q;r,B\n")[1], (std::vector<std::string>{"1", "x;y", "A"}));
  EXPECT_EQ(rows_of("\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n")[1], (std::vector<std::string>{"e;f", "g;h"}));
  EXPECT_EQ(rows_of("title\n" + std::string(100, '\n') + "a;b\n").back(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(rows_of("one column\nsecond row\n"), (Rows{{"one column"}, {"second row"}}));
}

TEST(CsvRead, SeparatorLineOfExcel) {
  EXPECT_EQ(rows_of("sep=;\r\na,b;c\r\n"), (Rows{{"a,b", "c"}}));
  EXPECT_EQ(rows_of("SEP=|\na|b\n"), (Rows{{"a", "b"}}));
  EXPECT_EQ(rows_of("sep=\t\na\tb\n"), (Rows{{"a", "b"}}));
  EXPECT_EQ(rows_of("sep=x\n"), (Rows{{"sep=x"}}));
  EXPECT_EQ(problem(read_csv("sep=;\na;\"b")),
            "line 2, column 2: the quote that opens here is never closed; expected a closing \"");
}

TEST(CsvRead, EncodingsOfOneTable) {
  Rows expected{{"Kontrolle", "Begründung"}, {"A.5.1", "„Größe“ – 5 €"}};
  EXPECT_EQ(rows_of(data("utf8-bom.csv")), expected);
  EXPECT_EQ(rows_of(data("windows-1252.csv")), expected);
  EXPECT_EQ(rows_of(data("utf16le.csv")), expected);
  EXPECT_EQ(rows_of(data("utf16be.csv")), expected);
  EXPECT_EQ(rows_of(std::string_view("\xFF\xFE\x3D\xD8\x00\xDE", 6)), (Rows{{"\xF0\x9F\x98\x80"}}));
}

TEST(CsvRead, BrokenEncodingsSayWhere) {
  EXPECT_EQ(problem(read_csv(data("nul-bytes.csv"))),
            "line 2: a NUL character; expected text in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252");
  EXPECT_EQ(problem(read_csv("a\nä ö ü\nx\xFF"
                             "y\n")),
            "line 3: the text is UTF-8 but byte 0xFF belongs to no character");
  EXPECT_EQ(problem(read_csv("\xEF\xBB\xBF"
                             "a\n\xE4\n")),
            "line 2: the text is UTF-8 but byte 0xE4 belongs to no character");
  EXPECT_EQ(problem(read_csv(std::string_view("\xFF\xFE"
                                              "a\0\n\0\0\xDC",
                                              8))),
            "line 2: half of a UTF-16 surrogate pair; expected both halves");
  EXPECT_EQ(problem(read_csv(std::string_view("\xFE\xFF\xD8\0\0a", 6))),
            "line 1: half of a UTF-16 surrogate pair; expected both halves");
  EXPECT_TRUE(is(read_csv(std::string_view("\xFF\xFE"
                                           "a\0b",
                                           5)),
                 ErrorKind::invalid));
}

TEST(CsvRead, TitleRowsAboveTheHeader) {
  Rows rows = rows_of(data("title-rows.csv"));
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0][0], "Risk register, ACME GmbH");
  EXPECT_TRUE(rows[2].empty());
  EXPECT_EQ(rows[3], (std::vector<std::string>{"ID", "Title", "Owner", "Score", ""}));
  EXPECT_EQ(rows[4], (std::vector<std::string>{"R-1", "Theft, loss;\nboth", "IT", "3,5", ""}));
}

TEST(CsvRead, ProblemsNameLineAndColumn) {
  EXPECT_EQ(problem(read_csv(data("unterminated-quote.csv"))),
            "line 3, column 2: the quote that opens here is never closed; expected a closing \"");
  EXPECT_EQ(problem(read_csv("a,b\n\"x\ny\",\"z\"!,c\n")),
            "line 3, column 2: expected ',' or the end of the line after a closing quote");
  EXPECT_EQ(problem(read_csv("a\tb\n\"x\"y\tz\n")),
            "line 2, column 1: expected a tab or the end of the line after a closing quote");
}

TEST(CsvRead, Limits) {
  ReadLimits small{.bytes = 4000, .rows = 3, .columns = 2, .cell_bytes = 4, .sheets = 1};
  EXPECT_EQ(problem(read_csv("a,b\nc,d,e\n", small)), "line 2, column 3: expected at most 2 columns");
  EXPECT_EQ(problem(read_csv("a,b,,,\n", small)), "ok");
  EXPECT_EQ(problem(read_csv("1\n2\n3\n4\n", small)), "line 4: expected at most 3 rows");
  EXPECT_EQ(problem(read_csv("12345\n", small)), "line 1, column 1: expected at most 4 bytes in a cell");
  EXPECT_TRUE(is(read_csv(std::string(4001, 'x'), small), ErrorKind::limit));
  EXPECT_EQ(problem(read_csv("1\n2\n3\n4\n5\n", {.bytes = 200})),
            "line 4: up to here the cells take more than 200 bytes, the most that is read");
}

TEST(CsvRead, AMillionColumns) {
  std::string cells;
  for (int i = 0; i < 1'000'000; ++i) cells += "x,";
  EXPECT_EQ(problem(read_csv(cells)), "line 1, column 1001: expected at most 1000 columns");
  EXPECT_EQ(rows_of(std::string(1'000'000, ',')), (Rows{std::vector<std::string>(1000)}));
}

TEST(CsvDefuse, FormulasGetAnApostropheThatComesOffAgain) {
  for (std::string_view text : {"=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "=", "'=1",
                                "''@x", "+49 30 1234", "-1.5.x", "1e", "-1e"}) {
    bool starts_as_formula = text != "1e";
    EXPECT_EQ(defuse(text), (starts_as_formula ? "'" : "") + std::string(text));
    EXPECT_EQ(undefuse(defuse(text)), text);
  }
  for (std::string_view text :
       {"", "x", "'", "''", "'x", "-5", "+3.25", "-1,234.50", "-1e-07", "+2E5", "O'Neil", "'-5", " =1"}) {
    EXPECT_EQ(defuse(text), text);
    EXPECT_EQ(undefuse(text), text);
  }
}

TEST(CsvWrite, DefusesQuotesAndStreams) {
  CsvWriter writer(';', ByteOrderMark::utf8);
  std::vector<std::string_view> cells{"=1+1", "a;b", "c,d", "say \"x\"", "-3", "", "l\nm"};
  writer.row(cells);
  EXPECT_GT(writer.pending(), 0U);
  EXPECT_EQ(writer.take(), "\xEF\xBB\xBF'=1+1;\"a;b\";\"c,d\";\"say \"\"x\"\"\";-3;;\"l\nm\"\r\n");
  EXPECT_EQ(writer.take(), "");
  writer.row(std::vector<std::string_view>{"", ""});
  EXPECT_EQ(writer.take(), ";\r\n");
}

TEST(CsvWrite, ReadsBackUnchanged) {
  Rows rows{{"=A1", "'=A1", "''+x", "a\"b", "c\r\nd"},
            {""},
            {"sep=;"},
            {},
            {"x;y", "p|q", "t\tu", "ü€😀", " blank "},
            {"\r", "\n", "-1", "+x", "'"}};
  for (char separator : {',', ';', '\t', '|'}) {
    EXPECT_EQ(rows_of(written(rows, CsvWriter(separator))), rows) << separator;
    EXPECT_EQ(rows_of(written(rows, CsvWriter(separator, ByteOrderMark::utf8))), rows) << separator;
  }
  EXPECT_EQ(rows_of(written({{"sep=", ""}, {"a", ""}})), (Rows{{"sep=", ""}, {"a", ""}}));
  EXPECT_EQ(rows_of(written({{"sep=;"}, {"a"}})), (Rows{{"sep=;"}, {"a"}}));
}

TEST(CsvSamples, RealFilesAreRectangular) {
  for (const auto& path : fixture::samples(".csv")) {
    Rows rows = rows_of(fixture::slurp(path));
    ASSERT_GT(rows.size(), 5U) << path;
    EXPECT_GE(rows[0].size(), 8U) << path;
    EXPECT_EQ(rows_of(written(rows)), rows) << path;
  }
}

}  // namespace
}  // namespace assay
