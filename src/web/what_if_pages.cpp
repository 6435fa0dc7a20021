// What if: changes that somebody considers, and which findings they would close and open. Nothing is stored until the
// changes are made.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

// The changes as they can still be made; one whose register or field is gone is told and left out.
struct Considered {
  std::vector<ProposedChange> changes;
  std::vector<std::size_t> positions;  // of each among the session's proposals
  std::vector<std::string> gone;
};

Considered considered_by(Visit& visit) {
  Considered out;
  std::vector<Proposal> proposals = visit.site.proposals->of(visit.session.csrf);
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    auto change = change_of(proposals[i], visit.registry(), visit.custom_fields());
    if (!change) {
      out.gone.push_back(change.error().message);
      continue;
    }
    out.changes.push_back(*std::move(change));
    out.positions.push_back(i);
  }
  return out;
}

const Step* step_of(const ProposedChange& change) {
  if (!change.def->lifecycle) return nullptr;
  auto found = std::ranges::find(change.def->lifecycle->steps, change.step, &Step::name);
  return found == change.def->lifecycle->steps.end() ? nullptr : &*found;
}

std::string change_words(const ProposedChange& change) {
  if (change.id.empty()) return fmt::format("New {}", in_sentence(change.def->text.label));
  std::string record = fmt::format("{} {}", change.def->text.label, change.id);
  if (change.step.empty()) return record;
  const Step* step = step_of(change);
  return fmt::format("{}: {}", record, step ? step->label : std::string_view(change.step));
}

void write_values(HtmlWriter& h, const Visit& visit, const ProposedChange& change, const TitleBook& titles) {
  auto before = change.id.empty() ? Result<Record>(fail(ErrorKind::not_found, ""))
                                  : visit.tenant.registers.read(visit.principal, *change.def, change.id);
  h.el("ul", {cls("list-unstyled mb-0 text-secondary")}, [&] {
    for (const auto& [field, value] : change.values) {
      h.el("li", [&] {
        h.text(fmt::format("{}: ", field->text.label));
        if (before && change.step.empty()) {
          const Value old = before->value(*field);
          h.text(fmt::format("{} → ", is_empty(old) ? std::string("not set") : shorten(titles.words(*field, old), 80)));
        }
        h.text(is_empty(value) ? std::string("not set") : shorten(titles.words(*field, value), 200));
      });
    }
  });
}

void want_titles(TitleBook& titles, const Visit& visit, const std::vector<ProposedChange>& changes) {
  for (const ProposedChange& change : changes) {
    for (const auto& [field, value] : change.values) titles.want(*field, value);
    if (change.id.empty()) continue;
    auto before = visit.tenant.registers.read(visit.principal, *change.def, change.id);
    if (!before) continue;
    for (const auto& [field, value] : change.values) titles.want(*field, before->value(*field));
  }
  titles.read();
}

void write_changes(HtmlWriter& h, const Visit& visit, const Considered& considered) {
  TitleBook titles(visit);
  want_titles(titles, visit, considered.changes);
  section(
      h, "changes",
      considered.changes.size() == 1 ? std::string("The change")
                                     : fmt::format("The {} changes, in this order", considered.changes.size()),
      {}, [&] {
        h.el("ol", {cls("list-group list-group-flush list-unstyled mb-0")}, [&] {
          for (std::size_t i = 0; i < considered.changes.size(); ++i) {
            const ProposedChange& change = considered.changes[i];
            h.el("li", {cls("list-group-item d-flex gap-3 align-items-start")}, [&] {
              h.el("div", {cls("flex-fill")}, [&] {
                if (change.id.empty()) h.el("span", {cls("finding-subject")}, change_words(change));
                else
                  h.el("a", {cls("finding-subject"), at("href", record_url(*change.def, change.id))},
                       change_words(change));
                write_values(h, visit, change, titles);
              });
              h.el("form", {at("method", "post"), at("action", "/what-if/remove")}, [&] {
                hidden_csrf(h, visit);
                h.leaf("input", {at("type", "hidden"), at("name", "position"), at("value", considered.positions[i])});
                h.el("button",
                     {cls("btn btn-sm"), at("type", "submit"), at("aria-label", "Leave out: " + change_words(change))},
                     "Leave out");
              });
            });
          }
        });
      });
}

