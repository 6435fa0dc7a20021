#include "workflows/scope/boundary.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/operations/asset.h"
#include "isms/operations/system.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/organisation.h"
#include "isms/organisation/process.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"
#include "isms/soa/statement_of_applicability.h"
#include "isms/suppliers/supplier.h"
#include "workflows/scope/seen.h"

namespace assay {
namespace {

void add_suppliers(std::vector<ScopeThing>& things, const std::vector<Supplier>& suppliers) {
  for (const Supplier& supplier : suppliers) {
    if (supplier.status == SupplierStatus::ended) continue;
    things.push_back({ScopeItemKind::interface, supplier.id, supplier.name, std::nullopt, supplier.id, {}});
  }
}

// A supplier that provides a thing is needed by it.
void need_supplier(ScopeThing& thing, const std::optional<Ref<Supplier>>& supplier) {
  if (checks::id_of(supplier).empty()) return;
  thing.supplier = supplier->id;
  thing.needs.push_back({ScopeItemKind::interface, supplier->id, "is provided by"});
}

void add_systems(std::vector<ScopeThing>& things, const std::vector<System>& systems) {
  std::set<std::string> regions;
  for (const System& system : systems) {
    ScopeThing thing{ScopeItemKind::system, system.id, system.name, system.in_scope, {}, {}};
    need_supplier(thing, system.supplier);
    if (system.cloud_region && !is_blank(*system.cloud_region)) {
      thing.needs.push_back({ScopeItemKind::cloud_region, *system.cloud_region, "runs in"});
      regions.insert(*system.cloud_region);
    }
    things.push_back(std::move(thing));
  }
  for (const std::string& region : regions)
    things.push_back({ScopeItemKind::cloud_region, region, region, std::nullopt, {}, {}});
}

void add_processes(std::vector<ScopeThing>& things, const std::vector<Process>& processes) {
  std::set<Id> known;
  for (const Process& process : processes) {
    if (process.kind != ProcessKind::isms) known.insert(process.id);
  }
  for (const Process& process : processes) {
    if (!known.contains(process.id)) continue;  // the ISMS lies inside itself
    ScopeThing thing{ScopeItemKind::process, process.id, process.name, process.in_scope, {}, {}};
    need_supplier(thing, process.externally_provided_by);
    if (!checks::id_of(process.org_unit).empty())
      thing.needs.push_back({ScopeItemKind::org_unit, process.org_unit->id, "is run by"});
    for (const Ref<Process>& other : process.interactions) {
      if (known.contains(other.id)) thing.needs.push_back({ScopeItemKind::process, other.id, "works with"});
    }
    things.push_back(std::move(thing));
  }
}

void add_asset_classes(std::vector<ScopeThing>& things, const std::vector<Asset>& assets) {
  std::set<AssetKind> used;
  for (const Asset& asset : assets) {
    if (asset.in_scope && asset.lifecycle != AssetLifecycle::disposed) used.insert(asset.kind);
  }
  for (AssetKind kind : used) {
    const Choice& choice = choices_of<AssetKind>[static_cast<std::size_t>(kind)];
    things.push_back(
        {ScopeItemKind::asset_class, std::string(choice.name), std::string(choice.label), std::nullopt, {}, {}});
  }
}

ProposedChange new_item(const Record& item) {
  ProposedChange change{&ScopeItem::def(), {}, {}, {}, {}};
  for (std::size_t i = 0; i < item.values.size(); ++i) {
    if (!is_unset(item.values[i])) change.values.emplace_back(&item.def->fields[i], item.values[i]);
  }
  return change;
}

// What the registers count as in scope already.
std::vector<ScopeItem> items_by_registers(const std::vector<ScopeThing>& things) {
  std::vector<ScopeItem> out;
  for (const ScopeThing& thing : things) {
    if (!thing.in_register.value_or(false)) continue;
    ScopeItem& item = out.emplace_back();
    item.kind = thing.kind;
    item.target = thing.target;
  }
  return out;
}

// The problems of change i of a batch, which have places "changes[i].field", at the places of the decisions.
Error at_places(Error error, const std::vector<ScopeDecision>& decisions) {
  for (Problem& problem : error.problems) {
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      std::string prefix = fmt::format("changes[{}]", i);
      if (problem.place == prefix || problem.place.starts_with(prefix + ".")) {
        problem.place = decisions[i].place + problem.place.substr(prefix.size());
        break;
      }
    }
  }
  return error;
}

}  // namespace

Result<std::vector<ScopeThing>> scope_things(const RegisterService& registers, const Principal& principal) {
  std::vector<ScopeThing> out;
  TRY(auto units, seen_of<OrgUnit>(registers, principal));
  for (const OrgUnit& unit : units) out.push_back({ScopeItemKind::org_unit, unit.id, unit.name, unit.in_scope, {}, {}});
  TRY(auto organisations, seen_of<Organisation>(registers, principal));
  for (const Organisation& organisation : organisations) {
    for (const std::string& entity : organisation.legal_entities)
      out.push_back({ScopeItemKind::legal_entity, entity, entity, std::nullopt, {}, {}});
  }
  TRY(auto sites, seen_of<Site>(registers, principal));
  for (const Site& site : sites) {
    if (!site.closed_on) out.push_back({ScopeItemKind::site, site.id, site.name, site.in_scope, {}, {}});
  }
  TRY(auto processes, seen_of<Process>(registers, principal));
  add_processes(out, processes);
  TRY(auto systems, seen_of<System>(registers, principal));
  add_systems(out, systems);
  TRY(auto assets, seen_of<Asset>(registers, principal));
  add_asset_classes(out, assets);
  TRY(auto suppliers, seen_of<Supplier>(registers, principal));
  add_suppliers(out, suppliers);
  return out;
}

