// The RACI matrix: activities by people, one row to edit, typical activities to begin with, the matrix on paper and as
// a sheet.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/scope/governance_view.h"
#include "workflows/scope/responsibilities.h"

namespace assay {
namespace {

constexpr std::string_view raci_url = "/governance/raci";

struct RaciLetter {
  std::string_view letter, label;
};
constexpr RaciLetter raci_letters[] = {
    {"", "–"},           {"A", "A: answers for it"},  {"AR", "A and R: answers for it and does it"},
    {"R", "R: does it"}, {"C", "C: is asked before"}, {"I", "I: is told after"}};

std::string_view words_of_letter(std::string_view letter) {
  auto found = std::ranges::find(raci_letters, letter, &RaciLetter::letter);
  return found == std::end(raci_letters) || letter.empty() ? std::string_view()
                                                           : found->label.substr(found->label.find(": ") + 2);
}

std::string row_url(std::string_view id) { return fmt::format("{}/{}", raci_url, encode_url(id)); }

std::string roles_of(const RaciMatrix& matrix, const Id& person) {
  auto found = matrix.roles.find(person);
  if (found == matrix.roles.end()) return {};
  std::vector<std::string> out;
  for (RoleAssignmentRole role : found->second) out.emplace_back(label_of(role));
  return join(out, ", ");
}

void write_matrix(HtmlWriter& h, const RaciMatrix& matrix, bool linked) {
  h.el("table", {cls("raci")}, [&] {
    h.el("caption", {cls("visually-hidden")},
         "Who answers for (A), does (R), is consulted on (C) and is informed of (I) each activity");
    h.el("thead", [&] {
      h.el("tr", [&] {
        h.el("th", {at("scope", "col")}, "Clause");
        h.el("th", {at("scope", "col")}, "Activity");
        for (const Person& person : matrix.people) {
          h.el("th", {at("scope", "col"), cls("raci-person")}, [&] {
            h.text(person.name);
            if (std::string roles = roles_of(matrix, person.id); !roles.empty()) h.el("div", {cls("raci-role")}, roles);
          });
        }
      });
    });
    h.el("tbody", [&] {
      for (const Responsibility& activity : matrix.activities) {
        h.el("tr", [&] {
          h.el("td", {cls("text-nowrap")}, activity.clause.value_or(""));
          h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
            if (linked) h.el("a", {at("href", row_url(activity.id))}, activity.activity);
            else h.text(activity.activity);
          });
          for (const Person& person : matrix.people) {
            std::string letter = raci_letter(activity, person.id);
            std::string tone = letter.starts_with("A") ? "cell-good" : letter == "R" ? "cell-fair" : "";
            h.el("td", {cls("raci-cell"), cls_if(!tone.empty(), tone)}, [&] {
              if (letter.empty()) return;
              h.el("abbr", {at("title", fmt::format("{} {}", person.name, words_of_letter(letter)))},
                   letter == "AR" ? std::string_view("A/R") : std::string_view(letter));
            });
          }
        });
      }
    });
  });
}

Html matrix_actions(const Visit& visit, const RaciMatrix& matrix) {
  HtmlWriter h(512);
  if (visit.may(Action::create, Responsibility::def())) {
    h.el("a", {cls("btn btn-primary"), at("href", row_url("new"))}, "New activity");
    h.el("a", {cls("btn"), at("href", row_url("typical"))}, "Typical activities");
  }
  if (!matrix.activities.empty()) {
    h.el("a", {cls("btn"), at("href", std::string("/governance/raci/document/pdf"))}, "PDF");
    h.el("a", {cls("btn"), at("href", "/governance/raci.xlsx")}, "XLSX");
  }
  return h.take();
}

Response matrix_page(Visit& visit) {
  auto matrix = raci_matrix(visit.tenant.registers, visit.principal);
  if (!matrix) return error_page(visit, matrix.error());
  Frame frame = governance_frame("Responsibilities", "Clause 5.3");
  frame.actions = matrix_actions(visit, *matrix);
  return page(visit, frame, [&](HtmlWriter& h) {
    governance_tabs(h, raci_url);
    if (matrix->activities.empty()) {
      HtmlWriter actions(256);
      if (visit.may(Action::create, Responsibility::def()))
        actions.el("a", {cls("btn btn-primary"), at("href", row_url("typical"))}, "Begin with typical activities");
      return empty_state(h, "users-group", "Who answers for what?",
                         "Clause 5.3 asks that responsibilities and authorities are assigned and made known. For each "
                         "activity exactly one person is accountable (A); others do the work (R), are asked "
                         "before (C) or told after (I). Example: the ISMS owner is accountable for the Statement of "
                         "Applicability, the security officer keeps it.",
                         actions.take());
    }
    h.el("p", {cls("text-secondary")}, "A answers for it, R does it, C is asked before, I is told after.");
    h.el("div", {cls("card")}, [&] {
      h.el(
          "div",
          {cls("raci-scroll"), at("tabindex", 0), at("role", "region"), at("aria-label", "Matrix of responsibilities")},
          [&] { write_matrix(h, *matrix, true); });
    });
  });
}