void write_turned(HtmlWriter& h, const Visit& visit, std::string_view id, const std::string& title,
                  std::string_view nothing, const std::vector<const RuleFinding*>& findings) {
  constexpr std::size_t most = 100;
  section(h, id, title, {}, [&] {
    if (findings.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, nothing);
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (std::size_t i = 0; i < findings.size() && i < most; ++i)
        finding_item(h, visit, *findings[i], {.advise = id == "opened", .explain = id == "closed"});
    });
    if (findings.size() > most)
      h.el("p", {cls("card-footer mb-0 text-secondary")}, fmt::format("Only the first {} are listed.", most));
  });
}

void write_counts(HtmlWriter& h, const Verdict& now, const Verdict& then) {
  h.el("table", {cls("table table-sm w-auto mb-3")}, [&] {
    h.el("caption", {cls("visually-hidden")}, "Open findings, now and with the changes");
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"", "Now", "Then"}) h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (FindingClass finding_class : classes_by_weight) {
        h.el("tr", [&] {
          h.el("th", {at("scope", "row"), cls("pe-4")}, class_label(finding_class));
          for (const Verdict* verdict : {&now, &then})
            h.el("td", {cls("numeric pe-4")}, static_cast<std::int64_t>(verdict->count(finding_class)));
        });
      }
    });
  });
}

void write_outcome(HtmlWriter& h, const Visit& visit, const ProposedVerdict& outcome) {
  std::size_t closes = outcome.closed.size(), opens = outcome.opened.size();
  h.el("p", {cls("lead"), at("role", "status")},
       closes + opens + outcome.hidden == 0
           ? std::string("No finding would turn.")
           : fmt::format("{} {} would close, {} would open.", closes, closes == 1 ? "finding" : "findings", opens));
  if (outcome.hidden > 0)
    h.el("p", {cls("text-secondary")},
         fmt::format("{} more turn about records that are not shown to you.", outcome.hidden));
  write_counts(h, *outcome.verdicts.now, *outcome.verdicts.then);
  write_turned(h, visit, "closed", "Would close", "None.", outcome.closed);
  write_turned(h, visit, "opened", "Would open", "None.", outcome.opened);
}

void write_question(HtmlWriter& h, Date day, const std::string& stage) {
  h.el("form", {cls("filter-form mb-3 no-print"), at("method", "get"), at("action", "/what-if")}, [&] {
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "On the day");
      h.leaf("input", {at("type", "date"), cls("form-control"), at("name", "as_of"), at("value", day.iso())});
    });
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "As in");
      h.el("select", {cls("form-select"), at("name", "stage")}, [&] {
        h.el("option", {at("value", "")}, "All stages");
        for (std::string_view name : all_stages)
          h.el("option", {at("value", name), flag("selected", name == stage)}, stage_label(name));
      });
    });
    h.el("button", {cls("btn"), at("type", "submit")}, "Ask again");
  });
}

void write_decision(HtmlWriter& h, const Visit& visit, bool can_be_made) {
  auto post = [&](std::string_view action, std::string_view label, std::string_view look) {
    h.el("form", {at("method", "post"), at("action", action)}, [&] {
      hidden_csrf(h, visit);
      h.el("button", {cls(look), at("type", "submit")}, label);
    });
  };
  h.el("div", {cls("btn-list mb-3 no-print")}, [&] {
    if (can_be_made) post("/what-if/make", "Make these changes", "btn btn-primary");
    post("/what-if/clear", "Drop them all", "btn");
  });
}

// Places "changes[0].owner" as people read them.
Error in_words(Error error, const std::vector<ProposedChange>& changes) {
  auto worded = [&](std::string text) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      std::string name = change_words(changes[i]);
      text = replace_all(text, fmt::format("changes[{}].", i), name + ", ");
      text = replace_all(text, fmt::format("changes[{}]", i), name);
    }
    return text;
  };
  error.message = worded(std::move(error.message));
  for (Problem& problem : error.problems) problem.place = worded(std::move(problem.place));
  return error;
}

