// The scope workbench: versions, the boundary of one with what contradicts and what is open, comparison, document.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/person.h"
#include "isms/suppliers/supplier.h"
#include "kernel/documents/text_diff.h"
#include "kernel/model/json.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/document_parts.h"
#include "web/scope/scope_editor.h"

namespace assay {
namespace {

std::string version_name(const ScopeStatement& statement) { return fmt::format("Version {}", statement.version); }

Result<ScopeSheet> asked_sheet(Visit& visit) {
  return scope_sheet(visit.tenant.registers, visit.principal, visit.request.param("id"));
}

Frame scope_frame(std::string title, std::vector<Crumb> crumbs = {{"Scope", "/scope"}}) {
  return {
      .title = std::move(title), .active = "organisation/scope", .crumbs = std::move(crumbs), .kicker = "Clause 4.3"};
}

bool can_begin(const Visit& visit, const std::vector<ScopeStatement>& versions) {
  return visit.may(Action::create, ScopeStatement::def()) &&
         std::ranges::none_of(versions, [](const ScopeStatement& version) {
           return version.status == VersionStatus::draft || version.status == VersionStatus::in_review;
         });
}

void write_versions(HtmlWriter& h, const std::vector<ScopeStatement>& versions) {
  section(h, "versions", "Versions", {}, [&] {
    bench_table(
        h, "Versions of the scope, newest first", {"Version", "Status", "Approved on", "In force from", ""}, [&] {
          for (std::size_t i = 0; i < versions.size(); ++i) {
            const ScopeStatement& version = versions[i];
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal")},
                   [&] { h.el("a", {at("href", scope_url(version.id))}, version_name(version)); });
              bench_cell(h, "Status", [&] {
                state_badge(h, ScopeStatement::def(),
                            choices_of<VersionStatus>[static_cast<std::size_t>(version.status)].name,
                            label_of(version.status));
              });
              bench_cell(h, "Approved on", version.approved_on ? version.approved_on->iso() : "");
              bench_cell(h, "In force from", version.effective_on ? version.effective_on->iso() : "");
              bench_cell(h, "", [&] {
                if (i + 1 < versions.size())
                  h.el("a",
                       {at("href",
                           fmt::format("{}/compare?with={}", scope_url(version.id), encode_url(versions[i + 1].id)))},
                       fmt::format("Compare with {}", versions[i + 1].version));
              });
            });
          }
        });
  });
}

Response scope_home(Visit& visit) {
  auto versions = scope_versions(visit.tenant.registers, visit.principal);
  if (!versions) return error_page(visit, versions.error());
  Frame frame = scope_frame("Scope", {});
  if (!versions->empty()) {
    // What is being worked on, else what is in force.
    auto shown = std::ranges::find_if(*versions, [](const ScopeStatement& version) {
      return version.status == VersionStatus::draft || version.status == VersionStatus::in_review ||
             version.status == VersionStatus::approved;
    });
    if (shown == versions->end())
      shown = std::ranges::find(*versions, VersionStatus::effective, &ScopeStatement::status);
    HtmlWriter actions(512);
    const ScopeStatement& current = shown == versions->end() ? versions->front() : *shown;
    actions.el("a", {cls("btn btn-primary"), at("href", scope_url(current.id))},
               fmt::format("Open version {}", current.version));
    if (can_begin(visit, *versions)) post_button(actions, visit, "/scope/new", "New version");
    frame.actions = actions.take();
  }
  return page(visit, frame, [&](HtmlWriter& h) {
    if (versions->empty()) {
      HtmlWriter actions(256);
      if (can_begin(visit, *versions)) post_button(actions, visit, "/scope/new", "Begin version 1", "btn btn-primary");
      return empty_state(h, "topology-star", "Where does the ISMS begin and end?",
                         "Clause 4.3 asks for a documented scope: which units, sites, processes, systems and regions "
                         "are inside, what stands at the boundary and who does what there, what is "
                         "left out and why. Example: the logistics platform with its development in Hamburg is inside; "
                         "the payroll office is outside, since it uses none of its systems. "
                         "Version 1 takes over what the registers count as in scope.",
                         actions.take());
    }
    write_versions(h, *versions);
    auto in_force = std::ranges::find(*versions, VersionStatus::effective, &ScopeStatement::status);
    if (in_force == versions->end()) return;
    auto sheet = scope_sheet(visit.tenant.registers, visit.principal, in_force->id);
    if (!sheet) return;
    section(h, "in-force", fmt::format("In force: version {}", in_force->version), {}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", {cls("text-preline")}, in_force->text);
        scope_picture_on_screen(h, *sheet);
      });
    });
  });
}

