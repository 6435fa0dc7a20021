// Writing controlled documents: a new one from a template, a new version of one, the Markdown editor.
#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "kernel/service/document_texts.h"
#include "web/assets.h"
#include "web/document_parts.h"
#include "web/record_form.h"

namespace assay {
namespace {

Result<const EntityDef*> writable(const Visit& visit, std::string_view name) {
  const EntityDef* def = visit.registry().find(name);
  if (!def) return fail(ErrorKind::not_found, fmt::format("There is no register \"{}\".", name));
  if (auto decision = may(visit.principal, Action::create, *def); !decision) {
    return Failure(decision.refusal());
  }
  return def;
}

// "2.0" -> "2.1", "3" -> "4", "draft" -> "draft 2".
std::string next_label(std::string_view label) {
  std::size_t digits = label.size();
  while (digits > 0 && label[digits - 1] >= '0' && label[digits - 1] <= '9') --digits;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(label.data() + digits, label.data() + label.size(), number);
  if (error != std::errc() || end != label.data() + label.size())
    return label.empty() ? "1.0" : std::string(label) + " 2";
  return fmt::format("{}{}", label.substr(0, digits), number + 1);
}

// ---- A new document ------------------------------------------------------------------------------------------------

void template_select(HtmlWriter& h, const Library& library, std::string_view chosen) {
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", "f-template")}, "Begin with");
    h.el("select", {cls("form-select"), at("id", "f-template"), at("name", "template")}, [&] {
      h.el("option", {at("value", ""), flag("selected", chosen.empty())}, "An empty text");
      for (const Template& each : library.templates()) {
        h.el("option", {at("value", each.name), flag("selected", each.name == chosen)}, each.title);
      }
    });
    h.el("small", {cls("form-hint")},
         "Templates are filled with your organisation's name, roles, scope and limits; what is not recorded yet stands "
         "in [brackets].");
  });
}

std::string first_text(Visit& visit, const Record& document, std::string_view template_name) {
  const Template* chosen = visit.site.library.find_template(template_name);
  if (chosen) return fill_placeholders(chosen->markdown, placeholders_of(visit));
  return fmt::format("## Purpose\n\nWhat {} is for.\n\n## Rules\n\n1. The first rule.\n", document.title());
}

void take_template(Record& document, const Template& from) {
  document.at("title") = from.title;
  for (auto [name, value] : {std::pair<std::string_view, std::string_view>{"kind", from.kind},
                             {"topic", from.topic},
                             {"audience", from.audience},
                             {"classification", from.classification}}) {
    const FieldDef& field = *document.def->find(name);
    if (auto parsed = parse_text(field, value)) document.at(name) = *std::move(parsed);
  }
}

Response document_form(Visit& visit, const Record& record, std::string_view template_name, const Error* error) {
  const EntityDef& def = *record.def;
  Frame frame{.title = "New document",
              .active = "documents",
              .crumbs = {{std::string(def.text.plural), list_url(def)}},
              .kicker = kicker_of(def),
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    RecordForm form{
        visit, record, editable_fields(visit, def, nullptr), "/documents/new", list_url(def), "Create document", error};
    form.before_fields = [&](HtmlWriter& inner) { template_select(inner, visit.site.library, template_name); };
    write_record_form(h, form);
  });
}

Record new_version(const Visit& visit, const EntityDef& def, std::string_view document, std::string_view label) {
  Record version(def);
  version.at("document") = std::string(document);
  version.at("version") = std::string(label);
  version.at("created_on") = visit.tenant.workspace->clock().today().iso();
  if (!visit.principal.person.empty()) version.at("author") = visit.principal.person;
  return version;
}

// ---- A new version -------------------------------------------------------------------------------------------------

struct VersionForm {
  const EntityDef* def = nullptr;
  Record document;
  std::optional<Record> former;  // whose text is copied
};

Result<VersionForm> version_form(Visit& visit) {
  VersionForm out;
  TRY(out.def, writable(visit, "document_version"));
  const EntityDef* document = visit.registry().find("document");
  if (!document) return fail(ErrorKind::not_found, "There is no register of documents.");
  TRY(out.document, visit.tenant.registers.read(visit.principal, *document, visit.request.param("document")));
  TRY(auto versions, versions_of(visit, out.document.id));
  if (!versions.empty()) out.former = std::move(versions.front());
  return out;
}

std::vector<const FieldDef*> version_fields(const Visit& visit, const EntityDef& def) {
  std::vector<const FieldDef*> out;
  for (std::string_view name : {"version", "author", "created_on"}) out.push_back(def.find(name));
  const std::vector<const FieldDef*>& custom = visit.custom_fields().of(def);
  out.insert(out.end(), custom.begin(), custom.end());
  return out;
}

