// The periodic review: what is due, by owner, with what changed since; confirmed together, or sent on to be scored
// again.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "web/assets.h"
#include "web/risk/assessment_inputs.h"
#include "web/risk/risk_view.h"
#include "workflows/risk_register/risk_reading.h"
#include "workflows/risk_register/risk_review.h"

namespace assay {
namespace {

constexpr std::size_t most_in_review = 300;

struct ReviewPage {
  ReviewQuestion question;
  std::set<Id> ticked;
  AssessmentInputs inputs;
  const Error* error = nullptr;
};

Result<ReviewQuestion> question_of(Visit& visit) {
  Date today = visit.tenant.workspace->clock().today();
  ReviewQuestion question{.until = today.plus_days(30),
                          .owner = std::string(visit.request.query_value("owner")),
                          .triggered = visit.request.query_value("triggers") != "no"};
  if (std::string_view text = visit.request.query_value("until"); !text.empty()) {
    auto day = Date::parse(text);
    if (!day)
      return fail(Problems{{"until", "must be a date YYYY-MM-DD", shorten(text, 40)}},
                  "The reviews cannot be listed as asked.");
    question.until = *day;
  }
  return question;
}

void write_question(HtmlWriter& h, const Visit& visit, const ReviewQuestion& question) {
  h.el("form", {cls("filter-form mb-3 no-print"), at("method", "get"), at("action", "/risks/review")}, [&] {
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Due up to");
      h.leaf("input",
             {at("type", "date"), cls("form-control"), at("name", "until"), at("value", question.until.iso())});
    });
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Also those around which something changed");
      h.el("select", {cls("form-select"), at("name", "triggers")}, [&] {
        h.el("option", {at("value", "yes"), flag("selected", question.triggered)}, "Yes");
        h.el("option", {at("value", "no"), flag("selected", !question.triggered)}, "No, only what is due");
      });
    });
    if (!question.owner.empty())
      h.leaf("input", {at("type", "hidden"), at("name", "owner"), at("value", question.owner)});
    h.el("button", {cls("btn"), at("type", "submit")}, "Show");
    if (!question.owner.empty()) h.el("a", {cls("btn"), at("href", "/risks/review")}, "All owners");
    else if (!visit.principal.person.empty())
      h.el("a", {cls("btn"), at("href", "/risks/review?owner=" + encode_url(visit.principal.person))}, "Only mine");
  });
}

void write_triggers(HtmlWriter& h, const RiskReview& review) {
  h.el("ul", {cls("list-unstyled mb-0")}, [&] {
    for (const ReviewTrigger& trigger : review.triggers) {
      h.el("li", {cls("sentence")}, [&] {
        h.text(fmt::format("{} {}: ", trigger.what, trigger.on.iso()));
        h.el("a", {at("href", record_url(*trigger.def, trigger.record) + "#history")}, trigger.title);
      });
    }
  });
}

void write_review(HtmlWriter& h, const RiskReview& review, const ReviewPage& shown, const RiskScale& scale) {
  const Risk& risk = review.risk;
  FormState state{shown.error ? &shown.error->problems : nullptr};
  std::string problem = state.problem_of(risk.id);
  h.el("tr", {cls_if(!problem.empty(), "table-danger")}, [&] {
    h.el("td", [&] {
      h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "id"), at("value", risk.id),
                       flag("checked", shown.ticked.contains(risk.id)),
                       at("aria-label", fmt::format("Choose {} {}", risk.id, risk.title))});
    });
    h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
      h.el("a", {at("href", record_url(Risk::def(), risk.id))}, fmt::format("{} {}", risk.id, risk.title));
      if (!review.cannot_confirm.empty()) h.el("div", {cls("text-secondary small")}, review.cannot_confirm);
      if (!problem.empty()) h.el("div", {cls("invalid-feedback d-block")}, problem);
    });
    h.el("td", {at("data-label", "Current")}, [&] { band_badge(h, scale, risk.residual_score); });
    h.el("td", {at("data-label", "Assessed on"), cls("numeric text-nowrap")},
         risk.assessed_on ? risk.assessed_on->iso() : std::string("never"));
    h.el("td", {at("data-label", "Due"), cls("numeric text-nowrap")}, [&] {
      h.text(review.due ? review.due->iso() : std::string("–"));
      if (review.overdue) {
        h.text(" ");
        h.el("span", {cls("badge bg-red-lt")}, "Overdue");
      }
    });
    h.el("td", {at("data-label", "Changed since")}, [&] { write_triggers(h, review); });
  });
}

