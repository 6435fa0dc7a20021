// Percent-encoding and the pairs of a query or a form. Decoding is strict: what is not well-formed is refused, not
// guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

// Names and values in the order they were sent; a name may stand more than once.
using Fields = std::vector<std::pair<std::string, std::string>>;

// %41 -> "A". Nothing for a bad escape, a NUL or a result that is not UTF-8. `plus_is_space`: as in a query or a form.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

// Everything but letters, digits and -._~ becomes %XX: fit for one path segment, a query name or a query value.
std::string percent_encode(std::string_view text);

// "a=1&b=x+y" -> pairs. Empty pieces are skipped. Nothing when a piece does not decode or there are more than
// `max_fields`.
std::optional<Fields> parse_pairs(std::string_view text, std::size_t max_fields = 10'000);

// The reverse of parse_pairs: "a=1&b=x%20y".
std::string join_pairs(const Fields& fields);

// First value of `name`, empty when it is missing; all values; whether it was sent at all.
std::string_view value_of(const Fields& fields, std::string_view name);
std::vector<std::string_view> values_of(const Fields& fields, std::string_view name);
bool has_field(const Fields& fields, std::string_view name);

}  // namespace assay
