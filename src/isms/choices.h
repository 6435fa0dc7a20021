// Choices that several registers share.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

enum class VersionStatus { draft, in_review, approved, effective, superseded };
template <>
inline constexpr auto choices_of<VersionStatus> = choices<VersionStatus>({
    choice<VersionStatus::draft>("Draft"),
    choice<VersionStatus::in_review>("In review"),
    choice<VersionStatus::approved>("Approved"),
    choice<VersionStatus::effective>("In force"),
    choice<VersionStatus::superseded>("Superseded"),
});

enum class Classification { public_, internal, confidential, restricted };
template <>
inline constexpr auto choices_of<Classification> = choices<Classification>({
    choice<Classification::public_>("Public"),
    choice<Classification::internal>("Internal"),
    choice<Classification::confidential>("Confidential"),
    choice<Classification::restricted>("Restricted"),
});

enum class PlanStatus { draft, approved, effective, superseded };
template <>
inline constexpr auto choices_of<PlanStatus> = choices<PlanStatus>({
    choice<PlanStatus::draft>("Draft"),
    choice<PlanStatus::approved>("Approved"),
    choice<PlanStatus::effective>("In force"),
    choice<PlanStatus::superseded>("Superseded"),
});

enum class Severity { low, medium, high, critical };
template <>
inline constexpr auto choices_of<Severity> = choices<Severity>({
    choice<Severity::low>("Low"),
    choice<Severity::medium>("Medium"),
    choice<Severity::high>("High"),
    choice<Severity::critical>("Critical"),
});

}  // namespace assay
