// What could happen to an asset: by its kind, by what it runs on and who supplies it, and by what comparable assets
// have.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "isms/operations/system.h"
#include "isms/suppliers/supplier.h"
#include "workflows/risk_register/risk_entry.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

// Where a kind of asset is hurt. `categories` of the threats, `areas` of the weaknesses, and words that make an entry
// likely.
struct KindRow {
  AssetKind kind;
  std::string_view categories, areas, words;
};
constexpr KindRow kinds[] = {
    {AssetKind::information, "human_actions technical_failure organisational", "data access people",
     "data information disclosure backup copy encryption ransomware mail"},
    {AssetKind::application, "human_actions technical_failure compromise_of_functions", "application access operations",
     "application software web injection login session release"},
    {AssetKind::server, "technical_failure human_actions compromise_of_functions infrastructure_failure",
     "operations network access", "server patch ransomware exploit disk hardware"},
    {AssetKind::network_device, "technical_failure human_actions infrastructure_failure", "network operations",
     "network firewall line denial traffic"},
    {AssetKind::endpoint, "human_actions physical technical_failure", "endpoint people access",
     "laptop device phone malware theft lost"},
    {AssetKind::ot_device, "technical_failure physical compromise_of_functions infrastructure_failure",
     "operations network physical", "plant device control firmware power"},
    {AssetKind::cloud_resource, "compromise_of_functions organisational human_actions technical_failure",
     "cloud access supplier", "cloud provider account key region storage"},
    {AssetKind::service, "organisational infrastructure_failure technical_failure", "supplier continuity cloud",
     "supplier provider service outage contract"},
    {AssetKind::facility, "physical natural infrastructure_failure", "physical continuity",
     "fire water power office building theft"},
    {AssetKind::people, "human_actions organisational natural", "people organisation",
     "staff key person illness phishing insider"},
    {AssetKind::media, "physical human_actions", "data physical", "media tape paper disposal transit theft"},
    {AssetKind::software_licence, "organisational technical_failure", "application supplier",
     "licence support vendor software"},
};

bool has_word(std::string_view words, std::string_view word) {
  for (std::string_view each : split(words, ' ')) {
    if (each == word) return true;
  }
  return false;
}

// Hits of the kind's words in the text; more the better.
std::size_t hits(std::string_view words, std::string_view text) {
  const std::string low = lower(text);
  std::size_t out = 0;
  for (std::string_view word : split(words, ' ')) out += low.find(word) != std::string::npos ? 1 : 0;
  return out;
}

// The best entries of a catalogue for the kinds of assets; `group` names the column that is matched with the kind.
template <class Entry>
std::vector<const Entry*> likely(const std::vector<Entry>& catalogue, const std::set<AssetKind>& asset_kinds,
                                 std::string Entry::*group, std::string_view KindRow::*groups, std::size_t most) {
  std::vector<std::pair<std::size_t, const Entry*>> weighed;
  for (const Entry& entry : catalogue) {
    std::size_t weight = 0;
    for (const KindRow& row : kinds) {
      if (!asset_kinds.contains(row.kind) || !has_word(row.*groups, entry.*group)) continue;
      weight = std::max(weight, 1 + 2 * hits(row.words, entry.name) + hits(row.words, entry.description));
    }
    if (weight > 0) weighed.emplace_back(weight, &entry);
  }
  std::ranges::stable_sort(weighed, std::ranges::greater(), &std::pair<std::size_t, const Entry*>::first);
  std::vector<const Entry*> out;
  for (std::size_t i = 0; i < weighed.size() && i < most; ++i) out.push_back(weighed[i].second);
  return out;
}

Result<std::vector<Asset>> assets_named(const RegisterService& registers, const Principal& principal,
                                        const std::vector<std::string>& ids) {
  std::vector<Asset> out;
  for (const std::string& id : ids) {
    auto record = registers.read(principal, Asset::def(), id);
    if (record) out.push_back(decode<Asset>(*record));
    else if (record.error().kind != ErrorKind::not_found) return Failure(std::move(record).error());
  }
  return out;
}

std::string surroundings_of(const RegisterService& registers, const Principal& principal, const Asset& asset) {
  std::string out =
      fmt::format("{}: {}", asset.name, choices_of<AssetKind>[static_cast<std::size_t>(asset.kind)].label);
  if (asset.personal_data) out += ", holds personal data";
  if (!asset.system || asset.system->empty()) return out;
  auto record = registers.read(principal, System::def(), asset.system->id);
  if (!record) return out;
  const System system = decode<System>(*record);
  out += fmt::format(", on {}", system.name);
  if (system.internet_facing) out += ", reachable from the internet";
  if (!system.mfa_enforced) out += ", second factor not enforced";
  if (!system.supplier || system.supplier->empty()) return out;
  auto supplier = registers.read(principal, Supplier::def(), system.supplier->id);
  return supplier ? fmt::format("{}, supplied by {}", out, supplier->title()) : out;
}

