// Shared by the pages of context, scope, governance and objectives. Internal to src/web/scope.
#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <string>

#include "kernel/exchange/xlsx_writer.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"
#include "workflows/scope/boundary.h"

namespace assay {

// A table in a card, one block a row on a phone. `columns`: headings; an empty one is for buttons.
void bench_table(HtmlWriter& h, std::string_view caption, std::initializer_list<std::string_view> columns,
                 const std::function<void()>& rows);
void bench_cell(HtmlWriter& h, std::string_view label, const std::function<void()>& content);
void bench_cell(HtmlWriter& h, std::string_view label, std::string_view text);
// "green", "red", "yellow", "azure", "secondary".
void tone_badge(HtmlWriter& h, std::string_view tone, std::string_view label);

// A button that sends a form of its own.
void post_button(HtmlWriter& h, const Visit& visit, std::string_view action, std::string_view label,
                 std::string_view look = "btn");
// A message at an input; nothing when it is empty.
void input_problem(HtmlWriter& h, std::string_view id, std::string_view problem);
// A line of text with its label; `problem` stands at it.
struct TextLine {
  std::string_view name, label, value, type = "text", hint = {}, problem = {};
  bool required = false;
};
void text_line(HtmlWriter& h, const TextLine& line);
void text_area(HtmlWriter& h, const TextLine& area, int rows);

std::string_view label_of(std::span<const Choice> choices, std::size_t position);
template <class E>
std::string_view label_of(E value) {
  return label_of(std::span<const Choice>(choices_of<E>), static_cast<std::size_t>(value));
}
// Links to records, joined by commas.
template <class T>
void links_to(HtmlWriter& h, const TitleBook& titles, const std::vector<Ref<T>>& refs) {
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (i > 0) h.text(", ");
    titles.link(h, T::def(), refs[i].id);
  }
}

// The boundary as a picture: what is inside, what stands at the boundary, what is outside.
void scope_picture(HtmlWriter& h, std::span<const ScopeItem> items, std::span<const ScopeThing> things);
// The same on a page, in a frame that scrolls where the window is narrow.
void scope_picture_on_screen(HtmlWriter& h, const ScopeSheet& sheet);

// The scope document.
struct ScopeDocument {
  Letterhead letterhead;
  Paper paper;
  PaperBody body;
  std::string html() const { return paper_html(letterhead, paper, body); }
};
Result<ScopeDocument> scope_document(Visit& visit, const ScopeSheet& sheet);

std::string scope_url(std::string_view statement);

// Handlers of context_suggestion_pages.cpp.
Response context_suggestions_page(Visit& visit);
Response adopt_context_suggestions(Visit& visit);

}  // namespace assay
