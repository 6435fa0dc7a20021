// The figures of a simulation as a workbook and as facts for comparisons.
#pragma once

#include <string>

#include "kernel/exchange/xlsx_writer.h"
#include "workflows/loss/loss_analysis.h"

namespace assay {

// Sheets: summary, bad years, exceedance curve, tolerance, risks, sensitivity, convergence. Errors: those of
// XlsxWriter.
Result<void> write_loss_workbook(const LossPortfolio& portfolio, const LossAnalysis& analysis, XlsxWriter& writer);

// JSON: {"seed", "years", "correlation", "currency", "now": {…}, "planned": {…}, "risks": {"R-001": expected loss, …}}.
std::string loss_facts(const LossPortfolio& portfolio, const LossAnalysis& analysis);

}  // namespace assay
