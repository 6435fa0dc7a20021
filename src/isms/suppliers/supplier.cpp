#include "isms/suppliers/supplier.h"

#include <algorithm>

#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/process.h"
#include "isms/record_checks.h"
#include "isms/suppliers/supplier_agreement.h"
#include "isms/suppliers/supplier_assessment.h"

namespace assay {
namespace {

bool matters(const Supplier& supplier) { return supplier.tier != SupplierTier::standard; }

std::string_view interval_of(SupplierTier tier) {
  if (tier == SupplierTier::critical) return "supplier_critical_days";
  return tier == SupplierTier::important ? "supplier_important_days" : "supplier_standard_days";
}

// The latest assessment is recent enough for the tier, ended well, and what it relied on still holds.
bool supplier_assessment_holds(const StepContext& step) {
  auto supplier = decode<Supplier>(step.after);
  if (!supplier.in_scope) return true;
  auto assessments = step.lookup.where<SupplierAssessment>("supplier", supplier.id);
  auto latest = std::ranges::max_element(assessments, {}, &SupplierAssessment::performed_on);
  if (latest == assessments.end()) return false;
  Date oldest = step.today.plus_days(-static_cast<std::int64_t>(step.lookup.parameter(interval_of(supplier.tier))));
  bool lapsed = latest->assurance_expires_on && *latest->assurance_expires_on < step.today;
  return latest->result != SupplierAssessmentResult::unacceptable && latest->performed_on >= oldest && !lapsed;
}

bool agreement_holds_the_clauses(const StepContext& step) {
  auto supplier = decode<Supplier>(step.after);
  if (!supplier.in_scope) return true;
  auto agreements = step.lookup.where<SupplierAgreement>("supplier", supplier.id);
  return std::ranges::any_of(agreements, [&](const SupplierAgreement& agreement) {
    bool runs = !agreement.expires_on || *agreement.expires_on >= step.today || agreement.auto_renews;
    if (!agreement.signed_on || *agreement.signed_on > step.today || !runs || !agreement.security_requirements)
      return false;
    if (matters(supplier) && !agreement.incident_notice_hours) return false;
    if (supplier.processes_personal_data && !agreement.data_processing_terms) return false;
    return supplier.tier != SupplierTier::critical || agreement.audit_right;
  });
}

bool cloud_split_and_exit_are_ready(const StepContext& step) {
  auto supplier = decode<Supplier>(step.after);
  if (!supplier.in_scope || !supplier.cloud_service || !matters(supplier)) return true;
  return supplier.shared_responsibility_documented && supplier.exit_plan;
}

bool components_are_known(const StepContext& step) {
  auto supplier = decode<Supplier>(step.after);
  return !supplier.in_scope || supplier.tier != SupplierTier::critical || supplier.component_provenance_known;
}

bool exit_is_planned(const StepContext& step) {
  auto supplier = decode<Supplier>(step.after);
  return !matters(supplier) || supplier.exit_plan;
}

bool nothing_depends_on_supplier(const StepContext& step) {
  auto systems = step.lookup.where<System>("supplier", step.after.id);
  auto processes = step.lookup.where<Process>("externally_provided_by", step.after.id);
  return std::ranges::none_of(systems, &System::in_scope) && std::ranges::none_of(processes, &Process::in_scope);
}

constexpr Guard supplier_activate_guards[] = {
    {.reason = "Name who owns the relationship.", .rule = "C8.1-03", .filled = "owner"},
    {.reason = "A current assessment is needed whose result is acceptable or conditional.",
     .rule = "A5.19-01",
     .holds = supplier_assessment_holds},
    {.reason = "An agreement in force is needed with security requirements; important and critical suppliers also "
               "report incidents in a fixed time, critical ones allow audits, and those with personal data accept its "
               "terms.",
     .rule = "A5.20-01",
     .holds = agreement_holds_the_clauses},
    {.reason = "For a cloud service of this tier the split of responsibilities and an exit plan must be written down.",
     .rule = "A5.23-01",
     .holds = cloud_split_and_exit_are_ready},
    {.reason = "The subcontractors and components of a critical supplier must be known.",
     .rule = "A5.19-01",
     .holds = components_are_known},
};

constexpr Guard supplier_exit_guards[] = {
    {.reason = "Prepare the exit first: an important or critical supplier needs an exit plan.",
     .rule = "A5.23-01",
     .holds = exit_is_planned},
};

constexpr Guard supplier_end_guards[] = {
    {.reason = "A system or process in scope still depends on this supplier.",
     .rule = "A5.23-01",
     .holds = nothing_depends_on_supplier},
};

constexpr Who supplier_keepers{.roles = checks::isms_staff, .holder = "owner", .or_superior = true};

constexpr Step supplier_steps[] = {
    {.name = "activate",
     .from = "onboarding",
     .to = "active",
     .label = "Take into use",
     .help = "Assessment and agreement are in place.",
     .who = supplier_keepers,
     .guards = supplier_activate_guards,
     .asks = "owner shared_responsibility_documented exit_plan component_provenance_known"},
    {.name = "abandon",
     .from = "onboarding",
     .to = "ended",
     .label = "Do not take into use",
     .who = supplier_keepers,
     .reason_needed = true},
    {.name = "exit",
     .from = "active",
     .to = "exiting",
     .label = "Begin the exit",
     .who = supplier_keepers,
     .guards = supplier_exit_guards,
     .asks = "exit_plan",
     .reason_needed = true},
    {.name = "resume",
     .from = "exiting",
     .to = "active",
     .label = "Stop the exit",
     .who = supplier_keepers,
     .guards = supplier_activate_guards,
     .reason_needed = true},
    {.name = "end",
     .from = "exiting",
     .to = "ended",
     .label = "Record the end",
     .help = "Say in the reason how access was ended and data returned or deleted.",
     .who = supplier_keepers,
     .guards = supplier_end_guards,
     .reason_needed = true},
    {.name = "return",
     .from = "ended",
     .to = "onboarding",
     .label = "Engage again",
     .help = "Starts over with assessment and agreement.",
     .who = supplier_keepers,
     .reason_needed = true},
};

constexpr Lifecycle supplier_lifecycle = {.field = "status", .steps = supplier_steps};

}  // namespace

const EntityDef& Supplier::def() {
  static constexpr FieldDef fields[] = {
      field<&Supplier::name>({.label = "Name", .example = "Nordhost Ltd", .title = true, .in_list = true}),
      field<&Supplier::service>(
          {.label = "Service", .help = "What it provides.", .example = "Hosting of the ERP system", .in_list = true}),
      field<&Supplier::tier>({.label = "Tier",
                              .help = "How badly its failure would hurt; decides depth and interval of assessments.",
                              .in_list = true}),
      field<&Supplier::cloud_service>({.label = "Cloud service"}),
      field<&Supplier::processes_personal_data>({.label = "Processes personal data"}),
      field<&Supplier::in_scope>({.label = "In scope", .help = "Supports what the ISMS covers.", .in_list = true}),
      field<&Supplier::owner>({.label = "Owner", .help = "Who answers for the relationship.", .in_list = true}),
      field<&Supplier::status>({.label = "Status", .in_list = true}),
      field<&Supplier::exit_plan>(
          {.label = "Exit plan exists", .help = "How to leave without loss of data or service."}),
      field<&Supplier::shared_responsibility_documented>({.label = "Split of responsibilities written down",
                                                          .help = "Who secures what, for cloud services above all."}),
      field<&Supplier::component_provenance_known>(
          {.label = "Subcontractors and components known", .help = "Asked of critical suppliers."}),
  };
  static constexpr EntityDef def = entity<Supplier>(
      {
          .name = "supplier",
          .label = "Supplier",
          .plural = "Suppliers",
          .help = "Providers whose products or services touch the information in scope. Controls A.5.19 to A.5.23 ask "
                  "that their security is assessed, agreed, watched and that one can leave them.",
          .clause = "A.5.19",
          .example = "Nordhost Ltd hosts the ERP system: critical, certified data centre, exit plan tested.",
          .phase = Phase::suppliers,
          .access = AccessClass::operation,
          .prefix = "SUP",
          .holder = "owner",
          .default_sort = "name",
      },
      fields, &supplier_lifecycle);
  return def;
}

}  // namespace assay
