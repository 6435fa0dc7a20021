// A Statement of Applicability out of somebody's spreadsheet: upload, columns and what would happen to each row on one
// page, done.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/service/cell_reading.h"
#include "web/assets.h"
#include "web/import_view.h"
#include "web/soa/soa_view.h"
#include "workflows/soa/soa_import.h"

namespace assay {
namespace {

constexpr std::size_t most_rows_shown = 200;

struct SoaUpload {
  KeptImport kept;
  Workbook workbook;
  const Sheet* sheet = nullptr;
  SoaImportOptions options;
};

// The choices stand in the address: what is shown can be sent to a colleague of the same session, and going back works.
Result<std::unique_ptr<SoaUpload>> soa_upload(Visit& visit, const Fields& choices) {
  auto out = std::make_unique<SoaUpload>();
  TRY(out->kept, KeptImport::find(visit, visit.request.param("token")));
  TRY(out->workbook, out->kept.read());
  for (const Sheet& sheet : out->workbook.sheets) {
    if (!out->sheet && sheet.rows.size() > 1) out->sheet = &sheet;
    if (sheet.name == value_of(choices, "sheet") && !sheet.name.empty()) out->sheet = &sheet;
  }
  if (!out->sheet)
    return fail(Problems{{out->kept.file_name(), "must have a sheet with rows", ""}}, "There is nothing in the file.");
  out->options.columns = guess_soa_columns(*out->sheet);
  out->options.file_name = out->kept.file_name();
  out->options.follow_2013 = has_field(choices, "follow_2013");
  if (!has_field(choices, "chosen")) return out;
  for (MappedColumn& column : out->options.columns.columns) {
    const FieldDef* field = SoAEntry::def().find(value_of(choices, fmt::format("c{}", column.position)));
    const auto fields = soa_import_fields();
    const bool fits = field && std::ranges::find(fields, field) != fields.end();
    column.use = fits ? ColumnUse::field : ColumnUse::none;
    column.field = fits ? field : nullptr;
  }
  return out;
}

void write_columns(HtmlWriter& h, const SoaUpload& upload) {
  h.el("details",
       {cls("card mb-3"), flag("open", !upload.options.columns.column_of(*SoAEntry::def().find("control_ref")) ||
                                           !upload.options.columns.column_of(*SoAEntry::def().find("applicability")))},
       [&] {
         h.el("summary", {cls("card-header")}, "Columns");
         h.el("form", {at("method", "get"), at("action", "/soa/import/" + upload.kept.token())}, [&] {
           h.leaf("input", {at("type", "hidden"), at("name", "chosen"), at("value", "1")});
           h.el("div", {cls("card-body row g-3")}, [&] {
             for (const MappedColumn& column : upload.options.columns.columns) {
               if (column.heading.empty()) continue;
               const std::string id = fmt::format("column-{}", column.position);
               h.el("div", {cls("col-md-4")}, [&] {
                 h.el("label", {cls("form-label"), at("for", id)}, shorten(column.heading, 60));
                 h.el("select", {cls("form-select"), at("id", id), at("name", fmt::format("c{}", column.position))},
                      [&] {
                        h.el("option", {at("value", "")}, "– not taken over –");
                        for (const FieldDef* field : soa_import_fields())
                          h.el("option", {at("value", field->name), flag("selected", column.field == field)},
                               field->text.label);
                      });
               });
             }
             h.el("div", {cls("col-12")}, [&] {
               h.el("label", {cls("form-check")}, [&] {
                 h.leaf("input", {cls("form-check-input"), at("type", "checkbox"), at("name", "follow_2013"),
                                  at("value", "1"), flag("checked", upload.options.follow_2013)});
                 h.el("span", {cls("form-check-label")},
                      "Take numbers of the edition of 2013 over where one control became exactly one of 2022");
               });
             });
           });
           h.el("div", {cls("card-footer text-end")}, [&] {
             h.el("button", {cls("btn"), at("type", "submit")}, "Read again with these columns");
           });
         });
       });
}

void write_rows(HtmlWriter& h, const SoaImportPlan& plan) {
  h.el("div", {cls("card")}, [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "What would happen to each row");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Row", "Control", "What happens"}) h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          std::size_t shown = 0;
          for (const RowPlan& row : plan.lines.rows) {
            if (++shown > most_rows_shown) break;
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), at("data-label", "Row")}, row.row);
              h.el("td", {at("data-label", "Control")}, row.title);
              h.el("td", {at("data-label", "What happens")}, [&] {
                if (row.fate == RowFate::refused) {
                  for (const Problem& problem : row.problems)
                    h.el("div", {cls("text-danger")},
                         fmt::format("{}: {}{}", problem.place, problem.message,
                                     problem.value.empty() ? "" : " (here: " + problem.value + ")"));
                  return;
                }
                h.text(row.fate == RowFate::created   ? "New line"
                       : row.fate == RowFate::changed ? "Line is changed"
                                                      : "Nothing changes");
                for (const Problem& warning : row.warnings)
                  h.el("div", {cls("small text-secondary")}, fmt::format("{} {}", warning.place, warning.message));
              });
            });
          }
        });
      });
    });
  });
}

