// Any audit, internal or by the certification body.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct AuditProgramme;
struct Auditor;
struct Certificate;
struct CertificationBody;
struct Evidence;
struct Person;
struct Site;

enum class AuditKind { internal, stage1, stage2, surveillance, recertification, special, follow_up, supplier };
template <>
inline constexpr auto choices_of<AuditKind> = choices<AuditKind>({
    choice<AuditKind::internal>("Internal audit"),
    choice<AuditKind::stage1>("Stage 1"),
    choice<AuditKind::stage2>("Stage 2"),
    choice<AuditKind::surveillance>("Surveillance audit"),
    choice<AuditKind::recertification>("Recertification audit"),
    choice<AuditKind::special>("Special audit"),
    choice<AuditKind::follow_up>("Follow-up audit"),
    choice<AuditKind::supplier>("Audit of a supplier"),
});

enum class AuditMethod { on_site, remote, hybrid };
template <>
inline constexpr auto choices_of<AuditMethod> = choices<AuditMethod>({
    choice<AuditMethod::on_site>("On site"),
    choice<AuditMethod::remote>("Remote"),
    choice<AuditMethod::hybrid>("Partly remote"),
});

enum class AuditStatus { planned, confirmed, in_progress, fieldwork_done, reported, closed, cancelled };
template <>
inline constexpr auto choices_of<AuditStatus> = choices<AuditStatus>({
    choice<AuditStatus::planned>("Planned"),
    choice<AuditStatus::confirmed>("Confirmed"),
    choice<AuditStatus::in_progress>("In progress"),
    choice<AuditStatus::fieldwork_done>("Fieldwork done"),
    choice<AuditStatus::reported>("Reported"),
    choice<AuditStatus::closed>("Closed"),
    choice<AuditStatus::cancelled>("Cancelled"),
});

enum class AuditConclusion { ready, not_ready, recommend, not_recommend, conditional };
template <>
inline constexpr auto choices_of<AuditConclusion> = choices<AuditConclusion>({
    choice<AuditConclusion::ready>("Ready"),
    choice<AuditConclusion::not_ready>("Not ready"),
    choice<AuditConclusion::recommend>("Certification recommended"),
    choice<AuditConclusion::not_recommend>("Certification not recommended"),
    choice<AuditConclusion::conditional>("Recommended with conditions"),
});

struct Audit {
  Id id;
  AuditKind kind{};
  std::optional<Ref<AuditProgramme>> programme;
  std::optional<Ref<Certificate>> certificate;
  std::optional<Ref<CertificationBody>> cb;
  std::optional<std::int64_t> sequence;
  std::optional<std::string> criteria;
  std::vector<std::string> scope_clauses;
  std::vector<std::string> scope_controls;
  std::vector<Ref<Site>> scope_sites;
  AuditMethod method{};
  bool remote_feasibility_recorded = false;
  Date planned_start;
  std::optional<Date> started_on;
  std::optional<Date> ended_on;
  std::optional<Ref<Auditor>> lead;
  std::vector<Ref<Auditor>> team;
  std::optional<double> days;
  AuditStatus status{};
  std::optional<Ref<Evidence>> report;
  std::optional<Date> reported_on;
  std::vector<Ref<Person>> reported_to;
  std::optional<AuditConclusion> conclusion;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle audit_lifecycle;

}  // namespace assay
