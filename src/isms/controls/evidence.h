// A record that shows something happened.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Person;
struct Site;
struct System;

enum class EvidenceKind { log, config_export, report, ticket, minutes, certificate, screenshot, interview_note, attestation, signed_record };
template <>
inline constexpr auto choices_of<EvidenceKind> = choices<EvidenceKind>({
    choice<EvidenceKind::log>("Log"),
    choice<EvidenceKind::config_export>("Config export"),
    choice<EvidenceKind::report>("Report"),
    choice<EvidenceKind::ticket>("Ticket"),
    choice<EvidenceKind::minutes>("Minutes"),
    choice<EvidenceKind::certificate>("Certificate"),
    choice<EvidenceKind::screenshot>("Screenshot"),
    choice<EvidenceKind::interview_note>("Interview note"),
    choice<EvidenceKind::attestation>("Attestation"),
    choice<EvidenceKind::signed_record>("Signed record"),
});

enum class EvidenceSource { integration, manual };
template <>
inline constexpr auto choices_of<EvidenceSource> = choices<EvidenceSource>({
    choice<EvidenceSource::integration>("Integration"),
    choice<EvidenceSource::manual>("Manual"),
});

enum class EvidenceReviewStatus { pending, accepted, rejected };
template <>
inline constexpr auto choices_of<EvidenceReviewStatus> = choices<EvidenceReviewStatus>({
    choice<EvidenceReviewStatus::pending>("Pending"),
    choice<EvidenceReviewStatus::accepted>("Accepted"),
    choice<EvidenceReviewStatus::rejected>("Rejected"),
});

struct Evidence {
  Id id;
  std::vector<std::string> refs;
  std::vector<Ref<Control>> controls;
  EvidenceKind kind{};
  EvidenceSource source{};
  Date period_start;
  Date period_end;
  Date collected_on;
  std::optional<Ref<Person>> collected_by;
  std::string content_hash;
  std::string stored_hash;
  std::vector<Ref<Site>> sites;
  std::vector<Ref<System>> systems;
  EvidenceReviewStatus review_status{};
  std::optional<Ref<Person>> reviewed_by;
  std::optional<Ref<Evidence>> superseded_by;

  static const EntityDef& def();
};

}  // namespace assay
