#include "kernel/exchange/xlsx_reader.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/exchange/refusal.h"
#include "kernel/exchange/xlsx_package.h"
#include "kernel/exchange/xlsx_sheet.h"

namespace assay {
namespace {

// Keeps rows at their numbers: gaps become empty rows, which is paid for from the same budget.
class RowCollector {
 public:
  RowCollector(Sheet& sheet, RowBudget& budget) : sheet_(sheet), budget_(budget) {}

  Result<void> add(std::size_t row_number, std::vector<std::string>& cells) {
    std::string place = fmt::format("sheet '{}', row {}", shorten(sheet_.name, 40), row_number);
    CHECK(budget_.charge_empty_rows(row_number - 1 - sheet_.rows.size(), place));
    CHECK(budget_.charge(cells, place));
    sheet_.rows.resize(row_number - 1);
    // Moves the texts into a vector of the right size and leaves the roomy one to the reader.
    sheet_.rows.emplace_back(std::make_move_iterator(cells.begin()), std::make_move_iterator(cells.end()));
    return {};
  }

 private:
  Sheet& sheet_;
  RowBudget& budget_;
};

Result<Workbook> read_all(Result<ZipArchive> archive, const ReadLimits& limits) {
  if (!archive) return std::unexpected(std::move(archive).error());
  TRY(XlsxPackage package, open_package(std::move(*archive), limits));
  CHECK(load_cell_tables(package));
  Workbook workbook;
  RowBudget budget(limits);
  for (std::size_t i = 0; i < package.sheets.size(); ++i) {
    Sheet& sheet = workbook.sheets.emplace_back(package.sheets[i].name);
    RowCollector collector(sheet, budget);
    CHECK(stream_sheet(package, i,
                       [&](std::size_t row, std::vector<std::string>& cells) { return collector.add(row, cells); }));
  }
  return workbook;
}

}  // namespace

Result<Workbook> read_xlsx(const std::filesystem::path& path, const ReadLimits& limits) {
  return read_all(ZipArchive::open(path, limits), limits);
}

Result<Workbook> read_xlsx_bytes(std::string_view bytes, const ReadLimits& limits) {
  return read_all(ZipArchive::open(bytes, limits), limits);
}

Result<std::vector<SheetInfo>> list_xlsx_sheets(const std::filesystem::path& path, const ReadLimits& limits) {
  TRY(ZipArchive archive, ZipArchive::open(path, limits));
  TRY(XlsxPackage package, open_package(std::move(archive), limits));
  std::vector<SheetInfo> out;
  for (const SheetPart& sheet : package.sheets) out.push_back({sheet.name, sheet.hidden});
  return out;
}

Result<void> stream_xlsx(const std::filesystem::path& path, std::size_t sheet_index, const ReadLimits& limits,
                         const RowSink& sink) {
  TRY(ZipArchive archive, ZipArchive::open(path, limits));
  TRY(XlsxPackage package, open_package(std::move(archive), limits));
  if (sheet_index >= package.sheets.size())
    return refuse_file(ErrorKind::not_found, fmt::format("sheet {}", sheet_index + 1),
                       fmt::format("expected one of the {} sheets of the file", package.sheets.size()));
  CHECK(load_cell_tables(package));
  return stream_sheet(package, sheet_index, sink);
}

}  // namespace assay