// One table an owner; `reviews` are sorted by them.
void write_owners(HtmlWriter& h, const Visit& visit, const std::vector<RiskReview>& reviews, const ReviewPage& shown,
                  const RiskScale& scale) {
  const EntityDef& people = Person::def();
  TitleBook titles(visit);
  for (const RiskReview& review : reviews) titles.want(people, checks::id_of(review.risk.owner));
  titles.read();
  for (std::size_t i = 0; i < reviews.size();) {
    const Id& owner = checks::id_of(reviews[i].risk.owner);
    std::size_t end = i;
    while (end < reviews.size() && checks::id_of(reviews[end].risk.owner) == owner) ++end;
    std::string name = owner.empty() ? std::string("Without an owner") : titles.title(people, owner);
    HtmlWriter mine(256);
    if (!owner.empty())
      mine.el("a",
              {cls("btn btn-sm"), at("href", "/risks/review?owner=" + encode_url(owner)),
               at("aria-label", "Only these: the risks of " + name)},
              "Only these");
    section(h, fmt::format("owner-{}", owner.empty() ? "none" : owner), fmt::format("{}: {}", name, end - i),
            mine.take(), [&] {
              h.el("div", {cls("table-responsive")}, [&] {
                h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
                  h.el("caption", {cls("visually-hidden")}, fmt::format("Risks to be reviewed: {}", name));
                  h.el("thead", [&] {
                    h.el("tr", [&] {
                      h.el("th", {at("scope", "col")}, [&] { h.el("span", {cls("visually-hidden")}, "Choose"); });
                      for (std::string_view label : {"Risk", "Current", "Assessed on", "Due", "Changed since"})
                        h.el("th", {at("scope", "col")}, label);
                    });
                  });
                  h.el("tbody", [&] {
                    for (; i < end; ++i) write_review(h, reviews[i], shown, scale);
                  });
                });
              });
            });
  }
}

Response show(Visit& visit, const ReviewPage& shown) {
  auto reviews = reviews_due(visit.tenant.registers, visit.principal, shown.question);
  if (!reviews) return error_page(visit, reviews.error());
  auto scale = scale_in_force(visit.tenant.registers, visit.principal);
  if (!scale) return error_page(visit, scale.error());
  std::size_t all = reviews->size();
  if (all > most_in_review) reviews->resize(most_in_review);
  Frame frame = risk_frame("Review risks", "Clause 8.2");
  if (shown.error) frame.status = status_of(shown.error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/review");
    if (!*scale) return no_method_alert(h, visit);
    if (shown.error) problem_list(h, *shown.error);
    write_question(h, visit, shown.question);
    if (reviews->empty()) {
      HtmlWriter actions(256);
      actions.el("a", {cls("btn"), at("href", "/risks")}, "Risk register");
      return empty_state(h, "circle-check", "No risk has to be looked at",
                         "Risks appear here when their review falls due, and when an asset, system or supplier changed "
                         "or an incident was reported since they were assessed (8.2).",
                         actions.take());
    }
    if (all > most_in_review)
      h.el("p", {cls("text-secondary")}, fmt::format("The first {} of {} are shown.", most_in_review, all));
    bool may_change = visit.may(Action::change, Risk::def());
    h.el("form",
         {at("id", "review"), at("method", "post"),
          at("action",
             "/risks/review" + std::string(visit.request.query.empty() ? "" : "?" + join_pairs(visit.request.query))),
          flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           write_owners(h, visit, *reviews, shown, **scale);
           if (!may_change) return;
           section(h, "confirm", "With the chosen ones", {}, [&] {
             h.el("div", {cls("card-body")}, [&] { write_assessment_inputs(h, visit, shown.inputs, shown.error); });
             h.el("div", {cls("card-footer form-foot")}, [&] {
               h.el("button", {cls("btn"), at("type", "submit"), at("name", "_then"), at("value", "assess")},
                    "Score them again");
               h.el("button",
                    {cls("btn btn-primary"), at("type", "submit"), at("name", "_then"), at("value", "confirm")},
                    "Confirm as unchanged");
             });
           });
         });
  });
}

}  // namespace

Response review_page(Visit& visit) {
  auto question = question_of(visit);
  if (!question) return error_page(visit, question.error());
  return show(visit, {.question = *question, .ticked = {}, .inputs = usual_assessment_inputs(visit)});
}

Response confirm_reviews(Visit& visit) {
  auto question = question_of(visit);
  if (!question) return error_page(visit, question.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Fields chosen;
  for (std::string_view id : form->values("id")) chosen.emplace_back("id", std::string(id));
  if (form->value("_then") == "assess" && !chosen.empty())
    return Response::redirect("/risks/assess?" + join_pairs(chosen));
  Error wrong{ErrorKind::invalid, "Nothing was changed.", {}, {}, {}};
  ReviewPage shown{.question = *question, .ticked = {}, .inputs = read_assessment_inputs(*form, wrong.problems)};
  Reassessment work{.risks = {},
                    .reason = shown.inputs.reason,
                    .next_review_on = shown.inputs.next_review_on,
                    .run = shown.inputs.run};
  for (const auto& [name, id] : chosen) {
    shown.ticked.insert(id);
    auto risk = visit.tenant.registers.read(visit.principal, Risk::def(), id);
    if (!risk) {
      wrong.problems.push_back({id, risk.error().message, ""});
      continue;
    }
    Risk typed = decode<Risk>(*risk);
    work.risks.push_back(
        {id, typed.residual_likelihood, typed.residual_impact, typed.target_likelihood, typed.target_impact});
  }
  auto outcome = wrong.problems.empty() ? reassess(visit.tenant.registers, visit.principal, work)
                                        : Result<ReassessmentOutcome>(Failure(wrong));
  if (!outcome) {
    shown.error = &outcome.error();
    return show(visit, shown);
  }
  return done(visit, "/risks/review", outcome_words(*outcome));
}

}  // namespace assay
