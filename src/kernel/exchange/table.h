// What a spreadsheet file is to the rest of the product: sheets of text cells, whatever the format was.
//
// A cell is UTF-8 text. A date reads as YYYY-MM-DD, with a time of day as YYYY-MM-DDTHH:MM:SSZ (files carry no zone;
// UTC is assumed), a bare time as HH:MM:SS, a whole number without ".0", a truth value as "true" or "false". Rows may
// have different lengths and a row may be empty; row i of the file is rows[i - 1]. Empty rows at the end of a sheet are
// dropped.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace assay {

struct Sheet {
  std::string name;  // empty for CSV
  std::vector<std::vector<std::string>> rows;
};

struct Workbook {
  std::vector<Sheet> sheets;  // visible ones first, in the order of the file; hidden ones after them
};

// What a reader takes before it refuses with ErrorKind::limit. A cell without text never breaks a limit: spreadsheet
// programs like to declare 16,384 formatted columns or a last row of 1,048,576 for two rows of data.
struct ReadLimits {
  // Three things are held to it, each on its own: the file, everything unpacked from it, and the rows handed back
  // (24 bytes a row, 32 a cell, and the text). The last keeps a small file from growing by references to one long text.
  std::size_t bytes = std::size_t{256} << 20;
  std::size_t rows = 1'100'000;  // of one sheet
  std::size_t columns = 1000;
  std::size_t cell_bytes = std::size_t{32'767} * 4;
  std::size_t sheets = 100;
};

}  // namespace assay
