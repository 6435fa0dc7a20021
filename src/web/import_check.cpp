// The last steps of the import wizard: what would happen to each row, and doing it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "kernel/service/bundle_service.h"
#include "web/assets.h"
#include "web/import_view.h"

namespace assay {
namespace {

constexpr std::size_t rows_a_page = 100;

// What a kept file and its choice come to.
struct Prepared {
  Workbook workbook;
  SheetTask task;
  SheetImportOptions options;
};

Result<std::unique_ptr<Prepared>> prepare(const Visit& visit, const KeptImport& kept) {
  TRY(ImportChoice choice, kept.choice());
  auto prepared = std::make_unique<Prepared>();
  TRY(prepared->workbook, kept.read());
  prepared->task.def = visit.registry().find(choice.register_name);
  for (const Sheet& sheet : prepared->workbook.sheets) {
    if (sheet.name == choice.sheet) prepared->task.sheet = &sheet;
  }
  if (!prepared->task.def || !prepared->task.sheet) return fail(ErrorKind::not_found, "Choose the columns first.");
  TRY(prepared->task.mapping, parse_mapping(*prepared->task.def, *prepared->task.sheet, choice.header_row,
                                            choice.mapping, visit.custom_fields()));
  prepared->options.strict = choice.strict;
  prepared->options.clear_blank = choice.clear_blank;
  prepared->options.skip_bad_cells = choice.skip_bad_cells;
  prepared->options.file_name = kept.file_name();
  return prepared;
}

std::size_t number_of_page(std::string_view text) {
  std::size_t number = 1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::max<std::size_t>(number, 1);
}

void fate_badge(HtmlWriter& h, RowFate fate) {
  struct Look {
    std::string_view label, colour, icon_name;
  };
  constexpr Look looks[] = {{"New", "bg-green-lt", "plus"},
                            {"Changed", "bg-azure-lt", "edit"},
                            {"Unchanged", "bg-secondary-lt", "check"},
                            {"Refused", "bg-red-lt", "ban"}};
  const Look& look = looks[static_cast<std::size_t>(fate)];
  h.el("span", {cls("badge"), cls(look.colour)}, [&] {
    h.add(icon(look.icon_name, "icon-sm me-1"));
    h.text(look.label);
  });
}

void problem_lines(HtmlWriter& h, const Problems& problems, std::string_view colour) {
  for (const Problem& problem : problems) {
    h.el("div", {cls(colour)}, [&] {
      std::size_t comma = problem.place.find(", ");
      h.el("b", comma == std::string::npos ? std::string_view() : std::string_view(problem.place).substr(comma + 2));
      h.text(" " + problem.message);
      if (!problem.value.empty()) h.text(fmt::format(" (here: {})", problem.value));
    });
  }
}

void row_details(HtmlWriter& h, const RowPlan& row) {
  problem_lines(h, row.problems, "text-danger");
  for (const FieldChange& change : row.changes) {
    if (change.field->text.secret) continue;
    h.el("div", [&] {
      h.el("span", {cls("text-secondary")}, fmt::format("{}: ", change.field->text.label));
      std::string before = shorten(display(*change.field, change.before), 80);
      if (!before.empty()) {
        h.el("del", before);
        h.text(" → ");
      }
      h.el("ins", shorten(display(*change.field, change.after), 80));
    });
  }
  problem_lines(h, row.warnings, "text-secondary");
}

void rows_table(HtmlWriter& h, const SheetPlan& plan, const std::vector<const RowPlan*>& rows) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table card-table")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view heading : {"Row", "Record", "What happens", "Details"})
            h.el("th", {at("scope", "col")}, heading);
        });
      });
      h.el("tbody", [&] {
        for (const RowPlan* row : rows) {
          h.el("tr", [&] {
            h.el("td", {cls("numeric")}, row->row);
            h.el("td", [&] {
              bool is_stored = row->fate == RowFate::changed || row->fate == RowFate::unchanged;
              if (is_stored) h.el("a", {at("href", record_url(*plan.def, row->id))}, row->id);
              else h.text(row->id);
              h.el("div", {cls("text-secondary")}, row->title);
            });
            h.el("td", [&] { fate_badge(h, row->fate); });
            h.el("td", [&] { row_details(h, *row); });
          });
        }
      });
    });
  });
}

struct Tab {
  std::string_view name, label;
  std::size_t count = 0;
};

std::vector<Tab> tabs_of(const SheetPlan& plan) {
  return {{"", "All", plan.rows.size()},
          {"refused", "Refused", plan.refused},
          {"created", "New", plan.created},
          {"changed", "Changed", plan.changed},
          {"unchanged", "Unchanged", plan.unchanged}};
}

