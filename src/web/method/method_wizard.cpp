// The settings of a draft of the risk method, part by part.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/risk/method_levels.h"
#include "web/assets.h"
#include "web/method/method_view.h"

namespace assay {
namespace {

constexpr std::int64_t longest_worded_scale = 10;
constexpr std::string_view band_names[] = {"low", "medium", "high", "critical"};

struct PartVisit {
  Record record;             // as stored
  RiskMethodology settings;  // with what was typed
  MethodPart part{};
  std::size_t position = 0;
  Problems typed;  // what could not be read
};

Result<PartVisit> part_visit(Visit& visit) {
  PartVisit out;
  TRY(out.record, asked_method(visit));
  auto found = std::ranges::find(method_parts, visit.request.param("part"), &MethodPartText::name);
  if (found == method_parts.end()) return fail(ErrorKind::not_found, "A risk method has no such part.");
  if (out.record.state() != "draft") {
    return fail(ErrorKind::conflict,
                fmt::format("Version {} is {}: its settings do not change any more. Begin a new version.",
                            decode<RiskMethodology>(out.record).version, lower(out.record.state_label())));
  }
  if (!visit.may(Action::change, RiskMethodology::def(), &out.record))
    return Failure(may(visit.principal, Action::change, RiskMethodology::def(), &out.record).refusal());
  out.position = static_cast<std::size_t>(found - method_parts.begin());
  out.part = static_cast<MethodPart>(out.position);
  out.settings = decode<RiskMethodology>(out.record);
  return out;
}

std::string part_url(std::string_view id, std::size_t position) {
  return fmt::format("{}/set/{}", method_url(id), method_parts[position].name);
}

void write_stepper(HtmlWriter& h, const PartVisit& part) {
  const RiskMethodology stored = decode<RiskMethodology>(part.record);
  h.el("nav", {at("aria-label", "Parts of the method"), cls("mb-3")}, [&] {
    h.el("ol", {cls("method-steps")}, [&] {
      for (std::size_t n = 0; n < method_parts.size(); ++n) {
        bool complete = missing_in(stored, static_cast<MethodPart>(n)).empty();
        h.el("li", [&] {
          h.el("a",
               {cls("btn btn-sm"), cls_if(n == part.position, "active"), at("href", part_url(part.record.id, n)),
                at_if(n == part.position, "aria-current", "step")},
               [&] {
                 h.add(icon(complete ? "circle-check" : "circle-dashed", "icon-sm me-1"));
                 h.text(fmt::format("{}. {}", n + 1, method_parts[n].title));
                 h.el("span", {cls("visually-hidden")}, complete ? ", complete" : ", incomplete");
               });
        });
      }
    });
  });
}

std::string number_text(double value) { return fmt::format("{:g}", value); }

// ---- Scales ------------------------------------------------------------------------------------------------------------

void write_scale(HtmlWriter& h, const RiskMethodology& method, MethodScale scale, const FormState& state) {
  const Choice& choice = choices_of<MethodScale>[static_cast<std::size_t>(scale)];
  h.el("fieldset", {cls("mb-4")}, [&] {
    h.el("legend", {cls("field-group")}, choice.label);
    h.el("div", {cls("row mb-2")}, [&] {
      h.el("div", {cls("col-6 col-md-3")}, [&] {
        plain_input(
            h, {fmt::format("{}_min", choice.name), "Lowest level", std::to_string(scale_min(method, scale)), "number"},
            state);
      });
      h.el("div", {cls("col-6 col-md-3")}, [&] {
        plain_input(
            h,
            {fmt::format("{}_max", choice.name), "Highest level", std::to_string(scale_max(method, scale)), "number"},
            state);
      });
    });
    for (std::int64_t level = scale_min(method, scale);
         level <= std::min(scale_max(method, scale), scale_min(method, scale) + longest_worded_scale - 1); ++level) {
      const MethodLevel* found = level_of(method, scale, level);
      std::string place = fmt::format("levels.{}.{}", choice.name, level);
      h.el("div", {cls("row mb-2 method-level")}, [&] {
        h.el("div", {cls("col-md-3")}, [&] {
          plain_input(h, {place + ".name", fmt::format("{} {}: name", choice.label, level), found ? found->name : ""},
                      state);
        });
        h.el("div", {cls("col-md-9")}, [&] {
          plain_input(h,
                      {place + ".meaning", fmt::format("{} {}: meaning", choice.label, level),
                       found ? found->meaning : "", "textarea"},
                      state);
        });
      });
    }
  });
}

void write_scales(HtmlWriter& h, const RiskMethodology& method, const FormState& state) {
  h.el("p", {cls("text-secondary")},
       "Say for every level something that two assessors would observe alike: how often, how much, how many. Wording "
       "is offered for three, four and five levels; "
       "adapt amounts and examples to your organisation.");
  h.leaf("input", {at("type", "hidden"), at("name", "_shown"),
                   at("value", fmt::format("{} {} {} {}", method.likelihood_min, method.likelihood_max,
                                           method.impact_min, method.impact_max))});
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) write_scale(h, method, scale, state);
}

void read_range(PartVisit& part, const Form& form, std::string_view name, std::int64_t& value) {
  if (auto number = typed_level(form.value(name)); number && *number >= 0 && *number <= 100) value = *number;
  else part.typed.push_back({std::string(name), "must be a whole number from 0 to 100", std::string(form.value(name))});
}

// Gives whether the ranges are the ones that the form's levels were shown for.
bool read_scales(PartVisit& part, const Form& form) {
  RiskMethodology& method = part.settings;
  read_range(part, form, "likelihood_min", method.likelihood_min);
  read_range(part, form, "likelihood_max", method.likelihood_max);
  read_range(part, form, "impact_min", method.impact_min);
  read_range(part, form, "impact_max", method.impact_max);
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
    if (scale_max(method, scale) - scale_min(method, scale) < longest_worded_scale) continue;
    part.typed.push_back({fmt::format("{}_max", choices_of<MethodScale>[static_cast<std::size_t>(scale)].name),
                          fmt::format("must leave at most {} levels: nobody tells more apart", longest_worded_scale),
                          std::to_string(scale_max(method, scale))});
  }
  if (!part.typed.empty()) return true;
  bool same = form.value("_shown") == fmt::format("{} {} {} {}", method.likelihood_min, method.likelihood_max,
                                                  method.impact_min, method.impact_max);
  method.levels.clear();
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
    std::vector<MethodLevel> offered = proposed_levels(scale, scale_min(method, scale), scale_max(method, scale));
    for (std::int64_t level = scale_min(method, scale); level <= scale_max(method, scale); ++level) {
      std::string place =
          fmt::format("levels.{}.{}", choices_of<MethodScale>[static_cast<std::size_t>(scale)].name, level);
      MethodLevel typed{scale, level, std::string(trim(form.value(place + ".name"))),
                        replace_all(trim(form.value(place + ".meaning")), "\r", "")};
      bool offers = form.has("_offer") || !form.has(place + ".name");
      method.levels.push_back(offers ? offered[static_cast<std::size_t>(level - scale_min(method, scale))]
                                     : std::move(typed));
    }
  }
  return same;
}

