// What an uploaded file is, judged by its bytes, and what a browser may be shown of it.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay {

// Enough to see into the directory at the front of Office files; less works too, with the name deciding more.
inline constexpr std::size_t sniff_bytes = 16 * 1024;

inline constexpr std::string_view xlsx_media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// The media type of a file that begins with `first_bytes`. The bytes decide; `file_name` only tells apart what looks
// alike: texts (.csv .tsv .md .json .xml .eml .html .svg), old Office files (.msg .doc .xls .ppt) and Office files
// whose parts are not in sight. A name never makes a binary file a text or an image, nor markup a plain text: what
// starts like HTML, or is named so, is text/html. Never fails; unknown bytes are application/octet-stream, an empty
// file is a text.
//
// SVG is image/svg+xml, HTML text/html: both run scripts and are never shown inline (see below).
// Text is UTF-8, UTF-16 with byte order mark, or any other encoding without control characters if the name says text.
std::string_view sniff_media_type(std::string_view first_bytes, std::string_view file_name);

// Whether a browser may render a file of this type in our origin: PNG, JPEG, GIF, WebP, PDF, plain text, Markdown, CSV
// and JSON. All others are downloads. Answers must carry X-Content-Type-Options: nosniff in both cases, or the browser
// guesses.
bool may_show_inline(std::string_view media_type);

}  // namespace assay
