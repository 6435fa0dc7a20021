// The workbench of the Statement of Applicability: where it stands, its lines, and what can be done with them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/journey_view.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

bool may_write_soa(const Visit& visit) {
  return visit.may(Action::create, StatementOfApplicability::def()) && visit.may(Action::change, SoAEntry::def());
}

void post_button(HtmlWriter& h, const Visit& visit, std::string_view action, std::string_view label,
                 std::string_view icon_name, std::string_view colour, std::string_view soa = {}) {
  h.el("form", {cls("d-inline"), at("method", "post"), at("action", action)}, [&] {
    hidden_csrf(h, visit);
    if (!soa.empty()) h.leaf("input", {at("type", "hidden"), at("name", "soa"), at("value", soa)});
    h.el("button", {cls("btn"), cls(colour), at("type", "submit")}, [&] {
      h.add(icon(icon_name));
      h.text(label);
    });
  });
}

void link_button(HtmlWriter& h, std::string_view url, std::string_view label, std::string_view icon_name,
                 std::string_view colour = {}) {
  h.el("a", {cls("btn"), cls(colour), at("href", url)}, [&] {
    h.add(icon(icon_name));
    h.text(label);
  });
}

// The one thing to do next with this version.
void next_step(HtmlWriter& h, const Visit& visit, const SoaVisit& soa) {
  const SoaBench& bench = *soa.bench;
  const std::string record = record_url(StatementOfApplicability::def(), bench.record.id);
  const bool steps = visit.may(Action::step, StatementOfApplicability::def());
  switch (bench.statement.status) {
    case VersionStatus::draft:
      if (steps && visit.may(Action::change, SoAEntry::def()))
        link_button(h, record + "/step/submit", "Submit for approval", "send", "btn-primary");
      break;
    case VersionStatus::in_review:
      if (visit.principal.roles.has(Role::top_management))
        link_button(h, soa_url(bench.statement.version, "/approve"), "Approve and issue", "signature", "btn-primary");
      break;
    case VersionStatus::approved:
      if (steps) link_button(h, record + "/step/put_into_force", "Put into force", "player-play", "btn-primary");
      break;
    default: break;
  }
  const StatementOfApplicability* open = soa_to_work_on(soa.versions);
  const bool is_worked_on = open && (open->status == VersionStatus::draft || open->status == VersionStatus::in_review);
  if (!is_worked_on && may_write_soa(visit)) post_button(h, visit, "/soa/begin", "New version", "plus", "");
}

Html soa_actions(const Visit& visit, const SoaVisit& soa) {
  HtmlWriter h(2048);
  const SoaBench& bench = *soa.bench;
  h.el("div", {cls("btn-list")}, [&] {
    next_step(h, visit, soa);
    if (visit.may(Action::import_, SoAEntry::def())) link_button(h, "/soa/import", "Import", "file-import");
    h.el("details", {cls("menu")}, [&] {
      h.el("summary", {cls("btn")}, [&] {
        h.add(icon("download"));
        h.text("Documents");
      });
      h.el("div", {cls("menu-sheet card")}, [&] {
        const std::string base = fmt::format("/soa/version/{}/", encode_url(bench.record.id));
        h.el("a", {cls("dropdown-item"), at("href", soa_url(bench.statement.version, "/document"))},
             "Read as a document");
        for (const auto& [name, label] : {std::pair<std::string_view, std::string_view>{"pdf", "PDF"},
                                          {"xlsx", "Excel (XLSX)"},
                                          {"oscal", "OSCAL (JSON)"},
                                          {"json", "JSON"}}) {
          h.el("a", {cls("dropdown-item"), at("href", base + std::string(name))}, label);
        }
        h.el("a", {cls("dropdown-item"), at("href", soa_url(bench.statement.version, "/difference"))},
             "What changed since the last issue");
      });
    });
  });
  return h.take();
}

struct SoaSums {
  std::size_t applicable = 0, excluded = 0, undecided = 0, contradicted = 0, wrong = 0, unreviewed = 0, differing = 0;
};

SoaSums sums_of(const SoaBench& bench) {
  SoaSums out;
  for (const SoaRow& row : bench.rows) {
    const std::string_view decision = row.applicability();
    ++(decision == "applicable" ? out.applicable : decision == "excluded" ? out.excluded : out.undecided);
    out.contradicted += !row.is_applicable() && !row.contradictions.empty();
    out.wrong += !row.problems.empty();
    out.unreviewed += !row.is_reviewed;
    out.differing += row.status_differs();
  }
  return out;
}