// ---- Formula -----------------------------------------------------------------------------------------------------------

void write_formula(HtmlWriter& h, const Visit& visit, const PartVisit& part, const FormState& state) {
  const RiskMethodology& method = part.settings;
  const FieldDef& field = *RiskMethodology::def().find("formula");
  h.el("div", {cls("row")},
       [&] { form_field(h, visit, field, encode(method).at("formula"), state, true, false, FieldWidth::half); });
  h.el("fieldset", [&] {
    h.el("legend", {cls("field-group")}, "Matrix");
    h.el("p", {cls("text-secondary")},
         "Asked for the formula \"Matrix\" alone: the level of risk for each pair. It must not fall where likelihood "
         "or impact rises.");
    if (std::string problem = FormState{state.problems}.problem_of("matrix"); !problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", "f-matrix")}, problem);
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-sm method-matrix")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Level of risk by likelihood (rows) and impact (columns)");
        h.el("thead", [&] {
          h.el("tr", [&] {
            h.el("th", {at("scope", "col")}, "Likelihood");
            for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i)
              h.el("th", {at("scope", "col")}, fmt::format("Impact {}", level_name(method, MethodScale::impact, i)));
          });
        });
        h.el("tbody", [&] {
          for (std::int64_t l = method.likelihood_max; l >= method.likelihood_min; --l) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row")}, level_name(method, MethodScale::likelihood, l));
              for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
                auto level = method.formula == RiskMethodologyFormula::matrix
                                 ? method.level(l, i)
                                 : std::optional(static_cast<double>(l) * static_cast<double>(i));
                std::string name = fmt::format("matrix.{}.{}", l, i);
                bool missing = !state.problem_of(name).empty();
                h.el("td", [&] {
                  h.leaf("input", {at("type", "number"), at("step", "any"), cls("form-control form-control-sm"),
                                   cls_if(missing, "is-invalid"), at("id", "f-" + name), at("name", name),
                                   at("value", level ? number_text(*level) : std::string()),
                                   at_if(missing, "aria-invalid", "true"),
                                   at("aria-label", fmt::format("Likelihood {}, impact {}",
                                                                level_name(method, MethodScale::likelihood, l),
                                                                level_name(method, MethodScale::impact, i)))});
                });
              }
            });
          }
        });
      });
    });
  });
}

