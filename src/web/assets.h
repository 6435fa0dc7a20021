// The styles, scripts, fonts and icons of the pages, out of the binary. See cmake/embed_assets.cmake.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "http/message.h"
#include "web/html.h"

namespace assay {

extern const EmbeddedFiles web_assets;

// "app.css" -> "/assets/app.3f2a91c04b7d.css". An unknown name is returned below /assets/ as it is and gives a 404.
std::string asset_url(std::string_view name);

// Answers GET /assets/{name}: immutable caching, ETag, brotli when the browser takes it. The name without its hash
// works too, but is to be checked again on each use. Fonts named in fonts.css are found that way.
Response serve_asset(Request& request);

// <svg> of an icon named in src/web/icons.txt, decorative for screen readers. An unknown name gives an empty square.
Html icon(std::string_view name, std::string_view extra_classes = {});

// Made by assay_embed_icons(), sorted by name.
struct IconBody {
  std::string_view name;
  std::string_view paths;
};
extern const std::span<const IconBody> icon_table;

std::string_view media_type_of(std::string_view file_name);

}  // namespace assay
