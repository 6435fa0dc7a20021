// The pieces that pages are made of: badges, values, problems, empty states, Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "kernel/documents/markdown.h"
#include "web/assets.h"
#include "web/frame.h"
#include "web/title_book.h"

namespace assay {
namespace {

struct PhaseText {
  std::string_view name, label, icon_name;
};

constexpr std::array<PhaseText, 12> phases = {{
    {"organisation", "Organisation", "building-community"},
    {"documents", "Documents", "files"},
    {"risk", "Risk", "alert-triangle"},
    {"applicability", "Controls & SoA", "shield-check"},
    {"assets", "Assets & access", "server-2"},
    {"people", "People", "users"},
    {"suppliers", "Suppliers", "truck"},
    {"operations", "Operations", "tool"},
    {"measurement", "Measurement", "chart-line"},
    {"audit", "Audit & improvement", "report-search"},
    {"review", "Management review", "gavel"},
    {"certification", "Certification", "certificate"},
}};

const PhaseText& phase_text(Phase phase) { return phases[static_cast<std::size_t>(phase)]; }

bool contains_word(std::string_view words, std::string_view word) {
  for (std::string_view each : split(words, ' ')) {
    if (each == word) return true;
  }
  return false;
}

// States of all registers fall into five families; what is none of them stays neutral.
std::string_view badge_colour(std::string_view state) {
  constexpr std::string_view good =
      "active accepted approved closed completed confirmed done effective evaluated implemented in_force issued "
      "operating passed "
      "published resolved signed valid verified achieved certified acknowledged tested remediated granted decided "
      "complete held";
  constexpr std::string_view bad =
      "expired failed ineffective lapsed open_major overdue refused rejected revoked suspended withdrawn breached "
      "missed "
      "not_effective cancelled reopened declared";
  constexpr std::string_view moving =
      "analysed assessed assigned contained correcting executing fieldwork implementing in_progress in_review "
      "investigating "
      "ongoing partially_implemented pending performing planning recovering remediating reported review running "
      "scheduled "
      "submitted treating treatment under_review triaged verification verifying started fixing";
  constexpr std::string_view quiet =
      "archived inactive not_applicable obsolete retired superseded left ended former dropped";
  constexpr std::string_view early =
      "draft identified new open planned proposed raised requested recorded registered created";
  if (contains_word(good, state)) return "bg-green-lt";
  if (contains_word(bad, state)) return "bg-red-lt";
  if (contains_word(moving, state)) return "bg-azure-lt";
  if (contains_word(quiet, state)) return "bg-secondary-lt";
  if (contains_word(early, state)) return "bg-yellow-lt";
  return "bg-blue-lt";
}

void reference_link(HtmlWriter& h, const Visit& visit, const EntityDef& target, std::string_view id,
                    std::string_view title) {
  if (!visit.may(Action::see, target)) return h.text(title.empty() ? id : title);  // a link would only be refused
  h.el("a", {cls("quiet"), at("href", record_url(target, id))}, title.empty() ? id : title);
}

void references_cell(HtmlWriter& h, const Visit& visit, const FieldDef& field, const std::vector<std::string>& ids,
                     const TitleBook* titles) {
  constexpr std::size_t shown = 4;
  for (std::size_t i = 0; i < ids.size() && i < shown; ++i) {
    if (i > 0) h.text(", ");
    reference_link(h, visit, field.target(), ids[i], titles ? titles->title(field.target(), ids[i]) : ids[i]);
  }
  if (ids.size() > shown) h.text(fmt::format(" and {} more", ids.size() - shown));
}

}  // namespace

std::string_view phase_name(Phase phase) { return phase_text(phase).name; }
std::string_view phase_label(Phase phase) { return phase_text(phase).label; }
std::string_view phase_icon(Phase phase) { return phase_text(phase).icon_name; }

std::string in_sentence(std::string_view label) {
  std::string out(label);
  auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  // A second capital in the first word makes it an abbreviation.
  bool abbreviation =
      std::ranges::any_of(label.substr(0, label.find(' ')).substr(std::min<std::size_t>(1, label.size())), is_capital);
  if (!out.empty() && is_capital(out[0]) && !abbreviation) out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

void hidden_csrf(HtmlWriter& h, const Visit& visit) {
  h.leaf("input", {at("type", "hidden"), at("name", "csrf"), at("value", visit.session.csrf)});
}

void state_badge(HtmlWriter& h, const EntityDef& def, std::string_view state, std::string_view label) {
  (void)def;
  if (state.empty()) return;
  h.el("span", {cls("badge"), cls(badge_colour(state))}, label.empty() ? state : label);
}

void class_badge(HtmlWriter& h, FindingClass finding_class) {
  struct Look {
    std::string_view label, colour, icon_name;
  };
  constexpr std::array<Look, 4> looks = {{{"Opportunity", "bg-secondary-lt", "bulb"},
                                          {"Observation", "bg-azure-lt", "eye"},
                                          {"Minor", "bg-orange-lt", "alert-circle"},
                                          {"Major", "bg-red-lt", "alert-triangle"}}};
  const Look& look = looks[static_cast<std::size_t>(finding_class)];
  h.el("span", {cls("badge"), cls(look.colour)}, [&] {
    h.add(icon(look.icon_name, "icon-sm me-1"));
    h.text(look.label);
  });
}

void value_cell(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value,
                std::string_view reference_title, const TitleBook* titles) {
  if (is_empty(value)) return;
  if (field.text.secret) return h.text("••••••");
  switch (field.kind) {
    case Kind::reference: return reference_link(h, visit, field.target(), text_of(value), reference_title);
    case Kind::references: return references_cell(h, visit, field, list_of(value), titles);
    case Kind::date: return h.el("time", {cls("numeric text-nowrap"), at("datetime", text_of(value))}, text_of(value));
    case Kind::instant:
      return h.el("time", {cls("numeric text-nowrap"), at("datetime", text_of(value))}, display(field, value));
    case Kind::integer:
    case Kind::real: return h.el("span", {cls("numeric")}, display(field, value));
    case Kind::choice: return h.text(field.choice_label(text_of(value)));
    case Kind::text: {
      constexpr std::size_t most = 160;
      std::string_view text = text_of(value);
      if (text.size() <= most) return h.text(text);
      return h.text(shorten(text, most));
    }
    default: h.text(display(field, value));
  }
}

void empty_state(HtmlWriter& h, std::string_view icon_name, std::string_view title, std::string_view text,
                 const Html& actions) {
  h.el("div", {cls("empty-state")}, [&] {
    h.add(icon(icon_name));
    h.el("h2", title);
    if (!text.empty()) h.el("p", {cls("text-secondary")}, text);
    if (!actions.empty()) h.el("div", {cls("btn-list justify-content-center mt-3")}, actions);
  });
}

namespace {

void problem_items(HtmlWriter& h, const Error& error, const EntityDef* def, const CustomFields& custom) {
  h.el("ul", {cls("mb-0 mt-1")}, [&] {
    for (const Problem& problem : error.problems) {
      h.el("li", [&] {
        std::string_view place = problem.place;
        if (!place.starts_with(custom_prefix)) place = place.substr(0, place.find('.'));
        const FieldDef* field = def ? custom.find_any(*def, place) : nullptr;
        if (field) {
          h.el("a", {cls("alert-link"), at("href", fmt::format("#f-{}", field->name))}, field->text.label);
          h.text(" ");
        } else if (!problem.place.empty()) {
          h.el("b", problem.place);
          h.text(" ");
        }
        h.text(problem.message);
        if (!problem.value.empty()) h.text(fmt::format(" (here: {})", problem.value));
      });
    }
  });
}

void problem_alert(HtmlWriter& h, const Error& error, const EntityDef* def, const CustomFields& custom) {
  bool internal = error.kind == ErrorKind::internal;
  h.el("div", {cls("alert alert-danger"), at("role", "alert"), at("tabindex", -1), flag("data-problems")}, [&] {
    h.el("div", {cls("d-flex gap-2")}, [&] {
      h.el("div", [&] { h.add(icon("alert-circle", "text-danger")); });
      h.el("div", {cls("flex-fill")}, [&] {
        h.el("div", {cls("fw-bold")}, internal ? std::string_view("Internal error.") : std::string_view(error.message));
        if (internal) return;
        if (!error.problems.empty()) problem_items(h, error, def, custom);
        if (!error.rule.empty()) {
          h.el("div", {cls("text-secondary mt-1")}, [&] {
            h.text("Rule ");
            h.el("a", {at("href", "/rules/" + encode_url(error.rule))}, error.rule);
          });
        }
        if (!error.who_may.empty()) h.el("div", {cls("text-secondary mt-1")}, "Who may: " + error.who_may);
      });
    });
  });
}

}  // namespace

void problem_list(HtmlWriter& h, const Error& error) { problem_alert(h, error, nullptr, CustomFields::none()); }
void problem_list(HtmlWriter& h, const Error& error, const EntityDef& def, const CustomFields& custom) {
  problem_alert(h, error, &def, custom);
}

void write_error(HtmlWriter& h, const Error& error, std::string_view icon_name, std::string_view request_id) {
  h.el("div", {cls("card"), at("role", "alert")}, [&] {
    h.el("div", {cls("card-body d-flex gap-3")}, [&] {
      h.el("div", {cls("text-secondary")}, [&] { h.add(icon(icon_name)); });
      h.el("div", [&] {
        if (error.kind == ErrorKind::internal) {
          h.el("p",
               "Something went wrong on our side. Nothing was half done: a change is stored as a whole or not at all.");
          h.el("p", {cls("text-secondary mb-0")}, "For the log: request " + std::string(request_id));
          return;
        }
        h.el("p", {cls_if(error.problems.empty(), "mb-0")}, error.message);
        if (!error.problems.empty()) problem_items(h, error, nullptr, CustomFields::none());
        if (!error.rule.empty()) h.el("p", {cls("text-secondary mb-0 mt-2")}, "Rule " + error.rule);
        if (!error.who_may.empty()) h.el("p", {cls("text-secondary mb-0 mt-2")}, "Who may: " + error.who_may);
      });
    });
  });
}

Html markdown(std::string_view text) { return Html::raw(render_markdown(text)); }

}  // namespace assay
