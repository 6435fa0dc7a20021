// The parameters of the rules: what is in force and who asks for it, a new value proposed, and what it would change.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/service/parameter_changes.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"
#include "web/rules_view.h"

namespace assay {
namespace {

constexpr std::size_t most_shown = 50;

std::string with_unit(double value, const Parameter& parameter) {
  return fmt::format("{} {}", decimal(value, 3), parameter.unit);
}
double value_of_record(const Record& record, const Parameter& parameter) {
  return number_of(record.at("value")).value_or(parameter.value);
}
const EntityDef* own_register(const Visit& visit) { return visit.registry().find("policy_parameter"); }

void write_source(HtmlWriter& h, const Record& record) {
  if (is_unset(record.at("source"))) return;
  const EntityDef& versions = record.def->find("source")->target();
  std::string_view id = record.text("source");
  h.el("a", {at("href", record_url(versions, id))}, id);
}

void write_row(HtmlWriter& h, const Parameter& parameter, const OwnValues* own, Date today, const ParameterUse* use) {
  const Record* in_force = own ? own->in_force(today) : nullptr;
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal")},
         [&] { h.el("a", {at("href", parameter_url(parameter.key))}, [&] { h.el("code", parameter.key); }); });
    h.el("td", {cls("text-end numeric"), at("data-label", "In force")}, [&] {
      h.text(with_unit(in_force ? value_of_record(*in_force, parameter) : parameter.value, parameter));
      if (own && !own->proposed.empty()) {
        h.text(" ");
        h.el("a", {cls("badge bg-blue-lt"), at("href", parameter_url(parameter.key))},
             own->proposed.size() == 1 ? std::string("1 proposal") : fmt::format("{} proposals", own->proposed.size()));
      }
    });
    h.el("td", {cls("text-end numeric text-secondary"), at("data-label", "Default")}, decimal(parameter.value, 3));
    h.el("td", {at("data-label", "Source")}, [&] {
      if (!in_force) return h.text("Default");
      h.el("a", {at("href", record_url(*in_force->def, in_force->id))}, "Own value");
      if (!is_unset(in_force->at("source"))) h.text(" from ");
      write_source(h, *in_force);
    });
    if (use) {
      auto rules = use->rules_asking(parameter.key);
      h.el("td", {cls("text-end numeric"), at("data-label", "Rules")},
           [&] { h.el("a", {at("href", parameter_url(parameter.key) + "#rules")}, std::to_string(rules.size())); });
    }
    h.el("td", {cls("text-secondary"), at("data-label", "Basis")}, parameter.basis);
  });
}

// ---- One parameter -------------------------------------------------------------------------------------------------

// What the page shows beside what is stored.
struct ParameterProposal {
  Record record;  // what was typed, or the stored proposal that is weighed
  const Error* error = nullptr;
  const ProposedVerdict* weighed = nullptr;
  std::string reason = {};
};

void write_findings(HtmlWriter& h, const Visit& visit, std::string_view heading,
                    const std::vector<const RuleFinding*>& findings) {
  if (findings.empty()) return;
  h.el("h3", {cls("field-group mx-3")}, fmt::format("{}: {}", heading, findings.size()));
  h.el("ul", {cls("list-group list-group-flush")}, [&] {
    for (std::size_t i = 0; i < findings.size() && i < most_shown; ++i)
      finding_item(h, visit, *findings[i], {.advise = false, .explain = false});
  });
  if (findings.size() > most_shown)
    h.el("p", {cls("text-secondary mx-3 my-2")}, fmt::format("Only the first {} are listed.", most_shown));
}

void write_weighed(HtmlWriter& h, const Visit& visit, const Parameter& parameter, const ParameterProposal& proposal) {
  const ProposedVerdict& change = *proposal.weighed;
  section(h, "change", "What would change", {}, [&] {
    h.el("div", {cls("card-body"), at("role", "status")}, [&] {
      std::string value = with_unit(value_of_record(proposal.record, parameter), parameter);
      std::string day = change.verdicts.then->as_of.iso();
      if (change.opened.empty() && change.closed.empty() && change.hidden == 0)
        return h.el("p", {cls("mb-0")}, fmt::format("With {} no finding opens and none ends on {}.", value, day));
      h.el("p", {cls("mb-0")},
           fmt::format("With {}, on {}: {} {} and {} {}.{}", value, day, change.opened.size(),
                       change.opened.size() == 1 ? "finding opens" : "findings open", change.closed.size(),
                       change.closed.size() == 1 ? "ends" : "end",
                       change.hidden ? fmt::format(" {} more concern records that are not shown to you.", change.hidden)
                                     : std::string()));
    });
    write_findings(h, visit, "Would open", change.opened);
    write_findings(h, visit, "Would end", change.closed);
  });
}

