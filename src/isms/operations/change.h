// A change to information processing facilities or systems (A.8.32), a release or a project.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct System;

enum class ChangeKind { standard, normal, emergency, release, project };
template <>
inline constexpr auto choices_of<ChangeKind> = choices<ChangeKind>({
    choice<ChangeKind::standard>("Standard (pre-approved)"),
    choice<ChangeKind::normal>("Normal"),
    choice<ChangeKind::emergency>("Emergency"),
    choice<ChangeKind::release>("Release"),
    choice<ChangeKind::project>("Project"),
});

struct Change {
  Id id;
  std::string title;
  ChangeKind kind{};
  std::optional<Ref<System>> system;
  Ref<Person> requested_by;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  std::optional<Ref<Person>> implemented_by;
  std::optional<Date> implemented_on;
  bool risk_assessed = false;
  bool tested = false;
  bool security_tested = false;
  bool rollback_plan = false;
  std::optional<Date> retrospective_review_on;
  bool affects_network = false;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
