// Entering an estimate: ranges with help to give them well, and at once the picture of what they say.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/loss/portable_math.h"
#include "web/assets.h"
#include "web/charts/line_chart.h"
#include "web/loss/loss_view.h"

namespace assay {
namespace {

constexpr std::string_view frequency_fields[] = {"frequency_model", "frequency_low", "frequency_likely",
                                                 "frequency_high"};
constexpr std::string_view loss_fields[] = {"loss_model", "loss_low", "loss_likely", "loss_high"};

// What the address names, and what is stored of it.
struct AskedEstimate {
  LossPortfolio portfolio;
  LossSituation situation{};
  Record record = Record(LossEstimate::def());  // with the values to show; version 0: new
  std::string reason = {};

  const Risk& risk() const { return portfolio.risks.front().risk; }
  const std::optional<LossEstimate>& stored() const {
    return situation == LossSituation::now ? portfolio.risks.front().now : portfolio.risks.front().planned;
  }
  std::string url() const { return loss_entry_url(risk().id, situation); }
};

Result<AskedEstimate> asked_estimate(Visit& visit) {
  auto situation = choice_of<LossSituation>(visit.request.param("situation"));
  if (!situation) return fail(ErrorKind::not_found, "There is no page at this address.");
  AskedEstimate out;
  out.situation = *situation;
  TRY(out.portfolio, loss_portfolio_of(visit.tenant.registers, visit.principal, visit.request.param("risk")));
  if (out.stored()) {
    TRY(out.record, visit.tenant.registers.read(visit.principal, LossEstimate::def(), out.stored()->id));
    return out;
  }
  // The plan begins from what is known of today.
  if (const auto& now = out.portfolio.risks.front().now; now && *situation == LossSituation::planned) {
    TRY(Record today, visit.tenant.registers.read(visit.principal, LossEstimate::def(), now->id));
    for (auto fields : {std::span(frequency_fields), std::span(loss_fields)}) {
      for (std::string_view name : fields) out.record.at(name) = today.at(name);
    }
  } else {
    out.record.at("frequency_model") = std::string("pert");
    out.record.at("loss_model") = std::string("range_90");
  }
  out.record.at("risk") = out.risk().id;
  out.record.at("situation") = std::string(name_of_choice(*situation));
  out.record.at("estimated_on") = visit.tenant.workspace->clock().today().iso();
  if (!visit.principal.person.empty()) out.record.at("estimated_by") = visit.principal.person;
  return out;
}

std::vector<const FieldDef*> entry_fields(const AskedEstimate& asked) {
  std::vector<const FieldDef*> out;
  for (const FieldDef& field : LossEstimate::def().fields) {
    bool fixed = field.name == "risk" || field.name == "situation";
    bool not_here = field.name == "yearly_cost" && asked.situation == LossSituation::now;
    if (!fixed && !not_here) out.push_back(&field);
  }
  return out;
}

// ---- The picture ---------------------------------------------------------------------------------------------------

void write_event_curve(HtmlWriter& h, const LossScenario& scenario, std::string_view currency) {
  SizeTable sizes(scenario.loss);
  ChartSeries curve{.label = "One event costs more", .tone = "first", .points = {}};
  for (int i = 1; i < 200; ++i) {
    const double p = i / 200.0;
    curve.points.emplace_back(sizes.draw(static_cast<std::uint32_t>(p * 4294967295.0)), 1 - p);
  }
  loss_picture(h, false, "loss of one event", [&] {
    line_chart(h, "Probability that one event costs more than a given amount", std::span(&curve, 1),
               {.x_label = currency.empty() ? std::string("Loss of one event")
                                            : fmt::format("Loss of one event, {}", currency),
                .y_label = "Probability of more",
                .x_text = loss_money_short,
                .y_text = [](double share) { return loss_chance(share); },
                .log_x = scenario.loss.model == RangeModel::lognormal});
  });
}

void write_picture(HtmlWriter& h, const AskedEstimate& asked, const Record& typed) {
  LossEstimate estimate = decode<LossEstimate>(without_unused_figures(typed));
  auto scenario = estimate.scenario();
  if (!scenario) {
    h.el("div", {cls("card-body text-secondary")}, [&] {
      h.text("The picture comes once the figures make two ranges.");
      Problems problems = estimate.validate();
      if (problems.empty()) return;
      h.el("ul", {cls("mb-0 mt-2")}, [&] {
        for (const Problem& problem : problems) {
          const FieldDef* field = LossEstimate::def().find(problem.place);
          h.el("li",
               fmt::format("{} {}", field ? field->text.label : std::string_view(problem.place), problem.message));
        }
      });
    });
    return;
  }
  const std::string currency = asked.portfolio.currency();
  const double none = CountTable(scenario->frequency).none();
  h.el("div", {cls("card-body pb-0")}, [&] {
    h.el("p", {cls("mb-1")},
         fmt::format("On average {}; {} of the years bring no event at all.",
                     loss_rate_words(scenario->frequency.mean()), loss_chance(none)));
    h.el("p", {cls("mb-1")},
         fmt::format("Half of the events cost more than {}, one in twenty more than {}; {} on average.",
                     loss_money(scenario->loss.quantile(0.5), currency),
                     loss_money(scenario->loss.quantile(0.95), currency), loss_money(scenario->loss.mean(), currency)));
    h.el("p", {cls("mb-1")}, [&] {
      h.text("Expected loss in a year: ");
      h.el("b", loss_money(scenario->mean(), currency));
      h.text(".");
      if (asked.situation != LossSituation::planned) return;
      auto today = asked.portfolio.risks.front().scenario();
      if (!today) return;
      ReturnOnControl value{today->mean(), scenario->mean(), estimate.yearly_cost.value_or(0)};
      h.text(fmt::format(" That is {} {} than today", loss_money(std::abs(value.reduction()), currency),
                         value.reduction() >= 0 ? "less" : "more"));
      if (auto rate = value.rate())
        h.text(fmt::format(", for {} a year: a return of {}", loss_money(value.cost, currency), percentage(*rate)));
      h.text(".");
    });
  });
  write_event_curve(h, *scenario, currency);
}

// ---- The form ------------------------------------------------------------------------------------------------------

void write_help(HtmlWriter& h) {
  h.el("details", {cls("card mb-3 loss-help")}, [&] {
    h.el("summary", {cls("card-header")}, "How to give a range that holds");
    h.el("div", {cls("card-body")}, [&] {
      h.el("p",
           "A good range of this kind holds the truth nine times out of ten. Most people give ranges that are far too "
           "narrow; these steps help.");
      h.el("ol", [&] {
        for (std::string_view step : {
                 "Begin with a range that is certainly too wide. Move each end inward until you would be surprised, "
                 "one time in twenty, to find the truth beyond it.",
                 "Offer yourself a bet: you win if the truth lies in your range, or if a wheel with nine winning "
                 "fields out of ten stops on one of them. If you would rather spin the wheel, widen the range.",
                 "Look for two reasons why each end may be wrong, one at a time. Do not begin from a single number and "
                 "add a margin.",
                 "Think in events, not in adjectives: own incidents, near misses, what happened to organisations like "
                 "yours, how many of them there are.",
                 "Add up what an event costs part by part: work to respond and to restore, replacement, lost margin, "
                 "penalties and claims, notification, customers who leave.",
                 "Write down where the figures come from, and hold them against what happened a year later: that is "
                 "how estimates become better.",
             }) {
          h.el("li", step);
        }
      });
      h.el("p", {cls("mb-0")},
           "Rates: 0.02 is once in fifty years, 0.1 once in ten, 0.5 every second year, 1 once a year, 12 once a "
           "month.");
    });
  });
}

void write_entry_form(HtmlWriter& h, const Visit& visit, const AskedEstimate& asked, const Error* error) {
  FormState state{error ? &error->problems : nullptr};
  const EntityDef& def = LossEstimate::def();
  bool first = true;
  auto inputs = [&](std::string_view heading, std::span<const std::string_view> names) {
    h.el("h2", {cls("field-group"), cls_if(std::exchange(first, false), "border-0 pt-0 mt-0")}, heading);
    h.el("div", {cls("row")}, [&] {
      for (std::string_view name : names) {
        const FieldDef& field = *def.find(name);
        form_field(h, visit, field, asked.record.at(name), state, field.required, false, FieldWidth::half);
      }
    });
  };
  h.el("form",
       {at("method", "post"), at("action", asked.url()), cls("loss-form"), flag("novalidate"),
        at("hx-post", asked.url() + "/picture"), at("hx-trigger", "input delay:400ms"),
        at("hx-target", "#loss-picture"), at("hx-swap", "innerHTML"), at("hx-sync", "this:replace")},
       [&] {
         hidden_csrf(h, visit);
         h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", asked.record.version)});
         h.el("div", {cls("card mb-3")}, [&] {
           h.el("div", {cls("card-body")}, [&] {
             inputs("How often in a year", frequency_fields);
             inputs("What one event costs", loss_fields);
             h.el("h2", {cls("field-group")}, "What it stands on");
             h.el("div", {cls("row")}, [&] {
               for (const FieldDef* field : entry_fields(asked)) {
                 bool above = field->name.starts_with("frequency_") || field->name.starts_with("loss_");
                 if (above) continue;
                 form_field(h, visit, *field, asked.record.value(*field), state, field->required, false,
                            field->text.multiline ? FieldWidth::full : FieldWidth::half);
               }
               if (asked.record.version > 0)
                 h.el("div", {cls("col-12")}, [&] { reason_input(h, asked.reason, false, state); });
             });
           });
           h.el("div", {cls("card-footer d-flex flex-wrap gap-2 justify-content-end")}, [&] {
             h.el("a", {cls("btn me-auto"), at("href", loss_risk_url(asked.risk().id))}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save the estimate");
             h.el("button", {cls("btn"), at("type", "submit"), at("formaction", asked.url() + "/picture")},
                  "Show the picture");
           });
         });
       });
}

Response entry_page(Visit& visit, const AskedEstimate& asked, const Error* error) {
  Frame frame = loss_frame(asked.risk().title);
  frame.crumbs.push_back({asked.risk().id, loss_risk_url(asked.risk().id)});
  frame.kicker =
      asked.situation == LossSituation::now ? "Estimate with today's controls" : "Estimate with the plan carried out";
  frame.narrow = true;
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, LossEstimate::def());
    if (asked.risk().scenario) h.el("p", {cls("text-secondary text-preline")}, *asked.risk().scenario);
    write_help(h);
    write_entry_form(h, visit, asked, error);
    section(h, "picture", "What these figures say", {}, [&] {
      h.el("div", {at("id", "loss-picture"), at("aria-live", "polite")},
           [&] { write_picture(h, asked, asked.record); });
    });
  });
}

