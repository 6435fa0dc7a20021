// A verdict as text for people and machines: the formats of `assay check` (docs/command-line.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/rules/engine.h"

namespace assay {

enum class ReportFormat { text, json, csv, sarif, junit };
std::optional<ReportFormat> report_format_of(std::string_view name);

struct ReportStyle {
  bool colour = false;   // text only: ANSI colours
  bool timings = false;  // text: the slowest rules; JSON: what every rule took
};

std::string report(const Verdict& verdict, const RuleSet& rules, ReportFormat format, ReportStyle style = {});

// One finding as it stands in the JSON form.
std::string finding_json(const RuleFinding& finding);

// 0 no major and no minor, 1 some.
int exit_status(const Verdict& verdict);

}  // namespace assay