Response check_answer(Visit& visit, const SoaUpload& upload, const Error* error) {
  auto plan = plan_soa_import(visit.tenant, visit.principal, *upload.sheet, upload.options);
  Frame frame = soa_frame("What would be imported");
  frame.crumbs = {{"Statement of Applicability", "/soa"}, {"Import", "/soa/import"}};
  if (error) frame.status = status_of(error->kind);
  else if (!plan) frame.status = status_of(plan.error().kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    else if (!plan) problem_list(h, plan.error());
    write_columns(h, upload);
    if (!plan) return;
    h.el("p", {at("role", "status")},
         fmt::format(
             "{}: into {} version {}. {} lines new, {} changed, {} unchanged, {} refused. Nothing is stored yet.",
             upload.kept.file_name(), plan->begins_version ? "a new draft," : "the draft,", plan->version,
             plan->lines.created, plan->lines.changed, plan->lines.unchanged,
             plan->lines.refused + plan->problems.size()));
    if (!plan->problems.empty() && !error) {
      h.el("div", {cls("alert alert-danger"), at("role", "alert")}, [&] {
        h.el("div", {cls("fw-bold")}, "These rows cannot be taken; mend the file, or the columns above.");
        h.el("ul", {cls("mb-0 ps-3")}, [&] {
          for (const Problem& problem : plan->problems)
            h.el("li", fmt::format("{} {}{}", problem.place, problem.message,
                                   problem.value.empty() ? "" : fmt::format(" (here: {})", problem.value)));
        });
      });
    }
    for (const std::string& note : plan->notes) h.el("p", {cls("text-secondary mb-1")}, note);
    if (plan->can_be_applied()) {
      h.el("form", {cls("my-3"), at("method", "post"), at("action", "/soa/import/" + upload.kept.token())}, [&] {
        hidden_csrf(h, visit);
        h.leaf("input", {at("type", "hidden"), at("name", "_choices"), at("value", join_pairs(visit.request.query))});
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
          h.add(icon("check"));
          h.text(fmt::format("Import into version {}", plan->version));
        });
      });
    }
    write_rows(h, *plan);
  });
}

// Where a file is chosen; with what was wrong with the last one.
Response choose_file(Visit& visit, const Error* error) {
  if (!visit.may(Action::import_, SoAEntry::def()))
    return error_page(visit, may(visit.principal, Action::import_, SoAEntry::def()).refusal());
  Frame frame = soa_frame("Import a Statement of Applicability");
  frame.crumbs = {{"Statement of Applicability", "/soa"}};
  frame.narrow = true;
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el(
        "form", {cls("card"), at("method", "post"), at("action", "/soa/import"), at("enctype", "multipart/form-data")},
        [&] {
          hidden_csrf(h, visit);
          h.el("div", {cls("card-body")}, [&] {
            h.el(
                "p",
                "A sheet with a row for each control. Headings such as \"Control, Title, Applicable, Justification, "
                "Status\" are found by themselves, in English and German; controls may be written A.5.1, 5.1 or A 5.1. "
                "The rows go into the draft, or begin a new version when there is none.");
            h.el("label", {cls("form-label required"), at("for", "file")}, "File");
            h.leaf("input",
                   {cls("form-control"), at("type", "file"), at("id", "file"), at("name", "file"),
                    at("accept", ".xlsx,.xlsm,.csv,.tsv"), flag("required"), at("aria-describedby", "file-help")});
            h.el("div", {cls("form-hint"), at("id", "file-help")},
                 "A workbook (.xlsx) or a CSV file. Nothing is stored before you have seen what would happen.");
          });
          h.el("div", {cls("card-footer text-end")}, [&] {
            h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
              h.add(icon("upload"));
              h.text("Upload");
            });
          });
        });
  });
}

}  // namespace

Response soa_import_page(Visit& visit) { return choose_file(visit, nullptr); }

Response take_soa_sheet(Visit& visit) {
  if (!visit.may(Action::import_, SoAEntry::def())) return choose_file(visit, nullptr);
  const UploadedFile* upload = nullptr;
  for (const UploadedFile& file : visit.request.files) {
    if (file.field == "file") upload = &file;
  }
  if (!upload || upload->size == 0) {
    const Error missing{
        ErrorKind::invalid, "No file was uploaded.", {{"File", "must be chosen and must not be empty", ""}}, {}, {}};
    return choose_file(visit, &missing);
  }
  auto kept = KeptImport::store(visit, *upload);
  return kept ? Response::redirect("/soa/import/" + kept->token()) : choose_file(visit, &kept.error());
}

Response soa_import_check(Visit& visit) {
  auto upload = soa_upload(visit, visit.request.query);
  if (upload) return check_answer(visit, **upload, nullptr);
  return upload.error().kind == ErrorKind::invalid ? choose_file(visit, &upload.error())
                                                   : error_page(visit, upload.error());
}

Response run_soa_import(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  if (auto choices = parse_pairs(form->value("_choices"))) visit.request.query = *std::move(choices);
  auto upload = soa_upload(visit, visit.request.query);
  if (!upload) return error_page(visit, upload.error());
  auto done_import = apply_soa_import(visit.tenant, visit.principal, *(*upload)->sheet, (*upload)->options);
  if (!done_import) return check_answer(visit, **upload, &done_import.error());
  (*upload)->kept.remove();
  return done(visit, soa_url(done_import->version),
              fmt::format("{} lines are new, {} changed.", done_import->lines.created, done_import->lines.changed));
}

}  // namespace assay
