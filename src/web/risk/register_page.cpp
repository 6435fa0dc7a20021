// The register as people work with it: where the risks lie, how they move, which weigh most.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "isms/record_checks.h"
#include "web/assets.h"
#include "web/risk/risk_view.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::size_t most_top = 15, most_moves = 12;

struct Figure {
  std::string label;
  std::size_t count;
  std::string url;
  bool bad = false;
};

void write_figures(HtmlWriter& h, const std::vector<Risk>& risks, const RiskPicture& picture, const RiskScale* scale,
                   const RiskChoice& choice, Date today) {
  std::size_t ownerless = 0, overdue = 0, drafts = 0, scoreless = 0;
  for (const Risk& risk : risks) {
    scoreless += risk.residual_score ? 0 : 1;
    drafts += risk.status == RiskStatus::draft ? 1 : 0;
    ownerless += checks::id_of(risk.owner).empty() ? 1 : 0;
    overdue += checks::given(risk.next_review_on) && *risk.next_review_on < today ? 1 : 0;
  }
  std::vector<Figure> figures = {{"Risks", picture.risks, risk_list_url(choice, {})}};
  if (scale && scale->method.acceptance_threshold) {
    // The list has "at least"; scores are whole or have few decimals, so the next thousandth is above.
    std::string least = fmt::format("{}", *scale->method.acceptance_threshold + 0.001);
    figures.push_back({fmt::format("Above the threshold of {}", decimal(*scale->method.acceptance_threshold, 1)),
                       picture.of(RiskView::residual).above,
                       risk_list_url(choice, {{"residual_score.min", least}, {"sort", "-residual_score"}}), true});
  }
  figures.push_back(
      {"Without a current score", scoreless, risk_list_url(choice, {{"residual_score.empty", "true"}}), true});
  figures.push_back({"Without an owner", ownerless, risk_list_url(choice, {{"owner.empty", "true"}}), true});
  figures.push_back(
      {"Review overdue", overdue,
       risk_list_url(choice, {{"next_review_on.max", today.plus_days(-1).iso()}, {"sort", "next_review_on"}}), true});
  figures.push_back({"Drafts", drafts, risk_list_url(choice, {{"status", "draft"}})});
  h.el("ul", {cls("figures list-unstyled")}, [&] {
    for (const Figure& figure : figures) {
      h.el("li", {cls("figure-box card"), cls_if(figure.bad && figure.count > 0, "is-bad")}, [&] {
        auto inside = [&] {
          h.el("span", {cls("figure-count numeric")}, grouped(static_cast<std::int64_t>(figure.count)));
          h.el("span", {cls("figure-label")}, figure.label);
        };
        if (figure.url.empty() || figure.count == 0) h.el("div", {cls("figure-inside")}, inside);
        else h.el("a", {cls("figure-inside"), at("href", figure.url)}, inside);
      });
    }
  });
}

// From where the band begins to just below where the next one does; the lowest takes all below it as well.
std::string band_url(const RiskScale& scale, std::size_t band, RiskView view, const RiskChoice& choice) {
  Fields more;
  std::string field = fmt::format("{}_score", view_prefix(view));
  if (band > 0) more.emplace_back(field + ".min", decimal(scale.bands[band].from, 3));
  if (band + 1 < scale.bands.size()) more.emplace_back(field + ".max", decimal(scale.bands[band + 1].from - 0.001, 3));
  if (more.empty()) more.emplace_back(field + ".empty", "false");
  return risk_list_url(choice, more);
}

void write_band_legend(HtmlWriter& h, const RiskPicture& picture, const RiskScale& scale, const RiskChoice& choice) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "Risks by band of the score, inherent, current and target");
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, "Band");
          for (RiskView view : risk_views) h.el("th", {at("scope", "col"), cls("text-end")}, view_label(view));
        });
      });
      h.el("tbody", [&] {
        for (std::size_t i = scale.bands.size(); i-- > 0;) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
              h.el("span", {cls("band-mark"), cls(scale.bands[i].tone), at("aria-hidden", "true")}, "");
              h.text(scale.bands[i].name);
            });
            for (RiskView view : risk_views) {
              auto count = static_cast<std::int64_t>(picture.of(view).bands[i]);
              h.el("td", {cls("text-end numeric")}, [&] {
                if (count == 0) return h.number(count);
                h.el("a",
                     {at("href", band_url(scale, i, view, choice)),
                      at("aria-label", fmt::format("{} {}: {}", count, scale.bands[i].name, view_label(view)))},
                     count);
              });
            }
          });
        }
      });
    });
  });
}

