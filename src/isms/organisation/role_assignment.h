// Who holds which ISMS role, with what authority.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

enum class RoleAssignmentRole {
  isms_owner,
  top_management_sponsor,
  reporting_to_top_management,
  security_officer,
  internal_audit_lead,
  incident_manager,
  continuity_manager,
  privacy_officer,
  information_security_committee_chair
};
template <>
inline constexpr auto choices_of<RoleAssignmentRole> = choices<RoleAssignmentRole>({
    choice<RoleAssignmentRole::isms_owner>("ISMS owner"),
    choice<RoleAssignmentRole::top_management_sponsor>("Sponsor in top management"),
    choice<RoleAssignmentRole::reporting_to_top_management>("Reports to top management"),
    choice<RoleAssignmentRole::security_officer>("Security officer"),
    choice<RoleAssignmentRole::internal_audit_lead>("Head of internal audit"),
    choice<RoleAssignmentRole::incident_manager>("Incident manager"),
    choice<RoleAssignmentRole::continuity_manager>("Continuity manager"),
    choice<RoleAssignmentRole::privacy_officer>("Privacy officer"),
    choice<RoleAssignmentRole::information_security_committee_chair>("Chair of the security committee"),
});

struct RoleAssignment {
  Id id;
  RoleAssignmentRole role{};
  Ref<Person> person;
  std::optional<Ref<Person>> authority_granted_by;
  Date assigned_on;
  std::optional<Date> ended_on;
  std::optional<Date> communicated_on;
  std::optional<std::string> required_competence;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
