// Markdown as HTML that is safe to show: raw HTML in the text stands there as text, and addresses lead nowhere but to
// this site, to http, https, mailto and tel.
#pragma once

#include <string>
#include <string_view>

namespace assay {

std::string render_markdown(std::string_view text);

}  // namespace assay
