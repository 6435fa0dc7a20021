// Committees: when they meet next, minutes of what was held, minutes as a document.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/scope/governance_view.h"
#include "workflows/scope/committees.h"

namespace assay {
namespace {

constexpr std::string_view committees_url = "/governance/committees";

std::string committee_url(std::string_view id) { return fmt::format("{}/{}", committees_url, encode_url(id)); }
std::string minutes_url(std::string_view id, Date held_on) {
  return fmt::format("{}/minutes/{}", committee_url(id), held_on.iso());
}

void write_due(HtmlWriter& h, const Committee& committee, const MeetingDue& due) {
  if (!due.next) return h.text(committee.meetings.empty() ? "Has not met yet" : "Not planned");
  if (due.late) {
    tone_badge(h, "red", "Late");
    h.text(" ");
  }
  h.text(fmt::format("{}, {}", due.next->iso(), due.planned ? "planned" : "by its interval"));
}

Response committees_page(Visit& visit) {
  auto committees = all_of<Committee>(visit.tenant.registers, visit.principal);
  if (!committees) return error_page(visit, committees.error());
  Date today = visit.tenant.workspace->clock().today();
  TitleBook titles(visit);
  for (const Committee& committee : *committees) titles.want(Person::def(), committee.chair.id);
  titles.read();
  Frame frame = governance_frame("Committees", "Clause 5.1");
  HtmlWriter actions(256);
  if (visit.may(Action::create, Committee::def()))
    actions.el("a", {cls("btn btn-primary"), at("href", new_url(Committee::def()))}, "New committee");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    governance_tabs(h, committees_url);
    if (committees->empty()) {
      return empty_state(h, "users-group", "Where is information security steered?",
                         "Clause 5.1 asks top management to lead and support the ISMS. A circle across functions that "
                         "meets, decides and keeps minutes shows it. Example: the information security committee with "
                         "the managing director, IT, HR and operations meets every 90 days.",
                         {});
    }
    h.el("div", {cls("card")}, [&] {
      bench_table(h, "Committees", {"Committee", "Chair", "Members", "Meets every", "Last met", "Next meeting"}, [&] {
        for (const Committee& committee : *committees) {
          MeetingDue due = meeting_due(committee, today);
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), cls("fw-normal")},
                 [&] { h.el("a", {at("href", committee_url(committee.id))}, committee.name); });
            bench_cell(h, "Chair", [&] { titles.link(h, Person::def(), committee.chair.id); });
            bench_cell(h, "Members", fmt::to_string(committee.members.size()));
            bench_cell(h, "Meets every", fmt::format("{} days", committee.cadence_days));
            bench_cell(h, "Last met", due.last ? due.last->iso() : "Never");
            bench_cell(h, "Next meeting", [&] { write_due(h, committee, due); });
          });
        }
      });
    });
  });
}

// ---- One committee ---------------------------------------------------------------------------------------------------------------

Result<Record> asked_committee(Visit& visit) {
  return visit.tenant.registers.read(visit.principal, Committee::def(), visit.request.param("id"));
}

Frame committee_frame(const Committee& committee, std::string title) {
  Frame frame = governance_frame(std::move(title), "Clause 5.1",
                                 {{"Governance", "/governance"}, {"Committees", std::string(committees_url)}});
  frame.crumbs.push_back({committee.name, committee_url(committee.id)});
  return frame;
}

void write_meetings(HtmlWriter& h, const Committee& committee) {
  auto meetings = meetings_of(committee);
  section(h, "meetings", fmt::format("Meetings held ({})", meetings.size()), {}, [&] {
    if (meetings.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "No meeting is recorded.");
    bench_table(h, "Meetings held, newest first", {"Held on", "Present", "Decisions", "Evidence"}, [&] {
      for (const CommitteeMeeting* meeting : meetings) {
        h.el("tr", [&] {
          h.el("th", {at("scope", "row"), cls("fw-normal text-nowrap")},
               [&] { h.el("a", {at("href", minutes_url(committee.id, meeting->held_on))}, meeting->held_on.iso()); });
          bench_cell(h, "Present", fmt::format("{} of {}", meeting->attendees.size(), committee.members.size()));
          bench_cell(h, "Decisions", shorten(meeting->decisions.value_or(""), 160));
          bench_cell(h, "Evidence", [&] {
            if (meeting->minutes && !meeting->minutes->empty())
              h.el("a", {at("href", record_url(Evidence::def(), meeting->minutes->id))}, meeting->minutes->id);
          });
        });
      }
    });
  });
}

