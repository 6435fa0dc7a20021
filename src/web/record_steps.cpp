// The one next step of a record: what may be done now, what is missing for the rest, and who could do it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/paper/signature.h"
#include "web/record_parts.h"

namespace assay {
namespace {

std::string step_url(const Record& record, const Step& step) {
  return fmt::format("{}/step/{}", record_url(*record.def, record.id), step.name);
}

void rule_link(HtmlWriter& h, std::string_view rule) {
  if (rule.empty()) return;
  h.text(" ");
  h.el("a", {cls("text-nowrap"), at("href", "/rules/" + encode_url(rule))}, fmt::format("Rule {}", rule));
}

void missing_list(HtmlWriter& h, const EntityDef& def, const std::vector<Error>& missing) {
  h.el("ul", {cls("mb-0 ps-3 small sentence")}, [&] {
    for (const Error& error : missing) {
      h.el("li", [&] {
        h.text(error.message);
        for (const Problem& problem : error.problems) {
          const FieldDef* field = def.find(problem.place);
          h.text(fmt::format(" {} {}.", field ? field->text.label : std::string_view(problem.place), problem.message));
        }
        rule_link(h, error.rule);
      });
    }
  });
}

void allowed_step(HtmlWriter& h, const Record& record, const Step& step, bool first) {
  h.el("div", {cls("mb-2")}, [&] {
    h.el("a", {cls("btn w-100"), cls_if(first, "btn-primary"), at("href", step_url(record, step))}, [&] {
      h.add(icon(first ? "arrow-right" : "chevron-right"));
      h.text(step.label);
    });
    if (!step.help.empty()) h.el("div", {cls("text-secondary small mt-1")}, step.help);
  });
}

void blocked_step(HtmlWriter& h, const Record& record, const StepOffer& offer) {
  h.el("div", {cls("mt-3")}, [&] {
    h.el("div", {cls("fw-medium")}, [&] {
      h.add(icon("lock", "icon-sm me-1"));
      h.text(offer.step->label);
    });
    h.el("div", {cls("text-secondary small")}, "Not possible yet:");
    missing_list(h, *record.def, offer.missing);
  });
}

void others_step(HtmlWriter& h, const Record& record, const StepOffer& offer) {
  h.el("li", {cls("mb-2")}, [&] {
    h.el("span", {cls("fw-medium")}, offer.step->label);
    h.text(fmt::format(": {}", offer.missing.empty() || offer.missing.front().who_may.empty()
                                   ? offer.step->who.words()
                                   : offer.missing.front().who_may));
    // The first entry says that it is somebody else's; what else is missing concerns whoever takes it.
    std::vector<Error> rest(offer.missing.begin() + (offer.missing.empty() ? 0 : 1), offer.missing.end());
    if (!rest.empty()) missing_list(h, *record.def, rest);
  });
}

struct StepVisit {
  const EntityDef* def = nullptr;
  Record record;
  const Step* step = nullptr;
  std::vector<Error> missing;
  bool allowed = false;
  std::vector<const FieldDef*> asks;
};

Result<StepVisit> step_visit(Visit& visit) {
  StepVisit out;
  TRY(out.def, known_register(visit));
  TRY(out.record, record_of(visit, *out.def));
  TRY(auto reader, visit.tenant.workspace->read());
  std::string_view name = visit.request.param("step");
  for (StepOffer& offer : visit.tenant.registers.steps(visit.principal, out.record, *reader)) {
    if (offer.step->name != name) continue;
    out.step = offer.step;
    out.allowed = offer.allowed;
    out.missing = std::move(offer.missing);
  }
  if (!out.step) {
    return fail(ErrorKind::not_found, fmt::format("There is no step \"{}\" from the state \"{}\".", shorten(name, 60),
                                                  out.record.state_label()));
  }
  for (std::string_view field : split(out.step->asks, ' ')) {
    if (!field.empty()) out.asks.push_back(&out.def->fields[out.def->index(field)]);
  }
  return out;
}

// What the guards ask to be filled must be given here.
bool is_needed(const Step& step, const FieldDef& field) {
  return std::ranges::any_of(step.guards, [&](const Guard& guard) {
    std::vector<std::string_view> names = split(guard.filled, ' ');
    return std::ranges::find(names, field.name) != names.end();
  });
}

void step_form(HtmlWriter& h, Visit& visit, const StepVisit& step, const Record& shown, std::string_view reason,
               const Error* error) {
  FormState state{error ? &error->problems : nullptr};
  if (error) problem_list(h, *error, *step.def);
  else if (!step.allowed) {
    h.el("div", {cls("alert alert-warning"), at("role", "alert")}, [&] {
      h.el("div", {cls("fw-bold")}, "This step cannot be taken now.");
      missing_list(h, *step.def, step.missing);
      for (const Error& missing : step.missing) {
        if (!missing.who_may.empty()) return h.el("div", {cls("mt-1")}, "Who may: " + missing.who_may);
      }
    });
  }
  if (!step.allowed && !error) {
    return h.el("a", {cls("btn"), at("href", record_url(*step.def, step.record.id))}, [&] {
      h.add(icon("arrow-left"));
      h.text(fmt::format("Back to {}", step.record.id));
    });
  }
  h.el("form", {cls("card"), at("method", "post"), at("action", step_url(step.record, *step.step)), flag("novalidate")},
       [&] {
         hidden_csrf(h, visit);
         h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", step.record.version)});
         h.el("div", {cls("card-body")}, [&] {
           h.el("p", [&] {
             h.text(fmt::format("{} {} is ", step.def->text.label, step.record.id));
             state_badge(h, *step.def, step.record.state(), step.record.state_label());
             h.text(".");
           });
           if (!step.step->help.empty()) h.el("p", {cls("text-secondary")}, step.step->help);
           h.el("div", {cls("row")}, [&] {
             std::vector<FieldWidth> widths = field_widths(step.asks);
             for (std::size_t i = 0; i < step.asks.size(); ++i) {
               const FieldDef& field = *step.asks[i];
               form_field(h, visit, field, shown.at(field.name), state, is_needed(*step.step, field), i == 0,
                          widths[i]);
             }
           });
           reason_input(h, reason, step.step->reason_needed, state);
           if (step.step->signature) signature_inputs(h, visit, state);
         });
         h.el("div", {cls("card-footer form-foot")}, [&] {
           h.el("a", {cls("btn"), at("href", record_url(*step.def, step.record.id))}, "Cancel");
           h.el("button", {cls("btn btn-primary"), at("type", "submit")}, step.step->label);
           consider_button(h, visit, step_url(step.record, *step.step) + "/what-if");
         });
       });
}

Response step_answer(Visit& visit, const StepVisit& step, const Record& shown, std::string_view reason,
                     const Error* error) {
  TitleBook titles(visit);
  titles.want(step.record);
  titles.read();
  std::vector<Crumb> crumbs = crumbs_of(step.record, titles);
  crumbs.push_back({heading_of(visit, step.record, titles), record_url(*step.def, step.record.id)});
  Frame frame{.title = std::string(step.step->label),
              .active = std::string(phase_name(step.def->text.phase)),
              .crumbs = std::move(crumbs),
              .kicker = kicker_of(*step.def),
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) { step_form(h, visit, step, shown, reason, error); });
}

// Reads the form of a step; `use` gets what was typed when it can be read.
template <class Use>
Response with_inputs(Visit& visit, const Use& use) {
  auto step = step_visit(visit);
  if (!step) return error_page(visit, step.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record shown = step->record;
  std::string reason = reason_in(*form, *step->def);
  Problems problems = read_fields(shown, step->asks, *form);
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The step was not taken: some fields need another look.", std::move(problems), {}, {}};
    return step_answer(visit, *step, shown, reason, &error);
  }
  Patch inputs;
  for (const FieldDef* field : step->asks) {
    if (!is_unset(shown.at(field->name))) inputs.emplace_back(field, shown.at(field->name));
  }
  return use(*step, *form, shown, inputs, reason);
}

}  // namespace