void write_heatmaps(HtmlWriter& h, const RiskPicture& picture, const RiskScale& scale, const RiskChoice& choice) {
  h.el("div", {cls("row row-cards mb-3")}, [&] {
    for (RiskView view : risk_views) {
      const RiskPicture::View& drawn = picture.of(view);
      h.el("div", {cls("col-md-6 col-xl-4")}, [&] {
        section(h, std::string(view_prefix(view)), fmt::format("{} risk", view_label(view)), {}, [&] {
          h.el("div", {cls("card-body heat-body")}, [&] {
            heatmap(h, heatmap_of(picture, scale, view, &choice));
            std::string note = fmt::format("{} of {} on the grid", drawn.placed, picture.risks);
            std::size_t scored = std::accumulate(drawn.bands.begin(), drawn.bands.end(), std::size_t{0});
            if (scored > drawn.placed + drawn.off_scale)
              note += fmt::format(", {} with a score but no levels", scored - drawn.placed - drawn.off_scale);
            if (drawn.above > 0) note += fmt::format(", {} above the threshold", drawn.above);
            if (drawn.off_scale > 0) note += fmt::format(", {} off the scale", drawn.off_scale);
            h.el("p", {cls("text-secondary mb-0")}, note + ".");
          });
        });
      });
    }
  });
}

void write_moves(HtmlWriter& h, const std::vector<RiskPicture::Move>& moves, const RiskScale& scale,
                 const RiskChoice& choice, RiskView from, RiskView to) {
  if (moves.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "No risk moves between these two.");
  auto level_name = [](RiskView view, std::string_view which) {
    return fmt::format("{}_{}", view_prefix(view), which);
  };
  h.el("div", {cls("move-pair")}, [&] {
    h.el("div", {cls("card-body heat-body")}, [&] {
      heatmap(h, movement_map(moves, scale,
                              fmt::format("Movement from {} to {} risk", view_prefix(from), view_prefix(to))));
    });
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table")}, [&] {
        h.el("caption", {cls("visually-hidden")},
             fmt::format("From {} to {} risk, likelihood × impact", view_prefix(from), view_prefix(to)));
        h.el("thead", [&] {
          h.el("tr", [&] {
            h.el("th", {at("scope", "col")}, view_label(from));
            h.el("th", {at("scope", "col")}, view_label(to));
            h.el("th", {at("scope", "col"), cls("text-end")}, "Risks");
          });
        });
        h.el("tbody", [&] {
          for (std::size_t i = 0; i < moves.size() && i < most_moves; ++i) {
            const RiskPicture::Move& move = moves[i];
            h.el("tr", [&] {
              h.el("td", {cls("numeric text-nowrap")}, [&] {
                h.text(place_words(move.from) + " ");
                band_badge(h, scale, scale.method.level(move.from.likelihood, move.from.impact));
              });
              h.el("td", {cls("numeric text-nowrap")}, [&] {
                h.text(place_words(move.to) + " ");
                band_badge(h, scale, scale.method.level(move.to.likelihood, move.to.impact));
              });
              h.el("td", {cls("text-end numeric")}, [&] {
                std::string url =
                    risk_list_url(choice, {{level_name(from, "likelihood"), std::to_string(move.from.likelihood)},
                                           {level_name(from, "impact"), std::to_string(move.from.impact)},
                                           {level_name(to, "likelihood"), std::to_string(move.to.likelihood)},
                                           {level_name(to, "impact"), std::to_string(move.to.impact)}});
                h.el("a",
                     {at("href", url), at("aria-label", fmt::format("{} from {} to {}", move.risks,
                                                                    place_words(move.from), place_words(move.to)))},
                     static_cast<std::int64_t>(move.risks));
              });
            });
          }
        });
      });
    });
  });
  if (moves.size() > most_moves)
    h.el("p", {cls("card-footer mb-0 text-secondary")},
         fmt::format("The {} most frequent of {} movements.", most_moves, moves.size()));
}

void write_top(HtmlWriter& h, const Visit& visit, const RiskPicture& picture, const RiskScale& scale) {
  const EntityDef& def = Risk::def();
  TitleBook titles(visit);
  for (const Risk* risk : picture.top) titles.want(def.find("owner")->target(), checks::id_of(risk->owner));
  titles.read();
  section(h, "top", "Top risks", {}, [&] {
    if (picture.top.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "No risk has a score yet.");
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "The risks with the highest current score");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Risk", "Inherent", "Current", "Target", "Owner", "Treatment", "State"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const Risk* risk : picture.top) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                h.el("a", {at("href", record_url(def, risk->id))}, fmt::format("{} {}", risk->id, risk->title));
              });
              for (RiskView view : risk_views)
                h.el("td", {at("data-label", view_label(view))}, [&] { band_badge(h, scale, score_of(*risk, view)); });
              h.el("td", {at("data-label", "Owner")}, [&] {
                if (const std::string& owner = checks::id_of(risk->owner); !owner.empty())
                  titles.link(h, def.find("owner")->target(), owner);
              });
              h.el("td", {at("data-label", "Treatment")},
                   risk->treatment ? choices_of<RiskTreatment>[static_cast<std::size_t>(*risk->treatment)].label
                                   : std::string_view());
              const Choice& state = choices_of<RiskStatus>[static_cast<std::size_t>(risk->status)];
              h.el("td", {at("data-label", "State")}, [&] { state_badge(h, def, state.name, state.label); });
            });
          }
        });
      });
    });
  });
}

