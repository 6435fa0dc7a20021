// The counts behind the typical findings and the estimate.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "isms/certification/certification_project.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/documents/document.h"
#include "isms/documents/document_version.h"
#include "isms/operations/asset.h"
#include "isms/operations/detection_rule.h"
#include "isms/operations/incident.h"
#include "isms/operations/log_source.h"
#include "isms/organisation/organisation.h"
#include "isms/organisation/site.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_methodology.h"
#include "isms/soa/soa_entry.h"
#include "isms/suppliers/supplier.h"
#include "isms/suppliers/supplier_agreement.h"
#include "isms/suppliers/supplier_assessment.h"
#include "workflows/gap/gap_suggestions.h"
#include "workflows/gap/visible_records.h"

namespace assay {
namespace {

template <class T, class Holds>
std::size_t count_of(const std::vector<T>& records, const Holds& holds) {
  return static_cast<std::size_t>(std::ranges::count_if(records, holds));
}

Result<void> count_incidents(TypicalCounts& n, const RegisterService& registers, const Principal& principal) {
  TRY(auto documents, visible_records<Document>(registers, principal, "topic", "incident_management"));
  TRY(auto versions, visible_records<DocumentVersion>(registers, principal, "status", "effective"));
  n.incident_documents = count_of(documents, [&](const Document& document) {
    return std::ranges::any_of(versions,
                               [&](const DocumentVersion& version) { return version.document.id == document.id; });
  });
  std::set<Id> behind;
  for (std::string_view ref : {"5.24", "5.25", "5.26"}) {
    TRY(auto entries, visible_records<SoAEntry>(registers, principal, "control_ref", ref));
    for (const SoAEntry& entry : entries) {
      if (entry.control) behind.insert(entry.control->id);
    }
  }
  TRY(auto controls, visible_records<Control>(registers, principal, "status", "implemented"));
  n.incident_controls = count_of(controls, [&](const Control& control) { return behind.contains(control.id); });
  TRY(auto incidents, visible_records<Incident>(registers, principal, "stage", "incident"));
  n.incidents = incidents.size();
  n.incidents_answered = count_of(incidents, [](const Incident& incident) { return incident.response_log; });
  return {};
}

Result<void> count_suppliers(TypicalCounts& n, const RegisterService& registers, const Principal& principal,
                             Date today) {
  TRY(auto suppliers, visible_records<Supplier>(registers, principal, "status", "active"));
  TRY(auto agreements, visible_records<SupplierAgreement>(registers, principal));
  TRY(auto assessments, visible_records<SupplierAssessment>(registers, principal));
  std::erase_if(suppliers, [](const Supplier& supplier) { return !supplier.in_scope; });
  n.suppliers = suppliers.size();
  std::erase_if(suppliers, [](const Supplier& supplier) { return supplier.tier == SupplierTier::standard; });
  n.relevant_suppliers = suppliers.size();
  n.with_terms = count_of(suppliers, [&](const Supplier& supplier) {
    return std::ranges::any_of(agreements, [&](const SupplierAgreement& agreement) {
      return agreement.supplier.id == supplier.id && agreement.security_requirements &&
             (!agreement.expires_on || *agreement.expires_on >= today || agreement.auto_renews);
    });
  });
  n.assessed = count_of(suppliers, [&](const Supplier& supplier) {
    return std::ranges::any_of(assessments, [&](const SupplierAssessment& assessment) {
      return assessment.supplier.id == supplier.id && assessment.performed_on >= today.plus_days(-365) &&
             assessment.performed_on <= today;
    });
  });
  return {};
}

}  // namespace

Result<TypicalCounts> typical_counts(const RegisterService& registers, const Principal& principal) {
  TypicalCounts n;
  const Clock& clock = registers.workspace().clock();
  TRY(auto methods, visible_records<RiskMethodology>(registers, principal));
  n.methods_approved = count_of(methods, [](const RiskMethodology& method) {
    return method.status == PlanStatus::approved || method.status == PlanStatus::effective;
  });
  TRY(auto risks, visible_records<Risk>(registers, principal));
  std::erase_if(risks, [](const Risk& risk) { return risk.status == RiskStatus::closed; });
  n.risks_open = risks.size();
  n.risks_assessed =
      count_of(risks, [](const Risk& risk) { return risk.assessed_on && risk.inherent_score.has_value(); });
  TRY(auto assets, visible_records<Asset>(registers, principal, "lifecycle", "active"));
  std::erase_if(assets, [](const Asset& asset) { return !asset.in_scope; });
  n.assets = assets.size();
  n.assets_owned = count_of(assets, [](const Asset& asset) { return asset.owner && !asset.owner->empty(); });
  CHECK(count_incidents(n, registers, principal));
  CHECK(count_suppliers(n, registers, principal, clock.today()));
  TRY(auto sources, visible_records<LogSource>(registers, principal));
  n.log_sources = sources.size();
  n.log_sources_heard = count_of(sources, [&](const LogSource& source) {
    return source.last_event_at && static_cast<double>((clock.now().seconds - source.last_event_at->seconds).count()) <=
                                       source.max_silence_hours * 3600;
  });
  TRY(auto rules, visible_records<DetectionRule>(registers, principal));
  std::erase_if(rules, [](const DetectionRule& rule) { return !rule.enabled; });
  n.detection_rules = rules.size();
  n.detection_rules_tested =
      count_of(rules, [](const DetectionRule& rule) { return rule.last_test_fired_on.has_value(); });
  return n;
}

Result<GapEstimateFacts> gap_estimate_facts(const RegisterService& registers, const Principal& principal,
                                            const GapAnalysis& analysis) {
  GapEstimateFacts out;
  out.basis.maturity = gap_tally(analysis.items).conformity();
  TRY(auto projects, visible_records<CertificationProject>(registers, principal));
  TRY(auto organisations, visible_records<Organisation>(registers, principal));
  if (!projects.empty() && projects.back().headcount_declared > 0) {
    out.basis.persons = static_cast<double>(projects.back().headcount_declared);
    out.persons_from = "declared in the certification project";
  } else if (!organisations.empty() && organisations.front().headcount_total > 0) {
    out.basis.persons = static_cast<double>(organisations.front().headcount_total);
    out.persons_from = "headcount of the organisation";
  } else {
    out.basis.persons = 25;
    out.persons_from = "assumed: neither the organisation's headcount nor the project's is recorded";
  }
  TRY(auto sites, visible_records<Site>(registers, principal));
  std::set<std::string> groups;
  for (const Site& site : sites) {
    if (site.in_scope && !site.closed_on && site.headcount > 0) groups.insert(site.activity_group);
  }
  out.basis.further_site_groups = static_cast<int>(groups.empty() ? 0 : groups.size() - 1);
  out.sites_from = groups.empty()
                       ? std::string("no staffed site in scope is recorded")
                       : fmt::format("{} of staffed sites in scope by activity",
                                     groups.size() == 1 ? "1 group" : fmt::format("{} groups", groups.size()));
  TRY(auto devices, visible_records<Asset>(registers, principal, "kind", "ot_device"));
  std::size_t plant =
      count_of(devices, [](const Asset& asset) { return asset.in_scope && asset.lifecycle == AssetLifecycle::active; });
  out.basis.operational_technology = plant > 0;
  out.technology_from = fmt::format("{} active plant devices in scope", plant);
  TRY(auto collected, visible_records<Evidence>(registers, principal, "source", "integration"));
  out.basis.automation = !collected.empty();
  out.automation_from = fmt::format("{} pieces of evidence were collected by a machine", collected.size());
  return out;
}

}  // namespace assay
