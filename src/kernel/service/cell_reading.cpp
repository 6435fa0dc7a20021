#include "kernel/service/cell_reading.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "kernel/service/column_mapping.h"
#include "kernel/service/column_synonyms.h"

namespace assay {
namespace {

bool is_spreadsheet_error(std::string_view cell) {
  constexpr std::array<std::string_view, 8> errors{"#N/A",    "#REF!",  "#VALUE!", "#NAME?",
                                                   "#DIV/0!", "#NULL!", "#NUM!",   "#SPILL!"};
  return std::find(errors.begin(), errors.end(), cell) != errors.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "5 - almost certain", "4 (likely)", "3: possible" -> the number in front.
std::string_view leading_number(std::string_view cell) {
  std::size_t end = 0;
  while (end < cell.size() && is_digit(cell[end])) ++end;
  std::string_view rest = trim(cell.substr(end));
  bool explained = rest.starts_with('-') || rest.starts_with("–") || rest.starts_with('(') || rest.starts_with(':') ||
                   rest.starts_with('=');
  bool has_word =
      std::any_of(rest.begin(), rest.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return end > 0 && explained && has_word ? cell.substr(0, end) : std::string_view();
}

// Every item of a list of choices that is a foreign word, by its own name.
std::string with_known_choices(const FieldDef& field, std::string_view cell) {
  std::string flat(cell);
  for (char& c : flat) {
    if (c == ',' || c == '\n' || c == '\r' || c == '/') c = ';';
  }
  std::vector<std::string> names;
  for (std::string_view item : split(flat, ';')) {
    if (is_blank(item)) continue;
    std::string_view known = choice_synonym(field, heading_form(item));
    names.emplace_back(known.empty() ? trim(item) : known);
  }
  return join(names, ";");
}

// References to Annex A are kept without its letter.
bool keeps_control_reference(const FieldDef& field) { return field.name == "control_ref"; }

}  // namespace

bool says_nothing(const FieldDef& field, std::string_view cell) {
  cell = trim(cell);
  if (cell.empty()) return true;
  if (cell == too_long_for_cell) return true;
  if (field.kind == Kind::text || field.kind == Kind::texts || field.kind == Kind::boolean || cell.size() > 8)
    return false;
  std::string word = lower(cell);
  constexpr std::array<std::string_view, 12> nothing{"n/a",   "na",   "-",     "–",   "—", "none",
                                                     "keine", "k.a.", "k. a.", "tbd", "?", "unknown"};
  if (std::find(nothing.begin(), nothing.end(), word) == nothing.end()) return false;
  return field.choices.empty() || !parse_text(field, cell);
}

Result<Value> read_cell(const FieldDef& field, std::string_view cell) {
  if (is_spreadsheet_error(trim(cell))) {
    return fail(Problems{{"", "is an error of the spreadsheet; expected a value", std::string(trim(cell))}});
  }
  if (keeps_control_reference(field)) {
    cell = trim(cell);
    if (cell.size() > 2 && (cell[0] == 'A' || cell[0] == 'a') && cell[1] == '.' && is_digit(cell[2]))
      cell.remove_prefix(2);
  }
  auto value = parse_text(field, cell);
  if (value || (field.kind != Kind::choice && field.kind != Kind::choices && field.kind != Kind::integer)) return value;
  Result<Value> second = value;
  if (field.kind == Kind::choices) second = parse_text(field, with_known_choices(field, cell));
  if (field.kind == Kind::choice) {
    if (auto known = choice_synonym(field, heading_form(cell)); !known.empty()) return Value(std::string(known));
  }
  if (field.kind == Kind::integer) {
    if (auto number = leading_number(trim(cell)); !number.empty()) second = parse_text(field, number);
  }
  return second ? second : value;
}

bool cell_fits(const FieldDef& field, std::string_view cell) {
  return field.refers() || says_nothing(field, cell) || read_cell(field, cell).has_value();
}

std::string column_letters(std::size_t position) {
  std::string out;
  for (std::size_t left = position + 1; left > 0; left = (left - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (left - 1) % 26));
  return out;
}

}  // namespace assay
