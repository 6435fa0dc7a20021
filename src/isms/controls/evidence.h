// A record that shows something happened.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Person;
struct Site;
struct System;

enum class EvidenceKind {
  log,
  config_export,
  report,
  ticket,
  minutes,
  certificate,
  screenshot,
  interview_note,
  attestation,
  signed_record
};
template <>
inline constexpr auto choices_of<EvidenceKind> = choices<EvidenceKind>({
    choice<EvidenceKind::log>("Log"),
    choice<EvidenceKind::config_export>("Configuration export"),
    choice<EvidenceKind::report>("Report"),
    choice<EvidenceKind::ticket>("Ticket"),
    choice<EvidenceKind::minutes>("Minutes"),
    choice<EvidenceKind::certificate>("Certificate"),
    choice<EvidenceKind::screenshot>("Screenshot"),
    choice<EvidenceKind::interview_note>("Interview notes"),
    choice<EvidenceKind::attestation>("Attestation"),
    choice<EvidenceKind::signed_record>("Signed record"),
});

enum class EvidenceSource { integration, manual };
template <>
inline constexpr auto choices_of<EvidenceSource> = choices<EvidenceSource>({
    choice<EvidenceSource::integration>("Collected by a machine"),
    choice<EvidenceSource::manual>("Collected by hand"),
});

enum class EvidenceReviewStatus { pending, accepted, rejected };
template <>
inline constexpr auto choices_of<EvidenceReviewStatus> = choices<EvidenceReviewStatus>({
    choice<EvidenceReviewStatus::pending>("To be reviewed"),
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
  Problems validate() const;

  // The days are in an order that can be true, and none lies after `today`.
  bool dates_are_plausible(Date today) const;
};

extern const Lifecycle evidence_lifecycle;

}  // namespace assay
