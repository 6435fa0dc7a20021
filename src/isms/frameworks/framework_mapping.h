// A link from a control to another framework.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;

enum class FrameworkMappingFramework { soc2, hipaa, pci_dss, gdpr, nis2, dora, iec62443, nist_csf, sp800_53, other };
template <>
inline constexpr auto choices_of<FrameworkMappingFramework> = choices<FrameworkMappingFramework>({
    choice<FrameworkMappingFramework::soc2>("SOC 2"),
    choice<FrameworkMappingFramework::hipaa>("HIPAA"),
    choice<FrameworkMappingFramework::pci_dss>("PCI DSS"),
    choice<FrameworkMappingFramework::gdpr>("GDPR"),
    choice<FrameworkMappingFramework::nis2>("NIS2"),
    choice<FrameworkMappingFramework::dora>("DORA"),
    choice<FrameworkMappingFramework::iec62443>("IEC 62443"),
    choice<FrameworkMappingFramework::nist_csf>("NIST CSF"),
    choice<FrameworkMappingFramework::sp800_53>("NIST SP 800-53"),
    choice<FrameworkMappingFramework::other>("Other"),
});

enum class FrameworkMappingRelation { equal, subset, superset, intersects };
template <>
inline constexpr auto choices_of<FrameworkMappingRelation> = choices<FrameworkMappingRelation>({
    choice<FrameworkMappingRelation::equal>("Same as the requirement"),
    choice<FrameworkMappingRelation::subset>("Covers part of the requirement"),
    choice<FrameworkMappingRelation::superset>("Covers more than the requirement"),
    choice<FrameworkMappingRelation::intersects>("Overlaps with the requirement"),
});

struct FrameworkMapping {
  Id id;
  Ref<Control> control;
  FrameworkMappingFramework framework{};
  std::string requirement_ref;
  FrameworkMappingRelation relation{};

  static const EntityDef& def();
};

}  // namespace assay
