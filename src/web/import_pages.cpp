// The first steps of the import wizard: upload, and which column goes where.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "kernel/service/cell_reading.h"
#include "kernel/service/sheet_export.h"
#include "web/assets.h"
#include "web/import_view.h"

namespace assay {

std::vector<const EntityDef*> importable(const Visit& visit) {
  std::vector<const EntityDef*> out;
  for (const EntityDef* def : visit.registry().all()) {
    if (visit.may(Action::import_, *def)) out.push_back(def);
  }
  return out;
}

void import_steps(HtmlWriter& h, std::size_t current) {
  constexpr std::string_view steps[] = {"Upload", "Columns", "Check", "Done"};
  h.el("ol", {cls("steps steps-counter mb-4"), at("aria-label", "Steps of the import")}, [&] {
    for (std::size_t i = 0; i < std::size(steps); ++i) {
      h.el("li", {cls("step-item"), cls_if(i == current, "active"), at_if(i == current, "aria-current", "step")},
           steps[i]);
    }
  });
}

Frame import_frame(std::string title) {
  Frame frame;
  frame.title = std::move(title);
  frame.kicker = "Import";
  return frame;
}

namespace {

void register_select(HtmlWriter& h, const std::vector<const EntityDef*>& registers, std::string_view chosen,
                     bool may_guess) {
  h.el("select", {cls("form-select"), at("id", "register"), at("name", "register")}, [&] {
    if (may_guess) h.el("option", {at("value", "")}, "Guess from the file");
    for (const EntityDef* def : registers)
      h.el("option", {at("value", def->name()), flag("selected", def->name() == chosen)}, def->text.plural);
  });
}

void upload_form(HtmlWriter& h, const Visit& visit, const std::vector<const EntityDef*>& registers,
                 std::string_view chosen) {
  h.el("form", {cls("card"), at("method", "post"), at("action", "/import"), at("enctype", "multipart/form-data")}, [&] {
    hidden_csrf(h, visit);
    h.el("div", {cls("card-body")}, [&] {
      h.el("div", {cls("mb-3")}, [&] {
        h.el("label", {cls("form-label required"), at("for", "file")}, "File");
        h.leaf("input",
               {cls("form-control"), at("type", "file"), at("id", "file"), at("name", "file"),
                at("accept", ".xlsx,.xlsm,.csv,.tsv,.json"), flag("required"), at("aria-describedby", "file-help")});
        h.el("div", {cls("form-hint"), at("id", "file-help")},
             "A workbook (.xlsx), a CSV file, or a bundle (.json). Nothing is stored before you have seen what would "
             "happen.");
      });
      h.el("div", [&] {
        h.el("label", {cls("form-label"), at("for", "register")}, "Register");
        register_select(h, registers, chosen, true);
        h.el("div", {cls("form-hint")}, "Where the rows go. A bundle knows that by itself.");
      });
    });
    h.el("div", {cls("card-footer text-end")}, [&] {
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
        h.add(icon("upload"));
        h.text("Upload");
      });
    });
  });
}

Response show_upload(Visit& visit) {
  auto registers = importable(visit);
  if (registers.empty())
    return error_page(
        visit, Error{ErrorKind::forbidden, "Your roles do not let you import.", {}, {}, "those who keep a register"});
  Frame frame = import_frame("Import a file");
  frame.narrow = true;
  return page(visit, frame, [&](HtmlWriter& h) {
    import_steps(h, 0);
    upload_form(h, visit, registers, visit.request.query_value("register"));
  });
}

Response take_upload(Visit& visit) {
  if (importable(visit).empty()) return show_upload(visit);
  const UploadedFile* upload = nullptr;
  for (const UploadedFile& file : visit.request.files) {
    if (file.field == "file") upload = &file;
  }
  if (!upload || upload->size == 0)
    return error_page(
        visit, fail(Problems{{"File", "must be chosen and must not be empty", ""}}, "No file was uploaded.").error());
  auto kept = KeptImport::store(visit, *upload);
  if (!kept) return error_page(visit, kept.error());
  auto form = visit.request.form();
  std::string chosen(form ? form->value("register") : std::string_view());
  return Response::redirect(kept->url() + (chosen.empty() ? "" : "?register=" + encode_url(chosen)));
}

// ---- Columns -------------------------------------------------------------------------------------------------------

bool has_data(const Sheet& sheet) {
  if (sheet.name == legend_sheet) return false;
  return std::any_of(sheet.rows.begin(), sheet.rows.end(), [](const auto& row) { return !row.empty(); });
}

// Which sheet and register are looked at: as asked, else by name, else the register whose fields the headings fit best.
struct Subject {
  const Sheet* sheet = nullptr;
  const EntityDef* def = nullptr;
};

