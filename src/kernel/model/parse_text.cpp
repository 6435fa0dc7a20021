// Reading cells and form fields as people write them.
#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/model/record.h"

namespace assay {
namespace {

Failure expected(const FieldDef& field, std::string_view text, std::string what) {
  return fail(Problems{{std::string(field.name), "must be " + std::move(what), shorten(text, 60)}});
}

Result<Value> read_boolean(const FieldDef& field, std::string_view text) {
  std::string word = lower(text);
  for (std::string_view yes : {"true", "yes", "y", "1", "on", "x", "ja", "oui"}) {
    if (word == yes) return Value(true);
  }
  for (std::string_view no : {"false", "no", "n", "0", "off", "-", "nein", "non"}) {
    if (word == no) return Value(false);
  }
  return expected(field, text, "yes or no");
}

Result<Value> read_number(const FieldDef& field, std::string_view text) {
  std::string plain(text);
  // A single comma is a decimal sign unless three digits follow, which could be thousands.
  std::size_t comma = plain.find(',');
  if (comma != std::string::npos && plain.find('.') == std::string::npos && plain.size() - comma != 4)
    plain[comma] = '.';
  double number = 0;
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  bool whole = std::floor(number) == number && std::abs(number) < 9e15;
  if (error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(number)) {
    return expected(field, text, field.kind == Kind::integer ? "a whole number" : "a number such as 12 or 0.5");
  }
  if (field.kind == Kind::real) return Value(number);
  if (!whole) return expected(field, text, "a whole number");
  return Value(static_cast<std::int64_t>(number));
}

std::string padded(std::string_view year, std::string_view month, std::string_view day) {
  auto two = [](std::string_view part) { return part.size() == 1 ? "0" + std::string(part) : std::string(part); };
  return std::string(year) + "-" + two(month) + "-" + two(day);
}

int month_number(std::string_view word) {
  constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  std::string start = lower(word.substr(0, 3));
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (word.size() >= 3 && start == months[i]) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A date in one of the unambiguous written forms, as YYYY-MM-DD; empty when it is none of them.
std::string normalise_date(std::string_view text) {
  std::string spaced(text);
  for (char& c : spaced) {
    if (c == '.' || c == '/' || c == '-' || c == ',') c = ' ';
  }
  std::vector<std::string_view> parts;
  for (std::string_view part : split(spaced, ' ')) {
    if (!part.empty()) parts.push_back(part);
  }
  if (parts.size() != 3) return {};
  if (int month = month_number(parts[1]); month && all_digits(parts[0]) && parts[2].size() == 4) {
    return padded(parts[2], fmt::format("{}", month), parts[0]);  // 5 Mar 2026
  }
  if (int month = month_number(parts[0]); month && all_digits(parts[1]) && parts[2].size() == 4) {
    return padded(parts[2], fmt::format("{}", month), parts[1]);  // Mar 5, 2026
  }
  if (!all_digits(parts[0]) || !all_digits(parts[1]) || !all_digits(parts[2])) return {};
  if (parts[0].size() == 4) return padded(parts[0], parts[1], parts[2]);
  if (parts[2].size() != 4 || parts[0].size() > 2 || parts[1].size() > 2) return {};
  if (text.find('.') != std::string_view::npos) return padded(parts[2], parts[1], parts[0]);  // 5.3.2026
  // 25/03/2026 can only be read one way; 04/03/2026 is left to the person.
  int first = 0;
  int second = 0;
  std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), first);
  std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), second);
  if (first > 12) return padded(parts[2], parts[1], parts[0]);
  if (second > 12 || first == second) return padded(parts[2], parts[0], parts[1]);
  return {};
}

Result<Value> read_date(const FieldDef& field, std::string_view text) {
  if (Date::parse(text)) return Value(std::string(text));
  if (auto instant = Instant::parse(text)) return Value(instant->day().iso());
  // A spreadsheet's date cell may carry a midnight time.
  std::string_view day = text.substr(0, text.find_first_of("T "));
  if (Date::parse(day) && text.find("00:00") != std::string_view::npos) return Value(std::string(day));
  std::string iso = normalise_date(text);
  if (Date::parse(iso)) return Value(iso);
  return expected(field, text, "a date such as 2026-03-05 (a form like 04/03/2026 can be read two ways)");
}

Result<Value> read_instant(const FieldDef& field, std::string_view text) {
  if (Instant::parse(text)) return Value(std::string(text));
  std::string iso(text);
  if (iso.size() >= 16 && (iso[10] == ' ' || iso[10] == 'T')) {  // 2026-03-05 14:30[:00][Z], from forms and sheets
    iso[10] = 'T';
    if (iso.ends_with('Z')) iso.pop_back();
    if (iso.size() == 16) iso += ":00";
    iso += "Z";
    if (Instant::parse(iso)) return Value(iso);
  }
  auto date = read_date(field, text);
  if (date) return Value(std::string(text_of(*date)) + "T00:00:00Z");
  return expected(field, text, "a time such as 2026-03-05T14:30:00Z or 2026-03-05 14:30 (UTC)");
}

std::string choice_words(const FieldDef& field) {
  std::vector<std::string> names;
  for (const Choice& choice : field.choices) names.emplace_back(choice.name);
  return "one of " + join(names, ", ");
}

Result<Value> read_choice(const FieldDef& field, std::string_view text) {
  std::string wanted = slug(text);
  for (const Choice& choice : field.choices) {
    if (choice.name == text || slug(choice.name) == wanted || slug(choice.label) == wanted) {
      return Value(std::string(choice.name));
    }
  }
  return expected(field, text, choice_words(field));
}

std::vector<std::string> list_items(std::string_view text) {
  std::string flat(text);
  for (char& c : flat) {
    if (c == '\n' || c == '\r') c = ';';
  }
  std::vector<std::string> items;
  for (std::string_view item : split(flat, ';')) {
    if (!is_blank(item)) items.emplace_back(trim(item));
  }
  return items;
}

Result<Value> read_choices(const FieldDef& field, std::string_view text) {
  std::string flat = replace_all(text, ",", ";");
  std::vector<std::string> names;
  for (const std::string& item : list_items(flat)) {
    TRY(Value name, read_choice(field, item));
    names.emplace_back(text_of(name));
  }
  return Value(names);
}

Result<Value> read_json_text(const FieldDef& field, std::string_view text) {
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = 16;
  boost::json::value json = boost::json::parse(text, error, {}, options);
  if (error) return expected(field, text, "JSON (" + error.message() + ")");
  return read_json(field, json);
}

}  // namespace

Result<Value> parse_text(const FieldDef& field, std::string_view raw) {
  std::string_view text = field.text.multiline ? raw : trim(raw);
  if (is_blank(text)) return Value();
  switch (field.kind) {
    case Kind::boolean: return read_boolean(field, text);
    case Kind::integer:
    case Kind::real: return read_number(field, text);
    case Kind::date: return read_date(field, text);
    case Kind::instant: return read_instant(field, text);
    case Kind::choice: return read_choice(field, text);
    case Kind::choices: return read_choices(field, text);
    case Kind::texts:
      // What to_text() writes for texts that hold a separator. Anything else in brackets is a text of its own.
      if (text.starts_with("[\"") && text.ends_with("\"]")) {
        if (auto array = read_json_text(field, text)) return array;
      }
      return Value(list_items(text));
    case Kind::references: return Value(list_items(text));
    case Kind::json:
    case Kind::records: return read_json_text(field, text);
    default: return Value(std::string(text));
  }
}

}  // namespace assay
