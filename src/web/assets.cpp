#include "web/assets.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::string_view folder = "/assets/";
constexpr std::size_t hash_length = 12;

// "app.3f2a91c04b7d.css" -> "app.css" and the hash; a name without hash stays.
std::pair<std::string, std::string_view> split_hash(std::string_view file) {
  std::size_t last = file.rfind('.');
  if (last == std::string_view::npos || last < hash_length + 1) return {std::string(file), {}};
  std::string_view hash = file.substr(last - hash_length, hash_length);
  bool is_hash =
      file[last - hash_length - 1] == '.' && hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!is_hash) return {std::string(file), {}};
  return {std::string(file.substr(0, last - hash_length - 1)) + std::string(file.substr(last)), hash};
}

}  // namespace

std::string asset_url(std::string_view name) {
  std::string url(folder);
  const EmbeddedFile* asset = web_assets.find(name);
  std::size_t dot = name.rfind('.');
  if (!asset || dot == std::string_view::npos) return url.append(name);
  return url.append(name.substr(0, dot)).append(".").append(asset->hash).append(name.substr(dot));
}

Response serve_asset(Request& request) {
  auto [name, hash] = split_hash(request.param("name"));
  const EmbeddedFile* asset = web_assets.find(name);
  // An old page asks for an old version: better none than a mismatched one that would be cached for ever.
  if (!asset || (!hash.empty() && hash != asset->hash)) return Response::not_found();
  bool packed = !asset->brotli.empty() && request.accepts_encoding("br");
  std::string tag(1, '"');
  tag.append(asset->hash).append(packed ? "-br\"" : "\"");
  Response response;
  response.add_header("ETag", tag);
  response.add_header("Vary", "Accept-Encoding");
  response.add_header("Cache-Control", hash.empty() ? "no-cache" : "public, max-age=31536000, immutable");
  if (request.header("If-None-Match").find(tag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.add_header("Content-Type", std::string(media_type_of(asset->name)));
  if (packed) response.add_header("Content-Encoding", "br");
  response.static_body = packed ? asset->brotli : asset->bytes;
  return response;
}

Html icon(std::string_view name, std::string_view extra_classes) {
  auto body = std::lower_bound(icon_table.begin(), icon_table.end(), name,
                               [](const IconBody& item, std::string_view wanted) { return item.name < wanted; });
  bool known = body != icon_table.end() && body->name == name;
  HtmlWriter h(512);
  h.el("svg",
       {cls("icon"), cls(extra_classes), at("width", 24), at("height", 24), at("viewBox", "0 0 24 24"),
        at("fill", "none"), at("stroke", "currentColor"), at("stroke-width", 2), at("stroke-linecap", "round"),
        at("stroke-linejoin", "round"), at("aria-hidden", "true"), at("focusable", "false")},
       [&] { h.raw(known ? body->paths : std::string_view("<path d=\"M5 5h14v14h-14z\"/>")); });
  return h.take();
}

std::string_view media_type_of(std::string_view file_name) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {{".css", "text/css; charset=utf-8"},
                                                                            {".js", "text/javascript; charset=utf-8"},
                                                                            {".svg", "image/svg+xml"},
                                                                            {".woff2", "font/woff2"},
                                                                            {".png", "image/png"},
                                                                            {".ico", "image/x-icon"},
                                                                            {".json", "application/json"},
                                                                            {".md", "text/markdown; charset=utf-8"},
                                                                            {".csv", "text/csv; charset=utf-8"},
                                                                            {".html", "text/html; charset=utf-8"},
                                                                            {".txt", "text/plain; charset=utf-8"},
                                                                            {".pdf", "application/pdf"}};
  for (const auto& [extension, type] : types) {
    if (file_name.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

}  // namespace assay
