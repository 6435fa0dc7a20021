#include "kernel/model/entity.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace assay {

const FieldDef* EntityDef::find(std::string_view field_name) const {
  for (const FieldDef& field : fields) {
    if (field.name == field_name) return &field;
  }
  return nullptr;
}

std::size_t EntityDef::index(std::string_view field_name) const {
  const FieldDef* field = find(field_name);
  if (!field) throw std::logic_error("register " + std::string(text.name) + " has no field " + std::string(field_name));
  return static_cast<std::size_t>(field - fields.data());
}

const FieldDef& EntityDef::title_field() const {
  return *std::find_if(fields.begin(), fields.end(), [](const FieldDef& field) { return field.text.title; });
}

bool EntityDef::is_indexed(const FieldDef& field) const {
  if (field.is_list() || field.kind == Kind::json || field.text.multiline) return false;
  bool is_state = lifecycle && lifecycle->field == field.name;
  if (field.custom) return field.text.in_list && !field.retired;
  return field.text.in_list || field.text.indexed || field.text.unique || is_state || field.kind == Kind::reference;
}

std::string Who::words() const {
  std::string out;
  if (!holder.empty()) {
    out = "the person named as " + replace_all(holder, "_", " ");
    if (or_superior) out += ", or a superior";
  }
  if (!holder_only && !roles.empty()) out += (out.empty() ? "" : "; ") + roles.labels();
  return out;
}

Registry::Registry(std::span<const EntityDef* const> entities) : entities_(entities.begin(), entities.end()) {
  for (const EntityDef* def : entities_) by_name_.emplace_back(def->name(), def);
  std::sort(by_name_.begin(), by_name_.end());
  referrers_.resize(entities_.size());
  for (const EntityDef* def : entities_) {
    for (const FieldDef& field : def->fields) {
      if (field.refers()) referrers_[position(field.target())].push_back({def, &field});
    }
  }
}

std::size_t Registry::position(const EntityDef& def) const {
  return static_cast<std::size_t>(std::find(entities_.begin(), entities_.end(), &def) - entities_.begin());
}

const EntityDef* Registry::find(std::string_view name) const {
  auto at = std::lower_bound(by_name_.begin(), by_name_.end(), name,
                             [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return at != by_name_.end() && at->first == name ? at->second : nullptr;
}

std::string Registry::nearest(std::string_view name) const {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(3, name.size() / 3) + 1;
  for (const auto& [candidate, def] : by_name_) {
    std::size_t distance = edit_distance(candidate, name);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

const std::vector<Registry::Referrer>& Registry::referrers(const EntityDef& target) const {
  return referrers_.at(position(target));
}

}  // namespace assay