void write_chips(HtmlWriter& h, const SoaBench& bench, const SoaFilter& filter) {
  const SoaSums sums = sums_of(bench);
  auto toggle = [&](std::string_view name, std::string_view value, std::string label, bool active) {
    chip(h, filter.with(name, active ? "" : value), label, active);
  };
  h.el("div", {cls("chips mb-2"), at("role", "group"), at("aria-label", "Lines shown")}, [&] {
    toggle("decision", "applicable", fmt::format("Applicable {}", sums.applicable), filter.decision == "applicable");
    toggle("decision", "excluded", fmt::format("Excluded {}", sums.excluded), filter.decision == "excluded");
    if (sums.undecided > 0 || filter.decision == "undecided")
      toggle("decision", "undecided", fmt::format("Not decided {}", sums.undecided), filter.decision == "undecided");
    toggle("wrong", "true", fmt::format("Something is missing {}", sums.wrong), filter.wrong);
    toggle("contradicted", "true", fmt::format("Facts contradict {}", sums.contradicted), filter.contradicted);
    toggle("differing", "true", fmt::format("Status differs {}", sums.differing), filter.differing);
    toggle("unreviewed", "true", fmt::format("Review due {}", sums.unreviewed), filter.unreviewed);
  });
  h.el("div", {cls("chips mb-2"), at("role", "group"), at("aria-label", "Themes")}, [&] {
    for (const Choice& theme : choices_of<AnnexAControlTheme>)
      toggle("theme", theme.name, std::string(theme.label), filter.theme == theme.name);
    if (std::ranges::any_of(bench.rows, [](const SoaRow& row) { return row.theme.empty(); }))
      toggle("theme", "own", "Own controls", filter.theme == "own");
  });
}

void filter_select(HtmlWriter& h, std::string_view name, std::string_view label, std::string_view chosen,
                   const std::vector<std::pair<std::string, std::string>>& choices) {
  h.el("label", {cls("filter-field")}, [&] {
    h.el("span", {cls("form-label")}, label);
    h.el("select", {cls("form-select"), at("name", name)}, [&] {
      h.el("option", {at("value", "")}, "All");
      for (const auto& [value, words] : choices)
        h.el("option", {at("value", value), flag("selected", value == chosen)}, words);
    });
  });
}

template <class E>
std::vector<std::pair<std::string, std::string>> options_of() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Choice& choice : choices_of<E>) out.emplace_back(choice.name, choice.label);
  return out;
}

void write_filter_form(HtmlWriter& h, const SoaBench& bench, const SoaFilter& filter) {
  std::map<std::string, std::string> owners;
  for (const SoaRow& row : bench.rows) {
    if (!row.control || checks::id_of(row.control->owner).empty()) continue;
    const auto name = bench.people.find(row.control->owner->id);
    if (name != bench.people.end()) owners.emplace(name->first, name->second);
  }
  h.el("form", {cls("filter-form no-print"), at("method", "get"), at("action", "/soa")}, [&] {
    for (const auto& [name, value] : filter.parameters) {
      static constexpr std::string_view asked[] = {"q", "ground", "declared", "shown", "owner"};
      if (std::ranges::find(asked, name) == std::end(asked))
        h.leaf("input", {at("type", "hidden"), at("name", name), at("value", value)});
    }
    h.el("label", {cls("filter-field filter-text")}, [&] {
      h.el("span", {cls("form-label")}, "Words");
      h.leaf("input",
             {at("type", "search"), cls("form-control"), at("name", "q"), at("value", value_of(filter.parameters, "q")),
              at("data-shortcut", "/"), at("data-shortcut-label", "Search lines")});
    });
    filter_select(h, "ground", "Ground", filter.ground, options_of<SoAEntryInclusionReasons>());
    filter_select(h, "declared", "Declared status", filter.declared, options_of<SoAEntryImplementationStatus>());
    filter_select(h, "shown", "Status shown by evidence", filter.shown, options_of<SoAEntryImplementationStatus>());
    filter_select(h, "owner", "Owner", filter.owner, {owners.begin(), owners.end()});
    h.el("button", {cls("btn"), at("type", "submit")}, "Show");
    if (filter.is_narrowed())
      h.el("a", {cls("btn btn-ghost-secondary"), at("href", soa_url(bench.statement.version))}, "Clear");
  });
}

void deed_button(HtmlWriter& h, std::string_view deed, std::string_view label, std::string_view help,
                 std::string_view colour = {}) {
  h.el("button",
       {cls("btn btn-sm"), cls(colour), at("type", "submit"), at("name", "deed"), at("value", deed), at("title", help)},
       label);
}

void deed_menu(HtmlWriter& h, std::string_view label, const std::function<void()>& inside) {
  h.el("details", {cls("menu menu-up")}, [&] {
    h.el("summary", {cls("btn btn-sm")}, label);
    h.el("div", {cls("menu-sheet card p-2")}, inside);
  });
}

