#include "isms/organisation/scope_boundary.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

bool scope_same_text(std::string_view a, std::string_view b) { return lower(trim(a)) == lower(trim(b)); }

bool scope_holds_inside(const ScopeItem& item) { return item.inclusion != ScopeItemInclusion::out; }

const ScopeThing* scope_thing_of(const ScopeItem& item, std::span<const ScopeThing> things) {
  auto found = std::ranges::find_if(things, [&](const ScopeThing& thing) { return speaks_of(item, thing); });
  return found == things.end() ? nullptr : &*found;
}

const ScopeThing* scope_thing_needed(const ScopeNeed& need, std::span<const ScopeThing> things) {
  auto found = std::ranges::find_if(
      things, [&](const ScopeThing& thing) { return thing.kind == need.kind && thing.target == need.target; });
  return found == things.end() ? nullptr : &*found;
}

// Kinds whose things stand in a register of their own, so that an unknown target is a mistake.
bool scope_has_register(ScopeItemKind kind) {
  return kind == ScopeItemKind::org_unit || kind == ScopeItemKind::site || kind == ScopeItemKind::process ||
         kind == ScopeItemKind::system;
}

bool scope_interface_to(const ScopeItem& left_out, std::span<const ScopeItem> items) {
  return std::ranges::any_of(items, [&](const ScopeItem& other) {
    return other.inclusion == ScopeItemInclusion::interface && scope_same_text(other.target, left_out.target);
  });
}

struct ScopeJudge {
  std::span<const ScopeThing> things;
  std::span<const ScopeItem> items;
  std::vector<ScopeContradiction> found;

  void add(const ScopeItem& item, std::string text, std::string_view rule, bool blocks) {
    found.push_back({&item, std::move(text), std::string(rule), blocks});
  }

  void judge_alone(const ScopeItem& item, const std::string& name) {
    if (item.inclusion == ScopeItemInclusion::out) {
      if (!checks::given(item.justification))
        add(item, fmt::format("\"{}\" is left out without reasons.", name), "C4.3-04", true);
      if (item.in_scope_depends_on_it && !scope_interface_to(item, items)) {
        add(item,
            fmt::format("\"{}\" is left out, but the scope depends on it and no interface to it is described.", name),
            "C4.3-04", true);
      }
    }
    if (item.inclusion == ScopeItemInclusion::interface && !checks::given(item.responsibility_split)) {
      add(item, fmt::format("\"{}\" stands at the boundary, but nobody settled who does what.", name), "C4.3-05", true);
    }
  }

  void judge_register(const ScopeItem& item, const std::string& name) {
    const ScopeThing* thing = scope_thing_of(item, things);
    if (!thing) {
      if (scope_has_register(item.kind))
        add(item, fmt::format("\"{}\" names nothing in its register.", item.target), {}, false);
      return;
    }
    if (item.inclusion == ScopeItemInclusion::interface && !thing->supplier.empty() &&
        checks::id_of(item.supplier).empty()) {
      add(item, fmt::format("\"{}\" is provided from outside, but the interface names no supplier.", name), "C4.3-05",
          false);
    }
    if (!thing->in_register || item.inclusion == ScopeItemInclusion::interface) return;
    bool inside = item.inclusion == ScopeItemInclusion::in;
    if (*thing->in_register != inside) {
      add(item,
          inside ? fmt::format("\"{}\" is inside, but its register does not count it as in scope.", name)
                 : fmt::format("\"{}\" is left out, but its register counts it as in scope.", name),
          {}, false);
    }
  }

  void judge_needs(const ScopeItem& item, const std::string& name) {
    const ScopeThing* thing = item.inclusion == ScopeItemInclusion::in ? scope_thing_of(item, things) : nullptr;
    if (!thing) return;
    for (const ScopeNeed& need : thing->needs) {
      const ScopeThing* needed = scope_thing_needed(need, things);
      const ScopeItem* decided = needed ? decision_on(*needed, items) : nullptr;
      if (!decided || scope_holds_inside(*decided)) continue;
      add(*decided, fmt::format("\"{}\" is left out, but \"{}\" inside {} it.", needed->name, name, need.how),
          "C4.3-04", false);
    }
  }
};

