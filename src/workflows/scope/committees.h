// Committees that steer information security (5.1): planned and held meetings, and who must be told what (7.4).
#pragma once

#include <string>
#include <vector>

#include "isms/organisation/committee.h"
#include "isms/organisation/communication_item.h"
#include "workflows/records.h"

namespace assay {

// When a committee should meet next: what was planned, else the last meeting and its interval; nothing for one that
// never met and has no plan. Late: that day has passed.
struct MeetingDue {
  std::optional<Date> last, next;
  bool planned = false;
  bool late = false;
};
MeetingDue meeting_due(const Committee& committee, Date today);
// Held meetings, newest first.
std::vector<const CommitteeMeeting*> meetings_of(const Committee& committee);

// Records a meeting, or changes the one that was held on `was_held_on`; what was planned for the next one is used up by
// a new one. Errors: invalid at "held_on", "attendees" or "decisions".
struct MeetingMinutes {
  std::optional<Date> was_held_on;  // nothing: a new meeting
  CommitteeMeeting meeting;
  std::optional<Date> next_meeting_on;
  std::optional<std::string> next_agenda;
};
Result<Record> keep_minutes(const RegisterService& registers, const Principal& principal, std::string_view committee,
                            std::int64_t version, const MeetingMinutes& minutes);

// Every line of the communication plan, those due first.
struct CommunicationDue {
  CommunicationItem item;
  std::optional<Date> due;
  bool late = false;
};
Result<std::vector<CommunicationDue>> communication_plan(const RegisterService& registers, const Principal& principal);
// It was told on the day. Error: invalid at "done_on" for a day that lies ahead.
Result<void> note_communication(const RegisterService& registers, const Principal& principal, std::string_view id,
                                Date done_on, std::string_view note);

}  // namespace assay
