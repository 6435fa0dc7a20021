// One risk of the treatment plan: the decision, its actions, several new ones at once, and the signed approval of its
// owner.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "web/assets.h"
#include "web/paper/signature.h"
#include "web/treatment/new_actions.h"
#include "web/treatment/treatment_parts.h"
#include "workflows/treatment/approve_plan.h"

namespace assay {
namespace {

// The form of one page that came back with problems; empty at first.
struct CaseForms {
  std::string which;  // "decide", "actions", "approve"
  const Form* sent = nullptr;
  const Error* error = nullptr;
};

struct CasePage {
  TreatmentView view;
  TreatmentCase item;
  Record record;
  std::vector<StepOffer> offers;
  std::string plan;  // that was asked for; empty: the one in force
  const StepOffer* offer(std::string_view step) const {
    auto found = std::ranges::find_if(offers, [&](const StepOffer& one) { return one.step->name == step; });
    return found == offers.end() ? nullptr : &*found;
  }
};

Result<CasePage> case_of(Visit& visit) {
  CasePage out;
  std::string_view id = visit.request.param("id");
  TRY(out.record, visit.tenant.registers.read(visit.principal, Risk::def(), id));
  out.plan = visit.request.query_value("plan");
  TRY(out.view, treatment_view(visit.tenant.registers, visit.principal, out.plan));
  TRY(out.item, treatment_case(visit.tenant.registers, visit.principal, out.view, id));
  TRY(auto reader, visit.tenant.workspace->read());
  out.offers = visit.tenant.registers.steps(visit.principal, out.record, *reader);
  return out;
}

// ---- What is, and what is missing ----------------------------------------------------------------------------------

void write_facts(HtmlWriter& h, const CasePage& page, const TreatmentNames& names) {
  const Risk& risk = page.item.risk;
  section(h, "facts", "The risk", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("dl", {cls("facts")}, [&] {
        auto fact = [&](std::string_view label, const std::string& value) {
          h.el("dt", label);
          h.el("dd", value);
        };
        h.el("dt", "Risk");
        h.el("dd", [&] { h.el("a", {at("href", record_url(Risk::def(), risk.id))}, risk.id); });
        h.el("dt", "State");
        h.el("dd", [&] { state_badge(h, Risk::def(), page.record.state(), page.record.state_label()); });
        fact("Owner", risk.owner ? names.person(risk.owner->id) : std::string("Nobody"));
        fact("Inherent score", score_words(risk.inherent_score));
        fact("Score today", score_words(risk.residual_score) + (page.item.above ? ", above the threshold" : ""));
        fact("Target score", score_words(risk.target_score));
        fact("Decision", decision_words(risk));
        if (page.item.cost() > 0) fact("Cost of the actions", money(page.item.cost()));
        if (page.item.acceptance)
          fact("Accepted", fmt::format("{}, until {}", page.item.acceptance->id,
                                       page.item.acceptance->expires_on ? page.item.acceptance->expires_on->iso()
                                                                        : "further notice"));
      });
      h.el("a", {cls("btn mt-2"), at("href", "/acceptances/new?risk=" + encode_url(risk.id))}, "Accept what remains");
    });
  });
}

void write_missing(HtmlWriter& h, const TreatmentCase& item) {
  section(h, "missing", "What is missing", {}, [&] {
    if (item.missing.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "Nothing.");
    h.el("ul", {cls("card-body mb-0 ps-4")}, [&] {
      for (const std::string& gap : item.missing) h.el("li", gap);
    });
  });
}

