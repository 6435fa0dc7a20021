// One line of the Statement of Applicability: the decision, what needs the control, what shows that it works; and many
// lines changed by one deed.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/party_requirement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "web/assets.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

constexpr std::string_view asked_fields[] = {
    "applicability",      "inclusion_reasons", "inclusion_justification", "exclusion_justification", "linked_risks",
    "linked_obligations", "control",           "last_reviewed_on"};

std::vector<const FieldDef*> soa_line_fields() {
  std::vector<const FieldDef*> out;
  for (std::string_view name : asked_fields) out.push_back(SoAEntry::def().find(name));
  return out;
}

struct LineVisit {
  std::unique_ptr<SoaBench> bench;
  const SoaRow* row = nullptr;
};

Result<LineVisit> line_visit(Visit& visit) {
  LineVisit out;
  TRY(Record line, visit.tenant.registers.read(visit.principal, SoAEntry::def(), visit.request.param("entry")));
  TRY(out.bench, soa_bench_of(visit, line.text("soa")));
  out.row = out.bench->row(line.id);
  if (!out.row) return fail(ErrorKind::not_found, "There is no such line.");
  return out;
}

void write_facts(HtmlWriter& h, std::string_view entry, const std::vector<std::string>& facts, bool excluded) {
  h.el("div",
       {at("id", "soa-facts"), cls("mb-3"), at("role", "status"), at("hx-post", soa_line_url(entry) + "/facts"),
        at("hx-trigger", "change from:#soa-line, input delay:400ms from:#soa-line"), at("hx-include", "#soa-line"),
        at("hx-swap", "outerHTML"), at("hx-target", "this")},
       [&] {
         if (facts.empty())
           return h.el("p", {cls("text-secondary mb-0")},
                       "Nothing that is recorded speaks against excluding this control.");
         h.el("div", {cls("alert mb-0"), cls(excluded ? "alert-danger" : "alert-warning")}, [&] {
           h.el("div", {cls("fw-bold")},
                excluded ? "The records contradict this exclusion" : "The records would contradict an exclusion");
           h.el("ul", {cls("mb-0 ps-3")}, [&] {
             for (const std::string& fact : facts) h.el("li", fact);
           });
           h.el("a", {at("href", "/rules/C6.1.3-d-06")}, "Rule C6.1.3-d-06");
         });
       });
}

void write_needs_card(HtmlWriter& h, const Visit& visit, const SoaRow& row) {
  section(h, "needs", "What needs it", {}, [&] {
    if (row.needs.empty()) {
      return h.el("div", {cls("card-body text-secondary")},
                  row.control ? "No open risk, obligation or requirement relies on this control."
                              : "Link the control that does it; then the risks, obligations and requirements that rely "
                                "on it show here.");
    }
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const SoaNeed& need : row.needs) {
        const bool linked =
            (need.def == &Risk::def() &&
             std::ranges::find(row.entry.linked_risks, need.id, &Ref<Risk>::id) != row.entry.linked_risks.end()) ||
            (need.def == &Obligation::def() &&
             std::ranges::find(row.entry.linked_obligations, need.id, &Ref<Obligation>::id) !=
                 row.entry.linked_obligations.end());
        h.el("li", {cls("list-group-item")}, [&] {
          h.el("span", {cls("badge bg-blue-lt me-2")},
               choices_of<SoAEntryInclusionReasons>[static_cast<std::size_t>(need.ground)].label);
          if (visit.may(Action::see, *need.def))
            h.el("a", {at("href", record_url(*need.def, need.id))}, fmt::format("{} {}", need.id, need.title));
          else h.text(fmt::format("{} {}", need.id, need.title));
          if (!linked && need.def != &PartyRequirement::def())
            h.el("div", {cls("small text-secondary")}, "Not linked to the line yet");
        });
      }
    });
  });
}

