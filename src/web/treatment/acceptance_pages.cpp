// Accepted residual risks: which ones nobody carries, what ends soon, what fell with the score; and the signed
// acceptance itself.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/operations/incident.h"
#include "isms/organisation/person.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/journey_view.h"
#include "web/paper/signature.h"
#include "web/treatment/treatment_parts.h"
#include "workflows/records.h"
#include "workflows/treatment/acceptances.h"

namespace assay {
namespace {

std::string acceptance_url(std::string_view risk) { return "/acceptances/new?risk=" + encode_url(risk); }

struct StateLook {
  AcceptanceState state;
  std::string_view label, look;
};
constexpr StateLook state_looks[] = {
    {AcceptanceState::stands, "Stands", "bg-green-lt"},
    {AcceptanceState::ends_in_90, "Ends within 90 days", "bg-azure-lt"},
    {AcceptanceState::ends_in_60, "Ends within 60 days", "bg-yellow-lt"},
    {AcceptanceState::ends_in_30, "Ends within 30 days", "bg-orange-lt"},
    {AcceptanceState::fallen, "Fallen", "bg-red-lt"},
    {AcceptanceState::ended, "Ended", "bg-red-lt"},
    {AcceptanceState::revoked, "Taken back", "bg-secondary-lt"},
};

void acceptance_badge(HtmlWriter& h, AcceptanceState state) {
  const StateLook& look = *std::ranges::find(state_looks, state, &StateLook::state);
  h.el("span", {cls("badge"), cls(look.look)}, look.label);
}

// ---- The list ------------------------------------------------------------------------------------------------------

void write_uncarried(HtmlWriter& h, const AcceptanceView& view, const TitleBook& titles) {
  if (view.uncarried.empty()) return;
  section(h, "uncarried", "Above the threshold, and nobody carries them", {}, [&] {
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const UncarriedRisk& item : view.uncarried) {
        h.el("li", {cls("list-group-item bench-item")}, [&] {
          h.el("div", {cls("flex-fill")}, [&] {
            h.el("a", {cls("row-title"), at("href", treatment_case_url(item.risk.id))}, item.risk.title);
            const Id& who = item.approvers.superior ? *item.approvers.superior : item.approvers.acting;
            h.el("div", {cls("text-secondary small")},
                 fmt::format("{} · score {}, threshold {} · to be accepted by {}{}", item.risk.id,
                             score_words(item.risk.residual_score), decimal(item.threshold, 2),
                             who.empty() ? std::string("nobody: it has no owner who is there")
                                         : titles.title(Person::def(), who),
                             item.approvers.superior        ? ", since it lies above the level of escalation"
                             : item.approvers.owner_is_away ? ", since the owner is away"
                                                            : ""));
          });
          h.el("a",
               {cls("btn btn-sm"), at("href", acceptance_url(item.risk.id)),
                at("aria-label", "Accept " + item.risk.title)},
               "Accept");
        });
      }
    });
  });
}

void write_acceptances(HtmlWriter& h, std::string_view id, std::string_view title,
                       const std::vector<const AcceptanceCase*>& items, const TitleBook& titles, bool renewable,
                       std::string_view nothing) {
  section(h, id, title, {}, [&] {
    if (items.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, nothing);
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, title);
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label :
                 {"Risk", "Accepted by", "Score accepted", "Score today", "Ends on", "State", "Action"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const AcceptanceCase* item : items) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                h.el("a", {cls("row-title"), at("href", record_url(RiskAcceptance::def(), item->acceptance.id))},
                     item->risk.title.empty() ? item->acceptance.risk.id : item->risk.title);
                h.el("div", {cls("text-secondary small")},
                     fmt::format("{} · {}", item->acceptance.id, item->acceptance.risk.id));
              });
              h.el("td", {at("data-label", "Accepted by")},
                   fmt::format("{}, {}", titles.title(Person::def(), item->acceptance.accepted_by.id),
                               item->acceptance.accepted_on.iso()));
              h.el("td", {cls("numeric"), at("data-label", "Score accepted")},
                   decimal(item->acceptance.score_at_acceptance, 2));
              h.el("td", {cls("numeric"), at("data-label", "Score today")}, score_words(item->risk.residual_score));
              h.el("td", {cls("numeric text-nowrap"), at("data-label", "Ends on")},
                   item->acceptance.expires_on ? item->acceptance.expires_on->iso() : std::string("–"));
              h.el("td", {at("data-label", "State")}, [&] {
                acceptance_badge(h, item->state);
                h.el("div", {cls("text-secondary small")},
                     item->is_renewed ? item->words + "; a later one carries the risk" : item->words);
              });
              h.el("td", {at("data-label", "Action")}, [&] {
                const bool offers = renewable && item->risk.status != RiskStatus::closed && !item->is_renewed;
                if (offers)
                  h.el("a",
                       {at("href", acceptance_url(item->acceptance.risk.id)),
                        at("aria-label", "Renew " + item->acceptance.id)},
                       "Renew");
                else h.text("–");
              });
            });
          }
        });
      });
    });
  });
}