Response begin_version(Visit& visit) {
  auto begun = begin_scope_version(visit.tenant.registers, visit.principal);
  if (!begun) return error_page(visit, begun.error());
  return done(visit, scope_url(begun->id), "A draft is begun.");
}

// ---- One version -----------------------------------------------------------------------------------------------------------------

Html version_actions(const ScopeSheet& sheet, Visit& visit) {
  HtmlWriter h(1024);
  auto versions = scope_versions(visit.tenant.registers, visit.principal);
  if (sheet.statement.status == VersionStatus::effective && versions && can_begin(visit, *versions))
    post_button(h, visit, "/scope/new", "New version");
  std::string url = scope_url(sheet.record.id);
  h.el("a", {cls("btn"), at("href", url + "/document")}, "Document");
  h.el("a", {cls("btn"), at("href", url + "/document/pdf")}, "PDF");
  h.el("a", {cls("btn"), at("href", url + "/items.xlsx")}, "XLSX");
  bool approved =
      sheet.statement.status == VersionStatus::approved || sheet.statement.status == VersionStatus::effective;
  if (approved && visit.may(Action::change, ScopeStatement::def())) post_button(h, visit, url + "/issue", "Issue");
  return h.take();
}

void write_statement(HtmlWriter& h, const Visit& visit, const ScopeSheet& sheet) {
  HtmlWriter actions(256);
  if (sheet.open() && visit.may(Action::change, ScopeStatement::def()))
    actions.el("a", {cls("btn btn-sm"), at("href", scope_url(sheet.record.id) + "/text")}, "Write");
  section(h, "statement", "Scope statement", actions.take(),
          [&] { h.el("p", {cls("card-body text-preline mb-0")}, sheet.statement.text); });
}

void write_contradictions(HtmlWriter& h, const ScopeSheet& sheet) {
  auto found = sheet.contradictions();
  section(h, "contradictions",
          found.empty() ? std::string("Contradictions") : fmt::format("Contradictions ({})", found.size()), {}, [&] {
            if (found.empty())
              return h.el("p", {cls("card-body text-secondary mb-0")},
                          "The boundary agrees with itself and with the registers.");
            h.el("ul", {cls("list-group list-group-flush")}, [&] {
              for (const ScopeContradiction& one : found) {
                h.el("li", {cls("list-group-item d-flex gap-2 align-items-start")}, [&] {
                  h.el("div", {cls("flex-shrink-0")},
                       [&] { tone_badge(h, one.blocks ? "red" : "yellow", one.blocks ? "Blocks" : "Check"); });
                  h.el("div", {cls("flex-fill sentence")}, [&] {
                    h.text(one.text);
                    if (!one.rule.empty()) {
                      h.text(" ");
                      h.el("a", {cls("text-nowrap"), at("href", "/rules/" + encode_url(one.rule))},
                           fmt::format("Rule {}", one.rule));
                    }
                  });
                  if (sheet.open())
                    h.el("a",
                         {cls("flex-shrink-0"), at("href", scope_item_url(sheet.record.id, one.item->id)),
                          at("aria-label", "Change: " + one.text)},
                         "Change");
                });
              }
            });
          });
}

