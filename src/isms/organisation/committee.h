// The cross-functional governance forum.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct Evidence;
struct OrgUnit;
struct Person;

// Meetings held: one row of Committee::meetings.
struct CommitteeMeeting {
  Date held_on;
  std::optional<Ref<Evidence>> minutes;
  std::vector<Ref<Person>> attendees;
  std::optional<std::string> agenda;
  std::optional<std::string> discussion;
  std::optional<std::string> decisions;
  static std::span<const FieldDef> parts();
};

struct Committee {
  Id id;
  std::string name;
  std::optional<Ref<Document>> charter;
  Ref<Person> chair;
  std::vector<Ref<Person>> members;
  std::vector<Ref<OrgUnit>> functions_represented;
  std::int64_t cadence_days = 0;
  std::vector<CommitteeMeeting> meetings;
  std::optional<Date> next_meeting_on;
  std::optional<std::string> next_agenda;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
