// The frame around every page, and the pieces pages are made of.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/exchange/xlsx_writer.h"
#include "web/site.h"

namespace assay {

struct Crumb {
  std::string label, url;
};

struct Frame {
  std::string title;
  std::string active = {};         // menu entry that is current: "home", "findings", a Phase name such as "risk"
  std::vector<Crumb> crumbs = {};  // without the page itself
  std::string kicker = {};         // small text above the title, e.g. clause and register
  Html beside = {};                // right after the title: the state of a record
  Html actions = {};               // buttons at the right of the title
  bool narrow = false;             // a form or a text: not the full width
  bool own_search = false;         // the page has a search box of its own that takes the key "/"
  int status = 200;
  std::string_view live = {};  // the page renews itself: "data" when records change, "verdict" when findings do
};

// A whole page, or for htmx requests that target #page the inside of it alone.
Response page(Visit& visit, const Frame& frame, const std::function<void(HtmlWriter&)>& body);
// A fragment for htmx.
Response fragment(const std::function<void(HtmlWriter&)>& body, int status = 200);
// A page that says what went wrong and who could help; the status follows from the kind.
Response error_page(Visit& visit, const Error& error);
// A workbook that `fill` writes, as a file with this name, ending and all; the page of its error when it fails.
Response workbook_answer(Visit& visit, std::string_view file_name,
                         const std::function<Result<void>(XlsxWriter&)>& fill);
// After a change: 303 to `url`, with a message shown on the next page.
Response done(Visit& visit, std::string url, std::string_view message);

// Addresses, in one place.
std::string list_url(const EntityDef& def);
std::string record_url(const EntityDef& def, std::string_view id);
std::string new_url(const EntityDef& def);
std::string encode_url(std::string_view text);  // percent-encodes a path segment or parameter value

// Pieces.
void hidden_csrf(HtmlWriter& h, const Visit& visit);  // the field every form carries
void state_badge(HtmlWriter& h, const EntityDef& def, std::string_view state, std::string_view label);
void class_badge(HtmlWriter& h, FindingClass finding_class);  // text and icon, never colour alone
// `reference_title` names what a single reference refers to, `titles` what those of a list do.
class TitleBook;
void value_cell(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value,
                std::string_view reference_title, const TitleBook* titles = nullptr);
// Pages that belong together, as links in a row.
struct BenchTab {
  std::string_view label, url;
};
void bench_tabs(HtmlWriter& h, std::string_view label, std::span<const BenchTab> tabs, std::string_view current);

void empty_state(HtmlWriter& h, std::string_view icon_name, std::string_view title, std::string_view text,
                 const Html& actions);
void problem_list(HtmlWriter& h, const Error& error);  // an alert with message, problems, rule, who may
// The same, with the labels of the register's fields as places and links to their inputs (id "f-<field>").
void problem_list(HtmlWriter& h, const Error& error, const EntityDef& def,
                  const CustomFields& custom = CustomFields::none());
// The confirmation of a change that is also shown when a form is swapped in by htmx.
void toast(Response& response, std::string_view message, bool is_error = false);
// A label inside a sentence: "Risk owner" -> "risk owner", "Line of the SoA" -> "line of the SoA", "TLS endpoint" as it
// is.
std::string in_sentence(std::string_view label);
std::string_view phase_name(Phase phase);   // "risk"
std::string_view phase_label(Phase phase);  // "Risk"
std::string_view phase_icon(Phase phase);
Html markdown(std::string_view text);  // rendered, raw HTML in it is shown as text

// Inputs of forms. A field's input has the id "f-<field>" and the field's name as its own; what it sends is read by
// form_value(). Labels are the caller's.
using Titles = std::vector<std::pair<Id, std::string>>;  // records by id, with what they are called

struct InputState {
  std::string_view id = {};  // another id than "f-<field>"
  bool required = false;
  bool invalid = false;  // marked as wrong; the message has the id "<id>-problem"
  bool autofocus = false;
  bool disabled = false;
};
// A picker over GET /pick/{register}: a combobox with arrow keys; without JavaScript the id is typed.
void reference_input(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Titles& selected,
                     const InputState& state = {});
// The input that fits the kind of any field but records. `selected`: titles of the records that a reference names.
void field_input(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value, const Titles& selected,
                 const InputState& state = {});
// What field_input() sent. Unset when the input was left empty. Errors have the field's name as place.
Result<Value> form_value(const FieldDef& field, const Form& form);
// The titles of the records that a value of a reference field names, for field_input(); unknown ids stand for
// themselves.
Titles titles_of(const Visit& visit, const FieldDef& field, const Value& value);

}  // namespace assay
