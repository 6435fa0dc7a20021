// How columns are recognised by their names.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/text.h"
#include "kernel/service/cell_reading.h"
#include "kernel/service/column_mapping.h"
#include "kernel/service/column_synonyms.h"

namespace assay {
namespace {

// One way to read a heading. Without a field it is one of the columns every register has.
struct Candidate {
  std::size_t column = 0;
  ColumnUse use = ColumnUse::none;
  const FieldDef* field = nullptr;
  double score = 0;
};

bool contains_word(std::string_view words, std::string_view word, char separator) {
  for (std::string_view each : split(words, separator)) {
    if (!each.empty() && each == word) return true;
  }
  return false;
}

// "risk_owner" in the register of risks -> "owner"; empty when the heading does not begin with the register's name.
std::string without_register(const EntityDef& def, const std::string& form) {
  std::vector<std::string> names{std::string(def.name()), heading_form(def.text.label), heading_form(def.text.plural)};
  if (def.name() == "risk") names.emplace_back("risiko");
  if (def.name() == "person") names.emplace_back("employee");
  for (std::string& name : names) {
    name += '_';
    if (form.size() > name.size() && form.starts_with(name)) return form.substr(name.size());
  }
  return {};
}

double name_score(const FieldDef& field, const std::string& form) {
  if (form == field.name) return 1.0;
  std::string label = heading_form(field.text.label);
  if (form == label) return 0.98;
  // All words of the one in the other: "Date of next review" for "Next review".
  auto covers = [](const std::string& outer, const std::string& inner) {
    std::size_t letters = 0;
    for (std::string_view word : split(inner, '_')) {
      if (!contains_word(outer, word, '_')) return false;
      letters += word.size();
    }
    return letters >= 6;
  };
  return covers(form, label) || covers(label, form) || covers(std::string(field.name), form) ? 0.6 : 0.0;
}

void add_synonyms(const EntityDef& def, std::size_t column, const std::string& form, double most,
                  std::vector<Candidate>& out) {
  double score = most;
  for (const HeadingSynonyms& row : heading_synonyms()) {
    score -= 0.002;  // of two meanings the earlier row is the likelier
    if (!contains_word(row.headings, form, ' ')) continue;
    for (std::string_view name : split(row.fields, ' ')) {
      if (name == "id") {
        out.push_back({column, ColumnUse::id, nullptr, score});
        break;
      }
      if (const FieldDef* field = def.find(name)) {
        out.push_back({column, ColumnUse::field, field, score});
        break;
      }
    }
  }
}

void add_own_columns(std::size_t column, const std::string& form, std::vector<Candidate>& out) {
  if (form == "id") out.push_back({column, ColumnUse::id, nullptr, 1.0});
  if (form == "version") out.push_back({column, ColumnUse::version, nullptr, 0.99});
  if (form == "custom") out.push_back({column, ColumnUse::custom, nullptr, 0.99});
  for (std::string_view stamp : {"created_at", "created_by", "updated_at", "updated_by"}) {
    if (form == stamp) out.push_back({column, ColumnUse::stamp, nullptr, 0.99});
  }
}

std::vector<Candidate> candidates_of(const EntityDef& def, const CustomFields& custom,
                                     const std::vector<std::string>& headings) {
  std::vector<Candidate> out;
  for (std::size_t column = 0; column < headings.size(); ++column) {
    std::string form = heading_form(headings[column]);
    if (form.empty()) continue;
    std::string rest = without_register(def, form);
    for (const FieldDef& field : def.fields) {
      double score = std::max(name_score(field, form), rest.empty() ? 0.0 : name_score(field, rest) - 0.06);
      if (score >= 0.5) out.push_back({column, ColumnUse::field, &field, score});
    }
    for (const FieldDef* field : custom.of(def)) {
      // An export heads the column "custom.cost_centre".
      double score = trim(headings[column]) == field->name ? 1.0 : name_score(*field, form);
      if (score >= 0.5) out.push_back({column, ColumnUse::field, field, score});
    }
    add_own_columns(column, form, out);
    add_synonyms(def, column, form, 0.9, out);
    if (!rest.empty()) add_synonyms(def, column, rest, 0.88, out);
  }
  std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return out;
}

// The candidates of a mapping: each column once, each use once, the surest first.
std::vector<Candidate> assign(const EntityDef& def, const CustomFields& custom,
                              const std::vector<std::string>& headings) {
  std::vector<Candidate> taken;
  for (const Candidate& candidate : candidates_of(def, custom, headings)) {
    bool used = std::any_of(taken.begin(), taken.end(), [&](const Candidate& other) {
      bool same_place =
          other.use == candidate.use && other.field == candidate.field && candidate.use != ColumnUse::stamp;
      return other.column == candidate.column || same_place;
    });
    if (!used) taken.push_back(candidate);
  }
  return taken;
}

std::string_view cell_at(const std::vector<std::string>& row, std::size_t column) {
  return column < row.size() ? std::string_view(row[column]) : std::string_view();
}

// Share of the column's values that the field takes, from the first ones; nothing when there are none.
struct Fit {
  std::size_t seen = 0, fitting = 0;
  std::string misfit;
};

Fit fit_of(const FieldDef& field, const Sheet& sheet, std::size_t header_row, std::size_t column) {
  constexpr std::size_t enough = 50;
  Fit fit;
  for (std::size_t i = header_row + 1; i < sheet.rows.size() && fit.seen < enough; ++i) {
    std::string_view cell = cell_at(sheet.rows[i], column);
    if (says_nothing(field, cell)) continue;
    ++fit.seen;
    if (cell_fits(field, cell)) ++fit.fitting;
    else if (fit.misfit.empty()) fit.misfit = shorten(trim(cell), 40);
  }
  return fit;
}

bool holds_distinct_ids(const Sheet& sheet, std::size_t header_row, std::size_t column) {
  std::unordered_set<std::string_view> seen;
  std::size_t filled = 0;
  for (std::size_t i = header_row + 1; i < sheet.rows.size(); ++i) {
    std::string_view cell = trim(cell_at(sheet.rows[i], column));
    if (cell.empty()) continue;
    ++filled;
    seen.insert(cell);
  }
  return filled == 0 || seen.size() * 10 >= filled * 9;
}

void judge_by_values(MappedColumn& column, const Sheet& sheet, std::size_t header_row) {
  auto drop = [&](std::string note) {
    column.note = std::move(note);
    column.use = ColumnUse::none;
    column.field = nullptr;
    column.confidence = 0;
  };
  bool own_name = column.confidence >= 0.985;
  if (column.use == ColumnUse::id && !own_name && !holds_distinct_ids(sheet, header_row, column.position)) {
    return drop("looks like an id, but values occur several times");
  }
  if (column.use != ColumnUse::field || column.field->refers()) return;
  Fit fit = fit_of(*column.field, sheet, header_row, column.position);
  if (fit.seen == 0) return;
  double share = static_cast<double>(fit.fitting) / static_cast<double>(fit.seen);
  // A column that bears the field's own name is only doubted when nothing at all in it fits.
  bool doubtful = own_name ? fit.fitting == 0 && fit.seen >= 5 : share < 0.4;
  if (doubtful)
    return drop(
        fmt::format("could be \"{}\", but values such as \"{}\" do not fit it", column.field->text.label, fit.misfit));
  if (!own_name) column.confidence *= 0.5 + 0.5 * share;
}

// Where a sheet tells each record in one text and has no column for its name, a text that is short enough serves as the
// name.
void name_by_description(const EntityDef& def, ColumnMapping& mapping, const Sheet& sheet) {
  const FieldDef& title = def.title_field();
  bool named = std::ranges::any_of(mapping.columns, [&](const MappedColumn& column) { return column.field == &title; });
  if (named || title.kind != Kind::text || !title.required) return;
  for (MappedColumn& column : mapping.columns) {
    // A column that bears the field's own name means that field.
    bool describes = column.use == ColumnUse::field && column.field->kind == Kind::text &&
                     column.field->text.multiline && column.confidence < 0.95;
    if (!describes || heading_form(column.heading).find("description") == std::string::npos) continue;
    bool too_long = false;
    for (std::size_t i = mapping.header_row + 1; i < sheet.rows.size(); ++i)
      too_long = too_long || utf8_length(trim(cell_at(sheet.rows[i], column.position))) > title.max_length();
    if (too_long) continue;
    column.field = &title;
    return;
  }
}

// How well a row would serve as the row of headings.
double header_score(const EntityDef& def, const CustomFields& custom, const std::vector<std::string>& row) {
  std::set<std::string> forms;
  std::size_t filled = 0;
  for (const std::string& cell : row) {
    if (is_blank(cell)) continue;
    ++filled;
    forms.insert(heading_form(cell));
  }
  if (forms.empty()) return 0;
  double score = 0;
  for (const Candidate& candidate : assign(def, custom, row))
    score += candidate.score >= 0.7 ? candidate.score : 0.5 * candidate.score;
  // Headings differ from each other and a line of text is not a row of headings.
  return score + 0.05 * static_cast<double>(forms.size()) / static_cast<double>(filled);
}

}  // namespace

std::size_t find_header_row(const EntityDef& def, const Sheet& sheet, const CustomFields& custom) {
  constexpr std::size_t searched = 40;
  std::size_t best = 0;
  double best_score = 0;
  std::size_t widest = 0, widest_cells = 0;
  for (std::size_t i = 0; i < sheet.rows.size() && i < searched; ++i) {
    auto filled = static_cast<std::size_t>(std::count_if(sheet.rows[i].begin(), sheet.rows[i].end(),
                                                         [](const std::string& cell) { return !is_blank(cell); }));
    if (filled > widest_cells) {
      widest = i;
      widest_cells = filled;
    }
    double score = header_score(def, custom, sheet.rows[i]);
    if (score > best_score + 0.2) {
      best = i;
      best_score = score;
    }
  }
  return best_score >= 0.7 ? best : widest;
}

ColumnMapping guess_mapping(const EntityDef& def, const Sheet& sheet, const CustomFields& custom) {
  ColumnMapping mapping;
  mapping.header_row = find_header_row(def, sheet, custom);
  if (mapping.header_row >= sheet.rows.size()) return mapping;
  const std::vector<std::string>& headings = sheet.rows[mapping.header_row];
  for (std::size_t i = 0; i < headings.size(); ++i)
    mapping.columns.push_back({i, std::string(trim(headings[i])), {}, nullptr, 0, {}});
  for (const Candidate& candidate : assign(def, custom, headings)) {
    MappedColumn& column = mapping.columns[candidate.column];
    column.use = candidate.use;
    column.field = candidate.field;
    column.confidence = candidate.score;
  }
  for (MappedColumn& column : mapping.columns) judge_by_values(column, sheet, mapping.header_row);
  name_by_description(def, mapping, sheet);
  return mapping;
}

double mapping_score(const ColumnMapping& mapping) {
  double score = 0;
  for (const MappedColumn& column : mapping.columns) score += column.confidence;
  return score;
}

}  // namespace assay
