// Someone doing work under the organisation's control.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct OrgUnit;
struct Site;

enum class PersonEmployment { employee, contractor, temp, intern, board };
template <>
inline constexpr auto choices_of<PersonEmployment> = choices<PersonEmployment>({
    choice<PersonEmployment::employee>("Employee"),
    choice<PersonEmployment::contractor>("Contractor"),
    choice<PersonEmployment::temp>("Temporary worker"),
    choice<PersonEmployment::intern>("Intern"),
    choice<PersonEmployment::board>("Board member"),
});

enum class PersonStatus { planned, active, leave, terminated };
template <>
inline constexpr auto choices_of<PersonStatus> = choices<PersonStatus>({
    choice<PersonStatus::planned>("Joining"),
    choice<PersonStatus::active>("Active"),
    choice<PersonStatus::leave>("On leave"),
    choice<PersonStatus::terminated>("Left"),
});

struct Person {
  Id id;
  std::string name;
  PersonEmployment employment{};
  Ref<OrgUnit> org_unit;
  Ref<Site> site;
  std::string job_title;
  std::optional<Ref<Person>> manager;
  Date start_date;
  std::optional<Date> end_date;
  PersonStatus status{};
  std::optional<Date> leave_from;
  std::optional<Date> leave_to;
  bool is_top_management = false;
  bool in_scope = false;
  bool handles_sensitive = false;
  bool works_remotely = false;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle person_lifecycle;

}  // namespace assay
