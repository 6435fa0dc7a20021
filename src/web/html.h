// Writes HTML. Text is always escaped, names are literals checked by the compiler, addresses are checked when written.
// The ways around that are called raw() so that a search finds them all.
//
//   HtmlWriter h;
//   h.el("tr", {at("id", row.id), cls("align-middle"), cls_if(row.late, "table-warning")}, [&] {
//     h.el("td", [&] { h.el("a", {at("href", row.url)}, row.title); });
//     h.el("td", {cls("text-end")}, row.count);
//     h.leaf("input", {at("type", "checkbox"), at("name", "pick"), at("value", row.id), flag("checked", row.picked)});
//   });
//   return Response::html(h.take().take());
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace assay {

// Markup that is already escaped. It never converts to or from text by itself.
class Html {
 public:
  Html() = default;
  static Html text(std::string_view plain);                                // escapes
  static Html raw(std::string markup) { return Html(std::move(markup)); }  // the caller vouches for it
  const std::string& view() const& { return markup_; }
  std::string take() && { return std::move(markup_); }  // for Response::html(h.take().take())
  bool empty() const { return markup_.empty(); }
  Html& operator+=(const Html& other) {
    markup_ += other.markup_;
    return *this;
  }
  friend bool operator==(const Html&, const Html&) = default;

 private:
  explicit Html(std::string markup) : markup_(std::move(markup)) {}
  std::string markup_;
};

namespace html_detail {

consteval bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  for (std::string_view item : list) {
    if (item == text) return true;
  }
  return false;
}

consteval std::string_view checked_name(std::string_view name) {
  if (name.empty()) throw "a name cannot be empty";
  for (char c : name) {
    bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
    if (!fits) throw "a name has letters, digits, - and : only";
  }
  return name;
}

consteval bool is_void(std::string_view name) {
  return is_one_of(
      name, {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"});
}

consteval bool is_url_attribute(std::string_view name) {
  return is_one_of(
      name, {"href", "src", "action", "formaction", "data", "poster", "cite", "ping", "manifest", "background",
             "xlink:href", "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url"});
}

}  // namespace html_detail

// Name of an element with content. Refused by the compiler: void elements (leaf() writes them), and script and style,
// whose content is not escaped text (script(), stylesheet() and json_data() write what is needed of them).
struct TagName {
  std::string_view name;
  consteval TagName(const char* literal) : name(html_detail::checked_name(literal)) {
    if (html_detail::is_void(name)) throw "this element has no content: use leaf()";
    if (html_detail::is_one_of(name, {"script", "style", "noscript", "SCRIPT", "STYLE"}))
      throw "use script(), stylesheet() or json_data()";
  }
};

struct VoidName {
  std::string_view name;
  consteval VoidName(const char* literal) : name(html_detail::checked_name(literal)) {
    if (!html_detail::is_void(name)) throw "this element has content: use el()";
  }
};

// Name of an attribute. Refused by the compiler: event handlers and style (the content policy would block them),
// srcdoc, and htmx attributes that evaluate scripts.
struct AttributeName {
  std::string_view name;
  bool is_url;
  consteval AttributeName(const char* literal)
      : name(html_detail::checked_name(literal)), is_url(html_detail::is_url_attribute(name)) {
    auto starts = [&](const char* prefix) { return name.starts_with(prefix); };
    if (starts("on") || starts("ON") || starts("On") || starts("oN") || starts("hx-on") || starts("data-hx-"))
      throw "inline event handlers are not allowed: use data-* and app.js";
    if (html_detail::is_one_of(name, {"style", "STYLE", "srcdoc", "hx-vars", "srcset"}))
      throw "this attribute is not allowed";
  }
};

// One attribute, made by the functions below. Refers to the caller's text: use it within one expression.
struct Attribute {
  enum class Kind : std::uint8_t { absent, text, url, whole, real, flag, css };
  std::string_view name;
  Kind kind = Kind::absent;
  std::string_view text = {};
  std::int64_t whole = 0;
  double real = 0;
};

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

inline Attribute at(AttributeName name, std::string_view value) {
  return {.name = name.name, .kind = name.is_url ? Attribute::Kind::url : Attribute::Kind::text, .text = value};
}
template <WholeNumber T>
Attribute at(AttributeName name, T value) {
  return {.name = name.name, .kind = Attribute::Kind::whole, .whole = static_cast<std::int64_t>(value)};
}
// At most three decimals, without trailing zeros: coordinates of SVG.
inline Attribute at(AttributeName name, double value) {
  return {.name = name.name, .kind = Attribute::Kind::real, .real = value};
}
// "true" or "false", as aria-* attributes want it. For boolean attributes of HTML see flag().
template <std::same_as<bool> T>
Attribute at(AttributeName name, T value) {
  return at(name, std::string_view(value ? "true" : "false"));
}
// Written only when `condition` holds.
template <class T>
Attribute at_if(bool condition, AttributeName name, const T& value) {
  return condition ? at(name, value) : Attribute{};
}
// A boolean attribute: `checked`, `disabled`, `hidden`.
inline Attribute flag(AttributeName name, bool on = true) {
  return {.name = name.name, .kind = on ? Attribute::Kind::flag : Attribute::Kind::absent};
}
// Classes. Several in one element are joined.
inline Attribute cls(std::string_view classes) {
  return {.name = "class", .kind = Attribute::Kind::css, .text = classes};
}
inline Attribute cls_if(bool condition, std::string_view classes) { return condition ? cls(classes) : Attribute{}; }

using Attributes = std::initializer_list<Attribute>;

class HtmlWriter {
 public:
  explicit HtmlWriter(std::size_t expected_bytes = 16 * 1024) { out_.reserve(expected_bytes); }
  HtmlWriter(const HtmlWriter&) = delete;  // a copy is always a mistake: lambdas capture the writer by reference
  HtmlWriter& operator=(const HtmlWriter&) = delete;

  // Element with content written by `inside`, or with text, a number or ready markup, or empty.
  template <std::invocable Inside>
  void el(TagName tag, Attributes attributes, Inside&& inside) {
    open(tag.name, attributes);
    std::forward<Inside>(inside)();
    close(tag.name);
  }
  template <std::invocable Inside>
  void el(TagName tag, Inside&& inside) {
    el(tag, Attributes{}, std::forward<Inside>(inside));
  }
  void el(TagName tag, Attributes attributes, std::string_view plain);
  void el(TagName tag, std::string_view plain) { el(tag, Attributes{}, plain); }
  void el(TagName tag, Attributes attributes, const Html& inner);
  void el(TagName tag, const Html& inner) { el(tag, Attributes{}, inner); }
  template <WholeNumber T>
  void el(TagName tag, Attributes attributes, T value) {
    open(tag.name, attributes);
    number(value);
    close(tag.name);
  }
  template <WholeNumber T>
  void el(TagName tag, T value) {
    el(tag, Attributes{}, value);
  }
  void el(TagName tag, Attributes attributes) { el(tag, attributes, std::string_view()); }
  // Element that never has content: input, br, img, …
  void leaf(VoidName tag, Attributes attributes = {}) { open(tag.name, attributes); }

  void text(std::string_view plain);
  template <WholeNumber T>
  void number(T value) {
    whole(static_cast<std::int64_t>(value));
  }
  void number(double value, int decimals);
  void add(const Html& markup) { out_ += markup.view(); }
  void raw(std::string_view markup) { out_ += markup; }  // the caller vouches for it

  void doctype() { out_ += "<!doctype html>\n"; }
  void script(std::string_view url);           // <script src defer>
  void blocking_script(std::string_view url);  // for what must run before the first paint
  void stylesheet(std::string_view url);
  // <script type="application/json" id=…>: data for app.js. `json` may hold anything; it cannot end the element.
  void json_data(std::string_view id, std::string_view json);

  std::size_t size() const { return out_.size(); }
  Html take() { return Html::raw(std::exchange(out_, {})); }

 private:
  void open(std::string_view tag, Attributes attributes);
  void close(std::string_view tag);
  void attribute(const Attribute& attribute);
  void classes(Attributes attributes);
  void whole(std::int64_t value);

  std::string out_;
};

// What a link may point to: a place on this site, http, https, mailto or tel. Anything else is written as "#".
bool is_safe_url(std::string_view url);

// For people: "1 234 567" with narrow no-break spaces; 0.714 -> "71 %"; 2.50 -> "2.5" with at most `decimals` places.
std::string grouped(std::int64_t value);
std::string percentage(double share, int decimals = 0);
std::string decimal(double value, int decimals);
std::string money(double amount);                             // whole units of the currency, grouped
std::string score_words(const std::optional<double>& score);  // of a risk: "12", "12.25"; "–" for none

}  // namespace assay