void write_actions(HtmlWriter& h, const CasePage& page, const TreatmentNames& names) {
  const TreatmentCase& item = page.item;
  section(h, "actions", "Actions", {}, [&] {
    if (item.actions.empty())
      return h.el("p", {cls("card-body text-secondary mb-0")},
                  "There is none. An action says what is done, with which control, by whom, until when and with what "
                  "(clause 6.1.3 e).");
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Actions of this risk by deadline");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Action", "Control", "Responsible", "Due", "Cost", "Waits for", "Status"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const TreatmentAction& action : item.actions) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                h.el("a", {cls("row-title"), at("href", record_url(TreatmentAction::def(), action.id))},
                     action.description);
                h.el("div", {cls("text-secondary small")}, action.id);
              });
              h.el("td", {at("data-label", "Control")},
                   action.control ? names.control(action.control->id) : std::string("–"));
              h.el("td", {at("data-label", "Responsible")},
                   action.owner ? names.person(action.owner->id) : std::string("–"));
              h.el("td", {cls("numeric text-nowrap"), at("data-label", "Due")}, [&] {
                h.text(action.due_on ? action.due_on->iso() : std::string("–"));
                if (is_late(action, page.view.today)) h.el("span", {cls("badge bg-red-lt ms-1")}, "late");
              });
              h.el("td", {cls("numeric"), at("data-label", "Cost")},
                   action.cost ? money(*action.cost) : std::string("–"));
              h.el("td", {at("data-label", "Waits for")}, [&] {
                std::vector<std::string> before;
                for (const auto& ref : action.depends_on) before.push_back(ref.id);
                h.text(before.empty() ? std::string("–") : join(before, ", "));
              });
              const Choice& status = choices_of<TreatmentActionStatus>[static_cast<std::size_t>(action.status)];
              h.el("td", {at("data-label", "Status")}, [&] {
                state_badge(h, TreatmentAction::def(), status.name, status.label);
                if (!action.evidence.empty())
                  h.el("div", {cls("text-secondary small")},
                       fmt::format("{} {} of evidence", action.evidence.size(),
                                   action.evidence.size() == 1 ? "piece" : "pieces"));
              });
            });
          }
        });
      });
    });
  });
}

// ---- The decision --------------------------------------------------------------------------------------------------

const StepOffer* decision_step(const CasePage& page) {
  const StepOffer* offer = page.offer("decide");
  return offer ? offer : page.offer("revise");
}

std::vector<const FieldDef*> asked_by(const Step& step) {
  std::vector<const FieldDef*> fields;
  for (std::string_view name : split(step.asks, ' ')) {
    if (!name.empty()) fields.push_back(&Risk::def().fields[Risk::def().index(name)]);
  }
  return fields;
}

void write_decision(HtmlWriter& h, Visit& visit, const CasePage& page, const CaseForms& forms) {
  const StepOffer* offer = decision_step(page);
  if (!offer || !offer->person_may) return;
  const Error* error = forms.which == "decide" ? forms.error : nullptr;
  const FormState state{error ? &error->problems : nullptr};
  Record shown = page.record;
  const std::vector<const FieldDef*> fields = asked_by(*offer->step);
  if (error) read_fields(shown, fields, *forms.sent);
  section(h, "decision", offer->step->label, {}, [&] {
    h.el("details", {cls("card-body"), flag("open", error != nullptr || !page.item.risk.treatment)}, [&] {
      h.el("summary", fmt::format("Decision: {}", decision_words(page.item.risk)));
      if (error) problem_list(h, *error, Risk::def());
      h.el("p", {cls("text-secondary mt-2")},
           "Modify: lower it by actions (treat). Retain: carry it as it is (tolerate). Share: by contract or insurance "
           "(transfer). Avoid: give up what causes it (terminate).");
      h.el("form",
           {at("method", "post"), at("action", treatment_case_url(page.record.id, page.plan, "decide")),
            flag("novalidate")},
           [&] {
             hidden_csrf(h, visit);
             h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", page.record.version)});
             h.el("div", {cls("row")}, [&] {
               const std::vector<FieldWidth> widths = field_widths(fields);
               for (std::size_t i = 0; i < fields.size(); ++i)
                 form_field(h, visit, *fields[i], shown.at(fields[i]->name), state, fields[i]->name == "treatment",
                            false, widths[i]);
             });
             if (offer->step->reason_needed)
               reason_input(h, error ? forms.sent->value("_reason") : std::string_view(), true, state);
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, offer->step->label);
           });
    });
  });
}

