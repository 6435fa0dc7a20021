#include "web/html.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace assay {
namespace {

// One entry a byte: what it becomes, or empty when it stays.
constexpr std::array<std::string_view, 256> make_escapes() {
  std::array<std::string_view, 256> table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['>'] = "&gt;";
  table['"'] = "&quot;";
  table['\''] = "&#39;";
  table[0] = "\xEF\xBF\xBD";
  return table;
}
constexpr std::array<std::string_view, 256> escapes = make_escapes();

void append_escaped(std::string& out, std::string_view plain) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    std::string_view escape = escapes[static_cast<unsigned char>(plain[i])];
    if (escape.empty()) continue;
    out.append(plain, begin, i - begin);
    out += escape;
    begin = i + 1;
  }
  out.append(plain, begin);
}

void append_whole(std::string& out, std::int64_t value) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end.ptr);
}

}  // namespace

Html Html::text(std::string_view plain) {
  std::string out;
  out.reserve(plain.size() + plain.size() / 8);
  append_escaped(out, plain);
  return Html(std::move(out));
}

bool is_safe_url(std::string_view url) {
  std::size_t end = url.find_first_of(":/?#");
  if (end == std::string_view::npos || url[end] != ':') return true;
  std::string scheme = lower(url.substr(0, end));
  return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

void HtmlWriter::el(TagName tag, Attributes attributes, std::string_view plain) {
  open(tag.name, attributes);
  append_escaped(out_, plain);
  close(tag.name);
}

void HtmlWriter::el(TagName tag, Attributes attributes, const Html& inner) {
  open(tag.name, attributes);
  out_ += inner.view();
  close(tag.name);
}

void HtmlWriter::text(std::string_view plain) { append_escaped(out_, plain); }
void HtmlWriter::number(double value, int decimals) { out_ += decimal(value, decimals); }
void HtmlWriter::whole(std::int64_t value) { append_whole(out_, value); }

void HtmlWriter::script(std::string_view url) {
  open("script", {at("src", url), flag("defer")});
  close("script");
}

void HtmlWriter::blocking_script(std::string_view url) {
  open("script", {at("src", url)});
  close("script");
}

void HtmlWriter::stylesheet(std::string_view url) { open("link", {at("rel", "stylesheet"), at("href", url)}); }

void HtmlWriter::json_data(std::string_view id, std::string_view json) {
  open("script", {at("type", "application/json"), at("id", id)});
  for (char c : json) {
    if (c == '<') out_ += "\\u003c";
    else out_ += c;
  }
  close("script");
}

void HtmlWriter::open(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  bool classes_done = false;
  for (const Attribute& item : attributes) {
    if (item.kind != Attribute::Kind::css) {
      attribute(item);
    } else if (!classes_done) {
      classes(attributes);
      classes_done = true;
    }
  }
  out_ += '>';
}

void HtmlWriter::close(std::string_view tag) {
  out_ += "</";
  out_ += tag;
  out_ += '>';
}

void HtmlWriter::attribute(const Attribute& item) {
  if (item.kind == Attribute::Kind::absent) return;
  out_ += ' ';
  out_ += item.name;
  if (item.kind == Attribute::Kind::flag) return;
  out_ += "=\"";
  switch (item.kind) {
    case Attribute::Kind::url:
      if (is_safe_url(item.text)) append_escaped(out_, item.text);
      else out_ += '#';
      break;
    case Attribute::Kind::whole: append_whole(out_, item.whole); break;
    case Attribute::Kind::real: out_ += decimal(item.real, 3); break;
    default: append_escaped(out_, item.text);
  }
  out_ += '"';
}

void HtmlWriter::classes(Attributes attributes) {
  out_ += " class=\"";
  bool first = true;
  for (const Attribute& item : attributes) {
    if (item.kind != Attribute::Kind::css || item.text.empty()) continue;
    if (!first) out_ += ' ';
    append_escaped(out_, item.text);
    first = false;
  }
  out_ += '"';
}

std::string grouped(std::int64_t value) {
  std::string digits;
  append_whole(digits, value);
  std::size_t sign = value < 0 ? 1 : 0;
  std::string out = digits.substr(0, sign);
  for (std::size_t i = sign; i < digits.size(); ++i) {
    if (i > sign && (digits.size() - i) % 3 == 0) out += "\u202F";
    out += digits[i];
  }
  return out;
}

std::string money(double amount) { return grouped(std::llround(amount)); }
std::string score_words(const std::optional<double>& score) { return score ? decimal(*score, 2) : std::string("–"); }

std::string decimal(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  char digits[400];
  auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals);
  std::string out(digits, end.ptr);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  return out == "-0" ? "0" : out;
}

std::string percentage(double share, int decimals) { return decimal(share * 100, decimals) + "\u202F%"; }

}  // namespace assay
