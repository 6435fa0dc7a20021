// What a record touches: the parts of it, the evidence for it, the records that refer to it, and what the rules say.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/service/wholes.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::size_t rows_shown = 50;

const FieldDef* parent_field(const EntityDef& child, const EntityDef& whole) {
  if (child.text.parent.empty()) return nullptr;
  const FieldDef* field = child.find(child.text.parent);
  return field && field->target && &field->target() == &whole ? field : nullptr;
}

std::string filtered_url(const EntityDef& def, const FieldDef& field, std::string_view id) {
  return fmt::format("{}?{}={}", list_url(def), field.name, encode_url(id));
}

struct LinkedList {
  const EntityDef* def;
  const FieldDef* field;  // refers to the record of the page
  std::string value;
  Page page;
  std::vector<const FieldDef*> columns;
};

// The records of a register that name this one in a field, as its list shows them, without that column.
Result<LinkedList> linked(Visit& visit, const EntityDef& def, const FieldDef& field, std::string_view value) {
  LinkedList out{&def, &field, std::string(value), {}, {}};
  ListQuery query = default_query(def);
  for (const FieldDef& column : def.fields) {
    if (column.text.in_list && &column != &field && column.kind != Kind::references) out.columns.push_back(&column);
  }
  for (const FieldDef* column : visit.custom_fields().of(def)) {
    if (column->text.in_list && column != &field) out.columns.push_back(column);
  }
  query.columns = out.columns;
  if (def.lifecycle && !def.lifecycle->field.empty()) query.columns.push_back(def.find(def.lifecycle->field));
  if (std::ranges::find(query.columns, &def.title_field()) == query.columns.end())
    query.columns.push_back(&def.title_field());
  query.filters = {{&field, Comparison::is, {std::string(value)}}};
  query.limit = rows_shown;
  TRY(out.page, visit.tenant.registers.list(visit.principal, std::move(query)));
  return out;
}

bool is_state(const EntityDef& def, const FieldDef& field) {
  return def.lifecycle && def.lifecycle->field == field.name;
}

void linked_row(HtmlWriter& h, Visit& visit, const LinkedList& list, const ListRow& row) {
  h.el("tr", [&] {
    h.el("td", {at("data-label", "Id"), cls("text-nowrap")},
         [&] { h.el("a", {at("href", record_url(*list.def, row.record.id))}, row.record.id); });
    for (std::size_t i = 0; i < list.columns.size(); ++i) {
      const FieldDef& column = *list.columns[i];
      h.el("td", {at("data-label", column.text.label), cls_if(column.is_number(), "text-end")}, [&] {
        Value value = row.record.value(column);
        if (is_state(*list.def, column))
          return state_badge(h, *list.def, text_of(value), column.choice_label(text_of(value)));
        if (!shows(visit, row.record, column)) return;
        value_cell(h, visit, column, value, i < row.titles.size() ? row.titles[i] : std::string());
      });
    }
  });
}

void linked_table(HtmlWriter& h, Visit& visit, const LinkedList& list) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, "Id");
          for (const FieldDef* column : list.columns) {
            h.el("th", {at("scope", "col"), cls_if(column->is_number(), "text-end")}, column->text.label);
          }
        });
      });
      h.el("tbody", [&] {
        for (const ListRow& row : list.page.rows) linked_row(h, visit, list, row);
      });
    });
  });
  if (list.page.next.empty()) return;
  h.el("div", {cls("card-footer")}, [&] {
    h.el("a", {at("href", filtered_url(*list.def, *list.field, list.value))},
         fmt::format("All {} of them", list.page.total));
  });
}

Html add_button(const std::string& url, std::string_view label) {
  HtmlWriter h(512);
  h.el("a", {cls("btn btn-sm"), at("href", url)}, [&] {
    h.add(icon("plus"));
    h.text(label);
  });
  return h.take();
}

void child_section(HtmlWriter& h, Visit& visit, const Record& record, const EntityDef& child, const FieldDef& field) {
  if (!visit.may(Action::see, child)) return;
  auto list = linked(visit, child, field, record.id);
  bool may_add = visit.may(Action::create, child) && !settles(record, child);
  if (!list || (list->page.rows.empty() && !may_add)) return;
  Html action;
  if (may_add) {
    action = add_button(fmt::format("{}?{}={}", new_url(child), field.name, encode_url(record.id)),
                        fmt::format("Add {}", in_sentence(child.text.label)));
  }
  std::string title = list->page.rows.empty() ? std::string(child.text.plural)
                                              : fmt::format("{} ({})", child.text.plural, list->page.total);
  section(h, fmt::format("list-{}", child.name()), title, action, [&] {
    if (list->page.rows.empty()) h.el("div", {cls("card-body text-secondary")}, child.text.help);
    else linked_table(h, visit, *list);
  });
}

}  // namespace

void write_children(HtmlWriter& h, Visit& visit, const Record& record) {
  for (const EntityDef* child : visit.registry().all()) {
    if (const FieldDef* field = parent_field(*child, *record.def)) child_section(h, visit, record, *child, *field);
  }
}

// ---- Evidence ------------------------------------------------------------------------------------------------------

