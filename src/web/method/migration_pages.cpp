// Open risks taken over to the version of the method in force: what each score would become, confirmed one by one.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/method/method_view.h"

namespace assay {
namespace {

constexpr std::size_t most_rows = 100;

struct MigrationForm {
  std::vector<RiskToMigrate> risks;
  std::vector<Id> confirmed;
  std::string reason;
};

bool is_confirmed(const MigrationForm& form, std::string_view id) {
  return std::ranges::find(form.confirmed, id) != form.confirmed.end();
}

std::string score_words(std::optional<std::int64_t> likelihood, std::optional<std::int64_t> impact,
                        const std::optional<double>& score) {
  if (!likelihood || !impact) return "–";
  return fmt::format("{} and {}: {}", *likelihood, *impact, level_words(score));
}

std::optional<double> level_of_pair(const RiskMethodology& method, const MigratedPair& pair) {
  return pair.likelihood && pair.impact ? method.level(*pair.likelihood, *pair.impact) : std::nullopt;
}

void pair_cell(HtmlWriter& h, const RiskMethodology& to, const Id& risk, std::string_view kind,
               const MigratedPair& pair, const FormState& state) {
  if (!pair.likelihood && !pair.impact) return h.el("td", {at("data-label", fmt::format("New {}", kind))}, "–");
  h.el("td", {at("data-label", fmt::format("New {}", kind))}, [&] {
    h.el("div", {cls("d-flex gap-1 align-items-center method-pair")}, [&] {
      h.el("div", [&] {
        level_select(h, to, MethodScale::likelihood, fmt::format("{}.{}_likelihood", risk, kind),
                     fmt::format("New {} likelihood of {}", kind, risk), pair.likelihood, state, true);
      });
      h.el("div", [&] {
        level_select(h, to, MethodScale::impact, fmt::format("{}.{}_impact", risk, kind),
                     fmt::format("New {} impact of {}", kind, risk), pair.impact, state, true);
      });
      auto level = level_of_pair(to, pair);
      bool above = level && to.acceptance_threshold && *level > *to.acceptance_threshold;
      h.el("b", {cls("numeric"), cls_if(above, "text-danger")},
           fmt::format("= {}{}", level_words(level), above ? " (above)" : ""));
    });
  });
}

void write_row(HtmlWriter& h, const RiskMethodology& to, const MigrationForm& form, const RiskToMigrate& item,
               const FormState& state) {
  const Risk& risk = item.risk;
  h.el("tr", [&] {
    h.el("td", {at("data-label", "Confirm")}, [&] {
      h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "confirmed"), at("value", risk.id),
                       flag("checked", is_confirmed(form, risk.id)),
                       at("aria-label", fmt::format("Confirm the change of {}", risk.id))});
      h.leaf("input", {at("type", "hidden"), at("name", risk.id + ".version"), at("value", item.version)});
    });
    h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
      h.el("a", {at("href", record_url(Risk::def(), risk.id))}, fmt::format("{} {}", risk.id, risk.title));
      h.el("div", {cls("text-secondary small")},
           item.from ? fmt::format("Version {}", item.from->version) : std::string("No version named"));
      if (std::string problem = state.problem_of(risk.id); !problem.empty())
        h.el("div", {cls("invalid-feedback d-block")}, problem);
    });
    h.el("td", {at("data-label", "Inherent until now"), cls("numeric")},
         score_words(risk.inherent_likelihood, risk.inherent_impact, risk.inherent_score));
    pair_cell(h, to, risk.id, "inherent", item.inherent, state);
    h.el("td", {at("data-label", "Residual until now"), cls("numeric")},
         score_words(risk.residual_likelihood, risk.residual_impact, risk.residual_score));
    pair_cell(h, to, risk.id, "residual", item.residual, state);
    h.el("td", {at("data-label", "Target"), cls("numeric")}, [&] {
      if (!risk.target_score) return h.text("–");
      h.text(fmt::format("{} → {}", level_words(risk.target_score), level_words(item.target)));
    });
  });
}