void tabs(HtmlWriter& h, const KeptImport& kept, const SheetPlan& plan, std::string_view shown) {
  h.el("nav", {cls("chips mb-3"), at("aria-label", "Rows shown")}, [&] {
    for (const Tab& tab : tabs_of(plan)) {
      h.el("a",
           {cls("chip"), cls_if(tab.name == shown, "active"), at_if(tab.name == shown, "aria-current", "true"),
            at("href", kept.url("check") + (tab.name.empty() ? "" : fmt::format("?show={}", tab.name)))},
           fmt::format("{} {}", tab.label, grouped(static_cast<std::int64_t>(tab.count))));
    }
  });
}

void pager(HtmlWriter& h, const KeptImport& kept, std::string_view shown, std::size_t current, std::size_t rows) {
  std::size_t pages = (rows + rows_a_page - 1) / rows_a_page;
  if (pages < 2) return;
  auto link = [&](std::size_t number, std::string_view label) {
    h.el("a", {cls("btn btn-sm"), at("href", fmt::format("{}?show={}&page={}", kept.url("check"), shown, number))},
         label);
  };
  h.el("div", {cls("card-footer d-flex gap-2 align-items-center")}, [&] {
    if (current > 1) link(current - 1, "Earlier rows");
    h.el("span", {cls("text-secondary")}, fmt::format("Page {} of {}", current, pages));
    if (current < pages) link(current + 1, "Further rows");
  });
}

void confirm_form(HtmlWriter& h, const Visit& visit, const KeptImport& kept, const SheetPlan& plan) {
  std::size_t good = plan.created + plan.changed;
  h.el("form", {cls("d-flex gap-2 flex-wrap mb-3"), at("method", "post"), at("action", kept.url("check"))}, [&] {
    hidden_csrf(h, visit);
    if (plan.refused > 0) h.leaf("input", {at("type", "hidden"), at("name", "skip_refused"), at("value", "1")});
    if (good > 0) {
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
        h.add(icon("check"));
        h.text(plan.refused > 0 ? fmt::format("Import {} and leave out {} refused", good, plan.refused)
                                : fmt::format("Import {} {}", good, good == 1 ? "row" : "rows"));
      });
    }
    h.el("a",
         {cls("btn"),
          at("href", fmt::format("{}?register={}&sheet={}", kept.url(), plan.def->name(), encode_url(plan.sheet)))},
         "Change the columns");
  });
}

void notes(HtmlWriter& h, const SheetPlan& plan) {
  if (plan.notes.empty()) return;
  h.el("details", {cls("mb-3")}, [&] {
    h.el("summary", fmt::format("{} notes about the sheet", plan.notes.size()));
    h.el("ul", [&] {
      for (const Problem& note : plan.notes)
        h.el("li", fmt::format("{} {}{}", note.place, note.message, note.value.empty() ? "" : ": " + note.value));
    });
  });
}

Result<Response> check_page(Visit& visit) {
  TRY(KeptImport kept, KeptImport::find(visit, visit.request.param("token")));
  TRY(auto prepared, prepare(visit, kept));
  std::vector<SheetPlan> plans;
  {
    TRY(auto reader, visit.tenant.workspace->read());
    TRY(plans, plan_import(*reader, visit.principal, {&prepared->task, 1}, prepared->options));
  }
  const SheetPlan& plan = plans.front();
  std::string_view shown = visit.request.query_value("show");
  std::vector<const RowPlan*> rows;
  for (const RowPlan& row : plan.rows) {
    if (shown.empty() || name_of(row.fate) == shown) rows.push_back(&row);
  }
  std::size_t count = rows.size();
  std::size_t pages = std::max<std::size_t>((count + rows_a_page - 1) / rows_a_page, 1);
  std::size_t current = std::min(number_of_page(visit.request.query_value("page")), pages);
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(count, (current - 1) * rows_a_page)));
  if (rows.size() > rows_a_page) rows.resize(rows_a_page);
  Frame frame = import_frame(fmt::format("Import into {}", plan.def->text.plural));
  frame.active = phase_name(plan.def->text.phase);
  return page(visit, frame, [&](HtmlWriter& h) {
    import_steps(h, 2);
    h.el("p", {at("role", "status")},
         fmt::format("{}: {} new, {} changed, {} unchanged, {} refused{}. Nothing is stored yet.", kept.file_name(),
                     plan.created, plan.changed, plan.unchanged, plan.refused,
                     plan.skipped ? fmt::format(", {} blank or example rows passed over", plan.skipped) : ""));
    confirm_form(h, visit, kept, plan);
    notes(h, plan);
    tabs(h, kept, plan, shown);
    h.el("div", {cls("card")}, [&] {
      rows_table(h, plan, rows);
      pager(h, kept, shown, current, count);
    });
  });
}

