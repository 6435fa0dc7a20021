#include "isms/soa/control_number.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "base/text.h"
#include "isms/frameworks/annex_a_control.h"

namespace assay {
namespace {

// What became of the 114 controls of 2013; several successors are separated by a space.
struct ControlOf2013 {
  std::string_view ref, successors;
};
constexpr ControlOf2013 controls_of_2013[] = {
    {"5.1.1", "5.1"},   {"5.1.2", "5.1"},   {"6.1.1", "5.2"},   {"6.1.2", "5.3"},       {"6.1.3", "5.5"},
    {"6.1.4", "5.6"},   {"6.1.5", "5.8"},   {"6.2.1", "8.1"},   {"6.2.2", "6.7"},       {"7.1.1", "6.1"},
    {"7.1.2", "6.2"},   {"7.2.1", "5.4"},   {"7.2.2", "6.3"},   {"7.2.3", "6.4"},       {"7.3.1", "6.5"},
    {"8.1.1", "5.9"},   {"8.1.2", "5.9"},   {"8.1.3", "5.10"},  {"8.1.4", "5.11"},      {"8.2.1", "5.12"},
    {"8.2.2", "5.13"},  {"8.2.3", "5.10"},  {"8.3.1", "7.10"},  {"8.3.2", "7.10"},      {"8.3.3", "7.10"},
    {"9.1.1", "5.15"},  {"9.1.2", "5.15"},  {"9.2.1", "5.16"},  {"9.2.2", "5.18"},      {"9.2.3", "8.2"},
    {"9.2.4", "5.17"},  {"9.2.5", "5.18"},  {"9.2.6", "5.18"},  {"9.3.1", "5.17"},      {"9.4.1", "8.3"},
    {"9.4.2", "8.5"},   {"9.4.3", "5.17"},  {"9.4.4", "8.18"},  {"9.4.5", "8.4"},       {"10.1.1", "8.24"},
    {"10.1.2", "8.24"}, {"11.1.1", "7.1"},  {"11.1.2", "7.2"},  {"11.1.3", "7.3"},      {"11.1.4", "7.5"},
    {"11.1.5", "7.6"},  {"11.1.6", "7.2"},  {"11.2.1", "7.8"},  {"11.2.2", "7.11"},     {"11.2.3", "7.12"},
    {"11.2.4", "7.13"}, {"11.2.5", "7.10"}, {"11.2.6", "7.9"},  {"11.2.7", "7.14"},     {"11.2.8", "8.1"},
    {"11.2.9", "7.7"},  {"12.1.1", "5.37"}, {"12.1.2", "8.32"}, {"12.1.3", "8.6"},      {"12.1.4", "8.31"},
    {"12.2.1", "8.7"},  {"12.3.1", "8.13"}, {"12.4.1", "8.15"}, {"12.4.2", "8.15"},     {"12.4.3", "8.15"},
    {"12.4.4", "8.17"}, {"12.5.1", "8.19"}, {"12.6.1", "8.8"},  {"12.6.2", "8.19"},     {"12.7.1", "8.34"},
    {"13.1.1", "8.20"}, {"13.1.2", "8.21"}, {"13.1.3", "8.22"}, {"13.2.1", "5.14"},     {"13.2.2", "5.14"},
    {"13.2.3", "5.14"}, {"13.2.4", "6.6"},  {"14.1.1", "5.8"},  {"14.1.2", "8.26"},     {"14.1.3", "8.26"},
    {"14.2.1", "8.25"}, {"14.2.2", "8.32"}, {"14.2.3", "8.32"}, {"14.2.4", "8.32"},     {"14.2.5", "8.27"},
    {"14.2.6", "8.31"}, {"14.2.7", "8.30"}, {"14.2.8", "8.29"}, {"14.2.9", "8.29"},     {"14.3.1", "8.33"},
    {"15.1.1", "5.19"}, {"15.1.2", "5.20"}, {"15.1.3", "5.21"}, {"15.2.1", "5.22"},     {"15.2.2", "5.22"},
    {"16.1.1", "5.24"}, {"16.1.2", "6.8"},  {"16.1.3", "6.8"},  {"16.1.4", "5.25"},     {"16.1.5", "5.26"},
    {"16.1.6", "5.27"}, {"16.1.7", "5.28"}, {"17.1.1", "5.29"}, {"17.1.2", "5.29"},     {"17.1.3", "5.29"},
    {"17.2.1", "8.14"}, {"18.1.1", "5.31"}, {"18.1.2", "5.32"}, {"18.1.3", "5.33"},     {"18.1.4", "5.34"},
    {"18.1.5", "5.31"}, {"18.2.1", "5.35"}, {"18.2.2", "5.36"}, {"18.2.3", "5.36 8.8"},
};

bool soa_is_digit(char c) { return c >= '0' && c <= '9'; }
bool soa_is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "12.3.1 Backup" -> {12, 3, 1}; nothing when the text does not begin with numbers joined by dots, or goes on with a
// letter.
std::vector<int> leading_numbers(std::string_view text) {
  std::vector<int> out;
  while (!text.empty()) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0) return {};
    out.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.size() < 2 || text[0] != '.' || !soa_is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  if (!text.empty() && (soa_is_letter(text[0]) || text[0] == '-' || text[0] == '_')) return {};
  return out;
}

std::string dotted(const std::vector<int>& numbers) {
  std::string out;
  for (int number : numbers) out += (out.empty() ? "" : ".") + std::to_string(number);
  return out;
}

// The text behind "Annex A", "ISO 27001:2022 A." and the like; `named` when one of them stood there.
std::string_view without_letter(std::string_view text, bool& named) {
  for (std::string_view word :
       {"iso/iec 27001:2022", "iso 27001:2022", "iso/iec 27001", "iso 27001", "annex", "anhang", "control"}) {
    if (lower(text.substr(0, word.size())) == word) text = trim(text.substr(word.size()));
  }
  if (text.size() < 2 || (text[0] != 'A' && text[0] != 'a')) return text;
  std::string_view rest = text.substr(1);
  while (!rest.empty() && (rest[0] == '.' || rest[0] == ' ' || rest[0] == '-' || rest[0] == '_')) rest.remove_prefix(1);
  if (rest.empty() || !soa_is_digit(rest[0])) return text;
  named = true;
  return rest;
}

std::size_t predecessors_of(std::string_view ref) {
  return static_cast<std::size_t>(std::ranges::count_if(controls_of_2013, [&](const ControlOf2013& old) {
    const auto successors = split(old.successors, ' ');
    return std::ranges::find(successors, ref) != successors.end();
  }));
}

ControlNumber number_of_2013(const std::string& ref) {
  ControlNumber out{ControlNumberKind::edition_2013, ref, {}, false};
  for (const ControlOf2013& old : controls_of_2013) {
    if (old.ref != ref) continue;
    for (std::string_view successor : split(old.successors, ' ')) out.successors.emplace_back(successor);
  }
  out.one_to_one = out.successors.size() == 1 && predecessors_of(out.successors.front()) == 1;
  return out;
}

bool fits_own_number(std::string_view token) {
  constexpr std::size_t longest = 40;
  bool plain = std::ranges::all_of(
      token, [](char c) { return soa_is_letter(c) || soa_is_digit(c) || c == '.' || c == '-' || c == '_'; });
  return plain && token.size() <= longest && !token.empty() && soa_is_letter(token[0]) &&
         std::ranges::any_of(token, soa_is_digit);
}

// Theme and number of a reference of 2022; nothing for an own one.
std::optional<std::pair<int, int>> annex_position(std::string_view ref) {
  if (!is_annex_a_ref(ref)) return std::nullopt;
  int number = 0;
  std::from_chars(ref.data() + 2, ref.data() + ref.size(), number);
  return std::pair(ref[0] - '0', number);
}

}  // namespace

