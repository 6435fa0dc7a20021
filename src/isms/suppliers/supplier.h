// A provider of products or services with access or influence.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

enum class SupplierTier { critical, important, standard };
template <>
inline constexpr auto choices_of<SupplierTier> = choices<SupplierTier>({
    choice<SupplierTier::critical>("Critical"),
    choice<SupplierTier::important>("Important"),
    choice<SupplierTier::standard>("Standard"),
});

enum class SupplierStatus { onboarding, active, exiting, ended };
template <>
inline constexpr auto choices_of<SupplierStatus> = choices<SupplierStatus>({
    choice<SupplierStatus::onboarding>("Onboarding"),
    choice<SupplierStatus::active>("Active"),
    choice<SupplierStatus::exiting>("Being phased out"),
    choice<SupplierStatus::ended>("Ended"),
});

struct Supplier {
  Id id;
  std::string name;
  std::string service;
  SupplierTier tier{};
  bool cloud_service = false;
  bool processes_personal_data = false;
  bool in_scope = false;
  std::optional<Ref<Person>> owner;
  SupplierStatus status{};
  bool exit_plan = false;
  bool shared_responsibility_documented = false;
  bool component_provenance_known = false;

  static const EntityDef& def();
};

}  // namespace assay
