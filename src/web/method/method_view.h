// What the pages of the risk method and of calibration share.
#pragma once

#include "isms/risk/risk_methodology.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"
#include "workflows/risk/risk_method.h"

namespace assay {

std::string method_url(std::string_view id);       // /risk/method/RM-001
std::string calibration_url(std::string_view id);  // /risk/calibration/CAL-001
Frame method_frame(std::string title, std::vector<Crumb> crumbs = {});
Frame calibration_frame(std::string title, std::vector<Crumb> crumbs = {});

// The method that the address names, as the person may see it.
Result<Record> asked_method(Visit& visit);

// Every pair of levels with the level of risk it gives: coloured by class, set in bold above the threshold.
void write_heat_map(HtmlWriter& h, const RiskMethodology& method);

// The method as a document.
Paper method_paper(Visit& visit, const Letterhead& letterhead, const Record& record);
void write_method_body(HtmlWriter& h, const RiskMethodology& method);

// One input with its label and what is wrong with it.
struct PlainInput {
  std::string name, label, value;
  std::string_view type = "text";
  bool label_hidden = false;  // a column head says it
  std::string_view hint = {};
};
void plain_input(HtmlWriter& h, const PlainInput& input, const FormState& state);
// The levels of a scale to choose from, with their names; `chosen` unset: none yet.
void level_select(HtmlWriter& h, const RiskMethodology& method, MethodScale scale, std::string_view name,
                  std::string_view label, std::optional<std::int64_t> chosen, const FormState& state,
                  bool label_hidden);

// A number as a person types it; nothing for anything else.
std::optional<double> typed_number(std::string_view text);
std::optional<std::int64_t> typed_level(std::string_view text);
std::string level_words(const std::optional<double>& level);  // "12", "–"

// Handlers of the other files, for the list in method_pages.cpp.
Response method_part_page(Visit& visit);
Response save_part(Visit& visit);
Response migration_page(Visit& visit);
Response migrate(Visit& visit);

}  // namespace assay