TitleBook titles_for(const Visit& visit, const AcceptanceView& view) {
  TitleBook titles(visit);
  for (const auto* list : {&view.valid, &view.over}) {
    for (const AcceptanceCase& item : *list) titles.want(Person::def(), item.acceptance.accepted_by.id);
  }
  for (const UncarriedRisk& item : view.uncarried) {
    if (!item.approvers.acting.empty()) titles.want(Person::def(), item.approvers.acting);
    if (item.approvers.superior) titles.want(Person::def(), *item.approvers.superior);
  }
  titles.read();
  return titles;
}

void write_ends(HtmlWriter& h, const AcceptanceView& view, std::int64_t chosen) {
  h.el("nav", {cls("chips mb-3 no-print"), at("aria-label", "Acceptances by end")}, [&] {
    chip(h, "/acceptances", fmt::format("All valid ({})", view.valid.size()), chosen == 0);
    for (std::int64_t days : {30, 60, 90})
      chip(h, fmt::format("/acceptances?within={}", days),
           fmt::format("Ending within {} days ({})", days, view.ending_within(days)), chosen == days);
  });
}

Response list_acceptances(Visit& visit) {
  auto view = acceptance_view(visit.tenant.registers, visit.principal);
  if (!view) return error_page(visit, view.error());
  const auto asked = counting_number(visit.request.query_value("within"));
  const std::int64_t within = asked && (*asked == 30 || *asked == 60 || *asked == 90) ? *asked : 0;
  std::vector<const AcceptanceCase*> valid, over;
  for (const AcceptanceCase& item : view->valid) {
    const bool soon = item.acceptance.expires_on && days_between(view->today, *item.acceptance.expires_on) <= within;
    if (within == 0 || soon) valid.push_back(&item);
  }
  for (const AcceptanceCase& item : view->over) over.push_back(&item);
  HtmlWriter actions(256);
  actions.el("a", {cls("btn"), at("href", list_url(RiskAcceptance::def()))}, "The register");
  Frame frame{.title = "Acceptance of residual risks",
              .active = "risk/acceptances",
              .kicker = "Clause 6.1.3 f",
              .actions = actions.take(),
              .live = "data"};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (view->valid.empty() && view->over.empty() && view->uncarried.empty()) {
      return empty_state(h, "signature", "No risk had to be accepted yet",
                         "Clause 6.1.3 f asks that risk owners accept what remains. A risk above the threshold that is "
                         "not lowered further is accepted for a time, with reasons and a "
                         "signature. Example: \"The old controller is replaced in March; until then a second operator "
                         "watches the line.\" The acceptance falls when the score rises.",
                         {});
    }
    const TitleBook titles = titles_for(visit, *view);
    write_uncarried(h, *view, titles);
    write_ends(h, *view, within);
    write_acceptances(h, "valid", "Valid", valid, titles, true, "None.");
    write_acceptances(h, "over", "Fallen, ended and taken back", over, titles, true, "None.");
  });
}

// ---- Accepting -----------------------------------------------------------------------------------------------------

struct Typed {
  std::string rationale, expires_on;
};

struct AcceptancePage {
  Record record;
  Risk risk;
  std::optional<double> threshold;
  Approvers approvers;
  bool may_sign = false;
};

Result<AcceptancePage> acceptance_of(Visit& visit, std::string_view risk) {
  AcceptancePage out;
  TRY(out.record, visit.tenant.registers.read(visit.principal, Risk::def(), risk));
  out.risk = decode<Risk>(out.record);
  TRY(auto reader, visit.tenant.workspace->read());
  const auto method = out.risk.method(*reader);
  out.threshold = method ? method->acceptance_threshold : std::nullopt;
  out.approvers = approvers_of(out.risk, escalation_level(*reader), *reader, reader->today());
  Record wanted(RiskAcceptance::def());
  wanted.at("risk") = out.risk.id;
  wanted.at("accepted_by") = visit.principal.person;
  out.may_sign = may(visit.principal, Action::create, RiskAcceptance::def(), &wanted, &*reader).allowed;
  return out;
}