Response show_migration(Visit& visit, const RiskMethodology& to, const MigrationForm& form, const Error* error) {
  Frame frame = method_frame("Take over risks", {{fmt::format("Version {}", to.version), method_url(to.id)}});
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    if (form.risks.empty()) {
      HtmlWriter back(256);
      back.el("a", {cls("btn"), at("href", "/risk/method")}, "Back to the method");
      return empty_state(h, "circle-check", "Every open risk stands on this version",
                         fmt::format("Nothing is left to take over to version {}.", to.version), back.take());
    }
    h.el("p", {cls("text-secondary")},
         fmt::format("The new levels are proposed by their place on the scale: the middle stays the middle. Check each "
                     "risk with its owner, adjust it, and confirm those "
                     "that are right. The old scores stay in the history of each risk.{}",
                     form.risks.size() > most_rows
                         ? fmt::format(" The first {} of {} are shown.", most_rows, form.risks.size())
                         : std::string()));
    FormState state{error ? &error->problems : nullptr};
    h.el("form", {cls("card"), at("method", "post"), at("action", method_url(to.id) + "/migrate")}, [&] {
      hidden_csrf(h, visit);
      h.el("div", {cls("table-responsive")}, [&] {
        h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
          h.el("caption", {cls("visually-hidden")}, "Open risks on other versions: old and new scores");
          h.el("thead", [&] {
            h.el("tr", [&] {
              for (std::string_view label : {"Confirm", "Risk", "Inherent until now", "New inherent",
                                             "Residual until now", "New residual", "Target"})
                h.el("th", {at("scope", "col")}, label);
            });
          });
          h.el("tbody", [&] {
            for (std::size_t n = 0; n < form.risks.size() && n < most_rows; ++n)
              write_row(h, to, form, form.risks[n], state);
          });
        });
      });
      h.el("div", {cls("card-body")}, [&] { reason_input(h, form.reason, true, state); });
      h.el("div", {cls("card-footer form-foot")}, [&] {
        h.el("a", {cls("btn"), at("href", "/risk/method")}, "Cancel");
        h.el("button", {cls("btn"), at("type", "submit"), at("name", "_preview"), at("value", "1")},
             "Show the new levels");
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Take over the confirmed risks");
      });
    });
  });
}

struct MigrationVisit {
  RiskMethodology to;
  MigrationForm form;
};

Result<MigrationVisit> migration_visit(Visit& visit) {
  TRY(Record record, asked_method(visit));
  if (record.state() != "effective")
    return fail(ErrorKind::conflict, "Risks are taken over to the version in force only.");
  CHECK(demand(may(visit.principal, Action::change, Risk::def())));
  MigrationVisit out;
  out.to = decode<RiskMethodology>(record);
  TRY(out.form.risks, risks_to_migrate(visit.tenant.registers, visit.principal, out.to));
  return out;
}

void read_pair(const Form& sent, const Id& risk, std::string_view kind, MigratedPair& pair) {
  for (auto [part, value] : {std::pair("likelihood", &pair.likelihood), std::pair("impact", &pair.impact)}) {
    std::string name = fmt::format("{}.{}_{}", risk, kind, part);
    if (sent.has(name)) *value = typed_level(sent.value(name));
  }
}

}  // namespace

Response migration_page(Visit& visit) {
  auto asked = migration_visit(visit);
  return asked ? show_migration(visit, asked->to, asked->form, nullptr) : error_page(visit, asked.error());
}

Response migrate(Visit& visit) {
  auto asked = migration_visit(visit);
  if (!asked) return error_page(visit, asked.error());
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  MigrationForm& form = asked->form;
  form.reason = reason_in(*sent, Risk::def());
  for (std::string_view id : sent->values("confirmed")) form.confirmed.emplace_back(id);
  std::vector<ConfirmedMigration> confirmed;
  for (RiskToMigrate& item : form.risks) {
    read_pair(*sent, item.risk.id, "inherent", item.inherent);
    read_pair(*sent, item.risk.id, "residual", item.residual);
    if (!is_confirmed(form, item.risk.id)) continue;
    confirmed.push_back({item.risk.id, typed_level(sent->value(item.risk.id + ".version")).value_or(0), item.inherent,
                         item.residual, item.target});
  }
  if (sent->has("_preview")) return show_migration(visit, asked->to, form, nullptr);
  auto made = migrate_risks(visit.tenant.registers, visit.principal, asked->to, confirmed, form.reason);
  if (!made) return show_migration(visit, asked->to, form, &made.error());
  return done(visit, form.risks.size() > confirmed.size() ? method_url(asked->to.id) + "/migrate" : "/risk/method",
              fmt::format("{} {} taken over to version {}.", confirmed.size(),
                          confirmed.size() == 1 ? "risk was" : "risks were", asked->to.version));
}

}  // namespace assay
