// Why a control is needed: the risks, obligations and requirements that ask for it, and the justification built from
// them.
#pragma once

#include <string>
#include <vector>

#include "isms/soa/soa_entry.h"

namespace assay {

struct PartyRequirement;

// One thing that needs a control.
struct SoaNeed {
  SoAEntryInclusionReasons ground{};
  const EntityDef* def = nullptr;  // Risk, Obligation or PartyRequirement
  Id id;
  std::string title;
};

// The ground that an obligation gives: laws and licences bind by law, contracts by contract, standards by choice.
SoAEntryInclusionReasons ground_of(const Obligation& obligation);
SoAEntryInclusionReasons ground_of(const PartyRequirement& requirement);

// What a line would say if it were built from its needs.
struct BuiltSoaLine {
  std::vector<SoAEntryInclusionReasons> grounds;
  std::vector<Ref<Risk>> risks;
  std::vector<Ref<Obligation>> obligations;
  std::string text;  // empty: nothing needs the control
};

// Needs in any order, doubled ones counted once; the same needs always give the same text.
BuiltSoaLine built_soa_line(std::vector<SoaNeed> needs);

}  // namespace assay