Response done_page(Visit& visit, const EntityDef* def, std::string_view summary, const Problems& warnings) {
  return page(visit, import_frame("Imported"), [&](HtmlWriter& h) {
    import_steps(h, 3);
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", {at("role", "status")}, summary);
        if (!warnings.empty())
          h.el("p", {cls("text-secondary")},
               fmt::format("{} things are incomplete; the findings name those that matter.", warnings.size()));
        h.el("ul", [&] {
          for (std::size_t i = 0; i < warnings.size() && i < 50; ++i)
            h.el("li", fmt::format("{} {}", warnings[i].place, warnings[i].message));
        });
        h.el("div", {cls("btn-list")}, [&] {
          if (def)
            h.el("a", {cls("btn btn-primary"), at("href", list_url(*def))},
                 fmt::format("To the list of {}", def->text.plural));
          h.el("a", {cls("btn"), at("href", def ? fmt::format("/import?register={}", def->name()) : "/import")},
               "Import another file");
        });
      });
    });
  });
}

Result<Response> import_now(Visit& visit) {
  TRY(KeptImport kept, KeptImport::find(visit, visit.request.param("token")));
  TRY(Form form, visit.request.form());
  TRY(auto prepared, prepare(visit, kept));
  prepared->options.skip_refused = form.has("skip_refused");
  Problems warnings;
  TRY(auto plans,
      apply_import(*visit.tenant.workspace, visit.principal, {&prepared->task, 1}, prepared->options, &warnings));
  const SheetPlan& plan = plans.front();
  Problems all = plan.warnings();
  all.insert(all.end(), warnings.begin(), warnings.end());
  kept.remove();
  return done_page(visit, plan.def,
                   fmt::format("{}: {} created, {} changed, {} unchanged, {} left out.", kept.file_name(), plan.created,
                               plan.changed, plan.unchanged, plan.refused),
                   all);
}

Result<ImportOutcome> bundle_outcome(const Visit& visit, const KeptImport& kept, bool dry_run,
                                     std::map<std::string_view, std::size_t>* counts) {
  TRY(std::string text, kept.text());
  TRY(Bundle bundle, read_bundle(visit.registry(), text));
  for (const Record& record : bundle.records) {
    if (counts) ++(*counts)[record.def->text.plural];
  }
  return import_bundle(*visit.tenant.workspace, visit.principal, bundle, {dry_run, false});
}

}  // namespace

Response show_check(Visit& visit) {
  auto response = check_page(visit);
  return response ? *std::move(response) : error_page(visit, response.error());
}

Response run_checked_import(Visit& visit) {
  auto response = import_now(visit);
  return response ? *std::move(response) : error_page(visit, response.error());
}

Response show_bundle(Visit& visit, const KeptImport& kept) {
  std::map<std::string_view, std::size_t> counts;
  auto outcome = bundle_outcome(visit, kept, true, &counts);
  if (!outcome) return error_page(visit, outcome.error());
  return page(visit, import_frame("Import a bundle"), [&](HtmlWriter& h) {
    import_steps(h, 2);
    h.el("p", {at("role", "status")},
         fmt::format("{}: {} new, {} changed, {} unchanged. Nothing is stored yet. Fields that the bundle leaves out "
                     "become empty.",
                     kept.file_name(), outcome->created, outcome->changed, outcome->unchanged));
    h.el("form", {cls("mb-3"), at("method", "post"), at("action", kept.url())}, [&] {
      hidden_csrf(h, visit);
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Import the bundle");
    });
    h.el("ul", [&] {
      for (const auto& [name, count] : counts) h.el("li", fmt::format("{}: {}", name, count));
    });
    if (!outcome->warnings.empty())
      h.el("p", {cls("text-secondary")}, fmt::format("{} things in it are incomplete.", outcome->warnings.size()));
  });
}

Response run_bundle_import(Visit& visit, const KeptImport& kept) {
  auto outcome = bundle_outcome(visit, kept, false, nullptr);
  if (!outcome) return error_page(visit, outcome.error());
  kept.remove();
  return done_page(visit, nullptr,
                   fmt::format("{}: {} created, {} changed, {} unchanged.", kept.file_name(), outcome->created,
                               outcome->changed, outcome->unchanged),
                   outcome->warnings);
}

}  // namespace assay