namespace {

// How evidence names this record: by a reference field, or, for rows of the standard, by their number in `refs`.
std::pair<const FieldDef*, std::string> evidence_link(const EntityDef& evidence, const Record& record) {
  if (record.def->name() == "annex_a_control") return {evidence.find("refs"), fmt::format("A.{}", record.text("ref"))};
  if (record.def->name() == "soa_entry" && record.def->find("control_ref")) {
    return {evidence.find("refs"), fmt::format("A.{}", record.text("control_ref"))};
  }
  for (const FieldDef& field : evidence.fields) {
    if (field.kind == Kind::references && &field.target() == record.def) return {&field, record.id};
  }
  return {nullptr, {}};
}

}  // namespace

void write_evidence(HtmlWriter& h, Visit& visit, const Record& record) {
  const EntityDef* evidence = visit.registry().find("evidence");
  if (!evidence || evidence == record.def || !visit.may(Action::see, *evidence)) return;
  auto [field, value] = evidence_link(*evidence, record);
  if (!field) return;
  auto list = linked(visit, *evidence, *field, value);
  if (!list) return;
  Html action;
  if (visit.may(Action::create, *evidence)) {
    action = add_button(fmt::format("/evidence/new?{}={}", field->name, encode_url(value)), "Add evidence");
  }
  section(h, "evidence", list->page.rows.empty() ? "Evidence" : fmt::format("Evidence ({})", list->page.total), action,
          [&] {
            if (list->page.rows.empty()) {
              h.el("div", {cls("card-body text-secondary")},
                   "No evidence names this record yet. A claim without evidence does not count.");
            } else {
              linked_table(h, visit, *list);
            }
          });
}

// ---- Records that refer to this one --------------------------------------------------------------------------------

void write_relations(HtmlWriter& h, Visit& visit, const Record& record) {
  constexpr std::size_t shown = 12;
  auto reader = visit.tenant.workspace->read();
  if (!reader) return;
  auto groups = (*reader)->referrers(*record.def, record.id, shown);
  if (!groups) return;
  std::erase_if(*groups, [&](const Referrers& group) {
    // Tables of their own above; and lists of which this person sees only a part cannot be shown from here.
    bool shown_above = parent_field(*group.def, *record.def) == group.field ||
                       (group.def->name() == "evidence" && group.field->kind == Kind::references);
    return shown_above || !visit.may(Action::see, *group.def) || row_filter(visit.principal, *group.def);
  });
  if (groups->empty()) return;
  section(h, "relations", "Where it is named", {}, [&] {
    h.el("div", {cls("card-body d-grid gap-3")}, [&] {
      for (const Referrers& group : *groups) {
        h.el("div", [&] {
          h.el("h3", {cls("datagrid-title")},
               fmt::format("{} ({}), {}", group.def->text.plural, group.total, in_sentence(group.field->text.label)));
          h.el("ul", {cls("referrers")}, [&] {
            for (const auto& [id, title] : group.records) {
              h.el("li", [&] {
                h.el("a", {at("href", record_url(*group.def, id)), at_if(!is_blank(title), "title", title)},
                     is_blank(title) ? id : title);
                if (!is_blank(title) && title != id) h.el("span", {cls("numeric")}, id);
              });
            }
            auto more = group.total - static_cast<std::int64_t>(group.records.size());
            if (more > 0)
              h.el("li", [&] {
                h.el("a", {at("href", filtered_url(*group.def, *group.field, record.id))},
                     fmt::format("{} more", more));
              });
          });
        });
      }
    });
  });
}

// ---- Verdict -------------------------------------------------------------------------------------------------------

bool write_findings(HtmlWriter& h, Visit& visit, const Record& record) {
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return false;
  std::vector<const RuleFinding*> found;
  for (const RuleFinding& finding : (*verdict)->findings) {
    if (finding.subject == record.id && finding.kind == record.def->name()) found.push_back(&finding);
  }
  if (found.empty()) return false;
  bool explained = sees_conformity(visit);
  auto marks = marks_of(visit);
  section(h, "findings", fmt::format("What an auditor would say ({})", found.size()), {}, [&] {
    h.el("div", {cls("list-group list-group-flush")}, [&] {
      for (const RuleFinding* finding : found) {
        h.el("div", {cls("list-group-item")}, [&] {
          h.el("div", {cls("d-flex flex-wrap gap-2 align-items-center mb-1")}, [&] {
            class_badge(h, finding->finding_class);
            if (explained)
              h.el("a", {at("href", finding_url(key_of(*finding))), at("aria-label", "Why: " + finding->rule_id)},
                   finding->rule_id);
            else h.text(finding->rule_id);
            h.el("span", {cls("text-secondary")}, finding->ref);
            auto mark = marks.find(key_of(*finding));
            mark_badge(h, visit, mark == marks.end() ? nullptr : &mark->second);
          });
          h.el("div", {cls("fw-medium")}, finding->title);
          if (!finding->detail.empty()) h.el("div", finding->detail);
          if (!finding->fix.empty()) h.el("div", {cls("text-secondary")}, "To mend it: " + finding->fix);
        });
      }
    });
  });
  return true;
}

}  // namespace assay
