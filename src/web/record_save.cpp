// New records and changes: reading the form, saving it, and the page when somebody else was faster.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/model/json.h"
#include "web/record_form.h"

namespace assay {
namespace {

Frame form_frame(const EntityDef& def, std::string title, std::vector<Crumb> crumbs, int status) {
  return {.title = std::move(title),
          .active = std::string(phase_name(def.text.phase)),
          .crumbs = std::move(crumbs),
          .kicker = kicker_of(def),
          .narrow = true,
          .status = status};
}

// What a new record asks. Who may only report is asked what a report needs: the rest belongs to those who handle it.
std::vector<const FieldDef*> asked_fields(const Visit& visit, const EntityDef& def) {
  std::vector<const FieldDef*> fields = editable_fields(visit, def, nullptr);
  if (visit.may(Action::change, def)) return fields;
  std::erase_if(fields, [](const FieldDef* field) {
    return !field->required || field->kind == Kind::boolean || field->is_list();
  });
  return fields;
}

// What can be proposed: now for a moment that is asked, and for a reporter the first of the choices.
void propose(const Visit& visit, Record& record) {
  bool reports = !visit.may(Action::change, *record.def);
  for (const FieldDef* field : asked_fields(visit, *record.def)) {
    if (!field->required || !is_unset(record.value(*field))) continue;
    if (field->kind == Kind::instant) record.set(*field, visit.tenant.workspace->clock().now().iso());
    if (field->kind == Kind::choice && reports) record.set(*field, std::string(field->choices.front().name));
  }
}

Response new_form(Visit& visit, const Record& record, const Error* error) {
  const EntityDef& def = *record.def;
  int status = error ? status_of(error->kind) : 200;
  Frame frame = form_frame(def, fmt::format("New {}", in_sentence(def.text.label)),
                           {{std::string(def.text.plural), list_url(def)}}, status);
  return page(visit, frame, [&](HtmlWriter& h) {
    RecordForm form{visit,         record,        asked_fields(visit, def),
                    list_url(def), list_url(def), fmt::format("Create {}", in_sentence(def.text.label))};
    form.consider = new_url(def) + "/what-if";
    form.error = error;
    write_record_form(h, form);
  });
}

// A copy carries what people typed, but neither state nor what happened to the original.
Result<Record> copy_of(Visit& visit, const EntityDef& def, std::string_view id) {
  TRY(Record original, visit.tenant.registers.read(visit.principal, def, id));
  Record copy(def);
  for (const FieldDef* field : editable_fields(visit, def, nullptr)) {
    if (!field->text.unique && shows(visit, original, *field)) copy.set(*field, original.value(*field));
  }
  return copy;
}

std::string where_to_go(const Visit& visit, const Record& record) {
  (void)visit;
  return record_url(*record.def, record.id);
}

struct Edited {
  Record stored, typed;
  std::int64_t version = 0;
  std::string reason;
  Problems problems;
};

Response edit_form(Visit& visit, const Record& record, const Error* error, const Record* stored,
                   std::string_view reason) {
  const EntityDef& def = *record.def;
  TitleBook titles(visit);
  titles.want(record);
  titles.read();
  std::vector<Crumb> crumbs = crumbs_of(record, titles);
  crumbs.push_back({heading_of(visit, record, titles), record_url(def, record.id)});
  int status = stored ? 409 : error ? status_of(error->kind) : 200;
  Frame frame = form_frame(def, fmt::format("Edit {}", heading_of(visit, record, titles)), std::move(crumbs), status);
  return page(visit, frame, [&](HtmlWriter& h) {
    RecordForm form{visit,
                    record,
                    editable_fields(visit, def, stored ? stored : &record),
                    record_url(def, record.id) + "/edit",
                    record_url(def, record.id),
                    "Save"};
    form.consider = record_url(def, record.id) + "/what-if";
    form.error = error;
    form.stored = stored;
    form.reason = reason;
    write_record_form(h, form);
  });
}

// What others changed since `version` was shown and this person left as it was is taken over; what both changed stays
// as typed and is shown. The ledger knows the values of that version.
void merge_untouched(Visit& visit, Record& typed, const Record& now, std::int64_t version) {
  auto entries = visit.tenant.registers.history(visit.principal, *now.def, now.id, 0, 100);
  if (!entries) return;
  std::map<const FieldDef*, Value> shown;  // as they were when the form was made
  for (const LedgerEntry& entry : *entries) {
    if (entry.version <= version) break;
    boost::system::error_code error;
    boost::json::value changes = boost::json::parse(entry.changes, error);
    if (error || !changes.is_object()) continue;
    for (const auto& [name, pair] : changes.get_object()) {
      if (!pair.is_array() || pair.get_array().size() != 2) continue;
      if (name == "custom") {
        for (FieldChange& change : custom_changes_in(visit.custom_fields(), *now.def, pair))
          shown[change.field] = std::move(change.before);
        continue;
      }
      const FieldDef* field = now.def->find(std::string_view(name.data(), name.size()));
      if (!field) continue;
      if (auto before = read_json(*field, pair.get_array()[0])) shown[field] = *std::move(before);
    }
  }
  for (const auto& [field, value] : shown) {
    Value mine = typed.value(*field);
    bool untouched = mine == value || (is_empty(mine) && is_empty(value));
    if (untouched || !is_typed_in(*now.def, *field)) typed.set(*field, now.value(*field));
  }
}

Result<Edited> read_edit(Visit& visit, const EntityDef& def) {
  Edited out;
  TRY(out.stored, record_of(visit, def));
  TRY(Form form, visit.request.form());
  out.version = version_in(form, def);
  out.reason = reason_in(form, def);
  out.typed = out.stored;
  out.problems = read_fields(out.typed, editable_fields(visit, def, &out.stored), form);
  return out;
}

// What the form changes in the record.
Patch typed_changes(const Visit& visit, const Edited& edited) {
  Patch patch;
  std::vector<FieldChange> differing = changes(edited.stored, edited.typed);
  std::ranges::move(custom_changes(visit.custom_fields(), edited.stored, edited.typed), std::back_inserter(differing));
  for (const FieldChange& change : differing) {
    // An empty list and no list are the same to a person.
    if (!is_empty(change.before) || !is_empty(change.after)) patch.emplace_back(change.field, change.after);
  }
  return patch;
}

}  // namespace

std::optional<std::string> own_new_page(const Visit& visit, const EntityDef& def) {
  auto rest = [&] { return visit.request.query.empty() ? std::string() : "?" + join_pairs(visit.request.query); };
  if (def.name() == "evidence") return "/evidence/new" + rest();
  if (def.name() == "risk_acceptance") return "/acceptances/new" + rest();  // it is signed
  if (def.name() == "document_version") {
    std::string_view document = visit.request.query_value("document");
    if (document.empty()) return "/documents/new";
    return fmt::format("/documents/{}/versions/new", encode_url(document));
  }
  // One estimate a risk and situation: it is entered on the page of its risk, and never copied to another.
  if (def.name() == "loss_estimate") {
    std::string_view risk = visit.request.query_value("risk");
    return risk.empty() ? std::string("/risks/loss") : fmt::format("/risks/loss/risk/{}", encode_url(risk));
  }
  return std::nullopt;
}

Response new_record_page(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  if (auto decision = may(visit.principal, Action::create, **def); !decision)
    return error_page(visit, decision.refusal());
  if (auto other = own_new_page(visit, **def)) return Response::redirect(*other);
  Record record(**def);
  if (std::string_view from = visit.request.query_value("from"); !from.empty()) {
    auto copy = copy_of(visit, **def, from);
    if (!copy) return error_page(visit, copy.error());
    record = *std::move(copy);
  }
  prefill(record, visit.request, asked_fields(visit, **def));
  propose(visit, record);
  return new_form(visit, record, nullptr);
}

Response create_record(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  if (auto decision = may(visit.principal, Action::create, **def); !decision)
    return error_page(visit, decision.refusal());
  Record record(**def);
  Problems problems = read_fields(record, asked_fields(visit, **def), *form);
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The record was not created: some fields need another look.", std::move(problems), {}, {}};
    return new_form(visit, record, &error);
  }
  auto stored = visit.tenant.registers.create(visit.principal, record, reason_in(*form, **def));
  if (!stored) return new_form(visit, record, &stored.error());
  return done(visit, where_to_go(visit, *stored), fmt::format("{} {} created.", (*def)->text.label, stored->id));
}

