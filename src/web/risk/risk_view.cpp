#include "web/risk/risk_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/list_view.h"

namespace assay {
namespace {

constexpr BenchTab register_pages[] = {{"Picture", "/risks"},           {"Enter a risk", "/risks/new"},
                                       {"Assess", "/risks/assess"},     {"Review", "/risks/review"},
                                       {"Development", "/risks/trend"}, {"Opportunities", "/risks/opportunities"},
                                       {"Document", "/risks/document"}};

HeatCell cell_at(const RiskScale& scale, const RiskPlace& place, std::size_t count, std::string_view of_what) {
  HeatCell cell{.count = count};
  auto score = scale.method.level(place.likelihood, place.impact);
  if (!score) {
    cell.tone = "none";
    return cell;
  }
  const RiskBand& band = scale.band(*score);
  cell.tone = band.tone;
  cell.above = scale.is_above_threshold(*score).value_or(false);
  cell.words = fmt::format("{} {}, likelihood {}, impact {}: score {}, {}", count, of_what, place.likelihood,
                           place.impact, decimal(*score, 1), band.name);
  return cell;
}

Heatmap empty_map(const RiskScale& scale, std::string label) {
  Heatmap map{.label = std::move(label), .rows = {}, .columns = {}, .cells = {}};
  for (const RiskLevel& level : scale.likelihoods) map.rows.push_back(std::to_string(level.level));
  for (const RiskLevel& level : scale.impacts) map.columns.push_back(std::to_string(level.level));
  return map;
}

void filter_select(HtmlWriter& h, const FieldDef& field, std::string_view chosen) {
  h.el("label", {cls("filter-field")}, [&] {
    h.el("span", {cls("form-label")}, field.text.label);
    h.el("select", {cls("form-select"), at("name", field.name)}, [&] {
      h.el("option", {at("value", "")}, "Any");
      for (const Choice& choice : field.choices)
        h.el("option", {at("value", choice.name), flag("selected", choice.name == chosen)}, choice.label);
    });
  });
}

}  // namespace

Frame risk_frame(std::string title, std::string kicker) {
  Frame frame{.title = std::move(title), .active = "risk/register", .kicker = std::move(kicker)};
  if (frame.title != "Risk register") frame.crumbs = {{"Risk register", "/risks"}};
  return frame;
}

void risk_tabs(HtmlWriter& h, const Visit& visit, std::string_view here) {
  std::vector<BenchTab> tabs;
  const bool enters = visit.may(Action::create, Risk::def());
  for (const BenchTab& tab : register_pages) {
    if (tab.url == "/risks/new" && !enters) continue;
    if (tab.url == "/risks/assess" && !enters && !visit.may(Action::change, Risk::def())) continue;
    tabs.push_back(tab);
  }
  const std::string list = list_url(Risk::def());
  tabs.push_back({"List", list});
  bench_tabs(h, "Risk register", tabs, here);
}

Result<RiskChoice> risk_choice(Visit& visit, std::initializer_list<std::string_view> ignored) {
  RiskChoice out;
  out.parameters =
      without(tidy_parameters(visit.request.query), {"sort", "after", "limit", "columns", "view", "format"});
  for (std::string_view name : ignored) out.parameters = without(std::move(out.parameters), {name});
  TRY(ListQuery query, parse_list_query(Risk::def(), out.parameters, {}, visit.custom_fields()));
  if (!query.search.empty())
    return fail(Problems{{"q", "this page takes filters; search in the list of risks", shorten(query.search, 40)}},
                "The risks cannot be chosen as asked.");
  out.filters = std::move(query.filters);
  out.of_list = out.parameters;
  bool asks_state = std::ranges::any_of(
      out.filters, [](const Filter& filter) { return filter.field && filter.field->name == "status"; });
  if (!asks_state) {
    out.filters.push_back({Risk::def().find("status"), Comparison::is_not, {"closed"}});
    out.of_list.emplace_back("status.not", "closed");
  }
  return out;
}

void risk_filter_form(HtmlWriter& h, const Visit& visit, const RiskChoice& choice, std::string_view action) {
  const EntityDef& def = Risk::def();
  h.el("details", {cls("card mb-3 no-print"), flag("open", choice.narrowed())}, [&] {
    h.el("summary", {cls("card-header")},
         choice.narrowed() ? "Filters (the page shows a part of the register)" : "Filters");
    h.el("form", {cls("card-body"), at("method", "get"), at("action", action)}, [&] {
      h.el("div", {cls("row")}, [&] {
        for (std::string_view name : {"owner", "threat_category", "assets", "controls"}) {
          const FieldDef& field = *def.find(name);
          std::vector<std::string> chosen;
          for (std::string_view value : values_of(choice.parameters, name)) chosen.emplace_back(value);
          bool one = field.kind == Kind::reference;
          Value value = chosen.empty() ? Value() : one ? Value(chosen.front()) : Value(chosen);
          h.el("div", {cls("col-md-6 mb-3")}, [&] {
            h.el("label", {cls("form-label"), at("for", fmt::format("f-{}", name))}, field.text.label);
            field_input(h, visit, field, value, titles_of(visit, field, value));
          });
        }
      });
      h.el("div", {cls("filter-form")}, [&] {
        for (std::string_view name : {"treatment", "status"})
          filter_select(h, *def.find(name), value_of(choice.parameters, name));
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Show");
        if (choice.narrowed()) h.el("a", {cls("btn"), at("href", action)}, "All open risks");
      });
    });
  });
}

std::string risk_list_url(const RiskChoice& choice, const Fields& more) {
  Fields all = choice.of_list;
  for (const auto& [name, value] : more) {
    // A state that is asked for stands instead of "not closed".
    if (name == "status" || name == "status.not") all = without(std::move(all), {"status."});
    all.emplace_back(name, value);
  }
  return address(Risk::def(), all);
}

std::string_view view_label(RiskView view) {
  constexpr std::array<std::string_view, 3> labels{"Inherent", "Current", "Target"};
  return labels[static_cast<std::size_t>(view)];
}

std::string_view view_prefix(RiskView view) {
  constexpr std::array<std::string_view, 3> names{"inherent", "residual", "target"};
  return names[static_cast<std::size_t>(view)];
}

Heatmap heatmap_of(const RiskPicture& picture, const RiskScale& scale, RiskView view, const RiskChoice* choice) {
  Heatmap map = empty_map(scale, fmt::format("{} risks by likelihood and impact", view_label(view)));
  const auto& cells = picture.of(view).cells;
  std::string likelihood_name = fmt::format("{}_likelihood", view_prefix(view)),
              impact_name = fmt::format("{}_impact", view_prefix(view));
  for (const RiskLevel& likelihood : scale.likelihoods) {
    for (const RiskLevel& impact : scale.impacts) {
      RiskPlace place{likelihood.level, impact.level};
      auto found = cells.find(place);
      std::size_t count = found == cells.end() ? 0 : found->second;
      HeatCell cell = cell_at(scale, place, count, count == 1 ? "risk" : "risks");
      if (choice && count > 0)
        cell.url = risk_list_url(*choice, {{likelihood_name, std::to_string(place.likelihood)},
                                           {impact_name, std::to_string(place.impact)}});
      map.cells.push_back(std::move(cell));
    }
  }
  return map;
}

Heatmap movement_map(const std::vector<RiskPicture::Move>& moves, const RiskScale& scale, std::string label) {
  constexpr std::size_t most = 30;
  Heatmap map = empty_map(scale, std::move(label));
  for (const RiskLevel& likelihood : scale.likelihoods) {
    for (const RiskLevel& impact : scale.impacts) {
      HeatCell cell = cell_at(scale, {likelihood.level, impact.level}, 0, "");
      cell.words.clear();
      map.cells.push_back(std::move(cell));
    }
  }
  auto row_of = [&](std::int64_t level) { return static_cast<std::size_t>(level - scale.method.likelihood_min); };
  auto column_of = [&](std::int64_t level) { return static_cast<std::size_t>(level - scale.method.impact_min); };
  for (const RiskPicture::Move& move : moves) {
    if (map.arrows.size() >= most) break;
    HeatArrow arrow{row_of(move.from.likelihood), column_of(move.from.impact), row_of(move.to.likelihood),
                    column_of(move.to.impact), move.risks};
    bool fits = arrow.from_row < map.rows.size() && arrow.to_row < map.rows.size() &&
                arrow.from_column < map.columns.size() && arrow.to_column < map.columns.size();
    if (fits) map.arrows.push_back(arrow);
  }
  return map;
}

std::string place_words(const RiskPlace& place) { return fmt::format("{} × {}", place.likelihood, place.impact); }
void band_badge(HtmlWriter& h, const RiskScale& scale, const std::optional<double>& score) {
  if (!score) return h.el("span", {cls("text-secondary")}, "–");
  const RiskBand& band = scale.band(*score);
  std::string_view colour = band.tone == "bad"    ? "bg-red-lt"
                            : band.tone == "warn" ? "bg-orange-lt"
                            : band.tone == "fair" ? "bg-yellow-lt"
                                                  : "bg-green-lt";
  h.el("span", {cls("badge text-nowrap"), cls(colour), at("title", band.name)}, [&] {
    h.text(score_words(score));
    h.el("span", {cls("visually-hidden")}, ", " + band.name);
  });
}

void level_input(HtmlWriter& h, const std::vector<RiskLevel>* levels, const LevelInput& input) {
  h.el("label", {cls(input.bare ? "visually-hidden" : "form-label"), at("for", input.id)}, input.label);
  if (!levels) {
    return h.leaf("input", {at("type", "number"), at("step", "1"), cls("form-control"),
                            cls_if(input.invalid, "is-invalid"), at("id", input.id), at("name", input.name),
                            at("value", input.value ? std::to_string(*input.value) : std::string())});
  }
  h.el("select",
       {cls("form-select"), cls_if(input.invalid, "is-invalid"), at("id", input.id), at("name", input.name),
        at_if(input.invalid, "aria-invalid", "true"),
        at_if(input.invalid, "aria-describedby", std::string(input.id) + "-problem")},
       [&] {
         bool known = !input.value;
         h.el("option", {at("value", ""), flag("selected", !input.value)}, "–");
         for (const RiskLevel& level : *levels) {
           bool chosen = input.value == level.level;
           known = known || chosen;
           std::string words = level.words();
           if (!input.bare && !level.meaning.empty()) words += ": " + shorten(level.meaning, 90);
           h.el("option", {at("value", level.level), flag("selected", chosen)}, words);
         }
         // Off the scale: shown as it is, so that nothing changes unseen.
         if (!known)
           h.el("option", {at("value", *input.value), flag("selected")},
                fmt::format("{} (off the scale)", *input.value));
       });
}

void no_method_alert(HtmlWriter& h, const Visit& visit) {
  h.el("div", {cls("alert alert-warning"), at("role", "status")}, [&] {
    h.text("No risk method is in force: likelihood, impact and threshold mean nothing yet (6.1.2 a). ");
    if (const EntityDef* def = visit.registry().find("risk_methodology"))
      h.el("a", {at("href", list_url(*def))}, "Set the risk method first");
  });
}

std::vector<PageRoute> risk_pages() {
  return {
      kept({"GET", "/risks", risk_register_page}),
      {"GET", "/risks/new", new_risk_page},
      {"POST", "/risks/new", save_new_risk},
      {"POST", "/risks/new/check", check_new_risk},
      {"GET", "/risks/assess", assess_page},
      {"POST", "/risks/assess", save_assessment},
      {"GET", "/risks/review", review_page},
      {"POST", "/risks/review", confirm_reviews},
      kept({"GET", "/risks/trend", risk_trend_page}),
      kept({"GET", "/risks/opportunities", opportunities_page}),
      kept({"GET", "/risks/document", risk_document_page}),
      {"POST", "/risks/document/issue", issue_risk_document},
      {"GET", "/risks/document/pdf", pdf_of(risk_document_pdf)},
      {"GET", "/risks/document/xlsx", risk_document_xlsx},
      kept({"GET", "/risks/{id}", risk_scores_page}),
  };
}

}  // namespace assay
