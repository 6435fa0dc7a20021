// The scope as a document: statement, picture, items by dimension, interfaces, exclusions, what was considered.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/person.h"
#include "isms/suppliers/supplier.h"
#include "web/scope/scope_view.h"
#include "workflows/scope/context.h"

namespace assay {
namespace {

// What the document reads, gathered before it is written.
struct ScopeFacts {
  ScopeSheet sheet;
  ContextSheet context;
  std::map<Id, std::string> suppliers;
  std::int64_t former = 0;  // number of the version before; 0: this is the first
  std::vector<ScopeItem> former_items;
};

std::string supplier_of(const ScopeFacts& facts, const ScopeItem& item) {
  if (!item.supplier || item.supplier->empty()) return {};
  auto found = facts.suppliers.find(item.supplier->id);
  return found == facts.suppliers.end() ? item.supplier->id : found->second;
}

void write_table(HtmlWriter& h, std::initializer_list<std::string_view> columns, const std::function<void()>& rows) {
  h.el("table", [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view column : columns) h.el("th", {at("scope", "col")}, column);
      });
    });
    h.el("tbody", rows);
  });
}

std::vector<const ScopeItem*> items_with(const ScopeFacts& facts, ScopeItemInclusion inclusion) {
  std::vector<const ScopeItem*> out;
  for (const ScopeItem& item : facts.sheet.items) {
    if (item.inclusion == inclusion) out.push_back(&item);
  }
  std::ranges::stable_sort(out, {}, [](const ScopeItem* item) { return item->kind; });
  return out;
}

void write_inside(HtmlWriter& h, const ScopeFacts& facts) {
  auto items = items_with(facts, ScopeItemInclusion::in);
  h.el("h2", "What is inside");
  if (items.empty()) return h.el("p", {cls("note")}, "Nothing is inside yet.");
  write_table(h, {"Dimension", "Item"}, [&] {
    for (const ScopeItem* item : items) {
      h.el("tr", [&] {
        h.el("td", label_of(item->kind));
        h.el("td", name_of_item(*item, facts.sheet.things));
      });
    }
  });
}

void write_interfaces(HtmlWriter& h, const ScopeFacts& facts) {
  auto items = items_with(facts, ScopeItemInclusion::interface);
  h.el("h2", "Interfaces and dependencies");
  if (items.empty()) return h.el("p", {cls("note")}, "No interface to others is named.");
  write_table(h, {"At the boundary", "Provided by", "Who does what"}, [&] {
    for (const ScopeItem* item : items) {
      h.el("tr", [&] {
        h.el("td", name_of_item(*item, facts.sheet.things));
        h.el("td", supplier_of(facts, *item));
        h.el("td", {cls("text-preline")}, item->responsibility_split.value_or(""));
      });
    }
  });
}

void write_exclusions(HtmlWriter& h, const ScopeFacts& facts) {
  auto items = items_with(facts, ScopeItemInclusion::out);
  h.el("h2", "What is left out");
  if (items.empty()) return h.el("p", "Nothing is left out.");
  write_table(h, {"Dimension", "Left out", "Reasons"}, [&] {
    for (const ScopeItem* item : items) {
      h.el("tr", [&] {
        h.el("td", label_of(item->kind));
        h.el("td", name_of_item(*item, facts.sheet.things));
        h.el("td", {cls("text-preline")}, item->justification.value_or(""));
      });
    }
  });
}

void write_considered(HtmlWriter& h, const ScopeFacts& facts) {
  h.el("h2", "What was considered");
  const ScopeStatement& statement = facts.sheet.statement;
  auto confirmed = [](bool yes) {
    return yes ? "The approver confirms that the scope answers to"
               : "It is not confirmed yet that the scope answers to";
  };
  auto relevant = std::ranges::count(facts.context.issues, std::optional<bool>(true), &ContextIssue::relevant);
  h.el("p", fmt::format("{} the issues of the organisation's context (clause 4.3 a): {} are relevant.",
                        confirmed(statement.considers_issues), relevant));
  h.el("p", fmt::format("{} the requirements of interested parties (clause 4.3 b): {} are recorded.",
                        confirmed(statement.considers_requirements), facts.context.requirements.size()));
  std::vector<std::pair<std::string, std::string>> lines;
  for (const ContextIssue& issue : facts.context.issues) {
    if (issue.scope_consequence && !is_blank(*issue.scope_consequence))
      lines.emplace_back(issue.description, *issue.scope_consequence);
  }
  for (const PartyRequirement& requirement : facts.context.requirements) {
    if (requirement.scope_consequence && !is_blank(*requirement.scope_consequence))
      lines.emplace_back(requirement.text, *requirement.scope_consequence);
  }
  if (lines.empty()) return;
  write_table(h, {"Issue or requirement", "What follows for the scope"}, [&] {
    for (const auto& [what, consequence] : lines) {
      h.el("tr", [&] {
        h.el("td", what);
        h.el("td", {cls("text-preline")}, consequence);
      });
    }
  });
}

