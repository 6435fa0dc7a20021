// Governance: roles with what is missing, the communication plan, planned changes with what they touch.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/isms_change.h"
#include "isms/organisation/person.h"
#include "isms/organisation/role_gaps.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/scope/governance_view.h"
#include "workflows/scope/change_impact.h"
#include "workflows/scope/committees.h"
#include "workflows/scope/seen.h"

namespace assay {

void governance_tabs(HtmlWriter& h, std::string_view current) {
  static constexpr BenchTab tabs[] = {{"Roles", "/governance"},
                                      {"Responsibilities", "/governance/raci"},
                                      {"Committees", "/governance/committees"},
                                      {"Communication", "/governance/communication"},
                                      {"Changes", "/governance/changes"}};
  bench_tabs(h, "Governance", tabs, current);
}

Frame governance_frame(std::string title, std::string_view kicker, std::vector<Crumb> crumbs) {
  return {.title = std::move(title),
          .active = "organisation/governance",
          .crumbs = std::move(crumbs),
          .kicker = std::string(kicker)};
}

namespace {

// ---- Roles -----------------------------------------------------------------------------------------------------------------------

std::string_view tone_of(RoleGap::Kind kind) { return kind == RoleGap::Kind::incomplete ? "yellow" : "red"; }
std::string_view words_of(RoleGap::Kind kind) {
  return kind == RoleGap::Kind::vacant ? "Vacant" : kind == RoleGap::Kind::conflict ? "Conflict" : "Incomplete";
}

void write_gaps(HtmlWriter& h, const std::vector<RoleGap>& gaps, RoleAssignmentRole role, const Id& assignment) {
  bool any = false;
  for (const RoleGap& gap : gaps) {
    if (gap.role != role || gap.assignment != assignment) continue;
    any = true;
    h.el("div", {cls("mb-1 sentence")}, [&] {
      tone_badge(h, tone_of(gap.kind), words_of(gap.kind));
      h.text(fmt::format(" {} ", gap.text));
      bool is_rule = gap.rule.starts_with("C");
      if (is_rule)
        h.el("a", {cls("text-nowrap"), at("href", "/rules/" + encode_url(gap.rule))}, fmt::format("Rule {}", gap.rule));
      else
        h.el("span", {cls("text-secondary text-nowrap")},
             fmt::format("{} {}", gap.rule.starts_with("A.") ? "Control" : "Clause", gap.rule));
    });
  }
  if (!any) tone_badge(h, "green", "In order");
}

void write_role_row(HtmlWriter& h, const Visit& visit, RoleAssignmentRole role, const RoleAssignment* held,
                    const std::vector<RoleGap>& gaps, const TitleBook& titles) {
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
      h.text(label_of(role));
      if (!is_required(role)) h.el("div", {cls("text-secondary")}, "As needed");
    });
    bench_cell(h, "Held by", [&] {
      if (held) return titles.link(h, Person::def(), held->person.id);
      h.text("Nobody");
    });
    bench_cell(h, "Authority from", [&] {
      if (held && held->authority_granted_by && !held->authority_granted_by->empty())
        titles.link(h, Person::def(), held->authority_granted_by->id);
    });
    bench_cell(h, "Since", held ? held->assigned_on.iso() : "");
    bench_cell(h, "Made known", held && held->communicated_on ? held->communicated_on->iso() : "");
    bench_cell(h, "State", [&] {
      if (held || is_required(role)) write_gaps(h, gaps, role, held ? held->id : Id());
    });
    bench_cell(h, "", [&] {
      if (held)
        return h.el("a",
                    {at("href", record_url(RoleAssignment::def(), held->id)),
                     at("aria-label", fmt::format("Open {}", label_of(role)))},
                    "Open");
      if (visit.may(Action::create, RoleAssignment::def())) {
        h.el("a",
             {at("href", fmt::format("{}?role={}", new_url(RoleAssignment::def()),
                                     choices_of<RoleAssignmentRole>[static_cast<std::size_t>(role)].name)),
              at("aria-label", fmt::format("Assign {}", label_of(role)))},
             "Assign");
      }
    });
  });
}

