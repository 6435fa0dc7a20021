// Finding words in a text and showing where: for search results on any engine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

// The words of what somebody typed, at most 12: letters, digits and everything beyond ASCII; the rest separates.
std::vector<std::string> search_words(std::string_view typed);

struct TextPiece {
  std::string text;
  bool marked = false;
  friend bool operator==(const TextPiece&, const TextPiece&) = default;
};

// The text cut into pieces, those marked that are words beginning with one of `words`. Case and the accents of Latin
// letters do not matter.
std::vector<TextPiece> mark_words(std::string_view text, const std::vector<std::string>& words);

// The passage of about `bytes` bytes in which most of the words stand, white space runs as one blank, "…" where
// something was left out. Without a hit the beginning of the text.
std::vector<TextPiece> snippet(std::string_view text, const std::vector<std::string>& words, std::size_t bytes);

}  // namespace assay