// Everything that can be done with the chosen lines; the boxes of the table belong to this form.
void write_bulk_bar(HtmlWriter& h, const Visit& visit, const SoaBench& bench, const SoaFilter& filter) {
  if (bench.statement.status == VersionStatus::superseded || !visit.may(Action::change, SoAEntry::def())) return;
  h.el("form",
       {at("id", "soa-lines"), at("method", "post"), at("action", "/soa/lines"), cls("select-bar soa-bar no-print"),
        flag("data-select-bar")},
       [&] {
         hidden_csrf(h, visit);
         h.leaf("input", {at("type", "hidden"), at("name", "soa"), at("value", bench.record.id)});
         h.leaf("input", {at("type", "hidden"), at("name", "_list"), at("value", join_pairs(filter.parameters))});
         h.el("span", {at("role", "status"), flag("data-select-count")}, "Tick lines to change them together.");
         deed_button(h, "review", "Reviewed today", "Sets the day of the review", "btn-primary");
         deed_button(h, "declare", "Declare as shown", "Sets the implementation status that control and evidence show");
         if (bench.is_open()) {
           deed_button(
               h, "build", "Build justifications",
               "From the risks, obligations and requirements that need the control; texts that people wrote stay");
           deed_button(h, "include", "Applicable", "Excluded lines become applicable again");
           deed_menu(h, "Exclude …", [&] {
             h.el("label", {cls("form-label"), at("for", "soa-exclude")}, "Why they are excluded");
             h.el("textarea", {cls("form-control mb-2"), at("id", "soa-exclude"), at("name", "text"), at("rows", 3)},
                  std::string_view());
             deed_button(h, "exclude", "Exclude the chosen lines", "");
           });
           deed_menu(h, "Grounds …", [&] {
             h.el("fieldset", [&] {
               h.el("legend", {cls("form-label")}, "Grounds of the chosen lines");
               for (const Choice& ground : choices_of<SoAEntryInclusionReasons>) {
                 h.el("label", {cls("form-check")}, [&] {
                   h.leaf("input", {cls("form-check-input"), at("type", "checkbox"), at("name", "grounds"),
                                    at("value", ground.name)});
                   h.el("span", {cls("form-check-label")}, ground.label);
                 });
               }
             });
             deed_button(h, "grounds", "Set the grounds", "");
           });
           deed_menu(h, "Rebuild …", [&] {
             h.el("p", {cls("mb-2")}, "Overwrites texts that people wrote. The history keeps them.");
             deed_button(h, "rebuild", "Rebuild and overwrite", "");
           });
         }
         if (!visit.may(Action::change, Control::def())) return;
         deed_menu(h, "Owner …", [&] {
           h.el("label", {cls("form-label"), at("for", "f-owner")}, "Owner of the controls");
           reference_input(h, visit, *Control::def().find("owner"), {});
           h.el("div", {cls("mt-2")}, [&] { deed_button(h, "owner", "Give them this owner", ""); });
         });
       });
}

void write_state(HtmlWriter& h, Visit& visit, const SoaVisit& soa) {
  const SoaBench& bench = *soa.bench;
  auto problems = bench.all_problems();
  auto issued = last_issued_soa(visit.tenant, visit.principal, bench.record.id);
  h.el("div", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("div", {cls("chips mb-2"), at("role", "group"), at("aria-label", "Versions")}, [&] {
        for (const StatementOfApplicability& version : soa.versions) {
          const std::string label =
              fmt::format("Version {} · {}", version.version,
                          choices_of<VersionStatus>[static_cast<std::size_t>(version.status)].label);
          chip(h, soa_url(version.version), label, version.id == bench.record.id);
        }
      });
      h.el("p", {cls("mb-1")}, [&] {
        h.text("Rests on ");
        h.el("a", {at("href", record_url(ScopeStatement::def(), bench.statement.scope.id))},
             fmt::format("scope {}",
                         in_sentence(bench.scope_title.empty() ? bench.statement.scope.id : bench.scope_title)));
        h.text(bench.run_title.empty() ? std::string(" and on no risk assessment yet. ")
                                       : fmt::format(" and the risk assessment {}. ", bench.run_title));
        h.el("a", {at("href", record_url(StatementOfApplicability::def(), bench.record.id))},
             "The record of this version");
        if (issued && *issued) {
          h.text(" · ");
          h.el("a", {at("href", issue_url((*issued)->issue.number))},
               fmt::format("Issued as document {}", (*issued)->issue.number));
        }
      });
      if (!bench.is_open() && bench.statement.status != VersionStatus::superseded) {
        h.el("p", {cls("text-secondary mb-1")},
             "Decisions and reasons change in a draft alone; reviews and implementation statuses are kept true in this "
             "version.");
      }
      const bool not_issued =
          issued && !*issued &&
          (bench.statement.status == VersionStatus::approved || bench.statement.status == VersionStatus::effective);
      if (not_issued && problems.empty() && visit.may(Action::step, StatementOfApplicability::def())) {
        post_button(h, visit, "/soa/issue", "Issue this version", "file-certificate", "btn-primary mt-1",
                    bench.record.id);
      }
      if (problems.empty()) {
        h.el("p", {cls("mb-0 text-success-emphasis")}, [&] {
          h.add(icon("circle-check", "icon-sm me-1"));
          h.text("Nothing stands against issuing this version.");
        });
        return;
      }
      h.el("details", {cls("mt-1")}, [&] {
        h.el("summary", fmt::format("{} {} against issuing this version", problems.size(),
                                    problems.size() == 1 ? "thing stands" : "things stand"));
        h.el("div", {cls("mt-2")}, [&] { soa_problem_list(h, problems); });
      });
    });
  });
}

