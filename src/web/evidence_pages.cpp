// New evidence: the files and what they show, in one form.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/record_files.h"
#include "web/record_form.h"

namespace assay {
namespace {

Result<const EntityDef*> evidence_def(const Visit& visit) {
  const EntityDef* def = visit.registry().find("evidence");
  if (!def) return fail(ErrorKind::not_found, "There is no register of evidence.");
  if (auto decision = may(visit.principal, Action::create, *def); !decision) {
    return Failure(decision.refusal());
  }
  return def;
}

// What the upload sets is not asked; a review comes later, by somebody else.
std::vector<const FieldDef*> asked_fields(const Visit& visit, const EntityDef& def) {
  std::vector<const FieldDef*> out = editable_fields(visit, def, nullptr);
  std::erase_if(out,
                [](const FieldDef* field) { return field->name == "reviewed_by" || field->name == "superseded_by"; });
  return out;
}

void file_input(HtmlWriter& h, const FormState& state) {
  std::string problem = state.problem_of("files");
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label required"), at("for", "f-files")}, "Files");
    h.leaf("input", {at("type", "file"), cls("form-control"), cls_if(!problem.empty(), "is-invalid"),
                     at("id", "f-files"), at("name", "files"), flag("multiple"), flag("required"),
                     at_if(!problem.empty(), "aria-describedby", "f-files-problem")});
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", "f-files-problem")}, "Files: " + problem);
    h.el("small", {cls("form-hint")},
         "What the system or the meeting left behind: an export, a report, minutes, a screenshot. The fingerprint "
         "(SHA-256) is taken on arrival. "
         "After an error choose the files again: a browser does not keep them.");
  });
}

Response evidence_form(Visit& visit, const Record& record, const Error* error) {
  const EntityDef& def = *record.def;
  Frame frame{.title = "New evidence",
              .active = std::string(phase_name(def.text.phase)),
              .crumbs = {{std::string(def.text.plural), list_url(def)}},
              .kicker = kicker_of(def),
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    RecordForm form{visit, record, asked_fields(visit, def), "/evidence/new", list_url(def), "Add evidence", error};
    form.uploads = true;
    form.before_fields = [error](HtmlWriter& inner) {
      file_input(inner, FormState{error ? &error->problems : nullptr});
    };
    write_record_form(h, form);
  });
}

Record proposal(const Visit& visit, const EntityDef& def) {
  Record record(def);
  record.at("source") = std::string("manual");
  std::string today = visit.tenant.workspace->clock().today().iso();
  record.at("collected_on") = today;
  record.at("period_end") = today;
  if (!visit.principal.person.empty()) record.at("collected_by") = visit.principal.person;
  return record;
}

}  // namespace

Response new_evidence_page(Visit& visit) {
  auto def = evidence_def(visit);
  if (!def) return error_page(visit, def.error());
  Record record = proposal(visit, **def);
  prefill(record, visit.request, asked_fields(visit, **def));
  return evidence_form(visit, record, nullptr);
}

Response create_evidence(Visit& visit) {
  auto def = evidence_def(visit);
  if (!def) return error_page(visit, def.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record record(**def);
  Problems problems = read_fields(record, asked_fields(visit, **def), *form);
  auto stored = store_uploads(visit, "files");
  if (!stored) {
    if (stored.error().problems.empty()) return error_page(visit, stored.error());
    problems.insert(problems.end(), stored.error().problems.begin(), stored.error().problems.end());
  }
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The evidence was not added: some fields need another look.", std::move(problems), {}, {}};
    return evidence_form(visit, record, &error);
  }
  std::vector<std::string> hashes;
  for (const StoredFile& file : *stored) hashes.push_back(file.sha256);
  record.at("content_hash") = record.at("stored_hash") = joint_hash(hashes);
  if (is_unset(record.at("collected_on"))) record.at("collected_on") = visit.tenant.workspace->clock().today().iso();
  bool by_hand = record.text("source") != "integration";
  if (by_hand && is_empty(record.at("collected_by")) && !visit.principal.person.empty())
    record.at("collected_by") = visit.principal.person;
  auto made =
      visit.tenant.registers.create(visit.principal, record, {}, [&](Transaction& transaction, const Record& evidence) {
        return Attachments::attach_in(transaction, evidence, *stored);
      });
  if (!made) return evidence_form(visit, record, &made.error());
  return done(visit, record_url(**def, made->id), fmt::format("Evidence {} added.", made->id));
}

}  // namespace assay
