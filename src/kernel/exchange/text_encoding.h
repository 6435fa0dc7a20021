// Finds out how a text file is encoded and makes UTF-8 of it. Internal to kernel/exchange.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

// The text of `bytes` as UTF-8 without byte order mark: a view of `bytes` when it is UTF-8 already, else of `storage`.
// Known: UTF-8 with and without mark, UTF-16 in both orders with mark, and Windows-1252 for whatever is not UTF-8.
// Refused (ErrorKind::invalid, with the line): NUL characters, broken UTF-16, and broken UTF-8 if a mark or most of the
// other characters show that UTF-8 was meant, since reading that as Windows-1252 would garble the rest.
Result<std::string_view> decode_text(std::string_view bytes, std::string& storage);

// Appends one code point.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace assay