void write_form(HtmlWriter& h, const Visit& visit, const Parameter& parameter, const ParameterProposal& proposal) {
  const EntityDef& def = *own_register(visit);
  section(h, "propose", "Propose another value", {}, [&] {
    h.el("form", {at("method", "post"), at("action", parameter_url(parameter.key)), flag("novalidate")}, [&] {
      hidden_csrf(h, visit);
      h.el("div", {cls("card-body row")}, [&] {
        FormState state{proposal.error ? &proposal.error->problems : nullptr};
        for (std::string_view name : {"value", "effective_on", "source"}) {
          form_field(h, visit, *def.find(name), proposal.record.at(name), state, true, false,
                     name == "source" ? FieldWidth::full : FieldWidth::half);
        }
        h.el("div", {cls("col-12")}, [&] { reason_input(h, proposal.reason, true, state); });
      });
      h.el("div", {cls("card-footer d-flex flex-wrap gap-2 justify-content-end")}, [&] {
        h.el("button", {cls("btn"), at("type", "submit"), at("formaction", parameter_url(parameter.key) + "/what-if")},
             "Show what would change");
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Propose");
      });
    });
  });
}

void write_values(HtmlWriter& h, const Visit& visit, const Parameter& parameter, const OwnValues& own, bool weighs) {
  Date today = visit.tenant.workspace->clock().today();
  const Record* in_force = own.in_force(today);
  auto row = [&](const Record& record, std::string_view state, std::string_view colour) {
    h.el("tr", [&] {
      h.el("th", {at("scope", "row"), at("data-label", "Value")}, [&] {
        h.el("a", {at("href", record_url(*record.def, record.id))},
             with_unit(value_of_record(record, parameter), parameter));
      });
      h.el("td", {at("data-label", "State")}, [&] { h.el("span", {cls("badge"), cls(colour)}, state); });
      h.el("td", {at("data-label", "In force from"), cls("numeric")}, record.text("effective_on"));
      h.el("td", {at("data-label", "Set by")}, [&] { write_source(h, record); });
      h.el("td", {cls("text-end")}, [&] {
        if (record.state() != "proposed") return;
        h.el("div", {cls("btn-list justify-content-end")}, [&] {
          if (weighs)
            h.el("a",
                 {cls("btn btn-sm"), at("href", fmt::format("{}?proposal={}#change", parameter_url(parameter.key),
                                                            encode_url(record.id)))},
                 "What would change");
          if (!visit.may(Action::step, *record.def)) return;
          const std::string steps = record_url(*record.def, record.id) + "/step/";
          h.el("a", {cls("btn btn-sm"), at("href", steps + "approve")}, "Approve");
          h.el("a", {cls("btn btn-sm"), at("href", steps + "decline")}, "Decline");
        });
      });
    });
  };
  section(h, "history", "Values over time", {}, [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Own values of the parameter, newest first");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Value", "State", "In force from", "Set by"})
              h.el("th", {at("scope", "col")}, label);
            h.el("th", {at("scope", "col")}, [&] { h.el("span", {cls("visually-hidden")}, "Actions"); });
          });
        });
        h.el("tbody", [&] {
          for (const Record& record : own.proposed) row(record, "Proposed", "bg-blue-lt");
          for (const Record& record : own.approved) {
            bool current = &record == in_force;
            bool ahead = record.text("effective_on") > today.iso();
            row(record,
                current ? "In force"
                : ahead ? "Approved, to come"
                        : "Past",
                current ? "bg-green-lt"
                : ahead ? "bg-azure-lt"
                        : "bg-secondary-lt");
          }
          for (const Record& record : own.declined) row(record, "Declined", "bg-secondary-lt");
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), at("data-label", "Value")}, with_unit(parameter.value, parameter));
            h.el("td", {at("data-label", "State")}, [&] {
              h.el("span", {cls("badge"), cls(in_force ? "bg-secondary-lt" : "bg-green-lt")},
                   in_force ? "Default" : "Default, in force");
            });
            h.el("td", "");
            h.el("td", {at("data-label", "Basis")}, parameter.basis);
            h.el("td", "");
          });
        });
      });
    });
  });
}

