#include "isms/soa/soa_facts.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/operations/asset.h"
#include "isms/operations/change.h"
#include "isms/operations/code_repository.h"
#include "isms/operations/data_store.h"
#include "isms/operations/system.h"
#include "isms/operations/tls_endpoint.h"
#include "isms/organisation/person.h"
#include "isms/organisation/process.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"
#include "isms/suppliers/supplier.h"

namespace assay {
namespace {

constexpr std::string_view fact_code = "source code or releases in scope";
constexpr std::string_view fact_suppliers = "suppliers in scope";
constexpr std::string_view fact_cloud = "cloud services in scope";
constexpr std::string_view fact_outsourced = "outsourced development";
constexpr std::string_view fact_remote = "people who work remotely";
constexpr std::string_view fact_site = "a physical site in scope";
constexpr std::string_view fact_personal = "personal data in assets";
constexpr std::string_view fact_production = "production data in systems for development or test";
constexpr std::string_view fact_confidential = "confidential data stored or carried";

std::string_view topic_against(std::string_view ref) {
  struct Trigger {
    std::string_view refs, topic;
  };
  constexpr Trigger triggers[] = {{"8.4 8.25 8.26 8.27 8.28 8.29 8.31", fact_code},
                                  {"8.30", fact_outsourced},
                                  {"5.19 5.20 5.21 5.22", fact_suppliers},
                                  {"5.23", fact_cloud},
                                  {"6.7", fact_remote},
                                  {"5.34", fact_personal},
                                  {"8.33", fact_production},
                                  {"8.24", fact_confidential}};
  if (ref.starts_with("7.")) return fact_site;
  for (const Trigger& trigger : triggers) {
    const auto refs = split(trigger.refs, ' ');
    if (std::ranges::find(refs, ref) != refs.end()) return trigger.topic;
  }
  return {};
}

bool is_sensitive(Classification classification) {
  return classification == Classification::confidential || classification == Classification::restricted;
}

bool is_development(const Process& process) {
  const std::string name = lower(process.name);
  return name.contains("develop") || name.contains("programming") || name.contains("software");
}

bool is_open(const Site& site, Date today) {
  return site.in_scope && site.opened_on <= today && (!site.closed_on || *site.closed_on >= today);
}

}  // namespace

SoaFacts::SoaFacts(const SoaFactSources& sources, Date today) {
  std::set<Id> in_scope;
  for (const System& system : sources.systems) {
    if (system.in_scope) in_scope.insert(system.id);
  }
  auto add = [&](std::string_view topic, const EntityDef& def, const Id& id, std::string_view title) {
    if (std::ranges::find(facts_, topic, &SoaFact::topic) == facts_.end())
      facts_.push_back({std::string(topic), &def, id, std::string(title)});
  };
  for (const CodeRepository& repository : sources.repositories) {
    if (in_scope.contains(repository.system.id)) add(fact_code, CodeRepository::def(), repository.id, repository.id);
  }
  for (const Change& release : sources.releases) {
    if (release.kind == ChangeKind::release && in_scope.contains(checks::id_of(release.system)))
      add(fact_code, Change::def(), release.id, release.title);
  }
  for (const Supplier& supplier : sources.suppliers) {
    if (!supplier.in_scope || supplier.status == SupplierStatus::ended) continue;
    add(fact_suppliers, Supplier::def(), supplier.id, supplier.name);
    if (supplier.cloud_service) add(fact_cloud, Supplier::def(), supplier.id, supplier.name);
  }
  for (const Process& process : sources.processes) {
    const bool outside = !checks::id_of(process.externally_provided_by).empty();
    if (process.in_scope && outside && is_development(process))
      add(fact_outsourced, Process::def(), process.id, process.name);
  }
  if (sources.remote_worker)
    add(fact_remote, Person::def(), sources.remote_worker->first, sources.remote_worker->second);
  for (const Site& site : sources.sites) {
    if (is_open(site, today) && site.kind != SiteKind::virtual_) add(fact_site, Site::def(), site.id, site.name);
  }
  if (sources.personal_asset)
    add(fact_personal, Asset::def(), sources.personal_asset->first, sources.personal_asset->second);
  for (const System& system : sources.systems) {
    if (system.in_scope && system.uses_production_data) add(fact_production, System::def(), system.id, system.name);
  }
  for (const DataStore& store : sources.data_stores) {
    if (in_scope.contains(store.system.id) && is_sensitive(store.classification))
      add(fact_confidential, DataStore::def(), store.id, store.name);
  }
  for (const TlsEndpoint& endpoint : sources.tls_endpoints) {
    if (in_scope.contains(endpoint.system.id) && endpoint.carries_sensitive)
      add(fact_confidential, TlsEndpoint::def(), endpoint.id, endpoint.host);
  }
}

const SoaFact* SoaFacts::against(std::string_view control_ref) const {
  const std::string_view topic = topic_against(control_ref);
  if (topic.empty()) return nullptr;
  const auto found = std::ranges::find(facts_, topic, &SoaFact::topic);
  return found == facts_.end() ? nullptr : &*found;
}

void SoaFacts::hide_records(const EntityDef& def) {
  for (SoaFact& fact : facts_) {
    if (fact.def != &def) continue;
    fact.def = nullptr;
    fact.id.clear();
    fact.title.clear();
  }
}

}  // namespace assay
