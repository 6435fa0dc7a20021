#include "kernel/service/reference_resolution.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/store/schema.h"

namespace assay {
namespace {

// Fields besides the title that name a record for people.
bool names_records(const FieldDef& field) {
  if (field.kind != Kind::text || field.text.title || field.text.secret) return false;
  return field.text.unique || field.name == "code" || field.name == "name" || field.name == "title";
}

void add_name(std::unordered_map<std::string, std::vector<Id>>& names, std::string_view name, const Id& id) {
  if (is_blank(name)) return;
  std::vector<Id>& ids = names[folded(name)];
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

// "Weber, Maria" -> "Maria Weber".
std::string turned_name(std::string_view text) {
  std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos) return {};
  return std::string(trim(text.substr(comma + 1))) + " " + std::string(trim(text.substr(0, comma)));
}

// "R-001: Ransomware", "R-001 Ransomware" -> "R-001"; "Ransomware (R-001)" -> "R-001". Not of "R-001 R-002", where a
// second id would be lost.
std::string_view id_in_front(const EntityDef& def, std::string_view text) {
  std::string_view word = text.substr(0, text.find_first_of(" \t:"));
  if (word.size() == text.size()) return {};
  bool another = text.find(std::string(def.text.prefix) + "-", word.size()) != std::string_view::npos;
  return another ? std::string_view() : word;
}

std::string_view id_in_brackets(std::string_view text) {
  std::size_t open = text.rfind('(');
  if (!text.ends_with(')') || open == std::string_view::npos) return {};
  return trim(text.substr(open + 1, text.size() - open - 2));
}

std::vector<std::string_view> pieces(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    std::size_t end = text.find_first_of(separators);
    if (std::string_view piece = trim(text.substr(0, end)); !piece.empty()) out.push_back(piece);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  bool gap = false;
  text = trim(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = true;
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    // U+00C0 to U+00DE are the capitals of U+00E0 to U+00FE, but for the multiplication sign.
    auto byte = static_cast<unsigned char>(c);
    bool accented = !out.empty() && out.back() == '\xC3' && byte <= 0x9E && byte != 0x97;
    out += accented ? static_cast<char>(byte + 0x20) : c;
  }
  return out;
}

Result<ReferenceIndex::Known*> ReferenceIndex::known(const EntityDef& def) {
  auto [entry, fresh] = registers_.try_emplace(&def);
  if (fresh) CHECK(load(def, entry->second));
  return &entry->second;
}

Result<void> ReferenceIndex::load(const EntityDef& def, Known& into) {
  std::string joins;
  TitleSql title = title_sql(def, "r", joins);
  std::string columns = "r.id, " + title.expression;
  for (const FieldDef& field : def.fields) {
    if (names_records(field)) columns += fmt::format(", r.{}", field.name);
  }
  CHECK(reader_.connection().query(fmt::format("select {} from {} r{}", columns, def.name(), joins), {},
                                   [&](const Row& row) {
                                     Id id(row.text(0));
                                     add_name(into.names, id, id);
                                     add_name(into.names, display(*title.field, read_column(*title.field, row, 1)), id);
                                     for (int column = 2; column < row.columns(); ++column)
                                       add_name(into.names, row.text(column), id);
                                     into.ids.insert(std::move(id));
                                   }));
  return def.name() == "person" ? load_accounts(into) : Result<void>();
}

Result<void> ReferenceIndex::load_accounts(Known& into) {
  return reader_.connection().query("select email, person from assay_account where person is not null", {},
                                    [&](const Row& row) {
                                      Id person(row.text(1));
                                      if (into.ids.contains(person)) add_name(into.names, row.text(0), person);
                                    });
}

Result<void> ReferenceIndex::add_pending(const EntityDef& def, const Id& id, std::string_view title) {
  TRY(Known * index, known(def));
  index->ids.insert(id);
  add_name(index->names, id, id);
  add_name(index->names, title, id);
  return {};
}

Result<bool> ReferenceIndex::has(const EntityDef& def, std::string_view id) {
  TRY(Known * index, known(def));
  return index->ids.contains(Id(id));
}

ReferenceIndex::Matches ReferenceIndex::find(const Known& known, const EntityDef& def, std::string_view text) {
  if (known.ids.contains(Id(text))) return {Id(text)};
  auto named = [&](std::string_view name) -> Matches {
    auto found = name.empty() ? known.names.end() : known.names.find(folded(name));
    return found == known.names.end() ? Matches() : found->second;
  };
  if (Matches found = named(text); !found.empty()) return found;
  if (def.name() == "person") {
    if (Matches found = named(turned_name(text)); !found.empty()) return found;
  }
  if (text.size() > 2 && (text.starts_with("A.") || text.starts_with("a."))) {
    if (Matches found = named(text.substr(2)); !found.empty()) return found;
  }
  return {};
}

ReferenceIndex::Matches ReferenceIndex::find_within(const Known& known, const EntityDef& def, std::string_view text) {
  for (std::string_view id : {id_in_front(def, text), id_in_brackets(text)}) {
    if (!id.empty() && known.ids.contains(Id(id))) return {Id(id)};
  }
  return {};
}

Problem ReferenceIndex::unknown(const Known& known, const EntityDef& def, std::string_view text) {
  std::string message = fmt::format("must name a record of {} by id or name{}", def.text.plural,
                                    def.name() == "person" ? " or e-mail" : "");
  std::string wanted = folded(text);
  std::string_view best;
  std::size_t distance = std::min<std::size_t>(3, wanted.size() / 3 + 1);
  // Searching for the nearest name is only worth it where it is quick.
  if (known.names.size() <= 2000 && wanted.size() <= 60) {
    for (const auto& [name, ids] : known.names) {
      std::size_t longer = std::max(name.size(), wanted.size()), shorter = std::min(name.size(), wanted.size());
      if (longer - shorter >= distance) continue;
      std::size_t d = edit_distance(name, wanted);
      if (d < distance || (d == distance && !best.empty() && name < best)) {
        distance = d;
        best = name;
      }
    }
  }
  if (!best.empty()) message += fmt::format("; did you mean {} ({})?", best, known.names.at(std::string(best)).front());
  else if (known.ids.empty()) message += "; there is none yet";
  return {"", std::move(message), shorten(text, 80)};
}

bool ReferenceIndex::take(const Known& known, const EntityDef& def, std::string_view text, std::vector<Id>& ids,
                          Problems& problems, bool within) {
  Matches found = within ? find_within(known, def, text) : find(known, def, text);
  if (found.size() == 1) {
    if (std::find(ids.begin(), ids.end(), found[0]) == ids.end()) ids.push_back(found[0]);
    return true;
  }
  if (found.empty()) return false;
  std::string candidates;
  for (std::size_t i = 0; i < found.size() && i < 5; ++i) candidates += (i ? ", " : "") + found[i];
  problems.push_back({"",
                      fmt::format("must name one record of {}: this can be {}{}", def.text.plural, candidates,
                                  found.size() > 5 ? " or others" : ""),
                      shorten(text, 80)});
  return true;
}

Result<Value> ReferenceIndex::resolve(const FieldDef& field, std::string_view cell) {
  const EntityDef& def = field.target();
  TRY(Known * index, known(def));
  std::vector<Id> ids;
  Problems problems;
  auto all_of = [&](std::string_view text, std::string_view separators) {
    std::vector<Id> some;
    Problems none;
    for (std::string_view part : pieces(text, separators)) {
      if (!take(*index, def, part, some, none)) return false;
    }
    if (!none.empty() || some.empty()) return false;
    for (Id& id : some) {
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
    }
    return true;
  };
  std::string_view whole = trim(cell);
  if (!take(*index, def, whole, ids, problems)) {
    for (std::string_view piece : pieces(whole, ";\n\r")) {
      if (take(*index, def, piece, ids, problems)) continue;
      if (all_of(piece, ",") || all_of(piece, " ,") || take(*index, def, piece, ids, problems, true)) continue;
      // Of an enumeration only the unknown parts are reported.
      auto parts = pieces(piece, ",");
      for (std::string_view part : parts) {
        bool found = parts.size() > 1 &&
                     (take(*index, def, part, ids, problems) || take(*index, def, part, ids, problems, true));
        if (!found) problems.push_back(unknown(*index, def, part));
      }
    }
  }
  if (problems.empty() && field.kind == Kind::reference && ids.size() > 1) {
    problems.push_back({"", "must name one record only", shorten(whole, 80)});
  }
  if (!problems.empty()) return fail(std::move(problems));
  if (field.kind == Kind::reference) return ids.empty() ? Value() : Value(ids[0]);
  return Value(std::move(ids));
}

}  // namespace assay
