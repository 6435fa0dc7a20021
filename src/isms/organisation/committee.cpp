#include "isms/organisation/committee.h"

#include <algorithm>

#include "isms/controls/evidence.h"
#include "isms/documents/document.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/person.h"

namespace assay {

std::span<const FieldDef> CommitteeMeeting::parts() {
  static constexpr FieldDef parts[] = {
      field<&CommitteeMeeting::held_on>({.label = "Held on"}),
      field<&CommitteeMeeting::minutes>({.label = "Minutes"}),
      field<&CommitteeMeeting::attendees>({.label = "Present"}),
      field<&CommitteeMeeting::agenda>({.label = "Agenda", .multiline = true}),
      field<&CommitteeMeeting::discussion>({.label = "What was said", .multiline = true}),
      field<&CommitteeMeeting::decisions>({.label = "Decisions", .multiline = true}),
  };
  static_assert(embedded_complete<CommitteeMeeting>(parts));
  return parts;
}

const EntityDef& Committee::def() {
  static constexpr FieldDef fields[] = {
      field<&Committee::name>(
          {.label = "Name", .example = "Information security committee", .title = true, .in_list = true}),
      field<&Committee::charter>({.label = "Terms of reference", .in_list = true}),
      field<&Committee::chair>({.label = "Chair", .in_list = true}),
      field<&Committee::members>({.label = "Members"}),
      field<&Committee::functions_represented>(
          {.label = "Units represented", .help = "At least three, so that it sees more than IT."}),
      field<&Committee::cadence_days>(
          {.label = "Meets every (days)", .example = "90", .in_list = true, .least = 1, .most = 3660}),
      field<&Committee::meetings>({.label = "Meetings held"}),
      field<&Committee::next_meeting_on>({.label = "Next meeting on", .help = "When it is planned."}),
      field<&Committee::next_agenda>({.label = "Agenda of the next meeting",
                                      .help = "One item a line.",
                                      .example = "Objectives: where they stand",
                                      .multiline = true}),
  };
  static constexpr EntityDef def = entity<Committee>(
      {
          .name = "committee",
          .label = "Committee",
          .plural = "Committees",
          .help = "The circle across functions in which information security is steered. Clause 5.1 asks top "
                  "management to support the ISMS; a committee that meets and keeps minutes shows it.",
          .clause = "5.1",
          .example = "Information security committee: managing director, IT, HR and operations, meets every 90 days.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "COM",
          .holder = "chair",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems Committee::validate() const {
  Problems problems;
  for (std::size_t i = 0; i < meetings.size(); ++i) {
    const bool twice = std::any_of(meetings.begin(), meetings.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&](const CommitteeMeeting& other) { return other.held_on == meetings[i].held_on; });
    if (twice && meetings[i].held_on != Date{}) {
      problems.push_back({"meetings", "must list each meeting once", meetings[i].held_on.iso()});
    }
  }
  return problems;
}

}  // namespace assay
