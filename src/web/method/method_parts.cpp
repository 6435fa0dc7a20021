// The pieces of the pages about the risk method.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "isms/risk/method_levels.h"
#include "web/method/method_view.h"

namespace assay {

std::string method_url(std::string_view id) { return "/risk/method/" + encode_url(id); }
std::string calibration_url(std::string_view id) { return "/risk/calibration/" + encode_url(id); }

Frame method_frame(std::string title, std::vector<Crumb> crumbs) {
  Frame frame{
      .title = std::move(title), .active = "risk/method", .crumbs = std::move(crumbs), .kicker = "Clause 6.1.2"};
  if (frame.title != "Risk method") frame.crumbs.insert(frame.crumbs.begin(), {"Risk method", "/risk/method"});
  return frame;
}

Frame calibration_frame(std::string title, std::vector<Crumb> crumbs) {
  Frame frame{
      .title = std::move(title), .active = "risk/calibration", .crumbs = std::move(crumbs), .kicker = "Clause 6.1.2 b"};
  if (frame.title != "Calibration") frame.crumbs.insert(frame.crumbs.begin(), {"Calibration", "/risk/calibration"});
  return frame;
}

Result<Record> asked_method(Visit& visit) {
  return visit.tenant.registers.read(visit.principal, RiskMethodology::def(), visit.request.param("id"));
}

namespace {

std::string_view heat_class(const RiskMethodology& method, double level) {
  constexpr std::string_view classes[] = {"cell-good", "cell-fair", "cell-warn", "cell-bad"};
  if (auto band = band_of(method, level)) return classes[static_cast<std::size_t>(*band)];
  if (!method.acceptance_threshold) return {};
  return level > *method.acceptance_threshold ? "cell-bad" : "cell-good";
}

void heat_cell(HtmlWriter& h, const RiskMethodology& method, std::int64_t likelihood, std::int64_t impact) {
  auto level = method.level(likelihood, impact);
  if (!level) return h.el("td", {cls("text-end")}, "–");
  bool above = method.acceptance_threshold && *level > *method.acceptance_threshold;
  h.el("td", {cls("text-end numeric"), cls(heat_class(method, *level)), cls_if(above, "above-threshold")}, [&] {
    if (!above) return h.text(level_words(level));
    h.el("b", level_words(level));
    h.el("span", {cls("visually-hidden")}, " above the threshold");
  });
}

void heat_legend(HtmlWriter& h, const RiskMethodology& method) {
  std::string words;
  for (const MethodBand& band : method.bands) {
    words += fmt::format("{}{} from {:g}", words.empty() ? "" : ", ",
                         choices_of<Severity>[static_cast<std::size_t>(band.name)].label, band.from);
  }
  if (!words.empty()) words += ". ";
  words += method.acceptance_threshold
               ? fmt::format("Bold: above the acceptance threshold of {:g}, needs treatment or the owner's acceptance.",
                             *method.acceptance_threshold)
               : std::string("No acceptance threshold is set yet.");
  h.el("p", {cls("note text-secondary")}, words);
}

}  // namespace

void write_heat_map(HtmlWriter& h, const RiskMethodology& method) {
  if (reachable_levels(method).empty() || method.impact_max - method.impact_min > 20 ||
      method.likelihood_max - method.likelihood_min > 20) {
    return h.el("p", {cls("note text-secondary")}, "The scales and the formula do not give a table yet.");
  }
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("method-heat")}, [&] {
      h.el("caption", "Level of risk by likelihood (rows) and impact (columns)");
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, "Likelihood");
          for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
            h.el("th", {at("scope", "col"), cls("text-end")},
                 fmt::format(
                     "{} {}", i,
                     level_of(method, MethodScale::impact, i) ? level_name(method, MethodScale::impact, i) : ""));
          }
        });
      });
      h.el("tbody", [&] {
        for (std::int64_t l = method.likelihood_max; l >= method.likelihood_min; --l) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")},
                 fmt::format("{} {}", l,
                             level_of(method, MethodScale::likelihood, l)
                                 ? level_name(method, MethodScale::likelihood, l)
                                 : ""));
            for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) heat_cell(h, method, l, i);
          });
        }
      });
    });
  });
  heat_legend(h, method);
}

void plain_input(HtmlWriter& h, const PlainInput& input, const FormState& state) {
  std::string id = "f-" + input.name, problem = state.problem_of(input.name);
  h.el("label", {cls(input.label_hidden ? "visually-hidden" : "form-label"), at("for", id)}, input.label);
  if (input.type == "textarea") {
    h.el("textarea",
         {cls("form-control"), cls_if(!problem.empty(), "is-invalid"), at("id", id), at("name", input.name),
          at("rows", 3), at_if(!problem.empty(), "aria-invalid", "true"),
          at_if(!problem.empty(), "aria-describedby", id + "-problem")},
         input.value);
  } else {
    h.leaf("input", {at("type", input.type), cls("form-control"), cls_if(!problem.empty(), "is-invalid"), at("id", id),
                     at("name", input.name), at("value", input.value), at_if(input.type == "number", "step", "any"),
                     at("autocomplete", "off"), at_if(!problem.empty(), "aria-invalid", "true"),
                     at_if(!problem.empty(), "aria-describedby", id + "-problem")});
  }
  if (!problem.empty()) h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")}, problem);
  if (!input.hint.empty()) h.el("small", {cls("form-hint")}, input.hint);
}

void level_select(HtmlWriter& h, const RiskMethodology& method, MethodScale scale, std::string_view name,
                  std::string_view label, std::optional<std::int64_t> chosen, const FormState& state,
                  bool label_hidden) {
  std::string id = fmt::format("f-{}", name), problem = state.problem_of(name);
  h.el("label", {cls(label_hidden ? "visually-hidden" : "form-label"), at("for", id)}, label);
  h.el("select",
       {cls("form-select"), cls_if(!problem.empty(), "is-invalid"), at("id", id), at("name", name),
        at_if(!problem.empty(), "aria-invalid", "true"), at_if(!problem.empty(), "aria-describedby", id + "-problem")},
       [&] {
         h.el("option", {at("value", ""), flag("selected", !chosen)}, "–");
         for (std::int64_t level = scale_min(method, scale);
              level <= std::min(scale_max(method, scale), scale_min(method, scale) + 100); ++level) {
           const MethodLevel* found = level_of(method, scale, level);
           h.el("option", {at("value", level), flag("selected", chosen == level)},
                found ? fmt::format("{} {}", level, found->name) : std::to_string(level));
         }
       });
  if (!problem.empty()) h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")}, problem);
}

std::optional<double> typed_number(std::string_view text) {
  text = trim(text);
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value > -1e9 && value < 1e9)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> typed_level(std::string_view text) {
  text = trim(text);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string level_words(const std::optional<double>& level) { return level ? fmt::format("{:g}", *level) : "–"; }

}  // namespace assay
