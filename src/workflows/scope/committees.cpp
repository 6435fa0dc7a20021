#include "workflows/scope/committees.h"

#include <algorithm>
#include <tuple>

#include "isms/record_checks.h"

namespace assay {
namespace {

const EmbeddedRow* held_then(const std::vector<EmbeddedRow>& rows, Date day) {
  auto found =
      std::ranges::find_if(rows, [&](const EmbeddedRow& row) { return text_of(row.values.front()) == day.iso(); });
  return found == rows.end() ? nullptr : &*found;
}

Problems wrong_with(const MeetingMinutes& minutes, const Committee& committee, Date today) {
  Problems problems;
  const CommitteeMeeting& meeting = minutes.meeting;
  if (!checks::given(meeting.held_on)) problems.push_back({"held_on", "must be the day of the meeting", ""});
  else if (meeting.held_on > today)
    problems.push_back({"held_on", "must not lie ahead: plan the next meeting instead", meeting.held_on.iso()});
  bool moved = minutes.was_held_on != meeting.held_on;
  if (moved && std::ranges::any_of(committee.meetings,
                                   [&](const CommitteeMeeting& other) { return other.held_on == meeting.held_on; })) {
    problems.push_back({"held_on", "must be another day: a meeting of this day is recorded", meeting.held_on.iso()});
  }
  if (meeting.attendees.empty()) problems.push_back({"attendees", "must name who was there", ""});
  if (minutes.next_meeting_on && *minutes.next_meeting_on <= meeting.held_on) {
    problems.push_back({"next_meeting_on", "must be after this meeting", minutes.next_meeting_on->iso()});
  }
  return problems;
}

}  // namespace

MeetingDue meeting_due(const Committee& committee, Date today) {
  MeetingDue out;
  for (const CommitteeMeeting& meeting : committee.meetings) {
    if (meeting.held_on <= today && (!out.last || meeting.held_on > *out.last)) out.last = meeting.held_on;
  }
  if (committee.next_meeting_on && (!out.last || *committee.next_meeting_on > *out.last)) {
    out.next = committee.next_meeting_on;
    out.planned = true;
  } else if (out.last && committee.cadence_days > 0) {
    out.next = out.last->plus_days(committee.cadence_days);
  }
  out.late = out.next && *out.next < today;
  return out;
}

std::vector<const CommitteeMeeting*> meetings_of(const Committee& committee) {
  std::vector<const CommitteeMeeting*> out;
  for (const CommitteeMeeting& meeting : committee.meetings) out.push_back(&meeting);
  std::ranges::stable_sort(out, std::greater(), &CommitteeMeeting::held_on);
  return out;
}

Result<Record> keep_minutes(const RegisterService& registers, const Principal& principal, std::string_view id,
                            std::int64_t version, const MeetingMinutes& minutes) {
  const EntityDef& def = Committee::def();
  TRY(Record record, registers.read(principal, def, id));
  auto committee = decode<Committee>(record);
  if (Problems problems = wrong_with(minutes, committee, registers.workspace().clock().today()); !problems.empty()) {
    return fail(std::move(problems), "The minutes were not kept.");
  }
  std::vector<EmbeddedRow> rows = rows_of(record.at("meetings"));
  // Written through the register's own description, so that parts keep their order.
  Committee one;
  one.meetings = {minutes.meeting};
  EmbeddedRow row = rows_of(encode(one).at("meetings")).front();
  const EmbeddedRow* former = minutes.was_held_on ? held_then(rows, *minutes.was_held_on) : nullptr;
  if (minutes.was_held_on && !former) return fail(ErrorKind::not_found, "There is no meeting of this day.");
  if (former) rows[static_cast<std::size_t>(former - rows.data())] = std::move(row);
  else rows.push_back(std::move(row));
  Patch patch = patch_of(def, {{"meetings", std::move(rows)}});
  if (!minutes.was_held_on) {
    Value next = minutes.next_meeting_on ? Value(minutes.next_meeting_on->iso()) : Value();
    Value agenda = minutes.next_agenda ? Value(*minutes.next_agenda) : Value();
    for (auto& [field, value] : patch_of(def, {{"next_meeting_on", next}, {"next_agenda", agenda}}))
      patch.emplace_back(field, std::move(value));
  }
  return registers.change(principal, def, id, version, patch);
}

Result<std::vector<CommunicationDue>> communication_plan(const RegisterService& registers, const Principal& principal) {
  TRY(auto items, all_of<CommunicationItem>(registers, principal));
  Date today = registers.workspace().clock().today();
  std::vector<CommunicationDue> out;
  for (CommunicationItem& item : items) {
    auto due = item.due_on(today);
    bool late = due && *due < today;
    out.push_back({std::move(item), due, late});
  }
  std::ranges::stable_sort(out, {}, [](const CommunicationDue& line) {
    return std::tuple(!line.due, line.due.value_or(Date{}), line.item.topic);
  });
  return out;
}

Result<void> note_communication(const RegisterService& registers, const Principal& principal, std::string_view id,
                                Date done_on, std::string_view note) {
  if (done_on > registers.workspace().clock().today())
    return fail(Problems{{"done_on", "must not lie ahead", done_on.iso()}});
  const EntityDef& def = CommunicationItem::def();
  CHECK(registers.change(principal, def, id, 0, patch_of(def, {{"last_done_on", done_on.iso()}}), note));
  return {};
}

}  // namespace assay