const EntityDef* best_register(const Visit& visit, const Sheet& sheet, const std::string& file_name) {
  auto allowed = importable(visit);
  auto usable = [&](const EntityDef* def) {
    return def && std::find(allowed.begin(), allowed.end(), def) != allowed.end();
  };
  std::string stem = file_name.substr(0, file_name.rfind('.'));
  for (std::string_view name : {std::string_view(sheet.name), std::string_view(stem)}) {
    const EntityDef* named = name.empty() ? nullptr : register_named(visit.registry(), name);
    if (usable(named)) return named;
  }
  const EntityDef* best = allowed.front();
  double best_score = 0;
  for (const EntityDef* def : allowed) {
    double score = mapping_score(guess_mapping(*def, sheet, visit.custom_fields()));
    if (score > best_score) {
      best = def;
      best_score = score;
    }
  }
  return best;
}

Result<Subject> subject_of(const Visit& visit, const KeptImport& kept, const Workbook& workbook,
                           std::string_view sheet_name, std::string_view register_name) {
  Subject subject;
  for (const Sheet& sheet : workbook.sheets) {
    if (!has_data(sheet)) continue;
    if (!subject.sheet || (!sheet_name.empty() && sheet.name == sheet_name)) subject.sheet = &sheet;
  }
  if (!subject.sheet)
    return fail(Problems{{kept.file_name(), "must have a sheet with rows", ""}}, "There is nothing in the file.");
  if (importable(visit).empty()) return fail(ErrorKind::forbidden, "Your roles do not let you import.");
  subject.def = register_name.empty() ? best_register(visit, *subject.sheet, kept.file_name())
                                      : visit.registry().find(register_name);
  if (!subject.def) return fail(ErrorKind::not_found, "There is no such register.");
  CHECK(demand(may(visit.principal, Action::import_, *subject.def)));
  return subject;
}

std::string samples_of(const Sheet& sheet, std::size_t header_row, std::size_t column) {
  std::vector<std::string> out;
  for (std::size_t i = header_row + 1; i < sheet.rows.size() && out.size() < 3; ++i) {
    if (column >= sheet.rows[i].size() || is_blank(sheet.rows[i][column])) continue;
    std::string text = shorten(trim(sheet.rows[i][column]), 40);
    if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
  }
  return join(out, " · ");
}

void confidence_badge(HtmlWriter& h, const MappedColumn& column, bool remembered) {
  if (column.use == ColumnUse::none) {
    if (!column.note.empty()) h.el("span", {cls("text-secondary small")}, column.note);
    return;
  }
  bool sure = column.confidence >= 0.9;
  bool likely = column.confidence >= 0.7;
  std::string_view words = remembered ? "as last time" : sure ? "sure" : likely ? "likely" : "a guess";
  h.el("span",
       {cls("badge"), cls(remembered || sure ? "bg-green-lt"
                          : likely           ? "bg-azure-lt"
                                             : "bg-yellow-lt")},
       words);
}

std::string_view target_of(const MappedColumn& column) {
  switch (column.use) {
    case ColumnUse::id: return "id";
    case ColumnUse::version: return "version";
    case ColumnUse::custom: return "custom";
    case ColumnUse::field: return column.field->name;
    default: return "";
  }
}

void target_select(HtmlWriter& h, const std::vector<const FieldDef*>& fields, const MappedColumn& column) {
  std::string_view chosen = target_of(column);
  h.el("select",
       {cls("form-select form-select-sm"), at("name", fmt::format("c{}", column.position)),
        at("aria-label", fmt::format("Field for column {}",
                                     column.heading.empty() ? column_letters(column.position) : column.heading))},
       [&] {
         h.el("option", {at("value", "")}, "– do not import –");
         h.el("option", {at("value", "id"), flag("selected", chosen == "id")}, "Id");
         for (const FieldDef* field : fields) {
           h.el("option", {at("value", field->name), flag("selected", chosen == field->name)},
                fmt::format("{}{}", field->text.label, field->required ? " *" : ""));
         }
         for (std::string_view own : {"custom", "version"}) {
           if (chosen == own) h.el("option", {at("value", own), flag("selected")}, own);
         }
       });
}

