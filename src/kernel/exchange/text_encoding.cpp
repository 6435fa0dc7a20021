#include "kernel/exchange/text_encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "kernel/exchange/refusal.h"

namespace assay {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_mark = "\xFE\xFF";

// Bytes 0x80 to 0x9F of Windows-1252; five of them are unassigned and map to themselves, as browsers do.
constexpr std::array<char16_t, 32> windows_1252 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                   0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string line_of(std::string_view text, std::size_t offset) {
  return fmt::format("line {}", 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

std::size_t utf8_tail_bytes(unsigned first) {
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  if (first >= 0xF0 && first <= 0xF4) return 3;
  return 0;
}

struct Utf8Census {
  std::size_t good = 0;  // well-formed characters beyond ASCII
  std::size_t bad = 0;   // bytes that belong to none
  std::size_t first_bad = 0;
};

Utf8Census count_utf8(std::string_view text) {
  Utf8Census census;
  for (std::size_t at = 0; at < text.size();) {
    unsigned first = byte_at(text, at);
    std::size_t length = 1 + utf8_tail_bytes(first);
    if (first < 0x80) {
      ++at;
    } else if (length > 1 && at + length <= text.size() && is_utf8(text.substr(at, length))) {
      ++census.good;
      at += length;
    } else {
      if (census.bad++ == 0) census.first_bad = at;
      ++at;
    }
  }
  return census;
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (char c : bytes) {
    unsigned byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : static_cast<char32_t>(byte));
  }
  return out;
}

Result<std::string> from_utf16(std::string_view bytes, bool little) {
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  auto refuse = [&](std::string message) {
    return refuse_file(ErrorKind::invalid, line_of(out, out.size()), std::move(message));
  };
  if (bytes.size() % 2)
    return refuse("the text is UTF-16 but ends within a character; expected an even number of bytes");
  auto unit = [&](std::size_t at) -> char32_t {
    return little ? byte_at(bytes, at) | byte_at(bytes, at + 1) << 8U
                  : byte_at(bytes, at) << 8U | byte_at(bytes, at + 1);
  };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t code_point = unit(at);
    if (code_point >= 0xD800 && code_point < 0xDC00 && at + 2 < bytes.size()) {
      char32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return refuse("half of a UTF-16 surrogate pair; expected both halves");
      code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    } else if (code_point >= 0xD800 && code_point <= 0xDFFF) {
      return refuse("half of a UTF-16 surrogate pair; expected both halves");
    }
    append_utf8(out, code_point);
  }
  return out;
}

Result<std::string_view> without_nul(std::string_view text) {
  std::size_t at = text.find('\0');
  if (at == std::string_view::npos) return text;
  return refuse_file(ErrorKind::invalid, line_of(text, at),
                     "a NUL character; expected text in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252");
}

}  // namespace

void append_utf8(std::string& out, char32_t code_point) {
  auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12U);
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | code_point >> 18U);
    put(0x80U | (code_point >> 12U & 0x3FU));
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

Result<std::string_view> decode_text(std::string_view bytes, std::string& storage) {
  bool little = bytes.starts_with(utf16_little_mark);
  if (little || bytes.starts_with(utf16_big_mark)) {
    TRY(storage, from_utf16(bytes.substr(2), little));
    return without_nul(storage);
  }
  bool marked = bytes.starts_with(utf8_mark);
  if (marked) bytes.remove_prefix(utf8_mark.size());
  if (is_utf8(bytes)) return without_nul(bytes);
  CHECK(without_nul(bytes));
  Utf8Census census = count_utf8(bytes);
  if (marked || census.good > census.bad) {
    return refuse_file(
        ErrorKind::invalid, line_of(bytes, census.first_bad),
        fmt::format("the text is UTF-8 but byte 0x{:02X} belongs to no character", byte_at(bytes, census.first_bad)));
  }
  storage = from_windows_1252(bytes);
  return std::string_view(storage);
}

}  // namespace assay
