#include "isms/certification/certificate.h"

#include "isms/certification/certification_body.h"
#include "isms/certification/readiness.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr std::int64_t cycle_months = 36;
constexpr std::int64_t restore_months = 6;

bool certificate_has_run_out(const StepContext& step) {
  return decode<Certificate>(step.after).expires_on < step.today;
}

bool suspension_is_past(const StepContext& step) { return !checks::lies_ahead(step, "suspended_on"); }

bool suspension_is_short(const StepContext& step) {
  auto before = decode<Certificate>(step.before);
  if (!before.suspended_on || step.today <= before.suspended_on->plus_months(restore_months)) return true;
  return checks::has_reason(step);
}

bool no_external_finding_stands_against_it(const StepContext& step) {
  return readiness::external_nonconformities_allow_a_certificate(step.lookup);
}

bool restored_in_time(const StepContext& step) {
  return step.today <= decode<Certificate>(step.before).expires_on.plus_months(restore_months);
}

bool new_expiry_lies_ahead(const StepContext& step) { return decode<Certificate>(step.after).expires_on > step.today; }

constexpr Guard suspend_guards[] = {
    {.reason = "The day of the suspension lies ahead.", .rule = "CERT-17", .holds = suspension_is_past},
};

constexpr Guard reinstate_guards[] = {
    {.reason = "An external nonconformity still stands: a major that is not verified, or a minor without an accepted "
               "plan.",
     .rule = "CERT-13",
     .holds = no_external_finding_stands_against_it},
    {.reason = "The suspension lasted more than six months: say in the reason why the body still lifted it.",
     .rule = "CERT-17",
     .holds = suspension_is_short},
};

constexpr Guard expire_guards[] = {
    {.reason = "The certificate has not run out.", .rule = "CERT-16", .holds = certificate_has_run_out},
};

constexpr Guard restore_guards[] = {
    {.reason = "More than six months after the expiry a new Stage 2 is needed.",
     .rule = "CERT-16",
     .holds = restored_in_time},
    {.reason = "Enter the new expiry.", .rule = "CERT-16", .holds = new_expiry_lies_ahead},
    {.reason = "An external nonconformity still stands.",
     .rule = "CERT-13",
     .holds = no_external_finding_stands_against_it},
};

// Decided by the body, recorded by the ISMS owner; nobody else of the organisation does so.
constexpr Who certificate_keeper{.roles = {Role::isms_owner}};

constexpr Step certificate_steps[] = {
    {.name = "suspend",
     .from = "active reduced",
     .to = "suspended",
     .label = "Record the suspension",
     .who = certificate_keeper,
     .guards = suspend_guards,
     .asks = "suspended_on",
     .sets = "suspended_on=today",
     .reason_needed = true},
    {.name = "reinstate",
     .from = "suspended",
     .to = "active",
     .label = "Record the end of the suspension",
     .who = certificate_keeper,
     .guards = reinstate_guards,
     .sets = "suspended_on=null",
     .reason_needed = true},
    {.name = "reduce",
     .from = "suspended",
     .to = "reduced",
     .label = "Record the reduced scope",
     .who = certificate_keeper,
     .asks = "scope_text sites",
     .sets = "suspended_on=null",
     .reason_needed = true},
    {.name = "change_scope",
     .from = "active",
     .to = "active",
     .label = "Record a change of scope",
     .help = "The body was notified, audited where needed, and re-issued the certificate.",
     .who = certificate_keeper,
     .asks = "scope_text sites soa_version issued_on",
     .reason_needed = true},
    {.name = "extend_scope",
     .from = "reduced",
     .to = "active",
     .label = "Record the scope as restored",
     .who = certificate_keeper,
     .asks = "scope_text sites soa_version issued_on",
     .reason_needed = true},
    {.name = "withdraw",
     .from = "active suspended reduced",
     .to = "withdrawn",
     .label = "Record the withdrawal",
     .who = certificate_keeper,
     .reason_needed = true},
    {.name = "expire",
     .from = "active suspended reduced",
     .to = "expired",
     .label = "Expired",
     .guards = expire_guards,
     .automatic = true},
    {.name = "restore",
     .from = "expired",
     .to = "active",
     .label = "Record the restoration",
     .help = "Possible for six months after the expiry; the new expiry counts from the old one.",
     .who = certificate_keeper,
     .guards = restore_guards,
     .asks = "decision_on issued_on expires_on",
     .reason_needed = true},
};