void columns_table(HtmlWriter& h, const Visit& visit, const Subject& subject, const ColumnMapping& mapping) {
  std::vector<const FieldDef*> fields = fields_of(*subject.def, visit.custom_fields());
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view heading : {"Column", "Values", "Goes into", ""})
            h.el("th", {at("scope", "col")}, heading);
        });
      });
      h.el("tbody", [&] {
        for (const MappedColumn& column : mapping.columns) {
          std::string samples = samples_of(*subject.sheet, mapping.header_row, column.position);
          if (column.heading.empty() && samples.empty()) continue;
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")},
                 column.heading.empty() ? column_letters(column.position) : shorten(column.heading, 80));
            h.el("td", {cls("text-secondary")}, samples);
            h.el("td", [&] { target_select(h, fields, column); });
            h.el("td", [&] { confidence_badge(h, column, mapping.remembered); });
          });
        }
      });
    });
  });
}

void check_box(HtmlWriter& h, std::string_view name, std::string_view label) {
  h.el("label", {cls("form-check")}, [&] {
    h.leaf("input", {cls("form-check-input"), at("type", "checkbox"), at("name", name), at("value", "1")});
    h.el("span", {cls("form-check-label")}, label);
  });
}

void import_options(HtmlWriter& h, const EntityDef& def, const ColumnMapping& mapping) {
  const FieldDef* parent = def.text.parent.empty() ? nullptr : def.find(def.text.parent);
  if (parent && !mapping.column_of(*parent)) {
    std::string value;
    for (const auto& [field, text] : mapping.fixed) {
      if (field == parent) value = text;
    }
    h.el("div", {cls("mb-3")}, [&] {
      h.el("label", {cls("form-label"), at("for", "fixed")}, fmt::format("{} of all new rows", parent->text.label));
      h.leaf("input", {cls("form-control"), at("id", "fixed"), at("name", "fixed"), at("value", value),
                       at("placeholder", "Id or name; empty takes the only one there is")});
    });
  }
  check_box(h, "skip_bad_cells", "Leave out cells that cannot be read, instead of refusing their rows");
  check_box(h, "clear_blank", "A blank cell empties the field (else it is left alone)");
  check_box(h, "strict", "Refuse rows that are incomplete");
}

void choose_subject(HtmlWriter& h, const Visit& visit, const KeptImport& kept, const Workbook& workbook,
                    const Subject& subject, std::size_t header_row) {
  h.el("form", {cls("card mb-3"), at("method", "get"), at("action", kept.url())}, [&] {
    h.el("div", {cls("card-body row g-3 align-items-end")}, [&] {
      h.el("div", {cls("col-md-4")}, [&] {
        h.el("label", {cls("form-label"), at("for", "register")}, "Register");
        register_select(h, importable(visit), subject.def->name(), false);
      });
      if (workbook.sheets.size() > 1) {
        h.el("div", {cls("col-md-4")}, [&] {
          h.el("label", {cls("form-label"), at("for", "sheet")}, "Sheet");
          h.el("select", {cls("form-select"), at("id", "sheet"), at("name", "sheet")}, [&] {
            for (const Sheet& sheet : workbook.sheets) {
              if (has_data(sheet))
                h.el("option", {at("value", sheet.name), flag("selected", &sheet == subject.sheet)}, sheet.name);
            }
          });
        });
      }
      h.el("div", {cls("col-md-2")}, [&] {
        h.el("label", {cls("form-label"), at("for", "header")}, "Headings in row");
        h.leaf("input", {cls("form-control"), at("type", "number"), at("id", "header"), at("name", "header"),
                         at("min", 1), at("value", header_row + 1)});
      });
      h.el("div", {cls("col-md-2")}, [&] { h.el("button", {cls("btn w-100"), at("type", "submit")}, "Change"); });
    });
  });
}

// The mapping to begin with. A heading row that the person names is mapped as if the rows above it were not there.
Result<ColumnMapping> first_mapping(const Visit& visit, const Subject& subject, std::string_view header) {
  TRY(auto reader, visit.tenant.workspace->read());
  TRY(ColumnMapping mapping, mapping_for(*reader, *subject.def, *subject.sheet));
  std::size_t row = 0;
  std::from_chars(header.data(), header.data() + header.size(), row);
  if (row == 0 || row > subject.sheet->rows.size() || row - 1 == mapping.header_row) return mapping;
  Sheet below{subject.sheet->name,
              {subject.sheet->rows.begin() + static_cast<std::ptrdiff_t>(row - 1), subject.sheet->rows.end()}};
  ColumnMapping chosen = guess_mapping(*subject.def, below, visit.custom_fields());
  if (chosen.header_row != 0) {
    TRY(chosen, parse_mapping(*subject.def, below, 0, "{}", visit.custom_fields()));
  }
  chosen.header_row = row - 1;
  return chosen;
}

