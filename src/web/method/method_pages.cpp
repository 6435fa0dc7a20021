// The risk method: its versions, one version as a document with what is to be done about it, and the routes.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/person.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/method/method_view.h"
#include "workflows/risk/method_document.h"

namespace assay {
namespace {

const EntityDef& method_def() { return RiskMethodology::def(); }
bool may_begin(const Visit& visit) { return visit.may(Action::create, method_def()); }

void begin_button(HtmlWriter& h, const Visit& visit, std::string_view label) {
  h.el("form", {at("method", "post"), at("action", "/risk/method")}, [&] {
    hidden_csrf(h, visit);
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
      h.add(icon("plus"));
      h.text(label);
    });
  });
}

// ---- All versions ------------------------------------------------------------------------------------------------------

void write_version_row(HtmlWriter& h, const MethodBook& book, const Record& record) {
  const RiskMethodology method = decode<RiskMethodology>(record);
  h.el("tr", [&] {
    h.el("th", {at("scope", "row")},
         [&] { h.el("a", {at("href", method_url(record.id))}, fmt::format("Version {}", method.version)); });
    h.el("td", {at("data-label", "State")},
         [&] { state_badge(h, method_def(), record.state(), record.state_label()); });
    h.el("td", {at("data-label", "Scales")},
         fmt::format("{}–{} and {}–{}", method.likelihood_min, method.likelihood_max, method.impact_min,
                     method.impact_max));
    h.el("td", {at("data-label", "Formula")}, display(*method_def().find("formula"), record.at("formula")));
    h.el("td", {at("data-label", "Acceptable up to"), cls("text-end numeric")},
         level_words(method.acceptance_threshold));
    h.el("td", {at("data-label", "In force from"), cls("numeric")}, record.text("effective_on"));
    h.el("td", {at("data-label", "Open risks"), cls("text-end numeric")}, [&] {
      std::size_t risks = book.risks_on(record.id);
      if (risks == 0) return h.text("0");
      h.el("a", {at("href", fmt::format("/r/risk?methodology={}", encode_url(record.id)))}, std::to_string(risks));
    });
  });
}

void write_versions(HtmlWriter& h, const MethodBook& book) {
  h.el("div", {cls("card mb-3")}, [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Versions of the risk method, newest first");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Version", "State", "Scales", "Formula"})
              h.el("th", {at("scope", "col")}, label);
            h.el("th", {at("scope", "col"), cls("text-end")}, "Acceptable up to");
            h.el("th", {at("scope", "col")}, "In force from");
            h.el("th", {at("scope", "col"), cls("text-end")}, "Open risks");
          });
        });
        h.el("tbody", [&] {
          for (const Record& record : book.versions) write_version_row(h, book, record);
        });
      });
    });
  });
}

// Open risks whose scores stand on another version than the one in force.
void write_stranded(HtmlWriter& h, const MethodBook& book) {
  const Record* in_force = book.in_force();
  if (!in_force) return;
  std::size_t others = 0, nameless = book.risks_on("");
  for (const auto& [id, count] : book.risks) {
    if (id != in_force->id) others += count;
  }
  if (others == 0) return;
  section(h, "others",
          fmt::format("{} open {} on another version", others, others == 1 ? "risk stands" : "risks stand"), {}, [&] {
            h.el("div", {cls("card-body")}, [&] {
              h.el("p",
                   "Old assessments keep the method they were made with. Until they are taken over their levels cannot "
                   "be compared with the others.");
              if (nameless > 0)
                h.el("p", {cls("text-secondary")},
                     fmt::format("{} of them {} no version.", nameless, nameless == 1 ? "names" : "name"));
              h.el("a", {cls("btn btn-primary"), at("href", method_url(in_force->id) + "/migrate")},
                   fmt::format("Take over to version {}", decode<RiskMethodology>(*in_force).version));
            });
          });
}