void write_items(HtmlWriter& h, const ScopeSheet& sheet, const TitleBook& titles, const Visit& visit) {
  bool open = sheet.open() && visit.may(Action::change, ScopeItem::def());
  HtmlWriter actions(256);
  if (open)
    actions.el("a", {cls("btn btn-sm"), at("href", scope_item_url(sheet.record.id, "new"))}, "Add something else");
  section(h, "items", fmt::format("Decided ({})", sheet.items.size()), actions.take(), [&] {
    if (sheet.items.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "Nothing is decided yet.");
    std::vector<const ScopeItem*> sorted;
    for (const ScopeItem& item : sheet.items) sorted.push_back(&item);
    std::ranges::stable_sort(sorted, {}, [](const ScopeItem* item) { return std::pair(item->kind, item->inclusion); });
    bench_table(
        h, "Items of the boundary by dimension",
        {"What", "Dimension", "Where", "Reasons, or who does what", "Supplier", ""}, [&] {
          for (const ScopeItem* item : sorted) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal")}, name_of_item(*item, sheet.things));
              bench_cell(h, "Dimension", label_of(item->kind));
              bench_cell(h, "Where", [&] {
                tone_badge(h,
                           item->inclusion == ScopeItemInclusion::in    ? "blue"
                           : item->inclusion == ScopeItemInclusion::out ? "secondary"
                                                                        : "orange",
                           label_of(item->inclusion));
              });
              bench_cell(h, "Reasons, or who does what",
                         item->inclusion == ScopeItemInclusion::interface ? item->responsibility_split.value_or("")
                                                                          : item->justification.value_or(""));
              bench_cell(h, "Supplier", [&] {
                if (item->supplier && !item->supplier->empty()) titles.link(h, Supplier::def(), item->supplier->id);
              });
              bench_cell(h, "", [&] {
                std::string name = name_of_item(*item, sheet.things);
                if (open)
                  h.el("a", {at("href", scope_item_url(sheet.record.id, item->id)), at("aria-label", "Change " + name)},
                       "Change");
                else
                  h.el("a", {at("href", record_url(ScopeItem::def(), item->id)), at("aria-label", "Open " + name)},
                       "Open");
              });
            });
          }
        });
  });
}

void write_issues_of(HtmlWriter& h, Visit& visit, const ScopeSheet& sheet) {
  auto issues = visit.tenant.issues.list(visit.principal, "scope", "scope_statement", sheet.record.id);
  auto letterhead = letterhead_of(visit);
  if (!issues || !letterhead || issues->empty()) return;
  section(h, "issued", "Issued documents", {}, [&] { issue_list(h, *issues, *letterhead); });
}

Response version_page(Visit& visit) { return scope_version_view(visit, nullptr); }

// ---- Comparison ------------------------------------------------------------------------------------------------------------------

void write_item_changes(HtmlWriter& h, const std::vector<ScopeItemChange>& changes,
                        const std::vector<ScopeThing>& things) {
  if (changes.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "The items are the same.");
  bench_table(h, "Items that differ", {"What", "Change", "Before", "After"}, [&] {
    auto words = [](const ScopeItem* item) {
      if (!item) return std::string("–");
      std::string out(label_of(item->inclusion));
      if (item->justification && !is_blank(*item->justification)) out += ": " + *item->justification;
      if (item->responsibility_split && !is_blank(*item->responsibility_split))
        out += ": " + *item->responsibility_split;
      return out;
    };
    for (const ScopeItemChange& change : changes) {
      const ScopeItem& item = change.after ? *change.after : *change.before;
      h.el("tr", [&] {
        h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
          h.text(name_of_item(item, things));
          h.el("div", {cls("text-secondary")}, label_of(item.kind));
        });
        bench_cell(h, "Change", [&] {
          if (change.kind == ScopeItemChange::Kind::added) return tone_badge(h, "green", "Added");
          if (change.kind == ScopeItemChange::Kind::removed) return tone_badge(h, "red", "Removed");
          tone_badge(h, "azure", "Changed");
        });
        bench_cell(h, "Before", words(change.before));
        bench_cell(h, "After", words(change.after));
      });
    }
  });
}