Response empty_soa(Visit& visit, const Error* error) {
  Frame frame = soa_frame("Statement of Applicability");
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    HtmlWriter actions(1024);
    if (may_write_soa(visit)) {
      post_button(actions, visit, "/soa/begin", "Begin with the 93 controls", "plus", "btn-primary");
      if (visit.may(Action::import_, SoAEntry::def()))
        link_button(actions, "/soa/import", "Import a spreadsheet", "file-import");
    }
    h.el("div", {cls("card")}, [&] {
      empty_state(h, "list-check", "There is no Statement of Applicability yet",
                  "Clause 6.1.3 d asks for one: which controls are necessary, why, and how far each is implemented, "
                  "and why any control of Annex A is left out. For example: 8.13 Backup, "
                  "applicable because R-009 and two customer contracts need it, implemented and shown by the restore "
                  "test of May. It rests on the scope, so record that first.",
                  actions.take());
    });
  });
}

Response soa_home(Visit& visit) {
  auto soa = soa_visit(visit);
  if (!soa) return error_page(visit, soa.error());
  return soa_bench_page(visit, *soa, nullptr);
}

Response begin_soa_page(Visit& visit) {
  auto begun = begin_soa(visit.tenant, visit.principal);
  if (begun) return done(visit, "/soa", "The new version is a draft. Decide line by line, or tick several at once.");
  auto soa = soa_visit(visit);
  return soa ? soa_bench_page(visit, *soa, &begun.error()) : error_page(visit, soa.error());
}

}  // namespace

Response soa_bench_page(Visit& visit, const SoaVisit& soa, const Error* error) {
  if (!soa.bench) return empty_soa(visit, error);
  const SoaBench& bench = *soa.bench;
  const SoaFilter filter = read_soa_filter(visit.request, bench.statement.version);
  Frame frame = soa_frame("Statement of Applicability");
  HtmlWriter beside(256);
  state_badge(beside, *bench.record.def, bench.record.state(), bench.record.state_label());
  frame.beside = beside.take();
  frame.actions = soa_actions(visit, soa);
  frame.own_search = true;
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    write_state(h, visit, soa);
    write_chips(h, bench, filter);
    write_filter_form(h, bench, filter);
    write_soa_table(h, visit, bench, filter);
    write_bulk_bar(h, visit, bench, filter);
  });
}

std::vector<PageRoute> soa_pages() {
  return {
      kept({"GET", "/soa", soa_home}),
      {"POST", "/soa/begin", begin_soa_page},
      {"POST", "/soa/lines", change_soa_lines_page},
      {"GET", "/soa/line/{entry}", soa_line_page},
      {"POST", "/soa/line/{entry}", save_soa_line_page},
      {"POST", "/soa/line/{entry}/facts", soa_line_facts},
      {"GET", "/soa/approve", soa_approve_page},
      {"POST", "/soa/approve", approve_soa_page},
      {"POST", "/soa/issue", issue_soa_page},
      {"GET", "/soa/difference", soa_difference_page},
      {"GET", "/soa/document", soa_document_page},
      {"GET", "/soa/version/{soa}/pdf", pdf_of(soa_pdf)},
      {"GET", "/soa/version/{soa}/{format}", soa_file},
      {"GET", "/soa/import", soa_import_page},
      {"POST", "/soa/import", take_soa_sheet, {.uploads = true}},
      {"GET", "/soa/import/{token}", soa_import_check},
      {"POST", "/soa/import/{token}", run_soa_import},
  };
}

}  // namespace assay
