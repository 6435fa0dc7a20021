#include "kernel/service/chains.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace assay {
namespace {

std::vector<Id> named_in(const Record& record, const FieldDef& field) {
  if (field.is_list()) return list_of(record.at(field.name));
  return record.text(field.name).empty() ? std::vector<Id>() : std::vector<Id>{Id(record.text(field.name))};
}

// Follows the field from `from`; fills `path` with the way back to `goal`.
bool leads_to(const Reader& reader, const FieldDef& field, const EntityDef& def, const Id& from, const Id& goal,
              std::set<Id>& seen, std::vector<Id>& path) {
  path.push_back(from);
  if (from == goal) return true;
  if (seen.insert(from).second) {
    if (auto record = reader.find(def, from)) {
      for (const Id& next : named_in(*record, field)) {
        if (leads_to(reader, field, def, next, goal, seen, path)) return true;
      }
    }
  }
  path.pop_back();
  return false;
}

}  // namespace

Result<Problems> circles_of(const Reader& reader, const Record& after, const Record* before) {
  Problems problems;
  if (after.id.empty()) return problems;  // nothing can name it yet
  for (const FieldDef& field : after.def->fields) {
    if (!field.text.chain) continue;
    if (before && before->at(field.name) == after.at(field.name)) continue;
    for (const Id& first : named_in(after, field)) {
      std::set<Id> seen;
      std::vector<Id> path{after.id};
      if (!leads_to(reader, field, *after.def, first, after.id, seen, path)) continue;
      problems.push_back(
          {std::string(field.name), fmt::format("must not lead back to where it began: {}", join(path, " → ")), first});
      break;
    }
  }
  return problems;
}

}  // namespace assay