std::string scope_words(std::vector<std::string> names) {
  if (names.empty()) return {};
  std::string last = std::move(names.back());
  names.pop_back();
  return names.empty() ? last : fmt::format("{} and {}", join(names, ", "), last);
}

std::vector<std::string> scope_names(ScopeItemInclusion inclusion, std::optional<ScopeItemKind> kind,
                                     std::span<const ScopeThing> things, std::span<const ScopeItem> items) {
  std::vector<std::string> out;
  for (const ScopeItem& item : items) {
    if (item.inclusion == inclusion && (!kind || item.kind == *kind)) out.push_back(name_of_item(item, things));
  }
  return out;
}

auto scope_key(const ScopeItem& item) { return std::tuple(item.kind, lower(trim(item.target))); }

std::vector<const ScopeItem*> scope_sorted(std::span<const ScopeItem> items) {
  std::vector<const ScopeItem*> out;
  for (const ScopeItem& item : items) out.push_back(&item);
  std::ranges::sort(out, {}, [](const ScopeItem* item) { return std::pair(scope_key(*item), item->inclusion); });
  return out;
}

std::vector<std::string> scope_fields_that_differ(const ScopeItem& before, const ScopeItem& after) {
  std::vector<std::string> out;
  if (before.inclusion != after.inclusion) out.emplace_back("inclusion");
  if (before.justification != after.justification) out.emplace_back("justification");
  if (before.in_scope_depends_on_it != after.in_scope_depends_on_it) out.emplace_back("in_scope_depends_on_it");
  if (before.responsibility_split != after.responsibility_split) out.emplace_back("responsibility_split");
  if (checks::id_of(before.supplier) != checks::id_of(after.supplier)) out.emplace_back("supplier");
  return out;
}

}  // namespace

bool speaks_of(const ScopeItem& item, const ScopeThing& thing) {
  if (item.kind != thing.kind && item.kind != ScopeItemKind::interface) return false;
  return item.target == thing.target || scope_same_text(item.target, thing.name);
}

const ScopeItem* decision_on(const ScopeThing& thing, std::span<const ScopeItem> items) {
  const ScopeItem* out = nullptr;
  for (const ScopeItem& item : items) {
    if (!speaks_of(item, thing)) continue;
    if (scope_holds_inside(item)) return &item;
    if (!out) out = &item;
  }
  return out;
}

std::string name_of_item(const ScopeItem& item, std::span<const ScopeThing> things) {
  const ScopeThing* thing = scope_thing_of(item, things);
  return thing ? thing->name : item.target;
}

std::vector<UndecidedThing> undecided(std::span<const ScopeThing> things, std::span<const ScopeItem> items) {
  std::vector<UndecidedThing> out;
  for (const ScopeThing& thing : things) {
    if (decision_on(thing, items)) continue;
    UndecidedThing open{&thing, {}};
    for (const ScopeThing& other : things) {
      const ScopeItem* decided = decision_on(other, items);
      if (!decided || decided->inclusion != ScopeItemInclusion::in) continue;
      bool needs_it = std::ranges::any_of(
          other.needs, [&](const ScopeNeed& need) { return need.kind == thing.kind && need.target == thing.target; });
      if (needs_it) open.needed_by.push_back(other.name);
    }
    out.push_back(std::move(open));
  }
  return out;
}

std::vector<ScopeContradiction> scope_contradictions(std::span<const ScopeThing> things,
                                                     std::span<const ScopeItem> items) {
  ScopeJudge judge{things, items, {}};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ScopeItem& item = items[i];
    std::string name = name_of_item(item, things);
    judge.judge_alone(item, name);
    judge.judge_register(item, name);
    judge.judge_needs(item, name);
    auto earlier = items.first(i);
    if (std::ranges::any_of(earlier, [&](const ScopeItem& other) { return scope_key(other) == scope_key(item); })) {
      judge.add(item, fmt::format("\"{}\" is listed twice.", name), {}, false);
    }
  }
  std::ranges::stable_sort(
      judge.found, [](const ScopeContradiction& a, const ScopeContradiction& b) { return a.blocks && !b.blocks; });
  return std::move(judge.found);
}

