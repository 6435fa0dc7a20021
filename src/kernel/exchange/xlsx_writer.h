// Writes an Excel workbook row by row, in memory that does not grow with the rows.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace assay {

enum class ColumnKind { text, number, date, boolean };  // how the column is aligned and what an empty cell would take

struct XlsxColumn {
  std::string title;
  double width = 0;  // in characters; 0: by the title and the kind
  ColumnKind kind = ColumnKind::text;
  bool wrap = false;  // long texts go on below, and rows grow with them
};

// How a sheet leaves the printer.
struct XlsxPage {
  bool landscape = false;
  bool fit_width = false;    // all columns on the width of an A4 page
  bool repeat_head = false;  // the header row on every page
  // Plain text at the left of every page; the foot numbers the pages at the right.
  std::string header = {}, footer = {};
};

// The views must live until row() returns.
using XlsxCell = std::variant<std::monostate, std::string_view, double, Date, Instant, bool>;

// A name Excel accepts for a sheet: 31 characters of the label, without []:*?/\ and without apostrophes at the ends;
// "Sheet" when nothing is left. Keeping names distinct is left to the caller.
std::string sheet_name_for(std::string_view label);

//   XlsxWriter writer(target, temp_dir);
//   CHECK(writer.sheet("Risks", columns));
//   CHECK(writer.row(cells)); ...
//   CHECK(writer.close());
//
// Text is always text, never a formula or a link, whatever it begins with. The header row is bold, frozen and filtered.
// Dates before 1900-03-01, which Excel cannot count right, are written as text. Nothing is cut or replaced:
//   invalid   text that is not UTF-8 or holds NUL, U+FFFE or U+FFFF; a number that is not finite; a sheet name Excel
//             refuses or that is taken
//   limit     text above 32,767 UTF-16 units, row 1,048,577, column 16,385. Both name sheet, row and column
//   internal  disk full, target or temporary folder not writable, calls in the wrong order, more cells than columns
// The first error is final: further calls return it again, and close() leaves no file.
class XlsxWriter {
 public:
  // Unpacked rows wait in `temp_dir`, in files that have no name and vanish with the process.
  XlsxWriter(std::filesystem::path target, std::filesystem::path temp_dir);
  ~XlsxWriter();  // without close(): nothing is written
  XlsxWriter(const XlsxWriter&) = delete;
  XlsxWriter& operator=(const XlsxWriter&) = delete;

  // Starts the next sheet.
  Result<void> sheet(std::string_view name, std::vector<XlsxColumn> columns, const XlsxPage& page = {});
  Result<void> row(std::span<const XlsxCell> cells);  // fewer cells than columns are fine
  Result<void> close();                               // writes the file; once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A whole workbook: what `fill` writes, closed. Errors: those of `fill` and of the writer; then there is no file.
Result<void> write_workbook(const std::filesystem::path& target, const std::filesystem::path& temp_dir,
                            const std::function<Result<void>(XlsxWriter&)>& fill);

}  // namespace assay
