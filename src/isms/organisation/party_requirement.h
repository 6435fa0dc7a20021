// A need or expectation of an interested party (4.2 b, c).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct InterestedParty;
struct Obligation;
struct Process;
struct Risk;

enum class PartyRequirementKind { legal, regulatory, contractual, expectation };
template <>
inline constexpr auto choices_of<PartyRequirementKind> = choices<PartyRequirementKind>({
    choice<PartyRequirementKind::legal>("Legal"),
    choice<PartyRequirementKind::regulatory>("Regulatory"),
    choice<PartyRequirementKind::contractual>("Contractual"),
    choice<PartyRequirementKind::expectation>("Expectation"),
});

enum class PartyRequirementAddressedByIsms { yes, no, undetermined };
template <>
inline constexpr auto choices_of<PartyRequirementAddressedByIsms> = choices<PartyRequirementAddressedByIsms>({
    choice<PartyRequirementAddressedByIsms::yes>("Yes"),
    choice<PartyRequirementAddressedByIsms::no>("No"),
    choice<PartyRequirementAddressedByIsms::undetermined>("Not decided yet"),
});

struct PartyRequirement {
  Id id;
  Ref<InterestedParty> party;
  std::string text;
  PartyRequirementKind kind{};
  bool climate_related = false;
  PartyRequirementAddressedByIsms addressed_by_isms{};
  std::vector<Ref<Control>> linked_controls;
  std::optional<Ref<Obligation>> linked_obligation;
  std::optional<Ref<Process>> linked_process;
  std::vector<Ref<Risk>> linked_risks;
  std::optional<std::string> scope_consequence;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
