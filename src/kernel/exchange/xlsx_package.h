// The parts of an XLSX file around its sheets: which sheets there are, shared texts, number formats. Internal to
// kernel/exchange.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/exchange/cell_value.h"
#include "kernel/exchange/table.h"
#include "kernel/exchange/zip_archive.h"

namespace assay {

// The texts that cells refer to by number, end to end in one string: a million short texts cost little more than their
// letters.
class SharedTexts {
 public:
  bool add(std::string_view text);  // false: more than 4 GiB
  std::optional<std::string_view> at(std::size_t index) const;

 private:
  std::string letters_;
  std::vector<std::uint32_t> ends_;
};

struct SheetPart {
  std::string name;
  std::string part;  // name in the archive
  bool hidden = false;
};

struct XlsxPackage {
  ZipArchive archive;
  ReadLimits limits;
  std::vector<SheetPart> sheets;        // worksheets only, hidden ones last
  std::string styles_part, texts_part;  // empty when the workbook names none
  DateSystem date_system = DateSystem::from_1900;
  std::vector<NumberFormat> formats;  // by the style number of a cell
  SharedTexts texts;
};

// Finds the sheets through _rels/.rels, the workbook and its relationships. invalid: no workbook in the archive, a
// sheet whose part is missing. limit: more than limits.sheets sheets.
Result<XlsxPackage> open_package(ZipArchive archive, const ReadLimits& limits);

// Reads number formats and shared texts, which open_package() leaves out. limit: a text above limits.cell_bytes.
Result<void> load_cell_tables(XlsxPackage& package);

}  // namespace assay
