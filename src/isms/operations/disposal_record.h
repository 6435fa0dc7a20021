// Disposal or re-use of equipment or media.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Asset;
struct Evidence;

enum class DisposalRecordMethod { wipe, degauss, shred, crypto_erase, none };
template <>
inline constexpr auto choices_of<DisposalRecordMethod> = choices<DisposalRecordMethod>({
    choice<DisposalRecordMethod::wipe>("Overwriting"),
    choice<DisposalRecordMethod::degauss>("Degaussing"),
    choice<DisposalRecordMethod::shred>("Shredding"),
    choice<DisposalRecordMethod::crypto_erase>("Deleting the key"),
    choice<DisposalRecordMethod::none>("None"),
});

struct DisposalRecord {
  Id id;
  Ref<Asset> asset;
  Date performed_on;
  DisposalRecordMethod method{};
  std::optional<Ref<Evidence>> certificate;

  static const EntityDef& def();
};

}  // namespace assay