constexpr Lifecycle certificate_lifecycle = {.field = "status", .steps = certificate_steps};

}  // namespace

std::span<const FieldDef> MarkUse::parts() {
  static constexpr FieldDef parts[] = {
      field<&MarkUse::place>({.label = "Place", .example = "Footer of the website"}),
      field<&MarkUse::seen_on>({.label = "Seen on"}),
      field<&MarkUse::on_product>(
          {.label = "On a product", .help = "Not allowed: the certificate is not about products."}),
  };
  static_assert(embedded_complete<MarkUse>(parts));
  return parts;
}

const EntityDef& Certificate::def() {
  static constexpr FieldDef fields[] = {
      field<&Certificate::cb>({.label = "Certification body", .in_list = true}),
      field<&Certificate::number>({.label = "Number",
                                   .example = "IS 712345",
                                   .title = true,
                                   .in_list = true,
                                   .unique = true,
                                   .max_length = 100}),
      field<&Certificate::edition>(
          {.label = "Edition", .help = "Of the standard.", .example = "27001:2022+Amd1:2024", .max_length = 60}),
      field<&Certificate::decision_on>(
          {.label = "Decided on", .help = "The certification decision; the audits of the cycle count from here."}),
      field<&Certificate::issued_on>({.label = "Issued on", .in_list = true}),
      field<&Certificate::expires_on>({.label = "Expires on", .in_list = true}),
      field<&Certificate::status>({.label = "Status", .in_list = true}),
      field<&Certificate::suspended_on>({.label = "Suspended on"}),
      field<&Certificate::scope_text>(
          {.label = "Certified scope", .help = "Word for word as on the certificate.", .multiline = true}),
      field<&Certificate::sites>({.label = "Sites"}),
      field<&Certificate::soa_version>(
          {.label = "Version of the SoA", .help = "As named on the certificate.", .in_list = true, .least = 0}),
      field<&Certificate::previous>({.label = "Previous certificate",
                                     .help = "Enter a new certificate for each cycle and name the old one here.",
                                     .chain = true}),
      field<&Certificate::mark_uses>({.label = "Uses of the mark", .help = "Where the certification mark is shown."}),
  };
  static constexpr EntityDef def = entity<Certificate>(
      {
          .name = "certificate",
          .label = "Certificate",
          .plural = "Certificates",
          .help = "Certificates of the ISMS, one for each cycle of three years, with the scope they cover and their "
                  "state as the certification body decided it.",
          .example = "IS 712345 of the body chosen, decided on 12 May, head office and plant, SoA version 4.",
          .phase = Phase::certification,
          .access = AccessClass::certification,
          .prefix = "CERT",
          .default_sort = "-issued_on",
      },
      fields, &certificate_lifecycle);
  return def;
}

Problems Certificate::validate() const {
  Problems problems;
  checks::refuse_before(problems, decision_on, "issued_on", issued_on, "must not be before the decision");
  checks::refuse_before(problems, issued_on, "expires_on", expires_on, "must not be before the day of issue");
  checks::refuse_before(problems, decision_on, "suspended_on", suspended_on, "must not be before the decision");
  // A first certificate runs three years from the decision; a later one from the expiry of the one before.
  bool first = !checks::refers(previous);
  if (first && checks::given(decision_on) && expires_on > decision_on.plus_months(cycle_months)) {
    problems.push_back({"expires_on", "must be within three years of the decision", expires_on.iso()});
  }
  if (status == CertificateStatus::suspended && !checks::given(suspended_on)) {
    problems.push_back({"suspended_on", "is needed while the certificate is suspended", ""});
  }
  if (!first && !id.empty() && previous->id == id) {
    problems.push_back({"previous", "must be another certificate", previous->id});
  }
  return problems;
}

}  // namespace assay