Response version_page(Visit& visit, const VersionForm& form, const Record& version, const Error* error) {
  Frame frame{.title = "New version",
              .active = "documents",
              .crumbs = {{std::string(form.document.def->text.plural), list_url(*form.document.def)},
                         {std::string(form.document.title()), record_url(*form.document.def, form.document.id)}},
              .kicker = kicker_of(*form.def),
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    std::string address = fmt::format("/documents/{}/versions/new", encode_url(form.document.id));
    RecordForm out{visit,
                   version,
                   version_fields(visit, *form.def),
                   address,
                   record_url(*form.document.def, form.document.id),
                   "Create and write",
                   error};
    out.before_fields = [&](HtmlWriter& inner) {
      if (form.former)
        inner.el("p", fmt::format("The text of version {} is copied; you change it on the next page.",
                                  form.former->text("version")));
      else template_select(inner, visit.site.library, {});
    };
    write_record_form(h, out);
  });
}

// ---- The editor ----------------------------------------------------------------------------------------------------

void editor(HtmlWriter& h, Visit& visit, const DocumentVisit& document, std::string_view text, std::string_view reason,
            const Error* error) {
  if (error) problem_list(h, *error);
  if (error && error->kind == ErrorKind::conflict) {
    h.el("div", {cls("card mb-3")}, [&] {
      h.el("div", {cls("card-header")},
           [&] { h.el("h2", {cls("card-title")}, "What is stored now (−) and your text (+)"); });
      diff_table(h, diff_texts(document.markdown, text));
    });
  }
  h.el("form", {at("method", "post"), at("action", read_url(document.version.id) + "/edit"), flag("data-dirty")}, [&] {
    hidden_csrf(h, visit);
    h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", document.version.version)});
    h.el("div", {cls("row g-3")}, [&] {
      h.el("div", {cls("col-lg-6")}, [&] {
        h.el("label", {cls("form-label"), at("for", "f-markdown")}, "Text (Markdown)");
        h.el("textarea",
             {cls("form-control font-monospace editor-pane"), at("id", "f-markdown"), at("name", "markdown"),
              at("rows", 28), at("spellcheck", "true"), flag("required"), at("hx-post", "/documents/preview"),
              at("hx-trigger", "input changed delay:500ms"), at("hx-target", "#preview"),
              at("aria-describedby", "markdown-help")},
             text.starts_with('\n') ? "\n" + std::string(text) : std::string(text));
        h.el("small", {cls("form-hint"), at("id", "markdown-help")},
             "## heading, **bold**, - list, 1. numbered list, | table |. Raw HTML is shown as text.");
      });
      h.el("div", {cls("col-lg-6")}, [&] {
        h.el("div", {cls("form-label")}, "Preview");
        h.el("div", {cls("card editor-pane"), at("tabindex", 0), at("role", "region"), at("aria-label", "Preview")},
             [&] {
               h.el("div", {cls("card-body markdown"), at("id", "preview"), at("aria-live", "off")}, markdown(text));
             });
      });
    });
    h.el("div", {cls("mt-3")}, [&] { reason_input(h, reason, false, {}); });
    h.el("div", {cls("form-foot")}, [&] {
      h.el("a", {cls("btn"), at("href", record_url(*document.version.def, document.version.id))}, "Cancel");
      h.el("button",
           {cls("btn"), at("type", "submit"), at("formaction", "/documents/preview"), at("formtarget", "_blank")},
           "Preview in a new tab");
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
        h.add(icon("device-floppy"));
        h.text("Save text");
      });
    });
  });
}

Response editor_page(Visit& visit, const DocumentVisit& document, std::string_view text, std::string_view reason,
                     const Error* error) {
  Frame frame{
      .title = fmt::format("Edit {} {}", document.document.title(), document.version.text("version")),
      .active = "documents",
      .crumbs = {{std::string(document.document.def->text.plural), list_url(*document.document.def)},
                 {std::string(document.document.title()), record_url(*document.document.def, document.document.id)},
                 {std::string(document.version.text("version")),
                  record_url(*document.version.def, document.version.id)}},
      .kicker = "Draft",
      .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) { editor(h, visit, document, text, reason, error); });
}

Error not_a_draft(const Record& version) {
  return {ErrorKind::forbidden,
          fmt::format("Version {} is {}: its text does not change any more. Write a new version.",
                      version.text("version"), lower(version.state_label())),
          {},
          "C7.5.3-01",
          "the author, while it is a draft"};
}

}  // namespace