std::vector<ScopeItemChange> scope_difference(std::span<const ScopeItem> before, std::span<const ScopeItem> after) {
  std::vector<ScopeItemChange> out;
  auto old_items = scope_sorted(before), new_items = scope_sorted(after);
  std::size_t i = 0, k = 0;
  while (i < old_items.size() || k < new_items.size()) {
    bool only_old =
        k == new_items.size() || (i < old_items.size() && scope_key(*old_items[i]) < scope_key(*new_items[k]));
    bool only_new = !only_old && (i == old_items.size() || scope_key(*new_items[k]) < scope_key(*old_items[i]));
    if (only_old) {
      out.push_back({ScopeItemChange::Kind::removed, old_items[i++], nullptr, {}});
    } else if (only_new) {
      out.push_back({ScopeItemChange::Kind::added, nullptr, new_items[k++], {}});
    } else {
      auto fields = scope_fields_that_differ(*old_items[i], *new_items[k]);
      if (!fields.empty())
        out.push_back({ScopeItemChange::Kind::changed, old_items[i], new_items[k], std::move(fields)});
      ++i;
      ++k;
    }
  }
  return out;
}

std::string scope_wording(std::string_view organisation, std::string_view soa_version,
                          std::span<const ScopeThing> things, std::span<const ScopeItem> items) {
  auto inside = [&](ScopeItemKind kind) { return scope_names(ScopeItemInclusion::in, kind, things, items); };
  if (scope_names(ScopeItemInclusion::in, std::nullopt, things, items).empty()) return {};
  // What leads the sentence names its sort; what follows is tied to it.
  struct Dimension {
    ScopeItemKind kind;
    std::string_view one, many, tie;
  };
  static constexpr Dimension dimensions[] = {
      {ScopeItemKind::process, "the process", "the processes", ""},
      {ScopeItemKind::org_unit, "the unit", "the units", "carried out by"},
      {ScopeItemKind::site, "the site", "the sites", "at"},
      {ScopeItemKind::system, "the system", "the systems", "with"},
      {ScopeItemKind::cloud_region, "the cloud region", "the cloud regions", "in"},
  };
  std::vector<std::string> parts;
  for (const Dimension& dimension : dimensions) {
    auto names = inside(dimension.kind);
    if (names.empty()) continue;
    constexpr std::size_t most = 8;
    std::string_view sort = names.size() == 1 ? dimension.one : dimension.many;
    // Units and sites follow by their names alone; systems and regions keep their sort.
    bool plain = !parts.empty() && (dimension.kind == ScopeItemKind::org_unit || dimension.kind == ScopeItemKind::site);
    std::string words = names.size() > most ? fmt::format("{} {} of the boundary", names.size(), sort.substr(4))
                        : plain             ? scope_words(names)
                                            : fmt::format("{} {}", sort, scope_words(names));
    parts.push_back(parts.empty() ? words : fmt::format("{} {}", dimension.tie, words));
  }
  auto entities = inside(ScopeItemKind::legal_entity), classes = inside(ScopeItemKind::asset_class);
  if (parts.empty()) parts.push_back(scope_words(scope_names(ScopeItemInclusion::in, std::nullopt, things, items)));
  std::string out = fmt::format("The information security management system of {} covers {}",
                                organisation.empty() ? "the organisation" : organisation, join(parts, ", "));
  if (!soa_version.empty())
    out += fmt::format(", in accordance with version {} of the Statement of Applicability", soa_version);
  out += ".";
  if (!entities.empty()) out += fmt::format(" It applies to {}.", scope_words(entities));
  if (!classes.empty()) out += fmt::format(" It protects assets of these classes: {}.", scope_words(classes));
  auto edges = scope_names(ScopeItemInclusion::interface, std::nullopt, things, items);
  if (!edges.empty()) out += fmt::format(" Interfaces with divided responsibility: {}.", scope_words(edges));
  auto outside = scope_names(ScopeItemInclusion::out, std::nullopt, things, items);
  if (!outside.empty()) out += fmt::format(" Outside, with reasons: {}.", scope_words(outside));
  return out;
}

}  // namespace assay
