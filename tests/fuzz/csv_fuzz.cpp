// Any bytes as a CSV file. What was read must be within the limits, and must come back unchanged from our own export.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "kernel/exchange/csv.h"

int fuzz_csv(const std::uint8_t* data, std::size_t size) {
  constexpr assay::ReadLimits limits{.bytes = 1 << 20, .rows = 1000, .columns = 50, .cell_bytes = 1000};
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto sheet = assay::read_csv(bytes, limits);
  if (!sheet) return 0;
  if (sheet->rows.size() > limits.rows) std::abort();
  for (char separator : {',', ';'}) {
    assay::CsvWriter writer(separator, assay::ByteOrderMark::utf8);
    for (const auto& row : sheet->rows) {
      if (row.size() > limits.columns) std::abort();
      for (const auto& cell : row) {
        if (cell.size() > limits.cell_bytes || !assay::is_utf8(cell)) std::abort();
      }
      writer.row(std::vector<std::string_view>(row.begin(), row.end()));
    }
    auto again = assay::read_csv(writer.take(), {});
    if (!again || again->rows != sheet->rows) std::abort();
  }
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_csv(data, size); }
#endif