Response committee_page(Visit& visit) {
  auto record = asked_committee(visit);
  if (!record) return error_page(visit, record.error());
  auto committee = decode<Committee>(*record);
  Frame frame = committee_frame(committee, committee.name);
  frame.crumbs.pop_back();
  bool editable = visit.may(Action::change, Committee::def(), &*record);
  HtmlWriter actions(512);
  if (editable)
    actions.el("a", {cls("btn btn-primary"), at("href", committee_url(committee.id) + "/meeting")}, "Record a meeting");
  actions.el("a", {cls("btn"), at("href", record_url(Committee::def(), committee.id))}, "Open the record");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    HtmlWriter plan(256);
    if (editable)
      plan.el("a",
              {cls("btn btn-sm"), at("href", record_url(Committee::def(), committee.id) + "/edit#f-next_meeting_on")},
              "Plan");
    section(h, "next-meeting", "Next meeting", plan.take(), [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", {cls_if(!committee.next_agenda, "mb-0")},
             [&] { write_due(h, committee, meeting_due(committee, visit.tenant.workspace->clock().today())); });
        if (committee.next_agenda) h.el("p", {cls("text-preline mb-0")}, *committee.next_agenda);
      });
    });
    write_meetings(h, committee);
  });
}

// ---- Minutes ---------------------------------------------------------------------------------------------------------------------

struct MinutesForm {
  Record record;
  Committee committee;
  MeetingMinutes minutes;
  std::int64_t version = 0;
  const Error* error = nullptr;
};

const FieldDef& meeting_part(std::string_view name) {
  return *std::ranges::find(CommitteeMeeting::parts(), name, &FieldDef::name);
}

void write_reference(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value,
                     std::string_view label, bool required, const FormState& state) {
  std::string problem = state.problem_of(field.name), id = fmt::format("f-{}", field.name);
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), cls_if(required, "required"), at("for", id)}, label);
    field_input(h, visit, field, value, titles_of(visit, field, value), {.invalid = !problem.empty()});
    input_problem(h, id, problem);
  });
}

Response minutes_form_view(Visit& visit, const MinutesForm& form) {
  const CommitteeMeeting& meeting = form.minutes.meeting;
  bool is_new = !form.minutes.was_held_on;
  Frame frame = committee_frame(
      form.committee, is_new ? std::string("Record a meeting") : "Minutes of " + form.minutes.was_held_on->iso());
  frame.narrow = true;
  frame.status = form.error ? status_of(form.error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (form.error) problem_list(h, *form.error);
    FormState state{form.error ? &form.error->problems : nullptr};
    h.el("form",
         {cls("card"), at("method", "post"), at("action", committee_url(form.committee.id) + "/meeting"),
          flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", form.version)});
           if (!is_new)
             h.leaf("input", {at("type", "hidden"), at("name", "was"), at("value", form.minutes.was_held_on->iso())});
           h.el("div", {cls("card-body")}, [&] {
             text_line(h, {.name = "held_on",
                           .label = "Held on",
                           .value = meeting.held_on == Date{} ? std::string() : meeting.held_on.iso(),
                           .type = "date",
                           .problem = state.problem_of("held_on"),
                           .required = true});
             std::vector<std::string> ids;
             for (const Ref<Person>& person : meeting.attendees) ids.push_back(person.id);
             write_reference(h, visit, meeting_part("attendees"), Value(ids), "Present", true, state);
             text_area(h,
                       {.name = "agenda",
                        .label = "Agenda",
                        .value = meeting.agenda.value_or(""),
                        .hint = "One item a line.",
                        .problem = state.problem_of("agenda")},
                       4);
             text_area(h,
                       {.name = "discussion",
                        .label = "What was said",
                        .value = meeting.discussion.value_or(""),
                        .problem = state.problem_of("discussion")},
                       5);
             text_area(h,
                       {.name = "decisions",
                        .label = "Decisions",
                        .value = meeting.decisions.value_or(""),
                        .hint = "One decision a line, with who does it by when.",
                        .problem = state.problem_of("decisions")},
                       4);
             Value evidence = meeting.minutes && !meeting.minutes->empty() ? Value(meeting.minutes->id) : Value();
             write_reference(h, visit, meeting_part("minutes"), evidence, "Signed minutes as evidence", false, state);
             if (!is_new) return;
             text_line(h, {.name = "next_meeting_on",
                           .label = "Next meeting on",
                           .value = form.minutes.next_meeting_on ? form.minutes.next_meeting_on->iso() : std::string(),
                           .type = "date",
                           .problem = state.problem_of("next_meeting_on")});
             text_area(h,
                       {.name = "next_agenda",
                        .label = "Agenda of the next meeting",
                        .value = form.minutes.next_agenda.value_or(""),
                        .problem = state.problem_of("next_agenda")},
                       3);
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", committee_url(form.committee.id))}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Keep the minutes");
           });
         });
  });
}