Response what_if_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  Date day = visit.tenant.workspace->clock().today();
  if (std::string_view text = visit.request.query_value("as_of"); !text.empty()) {
    auto parsed = Date::parse(text);
    if (!parsed)
      return error_page(visit, {ErrorKind::invalid,
                                "This day cannot be read.",
                                {{"as_of", "must be a date YYYY-MM-DD", shorten(text, 40)}},
                                {},
                                {}});
    day = *parsed;
  }
  std::string stage(visit.request.query_value("stage"));
  if (!stage.empty() && !is_stage(stage))
    return error_page(visit, {ErrorKind::invalid, "There is no such stage.", {unknown_stage("stage", stage)}, {}, {}});
  Considered considered = considered_by(visit);
  auto outcome = considered.changes.empty()
                     ? Result<ProposedVerdict>(ProposedVerdict())
                     : visit.tenant.conformity.what_if(visit.principal, considered.changes, day, stage);
  Frame frame{.title = "What if",
              .active = "readiness",
              .crumbs = {{"Readiness", "/readiness"}},
              .kicker = "Nothing is stored until the changes are made"};
  return page(visit, frame, [&](HtmlWriter& h) {
    for (const std::string& message : considered.gone)
      h.el("div", {cls("alert alert-warning"), at("role", "alert")}, message);
    if (considered.changes.empty()) {
      HtmlWriter actions(256);
      actions.el("a", {cls("btn"), at("href", "/findings")}, "Findings");
      return empty_state(h, "help-circle", "No change is considered",
                         "Edit a record, begin a new one or open one of its steps, and press \"What if\" instead of "
                         "saving. Several changes can be tried together.",
                         actions.take());
    }
    write_question(h, day, stage);
    if (!outcome) problem_list(h, in_words(outcome.error(), considered.changes));
    write_changes(h, visit, considered);
    write_decision(h, visit, outcome.has_value());
    if (outcome) write_outcome(h, visit, *outcome);
  });
}

Response remove_change(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string_view text = form->value("position");
  std::size_t position = Proposals::most_of_a_session;
  std::from_chars(text.data(), text.data() + text.size(), position);
  visit.site.proposals->remove(visit.session.csrf, position);
  return Response::redirect("/what-if");
}

Response clear_changes(Visit& visit) {
  visit.site.proposals->clear(visit.session.csrf);
  return done(visit, "/what-if", "Dropped; nothing was changed.");
}

Response make_changes(Visit& visit) {
  Considered considered = considered_by(visit);
  if (considered.changes.empty()) return Response::redirect("/what-if");
  auto made = visit.tenant.registers.make(visit.principal, considered.changes);
  if (!made) return error_page(visit, in_words(made.error(), considered.changes));
  visit.site.proposals->clear(visit.session.csrf);
  return done(visit, "/readiness",
              considered.changes.size() == 1 ? std::string("The change is made.")
                                             : fmt::format("{} changes are made.", considered.changes.size()));
}

}  // namespace

Result<Response> consider(Visit& visit, const ProposedChange& change) {
  // Alone at first, so that what is wrong with it is shown where it was typed.
  auto tried = visit.tenant.conformity.what_if(visit.principal, {change}, visit.tenant.workspace->clock().today());
  if (!tried) {
    Error error = std::move(tried).error();
    for (Problem& problem : error.problems)
      problem.place = problem.place.substr(std::min(problem.place.size(), std::string_view("changes[0].").size()));
    std::string_view prefix = "changes[0]: ";
    if (error.message.starts_with(prefix)) error.message.erase(0, prefix.size());
    return Failure(std::move(error));
  }
  CHECK(visit.site.proposals->add(visit.session.csrf, proposal_of(change)));
  return Response::redirect("/what-if");
}

void consider_button(HtmlWriter& h, const Visit& visit, std::string_view action) {
  if (!sees_conformity(visit)) return;
  // After the button that saves: the Enter key takes the first one.
  h.el("button",
       {cls("btn consider"), at("type", "submit"), at("formaction", action),
        at("title", "Shows which findings this would close and open, without saving")},
       "What if");
}

std::vector<PageRoute> what_if_pages() {
  return {
      {"GET", "/what-if", what_if_page},
      {"POST", "/what-if/remove", remove_change},
      {"POST", "/what-if/clear", clear_changes},
      {"POST", "/what-if/make", make_changes},
  };
}

}  // namespace assay
