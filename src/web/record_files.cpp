// Files of a record: the list with previews, uploads, revisions, downloads.
#include "web/record_files.h"

#include <fmt/format.h>

#include "base/text.h"
#include "http/security.h"
#include "kernel/exchange/sniff.h"
#include "web/assets.h"

namespace assay {
namespace {

Attachments attachments_of(const Visit& visit) { return Attachments(*visit.tenant.workspace, visit.tenant.blobs); }

std::string file_url(const Attachment& file) { return "/files/" + encode_url(file.id); }

bool has_preview(const Attachment& file) { return may_show_inline(file.media_type) && !file.is_damaged(); }

void integrity_note(HtmlWriter& h, const Attachment& file, Instant now) {
  if (file.check_result.empty()) return;
  if (file.check_result == "intact") {
    h.el("span", {cls("badge bg-green-lt")}, [&] {
      h.add(icon("check", "icon-sm me-1"));
      h.text("Intact");
    });
  } else {
    h.el("span", {cls("badge bg-red-lt")}, [&] {
      h.add(icon("alert-triangle", "icon-sm me-1"));
      h.text(file.check_result == "unreadable" ? "Cannot be read"
             : file.check_result == "missing"  ? "Missing"
                                               : "Altered");
    });
  }
  h.text(" checked ");
  moment(h, file.checked_at, now);
}

void preview(HtmlWriter& h, const Attachment& file) {
  std::string url = file_url(file) + "/view";
  h.el("details", {cls("mt-2 no-print"), flag("open", file.media_type.starts_with("image/"))}, [&] {
    h.el("summary", {cls("text-secondary")}, "Preview");
    if (file.media_type.starts_with("image/")) {
      h.leaf("img", {at("src", url), at("alt", fmt::format("Preview of {}", file.name)), at("loading", "lazy"),
                     cls("img-fluid border rounded mt-2")});
    } else {
      h.el("iframe", {at("src", url), at("title", fmt::format("Preview of {}", file.name)), at("loading", "lazy"),
                      cls("w-100 border rounded mt-2 preview-frame")});
    }
  });
}

void replace_form(HtmlWriter& h, const Visit& visit, const Attachment& file) {
  h.el("details", {cls("mt-2 no-print")}, [&] {
    h.el("summary", {cls("text-secondary")}, "Replace by a new revision");
    h.el("form",
         {cls("row g-2 mt-1"), at("method", "post"), at("action", file_url(file) + "/replace"),
          at("enctype", "multipart/form-data")},
         [&] {
           hidden_csrf(h, visit);
           h.el("div", {cls("col-md-5")}, [&] {
             h.leaf("input", {at("type", "file"), cls("form-control"), at("name", "files"),
                              at("aria-label", "New revision"), flag("required")});
           });
           h.el("div", {cls("col-md-5")}, [&] {
             h.leaf("input", {at("type", "text"), cls("form-control"), at("name", "reason"), at("aria-label", "Reason"),
                              at("placeholder", "Reason"), at("maxlength", 500), flag("required")});
           });
           h.el("div", {cls("col-md-2")}, [&] { h.el("button", {cls("btn w-100"), at("type", "submit")}, "Replace"); });
         });
  });
}

void file_row(HtmlWriter& h, const Visit& visit, const Attachment& file, bool may_replace) {
  Instant now = visit.tenant.workspace->clock().now();
  h.el("div", {cls("list-group-item")}, [&] {
    h.el("div", {cls("d-flex flex-wrap gap-2 align-items-center")}, [&] {
      h.add(icon("file", "icon-sm"));
      h.el("a", {cls("text-break"), at("href", file_url(file))}, file.name);
      h.el("span", {cls("text-secondary")}, fmt::format("{}, {}", file_size(file.size), file.media_type));
      if (!file.current) h.el("span", {cls("badge bg-secondary-lt")}, "Replaced");
      integrity_note(h, file, now);
    });
    h.el("div", {cls("text-secondary small")}, [&] {
      h.text(fmt::format("Added by {} ", file.author));
      moment(h, file.at, now);
      h.text(" · SHA-256 ");
      h.el("code", {cls("text-break")}, file.sha256);
    });
    if (file.current && has_preview(file)) preview(h, file);
    if (file.current && may_replace) replace_form(h, visit, file);
  });
}

void upload_form(HtmlWriter& h, const Visit& visit, const Record& record) {
  h.el("form",
       {cls("card-body no-print"), at("method", "post"), at("action", record_url(*record.def, record.id) + "/files"),
        at("enctype", "multipart/form-data")},
       [&] {
         hidden_csrf(h, visit);
         h.el("label", {cls("form-label"), at("for", "files-input")}, "Add files");
         h.el("div", {cls("row g-2")}, [&] {
           h.el("div", {cls("col")}, [&] {
             h.leaf("input", {at("type", "file"), cls("form-control"), at("id", "files-input"), at("name", "files"),
                              flag("multiple"), flag("required")});
           });
           h.el("div", {cls("col-auto")}, [&] {
             h.el("button", {cls("btn"), at("type", "submit")}, [&] {
               h.add(icon("upload"));
               h.text("Upload");
             });
           });
         });
       });
}

struct FileVisit {
  Attachment file;
  Record record;
};

// A file belongs to its record: who may not see the record gets no file of it.
Result<FileVisit> file_visit(Visit& visit) {
  FileVisit out;
  TRY(out.file, attachments_of(visit).find(visit.request.param("attachment")));
  const EntityDef* def = visit.registry().find(out.file.record_register);
  if (!def) return fail(ErrorKind::not_found, "The record of this file does not exist.");
  TRY(out.record, visit.tenant.registers.read(visit.principal, *def, out.file.record));
  return out;
}

Response send(const Visit& visit, const Attachment& file) {
  auto hash = hash_from_hex(file.sha256);
  if (!hash) return Response::failure(Error{ErrorKind::not_found, "The file is not in the store.", {}, {}, {}});
  auto size = visit.tenant.blobs.size(*hash);
  if (!size) return Response::failure(size.error());
  return Response::download(visit.tenant.blobs.path_of(*hash), file.name, file.media_type);
}

// Texts of every kind are shown as plain text, so that no browser makes anything else of them.
std::string shown_type(const Attachment& file) {
  bool picture = file.media_type.starts_with("image/") || file.media_type == "application/pdf";
  return picture ? file.media_type : "text/plain; charset=utf-8";
}

}  // namespace

Result<std::vector<StoredFile>> store_uploads(const Visit& visit, std::string_view field) {
  std::vector<NewFile> files;
  for (const UploadedFile& file : visit.request.files) {
    if (file.field == field && !(file.name.empty() && file.size == 0)) files.push_back({file.name, file.path});
  }
  if (files.empty()) return fail(Problems{{"files", "choose at least one file", ""}}, "No file came with the form.");
  return attachments_of(visit).store(files, sniff_media_type);
}

Permit permit_change(const Principal& principal) {
  return [&principal](const Transaction& transaction, const Record& record) -> Result<void> {
    Decision decision = may(principal, Action::change, *record.def, &record, &transaction);
    if (decision) return {};
    return Failure(decision.refusal());
  };
}

void write_files(HtmlWriter& h, Visit& visit, const Record& record) {
  auto files = attachments_of(visit).list(*record.def, record.id);
  if (!files) return;
  auto final_because = files_are_final(record);
  bool may_write = !final_because && visit.may(Action::change, *record.def, &record);
  if (files->empty() && !may_write) return;
  section(h, "files", files->empty() ? "Files" : fmt::format("Files ({})", files->size()), {}, [&] {
    h.el("div", {cls("list-group list-group-flush")}, [&] {
      for (const Attachment& file : *files) file_row(h, visit, file, may_write);
    });
    if (may_write) upload_form(h, visit, record);
    else if (final_because) h.el("div", {cls("card-body text-secondary")}, *final_because);
  });
}

Response upload_files(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto record = record_of(visit, **def);
  if (!record) return error_page(visit, record.error());
  if (auto decision = may(visit.principal, Action::change, **def, &*record); !decision) {
    return error_page(visit, decision.refusal());
  }
  auto stored = store_uploads(visit, "files");
  if (!stored) return error_page(visit, stored.error());
  auto attached =
      attachments_of(visit).attach(visit.principal, **def, record->id, *stored, permit_change(visit.principal));
  if (!attached) return error_page(visit, attached.error());
  return done(visit, record_url(**def, record->id) + "#files",
              attached->size() == 1 ? fmt::format("{} added.", attached->front().name)
                                    : fmt::format("{} files added.", attached->size()));
}

Response replace_file(Visit& visit) {
  auto found = file_visit(visit);
  if (!found) return error_page(visit, found.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  if (auto decision = may(visit.principal, Action::change, *found->record.def, &found->record); !decision) {
    return error_page(visit, decision.refusal());
  }
  auto stored = store_uploads(visit, "files");
  if (!stored) return error_page(visit, stored.error());
  auto made = attachments_of(visit).replace(visit.principal, found->file.id, stored->front(),
                                            permit_change(visit.principal), trim(form->value("reason")));
  if (!made) return error_page(visit, made.error());
  return done(visit, record_url(*found->record.def, found->record.id) + "#files",
              fmt::format("{} replaced; the former revision is kept.", found->file.name));
}

Response download_file(Visit& visit) {
  auto found = file_visit(visit);
  if (!found) return error_page(visit, found.error());
  return send(visit, found->file);
}

Response view_file(Visit& visit) {
  auto found = file_visit(visit);
  if (!found) return error_page(visit, found.error());
  if (!may_show_inline(found->file.media_type)) return Response::redirect(file_url(found->file));
  Response response = send(visit, found->file);
  if (response.status != 200) return response;
  response.set_header("Content-Disposition", content_disposition("inline", found->file.name));
  response.set_header("Content-Type", shown_type(found->file));
  response.set_header("Content-Security-Policy", content_security_policy({.is_preview = true}));
  return response;
}

}  // namespace assay