// ---- One row ---------------------------------------------------------------------------------------------------------------------

struct RaciForm {
  RaciMatrix matrix;
  RaciRow row;
  const Error* error = nullptr;
};

void write_letters(HtmlWriter& h, const RaciForm& form, std::string_view problem) {
  h.el("fieldset", {at("id", "f-accountable"), at_if(!problem.empty(), "aria-describedby", "f-accountable-problem")},
       [&] {
         h.el("legend", {cls("form-label required")}, "Who does what");
         input_problem(h, "f-accountable", problem);
         for (const Person& person : form.matrix.people) {
           auto sent = std::ranges::find(form.row.letters, person.id, [](const auto& pair) { return pair.first; });
           std::string letter = sent == form.row.letters.end() ? std::string() : sent->second;
           std::string id = "letter-" + person.id;
           h.el("div", {cls("raci-line")}, [&] {
             h.el("label", {at("for", id)}, [&] {
               h.text(person.name);
               if (std::string roles = roles_of(form.matrix, person.id); !roles.empty())
                 h.el("small", {cls("d-block text-secondary")}, roles);
             });
             h.leaf("input", {at("type", "hidden"), at("name", "person"), at("value", person.id)});
             h.el("select", {cls("form-select"), at("id", id), at("name", "letter")}, [&] {
               for (const RaciLetter& each : raci_letters)
                 h.el("option", {at("value", each.letter), flag("selected", each.letter == letter)}, each.label);
             });
           });
         }
       });
}

void write_other_person(HtmlWriter& h, const Visit& visit, const FormState& state) {
  h.el("div", {cls("raci-line mt-3")}, [&] {
    h.el("div", [&] {
      h.el("label", {cls("form-label"), at("for", "f-other")}, "Somebody else");
      reference_input(h, visit, *Responsibility::def().find("accountable"), {},
                      {.id = "f-other", .invalid = !state.problem_of("other").empty()});
      input_problem(h, "f-other", state.problem_of("other"));
    });
    h.el("select", {cls("form-select"), at("name", "other_letter"), at("aria-label", "What somebody else does")}, [&] {
      for (const RaciLetter& each : raci_letters) h.el("option", {at("value", each.letter)}, each.label);
    });
  });
}

Response row_view(Visit& visit, const RaciForm& form) {
  bool is_new = form.row.id.empty();
  Frame frame = governance_frame(is_new ? std::string("New activity") : form.row.activity, "Clause 5.3",
                                 {{"Governance", "/governance"}, {"Responsibilities", std::string(raci_url)}});
  frame.narrow = true;
  frame.status = form.error ? status_of(form.error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (form.error) problem_list(h, *form.error, Responsibility::def());
    FormState state{form.error ? &form.error->problems : nullptr};
    h.el("form",
         {cls("card"), at("method", "post"), at("action", row_url(is_new ? "new" : form.row.id)), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", form.row.version)});
           h.el("div", {cls("card-body")}, [&] {
             text_line(h, {.name = "activity",
                           .label = "Activity",
                           .value = form.row.activity,
                           .problem = state.problem_of("activity"),
                           .required = true});
             text_line(h, {.name = "clause",
                           .label = "Clause",
                           .value = form.row.clause,
                           .hint = "What asks for it, such as 6.1.3 d.",
                           .problem = state.problem_of("clause")});
             std::string problem = state.problem_of("accountable");
             for (std::string_view place : {"letters", "responsible", "consulted", "informed"}) {
               if (std::string more = state.problem_of(place); !more.empty())
                 problem += (problem.empty() ? "" : ". ") + more;
             }
             write_letters(h, form, problem.empty() ? problem : "Accountable " + problem);
             write_other_person(h, visit, state);
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", raci_url)}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save");
           });
         });
  });
}

