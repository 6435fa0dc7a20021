#include "kernel/service/wholes.h"

#include <fmt/format.h>

#include "base/text.h"

namespace assay {
namespace {

std::string settled_words(const Record& whole) {
  return fmt::format("{} {} is {}", whole.def->text.label, whole.id, lower(whole.state_label()));
}

}  // namespace

bool settles(const Record& whole, const EntityDef& part) { return has_word(part.text.settled_with, whole.state()); }

std::optional<Record> settling_whole(const Lookup& lookup, const Record& part) {
  const EntityText& text = part.def->text;
  if (text.settled_with.empty()) return std::nullopt;
  auto whole = lookup.find(part.def->find(text.parent)->target(), part.text(text.parent));
  return whole && settles(*whole, *part.def) ? std::move(whole) : std::nullopt;
}

Problems settled_with_whole(const Lookup& lookup, const Record& after, const Record* before) {
  const EntityText& text = after.def->text;
  if (text.settled_with.empty()) return {};
  if (!before) {
    auto whole = settling_whole(lookup, after);
    if (!whole) return {};
    return {{std::string(text.parent), settled_words(*whole) + ": nothing is added to it any more",
             std::string(whole->id)}};
  }
  auto changes = [&](const FieldDef& field) {
    const bool settled = text.settled_fields.empty() || has_word(text.settled_fields, field.name);
    return settled && before->at(field.name) != after.at(field.name);
  };
  Problems problems;
  std::optional<Record> from;
  for (const FieldDef& field : after.def->fields) {
    if (!changes(field)) continue;
    if (!from && !(from = settling_whole(lookup, *before))) break;
    problems.push_back({std::string(field.name), "does not change any more: " + settled_words(*from),
                        display(field, after.at(field.name))});
  }
  if (from || before->at(text.parent) == after.at(text.parent)) return problems;
  return settled_with_whole(lookup, after, nullptr);
}

bool is_settled(const Lookup& lookup, const Record& part) {
  return part.def->text.settled_fields.empty() && settling_whole(lookup, part);
}

}  // namespace assay