Response method_overview(Visit& visit) {
  auto book = method_book(visit.tenant.registers, visit.principal);
  if (!book) return error_page(visit, book.error());
  Frame frame = method_frame("Risk method");
  HtmlWriter actions(512);
  if (may_begin(visit) && !book->versions.empty() && !book->draft()) begin_button(actions, visit, "New version");
  actions.el("a", {cls("btn"), at("href", "/risk/calibration")}, "Calibration");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (book->versions.empty()) {
      HtmlWriter button(512);
      if (may_begin(visit)) begin_button(button, visit, "Begin the method");
      return empty_state(h, "scale", "There is no risk method yet",
                         "The method says what each level of likelihood and impact means, how they make a level of "
                         "risk, and up to which level a risk is acceptable. "
                         "Clause 6.1.2 asks for it before the first assessment. You begin with worded scales of five "
                         "levels and adapt them in five short parts.",
                         button.take());
    }
    if (const Record* draft = book->draft(); draft && visit.may(Action::change, method_def(), draft)) {
      h.el("div", {cls("alert alert-info")}, [&] {
        h.text(fmt::format("Version {} is a draft. ", decode<RiskMethodology>(*draft).version));
        h.el("a", {at("href", method_url(draft->id) + "/set/approach")}, "Go on with it");
      });
    }
    write_versions(h, *book);
    write_stranded(h, *book);
  });
}

Response begin(Visit& visit) {
  auto made = begin_method(visit.tenant.registers, visit.principal);
  if (!made) return error_page(visit, made.error());
  return done(visit, method_url(made->id) + "/set/approach",
              "A draft was begun. Nothing binds before top management approves it.");
}

// ---- One version -------------------------------------------------------------------------------------------------------

void write_parts(HtmlWriter& h, const Record& record) {
  const RiskMethodology method = decode<RiskMethodology>(record);
  section(h, "parts", "Settings", {}, [&] {
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (std::size_t n = 0; n < method_parts.size(); ++n) {
        std::size_t missing = missing_in(method, static_cast<MethodPart>(n)).size();
        h.el("li", {cls("list-group-item d-flex gap-2 align-items-center")}, [&] {
          h.add(icon(missing == 0 ? "circle-check" : "circle-dashed", "icon-sm"));
          h.el("a",
               {cls("flex-fill"), at("href", fmt::format("{}/set/{}", method_url(record.id), method_parts[n].name))},
               method_parts[n].title);
          h.el("span", {cls("text-secondary")},
               missing == 0 ? std::string("complete") : fmt::format("{} missing", missing));
        });
      }
    });
  });
}

void write_document_card(HtmlWriter& h, Visit& visit, const Record& record) {
  auto document = method_document(visit.tenant.registers, visit.principal, decode<RiskMethodology>(record));
  if (!document) return;
  const EntityDef* versions = visit.registry().find("document_version");
  bool open = record.state() == "draft" || record.state() == "approved";
  bool offers = open && visit.may(Action::create, *versions) &&
                (document->version.empty() || (document->is_draft && !document->is_current));
  section(h, "document", "Controlled document", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (document->version.empty())
        h.el("p", "No controlled document carries this version yet; it cannot come into force before.");
      else {
        h.el("p", [&] {
          h.text("Carried by ");
          h.el("a", {at("href", record_url(*versions, document->version))}, document->version);
          h.text(document->is_current ? "." : ", whose draft no longer says what is set here.");
        });
      }
      if (!offers) return;
      h.el("form", {at("method", "post"), at("action", method_url(record.id) + "/document")}, [&] {
        hidden_csrf(h, visit);
        h.el("button", {cls("btn btn-primary"), at("type", "submit")},
             !document->version.empty()     ? "Write its text anew"
             : record.state() == "approved" ? "Write the document and put into force"
                                            : "Write the document");
      });
      h.el("p", {cls("form-hint mt-2 mb-0")},
           "A draft is written from the settings; review, approval and publication follow among the documents.");
    });
  });
}