Response edit_record_page(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto record = record_of(visit, **def);
  if (!record) return error_page(visit, record.error());
  if (auto decision = may(visit.principal, Action::change, **def, &*record); !decision)
    return error_page(visit, decision.refusal());
  return edit_form(visit, *record, nullptr, nullptr, {});
}

Response save_record(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto edited = read_edit(visit, **def);
  if (!edited) return error_page(visit, edited.error());
  if (auto decision = may(visit.principal, Action::change, **def, &edited->stored); !decision)
    return error_page(visit, decision.refusal());
  if (!edited->problems.empty()) {
    Error error{
        ErrorKind::invalid, "Nothing was saved: some fields need another look.", std::move(edited->problems), {}, {}};
    edited->typed.version = edited->version;
    return edit_form(visit, edited->typed, &error, nullptr, edited->reason);
  }
  Patch patch = typed_changes(visit, *edited);
  auto saved = edited->version == edited->stored.version || patch.empty()
                   ? visit.tenant.registers.change(visit.principal, **def, edited->stored.id, edited->version, patch,
                                                   edited->reason)
                   : Result<Record>(fail(ErrorKind::conflict, "changed meanwhile"));
  if (saved) return done(visit, where_to_go(visit, *saved), patch.empty() ? "Nothing changed." : "Saved.");
  if (saved.error().kind == ErrorKind::conflict) {
    // The form goes back with the stored version, so that saving it again is a decision over both.
    auto now = record_of(visit, **def);
    if (!now) return error_page(visit, now.error());
    merge_untouched(visit, edited->typed, *now, edited->version);
    edited->typed.version = now->version;
    return edit_form(visit, edited->typed, &saved.error(), &*now, edited->reason);
  }
  edited->typed.version = edited->version;
  return edit_form(visit, edited->typed, &saved.error(), nullptr, edited->reason);
}