Response roles_page(Visit& visit) {
  auto assignments = all_of<RoleAssignment>(visit.tenant.registers, visit.principal);
  auto people = seen_of<Person>(visit.tenant.registers, visit.principal);
  if (!assignments || !people) return error_page(visit, assignments ? people.error() : assignments.error());
  Date today = visit.tenant.workspace->clock().today();
  auto gaps = role_gaps(*assignments, *people, today);
  TitleBook titles(visit);
  for (const RoleAssignment& assignment : *assignments) {
    titles.want(Person::def(), assignment.person.id);
    if (assignment.authority_granted_by) titles.want(Person::def(), assignment.authority_granted_by->id);
  }
  titles.read();
  return page(visit, governance_frame("Governance", "Clause 5.3", {}), [&](HtmlWriter& h) {
    governance_tabs(h, "/governance");
    auto heavy = std::ranges::count_if(gaps, [](const RoleGap& gap) { return gap.kind != RoleGap::Kind::incomplete; });
    h.el("p", {cls("text-secondary")},
         gaps.empty() ? std::string("Every role that the standard needs is held, with authority, made known, and by "
                                    "people who do not stand in each other's way.")
                      : fmt::format("{}; {} of them a role that nobody holds, or one that collides with another.",
                                    gaps.size() == 1 ? std::string("1 gap") : fmt::format("{} gaps", gaps.size()),
                                    heavy == 0 ? std::string("none") : fmt::to_string(heavy)));
    section(h, "roles", "Roles of the ISMS", {}, [&] {
      bench_table(h, "Roles of the ISMS, who holds them and what is missing",
                  {"Role", "Held by", "Authority from", "Since", "Made known", "State", ""}, [&] {
                    for (std::size_t i = 0; i < choices_of<RoleAssignmentRole>.size(); ++i) {
                      auto role = static_cast<RoleAssignmentRole>(i);
                      bool any = false;
                      for (const RoleAssignment& assignment : *assignments) {
                        if (assignment.role != role || !holds_on(assignment, today)) continue;
                        any = true;
                        write_role_row(h, visit, role, &assignment, gaps, titles);
                      }
                      if (!any) write_role_row(h, visit, role, nullptr, gaps, titles);
                    }
                  });
    });
  });
}

// ---- Communication ---------------------------------------------------------------------------------------------------------------

Response communication_view(Visit& visit, const std::string& failed, const Error* error) {
  auto plan = communication_plan(visit.tenant.registers, visit.principal);
  if (!plan) return error_page(visit, plan.error());
  TitleBook titles(visit);
  for (const CommunicationDue& line : *plan) {
    if (line.item.owner) titles.want(Person::def(), line.item.owner->id);
  }
  titles.read();
  std::string today = visit.tenant.workspace->clock().today().iso();
  Frame frame = governance_frame("Communication plan", "Clause 7.4");
  HtmlWriter actions(256);
  if (visit.may(Action::create, CommunicationItem::def()))
    actions.el("a", {cls("btn btn-primary"), at("href", new_url(CommunicationItem::def()))}, "New line");
  frame.actions = actions.take();
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    governance_tabs(h, "/governance/communication");
    if (error) problem_list(h, *error);
    if (plan->empty()) {
      return empty_state(h, "speakerphone", "Who tells whom what, when and how?",
                         "Clause 7.4 asks to determine it, inside and outside. In an incident it is too late to ask. "
                         "Example: the results of the phishing exercise go to all staff every quarter, in the "
                         "staff meeting, by the security officer.",
                         {});
    }
    h.el("div", {cls("card")}, [&] {
      bench_table(h, "Communication plan, what is due first",
                  {"What about", "With whom", "When", "How", "Done by", "Last done", "Due", ""}, [&] {
                    for (const CommunicationDue& line : *plan) {
                      h.el("tr", [&] {
                        h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                          h.el("a", {at("href", record_url(CommunicationItem::def(), line.item.id))}, line.item.topic);
                        });
                        bench_cell(h, "With whom", line.item.audience.value_or("Not determined"));
                        bench_cell(h, "When", line.item.timing.value_or("Not determined"));
                        bench_cell(h, "How", line.item.channel.value_or("Not determined"));
                        bench_cell(h, "Done by", [&] {
                          if (line.item.owner && !line.item.owner->empty())
                            titles.link(h, Person::def(), line.item.owner->id);
                        });
                        bench_cell(h, "Last done", line.item.last_done_on ? line.item.last_done_on->iso() : "Never");
                        bench_cell(h, "Due", [&] {
                          if (!line.due) return h.el("span", {cls("text-secondary")}, "When it happens");
                          if (line.late) tone_badge(h, "red", "Late");
                          h.text(fmt::format("{}{}", line.late ? " " : "", line.due->iso()));
                        });
                        bench_cell(h, "", [&] {
                          if (!visit.may(Action::change, CommunicationItem::def())) return;
                          std::string id = "done-" + line.item.id,
                                      problem = failed == line.item.id && error
                                                    ? FormState{&error->problems}.problem_of("done_on")
                                                    : std::string();
                          h.el("form",
                               {cls("d-flex gap-1"), at("method", "post"),
                                at("action", fmt::format("/governance/communication/{}", encode_url(line.item.id))),
                                flag("novalidate")},
                               [&] {
                                 hidden_csrf(h, visit);
                                 h.leaf("input", {at("type", "date"), cls("form-control form-control-sm"),
                                                  cls_if(!problem.empty(), "is-invalid"), at("id", id),
                                                  at("name", "done_on"), at("value", today),
                                                  at("aria-label", fmt::format("Day on which it was done: {}",
                                                                               shorten(line.item.topic, 80))),
                                                  at_if(!problem.empty(), "aria-describedby", id + "-problem")});
                                 h.el("button",
                                      {cls("btn btn-sm"), at("type", "submit"),
                                       at("aria-label", fmt::format("Done: {}", shorten(line.item.topic, 80)))},
                                      "Done");
                               });
                          input_problem(h, id, problem);
                        });
                      });
                    }
                  });
    });
  });
}