void write_differences(HtmlWriter& h, const MethodBook& book, const Record& record) {
  const Record* before = book.before(record);
  if (!before) return;
  const RiskMethodology old_method = decode<RiskMethodology>(*before), method = decode<RiskMethodology>(record);
  const std::vector<MethodDifference> found = differences(old_method, method);
  section(h, "difference", fmt::format("What differs from version {}", old_method.version), {}, [&] {
    if (found.empty()) return h.el("p", {cls("card-body mb-0")}, "Nothing yet.");
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Settings that differ");
        h.el("thead", [&] {
          h.el("tr", [&] {
            h.el("th", {at("scope", "col")}, "Setting");
            h.el("th", {at("scope", "col")}, fmt::format("Version {}", old_method.version));
            h.el("th", {at("scope", "col")}, fmt::format("Version {}", method.version));
          });
        });
        h.el("tbody", [&] {
          for (const MethodDifference& difference : found) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), at("data-label", "Setting")}, difference.setting);
              h.el("td", {at("data-label", "Before"), cls("text-preline")}, difference.before);
              h.el("td", {at("data-label", "Now"), cls("text-preline")}, difference.after);
            });
          }
        });
      });
    });
    h.el("p", {cls("card-footer mb-0 text-secondary")},
         scores_differ(old_method, method)
             ? "Scores mean something else under this version: open risks are taken over one by one."
             : "Scores mean the same under both versions.");
  });
}

bool may_issue(const Visit& visit, const Record& record) {
  return (record.state() == "approved" || record.state() == "effective") &&
         (visit.may(Action::change, method_def(), &record) || visit.may(Action::step, method_def(), &record));
}

Html method_actions(Visit& visit, const Record& record) {
  HtmlWriter h(1024);
  h.el("a", {cls("btn"), at("href", method_url(record.id) + "/pdf")}, [&] {
    h.add(icon("file-type-pdf"));
    h.text("PDF");
  });
  if (may_issue(visit, record)) {
    h.el("form", {at("method", "post"), at("action", method_url(record.id) + "/issue")}, [&] {
      hidden_csrf(h, visit);
      h.el("button", {cls("btn"), at("type", "submit")}, "Issue");
    });
  }
  h.el("a", {cls("btn"), at("href", record_url(method_def(), record.id))}, "Record and history");
  return h.take();
}

Response show_method(Visit& visit) {
  auto record = asked_method(visit);
  if (!record) return error_page(visit, record.error());
  auto book = method_book(visit.tenant.registers, visit.principal);
  auto letterhead = letterhead_of(visit);
  if (!book || !letterhead) return error_page(visit, book ? letterhead.error() : book.error());
  const RiskMethodology method = decode<RiskMethodology>(*record);
  auto issues = visit.tenant.issues.list(visit.principal, "risk_method", "risk_methodology", record->id);
  Frame frame = method_frame(fmt::format("Risk method, version {}", method.version));
  HtmlWriter beside(256);
  state_badge(beside, method_def(), record->state(), record->state_label());
  frame.beside = beside.take();
  frame.actions = method_actions(visit, *record);
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-8")}, [&] {
        paper_on_screen(h, *letterhead, method_paper(visit, *letterhead, *record),
                        [&](HtmlWriter& body) { write_method_body(body, method); });
      });
      h.el("div", {cls("col-lg-4")}, [&] {
        if (record->state() == "draft" && visit.may(Action::change, method_def(), &*record)) write_parts(h, *record);
        write_document_card(h, visit, *record);
        write_steps(h, visit, *record);
        if (issues && !issues->empty())
          section(h, "issued", "Issued", {}, [&] { issue_list(h, *issues, *letterhead); });
      });
    });
    write_differences(h, *book, *record);
    if (record->state() == "effective") write_stranded(h, *book);
  });
}