Response consider_change(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto edited = read_edit(visit, **def);
  if (!edited) return error_page(visit, edited.error());
  if (!edited->problems.empty()) {
    Error error{ErrorKind::invalid,
                "This cannot be tried: some fields need another look.",
                std::move(edited->problems),
                {},
                {}};
    edited->typed.version = edited->version;
    return edit_form(visit, edited->typed, &error, nullptr, edited->reason);
  }
  Patch patch = typed_changes(visit, *edited);
  if (patch.empty())
    return done(visit, record_url(**def, edited->stored.id) + "/edit", "Nothing would change: the form is as it was.");
  auto considered = consider(visit, {*def, edited->stored.id, {}, std::move(patch), edited->reason});
  if (considered) return *std::move(considered);
  edited->typed.version = edited->version;
  return edit_form(visit, edited->typed, &considered.error(), nullptr, edited->reason);
}

Response consider_record(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record record(**def);
  if (Problems problems = read_fields(record, asked_fields(visit, **def), *form); !problems.empty()) {
    Error error{
        ErrorKind::invalid, "This cannot be tried: some fields need another look.", std::move(problems), {}, {}};
    return new_form(visit, record, &error);
  }
  ProposedChange change{*def, {}, {}, {}, reason_in(*form, **def)};
  for (const FieldDef* field : asked_fields(visit, **def)) {
    if (!is_unset(record.value(*field))) change.values.emplace_back(field, record.value(*field));
  }
  auto considered = consider(visit, change);
  return considered ? *std::move(considered) : new_form(visit, record, &considered.error());
}

}  // namespace assay
