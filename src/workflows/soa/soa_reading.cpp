#include "workflows/soa/soa_reading.h"

#include "isms/operations/asset.h"
#include "isms/operations/change.h"
#include "isms/operations/code_repository.h"
#include "isms/operations/data_store.h"
#include "isms/operations/system.h"
#include "isms/operations/tls_endpoint.h"
#include "isms/organisation/person.h"
#include "isms/organisation/process.h"
#include "isms/organisation/site.h"
#include "isms/suppliers/supplier.h"

namespace assay {
namespace {

Filter filter_of(const EntityDef& def, std::string_view field, Comparison comparison, std::vector<std::string> values) {
  return {&def.fields[def.index(field)], comparison, std::move(values)};
}

// The first record that the filters admit and `fits` takes, with its title.
std::optional<std::pair<Id, std::string>> first_of(const Reader& reader, const EntityDef& def,
                                                   std::vector<Filter> filters, Result<void>& failure,
                                                   const std::function<bool(const Record&)>& fits) {
  ListQuery query;
  query.def = &def;
  query.filters = std::move(filters);
  query.limit = 50;
  while (failure) {
    auto page = reader.list(query);
    if (!page) {
      failure = Failure(page.error());
      break;
    }
    for (const ListRow& row : page->rows) {
      if (fits(row.record)) return std::pair(row.record.id, std::string(row.record.title()));
    }
    if (page->next.empty()) break;
    query.after = page->next;
  }
  return std::nullopt;
}

std::optional<std::pair<Id, std::string>> remote_worker(const Reader& reader, Result<void>& failure) {
  const EntityDef& def = Person::def();
  const Date today = reader.today();
  return first_of(
      reader, def,
      {filter_of(def, "works_remotely", Comparison::is, {"true"}), filter_of(def, "in_scope", Comparison::is, {"true"}),
       filter_of(def, "status", Comparison::is, {"active", "leave"}),
       filter_of(def, "start_date", Comparison::at_most, {today.iso()})},
      failure, [&](const Record& person) {
        return is_unset(person.at("end_date")) || person.text("end_date") >= std::string_view(today.iso());
      });
}

std::optional<std::pair<Id, std::string>> personal_asset(const Reader& reader, Result<void>& failure) {
  const EntityDef& def = Asset::def();
  return first_of(
      reader, def,
      {filter_of(def, "personal_data", Comparison::is, {"true"}), filter_of(def, "in_scope", Comparison::is, {"true"}),
       filter_of(def, "lifecycle", Comparison::is, {"active"})},
      failure, [](const Record&) { return true; });
}

}  // namespace

std::vector<Record> seen_records(const Reader& reader, const Principal& principal, const EntityDef& def,
                                 Result<void>& failure, std::string_view field, std::vector<std::string> values) {
  std::vector<Record> out;
  if (!failure || !may(principal, Action::see, def).allowed) return out;
  ListQuery query;
  query.def = &def;
  if (!field.empty()) query.filters.push_back(filter_of(def, field, Comparison::is, std::move(values)));
  if (auto own = row_filter(principal, def)) query.filters.push_back(*own);
  failure = reader.each(query, [&](const Record& record) -> Result<void> {
    out.push_back(shown_to(principal, record));
    return {};
  });
  return out;
}

Result<SoaFacts> read_soa_facts(const Reader& reader, const Principal& principal) {
  // That suppliers are in scope is no secret of the register of suppliers: findings tell it too.
  const Principal whole = Principal::product("facts of the Statement of Applicability");
  Result<void> failure;
  SoaFactSources sources;
  sources.systems = seen<System>(reader, whole, failure);
  sources.repositories = seen<CodeRepository>(reader, whole, failure);
  sources.suppliers = seen<Supplier>(reader, whole, failure);
  sources.processes = seen<Process>(reader, whole, failure, "in_scope", {"true"});
  sources.sites = seen<Site>(reader, whole, failure);
  sources.data_stores = seen<DataStore>(reader, whole, failure, "classification", {"confidential", "restricted"});
  sources.tls_endpoints = seen<TlsEndpoint>(reader, whole, failure, "carries_sensitive", {"true"});
  if (sources.repositories.empty()) sources.releases = seen<Change>(reader, whole, failure, "kind", {"release"});
  sources.remote_worker = remote_worker(reader, failure);
  sources.personal_asset = personal_asset(reader, failure);
  CHECK(failure);
  SoaFacts facts(sources, reader.today());
  for (const EntityDef* def :
       {&CodeRepository::def(), &Change::def(), &Supplier::def(), &Process::def(), &Person::def(), &Site::def(),
        &Asset::def(), &System::def(), &DataStore::def(), &TlsEndpoint::def()}) {
    if (!may(principal, Action::see, *def).allowed || row_filter(principal, *def)) facts.hide_records(*def);
  }
  return facts;
}

}  // namespace assay
