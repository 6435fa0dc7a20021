#include "workflows/scope/change_impact.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "isms/operations/asset.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"
#include "workflows/scope/boundary.h"
#include "workflows/scope/seen.h"

namespace assay {
namespace {

template <class T>
std::set<Id> ids_of(const std::vector<Ref<T>>& refs) {
  std::set<Id> out;
  for (const Ref<T>& ref : refs) out.insert(ref.id);
  return out;
}

Result<Id> scope_to_look_at(const RegisterService& registers, const Principal& principal) {
  TRY(auto versions, scope_versions(registers, principal));
  for (const ScopeStatement& version : versions) {
    if (version.status == VersionStatus::effective) return version.id;
  }
  return versions.empty() ? Id() : versions.front().id;
}

// Whether the asset lies in the thing that the item speaks of.
bool lies_in(const Asset& asset, const ScopeItem& item) {
  switch (item.kind) {
    case ScopeItemKind::system: return checks::id_of(asset.system) == item.target;
    case ScopeItemKind::site: return checks::id_of(asset.site) == item.target;
    case ScopeItemKind::cloud_region: return asset.cloud_region == item.target;
    case ScopeItemKind::asset_class:
      return choices_of<AssetKind>[static_cast<std::size_t>(asset.kind)].name == item.target;
    default: return false;
  }
}

void add_risks(ChangeImpact& impact, const std::vector<Risk>& risks, const std::vector<Asset>& assets,
               const std::vector<ScopeItem>& touched) {
  std::set<Id> chosen = ids_of(impact.change.touched_risks);
  std::map<Id, std::string> why;
  for (const Asset& asset : assets) {
    if (std::ranges::any_of(touched, [&](const ScopeItem& item) { return lies_in(asset, item); }))
      why.emplace(asset.id, asset.name);
  }
  for (const Risk& risk : risks) {
    auto asset = std::ranges::find_if(risk.assets, [&](const Ref<Asset>& ref) { return why.contains(ref.id); });
    bool hit = asset != risk.assets.end();
    if (!hit && !chosen.contains(risk.id)) continue;
    impact.risks.push_back({risk.id, risk.title, hit ? fmt::format("concerns {}", why[asset->id]) : std::string(),
                            chosen.contains(risk.id)});
  }
}

void add_soa_entries(ChangeImpact& impact, const std::vector<SoAEntry>& entries, const std::vector<Risk>& risks) {
  std::set<Id> chosen = ids_of(impact.change.touched_soa_entries), touched = ids_of(impact.change.touched_risks);
  std::map<Id, Id> by_control;  // control -> a chosen risk that it treats
  for (const Risk& risk : risks) {
    if (!touched.contains(risk.id)) continue;
    for (const Ref<Control>& control : risk.controls) by_control.emplace(control.id, risk.id);
  }
  for (const SoAEntry& entry : entries) {
    auto risk =
        std::ranges::find_if(entry.linked_risks, [&](const Ref<Risk>& ref) { return touched.contains(ref.id); });
    auto control = by_control.find(checks::id_of(entry.control));
    std::string why;
    if (risk != entry.linked_risks.end()) why = fmt::format("treats {}", risk->id);
    else if (control != by_control.end()) why = fmt::format("treats {}", control->second);
    if (!why.empty() || chosen.contains(entry.id))
      impact.soa_entries.push_back({entry.id, entry.control_ref, why, chosen.contains(entry.id)});
  }
}

}  // namespace

Result<ChangeImpact> change_impact(const RegisterService& registers, const Principal& principal, std::string_view id) {
  ChangeImpact out;
  TRY(out.record, registers.read(principal, IsmsChange::def(), id));
  out.change = decode<IsmsChange>(out.record);
  std::set<Id> chosen = ids_of(out.change.touched_scope_items);
  TRY(Id scope, scope_to_look_at(registers, principal));
  std::vector<ScopeItem> touched;
  if (!scope.empty()) {
    TRY(auto sheet, scope_sheet(registers, principal, scope));
    std::ranges::stable_sort(sheet.items, {}, &ScopeItem::kind);
    for (const ScopeItem& item : sheet.items) {
      bool is_chosen = chosen.contains(item.id);
      out.scope_items.push_back({item.id, name_of_item(item, sheet.things),
                                 std::string(choices_of<ScopeItemKind>[static_cast<std::size_t>(item.kind)].label),
                                 is_chosen});
      if (is_chosen) touched.push_back(item);
    }
  }
  TRY(auto risks, seen_of<Risk>(registers, principal));
  TRY(auto assets, seen_of<Asset>(registers, principal));
  add_risks(out, risks, assets, touched);
  TRY(auto statements, seen_of<StatementOfApplicability>(registers, principal));
  auto newest = std::ranges::max_element(statements, {}, &StatementOfApplicability::version);
  if (newest != statements.end()) {
    TRY(auto entries, seen_of<SoAEntry>(registers, principal, "soa", newest->id));
    add_soa_entries(out, entries, risks);
  }
  return out;
}

Result<Record> keep_impact(const RegisterService& registers, const Principal& principal, std::string_view id,
                           std::int64_t version, const std::vector<Id>& scope_items, const std::vector<Id>& risks,
                           const std::vector<Id>& soa_entries) {
  const EntityDef& def = IsmsChange::def();
  Patch patch = patch_of(
      def, {{"touched_scope_items", scope_items}, {"touched_risks", risks}, {"touched_soa_entries", soa_entries}});
  if (!scope_items.empty()) patch.emplace_back(def.find("affects_scope"), true);
  return registers.change(principal, def, id, version, patch);
}

}  // namespace assay