Response new_document_page(Visit& visit) {
  auto def = writable(visit, "document");
  if (!def) return error_page(visit, def.error());
  Record record(**def);
  std::string_view name = visit.request.query_value("template");
  if (const Template* chosen = visit.site.library.find_template(name)) take_template(record, *chosen);
  if (!visit.principal.person.empty()) record.at("owner") = visit.principal.person;
  prefill(record, visit.request, editable_fields(visit, **def, nullptr));
  return document_form(visit, record, name, nullptr);
}

Response create_document(Visit& visit) {
  auto def = writable(visit, "document");
  if (!def) return error_page(visit, def.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record record(**def);
  Problems problems = read_fields(record, editable_fields(visit, **def, nullptr), *form);
  std::string_view name = form->value("template");
  if (!problems.empty()) {
    Error error{ErrorKind::invalid,
                "The document was not created: some fields need another look.",
                std::move(problems),
                {},
                {}};
    return document_form(visit, record, name, &error);
  }
  auto document = visit.tenant.registers.create(visit.principal, record);
  if (!document) return document_form(visit, record, name, &document.error());
  std::string document_page = record_url(**def, document->id);
  const EntityDef* version_def = visit.registry().find("document_version");
  if (!version_def || !visit.may(Action::create, *version_def)) return done(visit, document_page, "Document created.");
  auto version = create_document_version(visit.tenant.registers, visit.principal,
                                         new_version(visit, *version_def, document->id, "1.0"),
                                         first_text(visit, *document, name), "First version.");
  if (!version)
    return done(visit, document_page, "Document created. Its first version could not be: " + version.error().text());
  return done(visit, read_url(version->id) + "/edit", "Document created with a first draft.");
}

Response new_version_page(Visit& visit) {
  auto form = version_form(visit);
  if (!form) return error_page(visit, form.error());
  Record version = new_version(visit, *form->def, form->document.id,
                               form->former ? next_label(form->former->text("version")) : "1.0");
  return version_page(visit, *form, version, nullptr);
}

Response create_version(Visit& visit) {
  auto form = version_form(visit);
  if (!form) return error_page(visit, form.error());
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  Record version = new_version(visit, *form->def, form->document.id, "");
  Problems problems = read_fields(version, version_fields(visit, *form->def), *sent);
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The version was not created: some fields need another look.", std::move(problems), {}, {}};
    return version_page(visit, *form, version, &error);
  }
  std::string text;
  if (form->former) text = document_text(visit.tenant.registers, visit.principal, form->former->id).value_or("");
  if (is_blank(text)) text = first_text(visit, form->document, sent->value("template"));
  auto stored = create_document_version(visit.tenant.registers, visit.principal, version, text, {});
  if (!stored) return version_page(visit, *form, version, &stored.error());
  return done(visit, read_url(stored->id) + "/edit", fmt::format("Version {} begun.", stored->text("version")));
}

Response edit_text_page(Visit& visit) {
  auto document = document_visit(visit);
  if (!document) return error_page(visit, document.error());
  if (document->version.state() != "draft") return error_page(visit, not_a_draft(document->version));
  if (auto decision = may(visit.principal, Action::change, *document->version.def, &document->version); !decision) {
    return error_page(visit, decision.refusal());
  }
  return editor_page(visit, *document, document->markdown, {}, nullptr);
}

Response save_text(Visit& visit) {
  auto document = document_visit(visit);
  if (!document) return error_page(visit, document.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::int64_t version = version_in(*form, *document->version.def);
  std::string text = replace_all(form->value("markdown"), "\r\n", "\n");
  std::string reason = reason_in(*form, *document->version.def);
  auto saved = save_document_text(visit.tenant.registers, visit.principal, document->version.id, version, text, reason);
  if (!saved) {
    auto kind = saved.error().kind;
    if (kind == ErrorKind::forbidden) return error_page(visit, saved.error());
    Error error = saved.error();
    if (kind == ErrorKind::conflict)
      error = {ErrorKind::conflict,
               "Somebody saved this text meanwhile. Yours stands below; save again to keep it.",
               {},
               {},
               {}};
    return editor_page(visit, *document, text, reason, &error);
  }
  return done(visit, read_url(saved->id), "Text saved.");
}

Response preview_text(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string_view text = form->value("markdown");
  if (visit.request.is_htmx()) return fragment([&](HtmlWriter& h) { h.add(markdown(text)); });
  Frame frame{.title = "Preview", .active = "documents", .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("article", {cls("card")}, [&] { h.el("div", {cls("card-body markdown")}, markdown(text)); });
  });
}

}  // namespace assay