Response communication_page(Visit& visit) { return communication_view(visit, {}, nullptr); }

Response save_communication(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string id(visit.request.param("id"));
  auto day = Date::parse(form->value("done_on"));
  Result<void> noted =
      day ? note_communication(visit.tenant.registers, visit.principal, id, *day, "Communicated")
          : Result<void>(fail(Problems{{"done_on", "must be a day", shorten(form->value("done_on"), 20)}}));
  if (noted) return done(visit, "/governance/communication", "Noted.");
  if (noted.error().kind != ErrorKind::invalid) return error_page(visit, noted.error());
  return communication_view(visit, id, &noted.error());
}

// ---- Changes ---------------------------------------------------------------------------------------------------------------------

Response changes_page(Visit& visit) {
  auto records = records_of(visit.tenant.registers, visit.principal, IsmsChange::def());
  if (!records) return error_page(visit, records.error());
  Frame frame = governance_frame("Planned changes", "Clause 6.3");
  HtmlWriter actions(256);
  if (visit.may(Action::create, IsmsChange::def()))
    actions.el("a", {cls("btn btn-primary"), at("href", new_url(IsmsChange::def()))}, "New change");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    governance_tabs(h, "/governance/changes");
    if (records->empty()) {
      return empty_state(
          h, "refresh", "Changes of the ISMS are planned",
          "Clause 6.3 asks that changes are made in a planned manner: why, with which consequences, resources and "
          "responsibilities. Example: a second data centre goes live in May; it touches the "
          "scope, three risks and four lines of the SoA.",
          {});
    }
    h.el("div", {cls("card")}, [&] {
      bench_table(
          h, "Changes of the ISMS", {"Change", "State", "Cause", "Plan approved", "Implemented", "Touches", ""}, [&] {
            for (const Record& record : *records) {
              auto change = decode<IsmsChange>(record);
              h.el("tr", [&] {
                h.el("th", {at("scope", "row"), cls("fw-normal")},
                     [&] { h.el("a", {at("href", record_url(IsmsChange::def(), change.id))}, change.title); });
                bench_cell(h, "State", [&] { state_badge(h, *record.def, record.state(), record.state_label()); });
                bench_cell(h, "Cause", label_of(change.trigger));
                bench_cell(h, "Plan approved", change.planned_on ? change.planned_on->iso() : "");
                bench_cell(h, "Implemented", change.implemented_on ? change.implemented_on->iso() : "");
                bench_cell(
                    h, "Touches",
                    fmt::format("{} scope items, {} risks, {} lines of the SoA", change.touched_scope_items.size(),
                                change.touched_risks.size(), change.touched_soa_entries.size()));
                bench_cell(h, "", [&] {
                  h.el("a",
                       {at("href", fmt::format("/governance/changes/{}", encode_url(change.id))),
                        at("aria-label", fmt::format("Impact of {}", shorten(change.title, 80)))},
                       "Impact");
                });
              });
            }
          });
    });
  });
}