void write_changes(HtmlWriter& h, const ScopeFacts& facts) {
  if (facts.former == 0) return;
  auto changes = scope_difference(facts.former_items, facts.sheet.items);
  h.el("h2", fmt::format("Changes since version {}", facts.former));
  if (changes.empty()) return h.el("p", "The items are the same.");
  write_table(h, {"Change", "Dimension", "Item"}, [&] {
    for (const ScopeItemChange& change : changes) {
      using enum ScopeItemChange::Kind;
      const ScopeItem& item = change.after ? *change.after : *change.before;
      h.el("tr", [&] {
        h.el("td", change.kind == added ? "Added" : change.kind == removed ? "Removed" : "Changed");
        h.el("td", label_of(item.kind));
        h.el("td", fmt::format("{}{}", name_of_item(item, facts.sheet.things),
                               change.kind == changed ? fmt::format(": {}", in_sentence(label_of(item.inclusion)))
                                                      : std::string()));
      });
    }
  });
}

void write_body(HtmlWriter& h, const ScopeFacts& facts) {
  h.el("h2", "Scope of the information security management system");
  h.el("p", {cls("text-preline")}, facts.sheet.statement.text);
  h.el("h2", "The boundary at a glance");
  if (facts.sheet.items.empty()) h.el("p", {cls("note")}, "The boundary has no items yet.");
  h.el("div", {cls("keep")}, [&] { scope_picture(h, facts.sheet.items, facts.sheet.things); });
  write_inside(h, facts);
  write_interfaces(h, facts);
  write_exclusions(h, facts);
  write_considered(h, facts);
  write_changes(h, facts);
}

Paper paper_of(const ScopeStatement& statement, const Letterhead& letterhead, const std::string& approver) {
  Paper out;
  out.title = "Scope of the ISMS";
  out.edition = fmt::format("Version {}", statement.version);
  bool approved = statement.approved_on &&
                  (statement.status == VersionStatus::approved || statement.status == VersionStatus::effective ||
                   statement.status == VersionStatus::superseded);
  out.draft = !approved;
  out.state = approved ? fmt::format("{} · approved {} by {}", label_of(statement.status),
                                     letterhead.day(statement.approved_on->iso()), approver)
                       : fmt::format("{}, not approved for use", label_of(statement.status));
  out.facts = {{"Version", fmt::to_string(statement.version)},
               {"Status", std::string(label_of(statement.status))},
               {"Basis", "ISO/IEC 27001:2022, clause 4.3"}};
  if (approved)
    out.facts.emplace_back("Approved", fmt::format("{} by {}", letterhead.day(statement.approved_on->iso()), approver));
  if (statement.effective_on) out.facts.emplace_back("In force from", letterhead.day(statement.effective_on->iso()));
  return out;
}

}  // namespace

Result<ScopeDocument> scope_document(Visit& visit, const ScopeSheet& sheet) {
  auto facts = std::make_shared<ScopeFacts>();
  facts->sheet = sheet;
  TRY(facts->context, context_sheet(visit.tenant.registers, visit.principal));
  TRY(auto versions, scope_versions(visit.tenant.registers, visit.principal));
  auto former = std::ranges::find_if(
      versions, [&](const ScopeStatement& version) { return version.version < sheet.statement.version; });
  if (former != versions.end()) {
    facts->former = former->version;
    TRY(facts->former_items, all_of<ScopeItem>(visit.tenant.registers, visit.principal, "scope", former->id));
  }
  TitleBook titles(visit);
  const ScopeStatement& statement = sheet.statement;
  if (statement.approved_by) titles.want(Person::def(), statement.approved_by->id);
  for (const ScopeItem& item : sheet.items) {
    if (item.supplier) titles.want(Supplier::def(), item.supplier->id);
  }
  titles.read();
  for (const ScopeItem& item : sheet.items) {
    if (item.supplier) facts->suppliers[item.supplier->id] = titles.title(Supplier::def(), item.supplier->id);
  }
  TRY(Letterhead letterhead, letterhead_of(visit));
  std::string approver = statement.approved_by ? titles.title(Person::def(), statement.approved_by->id) : std::string();
  Paper paper = paper_of(statement, letterhead, approver);
  return ScopeDocument{std::move(letterhead), std::move(paper), [facts](HtmlWriter& h) { write_body(h, *facts); }};
}

}  // namespace assay
