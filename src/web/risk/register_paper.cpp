#include "web/risk/register_paper.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/threat_category.h"
#include "workflows/records.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::size_t most_on_paper = 1000;  // more is what workbooks are for

// One question a register for the names of all that the risks refer to.
Result<void> read_names(Visit& visit, RegisterPaper& paper) {
  std::map<const EntityDef*, std::set<Id>> wanted;
  for (const Risk& risk : paper.risks) {
    wanted[&Person::def()].insert(checks::id_of(risk.owner));
    wanted[&ThreatCategory::def()].insert(checks::id_of(risk.threat_category));
    for (const auto& asset : risk.assets) wanted[&Asset::def()].insert(asset.id);
    for (const auto& control : risk.controls) wanted[&Control::def()].insert(control.id);
  }
  TRY(auto reader, visit.tenant.workspace->read());
  for (auto& [def, ids] : wanted) {
    ids.erase("");
    // The names of what somebody may not see are told by its id alone.
    if (!visit.may(Action::see, *def)) continue;
    TRY(paper.names[def], reader->titles(*def, {ids.begin(), ids.end()}));
  }
  return {};
}

std::string tone_class(const RiskScale& scale, const std::optional<double>& score) {
  return score ? "cell-" + scale.band(*score).tone : std::string();
}

std::string level_words(const Risk& risk, RiskView view) {
  auto place = place_of(risk, view);
  auto score = score_of(risk, view);
  if (!score) return place ? place_words(*place) : std::string("–");
  return place ? fmt::format("{} ({})", decimal(*score, 1), place_words(*place)) : decimal(*score, 1);
}

void write_pictures(HtmlWriter& h, const RegisterPaper& made) {
  RiskPicture picture = draw_risks(made.risks, *made.scale, 0);
  h.el("h2", "Where the risks lie");
  h.el("table", {cls("keep heat-table")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (RiskView view : risk_views) h.el("th", {at("scope", "col")}, fmt::format("{} risk", view_label(view)));
      });
    });
    h.el("tbody", [&] {
      h.el("tr", [&] {
        for (RiskView view : risk_views) {
          Heatmap map = heatmap_of(picture, *made.scale, view, nullptr);
          map.width = 300;  // three of them stand side by side on a page
          h.el("td", [&] { heatmap(h, map); });
        }
      });
      h.el("tr", [&] {
        for (RiskView view : risk_views) {
          const RiskPicture::View& drawn = picture.of(view);
          h.el("td", {cls("note")},
               fmt::format("{} of {} on the grid, {} above the threshold (the thick line)", drawn.placed, picture.risks,
                           drawn.above));
        }
      });
    });
  });
}

void write_rows(HtmlWriter& h, const RegisterPaper& made) {
  h.el("h2", "Risks");
  h.el("table", {cls("register-lines")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"Risk", "Assets", "Inherent", "Current", "Target", "Treatment and controls",
                                       "Owner", "State, next review"})
          h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (std::size_t i = 0; i < made.risks.size() && i < most_on_paper; ++i) {
        const Risk& risk = made.risks[i];
        h.el("tr", [&] {
          h.el("th", {at("scope", "row")}, [&] {
            h.el("b", fmt::format("{} {}", risk.id, risk.title));
            if (risk.scenario) h.el("div", *risk.scenario);
            if (std::string category = made.name_of(risk.threat_category); !category.empty())
              h.el("div", {cls("note")}, category);
          });
          h.el("td", [&] {
            h.text(made.names_of(risk.assets));
            std::string cia;
            for (RiskCia property : risk.cia)
              cia += (cia.empty() ? "" : ", ") +
                     std::string(choices_of<RiskCia>[static_cast<std::size_t>(property)].label);
            if (!cia.empty()) h.el("div", {cls("note")}, cia);
          });
          for (RiskView view : risk_views)
            h.el("td",
                 {cls(made.scale ? tone_class(*made.scale, score_of(risk, view)) : std::string()), cls("text-nowrap")},
                 level_words(risk, view));
          h.el("td", [&] {
            if (risk.treatment) h.el("b", choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].label);
            h.el("div", made.names_of(risk.controls));
          });
          h.el("td", made.name_of(risk.owner));
          h.el("td", [&] {
            h.text(choices_of<RiskStatus>[static_cast<std::size_t>(risk.status)].label);
            if (checks::given(risk.next_review_on))
              h.el("div", {cls("text-nowrap")}, made.letterhead.day(risk.next_review_on->iso()));
          });
        });
      }
    });
  });
  if (made.risks.size() > most_on_paper)
    h.el("p", {cls("warn")},
         fmt::format("Only the {} highest of {} risks are printed; the workbook has all of them.", most_on_paper,
                     made.risks.size()));
}

