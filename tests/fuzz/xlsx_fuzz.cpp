// Any bytes as an XLSX file; bytes that are no ZIP are taken for the parts of one (shared texts, styles and a sheet,
// with 0xFF between them), since chance hardly ever finds a valid checksum.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "exchange/zip_fixture.h"
#include "kernel/exchange/xlsx_reader.h"

namespace {

std::string packed_parts(std::string_view bytes) {
  std::array<std::string_view, 3> parts;
  for (std::string_view& part : parts) {
    std::size_t at = bytes.find('\xFF');
    part = bytes.substr(0, at);
    bytes.remove_prefix(at == std::string_view::npos ? bytes.size() : at + 1);
  }
  assay::fixture::XlsxSource source;
  source.shared_texts = parts[0];
  source.styles = parts[1];
  source.sheets = {assay::fixture::worksheet(parts[2])};
  return assay::fixture::make_xlsx(source, false);
}

}  // namespace

int fuzz_xlsx(const std::uint8_t* data, std::size_t size) {
  constexpr assay::ReadLimits limits{.bytes = 1 << 20, .rows = 10'000, .columns = 50, .cell_bytes = 1000, .sheets = 5};
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string packed;
  if (!bytes.starts_with("PK")) bytes = packed = packed_parts(bytes);
  auto workbook = assay::read_xlsx_bytes(bytes, limits);
  if (!workbook) return 0;
  if (workbook->sheets.size() > limits.sheets) std::abort();
  for (const auto& sheet : workbook->sheets) {
    if (sheet.rows.size() > limits.rows) std::abort();
    for (const auto& row : sheet.rows) {
      if (row.size() > limits.columns) std::abort();
      for (const auto& cell : row) {
        if (cell.size() > limits.cell_bytes + 1 || !assay::is_utf8(cell)) std::abort();  // 1: the '=' of a formula
      }
    }
  }
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_xlsx(data, size); }
#endif