const CommitteeMeeting* meeting_on(const Committee& committee, std::string_view day) {
  auto found = std::ranges::find_if(committee.meetings,
                                    [&](const CommitteeMeeting& meeting) { return meeting.held_on.iso() == day; });
  return found == committee.meetings.end() ? nullptr : &*found;
}

Response meeting_page(Visit& visit) {
  auto record = asked_committee(visit);
  if (!record) return error_page(visit, record.error());
  MinutesForm form{*record, decode<Committee>(*record), {}, record->version};
  std::string_view day = visit.request.query_value("held_on");
  if (const CommitteeMeeting* meeting = meeting_on(form.committee, day)) {
    form.minutes = {meeting->held_on, *meeting, std::nullopt, std::nullopt};
  } else {
    // The plan becomes the minutes: its agenda, and the members as those who were there.
    form.minutes.meeting.held_on = visit.tenant.workspace->clock().today();
    form.minutes.meeting.attendees = form.committee.members;
    form.minutes.meeting.agenda = form.committee.next_agenda;
  }
  return minutes_form_view(visit, form);
}

std::optional<std::string> text_in(const Form& form, std::string_view name) {
  std::string text(trim(replace_all(form.value(name), "\r\n", "\n")));
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

// A day that cannot be read is a problem at its input; an empty one is nothing.
std::optional<Date> day_in(const Form& form, std::string_view name, Problems& problems) {
  std::string_view text = form.value(name);
  if (is_blank(text)) return std::nullopt;
  auto day = Date::parse(text);
  if (!day) problems.push_back({std::string(name), "must be a day", shorten(text, 20)});
  return day;
}

MeetingMinutes minutes_in(const Form& form, Problems& problems) {
  MeetingMinutes out;
  out.was_held_on = day_in(form, "was", problems);
  out.meeting.held_on = day_in(form, "held_on", problems).value_or(Date{});
  if (auto people = form_value(meeting_part("attendees"), form)) {
    for (const std::string& id : list_of(*people)) out.meeting.attendees.push_back({id});
  }
  if (auto evidence = form_value(meeting_part("minutes"), form); evidence && !is_unset(*evidence))
    out.meeting.minutes = Ref<Evidence>{Id(text_of(*evidence))};
  out.meeting.agenda = text_in(form, "agenda");
  out.meeting.discussion = text_in(form, "discussion");
  out.meeting.decisions = text_in(form, "decisions");
  out.next_meeting_on = day_in(form, "next_meeting_on", problems);
  out.next_agenda = text_in(form, "next_agenda");
  return out;
}

Response save_meeting(Visit& visit) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  auto record = asked_committee(visit);
  if (!record) return error_page(visit, record.error());
  Error wrong{ErrorKind::invalid, "The minutes were not kept.", {}, {}, {}};
  MinutesForm form{*record, decode<Committee>(*record), minutes_in(*sent, wrong.problems),
                   version_in(*sent, Committee::def())};
  if (!wrong.problems.empty()) {
    form.error = &wrong;
    return minutes_form_view(visit, form);
  }
  auto kept = keep_minutes(visit.tenant.registers, visit.principal, record->id, form.version, form.minutes);
  if (kept) return done(visit, minutes_url(record->id, form.minutes.meeting.held_on), "The minutes are kept.");
  if (kept.error().kind == ErrorKind::forbidden) return error_page(visit, kept.error());
  form.error = &kept.error();
  return minutes_form_view(visit, form);
}

// ---- Minutes as a document -------------------------------------------------------------------------------------------------------

struct MinutesPaper {
  Record record;
  Committee committee;
  CommitteeMeeting meeting;
  Letterhead letterhead;
  Paper paper;
  std::vector<std::string> present, absent;

  void write(HtmlWriter& h) const {
    auto part = [&](std::string_view title, const std::optional<std::string>& text, std::string_view nothing) {
      h.el("h2", title);
      if (text && !is_blank(*text)) h.el("p", {cls("text-preline")}, *text);
      else h.el("p", {cls("note")}, nothing);
    };
    part("Agenda", meeting.agenda, "No agenda is recorded.");
    part("What was said", meeting.discussion, "Nothing is recorded.");
    part("Decisions", meeting.decisions, "Nothing was decided.");
  }
  std::string html() const {
    return paper_html(letterhead, paper, [this](HtmlWriter& h) { write(h); });
  }
};