void write_scores(HtmlWriter& h, const AcceptancePage& of, const TitleBook& titles) {
  section(h, "scores", "What is accepted", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("dl", {cls("bench-numbers mb-3")}, [&] {
        for (const auto& [label, score] :
             {std::pair<std::string_view, std::optional<double>>{"Inherent score", of.risk.inherent_score},
              {"Score today", of.risk.residual_score},
              {"Target score", of.risk.target_score},
              {"Threshold", of.threshold}}) {
          h.el("div", [&] {
            h.el("dt", label);
            h.el("dd", score_words(score));
          });
        }
      });
      if (of.risk.scenario) h.el("p", {cls("text-preline")}, *of.risk.scenario);
      if (of.risk.consequence) h.el("p", {cls("text-preline text-secondary")}, *of.risk.consequence);
      h.el("h3", {cls("field-group")}, "Controls that lower it");
      if (of.risk.controls.empty()) return h.el("p", {cls("text-secondary mb-0")}, "None.");
      h.el("ul", {cls("mb-0 ps-3 bench-links")}, [&] {
        for (const auto& ref : of.risk.controls) h.el("li", [&] { titles.link(h, Control::def(), ref.id); });
      });
    });
  });
}

// Controls that do not hold, findings of the auditor and incidents: what the owner must know before signing.
void write_warnings(HtmlWriter& h, Visit& visit, const AcceptancePage& of) {
  std::vector<std::string> known;
  for (const auto& ref : of.risk.controls) {
    auto record = visit.tenant.registers.read(visit.principal, Control::def(), ref.id);
    if (!record) continue;
    const auto control = decode<Control>(*record);
    if (control.status != ControlStatus::implemented)
      known.push_back(fmt::format("The control {} is not in place: {}.", control.id, lower(record->state_label())));
    if (control.effectiveness == ControlEffectiveness::ineffective)
      known.push_back(fmt::format("The control {} was found ineffective.", control.id));
  }
  if (sees_conformity(visit)) {
    auto findings = visit.tenant.findings.about("risk", of.risk.id, 50);
    for (const KeptFinding& finding : findings.value_or(std::vector<KeptFinding>())) {
      if (!finding.closed) known.push_back(fmt::format("Finding {}: {}", finding.key.rule, finding.detail));
    }
  }
  if (visit.may(Action::see, Incident::def())) {
    auto incidents = records_of(visit.tenant.registers, visit.principal, Incident::def(), "linked_risks", of.risk.id);
    for (const Record& incident : incidents.value_or(std::vector<Record>()))
      known.push_back(fmt::format("It came true: {} {}.", incident.id, incident.title()));
  }
  section(h, "known", "What is known about it", {}, [&] {
    if (known.empty())
      return h.el("p", {cls("card-body text-secondary mb-0")},
                  "No finding is open, no incident names the risk, and its controls are in place.");
    h.el("ul", {cls("card-body mb-0 ps-4")}, [&] {
      for (const std::string& line : known) h.el("li", line);
    });
  });
}

std::string who_accepts(const AcceptancePage& of, const TitleBook& titles) {
  auto name = [&](const Id& id) { return titles.title(Person::def(), id); };
  if (of.approvers.owner.empty()) return "The risk has no owner: name one first.";
  if (of.approvers.superior)
    return fmt::format("The score lies above the level of escalation: {}, who stands above {}, accepts.",
                       name(*of.approvers.superior), name(of.approvers.owner));
  if (of.approvers.owner_is_away)
    return fmt::format(
        "{} owns the risk and is away: {}.", name(of.approvers.owner),
        of.approvers.acting.empty() ? "nobody above is there" : name(of.approvers.acting) + " accepts instead");
  return fmt::format("{} owns the risk and accepts, or somebody above.", name(of.approvers.owner));
}