// The row that the address names; "new" is an empty one.
Result<RaciForm> row_form(Visit& visit) {
  RaciForm out;
  TRY(out.matrix, raci_matrix(visit.tenant.registers, visit.principal));
  std::string_view id = visit.request.param("id");
  if (id == "new") return out;
  auto found = std::ranges::find(out.matrix.activities, id, &Responsibility::id);
  if (found == out.matrix.activities.end()) return fail(ErrorKind::not_found, "There is no such activity.");
  TRY(Record record, visit.tenant.registers.read(visit.principal, Responsibility::def(), id));
  out.row = {found->id, record.version, found->activity, found->clause.value_or(""), {}};
  for (const Person& person : out.matrix.people)
    out.row.letters.emplace_back(person.id, raci_letter(*found, person.id));
  return out;
}

Response row_page(Visit& visit) {
  auto form = row_form(visit);
  if (!form) return error_page(visit, form.error());
  return row_view(visit, *form);
}

Response save_row(Visit& visit) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  auto form = row_form(visit);
  if (!form) return error_page(visit, form.error());
  form->row.version = version_in(*sent, Responsibility::def());
  form->row.activity = sent->value("activity");
  form->row.clause = sent->value("clause");
  form->row.letters.clear();
  auto people = sent->values("person"), letters = sent->values("letter");
  for (std::size_t i = 0; i < people.size() && i < letters.size(); ++i)
    form->row.letters.emplace_back(people[i], letters[i]);
  std::string other;
  for (std::string_view typed : sent->values("accountable")) {
    if (!is_blank(typed)) other = trim(typed);
  }
  if (!other.empty()) {
    std::string_view letter = sent->value("other_letter");
    Error wrong{ErrorKind::invalid, "The activity was not saved.", {}, {}, {}};
    if (letter.empty()) wrong.problems.push_back({"other", "needs a letter, or take the name away", other});
    else if (!visit.tenant.registers.read(visit.principal, Person::def(), other))
      wrong.problems.push_back({"other", "must be a person of the register", shorten(other, 60)});
    if (!wrong.problems.empty()) {
      form->error = &wrong;
      return row_view(visit, *form);
    }
    form->row.letters.emplace_back(other, letter);
  }
  auto saved = save_raci_row(visit.tenant.registers, visit.principal, form->row);
  if (saved) return done(visit, std::string(raci_url), "The activity is saved.");
  if (saved.error().kind == ErrorKind::forbidden) return error_page(visit, saved.error());
  form->error = &saved.error();
  return row_view(visit, *form);
}

// ---- Typical activities ----------------------------------------------------------------------------------------------------------

Response typical_view(Visit& visit, const Form* sent, const Error* error) {
  auto matrix = raci_matrix(visit.tenant.registers, visit.principal);
  if (!matrix) return error_page(visit, matrix.error());
  auto offered = activities_to_offer(*matrix, visit.site.library);
  Frame frame = governance_frame("Typical activities", "Clause 5.3",
                                 {{"Governance", "/governance"}, {"Responsibilities", std::string(raci_url)}});
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    if (offered.empty())
      return empty_state(h, "check", "Every typical activity is in the matrix", "Add your own where more is done.", {});
    if (matrix->people.empty()) {
      HtmlWriter actions(128);
      actions.el("a", {cls("btn btn-primary"), at("href", "/governance")}, "Assign the roles");
      return empty_state(
          h, "users", "Nobody holds a role yet",
          "Assign the roles of the ISMS first: the people who hold them are offered here for each activity.",
          actions.take());
    }
    FormState state{error ? &error->problems : nullptr};
    auto picked = sent ? sent->values("pick") : std::vector<std::string_view>();
    h.el("form", {at("method", "post"), at("action", row_url("typical")), flag("novalidate")}, [&] {
      hidden_csrf(h, visit);
      h.el("div", {cls("card mb-3")}, [&] {
        bench_table(h, "Typical activities of an ISMS", {"Activity", "Clause", "Accountable"}, [&] {
          for (const OfferedActivity& activity : offered) {
            const TypicalActivity& typical = visit.site.library.typical_activities()[activity.position];
            std::string name = fmt::format("accountable.{}", activity.position), problem = state.problem_of(name),
                        id = fmt::format("f-{}", name);
            std::string chosen = sent ? std::string(sent->value(name)) : activity.accountable;
            bool on = !sent || std::ranges::find(picked, fmt::to_string(activity.position)) != picked.end();
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                h.el("label", {cls("form-check mb-0")}, [&] {
                  h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "pick"),
                                   at("value", activity.position), flag("checked", on)});
                  h.el("span", {cls("form-check-label")}, typical.activity);
                });
              });
              bench_cell(h, "Clause", typical.clause);
              bench_cell(h, "Accountable", [&] {
                h.el("select",
                     {cls("form-select form-select-sm"), cls_if(!problem.empty(), "is-invalid"), at("id", id),
                      at("name", name), at("aria-label", fmt::format("Accountable for: {}", typical.activity)),
                      at_if(!problem.empty(), "aria-describedby", id + "-problem")},
                     [&] {
                       h.el("option", {at("value", "")}, "Nobody yet");
                       for (const Person& person : matrix->people)
                         h.el("option", {at("value", person.id), flag("selected", person.id == chosen)}, person.name);
                     });
                input_problem(h, id, problem);
              });
            });
          }
        });
      });
      h.el("div", {cls("btn-list")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Add what is ticked");
        h.el("a", {cls("btn"), at("href", raci_url)}, "Cancel");
      });
    });
  });
}

