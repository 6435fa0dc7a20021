// Excel workbooks (.xlsx, also .xlsm): what the cells show, as text. Nothing is executed, resolved or fetched.
//
// Shared, rich and inline texts, calculated values of formulas, truth values, errors ("#N/A"), and dates by number
// format in both date systems, in the forms of table.h. Cells stand where their reference puts them. Of merged cells
// only the top left one has the value. A formula that was never calculated reads as itself ("=A1*B1"; "=" for a
// follower of a shared formula): an empty cell would hide it. Chart sheets are left out. Formatting, comments and links
// are not read.
//
// Errors of all functions, with part and line or sheet and cell ("sheet 'Risks', cell B14"):
//   not_found  no such file
//   invalid    not an XLSX file (old .xls, password, .xlsb and OpenDocument are told apart), cut off or damaged, XML
//   that is
//              not well-formed or declares a document type, references to what is not there, rows that do not rise
//   limit      beyond `limits`, more than 10,000 parts, a part that unpacks to over 250 times its size, XML nested
//   deeper
//              than 100 elements or with a tag above 1 MiB
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/exchange/table.h"

namespace assay {

struct SheetInfo {
  std::string name;
  bool hidden = false;
  friend bool operator==(const SheetInfo&, const SheetInfo&) = default;
};

// The whole workbook in memory. Beyond the result itself, memory holds the shared texts and one row.
Result<Workbook> read_xlsx(const std::filesystem::path& path, const ReadLimits& limits = {});
Result<Workbook> read_xlsx_bytes(std::string_view bytes, const ReadLimits& limits = {});

// Names of the sheets in the order of Workbook::sheets: cheap, reads no cells.
Result<std::vector<SheetInfo>> list_xlsx_sheets(const std::filesystem::path& path, const ReadLimits& limits = {});

// Called with the row number of the file (from 1, rising, gaps where rows are empty) and the cells up to the last that
// has text. The cells may be moved from. An error ends the reading and is its result.
using RowSink = std::function<Result<void>(std::size_t row_number, std::vector<std::string>& cells)>;

// One sheet row by row, in memory that does not grow with the rows. `sheet_index` counts as list_xlsx_sheets() does;
// not_found when there is no such sheet. Rows delivered before an error were delivered: whoever stores them must be
// able to take them back.
Result<void> stream_xlsx(const std::filesystem::path& path, std::size_t sheet_index, const ReadLimits& limits,
                         const RowSink& sink);

}  // namespace assay