// The mapping that the form describes.
ColumnMapping mapping_of(const Visit& visit, const Subject& subject, std::size_t header_row, const Form& form) {
  ColumnMapping mapping;
  mapping.header_row = header_row;
  if (header_row >= subject.sheet->rows.size()) return mapping;
  for (const std::string& heading : subject.sheet->rows[header_row]) {
    MappedColumn column{mapping.columns.size(), std::string(trim(heading)), ColumnUse::none, nullptr, 1, {}};
    std::string_view target = form.value(fmt::format("c{}", column.position));
    column.field = visit.custom_fields().find_any(*subject.def, target);
    if (column.field && !mapping.column_of(*column.field)) column.use = ColumnUse::field;
    else if (target == "id" && !mapping.column_for(ColumnUse::id)) column.use = ColumnUse::id;
    else if (target == "custom") column.use = ColumnUse::custom;
    else if (target == "version") column.use = ColumnUse::version;
    mapping.columns.push_back(std::move(column));
  }
  const FieldDef* parent = subject.def->text.parent.empty() ? nullptr : subject.def->find(subject.def->text.parent);
  if (parent && !is_blank(form.value("fixed")))
    mapping.fixed.emplace_back(parent, std::string(trim(form.value("fixed"))));
  return mapping;
}

Result<Response> columns_page(Visit& visit) {
  TRY(KeptImport kept, KeptImport::find(visit, visit.request.param("token")));
  if (kept.is_bundle()) return show_bundle(visit, kept);
  TRY(Workbook workbook, kept.read());
  TRY(Subject subject,
      subject_of(visit, kept, workbook, visit.request.query_value("sheet"), visit.request.query_value("register")));
  TRY(ColumnMapping mapping, first_mapping(visit, subject, visit.request.query_value("header")));
  Frame frame = import_frame("Which column goes where");
  frame.active = phase_name(subject.def->text.phase);
  return page(visit, frame, [&](HtmlWriter& h) {
    import_steps(h, 1);
    h.el("p", {cls("text-secondary")},
         fmt::format("{}{}{}: {} rows below the headings.", kept.file_name(),
                     subject.sheet->name.empty() ? "" : ", sheet ", subject.sheet->name,
                     subject.sheet->rows.size() - std::min(subject.sheet->rows.size(), mapping.header_row + 1)));
    choose_subject(h, visit, kept, workbook, subject, mapping.header_row);
    h.el("form", {cls("card"), at("method", "post"), at("action", kept.url())}, [&] {
      hidden_csrf(h, visit);
      h.leaf("input", {at("type", "hidden"), at("name", "register"), at("value", subject.def->name())});
      h.leaf("input", {at("type", "hidden"), at("name", "sheet"), at("value", subject.sheet->name)});
      h.leaf("input", {at("type", "hidden"), at("name", "header"), at("value", mapping.header_row)});
      columns_table(h, visit, subject, mapping);
      h.el("div", {cls("card-body")}, [&] { import_options(h, *subject.def, mapping); });
      h.el("div", {cls("card-footer text-end")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Check the rows");
      });
    });
  });
}

Result<Response> columns_chosen(Visit& visit) {
  TRY(KeptImport kept, KeptImport::find(visit, visit.request.param("token")));
  if (kept.is_bundle()) return run_bundle_import(visit, kept);
  TRY(Form form, visit.request.form());
  TRY(Workbook workbook, kept.read());
  TRY(Subject subject, subject_of(visit, kept, workbook, form.value("sheet"), form.value("register")));
  std::size_t header = 0;
  std::string_view text = form.value("header");
  std::from_chars(text.data(), text.data() + text.size(), header);
  ColumnMapping mapping = mapping_of(visit, subject, header, form);
  if (!mapping.maps_anything())
    return fail(Problems{{"Columns", "at least one must go into a field", ""}}, "Nothing would be imported.");
  ImportChoice choice{
      std::string(subject.def->name()), subject.sheet->name,       mapping_json(mapping), header, form.has("strict"),
      form.has("clear_blank"),          form.has("skip_bad_cells")};
  CHECK(kept.choose(choice));
  return Response::redirect(kept.url("check"));
}

}  // namespace

Response show_columns(Visit& visit) {
  auto response = columns_page(visit);
  return response ? *std::move(response) : error_page(visit, response.error());
}

Response choose_columns(Visit& visit) {
  auto response = columns_chosen(visit);
  return response ? *std::move(response) : error_page(visit, response.error());
}

std::vector<PageRoute> import_pages() {
  RouteOptions upload;
  upload.uploads = true;
  return {
      {"GET", "/import", &show_upload},
      {"POST", "/import", &take_upload, upload},
      {"GET", "/import/{token}", &show_columns},
      {"POST", "/import/{token}", &choose_columns},
      {"GET", "/import/{token}/check", &show_check},
      {"POST", "/import/{token}/check", &run_checked_import},
  };
}

}  // namespace assay