void read_formula(PartVisit& part, const Form& form) {
  RiskMethodology& method = part.settings;
  Record typed = encode(method);
  part.typed = read_fields(typed, {RiskMethodology::def().find("formula")}, form);
  if (!part.typed.empty()) return;
  method = decode<RiskMethodology>(typed);
  method.matrix.reset();
  if (method.formula != RiskMethodologyFormula::matrix) return;
  std::string json = "[";
  for (std::int64_t l = method.likelihood_min; l <= method.likelihood_max; ++l) {
    json += l == method.likelihood_min ? "[" : ",[";
    for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
      auto number = typed_number(form.value(fmt::format("matrix.{}.{}", l, i)));
      json += fmt::format("{}{}", i == method.impact_min ? "" : ",",
                          number && *number >= 0 ? number_text(*number) : "null");
    }
    json += "]";
  }
  method.matrix = Json{json + "]"};
}

// ---- Threshold ---------------------------------------------------------------------------------------------------------

void write_threshold(HtmlWriter& h, const PartVisit& part, const FormState& state) {
  const RiskMethodology& method = part.settings;
  h.el("div", {cls("row mb-3")}, [&] {
    h.el("div", {cls("col-md-6")}, [&] {
      plain_input(h,
                  {"acceptance_threshold", "Acceptance threshold",
                   method.acceptance_threshold ? number_text(*method.acceptance_threshold) : "", "number", false,
                   "Levels up to it are acceptable; above it a risk is treated, or its owner accepts it expressly."},
                  state);
    });
  });
  h.el("fieldset", [&] {
    h.el("legend", {cls("field-group")}, "Classes of risk");
    h.el("p", {cls("text-secondary")},
         "From which level on a risk belongs to a class. Leave a class empty to do without it.");
    if (std::string problem = state.problem_of("bands"); !problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", "f-bands")}, problem);
    h.el("div", {cls("row mb-3")}, [&] {
      for (std::size_t n = 0; n < std::size(band_names); ++n) {
        auto found = std::ranges::find(method.bands, static_cast<Severity>(n), &MethodBand::name);
        h.el("div", {cls("col-6 col-md-3")}, [&] {
          plain_input(h,
                      {fmt::format("band.{}", band_names[n]), fmt::format("{} from", choices_of<Severity>[n].label),
                       found == method.bands.end() ? "" : number_text(found->from), "number"},
                      state);
        });
      }
    });
  });
  h.el("h2", {cls("h3")}, "What it gives");
  write_heat_map(h, method);
}

void read_threshold(PartVisit& part, const Form& form) {
  RiskMethodology& method = part.settings;
  method.acceptance_threshold = typed_number(form.value("acceptance_threshold"));
  if (!method.acceptance_threshold && !is_blank(form.value("acceptance_threshold")))
    part.typed.push_back({"acceptance_threshold", "must be a number", std::string(form.value("acceptance_threshold"))});
  method.bands.clear();
  for (std::size_t n = 0; n < std::size(band_names); ++n) {
    std::string name = fmt::format("band.{}", band_names[n]);
    if (is_blank(form.value(name))) continue;
    if (auto from = typed_number(form.value(name))) method.bands.push_back({static_cast<Severity>(n), *from});
    else part.typed.push_back({name, "must be a number", std::string(form.value(name))});
  }
}

// ---- All parts ---------------------------------------------------------------------------------------------------------

std::vector<const FieldDef*> plain_fields(MethodPart part) {
  std::vector<const FieldDef*> out;
  for (std::string_view name : split(method_parts[static_cast<std::size_t>(part)].fields, ' '))
    out.push_back(RiskMethodology::def().find(name));
  return out;
}

void write_part(HtmlWriter& h, const Visit& visit, const PartVisit& part, const FormState& state) {
  switch (part.part) {
    case MethodPart::scales: return write_scales(h, part.settings, state);
    case MethodPart::formula: return write_formula(h, visit, part, state);
    case MethodPart::threshold: return write_threshold(h, part, state);
    case MethodPart::approach:
    case MethodPart::criteria: break;
  }
  const Record shown = encode(part.settings);
  h.el("div", {cls("row")}, [&] {
    for (const FieldDef* field : plain_fields(part.part)) {
      form_field(h, visit, *field, shown.at(field->name), state, true, false,
                 field->is_number() ? FieldWidth::half : FieldWidth::full);
    }
  });
}

Response show_part(Visit& visit, const PartVisit& part, const Error* error, std::string_view note = {}) {
  const RiskMethodology& method = part.settings;
  Frame frame = method_frame(std::string(method_parts[part.position].title),
                             {{fmt::format("Version {}", method.version), method_url(method.id)}});
  frame.narrow = true;
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    write_stepper(h, part);
    if (error) problem_list(h, *error, RiskMethodology::def());
    if (!note.empty()) h.el("div", {cls("alert alert-info"), at("role", "status")}, note);
    FormState state{error ? &error->problems : nullptr};
    h.el("form",
         {cls("card"), at("method", "post"), at("action", part_url(method.id, part.position)), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", part.record.version)});
           h.el("div", {cls("card-body")}, [&] { write_part(h, visit, part, state); });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a",
                  {cls("btn"),
                   at("href", part.position == 0 ? method_url(method.id) : part_url(method.id, part.position - 1))},
                  "Back");
             if (part.part == MethodPart::scales)
               h.el("button", {cls("btn"), at("type", "submit"), at("name", "_offer"), at("value", "1")},
                    "Offer wording");
             if (part.part == MethodPart::threshold)
               h.el("button", {cls("btn"), at("type", "submit"), at("name", "_preview"), at("value", "1")},
                    "Show the table");
             h.el("button", {cls("btn btn-primary"), at("type", "submit"), at("name", "_save"), at("value", "1")},
                  part.position + 1 == method_parts.size() ? "Save and read the document" : "Save and go on");
           });
         });
  });
}

}  // namespace

