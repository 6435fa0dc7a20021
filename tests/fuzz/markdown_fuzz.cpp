// Any text as Markdown: what comes out brings no script, no handler and no address that runs one.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "kernel/documents/markdown.h"

namespace {

// Looks into tags only: the same words in a text are harmless.
bool has_unsafe_tag(const std::string& html) {
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos; ++at) {
    std::size_t end = html.find('>', at);
    std::string tag = assay::lower(html.substr(at, end - at));
    for (std::string_view start :
         {"<script", "<style", "<iframe", "<object", "<embed", "<svg", "<form", "<link", "<meta", "<base"}) {
      if (tag.starts_with(start)) return true;
    }
    for (std::string_view address :
         {"href=\"javascript:", "href=\"data:", "href=\"vbscript:", "src=\"javascript:", "src=\"data:"}) {
      if (tag.find(address) != std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace

int fuzz_markdown(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!assay::is_utf8(text)) return 0;  // refused before it gets here
  std::string html = assay::render_markdown(text);
  if (!assay::is_utf8(html) || has_unsafe_tag(html)) std::abort();
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_markdown(data, size); }
#endif
