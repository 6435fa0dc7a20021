// Small text helpers that the standard library lacks. All work on UTF-8 and never depend on the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

std::string_view trim(std::string_view text);  // ASCII white space and U+00A0 at both ends
std::string lower(std::string_view text);      // ASCII letters only
bool is_blank(std::string_view text);          // empty or only white space
std::vector<std::string_view> split(std::string_view text, char separator);
// Words are separated by spaces; an empty word is in none.
bool has_word(std::string_view words, std::string_view word);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool is_utf8(std::string_view text);                            // well-formed, no surrogates, no overlong forms
std::size_t utf8_length(std::string_view text);                 // code points
std::string shorten(std::string_view text, std::size_t bytes);  // cut at a code point with "…" when longer
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
// Letters and digits of a heading, lower case, words joined by '_': "Risk Owner (Name)" -> "risk_owner_name".
std::string slug(std::string_view text);
// Number of single-character edits between two texts; for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b);

// A whole number from 1 in decimal digits alone; nothing for anything else.
std::optional<std::int64_t> counting_number(std::string_view text);

// Appends `text` as the inside of a JSON string, without the quotes.
void append_json_escaped(std::string& out, std::string_view text);
std::string json_string(std::string_view text);  // with the quotes

}  // namespace assay