Response method_part_page(Visit& visit) {
  auto part = part_visit(visit);
  return part ? show_part(visit, *part, nullptr) : error_page(visit, part.error());
}

Response save_part(Visit& visit) {
  auto part = part_visit(visit);
  if (!part) return error_page(visit, part.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  bool same_scales = true;
  switch (part->part) {
    case MethodPart::scales: same_scales = read_scales(*part, *form); break;
    case MethodPart::formula: read_formula(*part, *form); break;
    case MethodPart::threshold: read_threshold(*part, *form); break;
    case MethodPart::approach:
    case MethodPart::criteria: {
      Record typed = encode(part->settings);
      part->typed = read_fields(typed, plain_fields(part->part), *form);
      part->settings = decode<RiskMethodology>(typed);
      break;
    }
  }
  if (!part->typed.empty()) {
    Error error{ErrorKind::invalid, "The settings were not saved: some need another look.", part->typed, {}, {}};
    return show_part(visit, *part, &error);
  }
  if (form->has("_offer") || !same_scales) {
    return show_part(visit, *part, nullptr,
                     "Nothing is saved yet. Read the wording of each level, adapt it, and save.");
  }
  if (form->has("_preview")) return show_part(visit, *part, nullptr);
  auto saved = save_method_part(visit.tenant.registers, visit.principal, part->settings,
                                version_in(*form, RiskMethodology::def()), part->part);
  if (!saved && saved.error().kind == ErrorKind::forbidden) return error_page(visit, saved.error());
  if (!saved) return show_part(visit, *part, &saved.error());
  bool last = part->position + 1 == method_parts.size();
  bool refitted = part->part != MethodPart::threshold &&
                  (saved->at("acceptance_threshold") != part->record.at("acceptance_threshold") ||
                   saved->at("bands") != part->record.at("bands"));
  return done(visit, last ? method_url(saved->id) : part_url(saved->id, part->position + 1),
              fmt::format("{} saved.{}", method_parts[part->position].title,
                          refitted ? " Threshold and classes no longer fitted and were proposed anew." : ""));
}

}  // namespace assay
