#include "base/snippet.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay {
namespace {

// The plain letter of U+00C0 to U+017F, by code point; '-' stands for none.
constexpr std::string_view plain_letters =
    "aaaaaa-ceeeeiiii-nooooo-ouuuuy--aaaaaa-ceeeeiiii-nooooo-ouuuuy-y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii--jjkk-llllll-"
    "-llnnnnnn---oooooo--rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz-";
static_assert(plain_letters.size() == 0x180 - 0xC0);

// Bytes of the character at `at`; a stray byte counts as one.
std::size_t character_size(std::string_view text, std::size_t at) {
  auto lead = static_cast<unsigned char>(text[at]);
  std::size_t size = lead < 0xC0U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
  return std::min(size, text.size() - at);
}

unsigned two_byte_point(std::string_view character) {
  return (static_cast<unsigned char>(character[0]) & 0x1FU) << 6U | (static_cast<unsigned char>(character[1]) & 0x3FU);
}

bool is_word_character(std::string_view character) {
  char c = character[0];
  if (character.size() == 1) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  if (character.size() == 2) return two_byte_point(character) >= 0xC0U;
  // Dashes, quotation marks and the like lie in U+2000 to U+206F.
  return !(character.starts_with("\xE2\x80") || character.starts_with("\xE2\x81"));
}

std::string folded_word(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    std::string_view character = word.substr(at, character_size(word, at));
    at += character.size();
    unsigned point = character.size() == 2 ? two_byte_point(character) : 0;
    char plain = point >= 0xC0U && point < 0x180U ? plain_letters[point - 0xC0U] : '-';
    if (plain != '-') out += plain;
    else out += lower(character);
  }
  return out;
}

struct Span {
  std::size_t begin = 0, end = 0;
  bool hit = false;
};

std::vector<Span> words_in(std::string_view text, const std::vector<std::string>& wanted) {
  std::vector<std::string> folded;
  for (const std::string& word : wanted) folded.push_back(folded_word(word));
  std::vector<Span> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = character_size(text, at);
    if (!is_word_character(text.substr(at, size))) {
      at += size;
      continue;
    }
    Span word{at, at, false};
    while (at < text.size() && is_word_character(text.substr(at, size = character_size(text, at)))) at += size;
    word.end = at;
    std::string form = folded_word(text.substr(word.begin, word.end - word.begin));
    word.hit = std::ranges::any_of(folded, [&](const std::string& each) { return form.starts_with(each); });
    out.push_back(word);
  }
  return out;
}

std::string with_single_blanks(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

}  // namespace

std::vector<std::string> search_words(std::string_view typed) {
  std::vector<std::string> words;
  std::string flat = slug(typed);  // outlives the parts
  for (std::string_view word : split(flat, '_')) {
    if (!word.empty() && words.size() < 12) words.emplace_back(word);
  }
  return words;
}

std::vector<TextPiece> mark_words(std::string_view text, const std::vector<std::string>& words) {
  std::vector<TextPiece> out;
  std::size_t written = 0;
  for (const Span& word : words_in(text, words)) {
    if (!word.hit) continue;
    if (word.begin > written) out.push_back({std::string(text.substr(written, word.begin - written)), false});
    out.push_back({std::string(text.substr(word.begin, word.end - word.begin)), true});
    written = word.end;
  }
  if (written < text.size()) out.push_back({std::string(text.substr(written)), false});
  return out;
}

std::vector<TextPiece> snippet(std::string_view raw, const std::vector<std::string>& words, std::size_t bytes) {
  std::string text = with_single_blanks(trim(raw));
  if (text.size() <= bytes) return mark_words(text, words);
  std::vector<Span> spans = words_in(text, words);
  std::erase_if(spans, [](const Span& span) { return !span.hit; });
  // The window that begins shortly before a hit and holds the most hits.
  std::size_t begin = 0;
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; first < spans.size(); ++first) {
    std::size_t from = spans[first].begin - std::min(spans[first].begin, bytes / 4);
    last = std::max(last, first);
    while (last < spans.size() && spans[last].end <= from + bytes) ++last;
    if (last - first <= most) continue;
    most = last - first;
    begin = from;
  }
  // Cut between words.
  if (begin > 0) begin = std::min(text.find(' ', begin), text.size() - 1) + 1;
  std::size_t end = text.size() - begin > bytes ? text.rfind(' ', begin + bytes) : text.size();
  if (end == std::string::npos || end <= begin) {
    end = begin + bytes;
    while (end > begin && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  }
  std::vector<TextPiece> out = mark_words(std::string_view(text).substr(begin, end - begin), words);
  if (begin > 0) out.insert(out.begin(), {"… ", false});
  if (end < text.size()) out.push_back({" …", false});
  return out;
}

}  // namespace assay