Response write_document(Visit& visit) {
  auto made = write_method_document(visit.tenant.registers, visit.principal, visit.request.param("id"));
  if (!made) return error_page(visit, made.error());
  return done(visit, method_url(visit.request.param("id")),
              fmt::format("The text stands in document version {}.", made->id));
}

// ---- The document ------------------------------------------------------------------------------------------------------

Result<std::string> method_html(Visit& visit, const Record& record) {
  TRY(Letterhead letterhead, letterhead_of(visit));
  const RiskMethodology method = decode<RiskMethodology>(record);
  return paper_html(letterhead, method_paper(visit, letterhead, record),
                    [&](HtmlWriter& h) { write_method_body(h, method); });
}

Result<PdfWork> method_pdf(Visit& visit) {
  TRY(Record record, asked_method(visit));
  TRY(std::string html, method_html(visit, record));
  std::string url = method_url(record.id),
              name = fmt::format("Risk method {}", decode<RiskMethodology>(record).version);
  return PdfWork{method_frame("PDF of the risk method", {{name, url}}), url, "Back to the method", name + ".pdf",
                 visit.tenant.pdfs.ask(html)};
}

Response issue_method(Visit& visit) {
  auto record = asked_method(visit);
  if (!record) return error_page(visit, record.error());
  if (record->state() != "approved" && record->state() != "effective")
    return error_page(visit, fail(ErrorKind::conflict, "Only an approved version is issued.").error());
  auto html = method_html(visit, *record);
  if (!html) return error_page(visit, html.error());
  TitleBook titles(visit);
  titles.want(Person::def(), record->text("approved_by"));
  titles.read();
  std::string approver =
      record->text("approved_by").empty() ? std::string() : titles.title(Person::def(), record->text("approved_by"));
  auto number =
      visit.tenant.issues.issue(visit.principal, *record,
                                {"risk_method", "Risk assessment and treatment method",
                                 std::to_string(decode<RiskMethodology>(*record).version), approver, "{}", *html});
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The method was issued.");
}

}  // namespace

Paper method_paper(Visit& visit, const Letterhead& letterhead, const Record& record) {
  TitleBook titles(visit);
  titles.want(Person::def(), record.text("approved_by"));
  titles.read();
  const RiskMethodology method = decode<RiskMethodology>(record);
  Paper paper;
  paper.title = "Risk assessment and treatment method";
  paper.edition = fmt::format("Version {}", method.version);
  paper.draft = !method.approved_on;
  paper.state = method.approved_on ? fmt::format("Approved {} by {}", letterhead.day(method.approved_on->iso()),
                                                 titles.title(Person::def(), record.text("approved_by")))
                                   : std::string("Draft, not approved for use");
  paper.facts = {{"Version", std::to_string(method.version)}, {"State", std::string(record.state_label())}};
  if (method.effective_on) paper.facts.emplace_back("In force from", letterhead.day(method.effective_on->iso()));
  if (method.document_version) paper.facts.emplace_back("Document", method.document_version->id);
  return paper;
}

void write_method_body(HtmlWriter& h, const RiskMethodology& method) {
  h.add(markdown(method_markdown(method, LevelTable::shown_beside)));
  h.el("h2", "Levels of risk at a glance");
  write_heat_map(h, method);
}

std::vector<PageRoute> risk_method_pages() {
  return {
      {"GET", "/risk/method", method_overview},
      {"POST", "/risk/method", begin},
      {"GET", "/risk/method/{id}", show_method},
      {"GET", "/risk/method/{id}/set/{part}", method_part_page},
      {"POST", "/risk/method/{id}/set/{part}", save_part},
      {"POST", "/risk/method/{id}/document", write_document},
      {"GET", "/risk/method/{id}/pdf", pdf_of(method_pdf)},
      {"POST", "/risk/method/{id}/issue", issue_method},
      {"GET", "/risk/method/{id}/migrate", migration_page},
      {"POST", "/risk/method/{id}/migrate", migrate},
  };
}

}  // namespace assay