void write_rules(HtmlWriter& h, const Visit& visit, const std::vector<const Rule*>& rules) {
  section(h, "rules", fmt::format("Rules that ask for it: {}", rules.size()), {}, [&] {
    if (rules.empty())
      return h.el("div", {cls("card-body text-secondary")},
                  "No rule asks for this parameter; it limits what lifecycle steps allow.");
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const Rule* rule : rules) {
        h.el("li", {cls("list-group-item sentence")}, [&] {
          h.el("a", {at("href", rule_url(rule->id))}, rule->id);
          h.text(" " + rule->title + " (");
          ref_links(h, visit, rule->ref);
          h.text(")");
        });
      }
    });
  });
}

Response show(Visit& visit, const Parameter& parameter, const ParameterProposal& proposal) {
  auto all = own_values(visit.tenant.registers, visit.principal);
  if (!all) return error_page(visit, all.error());
  const OwnValues own = (*all)[parameter.key];
  const EntityDef* def = own_register(visit);
  bool weighs = may_weigh_parameters(visit.principal, visit.registry()).allowed;
  const Record* in_force = own.in_force(visit.tenant.workspace->clock().today());
  Frame frame{.title = parameter.key,
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}, {"Parameters", "/rules/parameters"}},
              .kicker = "Parameter of the rules",
              .narrow = true,
              .status = proposal.error ? status_of(proposal.error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (proposal.error) problem_list(h, *proposal.error, *def);
    h.el("p", [&] {
      h.text("In force: ");
      h.el("b", with_unit(in_force ? value_of_record(*in_force, parameter) : parameter.value, parameter));
      h.text(
          fmt::format(". The product's default is {} ({}).", with_unit(parameter.value, parameter), parameter.basis));
    });
    if (proposal.weighed) write_weighed(h, visit, parameter, proposal);
    write_values(h, visit, parameter, own, weighs);
    if (def && visit.may(Action::create, *def)) write_form(h, visit, parameter, proposal);
    ParameterUse use(visit.tenant.auditor.rules());
    write_rules(h, visit, use.rules_asking(parameter.key));
  });
}

const Parameter* asked_parameter(const Visit& visit) {
  const auto& all = visit.tenant.auditor.product_rules().parameters;
  auto found = std::ranges::find(all, visit.request.param("key"), &Parameter::key);
  return found == all.end() ? nullptr : &*found;
}

Response no_parameter(Visit& visit) {
  return error_page(visit, {ErrorKind::not_found,
                            fmt::format("There is no parameter \"{}\".", shorten(visit.request.param("key"), 60)),
                            {},
                            {},
                            {}});
}

Record fresh_proposal(const Visit& visit, const Parameter& parameter) {
  Record record(*own_register(visit));
  record.at("key") = parameter.key;
  record.at("unit") = parameter.unit;
  record.at("effective_on") = visit.tenant.workspace->clock().today().iso();
  return record;
}

// Weighs the value and the day in `proposal`, and shows the page with the answer.
Response weigh(Visit& visit, const Parameter& parameter, ParameterProposal& proposal) {
  auto value = number_of(proposal.record.at("value"));
  auto day = Date::parse(proposal.record.text("effective_on"));
  Error incomplete{ErrorKind::invalid, "There is nothing to weigh yet.", {}, {}, {}};
  // A value that could not be stored (none, 150 percent) is refused here as it is when it is proposed.
  for (Problem& problem : validate(proposal.record, Strictness::strict)) {
    if (problem.place == "value") incomplete.problems.push_back(std::move(problem));
  }
  if (!day) incomplete.problems.push_back({"effective_on", "is required", ""});
  if (!incomplete.problems.empty()) {
    proposal.error = &incomplete;
    return show(visit, parameter, proposal);
  }
  auto weighed = weigh_parameter(visit.tenant.auditor, visit.principal, parameter.key, *value, *day);
  if (!weighed) return error_page(visit, weighed.error());
  proposal.weighed = &*weighed;
  return show(visit, parameter, proposal);
}

Response parameter_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  const Parameter* parameter = asked_parameter(visit);
  if (!parameter || !own_register(visit)) return no_parameter(visit);
  ParameterProposal proposal{.record = fresh_proposal(visit, *parameter)};
  std::string_view id = visit.request.query_value("proposal");
  if (id.empty()) return show(visit, *parameter, proposal);
  auto stored = visit.tenant.registers.read(visit.principal, *own_register(visit), id);
  if (!stored) return error_page(visit, stored.error());
  if (stored->text("key") != parameter->key) return no_parameter(visit);
  proposal.record = *std::move(stored);
  return weigh(visit, *parameter, proposal);
}

