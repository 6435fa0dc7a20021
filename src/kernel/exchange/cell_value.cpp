#include "kernel/exchange/cell_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "kernel/exchange/text_encoding.h"

namespace assay {
namespace {

constexpr double seconds_per_day = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Skips one literal of a format code: "quoted", \x escaped, _x a blank as wide as x, *x filling with x. 0: no literal.
std::size_t literal_length(std::string_view code) {
  if (code[0] == '"') return std::min(code.find('"', 1), code.size() - 1) + 1;
  if (code[0] == '\\' || code[0] == '_' || code[0] == '*') return std::min<std::size_t>(2, code.size());
  return 0;
}

struct FormatLetters {
  bool day = false, month_or_minute = false, hour_or_second = false, elapsed = false;

  void see(char c) {
    if (c == 'y' || c == 'd') day = true;
    if (c == 'm') month_or_minute = true;
    if (c == 'h' || c == 's') hour_or_second = true;
  }
};

FormatLetters letters_of(std::string_view code) {
  FormatLetters letters;
  while (!code.empty() && code[0] != ';') {  // only the section for positive numbers
    std::size_t skipped = literal_length(code);
    if (!skipped && code[0] == '[') {  // [Red], [$-407], [>100] say nothing; [h], [mm], [ss] make a duration
      skipped = std::min(code.find(']'), code.size() - 1) + 1;
      std::string_view inside = code.substr(1, skipped > 2 ? skipped - 2 : 0);
      if (!inside.empty() && inside.find_first_not_of("hms") == std::string_view::npos) letters.elapsed = true;
    }
    if (!skipped) letters.see(code[0]);
    code.remove_prefix(skipped ? skipped : 1);
  }
  return letters;
}

std::optional<double> as_double(std::string_view stored) {
  double value = 0;
  auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  bool whole_text = error == std::errc{} && end == stored.data() + stored.size();
  return whole_text && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool is_whole(std::string_view stored) {
  if (stored.starts_with('-')) stored.remove_prefix(1);
  bool plain = stored == "0" || (!stored.empty() && stored[0] != '0');
  return plain && std::ranges::all_of(stored, is_digit);
}

std::string plain_text(std::string_view stored, double value) {
  constexpr double exact_below = 1e15;
  if (is_whole(stored) && stored != "-0") return std::string(stored);
  if (value == std::floor(value) && std::abs(value) < exact_below)
    return fmt::to_string(static_cast<std::int64_t>(value));
  std::array<char, 40> buffer{};
  auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 15);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string(stored);
}

std::string clock_text(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string day_text(std::int64_t day, DateSystem system) {
  using std::chrono::days;
  constexpr std::chrono::sys_days start_1904 = std::chrono::year{1904} / 1 / 1;
  constexpr std::chrono::sys_days start_1900 = std::chrono::year{1899} / 12 / 31;
  constexpr std::int64_t day_that_never_was = 60;
  if (system == DateSystem::from_1904) return Date{start_1904 + days{day}}.iso();
  if (day == day_that_never_was) return "1900-02-29";
  return Date{start_1900 + days{day > day_that_never_was ? day - 1 : day}}.iso();
}

// Empty when the number is no point in time.
std::string date_text(double value, NumberFormat format, DateSystem system) {
  constexpr double first_day_after_9999 = 2'958'466;
  constexpr double days_1900_to_1904 = 1462;
  double first_day = system == DateSystem::from_1904 ? 0 : 1;
  double end = system == DateSystem::from_1904 ? first_day_after_9999 - days_1900_to_1904 : first_day_after_9999;
  if (value < 0 || value >= end) return {};
  auto all_seconds = static_cast<std::int64_t>(std::llround(value * seconds_per_day));
  std::int64_t day = all_seconds / static_cast<std::int64_t>(seconds_per_day);
  std::int64_t seconds = all_seconds % static_cast<std::int64_t>(seconds_per_day);
  if (format == NumberFormat::time && value < 1) return clock_text(all_seconds);
  if (static_cast<double>(day) < first_day || static_cast<double>(day) >= end) return {};
  if (seconds == 0) return day_text(day, system);
  return fmt::format("{}T{}Z", day_text(day, system), clock_text(seconds));
}

std::string duration_text(double value) {
  constexpr double most_days = 1e9;
  if (std::abs(value) > most_days) return {};
  std::int64_t seconds = std::llround(std::abs(value) * seconds_per_day);
  return fmt::format("{}{}:{:02}:{:02}", value < 0 && seconds ? "-" : "", seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

// The character of an escape _xHHHH_ at the start of `text`, if there is one that stands for a character.
std::optional<char32_t> escaped_character(std::string_view text) {
  constexpr std::size_t length = 7;
  if (text.size() < length || !text.starts_with("_x") || text[length - 1] != '_') return std::nullopt;
  unsigned value = 0;
  auto [end, error] = std::from_chars(text.data() + 2, text.data() + length - 1, value, 16);
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (error != std::errc{} || end != text.data() + length - 1 || value == 0 || surrogate) return std::nullopt;
  return value;
}

}  // namespace

NumberFormat builtin_number_format(unsigned id) {
  if ((id >= 14 && id <= 17) || id == 22) return NumberFormat::date;
  if ((id >= 18 && id <= 21) || id == 45 || id == 47) return NumberFormat::time;
  return id == 46 ? NumberFormat::elapsed : NumberFormat::number;
}

NumberFormat custom_number_format(std::string_view code) {
  std::string lowered = lower(code);
  if (lowered.starts_with("general") || lowered.starts_with("standard")) return NumberFormat::number;
  FormatLetters letters = letters_of(lowered);
  if (letters.day) return NumberFormat::date;
  if (letters.elapsed) return NumberFormat::elapsed;
  if (letters.hour_or_second) return NumberFormat::time;
  return letters.month_or_minute ? NumberFormat::date : NumberFormat::number;
}

std::string number_text(std::string_view stored, NumberFormat format, DateSystem system) {
  stored = trim(stored);
  std::optional<double> value = as_double(stored);
  if (!value) return std::string(stored);
  std::string text;
  if (format == NumberFormat::elapsed) text = duration_text(*value);
  if (format == NumberFormat::date || format == NumberFormat::time) text = date_text(*value, format, system);
  return text.empty() ? plain_text(stored, *value) : text;
}

std::string unescape_text(std::string text) {
  std::size_t from = text.find("_x");
  if (from == std::string::npos) return text;
  std::string out = text.substr(0, from);
  for (std::string_view rest = std::string_view(text).substr(from); !rest.empty();) {
    auto character = escaped_character(rest);
    if (character) append_utf8(out, *character);
    else out += rest[0];
    rest.remove_prefix(character ? 7 : 1);
  }
  return out;
}

std::string escape_text(std::string_view text) {
  std::string out;
  for (std::size_t at = text.find("_x"); at != std::string_view::npos; at = text.find("_x")) {
    out += text.substr(0, at);
    out += escaped_character(text.substr(at)) ? "_x005F_" : "_";
    text.remove_prefix(at + 1);
  }
  out += text;
  return out;
}

}  // namespace assay