void write_acceptance_form(HtmlWriter& h, Visit& visit, const AcceptancePage& of, const TitleBook& titles,
                           const Typed& typed, const Error* error) {
  const FormState state{error ? &error->problems : nullptr};
  const bool above = of.threshold && of.risk.residual_score && *of.risk.residual_score > *of.threshold;
  section(h, "accept", "Acceptance", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (error) problem_list(h, *error, RiskAcceptance::def());
      h.el("p", who_accepts(of, titles));
      if (!of.may_sign) return h.el("p", {cls("text-secondary mb-0")}, "You can read this, and cannot sign it.");
      h.el("form", {at("method", "post"), at("action", "/acceptances"), flag("novalidate")}, [&] {
        hidden_csrf(h, visit);
        h.leaf("input", {at("type", "hidden"), at("name", "risk"), at("value", of.risk.id)});
        h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", of.record.version)});
        h.el("div", {cls("row")}, [&] {
          const EntityDef& def = RiskAcceptance::def();
          form_field(h, visit, *def.find("rationale"), typed.rationale.empty() ? Value() : Value(typed.rationale),
                     state, true, false, FieldWidth::full);
          form_field(h, visit, *def.find("expires_on"), typed.expires_on.empty() ? Value() : Value(typed.expires_on),
                     state, above, false, FieldWidth::half);
        });
        h.el("p", {cls("text-secondary")},
             fmt::format(
                 "The acceptance is bound to the score {}: it falls when the score rises, and ends on its last day.",
                 score_words(of.risk.residual_score)));
        signature_inputs(h, visit, state);
        h.el("div", {cls("btn-list")}, [&] {
          h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Sign the acceptance");
          h.el("a", {cls("btn"), at("href", "/acceptances")}, "Cancel");
        });
      });
    });
  });
}

Response show_acceptance(Visit& visit, const AcceptancePage& of, const Typed& typed, const Error* error) {
  TitleBook titles(visit);
  for (const auto& ref : of.risk.controls) titles.want(Control::def(), ref.id);
  for (const Id& id : {of.approvers.owner, of.approvers.acting, of.approvers.superior.value_or(Id())}) {
    if (!id.empty()) titles.want(Person::def(), id);
  }
  titles.read();
  Frame frame{.title = fmt::format("Accept {}: {}", of.risk.id, of.risk.title),
              .active = "risk/acceptances",
              .crumbs = {{"Acceptance of residual risks", "/acceptances"}},
              .kicker = "Clause 6.1.3 f",
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-6")}, [&] {
        write_scores(h, of, titles);
        write_warnings(h, visit, of);
      });
      h.el("div", {cls("col-lg-6")}, [&] { write_acceptance_form(h, visit, of, titles, typed, error); });
    });
  });
}

Response new_acceptance(Visit& visit) {
  std::string_view risk = visit.request.query_value("risk");
  if (risk.empty()) return Response::redirect("/acceptances");
  auto of = acceptance_of(visit, risk);
  return of ? show_acceptance(visit, *of, {}, nullptr) : error_page(visit, of.error());
}

Response sign_acceptance(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto of = acceptance_of(visit, form->value("risk"));
  if (!of) return error_page(visit, of.error());
  const Typed typed{std::string(form->value("rationale")), std::string(trim(form->value("expires_on")))};
  AcceptRisk decision{of->risk.id, version_in(*form, RiskAcceptance::def()), typed.rationale,
                      Date::parse(typed.expires_on)};
  if (!typed.expires_on.empty() && !decision.expires_on) {
    Error error{ErrorKind::invalid,
                "The risk was not accepted.",
                {{"expires_on", "must be a date YYYY-MM-DD", shorten(typed.expires_on, 40)}},
                {},
                {}};
    return show_acceptance(visit, *of, typed, &error);
  }
  auto signer = signed_by(visit, *form);
  if (!signer) return show_acceptance(visit, *of, typed, &signer.error());
  auto stored = accept_risk(visit.tenant.registers, *signer, decision);
  if (!stored) return show_acceptance(visit, *of, typed, &stored.error());
  return done(visit, "/acceptances",
              fmt::format("{} is signed: {} is accepted at score {}.", stored->id, of->risk.id,
                          score_words(of->risk.residual_score)));
}

}  // namespace

std::vector<PageRoute> acceptance_pages() {
  return {
      kept({"GET", "/acceptances", list_acceptances}),
      {"GET", "/acceptances/new", new_acceptance},
      {"POST", "/acceptances", sign_acceptance},
  };
}

}  // namespace assay
