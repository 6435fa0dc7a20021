// Entry of the legal, statutory, regulatory and contractual register (A.5.31).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

enum class ObligationKind { statute, regulation, contract, licence, standard };
template <>
inline constexpr auto choices_of<ObligationKind> = choices<ObligationKind>({
    choice<ObligationKind::statute>("Statute"),
    choice<ObligationKind::regulation>("Regulation"),
    choice<ObligationKind::contract>("Contract"),
    choice<ObligationKind::licence>("Licence"),
    choice<ObligationKind::standard>("Standard"),
});

struct Obligation {
  Id id;
  std::string title;
  ObligationKind kind{};
  std::string jurisdiction;
  Ref<Person> owner;
  bool applicable = false;
  std::optional<std::string> compliance_approach;
  std::optional<double> notification_hours;
  std::optional<std::string> notification_contact;
  Date reviewed_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