// Other assets of the same kind or on the same system, with their names; at most as many as one question takes.
Result<std::map<Id, std::string>> comparable_assets(const RegisterService& registers, const Principal& principal,
                                                    const std::vector<Asset>& assets) {
  constexpr std::size_t most = 200;
  const EntityDef& def = Asset::def();
  std::map<Id, std::string> out;
  const auto add = [&](std::string_view field, std::vector<std::string> values) -> Result<void> {
    if (values.empty()) return {};
    ListQuery query{.def = &def,
                    .filters = {{&def.fields[def.index(field)], Comparison::is, std::move(values)}},
                    .search = {},
                    .after = {},
                    .limit = most,
                    .columns = {&def.fields[def.index("name")]}};
    TRY(Page page, registers.list(principal, query));
    for (const ListRow& row : page.rows) out.emplace(row.record.id, std::string(row.record.title()));
    return {};
  };
  std::vector<std::string> asset_kinds, systems;
  for (const Asset& asset : assets) {
    asset_kinds.emplace_back(choices_of<AssetKind>[static_cast<std::size_t>(asset.kind)].name);
    if (asset.system && !asset.system->empty()) systems.push_back(asset.system->id);
  }
  CHECK(add("system", std::move(systems)));
  CHECK(add("kind", std::move(asset_kinds)));
  for (const Asset& asset : assets) out.erase(asset.id);
  return out;
}

bool risk_is_told(const std::vector<NearRisk>& told, const Risk& risk) {
  return std::ranges::any_of(told, [&](const NearRisk& near) {
    return likeness(near.risk.threat.value_or(""), risk.threat.value_or("")) >= 0.8;
  });
}

}  // namespace

Result<EntrySuggestions> suggestions_for(const RegisterService& registers, const Principal& principal,
                                         const Library& library, const std::vector<std::string>& assets) {
  constexpr std::size_t most = 6, most_comparable = 8;
  EntrySuggestions out;
  TRY(out.assets, assets_named(registers, principal, assets));
  if (out.assets.empty()) return out;
  std::set<AssetKind> asset_kinds;
  for (const Asset& asset : out.assets) {
    asset_kinds.insert(asset.kind);
    out.surroundings.push_back(surroundings_of(registers, principal, asset));
  }
  out.threats = likely(library.threats(), asset_kinds, &Threat::category, &KindRow::categories, 3 * most);
  out.weaknesses = likely(library.weaknesses(), asset_kinds, &Weakness::area, &KindRow::areas, most);

  const FieldDef& field = Risk::def().fields[Risk::def().index("assets")];
  const auto about = [&](std::vector<std::string> ids) {
    return read_risks(
        registers, principal, {{&field, Comparison::is, std::move(ids)}, open_risks()},
        {"title", "threat", "threat_category", "weakness", "consequence", "assets", "cia", "residual_score", "status"});
  };
  TRY(auto own, about(assets));
  std::erase_if(out.threats, [&](const Threat* threat) {
    return std::ranges::any_of(
        own, [&](const Risk& risk) { return likeness(risk.threat.value_or(""), threat->name) >= 0.6; });
  });
  if (out.threats.size() > most) out.threats.resize(most);

  TRY(auto others, comparable_assets(registers, principal, out.assets));
  std::vector<std::string> ids;
  for (const auto& [id, name] : others) ids.push_back(id);
  if (ids.empty()) return out;
  TRY(auto theirs, about(std::move(ids)));
  std::ranges::stable_sort(theirs, std::ranges::greater(),
                           [](const Risk& risk) { return risk.residual_score.value_or(-1); });
  for (Risk& risk : theirs) {
    const bool ours = std::ranges::any_of(own, [&](const Risk& mine) {
      return mine.id == risk.id || likeness(mine.threat.value_or(""), risk.threat.value_or("")) >= 0.8;
    });
    if (ours || risk_is_told(out.comparable, risk) || out.comparable.size() >= most_comparable) continue;
    const auto asset =
        std::ranges::find_if(risk.assets, [&](const Ref<Asset>& each) { return others.contains(each.id); });
    std::string why =
        asset == risk.assets.end() ? std::string("Comparable asset") : fmt::format("{} has it", others.at(asset->id));
    out.comparable.push_back({std::move(risk), std::move(why)});
  }
  return out;
}

}  // namespace assay