void write_status_card(HtmlWriter& h, const Visit& visit, const SoaRow& row) {
  section(h, "status", "Implementation", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("dl", {cls("row mb-0")}, [&] {
        h.el("dt", {cls("col-5")}, "Declared");
        h.el("dd", {cls("col-7")}, [&] { soa_status_badge(h, row.record.text("implementation_status")); });
        h.el("dt", {cls("col-5")}, "Shown by evidence");
        h.el("dd", {cls("col-7")}, [&] { soa_status_badge(h, soa_status_name(row.derived.status)); });
      });
      if (!row.derived.missing.empty()) h.el("p", {cls("mb-1")}, row.derived.missing);
      if (row.derived.holds_until)
        h.el("p", {cls("mb-1 text-secondary")},
             fmt::format("The newest evidence counts until {}.", row.derived.holds_until->iso()));
      auto links = [&](std::string_view label, const EntityDef& def, const std::vector<Id>& ids) {
        if (ids.empty()) return;
        constexpr std::size_t most = 6;
        h.el("div", {cls("mt-1")}, [&] {
          h.text(fmt::format("{}: ", label));
          for (std::size_t i = 0; i < ids.size() && i < most; ++i) {
            if (i) h.text(", ");
            if (visit.may(Action::see, def)) h.el("a", {at("href", record_url(def, ids[i]))}, ids[i]);
            else h.text(ids[i]);
          }
          if (ids.size() > most) h.text(fmt::format(" and {} more", ids.size() - most));
        });
      };
      links("Evidence", Evidence::def(), row.derived.evidence);
      links("Open actions", TreatmentAction::def(), row.derived.actions);
      if (row.is_applicable()) {
        h.el("p", {cls("mt-2 mb-0")}, [&] {
          h.el("a", {at("href", record_url(SoAEntry::def(), row.record.id))},
               "Change the declared status, comments and history");
        });
      }
    });
  });
}

void write_built(HtmlWriter& h, const SoaRow& row) {
  if (row.built.text.empty()) return;
  h.el("details", {cls("mb-3"), flag("open", row.can_be_built_anew())}, [&] {
    h.el("summary", row.entry.is_built() && !row.can_be_built_anew()
                        ? "The text is as it was built from what needs the control"
                        : "The justification as it would be built");
    h.el("blockquote", {cls("soa-built mt-2 mb-2")}, row.built.text);
    h.el("button",
         {cls("btn btn-sm"), at("type", "submit"), at("name", "_build"), at("value", "1"),
          at("formnovalidate", "formnovalidate")},
         "Use this text, its grounds and links");
  });
}

void write_form(HtmlWriter& h, Visit& visit, const LineVisit& line, const Record& shown, const Error* error) {
  const SoaRow& row = *line.row;
  FormState state{error ? &error->problems : nullptr};
  h.el("form",
       {cls("card"), at("id", "soa-line"), at("method", "post"), at("action", soa_line_url(row.record.id)),
        flag("novalidate"), flag("data-dirty")},
       [&] {
         hidden_csrf(h, visit);
         h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", row.record.version)});
         h.el("div", {cls("card-body")}, [&] {
           auto fields = [&](std::initializer_list<std::string_view> names) {
             h.el("div", {cls("row")}, [&] {
               for (std::string_view name : names) {
                 const FieldDef& field = *SoAEntry::def().find(name);
                 form_field(h, visit, field, shown.at(name), state, name == "applicability", false,
                            name == "control" || name == "last_reviewed_on" || name == "applicability"
                                ? FieldWidth::half
                                : FieldWidth::full);
               }
             });
           };
           fields({"applicability", "last_reviewed_on"});
           SoAEntry considered = decode<SoAEntry>(shown);
           considered.id = row.record.id;
           write_facts(h, row.record.id, soa_contradictions(*line.bench, considered),
                       considered.applicability == SoAEntryApplicability::excluded);
           fields({"control", "inclusion_reasons", "inclusion_justification"});
           write_built(h, row);
           fields({"linked_risks", "linked_obligations", "exclusion_justification"});
           reason_input(h, {}, false, state);
         });
         h.el("div", {cls("card-footer form-foot")}, [&] {
           h.el("a", {cls("btn"), at("href", soa_url(line.bench->statement.version))}, "Back");
           h.el("button", {cls("btn btn-primary"), at("type", "submit"), at("name", "_then"), at("value", "next")},
                "Save and next");
           h.el("button", {cls("btn"), at("type", "submit")}, "Save");
         });
       });
}

