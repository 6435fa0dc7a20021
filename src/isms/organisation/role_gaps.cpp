#include "isms/organisation/role_gaps.h"

#include <fmt/format.h>

#include <algorithm>

#include "isms/record_checks.h"

namespace assay {
namespace {

std::string_view role_label(RoleAssignmentRole role) {
  return choices_of<RoleAssignmentRole>[static_cast<std::size_t>(role)].label;
}

std::string_view role_clause(RoleAssignmentRole role) {
  switch (role) {
    case RoleAssignmentRole::isms_owner:
    case RoleAssignmentRole::reporting_to_top_management: return "C5.3-01";
    case RoleAssignmentRole::internal_audit_lead: return "9.2.2";
    case RoleAssignmentRole::top_management_sponsor: return "5.1";
    case RoleAssignmentRole::incident_manager: return "A.5.24";
    default: return "5.3";
  }
}

// Roles that run what an internal audit looks at.
bool role_operates(RoleAssignmentRole role) {
  using enum RoleAssignmentRole;
  return role == isms_owner || role == security_officer || role == incident_manager || role == continuity_manager;
}

bool role_leads(RoleAssignmentRole role) {
  using enum RoleAssignmentRole;
  return role == isms_owner || role == top_management_sponsor || role == reporting_to_top_management;
}

struct RoleJudge {
  std::span<const RoleAssignment> assignments;
  std::span<const Person> people;
  Date today;
  std::vector<RoleGap> found;

  const Person* person(const Id& id) const {
    auto it = std::ranges::find(people, id, &Person::id);
    return it == people.end() ? nullptr : &*it;
  }
  std::string name(const Id& id) const {
    const Person* found_person = person(id);
    return found_person ? found_person->name : id;
  }
  void add(RoleGap::Kind kind, const RoleAssignment& held, std::string text, std::string_view rule) {
    found.push_back({kind, held.role, held.id, std::move(text), std::string(rule)});
  }

  void judge_holder(const RoleAssignment& held) {
    const Person* holder = person(held.person.id);
    if (holder && holder->status == PersonStatus::terminated) {
      add(RoleGap::Kind::conflict, held, fmt::format("{} holds the role and has left.", holder->name), "C5.3-03");
    }
    if (!checks::refers(held.authority_granted_by)) {
      add(RoleGap::Kind::incomplete, held, "Nobody granted the authority.", "C5.3-04");
    } else if (const Person* granter = person(held.authority_granted_by->id);
               granter && role_leads(held.role) && !granter->is_top_management) {
      add(RoleGap::Kind::incomplete, held,
          fmt::format("The authority came from {}, who is not top management.", granter->name), "C5.3-04");
    }
    if (!held.communicated_on) add(RoleGap::Kind::incomplete, held, "The assignment was not made known.", "C5.3-04");
    if (!checks::given(held.required_competence))
      add(RoleGap::Kind::incomplete, held, "The competence it needs is not determined.", "7.2");
  }

  void judge_conflicts(const RoleAssignment& held) {
    for (const RoleAssignment& other : assignments) {
      if (!holds_on(other, today) || other.id == held.id || other.person != held.person) continue;
      if (held.role == RoleAssignmentRole::internal_audit_lead && role_operates(other.role)) {
        add(RoleGap::Kind::conflict, held,
            fmt::format("{} leads the internal audit and is {} as well: nobody audits their own work.",
                        name(held.person.id), role_label(other.role)),
            "9.2.2");
      }
      if (held.role == RoleAssignmentRole::privacy_officer && other.role == RoleAssignmentRole::isms_owner) {
        add(RoleGap::Kind::conflict, held,
            fmt::format("{} is privacy officer and ISMS owner: the one supervises what the other decides.",
                        name(held.person.id)),
            "A.5.3");
      }
    }
    if (held.role != RoleAssignmentRole::isms_owner && held.role != RoleAssignmentRole::internal_audit_lead) return;
    bool shared = std::ranges::any_of(assignments, [&](const RoleAssignment& other) {
      return holds_on(other, today) && other.role == held.role && other.person != held.person && other.id < held.id;
    });
    if (shared)
      add(RoleGap::Kind::conflict, held,
          fmt::format("{} is held by more than one person: one has to answer for it.", role_label(held.role)), "5.3");
  }
};

}  // namespace

bool holds_on(const RoleAssignment& assignment, Date day) {
  return assignment.assigned_on <= day && (!assignment.ended_on || *assignment.ended_on > day);
}

bool is_required(RoleAssignmentRole role) {
  using enum RoleAssignmentRole;
  return role == isms_owner || role == top_management_sponsor || role == reporting_to_top_management ||
         role == internal_audit_lead || role == incident_manager;
}

std::vector<RoleGap> role_gaps(std::span<const RoleAssignment> assignments, std::span<const Person> people,
                               Date today) {
  RoleJudge judge{assignments, people, today, {}};
  for (std::size_t i = 0; i < choices_of<RoleAssignmentRole>.size(); ++i) {
    auto role = static_cast<RoleAssignmentRole>(i);
    bool held = false;
    for (const RoleAssignment& assignment : assignments) {
      if (assignment.role != role || !holds_on(assignment, today)) continue;
      held = true;
      judge.judge_holder(assignment);
      judge.judge_conflicts(assignment);
    }
    if (!held && is_required(role)) {
      judge.found.push_back({RoleGap::Kind::vacant,
                             role,
                             {},
                             fmt::format("Nobody holds the role \"{}\".", role_label(role)),
                             std::string(role_clause(role))});
    }
  }
  return std::move(judge.found);
}

}  // namespace assay