Result<std::vector<ScopeStatement>> scope_versions(const RegisterService& registers, const Principal& principal) {
  TRY(auto versions, all_of<ScopeStatement>(registers, principal));
  std::ranges::sort(versions, std::greater(), &ScopeStatement::version);
  return versions;
}

Result<ScopeSheet> scope_sheet(const RegisterService& registers, const Principal& principal, std::string_view id) {
  ScopeSheet out;
  TRY(out.record, registers.read(principal, ScopeStatement::def(), id));
  out.statement = decode<ScopeStatement>(out.record);
  TRY(out.items, all_of<ScopeItem>(registers, principal, "scope", id));
  TRY(out.things, scope_things(registers, principal));
  return out;
}

Result<Record> begin_scope_version(const RegisterService& registers, const Principal& principal) {
  TRY(auto versions, scope_versions(registers, principal));
  for (const ScopeStatement& version : versions) {
    if (version.status == VersionStatus::draft || version.status == VersionStatus::in_review) {
      return fail(ErrorKind::conflict,
                  fmt::format("Version {} is still open: finish it, or change it instead.", version.version));
    }
  }
  std::vector<ScopeItem> items;
  Record statement(ScopeStatement::def());
  statement.at("version") = versions.empty() ? std::int64_t{1} : versions.front().version + 1;
  statement.at("text") = versions.empty() ? std::string("To be written.") : versions.front().text;
  statement.at("considers_issues") = false;
  statement.at("considers_requirements") = false;
  if (versions.empty()) {
    ScopeSheet first;
    TRY(first.things, scope_things(registers, principal));
    items = first.items = items_by_registers(first.things);
    TRY(std::string wording, proposed_scope_text(registers, principal, first));
    if (!wording.empty()) statement.at("text") = std::move(wording);
  } else {
    TRY(items, all_of<ScopeItem>(registers, principal, "scope", versions.front().id));
  }
  Record stored;
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    ProposedChange begin = new_item(statement);
    begin.def = &ScopeStatement::def();
    TRY(stored, registers.make_in(transaction, begin));
    for (ScopeItem& item : items) {
      item.scope.id = stored.id;
      CHECK(registers.make_in(transaction, new_item(encode(item))));
    }
    return {};
  }));
  return stored;
}

Result<void> decide_scope(const RegisterService& registers, const Principal& principal, std::string_view statement,
                          const std::vector<ScopeDecision>& decisions) {
  TRY(Record record, registers.read(principal, ScopeStatement::def(), statement));
  if (record.state() != "draft") {
    return fail(ErrorKind::conflict,
                fmt::format("Version {} is {}: its boundary changes in a new version, or after it went back to draft.",
                            display(*record.def->find("version"), record.at("version")), lower(record.state_label())));
  }
  Problems problems;
  std::vector<ProposedChange> changes;
  for (const ScopeDecision& decision : decisions) {
    ScopeItem item = decision.item;
    item.scope.id = Id(statement);
    for (Problem& problem : item.validate())
      problems.push_back({decision.place + "." + problem.place, std::move(problem.message), std::move(problem.value)});
    ProposedChange change = new_item(encode(item));
    change.id = item.id;
    if (!item.id.empty()) {
      // What was emptied is sent as unset, so that it does not stay.
      for (std::string_view name : {"justification", "responsibility_split", "supplier"}) {
        const FieldDef& field = *ScopeItem::def().find(name);
        if (std::ranges::none_of(change.values, [&](const auto& value) { return value.first == &field; }))
          change.values.emplace_back(&field, Value());
      }
    }
    changes.push_back(std::move(change));
  }
  if (!problems.empty()) return fail(std::move(problems), "Nothing was decided: some decisions lack what they need.");
  auto made = registers.make(principal, changes);
  if (!made) return std::unexpected(at_places(std::move(made).error(), decisions));
  return {};
}

Result<std::string> proposed_scope_text(const RegisterService& registers, const Principal& principal,
                                        const ScopeSheet& sheet) {
  TRY(auto organisations, seen_of<Organisation>(registers, principal));
  TRY(auto statements, seen_of<StatementOfApplicability>(registers, principal));
  std::int64_t in_force = 0;
  for (const StatementOfApplicability& soa : statements) {
    if (soa.status == VersionStatus::effective) in_force = std::max(in_force, soa.version);
  }
  return scope_wording(organisations.empty() ? std::string_view() : std::string_view(organisations.front().name),
                       in_force > 0 ? fmt::to_string(in_force) : "", sheet.things, sheet.items);
}

}  // namespace assay
