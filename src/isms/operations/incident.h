// An event assessed as an incident, or an event awaiting assessment.
#pragma once

#include "isms/choices.h"

namespace assay {

struct Asset;
struct Nonconformity;
struct Obligation;
struct Person;
struct Risk;

enum class IncidentStage { event, incident, not_incident };
template <>
inline constexpr auto choices_of<IncidentStage> = choices<IncidentStage>({
    choice<IncidentStage::event>("Event"),
    choice<IncidentStage::incident>("Incident"),
    choice<IncidentStage::not_incident>("No incident"),
});

// Notifications: one row of Incident::notifications.
struct IncidentNotification {
  Ref<Obligation> obligation;
  std::optional<Instant> sent_at;
  std::optional<std::string> not_required_rationale;
  static std::span<const FieldDef> parts();
};

struct Incident {
  Id id;
  std::string title;
  IncidentStage stage{};
  std::optional<Severity> severity;
  Instant reported_at;
  std::optional<Instant> classified_at;
  std::optional<Instant> contained_at;
  std::optional<Instant> resolved_at;
  std::optional<Instant> closed_at;
  std::optional<Ref<Person>> owner;
  bool personal_data_breach = false;
  std::vector<Ref<Obligation>> applicable_obligations;
  std::vector<IncidentNotification> notifications;
  bool response_log = false;
  bool evidence_preserved = false;
  std::optional<std::string> root_cause;
  std::optional<Date> lessons_learned_on;
  std::vector<Ref<Risk>> linked_risks;
  std::optional<Ref<Nonconformity>> nonconformity;
  std::vector<Ref<Asset>> assets;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle incident_lifecycle;

}  // namespace assay
