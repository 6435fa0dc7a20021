// What the pages and documents of quantitative risk share: addresses, figures in words, tables and pictures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/paper/paper.h"
#include "web/record_parts.h"
#include "workflows/loss/loss_analysis.h"

namespace assay {

// ---- Addresses -----------------------------------------------------------------------------------------------------

std::string loss_query(const LossQuestion& question);  // "?years=…&seed=…", empty for the defaults
std::string loss_risk_url(std::string_view risk);
std::string loss_entry_url(std::string_view risk, LossSituation situation);

// ---- Figures in words ----------------------------------------------------------------------------------------------

// Three digits that matter, grouped: "GBP 1 230 000". `currency` may be empty.
std::string loss_money(double value, std::string_view currency = {});
std::string loss_money_short(double value);    // for axes: "1.2 M"
std::string loss_chance(double share);         // "12 %", "0.4 %", "below 0.01 %"
std::string loss_rate_words(double per_year);  // "0.2 a year, once in 5 years"
std::string loss_years_words(double share);    // of a probability in a year: "one year out of 20"
std::string range_words(const LossRange& range, const std::function<std::string(double)>& text);
std::string_view swing_words(const LossSwing& swing);  // "how often", "loss of one event"

// ---- Tables and pictures, on the screen and on paper ---------------------------------------------------------------

struct LossCell {
  std::string text;
  std::string url = {};
  std::string_view tone = {};  // "good", "fair", "bad"
};
struct LossColumn {
  std::string_view label;
  bool figure = true;  // aligned at the right
};
// The first cell of a row is its head.
void loss_table(HtmlWriter& h, bool paper, std::string_view caption, const std::vector<LossColumn>& columns,
                const std::vector<std::vector<LossCell>>& rows);

// What is shown and where.
struct LossView {
  const LossPortfolio& portfolio;
  const LossAnalysis& analysis;
  bool paper = false;  // no links, no cards

  std::string money(double value) const { return loss_money(value, portfolio.currency()); }
  const EstimatedRisk& risk(std::string_view id) const;
};

// Each writes one part with its heading; parts that have nothing to say write nothing.
void write_loss_summary(HtmlWriter& h, const LossView& view);
void write_loss_curve(HtmlWriter& h, const LossView& view);
void write_loss_tolerance(HtmlWriter& h, const LossView& view);
void write_loss_levels(HtmlWriter& h, const LossView& view);
void write_loss_shares(HtmlWriter& h, const LossView& view);
void write_loss_swings(HtmlWriter& h, const LossView& view);
void write_loss_returns(HtmlWriter& h, const LossView& view);
void write_loss_convergence(HtmlWriter& h, const LossView& view);
void write_loss_method(HtmlWriter& h, const LossView& view);

// A part: a card on the screen, a heading on paper.
void loss_part(HtmlWriter& h, bool paper, std::string_view id, std::string_view title, std::string_view lead,
               const std::function<void()>& body);
// A picture that may be wider than a phone.
void loss_picture(HtmlWriter& h, bool paper, std::string_view label, const std::function<void()>& picture);

// ---- Handlers of the other files, for the list in loss_pages.cpp ---------------------------------------------------

Response loss_risk_page(Visit& visit);
Response loss_entry_page(Visit& visit);
Response save_loss_entry(Visit& visit);
Response loss_entry_picture(Visit& visit);
Response loss_report_page(Visit& visit);
Result<PdfWork> loss_report_pdf(Visit& visit);
Response loss_report_xlsx(Visit& visit);
Response issue_loss_report(Visit& visit);

Frame loss_frame(std::string title, bool below_portfolio = true);
// The question that the address or the form asks.
Result<LossQuestion> asked_loss_question(const Fields& fields);

}  // namespace assay