void write_settled(HtmlWriter& h, const LineVisit& line) {
  const SoaRow& row = *line.row;
  section(h, "decision", "Decision", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("p", [&] { soa_decision_badge(h, row); });
      if (row.is_applicable())
        h.el("p", {cls("text-secondary")}, soa_ground_labels(list_of(row.record.at("inclusion_reasons"))));
      h.el("p", {cls("text-preline")},
           row.record.text(row.is_applicable() ? "inclusion_justification" : "exclusion_justification"));
      h.el("p", {cls("text-secondary mb-0")}, "This version is no draft: decisions change in a new version.");
    });
  });
}

const SoaRow* neighbour(const SoaBench& bench, const SoaRow& row, int by) {
  const auto position = &row - bench.rows.data() + by;
  return position < 0 || position >= static_cast<std::ptrdiff_t>(bench.rows.size())
             ? nullptr
             : &bench.rows[static_cast<std::size_t>(position)];
}

Response line_answer(Visit& visit, const LineVisit& line, const Record& shown, const Error* error) {
  const SoaRow& row = *line.row;
  Frame frame = soa_frame(fmt::format("{} {}", row.entry.control_ref, row.title), line.bench.get());
  frame.kicker = row.theme.empty() ? "Own control" : fmt::format("Annex A · {}", soa_theme_label(row.theme));
  HtmlWriter beside(256), actions(512);
  soa_decision_badge(beside, row);
  frame.beside = beside.take();
  actions.el("div", {cls("btn-list")}, [&] {
    for (const auto& [by, label, icon_name] :
         {std::tuple<int, std::string_view, std::string_view>{-1, "Former line", "chevron-left"},
          {1, "Next line", "chevron-right"}}) {
      if (const SoaRow* other = neighbour(*line.bench, row, by)) {
        actions.el("a",
                   {cls("btn btn-icon"), at("href", soa_line_url(other->record.id)), at("aria-label", label),
                    at("title", fmt::format("{}: {}", label, other->entry.control_ref))},
                   icon(icon_name));
      }
    }
    if (!row.theme.empty())
      actions.el("a", {cls("btn"), at("href", "/library/control/" + encode_url(row.entry.control_ref))}, "Guidance");
  });
  frame.actions = actions.take();
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, SoAEntry::def());
    if (!row.problems.empty() && !error) {
      h.el("div", {cls("alert alert-warning"), at("role", "status")}, [&] {
        h.el("div", {cls("fw-bold mb-1")}, "Still missing on this line");
        soa_problem_list(h, row.problems);
      });
    }
    h.el("div", {cls("row g-3")}, [&] {
      h.el("div", {cls("col-lg-7")}, [&] {
        if (line.bench->is_open() && visit.may(Action::change, SoAEntry::def(), &row.record))
          write_form(h, visit, line, shown, error);
        else write_settled(h, line);
      });
      h.el("div", {cls("col-lg-5")}, [&] {
        write_needs_card(h, visit, row);
        write_status_card(h, visit, row);
      });
    });
  });
}

SoaDeed deed_of(std::string_view name, bool& known) {
  constexpr std::pair<std::string_view, SoaDeed> deeds[] = {
      {"include", SoaDeed::include}, {"exclude", SoaDeed::exclude}, {"grounds", SoaDeed::grounds},
      {"build", SoaDeed::build},     {"rebuild", SoaDeed::rebuild}, {"declare", SoaDeed::declare},
      {"review", SoaDeed::review},   {"owner", SoaDeed::owner}};
  for (const auto& [word, deed] : deeds) {
    if (word == name) return deed;
  }
  known = false;
  return SoaDeed::review;
}

