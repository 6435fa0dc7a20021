// Reads the cells of one worksheet part. Internal to kernel/exchange; the contract is that of stream_xlsx().
#pragma once

#include "base/result.h"
#include "kernel/exchange/xlsx_package.h"
#include "kernel/exchange/xlsx_reader.h"

namespace assay {

// Needs load_cell_tables() before. `index` must be below package.sheets.size().
Result<void> stream_sheet(XlsxPackage& package, std::size_t index, const RowSink& sink);

}  // namespace assay
