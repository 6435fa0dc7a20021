#include <fmt/format.h>

#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/risk/threat_category.h"
#include "web/risk/register_paper.h"

namespace assay {
namespace {

XlsxCell number_cell(const std::optional<double>& value) { return value ? XlsxCell(*value) : XlsxCell(); }
XlsxCell level_cell(const std::optional<std::int64_t>& value) {
  return value ? XlsxCell(static_cast<double>(*value)) : XlsxCell();
}
XlsxCell day_cell(const std::optional<Date>& value) { return checks::given(value) ? XlsxCell(*value) : XlsxCell(); }

Result<void> write_register_sheet(XlsxWriter& writer, const RegisterPaper& made) {
  using enum ColumnKind;
  CHECK(writer.sheet("Risk register", {{"Id", 10},
                                       {"Risk", 40},
                                       {"Scenario", 60},
                                       {"Threat", 30},
                                       {"Threat category", 24},
                                       {"Weakness", 30},
                                       {"Consequence", 40},
                                       {"Assets", 30},
                                       {"Properties at risk", 20},
                                       {"Owner", 22},
                                       {"Inherent likelihood", 11, number},
                                       {"Inherent impact", 11, number},
                                       {"Inherent score", 11, number},
                                       {"Current likelihood", 11, number},
                                       {"Current impact", 11, number},
                                       {"Current score", 11, number},
                                       {"Target likelihood", 11, number},
                                       {"Target impact", 11, number},
                                       {"Target score", 11, number},
                                       {"Band", 20},
                                       {"Priority", 9, number},
                                       {"Treatment", 20},
                                       {"Controls", 40},
                                       {"Status", 18},
                                       {"Assessed on", 12, date},
                                       {"Next review", 12, date}}));
  for (const Risk& risk : made.risks) {
    std::string cia;
    for (RiskCia property : risk.cia)
      cia += (cia.empty() ? "" : ", ") + std::string(choices_of<RiskCia>[static_cast<std::size_t>(property)].label);
    std::string category = made.name_of(risk.threat_category), assets = made.names_of(risk.assets),
                owner = made.name_of(risk.owner), controls = made.names_of(risk.controls);
    std::string band = made.scale && risk.residual_score ? made.scale->band(*risk.residual_score).name : std::string();
    auto text = [](const std::optional<std::string>& value) {
      return value ? XlsxCell(std::string_view(*value)) : XlsxCell();
    };
    std::vector<XlsxCell> cells{
        std::string_view(risk.id),
        std::string_view(risk.title),
        text(risk.scenario),
        text(risk.threat),
        std::string_view(category),
        text(risk.weakness),
        text(risk.consequence),
        std::string_view(assets),
        std::string_view(cia),
        std::string_view(owner),
        level_cell(risk.inherent_likelihood),
        level_cell(risk.inherent_impact),
        number_cell(risk.inherent_score),
        level_cell(risk.residual_likelihood),
        level_cell(risk.residual_impact),
        number_cell(risk.residual_score),
        level_cell(risk.target_likelihood),
        level_cell(risk.target_impact),
        number_cell(risk.target_score),
        std::string_view(band),
        level_cell(risk.priority),
        risk.treatment ? XlsxCell(choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].label)
                       : XlsxCell(),
        std::string_view(controls),
        XlsxCell(choices_of<RiskStatus>[static_cast<std::size_t>(risk.status)].label),
        day_cell(risk.assessed_on),
        day_cell(risk.next_review_on)};
    CHECK(writer.row(cells));
  }
  return {};
}

// The grids as numbers, one below the other: likelihood downwards from the highest, impact to the right.
Result<void> write_grid_sheet(XlsxWriter& writer, const RegisterPaper& made) {
  RiskPicture picture = draw_risks(made.risks, *made.scale, 0);
  std::vector<XlsxColumn> columns{{"View", 12}, {"Likelihood", 24}};
  for (const RiskLevel& impact : made.scale->impacts)
    columns.push_back({fmt::format("Impact {}", impact.words()), 16, ColumnKind::number});
  CHECK(writer.sheet("Heat maps", std::move(columns)));
  for (RiskView view : risk_views) {
    for (auto likelihood = made.scale->likelihoods.rbegin(); likelihood != made.scale->likelihoods.rend();
         ++likelihood) {
      std::string words = likelihood->words();
      std::vector<XlsxCell> cells{view_label(view), std::string_view(words)};
      for (const RiskLevel& impact : made.scale->impacts) {
        auto found = picture.of(view).cells.find({likelihood->level, impact.level});
        cells.emplace_back(found == picture.of(view).cells.end() ? 0.0 : static_cast<double>(found->second));
      }
      CHECK(writer.row(cells));
    }
  }
  return {};
}

}  // namespace

Result<void> write_register_workbook(XlsxWriter& writer, const RegisterPaper& made) {
  CHECK(write_register_sheet(writer, made));
  return made.scale ? write_grid_sheet(writer, made) : Result<void>();
}

}  // namespace assay
