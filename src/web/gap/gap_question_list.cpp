// The questions of a gap analysis, and who answers what.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/gap/gap_view.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

struct QuestionFilter {
  std::string show, person, group;  // show: "", "open", "mine", "gaps"

  bool admits(const Visit& visit, const GapDesk& desk, const GapQuestion& question) const {
    const GapItem* item = desk.analysis.find(question.key);
    std::string handed = desk.analysis.person_for(question.key);
    if (show == "open" && item) return false;
    if (show == "gaps" && (!item || !is_gap(item->result))) return false;
    if (show == "mine" && (visit.principal.person.empty() || handed != visit.principal.person)) return false;
    if (!person.empty() && handed != person) return false;
    return group.empty() || question.group == group;
  }
  std::string url(std::string_view base) const {
    std::string out;
    for (const auto& [name, value] :
         {std::pair("show", show), std::pair("person", person), std::pair("group", group)}) {
      if (!value.empty()) out += fmt::format("{}{}={}", out.empty() ? "?" : "&", name, encode_url(value));
    }
    return std::string(base) + out;
  }
};

void write_filters(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const QuestionFilter& filter) {
  std::string base = gap_url(desk.id(), "questions");
  h.el("div", {cls("chips mb-2 no-print"), at("role", "group"), at("aria-label", "Filter")}, [&] {
    auto show = [&](std::string_view name, std::string_view label) {
      QuestionFilter other = filter;
      bool active = filter.show == name;
      other.show = active ? std::string() : std::string(name);
      chip(h, other.url(base), label, active);
    };
    show("open", "Unanswered");
    if (!visit.principal.person.empty()) show("mine", "Mine");
    show("gaps", "Gaps");
    for (std::string_view group : gap_groups) {
      QuestionFilter other = filter;
      bool active = filter.group == group;
      other.group = active ? std::string() : std::string(group);
      chip(h, other.url(base), fmt::format("{} {}", group, gap_group_label(group)), active);
    }
    if (!filter.person.empty()) {
      QuestionFilter other = filter;
      other.person.clear();
      chip(h, other.url(base), desk.person(filter.person), true);
    }
  });
}

void write_question_list(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const QuestionFilter& filter) {
  GapTable table(h, false, {"Question", "Result", "Handed to", "Answered by", "Step"});
  std::size_t shown = 0;
  h.el("div", {cls("card mb-3")}, [&] {
    table.write("Questions of the gap analysis", [&] {
      std::string group;
      for (const GapQuestion& question : desk.questions) {
        if (!filter.admits(visit, desk, question)) continue;
        ++shown;
        if (group != question.group) table.group(fmt::format("{} {}", question.group, gap_group_label(question.group)));
        group = question.group;
        const GapItem* item = desk.analysis.find(question.key);
        table.row([&] {
          table.question(desk, question);
          table.cell(1, [&] {
            if (item) gap_result_badge(h, item->result);
            else h.el("span", {cls("text-secondary")}, "Unanswered");
          });
          table.cell(2, desk.person(desk.analysis.person_for(question.key)));
          table.cell(3, item ? desk.person(item->assessor) : std::string());
          table.cell(4, item ? shorten(item->action.value_or(""), 120) : std::string());
        });
      }
      if (shown == 0)
        table.row([&] { h.el("td", {at("colspan", 5), cls("text-secondary")}, "No question fits the filter."); });
    });
  });
}

struct HandOut {
  std::string person = {}, questions = {};
  std::vector<std::string> groups = {};
  const Error* error = nullptr;
};

void write_hand_out(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const HandOut& typed) {
  FormState state{typed.error ? &typed.error->problems : nullptr};
  section(h, "hand-out", "Hand questions to a person", {}, [&] {
    h.el("form",
         {at("method", "post"), at("action", gap_url(desk.id(), "hand-out")), flag("data-dirty"), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.el("div", {cls("card-body row")}, [&] {
             const FieldDef& person = GapAssignment::parts()[0];
             form_field(h, visit, person, typed.person.empty() ? Value() : Value(typed.person), state, false, false,
                        FieldWidth::half);
             std::string problem = state.problem_of("questions");
             h.el("div", {cls("col-md-6 mb-3")}, [&] {
               h.el("label", {cls("form-label"), at("for", "f-questions")}, "Single questions");
               h.leaf("input", {at("type", "text"), cls("form-control"), cls_if(!problem.empty(), "is-invalid"),
                                at("id", "f-questions"), at("name", "questions"), at("value", typed.questions),
                                at("placeholder", "6.1.2, A.8.13"), at("autocomplete", "off"),
                                at_if(!problem.empty(), "aria-describedby", "f-questions-problem")});
               if (!problem.empty())
                 h.el("div", {cls("invalid-feedback d-block"), at("id", "f-questions-problem")}, problem);
               h.el("small", {cls("form-hint")}, "Clauses by their number, controls with A. before it.");
             });
             h.el("fieldset", {cls("col-12")}, [&] {
               h.el("legend", {cls("form-label")}, "Whole chapters and themes");
               for (std::string_view group : gap_groups) {
                 bool on = std::ranges::find(typed.groups, group) != typed.groups.end();
                 h.el("label", {cls("form-check form-check-inline")}, [&] {
                   h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "group"),
                                    at("value", group), flag("checked", on)});
                   h.el("span", {cls("form-check-label")}, fmt::format("{} {}", group, gap_group_label(group)));
                 });
               }
             });
             h.el("p", {cls("text-secondary mb-0")},
                  "Control owners and risk owners answer what is handed to them. Without a person the questions are "
                  "taken back.");
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Hand out");
           });
         });
  });
}

Response questions_page(Visit& visit, const GapDesk& desk, const HandOut& typed) {
  const Request& request = visit.request;
  QuestionFilter filter{std::string(request.query_value("show")), std::string(request.query_value("person")),
                        std::string(request.query_value("group"))};
  Frame frame = gap_frame(desk, "Questions");
  if (typed.error) frame.status = status_of(typed.error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (typed.error) problem_list(h, *typed.error);
    gap_tabs(h, desk, "questions");
    write_filters(h, visit, desk, filter);
    write_question_list(h, visit, desk, filter);
    if (desk.keeps) write_hand_out(h, visit, desk, typed);
  });
}

}  // namespace

Response gap_questions_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  return questions_page(visit, *desk, {});
}

Response gap_hand_out(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  HandOut typed{.questions = std::string(form->value("questions"))};
  for (std::string_view value : form->values("person")) {
    if (!trim(value).empty()) typed.person = std::string(trim(value));
  }
  for (std::string_view group : form->values("group")) typed.groups.emplace_back(group);
  auto done_so = hand_out_gap_questions(visit.tenant.registers, visit.principal, desk->analysis, typed.person,
                                        typed.groups, typed.questions);
  if (done_so)
    return done(visit, gap_url(desk->id(), "questions"),
                typed.person.empty() ? "The questions were taken back." : "The questions were handed out.");
  typed.error = &done_so.error();
  return questions_page(visit, *desk, typed);
}

}  // namespace assay
