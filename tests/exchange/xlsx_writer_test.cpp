#include "kernel/exchange/xlsx_writer.h"

#include <gtest/gtest.h>

#include <limits>

#include "exchange/files.h"
#include "kernel/exchange/xlsx_reader.h"

namespace assay {
namespace {

using fixture::is;
using fixture::problem;
using Rows = std::vector<std::vector<std::string>>;

class XlsxWrite : public testing::Test {
 protected:
  Workbook read_back() {
    auto workbook = read_xlsx(target_);
    if (!workbook) ADD_FAILURE() << workbook.error().text();
    return workbook ? *workbook : Workbook{};
  }
  fixture::TempFolder folder_;
  std::filesystem::path target_ = folder_ / "out.xlsx";
};

TEST_F(XlsxWrite, ReadsBackUnchanged) {
  XlsxWriter writer(target_, folder_.path());
  ASSERT_TRUE(writer.sheet("Risks", {{"Title"},
                                     {"Score", 8, ColumnKind::number},
                                     {"Due", 0, ColumnKind::date},
                                     {"Open", 0, ColumnKind::boolean},
                                     {"Changed"}}));
  std::vector<XlsxCell> first{std::string_view("=HYPERLINK(\"x\")"), 3.5, *Date::parse("2026-03-31"), true,
                              *Instant::parse("2026-03-31T23:59:59Z")};
  std::vector<XlsxCell> second{std::string_view(" a\r\nb\tc\x01 _x000D_ <&\"'>😀 "), -7.0, *Date::parse("1899-01-01"),
                               false};
  std::vector<XlsxCell> third{std::monostate{}, std::string_view(""), *Date::parse("9999-12-31")};
  ASSERT_TRUE(writer.row(first));
  ASSERT_TRUE(writer.row(second));
  ASSERT_TRUE(writer.row(third));
  ASSERT_TRUE(writer.sheet("Empty", {{"Only a header"}}));
  auto closed = writer.close();
  ASSERT_TRUE(closed) << problem(closed);
  Workbook workbook = read_back();
  ASSERT_EQ(workbook.sheets.size(), 2U);
  EXPECT_EQ(workbook.sheets[0].rows, (Rows{{"Title", "Score", "Due", "Open", "Changed"},
                                           {"=HYPERLINK(\"x\")", "3.5", "2026-03-31", "true", "2026-03-31T23:59:59Z"},
                                           {" a\r\nb\tc\x01 _x000D_ <&\"'>😀 ", "-7", "1899-01-01", "false"},
                                           {"", "", "9999-12-31"}}));
  EXPECT_EQ(workbook.sheets[1].rows, (Rows{{"Only a header"}}));
}

TEST_F(XlsxWrite, LongTextIsRefusedWithItsPlaceAndLeavesNoFile) {
  XlsxWriter writer(target_, folder_.path());
  ASSERT_TRUE(writer.sheet("Risks", {{"ID"}, {"Text"}}));
  std::string fits(32'767, 'x');
  std::string smileys;
  for (int i = 0; i < 16'384; ++i) smileys += "😀";
  ASSERT_TRUE(writer.row(std::vector<XlsxCell>{std::string_view("R-1"), std::string_view(fits)}));
  auto refused = writer.row(std::vector<XlsxCell>{std::string_view("R-2"), std::string_view(smileys)});
  EXPECT_TRUE(is(refused, ErrorKind::limit));
  EXPECT_EQ(problem(refused),
            "sheet 'Risks', row 3, column Text: Excel holds at most 32767 characters in a cell; this text has 32768");
  EXPECT_EQ(problem(writer.close()), problem(refused));
  EXPECT_FALSE(std::filesystem::exists(target_));
}

TEST_F(XlsxWrite, RefusesWhatExcelCannotHold) {
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  for (const XlsxCell& cell : {XlsxCell(std::string_view("a\0b", 3)), XlsxCell(std::string_view("\xFF")),
                               XlsxCell(std::string_view("\xEF\xBF\xBF")), XlsxCell(nothing)}) {
    XlsxWriter writer(target_, folder_.path());
    ASSERT_TRUE(writer.sheet("S", {{"A"}}));
    EXPECT_TRUE(is(writer.row(std::span(&cell, 1)), ErrorKind::invalid));
  }
  for (std::string_view name : {"", " ", "a/b", "[x]", "'x", "a name with more than 31 letters.."}) {
    EXPECT_TRUE(is(XlsxWriter(target_, folder_.path()).sheet(name, {}), ErrorKind::invalid)) << name;
  }
  XlsxWriter twice(target_, folder_.path());
  ASSERT_TRUE(twice.sheet("Same", {{"A"}}));
  EXPECT_TRUE(is(twice.sheet("SAME", {{"A"}}), ErrorKind::invalid));
}

TEST_F(XlsxWrite, WrongOrderAndWrongPlaces) {
  EXPECT_TRUE(is(XlsxWriter(target_, folder_.path()).row({}), ErrorKind::internal));
  EXPECT_TRUE(is(XlsxWriter(target_, folder_.path()).close(), ErrorKind::internal));
  XlsxWriter nowhere(folder_ / "no/such/folder.xlsx", folder_.path());
  ASSERT_TRUE(nowhere.sheet("S", {{"A"}}));
  EXPECT_TRUE(is(nowhere.close(), ErrorKind::internal));
  XlsxWriter no_temp(target_, folder_ / "missing");
  EXPECT_TRUE(is(no_temp.sheet("S", {{"A"}}), ErrorKind::internal));
  XlsxWriter wide(target_, folder_.path());
  ASSERT_TRUE(wide.sheet("S", {{"A"}}));
  EXPECT_TRUE(is(wide.row(std::vector<XlsxCell>{1.0, 2.0}), ErrorKind::internal));
  XlsxWriter closed(target_, folder_.path());
  ASSERT_TRUE(closed.sheet("S", {{"A"}}));
  ASSERT_TRUE(closed.close());
  EXPECT_TRUE(is(closed.close(), ErrorKind::internal));
}

TEST(SheetName, FitsExcel) {
  EXPECT_EQ(sheet_name_for("Risks / opportunities [2026]"), "Risks  opportunities 2026");
  EXPECT_EQ(sheet_name_for("'quoted'"), "quoted");
  EXPECT_EQ(sheet_name_for("???"), "Sheet");
  EXPECT_EQ(sheet_name_for("Ümlaut with more than thirty-one letters"), "Ümlaut with more than thirty-on");
}

}  // namespace
}  // namespace assay
