#include "kernel/service/column_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/hash.h"
#include "base/text.h"
#include "kernel/service/column_synonyms.h"

namespace assay {
namespace {

constexpr std::pair<std::string_view, std::string_view> letters[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"},
                                                                     {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"}, {"é", "e"}};

std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return is_blank(out) ? std::string(text) : out;
}

// The pairs of an explicit mapping, whichever way it was written.
using Pairs = std::vector<std::pair<std::string, std::string>>;

Result<Pairs> read_pairs(std::string_view text) {
  Pairs pairs;
  if (!trim(text).starts_with('{')) {
    for (std::string_view item : split(text, ',')) {
      if (is_blank(item)) continue;
      std::size_t equal = item.rfind('=');
      if (equal == std::string_view::npos)
        return fail(Problems{{"mapping", "must be Column=field", shorten(item, 60)}});
      bool fixed = trim(item).starts_with(':');
      if (fixed) equal = item.find('=');
      pairs.emplace_back(trim(item.substr(0, equal)), trim(item.substr(equal + 1)));
    }
    return pairs;
  }
  boost::system::error_code error;
  boost::json::value json = boost::json::parse(text, error);
  if (error || !json.is_object())
    return fail(Problems{{"mapping", "must be a JSON object {\"Column\": \"field\"}", error.message()}});
  for (const auto& [key, value] : json.as_object()) {
    if (!value.is_string()) return fail(Problems{{"mapping", "must name a field as text", std::string(key)}});
    pairs.emplace_back(std::string(key), std::string(value.as_string()));
  }
  return pairs;
}

MappedColumn* find_column(ColumnMapping& mapping, std::string_view name) {
  if (name.starts_with('#')) {
    std::size_t number = 0;
    auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
    bool whole = error == std::errc() && end == name.data() + name.size();
    if (whole && number >= 1 && number <= mapping.columns.size()) return &mapping.columns[number - 1];
  }
  for (MappedColumn& column : mapping.columns) {
    if (column.heading == name) return &column;
  }
  std::string form = heading_form(name);
  for (MappedColumn& column : mapping.columns) {
    if (!form.empty() && heading_form(column.heading) == form) return &column;
  }
  return nullptr;
}

// A register with the fields that a column may go into.
struct Target {
  const EntityDef& def;
  std::vector<const FieldDef*> fields;

  const FieldDef* find(std::string_view name) const {
    for (const FieldDef* field : fields) {
      if (field->name == name) return field;
    }
    for (const FieldDef* field : fields) {
      if (heading_form(field->text.label) == heading_form(name)) return field;
    }
    return nullptr;
  }
  std::string nearest(std::string_view name) const {
    std::string best;
    std::size_t distance = 4;
    for (const FieldDef* field : fields) {
      if (std::size_t d = edit_distance(field->name, name); d < distance) {
        distance = d;
        best = fmt::format("; did you mean {}?", field->name);
      }
    }
    return best;
  }
};

constexpr std::pair<std::string_view, ColumnUse> special_uses[] = {{"id", ColumnUse::id},
                                                                   {"version", ColumnUse::version},
                                                                   {"custom", ColumnUse::custom},
                                                                   {"", ColumnUse::none},
                                                                   {"-", ColumnUse::none}};

Problems set_column(ColumnMapping& mapping, const Target& fields, MappedColumn& column, std::string_view target) {
  column.confidence = 1;
  const FieldDef* field = fields.find(target);
  for (const auto& [name, use] : special_uses) {
    if (name != target || field) continue;
    column.use = use;
    return {};
  }
  if (!field)
    return {{fmt::format("column {}", column.heading),
             "must go into a field of " + std::string(fields.def.name()) + fields.nearest(target),
             shorten(target, 80)}};
  if (const MappedColumn* other = mapping.column_of(*field)) {
    return {{fmt::format("column {}", column.heading),
             fmt::format("must not go where column {} goes already", other->heading), shorten(target, 80)}};
  }
  column.use = ColumnUse::field;
  column.field = field;
  return {};
}

}  // namespace

const MappedColumn* ColumnMapping::column_of(const FieldDef& field) const {
  for (const MappedColumn& column : columns) {
    if (column.use == ColumnUse::field && column.field == &field) return &column;
  }
  return nullptr;
}

const MappedColumn* ColumnMapping::column_for(ColumnUse use) const {
  for (const MappedColumn& column : columns) {
    if (column.use == use) return &column;
  }
  return nullptr;
}

bool ColumnMapping::maps_anything() const {
  return std::any_of(columns.begin(), columns.end(), [](const MappedColumn& column) {
    return column.use == ColumnUse::field || column.use == ColumnUse::id;
  });
}

std::string heading_form(std::string_view heading) {
  std::string text = without_brackets(heading);
  for (const auto& [from, to] : letters) text = replace_all(text, from, to);
  return slug(text);
}

Result<ColumnMapping> parse_mapping(const EntityDef& def, const Sheet& sheet, std::size_t header_row,
                                    std::string_view text, const CustomFields& custom) {
  Target fields{def, fields_of(def, custom)};
  TRY(Pairs pairs, read_pairs(text));
  ColumnMapping mapping;
  mapping.header_row = header_row;
  if (header_row < sheet.rows.size()) {
    for (const std::string& heading : sheet.rows[header_row])
      mapping.columns.push_back({mapping.columns.size(), std::string(trim(heading)), {}, nullptr, 0, {}});
  }
  Problems problems;
  for (const auto& [column_name, target] : pairs) {
    if (column_name.starts_with(':')) {
      const FieldDef* field = fields.find(std::string_view(column_name).substr(1));
      if (field) mapping.fixed.emplace_back(field, target);
      else
        problems.push_back({"mapping",
                            "must name a field of " + std::string(def.name()) + fields.nearest(column_name.substr(1)),
                            shorten(column_name, 80)});
      continue;
    }
    MappedColumn* column = find_column(mapping, column_name);
    if (!column) {
      std::vector<std::string> known;
      for (const MappedColumn& each : mapping.columns) {
        if (!each.heading.empty()) known.push_back(each.heading);
      }
      problems.push_back(
          {"mapping", "must name a column of the sheet: " + shorten(join(known, ", "), 400), shorten(column_name, 80)});
      continue;
    }
    for (Problem& problem : set_column(mapping, fields, *column, target)) problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return fail(std::move(problems), "The mapping was refused.");
  return mapping;
}

std::string mapping_json(const ColumnMapping& mapping) {
  boost::json::object out;
  for (const MappedColumn& column : mapping.columns) {
    if (column.use == ColumnUse::none || column.use == ColumnUse::stamp) continue;
    std::string target(column.field ? column.field->name : std::string_view());
    for (const auto& [name, use] : special_uses) {
      if (!column.field && use == column.use) target = name;
    }
    bool plain = !column.heading.empty() && !out.contains(column.heading) && column.heading[0] != '#' &&
                 column.heading[0] != ':';
    out[plain ? column.heading : fmt::format("#{}", column.position + 1)] = target;
  }
  for (const auto& [field, value] : mapping.fixed) out[":" + std::string(field->name)] = value;
  return boost::json::serialize(out);
}

std::string heading_fingerprint(const Sheet& sheet, std::size_t header_row) {
  std::string joined;
  if (header_row < sheet.rows.size()) {
    for (const std::string& heading : sheet.rows[header_row]) joined += heading_form(heading) + "\x1f";
  }
  while (joined.ends_with("\x1f\x1f")) joined.pop_back();  // empty columns at the end come and go
  return hex(sha256(joined));
}

const EntityDef* register_named(const Registry& registry, std::string_view name) {
  auto exactly = [&](const std::string& form) -> const EntityDef* {
    for (const EntityDef* def : registry.all()) {
      if (form == def->name() || form == heading_form(def->text.plural) || form == heading_form(def->text.label))
        return def;
    }
    return nullptr;
  };
  std::string form = heading_form(name);
  if (const EntityDef* def = exactly(form)) return def;
  std::vector<std::string> words;
  for (std::string_view word : split(form, '_')) {
    bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
    if (!number && !is_filler(word)) words.emplace_back(word);
  }
  if (const EntityDef* def = exactly(join(words, "_"))) return def;
  // "statement_of_applicability_de" loses its "of" with the fillers. One word alone, as in "asset_summary", says too
  // little.
  for (const EntityDef* def : registry.all()) {
    if (def->name().find('_') != std::string_view::npos && form.starts_with(std::string(def->name()) + "_")) return def;
  }
  return nullptr;
}

}  // namespace assay
