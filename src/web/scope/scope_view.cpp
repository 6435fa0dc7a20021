// Pieces that the pages of context, scope, governance and objectives share.
#include "web/scope/scope_view.h"

#include <fmt/format.h>

#include "web/assets.h"

namespace assay {

void bench_table(HtmlWriter& h, std::string_view caption, std::initializer_list<std::string_view> columns,
                 const std::function<void()>& rows) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, caption);
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view column : columns) {
            if (column.empty())
              h.el("th", {at("scope", "col")}, [&] { h.el("span", {cls("visually-hidden")}, "Action"); });
            else h.el("th", {at("scope", "col")}, column);
          }
        });
      });
      h.el("tbody", rows);
    });
  });
}

void bench_cell(HtmlWriter& h, std::string_view label, const std::function<void()>& content) {
  h.el("td", {at_if(!label.empty(), "data-label", label)}, content);
}
void bench_cell(HtmlWriter& h, std::string_view label, std::string_view text) {
  // Days and single words of the standard stay on their line.
  bool is_short = text.size() <= 20 && text.find('\n') == std::string_view::npos;
  h.el("td", {at_if(!label.empty(), "data-label", label), cls(is_short ? "text-nowrap" : "text-preline")}, text);
}

void tone_badge(HtmlWriter& h, std::string_view tone, std::string_view label) {
  h.el("span", {cls("badge"), cls(fmt::format("bg-{}-lt", tone))}, label);
}

void post_button(HtmlWriter& h, const Visit& visit, std::string_view action, std::string_view label,
                 std::string_view look) {
  h.el("form", {at("method", "post"), at("action", action), cls("d-inline-block no-print")}, [&] {
    hidden_csrf(h, visit);
    h.el("button", {cls(look), at("type", "submit")}, label);
  });
}

void input_problem(HtmlWriter& h, std::string_view id, std::string_view problem) {
  if (!problem.empty())
    h.el("div", {cls("invalid-feedback d-block"), at("id", fmt::format("{}-problem", id))}, problem);
}

void text_line(HtmlWriter& h, const TextLine& line) {
  std::string id = fmt::format("f-{}", line.name);
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), cls_if(line.required, "required"), at("for", id)}, line.label);
    h.leaf("input", {at("type", line.type), cls("form-control"), cls_if(!line.problem.empty(), "is-invalid"),
                     at("id", id), at("name", line.name), at("value", line.value), at("autocomplete", "off"),
                     at_if(line.type == "number", "step", "any"), flag("required", line.required),
                     at_if(!line.problem.empty(), "aria-invalid", "true"),
                     at_if(!line.problem.empty(), "aria-describedby", id + "-problem")});
    input_problem(h, id, line.problem);
    if (!line.hint.empty()) h.el("small", {cls("form-hint")}, line.hint);
  });
}

void text_area(HtmlWriter& h, const TextLine& area, int rows) {
  std::string id = fmt::format("f-{}", area.name);
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), cls_if(area.required, "required"), at("for", id)}, area.label);
    h.el("textarea",
         {cls("form-control"), cls_if(!area.problem.empty(), "is-invalid"), at("id", id), at("name", area.name),
          at("rows", rows), flag("required", area.required), at_if(!area.problem.empty(), "aria-invalid", "true"),
          at_if(!area.problem.empty(), "aria-describedby", id + "-problem")},
         area.value.starts_with('\n') ? "\n" + std::string(area.value) : std::string(area.value));
    input_problem(h, id, area.problem);
    if (!area.hint.empty()) h.el("small", {cls("form-hint")}, area.hint);
  });
}

std::string_view label_of(std::span<const Choice> choices, std::size_t position) {
  return position < choices.size() ? choices[position].label : std::string_view();
}

std::string scope_url(std::string_view statement) { return "/scope/" + encode_url(statement); }

}  // namespace assay
