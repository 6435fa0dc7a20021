// Comma-separated files, as people and programs really write them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "kernel/exchange/table.h"

namespace assay {

// Reads a whole file. Takes UTF-8 with or without byte order mark, UTF-16 with one, and Windows-1252 for whatever is
// not UTF-8. The separator (comma, semicolon, tab or bar) is the one that most of the first 30 rows with any of them
// agree on outside quotes, looking no further than 256 KiB, unless a first line "sep=;" names it; that line is not part
// of the result. Rows end with CR, LF or CRLF; cells are quoted as in RFC 4180 and may then hold line breaks, which are
// kept as they stand. A quote inside an unquoted cell is text; blanks after a closing quote are dropped. An empty line
// is an empty row. Cells that need undefuse() get it.
//
// Errors carry "line 3, column 2" (line of the file, number of the cell), what stood there and what was expected:
//   invalid  a quote that is never closed (place: where it opened), text after a closing quote, NUL, broken encoding
//   limit    more bytes, rows, columns (with text) or text in a cell than `limits` allow
Result<Sheet> read_csv(std::string_view bytes, const ReadLimits& limits = {});

// Spreadsheet programs run a cell that begins with = + - @ tab or CR as a formula. Such a cell, unless it is a plain
// number like -1.5 or +3e-07, leaves with an apostrophe in front; so does one that only has apostrophes before these
// characters, which makes the change reversible: undefuse(defuse(x)) == x for every text x.
std::string defuse(std::string_view cell);

// Takes back exactly the apostrophe that defuse() put there and leaves every other text alone. read_csv() does this to
// each cell, so that importing our own export changes nothing.
std::string undefuse(std::string_view cell);

enum class ByteOrderMark { none, utf8 };  // Excel takes a CSV file for UTF-8 only when it begins with the mark

// Writes RFC 4180 rows (CRLF) of UTF-8 cells into a buffer that the caller empties as often as it likes:
//   writer.row(cells); ... send(writer.take());
// Cells are defused. Quoted is every cell with a quote, a line break or any of the separators read_csv() knows, so
// that ours is the only one it can find. Nothing fails; cells must be UTF-8 without NUL.
class CsvWriter {
 public:
  explicit CsvWriter(char separator = ',', ByteOrderMark mark = ByteOrderMark::none);

  void row(std::span<const std::string_view> cells);
  std::string take();                                  // what was written since the last take()
  std::size_t pending() const { return out_.size(); }  // bytes that wait for take()

 private:
  void cell(std::string_view text, bool alone);
  char separator_;
  std::string out_;
};

}  // namespace assay