void write_steps(HtmlWriter& h, Visit& visit, const Record& record) {
  if (!record.def->lifecycle) return;
  auto reader = visit.tenant.workspace->read();
  if (!reader) return;
  std::vector<StepOffer> offers = visit.tenant.registers.steps(visit.principal, record, **reader);
  section(h, "next", "Next step", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (offers.empty()) return h.el("p", {cls("text-secondary mb-0")}, "Nothing follows from here.");
      bool first = true, others = false;
      for (const StepOffer& offer : offers) {
        if (offer.allowed) allowed_step(h, record, *offer.step, std::exchange(first, false));
        others |= !offer.person_may;
      }
      for (const StepOffer& offer : offers) {
        if (!offer.allowed && offer.person_may) blocked_step(h, record, offer);
      }
      if (!others) return;
      h.el("details", {cls("mt-3"), flag("open", first)}, [&] {
        h.el("summary", {cls("text-secondary")}, "What others could do");
        h.el("ul", {cls("ps-3 mt-2 mb-0")}, [&] {
          for (const StepOffer& offer : offers) {
            if (!offer.person_may) others_step(h, record, offer);
          }
        });
      });
    });
  });
}

Response step_page(Visit& visit) {
  auto step = step_visit(visit);
  if (!step) return error_page(visit, step.error());
  return step_answer(visit, *step, step->record, {}, nullptr);
}

Response take_step(Visit& visit) {
  return with_inputs(visit, [&](const StepVisit& step, const Form& form, const Record& shown, const Patch& inputs,
                                const std::string& reason) {
    std::int64_t version = version_in(form, *step.def);
    auto signer = step.step->signature ? signed_by(visit, form) : Result<Principal>(visit.principal);
    if (!signer) return step_answer(visit, step, shown, reason, &signer.error());
    auto taken =
        visit.tenant.registers.take_step(*signer, *step.def, step.record.id, version, step.step->name, inputs, reason);
    if (!taken) return step_answer(visit, step, shown, reason, &taken.error());
    return done(visit, record_url(*step.def, taken->id),
                fmt::format("{}: {}.", step.step->label, taken->state_label()));
  });
}

Response consider_step(Visit& visit) {
  return with_inputs(visit, [&](const StepVisit& step, const Form&, const Record& shown, const Patch& inputs,
                                const std::string& reason) {
    auto considered = consider(visit, {step.def, step.record.id, std::string(step.step->name), inputs, reason});
    return considered ? *std::move(considered) : step_answer(visit, step, shown, reason, &considered.error());
  });
}

}  // namespace assay