Response compare_versions(Visit& visit) {
  auto after = asked_sheet(visit);
  if (!after) return error_page(visit, after.error());
  std::string_view with = visit.request.query_value("with");
  if (with.empty())
    return error_page(
        visit,
        fail(Problems{{"with", "must be the id of another version", ""}}, "There is nothing to compare with.").error());
  auto before = scope_sheet(visit.tenant.registers, visit.principal, with);
  if (!before) return error_page(visit, before.error());
  auto changes = scope_difference(before->items, after->items);
  Frame frame =
      scope_frame(fmt::format("Version {} against version {}", after->statement.version, before->statement.version));
  frame.crumbs.push_back({version_name(after->statement), scope_url(after->record.id)});
  return page(visit, frame, [&](HtmlWriter& h) {
    section(h, "text", "Text", {}, [&] {
      auto rows = diff_texts(before->statement.text, after->statement.text);
      if (count_of(rows).none()) return h.el("p", {cls("card-body text-secondary mb-0")}, "The text is the same.");
      diff_table(h, rows);
    });
    section(h, "items", fmt::format("Items ({} differ)", changes.size()), {},
            [&] { write_item_changes(h, changes, after->things); });
  });
}

// ---- Document --------------------------------------------------------------------------------------------------------------------

template <class Use>
Response with_document(Visit& visit, const Use& use) {
  auto sheet = asked_sheet(visit);
  if (!sheet) return error_page(visit, sheet.error());
  auto document = scope_document(visit, *sheet);
  if (!document) return error_page(visit, document.error());
  return use(*sheet, *document);
}

Response document_page(Visit& visit) {
  return with_document(visit, [&](const ScopeSheet& sheet, const ScopeDocument& document) {
    Frame frame = scope_frame(document.paper.title);
    frame.crumbs.push_back({version_name(sheet.statement), scope_url(sheet.record.id)});
    HtmlWriter actions(256);
    actions.el("a", {cls("btn btn-primary"), at("href", scope_url(sheet.record.id) + "/document/pdf")}, "PDF");
    frame.actions = actions.take();
    return page(visit, frame,
                [&](HtmlWriter& h) { paper_on_screen(h, document.letterhead, document.paper, document.body); });
  });
}

Result<PdfWork> document_pdf(Visit& visit) {
  TRY(ScopeSheet sheet, asked_sheet(visit));
  TRY(ScopeDocument document, scope_document(visit, sheet));
  Frame frame = scope_frame("PDF of the scope");
  std::string url = scope_url(sheet.record.id), name = version_name(sheet.statement);
  frame.crumbs.push_back({name, url});
  return PdfWork{std::move(frame), url + "/document", "Back to the document",
                 fmt::format("Scope of the ISMS {}.pdf", sheet.statement.version),
                 visit.tenant.pdfs.ask(document.html())};
}

std::string content_of(const ScopeSheet& sheet) {
  std::string out = "{\"text\":" + json_string(sheet.statement.text) + ",\"items\":[";
  for (std::size_t i = 0; i < sheet.items.size(); ++i) {
    if (i > 0) out += ',';
    append_json(out, encode(sheet.items[i]));
  }
  return out + "]}";
}

Response issue_document(Visit& visit) {
  return with_document(visit, [&](const ScopeSheet& sheet, const ScopeDocument& document) -> Response {
    if (document.paper.draft || sheet.statement.status == VersionStatus::superseded) {
      return error_page(
          visit,
          {ErrorKind::conflict, "Only an approved version that is not superseded is issued.", {}, "C4.3-03", {}});
    }
    TitleBook titles(visit);
    titles.want(Person::def(), sheet.statement.approved_by ? sheet.statement.approved_by->id : Id());
    titles.read();
    NewIssue issue{
        "scope",
        document.paper.title,
        fmt::to_string(sheet.statement.version),
        sheet.statement.approved_by ? titles.title(Person::def(), sheet.statement.approved_by->id) : std::string(),
        content_of(sheet),
        document.html()};
    auto number = visit.tenant.issues.issue(visit.principal, sheet.record, issue);
    if (!number) return error_page(visit, number.error());
    return done(visit, issue_url(*number), "The scope is issued.");
  });
}

