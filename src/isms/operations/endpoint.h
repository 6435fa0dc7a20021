// A user device or server under endpoint protection.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Asset;
struct Person;

enum class EndpointStatus { active, stock, repair, retired };
template <>
inline constexpr auto choices_of<EndpointStatus> = choices<EndpointStatus>({
    choice<EndpointStatus::active>("In use"),
    choice<EndpointStatus::stock>("In stock"),
    choice<EndpointStatus::repair>("In repair"),
    choice<EndpointStatus::retired>("Retired"),
});

struct Endpoint {
  Id id;
  Ref<Asset> asset;
  std::optional<Ref<Person>> user;
  EndpointStatus status{};
  bool in_scope = false;
  bool edr_installed = false;
  bool centrally_managed = false;
  std::optional<Instant> last_seen_at;
  std::optional<Instant> signatures_updated_at;
  bool disk_encrypted = false;
  bool edr_not_supported = false;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
