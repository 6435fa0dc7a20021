// What the pages of the risk register share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "isms/risk/risk_picture.h"
#include "isms/risk/risk_scale.h"
#include "kernel/store/query.h"
#include "web/charts/heatmap.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"

namespace assay {

// A page of the workbench; every one but the register itself has it as its first crumb.
Frame risk_frame(std::string title, std::string kicker);
// The way between the pages of the workbench; `here`: the address of the one that is shown.
void risk_tabs(HtmlWriter& h, const Visit& visit, std::string_view here);

// Which risks a page is about: the parameters of its address, as the list of the register reads them too. Closed risks
// are left out unless a state is asked for. Error: invalid with the parameter as place.
struct RiskChoice {
  Fields parameters;  // tidy, without the state that was added
  Fields of_list;     // the same for the list of the register
  std::vector<Filter> filters;
  bool narrowed() const { return !parameters.empty(); }
};
Result<RiskChoice> risk_choice(Visit& visit, std::initializer_list<std::string_view> ignored = {});
void risk_filter_form(HtmlWriter& h, const Visit& visit, const RiskChoice& choice, std::string_view action);
// Address of the list of the register with these parameters more.
std::string risk_list_url(const RiskChoice& choice, const Fields& more);

std::string_view view_label(RiskView view);   // "Inherent"
std::string_view view_prefix(RiskView view);  // "residual": of the fields

// The picture of one view; cells lead to the list when `choice` is given.
Heatmap heatmap_of(const RiskPicture& picture, const RiskScale& scale, RiskView view, const RiskChoice* choice);
// Where the risks come from and go to, over the bands of the method.
Heatmap movement_map(const std::vector<RiskPicture::Move>& moves, const RiskScale& scale, std::string label);
// "4 × 5"
std::string place_words(const RiskPlace& place);
void band_badge(HtmlWriter& h, const RiskScale& scale, const std::optional<double>& score);

// A level of the scale as a list of its words; a number where there is no method. Input id "f-<field>", name "<name>".
struct LevelInput {
  std::string_view name, id, label;
  std::optional<std::int64_t> value = {};
  bool invalid = false;
  bool bare = false;  // the label is for those who do not see the table around it
};
void level_input(HtmlWriter& h, const std::vector<RiskLevel>* levels, const LevelInput& input);

// What stands where no method is in force.
void no_method_alert(HtmlWriter& h, const Visit& visit);

// Handlers of the other files.
Response risk_register_page(Visit& visit);
Response new_risk_page(Visit& visit);
Response check_new_risk(Visit& visit);
Response save_new_risk(Visit& visit);
Response assess_page(Visit& visit);
Response save_assessment(Visit& visit);
Response review_page(Visit& visit);
Response confirm_reviews(Visit& visit);
Response risk_scores_page(Visit& visit);
Response risk_trend_page(Visit& visit);
Response opportunities_page(Visit& visit);
Response risk_document_page(Visit& visit);
Result<PdfWork> risk_document_pdf(Visit& visit);
Response risk_document_xlsx(Visit& visit);
Response issue_risk_document(Visit& visit);

}  // namespace assay