ControlNumber read_control_number(std::string_view text) {
  bool named = false;
  std::string_view rest = without_letter(trim(text), named);
  const std::vector<int> numbers = leading_numbers(rest);
  if (numbers.empty()) {
    std::string_view token = rest.substr(0, rest.find_first_of(" \t\n:,;"));
    return fits_own_number(token) ? ControlNumber{ControlNumberKind::own, std::string(token), {}, false}
                                  : ControlNumber{};
  }
  std::string ref = dotted(numbers);
  if (numbers.size() == 2 && is_annex_a_ref(ref)) return {ControlNumberKind::annex_a, std::move(ref), {}, false};
  bool chapter_of_2013 = numbers[0] >= 5 && numbers[0] <= 18;
  if (chapter_of_2013 &&
      (numbers.size() == 3 || (numbers.size() < 3 && named) || (numbers.size() == 2 && numbers[0] > 8)))
    return number_of_2013(ref);
  return {};
}

const std::vector<std::string>& annex_a_refs() {
  static const std::vector<std::string> refs = [] {
    std::vector<std::string> out;
    for (int theme = 5; theme <= 8; ++theme) {
      for (int number = 1; is_annex_a_ref(dotted({theme, number})); ++number) out.push_back(dotted({theme, number}));
    }
    return out;
  }();
  return refs;
}

bool control_ref_less(std::string_view a, std::string_view b) {
  const auto left = annex_position(a), right = annex_position(b);
  if (left && right) return *left < *right;
  if (left.has_value() != right.has_value()) return left.has_value();
  return a < b;
}

}  // namespace assay