void write_levels(HtmlWriter& h, const RiskScale& scale) {
  bool told = std::ranges::any_of(scale.likelihoods, [](const RiskLevel& level) { return !level.name.empty(); });
  h.el("h2", "How to read the scores");
  h.el("table", {cls("keep")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"Band", "From score"}) h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (const RiskBand& band : scale.bands) {
        h.el("tr", [&] {
          h.el("td", {cls("cell-" + band.tone)}, band.name);
          h.el("td", decimal(band.from, 1));
        });
      }
    });
  });
  if (!told) return;
  for (const auto* levels : {&scale.likelihoods, &scale.impacts}) {
    h.el("table", {cls("keep")}, [&] {
      h.el("caption", levels == &scale.likelihoods ? "Likelihood" : "Impact");
      h.el("tbody", [&] {
        for (const RiskLevel& level : *levels) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")}, level.words());
            h.el("td", level.meaning);
          });
        }
      });
    });
  }
}

}  // namespace

Result<RegisterPaper> register_paper(Visit& visit) {
  RegisterPaper paper;
  TRY(paper.letterhead, letterhead_of(visit));
  TRY(paper.choice, risk_choice(visit));
  TRY(paper.risks, read_risks(visit.tenant.registers, visit.principal, paper.choice.filters,
                              {"title",
                               "scenario",
                               "threat",
                               "threat_category",
                               "weakness",
                               "consequence",
                               "assets",
                               "cia",
                               "owner",
                               "methodology",
                               "assessed_on",
                               "next_review_on",
                               "inherent_likelihood",
                               "inherent_impact",
                               "inherent_score",
                               "residual_likelihood",
                               "residual_impact",
                               "residual_score",
                               "target_likelihood",
                               "target_impact",
                               "target_score",
                               "priority",
                               "treatment",
                               "controls",
                               "status"}));
  std::ranges::stable_sort(paper.risks, std::ranges::greater(), [](const Risk& risk) {
    return risk.residual_score.value_or(risk.inherent_score.value_or(-1));
  });
  TRY(paper.scale, scale_in_force(visit.tenant.registers, visit.principal));
  TRY(auto runs, records_of(visit.tenant.registers, visit.principal, RiskAssessmentRun::def()));
  auto latest =
      std::ranges::max_element(runs, {}, [](const Record& run) { return std::string(run.text("performed_on")); });
  if (latest != runs.end()) paper.run = *latest;
  CHECK(read_names(visit, paper));
  paper.today = visit.tenant.workspace->clock().today();
  return paper;
}

Paper register_head(const RegisterPaper& made, bool issued) {
  Paper paper{.title = std::string(register_title),
              .edition = made.letterhead.day(made.today.iso()),
              .state = "As of " + made.letterhead.day(made.today.iso()),
              .draft = !issued,
              .classification = {},
              .landscape = true,
              .facts = {}};
  if (!issued) paper.state += ", draft: not issued";
  paper.facts.emplace_back("Risks",
                           fmt::format("{}{}", made.risks.size(),
                                       made.choice.narrowed() ? " (a part of the register, chosen by filters)" : ""));
  if (made.scale) {
    const RiskMethodology& method = made.scale->method;
    paper.facts.emplace_back(
        "Risk method", fmt::format("Version {}, likelihood {} to {}, impact {} to {}{}", method.version,
                                   method.likelihood_min, method.likelihood_max, method.impact_min, method.impact_max,
                                   method.acceptance_threshold ? fmt::format(", acceptance threshold {}",
                                                                             decimal(*method.acceptance_threshold, 1))
                                                               : std::string()));
    auto above = std::ranges::count_if(made.risks, [&](const Risk& risk) {
      return risk.residual_score && made.scale->is_above_threshold(*risk.residual_score).value_or(false);
    });
    paper.facts.emplace_back("Above the threshold", std::to_string(above));
  }
  if (made.run)
    paper.facts.emplace_back("Latest assessment",
                             fmt::format("{}, {}", made.run->id, made.letterhead.day(made.run->text("performed_on"))));
  return paper;
}

PaperBody register_body(const RegisterPaper& made) {
  return [&made](HtmlWriter& h) {
    if (made.scale) write_pictures(h, made);
    write_rows(h, made);
    if (made.scale) write_levels(h, *made.scale);
  };
}

}  // namespace assay