Result<MinutesPaper> minutes_paper(Visit& visit) {
  MinutesPaper out;
  TRY(out.record, asked_committee(visit));
  out.committee = decode<Committee>(out.record);
  const CommitteeMeeting* meeting = meeting_on(out.committee, visit.request.param("day"));
  if (!meeting) return fail(ErrorKind::not_found, "There is no meeting of this day.");
  out.meeting = *meeting;
  TRY(out.letterhead, letterhead_of(visit));
  TitleBook titles(visit);
  titles.want(Person::def(), out.committee.chair.id);
  for (const auto& person : out.committee.members) titles.want(Person::def(), person.id);
  for (const auto& person : meeting->attendees) titles.want(Person::def(), person.id);
  titles.read();
  for (const auto& person : meeting->attendees) out.present.push_back(titles.title(Person::def(), person.id));
  for (const auto& person : out.committee.members) {
    if (std::ranges::find(meeting->attendees, person) == meeting->attendees.end())
      out.absent.push_back(titles.title(Person::def(), person.id));
  }
  std::string day = out.letterhead.day(meeting->held_on.iso());
  out.paper.title = "Minutes: " + out.committee.name;
  out.paper.edition = meeting->held_on.iso();
  out.paper.state = "Meeting of " + day;
  out.paper.facts = {{"Held on", day},
                     {"Chair", titles.title(Person::def(), out.committee.chair.id)},
                     {"Present", join(out.present, ", ")}};
  if (!out.absent.empty()) out.paper.facts.emplace_back("Absent", join(out.absent, ", "));
  return out;
}

Response minutes_page(Visit& visit) {
  auto paper = minutes_paper(visit);
  if (!paper) return error_page(visit, paper.error());
  std::string url = minutes_url(paper->committee.id, paper->meeting.held_on);
  Frame frame = committee_frame(paper->committee, "Minutes of " + paper->meeting.held_on.iso());
  HtmlWriter actions(512);
  if (visit.may(Action::change, Committee::def(), &paper->record)) {
    actions.el("a",
               {cls("btn"), at("href", fmt::format("{}/meeting?held_on={}", committee_url(paper->committee.id),
                                                   paper->meeting.held_on.iso()))},
               "Change");
    post_button(actions, visit, url + "/issue", "Issue");
  }
  actions.el("a", {cls("btn btn-primary"), at("href", url + "/pdf")}, "PDF");
  frame.actions = actions.take();
  auto issues = visit.tenant.issues.list(visit.principal, "minutes", "committee", paper->record.id);
  return page(visit, frame, [&](HtmlWriter& h) {
    paper_on_screen(h, paper->letterhead, paper->paper, [&](HtmlWriter& inner) { paper->write(inner); });
    if (!issues || issues->empty()) return;
    section(h, "issued", "Issued minutes of this committee", {}, [&] { issue_list(h, *issues, paper->letterhead); });
  });
}

Result<PdfWork> minutes_pdf(Visit& visit) {
  TRY(MinutesPaper paper, minutes_paper(visit));
  const std::string day = paper.meeting.held_on.iso();
  return PdfWork{committee_frame(paper.committee, "PDF of the minutes of " + day),
                 minutes_url(paper.committee.id, paper.meeting.held_on), "Back to the minutes",
                 fmt::format("Minutes {}.pdf", day), visit.tenant.pdfs.ask(paper.html())};
}

Response issue_minutes(Visit& visit) {
  auto paper = minutes_paper(visit);
  if (!paper) return error_page(visit, paper.error());
  std::string content = fmt::format(
      "{{\"held_on\":{},\"agenda\":{},\"discussion\":{},\"decisions\":{}}}", json_string(paper->meeting.held_on.iso()),
      json_string(paper->meeting.agenda.value_or("")), json_string(paper->meeting.discussion.value_or("")),
      json_string(paper->meeting.decisions.value_or("")));
  auto number = visit.tenant.issues.issue(
      visit.principal, paper->record,
      {"minutes", paper->paper.title, paper->paper.edition, {}, std::move(content), paper->html()});
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The minutes are issued.");
}

}  // namespace

std::vector<PageRoute> committee_pages() {
  return {
      {"GET", "/governance/committees", committees_page},
      {"GET", "/governance/committees/{id}", committee_page},
      {"GET", "/governance/committees/{id}/meeting", meeting_page},
      {"POST", "/governance/committees/{id}/meeting", save_meeting},
      {"GET", "/governance/committees/{id}/minutes/{day}", minutes_page},
      {"GET", "/governance/committees/{id}/minutes/{day}/pdf", pdf_of(minutes_pdf)},
      {"POST", "/governance/committees/{id}/minutes/{day}/issue", issue_minutes},
  };
}

}  // namespace assay