Response typical_page(Visit& visit) { return typical_view(visit, nullptr, nullptr); }

Response save_typical(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::vector<std::pair<std::size_t, Id>> chosen;
  for (std::string_view text : form->values("pick")) {
    std::int64_t position = text == "0" ? 0 : counting_number(text).value_or(-1);
    if (position >= 0)
      chosen.emplace_back(static_cast<std::size_t>(position), form->value(fmt::format("accountable.{}", position)));
  }
  auto added = adopt_activities(visit.tenant.registers, visit.principal, visit.site.library, chosen);
  if (added) return done(visit, std::string(raci_url), fmt::format("{} activities are in the matrix.", *added));
  if (added.error().kind == ErrorKind::forbidden) return error_page(visit, added.error());
  return typical_view(visit, &*form, &added.error());
}

// ---- Paper and sheet -------------------------------------------------------------------------------------------------------------

Result<PdfWork> matrix_pdf(Visit& visit) {
  TRY(auto matrix, raci_matrix(visit.tenant.registers, visit.principal));
  TRY(Letterhead letterhead, letterhead_of(visit));
  Paper paper;
  paper.title = "Responsibilities of the ISMS";
  paper.state = fmt::format("As recorded on {}", letterhead.day(visit.tenant.workspace->clock().today().iso()));
  paper.landscape = true;
  std::string html = paper_html(letterhead, paper, [&](HtmlWriter& h) {
    h.el("p", "A answers for it, R does it, C is asked before, I is told after.");
    write_matrix(h, matrix, false);
  });
  std::string back(raci_url);
  return PdfWork{{.title = "PDF of the responsibilities",
                  .active = "organisation/governance",
                  .crumbs = {{"Responsibilities", back}}},
                 back,
                 "Back to the matrix",
                 "Responsibilities.pdf",
                 visit.tenant.pdfs.ask(html)};
}

Response matrix_workbook(Visit& visit) {
  auto matrix = raci_matrix(visit.tenant.registers, visit.principal);
  if (!matrix) return error_page(visit, matrix.error());
  return workbook_answer(visit, fmt::format("Responsibilities {}.xlsx", visit.tenant.workspace->clock().today().iso()),
                         [&](XlsxWriter& writer) -> Result<void> {
                           std::vector<XlsxColumn> columns{{"Clause", 12}, {"Activity", 48}};
                           for (const Person& person : matrix->people) columns.push_back({person.name, 16});
                           CHECK(writer.sheet("RACI", std::move(columns)));
                           for (const Responsibility& activity : matrix->activities) {
                             std::string clause = activity.clause.value_or("");
                             std::vector<std::string> letters;
                             for (const Person& person : matrix->people)
                               letters.push_back(raci_letter(activity, person.id));
                             std::vector<XlsxCell> cells{std::string_view(clause), std::string_view(activity.activity)};
                             for (const std::string& letter : letters) cells.emplace_back(std::string_view(letter));
                             CHECK(writer.row(cells));
                           }
                           return {};
                         });
}

}  // namespace

std::vector<PageRoute> raci_pages() {
  return {
      {"GET", "/governance/raci", matrix_page},
      {"GET", "/governance/raci.xlsx", matrix_workbook},
      {"GET", "/governance/raci/document/pdf", pdf_of(matrix_pdf)},
      {"GET", "/governance/raci/typical", typical_page},
      {"POST", "/governance/raci/typical", save_typical},
      {"GET", "/governance/raci/{id}", row_page},
      {"POST", "/governance/raci/{id}", save_row},
  };
}

}  // namespace assay
