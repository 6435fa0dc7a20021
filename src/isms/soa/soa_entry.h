// One line of the SoA.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Obligation;
struct Risk;
struct StatementOfApplicability;

enum class SoAEntryOrigin { annex_a, custom };
template <>
inline constexpr auto choices_of<SoAEntryOrigin> = choices<SoAEntryOrigin>({
    choice<SoAEntryOrigin::annex_a>("Annex A"),
    choice<SoAEntryOrigin::custom>("Own control"),
});

enum class SoAEntryApplicability { applicable, excluded };
template <>
inline constexpr auto choices_of<SoAEntryApplicability> = choices<SoAEntryApplicability>({
    choice<SoAEntryApplicability::applicable>("Applicable"),
    choice<SoAEntryApplicability::excluded>("Excluded"),
});

enum class SoAEntryInclusionReasons { risk, legal, contractual, business };
template <>
inline constexpr auto choices_of<SoAEntryInclusionReasons> = choices<SoAEntryInclusionReasons>({
    choice<SoAEntryInclusionReasons::risk>("Risk treatment"),
    choice<SoAEntryInclusionReasons::legal>("Law"),
    choice<SoAEntryInclusionReasons::contractual>("Contract"),
    choice<SoAEntryInclusionReasons::business>("Business need"),
});

enum class SoAEntryImplementationStatus { not_implemented, planned, partial, implemented };
template <>
inline constexpr auto choices_of<SoAEntryImplementationStatus> = choices<SoAEntryImplementationStatus>({
    choice<SoAEntryImplementationStatus::not_implemented>("Not implemented"),
    choice<SoAEntryImplementationStatus::planned>("Planned"),
    choice<SoAEntryImplementationStatus::partial>("Partly implemented"),
    choice<SoAEntryImplementationStatus::implemented>("Implemented"),
});

struct SoAEntry {
  Id id;
  Ref<StatementOfApplicability> soa;
  std::string control_ref;
  SoAEntryOrigin origin{};
  SoAEntryApplicability applicability{};
  std::vector<SoAEntryInclusionReasons> inclusion_reasons;
  std::optional<std::string> inclusion_justification;
  std::optional<std::string> exclusion_justification;
  std::optional<SoAEntryImplementationStatus> implementation_status;
  std::vector<Ref<Risk>> linked_risks;
  std::vector<Ref<Obligation>> linked_obligations;
  std::optional<Ref<Control>> control;
  std::optional<Date> last_reviewed_on;
  std::optional<std::string> built_mark;

  static const EntityDef& def();
  Problems validate() const;

  // Nobody has decided yet: neither excluded, nor a ground or a justification for including it.
  bool is_undecided() const;
  // The justification is as the product built it: nobody has edited it since.
  bool is_built() const;
};

// What SoAEntry::built_mark says of a text that the product built.
std::string built_mark_of(std::string_view text);

extern const Lifecycle soa_entry_lifecycle;

}  // namespace assay