Html register_actions(const Visit& visit) {
  HtmlWriter h(512);
  if (visit.may(Action::create, Risk::def())) {
    h.el("a", {cls("btn btn-primary"), at("href", "/risks/new"), at("data-shortcut", "n")}, [&] {
      h.add(icon("plus"));
      h.text("Enter a risk");
    });
  }
  h.el("a", {cls("btn"), at("href", "/risks/document")}, [&] {
    h.add(icon("file-text"));
    h.text("Document");
  });
  return h.take();
}

void write_empty(HtmlWriter& h, const Visit& visit, const RiskChoice& choice) {
  HtmlWriter actions(512);
  if (choice.narrowed()) {
    actions.el("a", {cls("btn"), at("href", "/risks")}, "All open risks");
    return empty_state(h, "filter", "No open risk fits these filters",
                       "Take a filter away, or look at the whole register.", actions.take());
  }
  if (visit.may(Action::create, Risk::def()))
    actions.el("a", {cls("btn btn-primary"), at("href", "/risks/new")}, "Enter the first risk");
  if (visit.may(Action::import_, Risk::def()))
    actions.el("a", {cls("btn"), at("href", "/import")}, "Import a spreadsheet");
  empty_state(h, "alert-triangle", "No risk is in the register yet",
              "Clause 6.1.2 c asks which risks to confidentiality, integrity and availability there are, and who owns "
              "each. Begin with the assets that matter most: who or what "
              "could harm them, through which weakness, and what would follow? Example: a phished administrator "
              "account is used to encrypt the order database; orders stop for three days.",
              actions.take());
}

}  // namespace

Response risk_register_page(Visit& visit) {
  auto choice = risk_choice(visit);
  if (!choice) return error_page(visit, choice.error());
  auto risks = read_risks(visit.tenant.registers, visit.principal, choice->filters,
                          {"title", "owner", "methodology", "next_review_on", "inherent_likelihood", "inherent_impact",
                           "inherent_score", "residual_likelihood", "residual_impact", "residual_score",
                           "target_likelihood", "target_impact", "target_score", "treatment", "status"});
  if (!risks) return error_page(visit, risks.error());
  auto scale = scale_in_force(visit.tenant.registers, visit.principal);
  if (!scale) return error_page(visit, scale.error());
  Frame frame = risk_frame("Risk register", "Clauses 6.1.2 and 8.2");
  frame.actions = register_actions(visit);
  frame.live = "data";
  Date today = visit.tenant.workspace->clock().today();
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks");
    if (!*scale) no_method_alert(h, visit);
    if (risks->empty() && !choice->narrowed()) return write_empty(h, visit, *choice);
    risk_filter_form(h, visit, *choice, "/risks");
    if (risks->empty()) return write_empty(h, visit, *choice);
    if (!*scale) {
      return h.el("p", [&] {
        h.el("a", {cls("btn"), at("href", risk_list_url(*choice, {}))},
             fmt::format("{} risks in the list", risks->size()));
      });
    }
    RiskPicture picture = draw_risks(*risks, **scale, most_top);
    write_figures(h, *risks, picture, &**scale, *choice, today);
    if (picture.other_method > 0) {
      h.el("p", {cls("text-secondary")}, [&] {
        h.text(picture.other_method == 1 ? std::string("1 risk stands")
                                         : fmt::format("{} risks stand", picture.other_method));
        h.text(" on another version of the method; its scores are shown as they were given. ");
        h.el("a",
             {at("href",
                 risk_list_url(*choice, {{"methodology.not", (*scale)->method.id}, {"methodology.empty", "false"}}))},
             "Show them");
      });
    }
    write_heatmaps(h, picture, **scale, *choice);
    write_top(h, visit, picture, **scale);
    section(h, "treated", "What the controls of today do: inherent to current", {},
            [&] { write_moves(h, picture.treated, **scale, *choice, RiskView::inherent, RiskView::residual); });
    section(h, "planned", "What the treatment is to do: current to target", {},
            [&] { write_moves(h, picture.planned, **scale, *choice, RiskView::residual, RiskView::target); });
    section(h, "bands", "By band", {}, [&] { write_band_legend(h, picture, **scale, *choice); });
  });
}

}  // namespace assay
