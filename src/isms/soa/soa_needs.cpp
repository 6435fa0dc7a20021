#include "isms/soa/soa_needs.h"

#include <algorithm>
#include <tuple>

#include "isms/organisation/obligation.h"
#include "isms/organisation/party_requirement.h"
#include "isms/risk/risk.h"

namespace assay {
namespace {

constexpr std::size_t most_named = 8;

struct GroundWords {
  SoAEntryInclusionReasons ground;
  std::string_view one, many;
};
constexpr GroundWords ground_words[] = {
    {SoAEntryInclusionReasons::risk, "Treats the risk ", "Treats the risks "},
    {SoAEntryInclusionReasons::legal, "Required by law: ", "Required by law: "},
    {SoAEntryInclusionReasons::contractual, "Agreed by contract: ", "Agreed by contract: "},
    {SoAEntryInclusionReasons::business, "Expected: ", "Expected: "},
};

// "R-001 Takeover of a cloud administrator; R-003 …"
std::string named_needs(const std::vector<const SoaNeed*>& needs) {
  std::string out;
  for (std::size_t i = 0; i < needs.size() && i < most_named; ++i) {
    out += i == 0 ? "" : "; ";
    out += needs[i]->id;
    if (!needs[i]->title.empty() && needs[i]->title != needs[i]->id) out += " " + needs[i]->title;
  }
  if (needs.size() > most_named) out += "; and " + std::to_string(needs.size() - most_named) + " more";
  return out;
}

}  // namespace

SoAEntryInclusionReasons ground_of(const Obligation& obligation) {
  switch (obligation.kind) {
    case ObligationKind::contract: return SoAEntryInclusionReasons::contractual;
    case ObligationKind::standard: return SoAEntryInclusionReasons::business;
    default: return SoAEntryInclusionReasons::legal;
  }
}

SoAEntryInclusionReasons ground_of(const PartyRequirement& requirement) {
  switch (requirement.kind) {
    case PartyRequirementKind::contractual: return SoAEntryInclusionReasons::contractual;
    case PartyRequirementKind::expectation: return SoAEntryInclusionReasons::business;
    default: return SoAEntryInclusionReasons::legal;
  }
}

BuiltSoaLine built_soa_line(std::vector<SoaNeed> needs) {
  const auto key = [](const SoaNeed& need) { return std::tuple(need.ground, need.def->name(), need.id); };
  std::ranges::sort(needs, {}, key);
  const auto doubled = std::ranges::unique(needs, {}, key);
  needs.erase(doubled.begin(), doubled.end());
  BuiltSoaLine out;
  for (const GroundWords& words : ground_words) {
    std::vector<const SoaNeed*> own;
    for (const SoaNeed& need : needs) {
      if (need.ground == words.ground) own.push_back(&need);
    }
    if (own.empty()) continue;
    out.grounds.push_back(words.ground);
    if (!out.text.empty()) out.text += "\n";
    out.text += own.size() == 1 ? words.one : words.many;
    out.text += named_needs(own) + ".";
  }
  for (const SoaNeed& need : needs) {
    if (need.def == &Risk::def()) out.risks.push_back({need.id});
    if (need.def == &Obligation::def()) out.obligations.push_back({need.id});
  }
  return out;
}

}  // namespace assay
