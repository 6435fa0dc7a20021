#include "workflows/live/touch_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/text.h"
#include "isms/audit/nonconformity.h"
#include "isms/controls/control.h"
#include "isms/controls/control_exception.h"
#include "isms/operations/asset.h"
#include "isms/operations/change.h"
#include "isms/operations/incident.h"
#include "isms/operations/system.h"
#include "isms/operations/vulnerability_finding.h"
#include "isms/operations/vulnerability_scan.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"
#include "isms/suppliers/supplier.h"
#include "kernel/service/conformity.h"
#include "workflows/records.h"

namespace assay {
namespace {

constexpr std::size_t most_entries = 5000;
constexpr double severe_cvss = 7;

void tag_if(TouchSource& source, bool holds, std::string_view tag) {
  if (holds) source.tags.emplace(tag);
}

template <class T>
std::vector<Id> ids_of(const std::vector<Ref<T>>& refs) {
  std::vector<Id> ids;
  for (const Ref<T>& ref : refs) ids.push_back(ref.id);
  return ids;
}

// Each fills what of the record matters and says whether it touches anything at all.

bool describe_asset(TouchSource& source, const Record& record) {
  const auto asset = decode<Asset>(record);
  const bool lives = asset.lifecycle == AssetLifecycle::planned || asset.lifecycle == AssetLifecycle::active;
  source.assets = {asset.id};
  tag_if(source, asset.kind == AssetKind::cloud_resource || checks::given(asset.cloud_region), "cloud");
  tag_if(source, asset.personal_data, "personal_data");
  tag_if(source, asset.kind == AssetKind::application || asset.kind == AssetKind::software_licence, "software");
  tag_if(source, asset.kind == AssetKind::media, "media");
  tag_if(source, asset.in_scope && lives, "wants_risk");
  return true;
}

bool describe_supplier(TouchSource& source, const Record& record) {
  const auto supplier = decode<Supplier>(record);
  tag_if(source, supplier.cloud_service, "cloud");
  tag_if(source, supplier.processes_personal_data, "personal_data");
  tag_if(source, !supplier.component_provenance_known && supplier.tier != SupplierTier::standard, "components");
  tag_if(source, supplier.processes_personal_data || supplier.tier != SupplierTier::standard, "weighty");
  return supplier.in_scope;
}

bool describe_incident(TouchSource& source, const Record& record) {
  const auto incident = decode<Incident>(record);
  source.risks = ids_of(incident.linked_risks);
  source.assets = ids_of(incident.assets);
  tag_if(source, incident.stage == IncidentStage::incident, "incident");
  tag_if(source, incident.severity && *incident.severity >= Severity::high, "severe");
  tag_if(source, incident.personal_data_breach, "personal_data");
  return incident.stage != IncidentStage::not_incident;
}

bool describe_obligation(TouchSource& source, const Record& record) {
  const auto obligation = decode<Obligation>(record);
  tag_if(source, obligation.applicable, "applicable");
  tag_if(source, obligation.kind == ObligationKind::contract, "contract");
  return true;
}

bool describe_vulnerability(TouchSource& source, const Record& record) {
  const auto finding = decode<VulnerabilityFinding>(record);
  source.assets = {finding.asset.id};
  tag_if(source, true, "severe");
  tag_if(source, true, "wants_risk");
  return finding.status == VulnerabilityFindingStatus::open && finding.cvss >= severe_cvss;
}

bool describe_change(TouchSource& source, const Record& record, const RegisterService& registers,
                     const Principal& principal) {
  const auto change = decode<Change>(record);
  tag_if(source, change.affects_network, "network");
  tag_if(source, change.kind == ChangeKind::release, "release");
  if (const Id system = checks::id_of(change.system); !system.empty()) {
    if (auto assets = records_of(registers, principal, Asset::def(), "system", system)) {
      for (const Record& asset : *assets) source.assets.push_back(asset.id);
    }
  }
  // What is approved beforehand and done every week was looked at when it was approved.
  return change.kind != ChangeKind::standard && change.kind != ChangeKind::normal;
}

bool describe_risk(TouchSource& source, const Record& record) {
  const auto risk = decode<Risk>(record);
  source.controls = ids_of(risk.controls);
  tag_if(source, risk.status == RiskStatus::closed, "closed");
  return risk.status != RiskStatus::draft;
}

bool describe(TouchSource& source, const Record& record, const RegisterService& registers, const Principal& principal) {
  const std::string_view name = record.def->name();
  if (name == "asset") return describe_asset(source, record);
  if (name == "supplier") return describe_supplier(source, record);
  if (name == "incident") return describe_incident(source, record);
  if (name == "obligation") return describe_obligation(source, record);
  if (name == "vulnerability_finding") return describe_vulnerability(source, record);
  if (name == "change") return describe_change(source, record, registers, principal);
  return name == "risk" && describe_risk(source, record);
}

bool matters(const RecordChanges::Change& change, std::string_view fields) {
  if (change.operation == "create") return true;
  boost::system::error_code error;
  const boost::json::value changes = boost::json::parse(change.changes, error);
  if (error || !changes.is_object()) return false;
  return std::ranges::any_of(split(fields, ' '), [&](std::string_view field) {
    return !field.empty() && changes.get_object().contains(field);
  });
}

}  // namespace

Result<std::vector<TouchSource>> changed_sources(const RegisterService& registers, const Principal& principal) {
  const std::string since = registers.workspace().clock().today().plus_days(-days_of_touches).iso();
  std::vector<RecordChanges> recent;
  {
    TRY(auto reader, registers.workspace().read());
    TRY(recent, recent_changes(*reader, touching_registers(), since, most_entries));
  }
  std::vector<TouchSource> out;
  for (const RecordChanges& item : recent) {
    const std::string_view fields = fields_that_touch(item.register_name);
    auto newest = std::ranges::find_if(item.changes,
                                       [&](const RecordChanges::Change& change) { return matters(change, fields); });
    if (newest == item.changes.end()) continue;
    auto record = registers.read(principal, *registers.workspace().registry().find(item.register_name), item.record);
    if (!record) continue;  // gone, or not shown
    TouchSource source{item.register_name,
                       item.record,
                       std::string(record->title()),
                       newest->entry,
                       newest->at,
                       {},
                       {},
                       {},
                       {},
                       {},
                       {}};
    source.is_new = newest->operation == "create" || record->version == 1;
    if (describe(source, *record, registers, principal)) out.push_back(std::move(source));
  }
  return out;
}

Result<std::vector<TouchSource>> finding_sources(const FindingHistory& findings, const Principal& principal,
                                                 const Registry& registry) {
  TRY(auto open, findings.open());
  FindingSight sight(principal, registry);
  std::map<std::string, std::pair<TouchSource, std::size_t>> by_row;
  for (const auto& [key, finding] : open) {
    if (finding.finding_class < FindingClass::minor || !sight.shows_record(key.kind, key.subject)) continue;
    for (std::string_view part : split(finding.ref, ',')) {
      part = trim(part);
      if (!part.starts_with("A.")) continue;
      const std::string row(part.substr(2));
      auto& [source, count] = by_row[row];
      source.register_name = "rule";
      source.id = row;
      source.entry = std::max(source.entry, finding.opened.entry);
      source.at = std::max(source.at, finding.opened.at);
      ++count;
      source.title = fmt::format("{} {} about A.{}", count, count == 1 ? "finding" : "findings", row);
    }
  }
  std::vector<TouchSource> out;
  for (auto& [row, item] : by_row) out.push_back(std::move(item.first));
  return out;
}

}  // namespace assay