// ---- The approval --------------------------------------------------------------------------------------------------

void write_moves(HtmlWriter& h, const std::vector<ApprovalMove>& moves) {
  h.el("div", {cls("alert alert-warning")}, [&] {
    h.el("div", {cls("fw-bold")}, "The approval is out of date. Since then:");
    h.el("ul", {cls("mb-0 ps-3")}, [&] {
      for (const ApprovalMove& move : moves) {
        h.el("li", [&] {
          h.el("span", {cls("fw-medium")}, move.what + ": ");
          if (move.before.empty()) h.text(fmt::format("new: {}", move.after));
          else if (move.after.empty()) h.text(fmt::format("gone: {}", move.before));
          else h.text(fmt::format("{} → {}", move.before, move.after));
        });
      }
    });
  });
}

std::string who_must(const CasePage& page, const TreatmentNames& names) {
  const Approvers& who = page.item.approval.approvers;
  if (who.owner.empty()) return "The risk has no owner, so nobody can approve its treatment.";
  std::string words = who.owner_is_away
                          ? fmt::format("{} owns the risk and is away: {}.", names.person(who.owner),
                                        who.acting.empty() ? std::string("nobody above is there")
                                                           : names.person(who.acting) + " decides instead")
                          : fmt::format("{} owns the risk and approves.", names.person(who.owner));
  if (who.superior)
    words +=
        fmt::format(" The score lies above the level of escalation: {} approves as well.", names.person(*who.superior));
  return words;
}

void write_approval(HtmlWriter& h, Visit& visit, const CasePage& page, const TreatmentNames& names,
                    const CaseForms& forms) {
  const CaseApproval& approval = page.item.approval;
  section(h, "approval", "Approval by the risk owner", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("p", [&] {
        approval_badge(h, approval.state);
        h.text(" " + who_must(page, names));
      });
      for (const TreatmentApproval& given : approval.given)
        h.el("p", {cls("text-secondary mb-1")},
             fmt::format("{} approved on {}.", names.person(given.person.id), given.approved_on.iso()));
      if (approval.state == ApprovalState::fallen) write_moves(h, approval.moves);
      const StepOffer* offer =
          page.offer(page.item.risk.status == RiskStatus::treatment_decided ? "start_treatment" : "approve_treatment");
      if (!offer || approval.state == ApprovalState::not_needed) return;
      const bool signed_already = approval.state == ApprovalState::stands;
      if (!offer->person_may || signed_already) return;
      h.el("h3", {cls("field-group")}, "What is approved");
      h.el("pre", {cls("bench-seen"), at("tabindex", 0), at("aria-label", "What is approved")}, approval.text);
      if (!offer->allowed) {
        h.el("p", {cls("mb-1")}, "It cannot be approved yet:");
        return h.el("ul", {cls("mb-0 ps-3")}, [&] {
          for (const Error& missing : offer->missing) h.el("li", missing.message);
        });
      }
      const Error* error = forms.which == "approve" ? forms.error : nullptr;
      const FormState state{error ? &error->problems : nullptr};
      if (error) problem_list(h, *error);
      h.el("form",
           {at("method", "post"), at("action", treatment_case_url(page.record.id, page.plan, "approve")),
            flag("novalidate")},
           [&] {
             hidden_csrf(h, visit);
             h.leaf("input",
                    {at("type", "hidden"), at("name", "_seen"), at("value", approval_fingerprint(approval.text))});
             signature_inputs(h, visit, state);
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Sign the approval");
           });
    });
  });
}

// A draft has no treatment yet, a closed risk none any more.
void write_new_actions(HtmlWriter& h, Visit& visit, const CasePage& page, const CaseForms& forms) {
  const bool closed = page.item.risk.status == RiskStatus::draft || page.item.risk.status == RiskStatus::closed;
  if (closed || !page.view.plan) return;
  const bool mine = forms.which == "actions";
  write_new_actions(h, visit, *page.view.plan,
                    {page.record.id, page.plan, mine ? forms.sent : nullptr, mine ? forms.error : nullptr});
}

