#include <gtest/gtest.h>

#include "exchange/files.h"
#include "exchange/zip_fixture.h"
#include "kernel/exchange/cell_value.h"
#include "kernel/exchange/xlsx_reader.h"

namespace assay {
namespace {

using fixture::is;
using fixture::make_xlsx;
using fixture::make_zip;
using fixture::problem;
using fixture::worksheet;
using fixture::XlsxSource;
using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

Workbook read(const std::string& bytes, const ReadLimits& limits = {}) {
  auto workbook = read_xlsx_bytes(bytes, limits);
  if (!workbook) ADD_FAILURE() << workbook.error().text();
  return workbook ? *workbook : Workbook{};
}

Rows rows_of(const XlsxSource& source) {
  Workbook workbook = read(make_xlsx(source));
  return workbook.sheets.empty() ? Rows{} : workbook.sheets[0].rows;
}

std::string problem_of(const XlsxSource& source, const ReadLimits& limits = {}) {
  return problem(read_xlsx_bytes(make_xlsx(source), limits));
}
std::string problem_of_rows(std::string_view rows, const ReadLimits& limits = {}) {
  return problem_of({.sheets = {worksheet(rows)}}, limits);
}

constexpr std::string_view date_styles =
    R"(<numFmts><numFmt numFmtId="170" formatCode="dd\.mm\.yyyy;@"/><numFmt numFmtId="171" formatCode="[h]:mm"/>
<numFmt numFmtId="172" formatCode="0.00 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="20"/></cellXfs>)";

TEST(XlsxRead, AllKindsOfCells) {
  XlsxSource source;
  source.shared_texts =
      R"(<si><t>plain</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">text </t></r><rPh><t>spoken</t></rPh></si><si/><si><t>a_x000D_b_x005F_x000D_</t></si>)";
  source.sheets = {worksheet(
      R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>
<row><c t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c></row>
<row r="3"><c r="A3" t="str"><f>A1&amp;"x"</f><v>plainx</v></c><c r="B3"><f>1+1</f><v>2</v></c><c r="C3"><f>B1*C1</f><v></v></c><c r="D3" t="str"><f>""</f><v></v></c><c r="E3" t="d"><v>2024-01-15T08:30:00.000</v></c></row>)")};
  EXPECT_EQ(rows_of(source), (Rows{{"plain", "rich text ", "", "a\rb_x000D_"},
                                   {"inline", "true", "false", "#N/A"},
                                   {"plainx", "2", "=B1*C1", "", "2024-01-15T08:30:00Z"}}));
}

TEST(XlsxRead, Numbers) {
  auto text = [](std::string_view stored) { return number_text(stored, NumberFormat::number, DateSystem::from_1900); };
  EXPECT_EQ(text("1.0"), "1");
  EXPECT_EQ(text("-0"), "0");
  EXPECT_EQ(text("0.1"), "0.1");
  EXPECT_EQ(text("0.10000000000000001"), "0.1");
  EXPECT_EQ(text("0.30000000000000004"), "0.3");
  EXPECT_EQ(text("1.2E3"), "1200");
  EXPECT_EQ(text("12345678901234567890"), "12345678901234567890");
  EXPECT_EQ(text("1E+20"), "1e+20");
  EXPECT_EQ(text(" 7 "), "7");
  EXPECT_EQ(text("NaN"), "NaN");
  EXPECT_EQ(text("1e999"), "1e999");
  EXPECT_EQ(text("seven"), "seven");
}

TEST(XlsxRead, DatesInBothSystems) {
  auto date = [](std::string_view stored, DateSystem system = DateSystem::from_1900) {
    return number_text(stored, NumberFormat::date, system);
  };
  EXPECT_EQ(date("1"), "1900-01-01");
  EXPECT_EQ(date("59"), "1900-02-28");
  EXPECT_EQ(date("60"), "1900-02-29");
  EXPECT_EQ(date("61"), "1900-03-01");
  EXPECT_EQ(date("45292"), "2024-01-01");
  EXPECT_EQ(date("45292.5"), "2024-01-01T12:00:00Z");
  EXPECT_EQ(date("45292.999999999"), "2024-01-02");
  EXPECT_EQ(date("2958465"), "9999-12-31");
  EXPECT_EQ(date("2958465.9999999"), "2958465.9999999");
  EXPECT_EQ(date("2958466"), "2958466");
  EXPECT_EQ(date("-1"), "-1");
  EXPECT_EQ(date("0"), "0");
  EXPECT_EQ(date("0", DateSystem::from_1904), "1904-01-01");
  EXPECT_EQ(date("43830", DateSystem::from_1904), "2024-01-01");
  EXPECT_EQ(number_text("0.5", NumberFormat::time, DateSystem::from_1900), "12:00:00");
  EXPECT_EQ(number_text("45292.25", NumberFormat::time, DateSystem::from_1900), "2024-01-01T06:00:00Z");
  EXPECT_EQ(number_text("1.5", NumberFormat::elapsed, DateSystem::from_1900), "36:00:00");
}

TEST(XlsxRead, FormatCodes) {
  for (std::string_view code :
       {"yyyy-mm-dd", "d/m/yy;@", "[$-407]d. mmmm yyyy", "mmm", "dd.mm.yyyy hh:mm", "YYYY", "\"am\" d"})
    EXPECT_EQ(custom_number_format(code), NumberFormat::date) << code;
  for (std::string_view code : {"hh:mm", "h:mm AM/PM", "mm:ss.0"})
    EXPECT_EQ(custom_number_format(code), NumberFormat::time) << code;
  for (std::string_view code : {"[h]:mm", "[ss]", "[hh]"})
    EXPECT_EQ(custom_number_format(code), NumberFormat::elapsed) << code;
  for (std::string_view code : {"General", "0.00", "#,##0 \"days\"", "[Red]0", "0\\d", "0_d", "0*d", "@", "[$USD] 0",
                                "0;\"y\"", "0;yyyy", "", "\"", "[", "\\", "0%"})
    EXPECT_EQ(custom_number_format(code), NumberFormat::number) << code;
  for (unsigned id : {14U, 22U}) EXPECT_EQ(builtin_number_format(id), NumberFormat::date);
  EXPECT_EQ(builtin_number_format(47), NumberFormat::time);
  EXPECT_EQ(builtin_number_format(46), NumberFormat::elapsed);
  EXPECT_EQ(builtin_number_format(2), NumberFormat::number);
}

TEST(XlsxRead, DatesByStyle) {
  XlsxSource source{
      .sheets = {worksheet(
          R"(<row><c s="0"><v>45292</v></c><c s="1"><v>45292</v></c><c s="2"><v>45292.75</v></c><c s="3"><v>45292</v></c><c s="4"><v>1.25</v></c><c s="5"><v>3</v></c><c s="6"><v>0.25</v></c><c s="99"><v>45292</v></c></row>)")}};
  source.styles = date_styles;
  EXPECT_EQ(
      rows_of(source),
      (Rows{{"45292", "2024-01-01", "2024-01-01T18:00:00Z", "2024-01-01", "30:00:00", "3", "06:00:00", "45292"}}));
  source.workbook_properties = R"(<workbookPr date1904="1"/>)";
  EXPECT_EQ(rows_of(source)[0][1], "2028-01-02");
}

TEST(XlsxRead, SparseCellsStandWhereTheyBelong) {
  EXPECT_EQ(
      rows_of(
          {.sheets = {worksheet(
               R"(<row r="2"><c r="C2"><v>1</v></c><c r="A2"><v>2</v></c><c><v>3</v></c></row><row r="5"><c r="B5"><v>4</v></c></row>)")}}),
      (Rows{{}, {"2", "3", "1"}, {}, {}, {"", "4"}}));
}

TEST(XlsxRead, DeclaredButEmptyCellsCostNothing) {
  EXPECT_EQ(
      rows_of(
          {.sheets = {worksheet(
               R"(<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>)")}}),
      (Rows{{"1"}}));
}

TEST(XlsxRead, SheetsInOrderHiddenOnesLastChartsLeftOut) {
  XlsxSource source{
      .sheets = {worksheet("<row><c><v>1</v></c></row>"), worksheet(""), worksheet("<row><c><v>3</v></c></row>")}};
  source.sheet_attributes = {R"(state="hidden")", R"(state="visible")", ""};
  auto parts = fixture::xlsx_parts(source);
  Workbook workbook = read(make_zip(parts));
  ASSERT_EQ(workbook.sheets.size(), 3U);
  EXPECT_EQ(workbook.sheets[0].name, "Sheet2");
  EXPECT_EQ(workbook.sheets[1].name, "Sheet3");
  EXPECT_EQ(workbook.sheets[2].name, "Sheet1");
  EXPECT_EQ(workbook.sheets[2].rows, (Rows{{"1"}}));
  for (auto& part : parts) {
    std::size_t at = part.name == "xl/_rels/workbook.xml.rels" ? part.content.find("/worksheet\"") : std::string::npos;
    if (at != std::string::npos) part.content.replace(at, 11, "/chartsheet\"");
  }
  EXPECT_EQ(read(make_zip(parts)).sheets.size(), 2U);
}

TEST(XlsxRead, PrefixedElementsAndOddPartNames) {
  auto parts = fixture::xlsx_parts(
      {.sheets = {
           R"(<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>p</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>)"}});
  for (auto& part : parts) {
    if (part.name == "xl/worksheets/sheet1.xml") part.name = "XL\\Worksheets\\Sheet1.xml";
  }
  EXPECT_EQ(read(make_zip(parts)).sheets[0].rows, (Rows{{"p"}}));
}

TEST(XlsxRead, MessyFile) {
  auto workbook = read_xlsx(fixture::data_file("messy.xlsx"));
  ASSERT_TRUE(workbook) << workbook.error().text();
  ASSERT_EQ(workbook->sheets.size(), 3U);
  const Rows& rows = workbook->sheets[0].rows;
  EXPECT_EQ(workbook->sheets[0].name, "Risks & more");
  EXPECT_EQ(rows[0], (Row{"Risk register ACME"}));
  EXPECT_EQ(rows[2], (Row{"ID", "Title", "Owner", "Due"}));
  EXPECT_EQ(rows[3], (Row{"R-1", "Theft", "IT", "2026-03-31"}));
  EXPECT_EQ(rows[4], (Row{"R-2", "", "", "2026-04-01T09:30:00Z"}));
  EXPECT_EQ(workbook->sheets[2].name, "Lists");
  auto names = list_xlsx_sheets(fixture::data_file("messy.xlsx"));
  ASSERT_TRUE(names);
  EXPECT_EQ(*names, (std::vector<SheetInfo>{{"Risks & more", false}, {"Second", false}, {"Lists", true}}));
}

TEST(XlsxStream, RowNumbersAndStop) {
  std::vector<std::size_t> numbers;
  auto all = stream_xlsx(fixture::data_file("messy.xlsx"), 0, {},
                         [&](std::size_t number, std::vector<std::string>&) -> Result<void> {
                           numbers.push_back(number);
                           return {};
                         });
  EXPECT_TRUE(all);
  EXPECT_EQ(numbers, (std::vector<std::size_t>{1, 3, 4, 5}));
  auto stopped = stream_xlsx(
      fixture::data_file("messy.xlsx"), 0, {},
      [](std::size_t, std::vector<std::string>&) -> Result<void> { return fail(ErrorKind::conflict, "enough"); });
  EXPECT_TRUE(is(stopped, ErrorKind::conflict));
  EXPECT_THROW(
      (void)stream_xlsx(fixture::data_file("messy.xlsx"), 0, {},
                        [](std::size_t, std::vector<std::string>&) -> Result<void> { throw std::bad_alloc(); }),
      std::bad_alloc);
  auto missing = stream_xlsx(fixture::data_file("messy.xlsx"), 7, {},
                             [](std::size_t, std::vector<std::string>&) -> Result<void> { return {}; });
  EXPECT_EQ(problem(missing), "sheet 8: expected one of the 3 sheets of the file");
}

TEST(XlsxHostile, NotAWorkbook) {
  EXPECT_TRUE(is(read_xlsx("/no/such/file.xlsx"), ErrorKind::not_found));
  EXPECT_EQ(problem(read_xlsx_bytes("")), ": this is not a complete XLSX file; expected a workbook saved as .xlsx");
  EXPECT_EQ(problem(read_xlsx_bytes("a,b,c\n")),
            ": this is not a complete XLSX file; expected a workbook saved as .xlsx");
  EXPECT_EQ(
      problem(read_xlsx_bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....")),
      ": this is an old .xls file or a workbook with a password; expected a workbook saved as .xlsx without password");
  EXPECT_EQ(problem(read_xlsx_bytes(make_zip({{"a.txt", "x"}}))),
            ": this is a ZIP file without a workbook; expected a workbook saved as .xlsx");
  EXPECT_EQ(problem(read_xlsx_bytes(make_zip({{"content.xml", "x"}}))),
            ": this is an OpenDocument file; expected a workbook saved as .xlsx");
  EXPECT_TRUE(is(read_xlsx(fixture::data_file("truncated.xlsx")), ErrorKind::invalid));
  std::string whole = fixture::data("messy.xlsx");
  for (std::size_t size = 0; size < whole.size(); size += 97)
    EXPECT_TRUE(is(read_xlsx_bytes(whole.substr(0, size)), ErrorKind::invalid));
}

TEST(XlsxHostile, DamagedDataIsNoticed) {
  std::string bytes =
      make_xlsx({.sheets = {worksheet("<row><c t=\"inlineStr\"><is><t>treasure</t></is></c></row>")}}, false);
  bytes[bytes.find("treasure")] = 'T';
  EXPECT_EQ(problem(read_xlsx_bytes(bytes)), "xl/worksheets/sheet1.xml: the packed data is damaged (CRC error)");
}

TEST(XlsxHostile, Bombs) {
  std::string zeros(std::size_t{40} << 20, ' ');
  EXPECT_EQ(problem_of({.sheets = {worksheet(zeros)}}),
            "xl/worksheets/sheet1.xml: unpacks to more than 250 times its size");
  EXPECT_EQ(problem_of({.sheets = {worksheet(zeros)}}, {.bytes = 1 << 20}),
            "xl/worksheets/sheet1.xml: the file unpacks to more than is read");
  EXPECT_TRUE(is(read_xlsx(fixture::data_file("bomb.xlsx")), ErrorKind::limit));
  std::vector<fixture::ZipEntry> many(10'001);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].name = std::to_string(i);
  EXPECT_EQ(problem(read_xlsx_bytes(make_zip(many, false))), ": expected at most 10000 parts in the file");
}

TEST(XlsxHostile, ReferencesDoNotMultiply) {
  std::string rows;
  for (int i = 0; i < 3000; ++i) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  XlsxSource source{.sheets = {worksheet(rows)}, .shared_texts = "<si><t>" + std::string(100'000, 'x') + "</t></si>"};
  EXPECT_TRUE(is(read_xlsx_bytes(make_xlsx(source), {.bytes = 10 << 20}), ErrorKind::limit));
  EXPECT_EQ(problem_of(source, {.bytes = 10 << 20}),
            "sheet 'Sheet1', row 105: up to here the cells take more than 10485760 bytes, the most that is read");
  XlsxSource tall;
  for (int i = 0; i < 2; ++i) tall.sheets.push_back(worksheet("<row r=\"1048576\"><c><v>1</v></c></row>"));
  EXPECT_TRUE(is(read_xlsx_bytes(make_xlsx(tall), {.bytes = 32 << 20}), ErrorKind::limit));
}

TEST(XlsxHostile, XmlAttacks) {
  std::string sheet = worksheet("<row><c><v>&e;</v></c></row>");
  std::string entities = "<!DOCTYPE x [<!ENTITY e \"1\">]>" + sheet.substr(sheet.find("?>") + 2);
  EXPECT_EQ(problem_of({.sheets = {entities}}),
            "xl/worksheets/sheet1.xml, line 1: expected no document type declaration (<!DOCTYPE)");
  EXPECT_TRUE(problem_of({.sheets = {sheet}}).contains("expected well-formed XML"));
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  EXPECT_EQ(problem_of_rows(deep), "xl/worksheets/sheet1.xml, line 1: expected at most 100 elements inside each other");
  std::string noise;
  for (unsigned i = 0, state = 1; i < (3U << 20); ++i)
    noise += static_cast<char>('a' + ((state = state * 1664525U + 1013904223U) >> 24U) % 26U);
  EXPECT_TRUE(problem_of_rows("<row a=\"" + noise + "\"/>").contains("a tag or comment is longer than is read"));
  EXPECT_TRUE(problem_of_rows("<!--" + noise + "-->").contains("a tag or comment is longer than is read"));
}

TEST(XlsxHostile, NamesThatClimbAreNotThere) {
  auto parts = fixture::xlsx_parts({.sheets = {worksheet("<row><c><v>1</v></c></row>")}});
  parts.push_back({"../../etc/passwd", "x"});
  EXPECT_EQ(read(make_zip(parts)).sheets[0].rows, (Rows{{"1"}}));
  for (auto& part : parts) {
    std::size_t at =
        part.name == "xl/_rels/workbook.xml.rels" ? part.content.find("worksheets/sheet1.xml") : std::string::npos;
    if (at != std::string::npos) part.content.replace(at, 21, "../../etc/passwd");
  }
  EXPECT_EQ(problem(read_xlsx_bytes(make_zip(parts))), "sheet 'Sheet1': the sheet is missing in the file");
}

TEST(XlsxHostile, BadReferencesSayWhere) {
  EXPECT_EQ(problem_of_rows(R"(<row r="4"><c r="B4" t="s"><v>9</v></c></row>)"),
            "sheet 'Sheet1', cell B4: expected the number of a shared text in this file");
  EXPECT_EQ(problem_of_rows(R"(<row r="4"/><row r="3"/>)"),
            "sheet 'Sheet1', after row 4: expected a row number above 4");
  EXPECT_EQ(problem_of_rows(R"(<row r="-1"/>)"), "sheet 'Sheet1', after row 0: expected a row number above 0");
  EXPECT_EQ(problem_of_rows(R"(<row r="2"><c r="14"/></row>)"),
            "sheet 'Sheet1', after row 2: expected a cell reference like B14");
}

TEST(XlsxHostile, Limits) {
  ReadLimits small{.rows = 3, .columns = 2, .cell_bytes = 4, .sheets = 1};
  EXPECT_EQ(problem_of_rows(R"(<row r="1"><c r="C1"><v>1</v></c></row>)", small),
            "sheet 'Sheet1', cell C1: expected at most 2 columns");
  EXPECT_EQ(problem_of_rows(R"(<row r="4"><c r="A4"><v>1</v></c></row>)", small),
            "sheet 'Sheet1', cell A4: expected at most 3 rows");
  EXPECT_EQ(problem_of_rows(R"(<row><c><v>12345</v></c></row>)", small),
            "sheet 'Sheet1', cell A1: expected at most 4 bytes in a cell");
  EXPECT_EQ(problem_of({.sheets = {worksheet("")}, .shared_texts = "<si/><si><t>12345</t></si>"}, small),
            "shared text 1: expected at most 4 bytes in a cell");
  EXPECT_EQ(problem_of({.sheets = {worksheet(""), worksheet("")}}, small), ": expected at most 1 sheets");
  EXPECT_TRUE(is(read_xlsx(fixture::data_file("messy.xlsx"), {.bytes = 100}), ErrorKind::limit));
}

TEST(XlsxSamples, RealFilesRead) {
  for (const auto& path : fixture::samples(".xlsx")) {
    auto workbook = read_xlsx(path);
    ASSERT_TRUE(workbook) << path << workbook.error().text();
    EXPECT_EQ(workbook->sheets.size(), 2U) << path;
    EXPECT_GT(workbook->sheets[0].rows.size(), 8U) << path;
    if (path.filename() != "risk-register.xlsx") continue;
    EXPECT_EQ(workbook->sheets[0].rows[1].back().substr(0, 2), "20") << "a date";
  }
}

}  // namespace
}  // namespace assay