std::string outcome_words(const SoaBulkOutcome& outcome) {
  std::string out = outcome.changed == 1 ? std::string("1 line was changed.")
                                         : fmt::format("{} lines were changed.", outcome.changed);
  if (!outcome.kept.empty())
    out += fmt::format(" Nothing to do for {}{}.",
                       outcome.kept.size() == 1 ? "" : fmt::format("{}: ", outcome.kept.size()),
                       shorten(join(outcome.kept, ", "), 120));
  return out;
}

// The bench as the form's filters had it, with the error above.
Response bench_again(Visit& visit, const Form& form, const Error& error) {
  if (auto parameters = parse_pairs(form.value("_list"))) visit.request.query = *std::move(parameters);
  auto soa = soa_visit(visit);
  return soa ? soa_bench_page(visit, *soa, &error) : error_page(visit, error);
}

}  // namespace

Response soa_line_page(Visit& visit) {
  auto line = line_visit(visit);
  return line ? line_answer(visit, *line, line->row->record, nullptr) : error_page(visit, line.error());
}

Response save_soa_line_page(Visit& visit) {
  auto line = line_visit(visit);
  if (!line) return error_page(visit, line.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record shown = line->row->record;
  if (form->has("_build")) {
    auto built = change_soa_lines(visit.tenant, visit.principal, line->bench->record.id,
                                  {.deed = SoaDeed::rebuild, .entries = {line->row->record.id}});
    if (!built) return line_answer(visit, *line, shown, &built.error());
    return done(visit, soa_line_url(line->row->record.id), "The justification is built from what needs the control.");
  }
  const auto fields = soa_line_fields();
  Problems problems = read_fields(shown, fields, *form);
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The line was not saved: some fields need another look.", std::move(problems), {}, {}};
    return line_answer(visit, *line, shown, &error);
  }
  Patch patch;
  for (const FieldDef* field : fields) patch.emplace_back(field, shown.at(field->name));
  auto saved = save_soa_line(visit.tenant, visit.principal, line->row->record.id, version_in(*form, SoAEntry::def()),
                             std::move(patch), reason_in(*form, SoAEntry::def()));
  if (!saved) return line_answer(visit, *line, shown, &saved.error());
  const SoaRow* next = form->value("_then") == "next" ? neighbour(*line->bench, *line->row, 1) : line->row;
  return done(visit, next ? soa_line_url(next->record.id) : soa_url(line->bench->statement.version),
              fmt::format("{} is saved.", line->row->entry.control_ref));
}

Response soa_line_facts(Visit& visit) {
  auto line = line_visit(visit);
  if (!line) return error_page(visit, line.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record shown = line->row->record;
  read_fields(shown, soa_line_fields(), *form);  // what does not fit yet is judged when it is saved
  SoAEntry considered = decode<SoAEntry>(shown);
  considered.id = line->row->record.id;
  return fragment([&](HtmlWriter& h) {
    write_facts(h, considered.id, soa_contradictions(*line->bench, considered),
                considered.applicability == SoAEntryApplicability::excluded);
  });
}

Response change_soa_lines_page(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  SoaBulk bulk;
  bool known = true;
  bulk.deed = deed_of(form->value("deed"), known);
  if (!known)
    return bench_again(
        visit, *form,
        fail(Problems{{"deed", "must be one of the buttons below the lines", shorten(form->value("deed"), 40)}})
            .error());
  for (std::string_view id : form->values("id")) bulk.entries.emplace_back(id);
  for (std::string_view ground : form->values("grounds")) bulk.grounds.emplace_back(ground);
  bulk.text = trim(form->value("text"));
  bulk.owner = trim(form->value("owner"));
  auto changed = change_soa_lines(visit.tenant, visit.principal, form->value("soa"), bulk);
  if (!changed) return bench_again(visit, *form, changed.error());
  auto parameters = parse_pairs(form->value("_list"));
  return done(visit, "/soa" + (parameters && !parameters->empty() ? "?" + join_pairs(*parameters) : std::string()),
              outcome_words(*changed));
}

}  // namespace assay
