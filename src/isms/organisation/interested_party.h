// A stakeholder relevant to the ISMS (4.2 a).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

enum class InterestedPartyType {
  customer,
  regulator,
  employee,
  owner,
  supplier,
  insurer,
  partner,
  public_,
  certification_body,
  other
};
template <>
inline constexpr auto choices_of<InterestedPartyType> = choices<InterestedPartyType>({
    choice<InterestedPartyType::customer>("Customer"),
    choice<InterestedPartyType::regulator>("Regulator"),
    choice<InterestedPartyType::employee>("Employees"),
    choice<InterestedPartyType::owner>("Owner"),
    choice<InterestedPartyType::supplier>("Supplier"),
    choice<InterestedPartyType::insurer>("Insurer"),
    choice<InterestedPartyType::partner>("Partner"),
    choice<InterestedPartyType::public_>("General public"),
    choice<InterestedPartyType::certification_body>("Certification body"),
    choice<InterestedPartyType::other>("Other"),
});

struct InterestedParty {
  Id id;
  std::string name;
  InterestedPartyType type{};
  bool relevant = false;
  Date reviewed_on;

  static const EntityDef& def();
};

}  // namespace assay