void write_touched(HtmlWriter& h, std::string_view name, std::string_view title, std::string_view nothing,
                   const EntityDef& def, const std::vector<TouchedRecord>& records, bool editable) {
  section(h, name, title, {}, [&] {
    if (records.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, nothing);
    h.el("div", {cls("card-body bench-picks")}, [&] {
      for (const TouchedRecord& record : records) {
        if (!editable && !record.chosen) continue;
        h.el("label", {cls("form-check bench-pick")}, [&] {
          h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", name), at("value", record.id),
                           flag("checked", record.chosen), flag("disabled", !editable)});
          h.el("span", {cls("form-check-label")}, [&] {
            h.text(record.title);
            h.el("small", {cls("d-block text-secondary")}, [&] {
              h.el("a", {at("href", record_url(def, record.id))}, record.id);
              if (!record.why.empty()) h.text(fmt::format(", {}", record.why));
            });
          });
        });
      }
    });
  });
}

Response impact_view(Visit& visit, const Error* error) {
  auto impact = change_impact(visit.tenant.registers, visit.principal, visit.request.param("id"));
  if (!impact) return error_page(visit, impact.error());
  std::string url = fmt::format("/governance/changes/{}", encode_url(impact->record.id));
  Frame frame = governance_frame(impact->change.title, "Clause 6.3: what the change touches",
                                 {{"Governance", "/governance"}, {"Changes", "/governance/changes"}});
  HtmlWriter badge(128), actions(256);
  state_badge(badge, *impact->record.def, impact->record.state(), impact->record.state_label());
  frame.beside = badge.take();
  actions.el("a", {cls("btn"), at("href", record_url(IsmsChange::def(), impact->record.id))}, "Open the change");
  frame.actions = actions.take();
  frame.status = error ? status_of(error->kind) : 200;
  bool editable = visit.may(Action::change, IsmsChange::def(), &impact->record);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el("p", {cls("text-secondary")},
         "Choose what the change touches and save: the risks that stand on it and the lines of the Statement of "
         "Applicability that treat them are offered then.");
    h.el("form", {at("method", "post"), at("action", url)}, [&] {
      hidden_csrf(h, visit);
      h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", impact->record.version)});
      write_touched(h, "scope_item", "Scope items", "No version of the scope has items.", ScopeItem::def(),
                    impact->scope_items, editable);
      write_touched(h, "risk", "Risks", "No risk concerns what is chosen above.", *visit.registry().find("risk"),
                    impact->risks, editable);
      write_touched(h, "soa_entry", "Lines of the Statement of Applicability", "No line treats the risks chosen above.",
                    *visit.registry().find("soa_entry"), impact->soa_entries, editable);
      if (editable) h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save the impact");
    });
  });
}

Response impact_page(Visit& visit) { return impact_view(visit, nullptr); }

Response save_impact(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto ids = [&](std::string_view name) {
    std::vector<Id> out;
    for (std::string_view id : form->values(name)) out.emplace_back(id);
    return out;
  };
  std::string id(visit.request.param("id"));
  auto kept = keep_impact(visit.tenant.registers, visit.principal, id, version_in(*form, IsmsChange::def()),
                          ids("scope_item"), ids("risk"), ids("soa_entry"));
  if (!kept && kept.error().kind == ErrorKind::forbidden) return error_page(visit, kept.error());
  if (!kept) return impact_view(visit, &kept.error());
  return done(visit, fmt::format("/governance/changes/{}", encode_url(id)), "The impact is saved.");
}

}  // namespace

std::vector<PageRoute> governance_pages() {
  return {
      {"GET", "/governance", roles_page},
      {"GET", "/governance/communication", communication_page},
      {"POST", "/governance/communication/{id}", save_communication},
      {"GET", "/governance/changes", changes_page},
      {"GET", "/governance/changes/{id}", impact_page},
      {"POST", "/governance/changes/{id}", save_impact},
  };
}

}  // namespace assay
