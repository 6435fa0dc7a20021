#include "kernel/documents/markdown.h"

#include <md4c-html.h>

#include "base/text.h"

namespace assay {
namespace {

// `address` as it stands in an attribute: "&amp;" is the only entity that the renderer writes into addresses and cannot
// spell a scheme.
bool leads_to_a_fair_place(std::string_view address) {
  if (address.empty() || address.starts_with('#') || address.starts_with('?')) return true;
  if (address.starts_with('/')) return !address.starts_with("//") && !address.starts_with("/\\");
  std::string start = lower(address.substr(0, 8));
  for (std::string_view scheme : {"https://", "http://", "mailto:", "tel:"}) {
    if (start.starts_with(scheme)) return true;
  }
  // Without a colon before the path it has no scheme at all: a relative place.
  return address.substr(0, address.find_first_of("/?#")).find_first_of(":&%\\") == std::string_view::npos;
}

std::string with_fair_links(std::string_view markup) {
  std::string out;
  out.reserve(markup.size());
  while (true) {
    std::size_t equal = markup.find("=\"");
    std::size_t end = equal == std::string_view::npos ? equal : markup.find('"', equal + 2);
    if (end == std::string_view::npos) return out.append(markup);
    std::string_view before = markup.substr(0, equal);
    std::string_view value = markup.substr(equal + 2, end - equal - 2);
    bool address = before.ends_with(" href") || before.ends_with(" src");
    out.append(markup.substr(0, equal + 2)).append(address && !leads_to_a_fair_place(value) ? "#" : value);
    markup.remove_prefix(end);
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '&') out += "&amp;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

}  // namespace

std::string render_markdown(std::string_view given) {
  // CommonMark 2.3: U+0000 is replaced. md4c 0.4.8 leaves that to the renderer and reads past the text where one stands
  // in a link.
  const std::string text = replace_all(given, std::string_view("\0", 1), "\uFFFD");
  constexpr unsigned features =
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOHTML;
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  auto append = [](const MD_CHAR* piece, MD_SIZE size, void* target) {
    static_cast<std::string*>(target)->append(piece, size);
  };
  if (md_html(text.data(), static_cast<MD_SIZE>(text.size()), append, &out, features, MD_HTML_FLAG_SKIP_UTF8_BOM) !=
      0) {
    return "<pre>" + escaped(text) + "</pre>";
  }
  return with_fair_links(out);
}

}  // namespace assay