Response items_workbook(Visit& visit) {
  auto sheet = asked_sheet(visit);
  if (!sheet) return error_page(visit, sheet.error());
  TitleBook titles(visit);
  for (const ScopeItem& item : sheet->items) {
    if (item.supplier) titles.want(Supplier::def(), item.supplier->id);
  }
  titles.read();
  return workbook_answer(
      visit, fmt::format("Scope {}.xlsx", sheet->statement.version), [&](XlsxWriter& writer) -> Result<void> {
        CHECK(writer.sheet("Boundary", {{"Dimension", 22},
                                        {"What", 40},
                                        {"Where", 16},
                                        {"Reasons", 50},
                                        {"Scope depends on it", 12, ColumnKind::boolean},
                                        {"Who does what", 50},
                                        {"Supplier", 30}}));
        for (const ScopeItem& item : sheet->items) {
          std::string name = name_of_item(item, sheet->things), reasons = item.justification.value_or(""),
                      split = item.responsibility_split.value_or("");
          std::string supplier = item.supplier && !item.supplier->empty()
                                     ? titles.title(Supplier::def(), item.supplier->id)
                                     : std::string();
          const XlsxCell cells[] = {label_of(item.kind),       std::string_view(name),      label_of(item.inclusion),
                                    std::string_view(reasons), item.in_scope_depends_on_it, std::string_view(split),
                                    std::string_view(supplier)};
          CHECK(writer.row(cells));
        }
        return {};
      });
}

}  // namespace

Response scope_version_view(Visit& visit, const ScopeReturn* back) {
  auto sheet = asked_sheet(visit);
  if (!sheet) return error_page(visit, sheet.error());
  TitleBook titles(visit);
  for (const ScopeItem& item : sheet->items) {
    if (item.supplier) titles.want(Supplier::def(), item.supplier->id);
  }
  titles.read();
  Frame frame = scope_frame(fmt::format("Scope, version {}", sheet->statement.version));
  HtmlWriter badge(128);
  state_badge(badge, *sheet->record.def, sheet->record.state(), sheet->record.state_label());
  frame.beside = badge.take();
  frame.actions = version_actions(*sheet, visit);
  frame.status = back ? status_of(back->error.kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (back) problem_list(h, back->error);
    h.el("div", {cls("bench-columns")}, [&] {
      h.el("div", [&] {
        write_statement(h, visit, *sheet);
        section(h, "picture", "The boundary", {}, [&] {
          h.el("div", {cls("card-body")}, [&] {
            if (sheet->items.empty())
              h.el("p", {cls("text-secondary mb-0")}, "The picture appears with the first decisions.");
            else scope_picture_on_screen(h, *sheet);
          });
        });
      });
      h.el("div", [&] {
        write_steps(h, visit, sheet->record);
        write_contradictions(h, *sheet);
      });
    });
    write_undecided(h, visit, *sheet, back);
    write_items(h, *sheet, titles, visit);
    write_issues_of(h, visit, *sheet);
  });
}

std::vector<PageRoute> scope_pages() {
  std::vector<PageRoute> out = {
      {"GET", "/scope", scope_home},
      {"POST", "/scope/new", begin_version},
      {"GET", "/scope/{id}", version_page},
      {"GET", "/scope/{id}/compare", compare_versions},
      {"GET", "/scope/{id}/document", document_page},
      {"GET", "/scope/{id}/document/pdf", pdf_of(document_pdf)},
      {"POST", "/scope/{id}/issue", issue_document},
      {"GET", "/scope/{id}/items.xlsx", items_workbook},
  };
  std::ranges::move(scope_editor_pages(), std::back_inserter(out));
  return out;
}

}  // namespace assay
