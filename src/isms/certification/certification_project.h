// The programme from gap analysis to certificate.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct CertificationBody;
struct Site;

enum class CertificationProjectPhase {
  framework,
  gap,
  design,
  risk,
  controls,
  internal_audit,
  management_review,
  stage1,
  remediation,
  stage2,
  decision,
  certified
};
template <>
inline constexpr auto choices_of<CertificationProjectPhase> = choices<CertificationProjectPhase>({
    choice<CertificationProjectPhase::framework>("Framework and body"),
    choice<CertificationProjectPhase::gap>("Gap analysis"),
    choice<CertificationProjectPhase::design>("Scope and roles"),
    choice<CertificationProjectPhase::risk>("Risk and treatment"),
    choice<CertificationProjectPhase::controls>("Controls"),
    choice<CertificationProjectPhase::internal_audit>("Internal audit"),
    choice<CertificationProjectPhase::management_review>("Management review"),
    choice<CertificationProjectPhase::stage1>("Stage 1"),
    choice<CertificationProjectPhase::remediation>("Findings of Stage 1"),
    choice<CertificationProjectPhase::stage2>("Stage 2"),
    choice<CertificationProjectPhase::decision>("Decision"),
    choice<CertificationProjectPhase::certified>("Certified"),
});

struct CertificationProject {
  Id id;
  std::string edition;
  CertificationProjectPhase phase{};
  std::int64_t headcount_declared = 0;
  std::vector<Ref<Site>> sites_declared;
  std::optional<Ref<CertificationBody>> chosen_cb;
  std::optional<Date> contract_signed_on;
  std::int64_t remediation_buffer_days = 0;
  std::optional<double> planned_audit_days;
  std::optional<double> complexity_adjustment_pct;
  std::optional<std::string> adjustment_rationale;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle certification_project_lifecycle;

}  // namespace assay