Response show_case(Visit& visit, const CasePage& of, const CaseForms& forms) {
  TreatmentView named = of.view;
  if (!named.of(of.item.risk.id)) named.cases.push_back(of.item);
  for (const std::optional<Id>& id :
       {std::optional(of.item.approval.approvers.owner), std::optional(of.item.approval.approvers.acting),
        of.item.approval.approvers.superior}) {
    if (id && !id->empty()) named.cases.front().approval.wanted.push_back(*id);
  }
  TreatmentNames names(visit, named);
  Frame frame{.title = of.item.risk.title,
              .active = "risk/treatment",
              .crumbs = {{"Risk treatment plan", treatment_url(of.plan)}},
              .kicker = "Treatment · clause 6.1.3",
              .status = forms.error ? status_of(forms.error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-4 order-lg-2")}, [&] {
        write_missing(h, of.item);
        write_facts(h, of, names);
      });
      h.el("div", {cls("col-lg-8 order-lg-1")}, [&] {
        write_decision(h, visit, of, forms);
        write_actions(h, of, names);
        write_approval(h, visit, of, names, forms);
        write_new_actions(h, visit, of, forms);
      });
    });
  });
}

// The page again with what was wrong, beside what was typed.
Response back_with(Visit& visit, std::string which, const Form& form, const Error& error) {
  auto of = case_of(visit);
  if (!of) return error_page(visit, of.error());
  return show_case(visit, *of, {std::move(which), &form, &error});
}

}  // namespace

Response treatment_case_page(Visit& visit) {
  auto of = case_of(visit);
  return of ? show_case(visit, *of, {}) : error_page(visit, of.error());
}

Response decide_case(Visit& visit) {
  auto form = visit.request.form();
  auto of = case_of(visit);
  if (!form || !of) return error_page(visit, form ? of.error() : form.error());
  const StepOffer* offer = decision_step(*of);
  if (!offer)
    return error_page(visit, {ErrorKind::conflict,
                              "The treatment of this risk is not decided in its present state. Assess it again first.",
                              {},
                              {},
                              {}});
  Record shown = of->record;
  const std::vector<const FieldDef*> fields = asked_by(*offer->step);
  Error wrong{ErrorKind::invalid,
              "The decision was not stored: some fields need another look.",
              read_fields(shown, fields, *form),
              {},
              {}};
  if (!wrong.problems.empty()) return back_with(visit, "decide", *form, wrong);
  Patch inputs;
  for (const FieldDef* field : fields) {
    if (!is_unset(shown.at(field->name))) inputs.emplace_back(field, shown.at(field->name));
  }
  auto taken =
      visit.tenant.registers.take_step(visit.principal, Risk::def(), of->record.id, version_in(*form, Risk::def()),
                                       offer->step->name, inputs, form->value("_reason"));
  if (!taken) return back_with(visit, "decide", *form, taken.error());
  return done(visit, treatment_case_url(of->record.id, of->plan),
              fmt::format("Decided: {}.", decision_words(decode<Risk>(*taken))));
}

Response add_case_actions(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  const std::string risk(visit.request.param("id"));
  auto made = take_new_actions(visit, *form, risk);
  if (!made) return back_with(visit, "actions", *form, made.error());
  return done(
      visit, treatment_case_url(risk, visit.request.query_value("plan")),
      made->size() == 1 ? std::string("One action is added.") : fmt::format("{} actions are added.", made->size()));
}

Response approve_case(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  const std::string risk(visit.request.param("id"));
  auto signer = signed_by(visit, *form);
  if (!signer) return back_with(visit, "approve", *form, signer.error());
  auto approved = approve_treatment(visit.tenant.registers, *signer, risk, form->value("_seen"));
  if (!approved) return back_with(visit, "approve", *form, approved.error());
  return done(visit, treatment_case_url(risk, visit.request.query_value("plan")),
              "The treatment is approved. The approval holds for these scores and actions.");
}

}  // namespace assay