Response with_form(Visit& visit, const std::function<Response(const Parameter&, ParameterProposal&)>& then) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  const Parameter* parameter = asked_parameter(visit);
  if (!parameter || !own_register(visit)) return no_parameter(visit);
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  const EntityDef& def = *own_register(visit);
  ParameterProposal proposal{.record = fresh_proposal(visit, *parameter), .reason = reason_in(*sent, def)};
  Error wrong{ErrorKind::invalid,
              "The value was not proposed.",
              read_fields(proposal.record, {def.find("value"), def.find("effective_on"), def.find("source")}, *sent),
              {},
              {}};
  if (!wrong.problems.empty()) {
    proposal.error = &wrong;
    return show(visit, *parameter, proposal);
  }
  return then(*parameter, proposal);
}

Response what_if_parameter(Visit& visit) {
  return with_form(visit, [&](const Parameter& parameter, ParameterProposal& proposal) {
    return weigh(visit, parameter, proposal);
  });
}

std::string proposed_words(const ProposedValue& proposed, const Parameter& parameter) {
  constexpr std::string_view binds = "It binds from its day on once top management approves it.";
  if (!proposed.replaces) return fmt::format("The value is proposed. {}", binds);
  return fmt::format("There was a proposal for {} already; {} now says {}. {}", proposed.record.text("effective_on"),
                     proposed.record.id, with_unit(value_of_record(proposed.record, parameter), parameter), binds);
}

Response propose_parameter(Visit& visit) {
  return with_form(visit, [&](const Parameter& parameter, ParameterProposal& proposal) {
    if (is_blank(proposal.reason)) {
      Error missing{ErrorKind::invalid,
                    "The value was not proposed.",
                    {{"reason", "say why; it is kept in the history", ""}},
                    {},
                    {}};
      proposal.error = &missing;
      return show(visit, parameter, proposal);
    }
    auto stored = propose_value(visit.tenant.registers, visit.principal, proposal.record, proposal.reason);
    if (!stored && stored.error().kind == ErrorKind::forbidden) return error_page(visit, stored.error());
    if (!stored) {
      proposal.error = &stored.error();
      return show(visit, parameter, proposal);
    }
    return done(visit, parameter_url(parameter.key), proposed_words(*stored, parameter));
  });
}

Response parameters_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  const RuleSet& rules = visit.tenant.auditor.rules();
  std::vector<const Parameter*> all;
  for (const Parameter& parameter : rules.parameters) all.push_back(&parameter);
  Frame frame{.title = "Parameters", .active = "findings", .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}}};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("text-secondary")},
         "An own value that an approved document sets binds the organisation: not keeping a stricter own rule is a "
         "nonconformity. Open a parameter to propose one.");
    ParameterUse use(rules);
    h.el("div", {cls("card")}, [&] { write_parameter_table(h, visit, all, &use); });
  });
}

}  // namespace

std::string parameter_url(std::string_view key) { return "/rules/parameters/" + encode_url(key); }

void write_parameter_table(HtmlWriter& h, Visit& visit, const std::vector<const Parameter*>& parameters,
                           const ParameterUse* use) {
  auto own = own_values(visit.tenant.registers, visit.principal);
  Date today = visit.tenant.workspace->clock().today();
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "Parameters: value in force, default, source and basis");
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, "Parameter");
          h.el("th", {at("scope", "col"), cls("text-end")}, "In force");
          h.el("th", {at("scope", "col"), cls("text-end")}, "Default");
          h.el("th", {at("scope", "col")}, "Source");
          if (use) h.el("th", {at("scope", "col"), cls("text-end")}, "Rules");
          h.el("th", {at("scope", "col")}, "Basis of the default");
        });
      });
      h.el("tbody", [&] {
        for (const Parameter* parameter : parameters) {
          auto found = own ? own->find(parameter->key) : decltype(own->find(""))();
          write_row(h, *parameter, own && found != own->end() ? &found->second : nullptr, today, use);
        }
      });
    });
  });
}

std::vector<PageRoute> parameter_pages() {
  return {
      {"GET", "/rules/parameters", parameters_page},
      {"GET", "/rules/parameters/{key}", parameter_page},
      {"POST", "/rules/parameters/{key}", propose_parameter},
      {"POST", "/rules/parameters/{key}/what-if", what_if_parameter},
  };
}

}  // namespace assay