// What was typed, over what is stored. The problems of reading it.
Result<Problems> take_typed(Visit& visit, AskedEstimate& asked) {
  TRY(Form form, visit.request.form());
  asked.reason = reason_in(form, LossEstimate::def());
  asked.record.version = std::max<std::int64_t>(0, version_in(form, LossEstimate::def()));
  return read_fields(asked.record, entry_fields(asked), form);
}

}  // namespace

Response loss_entry_page(Visit& visit) {
  auto asked = asked_estimate(visit);
  return asked ? entry_page(visit, *asked, nullptr) : error_page(visit, asked.error());
}

Response save_loss_entry(Visit& visit) {
  auto asked = asked_estimate(visit);
  if (!asked) return error_page(visit, asked.error());
  auto problems = take_typed(visit, *asked);
  if (!problems) return error_page(visit, problems.error());
  Error wrong{ErrorKind::invalid, "The estimate was not saved.", *std::move(problems), {}, {}};
  if (!wrong.problems.empty()) return entry_page(visit, *asked, &wrong);
  auto kept =
      keep_loss_estimate(visit.tenant.registers, visit.principal, asked->record, asked->record.version, asked->reason);
  if (!kept && kept.error().kind == ErrorKind::forbidden) return error_page(visit, kept.error());
  if (!kept) return entry_page(visit, *asked, &kept.error());
  return done(visit, loss_risk_url(asked->risk().id), "The estimate is saved.");
}

Response loss_entry_picture(Visit& visit) {
  auto asked = asked_estimate(visit);
  if (!asked) return error_page(visit, asked.error());
  auto problems = take_typed(visit, *asked);
  if (!problems) return error_page(visit, problems.error());
  if (visit.request.is_htmx()) return fragment([&](HtmlWriter& h) { write_picture(h, *asked, asked->record); });
  Error wrong{ErrorKind::invalid, "There is no picture yet.", *std::move(problems), {}, {}};
  return entry_page(visit, *asked, wrong.problems.empty() ? nullptr : &wrong);
}

}  // namespace assay
