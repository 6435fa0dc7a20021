// The certification journey: where the organisation stands, what blocks the next step, what this person owes this week.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/live/touched_view.h"

namespace assay {
namespace {

using journey::PhaseStatus;
using journey::Point;
using journey::PointKind;
using journey::State;

struct StateLook {
  std::string_view name, icon_name, badge;
};

StateLook look_of(State state) {
  switch (state) {
    case State::done: return {"done", "circle-check", "bg-green-lt"};
    case State::in_progress: return {"going", "player-play", "bg-azure-lt"};
    case State::blocked: return {"blocked", "ban", "bg-red-lt"};
    case State::not_begun: return {"waiting", "circle-dashed", "bg-secondary-lt"};
  }
  return {"waiting", "circle-dashed", "bg-secondary-lt"};
}

std::string_view label_of(CertificationProjectPhase phase) {
  return choices_of<CertificationProjectPhase>[static_cast<std::size_t>(phase)].label;
}

// ---- Verdict -------------------------------------------------------------------------------------------------------

void write_counts(HtmlWriter& h, const Verdict& verdict) {
  h.el("div", {cls("class-counts")}, [&] {
    for (FindingClass finding_class : classes_by_weight) {
      std::size_t count = verdict.count(finding_class);
      h.el("a", {cls("class-count"), at("href", findings_url({{"class", std::string(name_of(finding_class))}}))}, [&] {
        h.el("span", {cls("class-number numeric")}, count);
        h.el("span", {cls("class-word")}, [&] { class_badge(h, finding_class); });
      });
    }
  });
}

void write_verdict(HtmlWriter& h, const Standing& standing) {
  bool ready = journey::is_ready(standing.journey, standing.summary);
  std::string stage = standing.journey.next_stage();
  h.el("section", {cls("card mb-3 verdict"), cls(ready ? "is-ready" : "is-open"), at("aria-labelledby", "verdict")},
       [&] {
         h.el("div", {cls("card-body verdict-body")}, [&] {
           h.el("div", {cls("verdict-icon")}, [&] { h.add(icon(ready ? "shield-check" : "shield-exclamation")); });
           h.el("div", {cls("flex-fill")}, [&] {
             h.el("h2", {cls("verdict-sentence"), at("id", "verdict")},
                  journey::verdict_sentence(standing.journey, standing.summary));
             if (standing.summary.known) {
               h.el("p", {cls("mb-0")}, [&] {
                 h.el("a", {at("href", findings_url({{"stage", stage}, {"class", "major"}}))},
                      fmt::format("The majors of the {} rehearsal", stage_label(stage)));
                 h.text(" · ");
                 h.el("a", {at("href", findings_url({{"stage", stage}}))}, "all its findings");
                 if (standing.verdict) {
                   h.text(" · ");
                   h.el("a", {at("href", "/rules")},
                        fmt::format("{} rules evaluated, {} not", standing.verdict->rules_evaluated,
                                    standing.verdict->not_evaluated.size()));
                 }
               });
             }
           });
           if (standing.verdict) write_counts(h, *standing.verdict);
         });
       });
}

// ---- Phases --------------------------------------------------------------------------------------------------------

void write_step(HtmlWriter& h, const Standing& standing, std::size_t index) {
  const PhaseStatus& phase = standing.journey.phases[index];
  StateLook look = look_of(phase.state);
  bool current = index == standing.journey.current;
  bool settled = phase.state == State::done || phase.state == State::blocked;
  h.el("li", {cls("journey-step"), cls(look.name), cls_if(current, "current"), at_if(current, "aria-current", "step")},
       [&] {
         h.el("a", {at("href", fmt::format("#phase-{}", index + 1))}, [&] {
           h.el("span", {cls("journey-mark")}, [&] {
             if (settled) h.add(icon(phase.state == State::done ? "check" : look.icon_name));
             else h.number(index + 1);
           });
           h.el("span", {cls("journey-name")}, label_of(phase.phase));
           h.el("span", {cls("journey-state")}, journey::label_of(phase.state));
         });
       });
}

void write_point(HtmlWriter& h, const Visit& visit, const Point& point) {
  bool proof = point.kind == PointKind::proof;
  bool obstacle = point.kind == PointKind::obstacle, note = point.kind == PointKind::note;
  std::string_view sign = proof ? "check" : obstacle ? "ban" : note ? "info-circle" : "circle-dashed";
  std::string_view word = proof ? "Shown: " : obstacle ? "Stands in the way: " : note ? "Note: " : "Missing: ";
  std::string url = target_url(point.target);
  bool opens = !url.empty() && (!point.target.def || visit.may(Action::see, *point.target.def));
  h.el("li",
       {cls(proof      ? "point-proof"
            : obstacle ? "point-obstacle"
                       : "point-missing")},
       [&] {
         h.add(icon(sign, "icon-sm"));
         h.el("span", [&] {
           h.el("span", {cls("visually-hidden")}, word);
           if (opens) h.el("a", {at("href", url)}, point.text);
           else h.text(point.text);
         });
       });
}

std::string point_counts(const PhaseStatus& phase) {
  std::size_t proofs = phase.count(PointKind::proof);
  return fmt::format("{} of {} shown", proofs, phase.points.size() - phase.count(PointKind::note));
}

void write_phase(HtmlWriter& h, const Visit& visit, const Standing& standing, std::size_t index) {
  const PhaseStatus& phase = standing.journey.phases[index];
  StateLook look = look_of(phase.state);
  bool open = index == standing.journey.current || phase.state == State::blocked;
  h.el("details", {cls("phase-details"), flag("open", open)}, [&] {
    h.el("summary", [&] {
      h.el("h3", {cls("phase-title")}, fmt::format("{}. {}", index + 1, label_of(phase.phase)));
      h.el("span", {cls("text-secondary numeric phase-count")}, point_counts(phase));
      h.el("span", {cls("badge"), cls(look.badge)}, [&] {
        h.add(icon(look.icon_name, "icon-sm me-1"));
        h.text(journey::label_of(phase.state));
      });
    });
    // The name stands inside, so that a link to it opens the phase.
    h.el("ul", {cls("points"), at("id", fmt::format("phase-{}", index + 1))}, [&] {
      for (const Point& point : phase.points) write_point(h, visit, point);
    });
  });
}

void write_recorded(HtmlWriter& h, const Standing& standing, const Visit& visit) {
  if (!standing.journey.recorded_differs()) return;
  const EntityDef& def = CertificationProject::def();
  h.el("div", {cls("alert alert-warning mb-3")}, [&] {
    h.el("div", [&] {
      h.text("The ");
      if (visit.may(Action::see, def))
        h.el("a", {at("href", record_url(def, standing.journey.project))}, "certification project");
      else h.text("certification project");
      h.text(fmt::format(" stands at “{}”. The records show “{}”.", label_of(*standing.journey.recorded),
                         label_of(standing.journey.phases[standing.journey.current].phase)));
    });
  });
}

void write_journey(HtmlWriter& h, const Standing& standing) {
  h.el("section", {cls("card mb-3 journey-card"), at("aria-labelledby", "journey")}, [&] {
    h.el("div", {cls("card-header border-0")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "journey")}, "Twelve phases to the certificate");
      auto done = std::ranges::count(standing.journey.phases, State::done, &PhaseStatus::state);
      h.el("span", {cls("text-secondary ms-auto numeric")},
           fmt::format("{} of 12 done, worked out from the records", done));
    });
    h.el("ol", {cls("journey-steps")}, [&] {
      for (std::size_t i = 0; i < standing.journey.phases.size(); ++i) write_step(h, standing, i);
    });
  });
}

void write_phases(HtmlWriter& h, const Visit& visit, const Standing& standing) {
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "phases")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "phases")}, "What shows it, and what is missing");
    });
    h.el("div", [&] {
      for (std::size_t i = 0; i < standing.journey.phases.size(); ++i) write_phase(h, visit, standing, i);
    });
  });
}

// ---- Findings by clause --------------------------------------------------------------------------------------------

using ClassCounts = std::array<std::size_t, 4>;

// As auditors write them at the head of a narrow column.
std::string_view short_label(FindingClass finding_class) {
  switch (finding_class) {
    case FindingClass::major: return "Major";
    case FindingClass::minor: return "Minor";
    case FindingClass::observation: return "Obs.";
    case FindingClass::ofi: return "OFI";
  }
  return {};
}

void write_cell(HtmlWriter& h, std::string_view group, FindingClass finding_class, std::size_t count) {
  std::string_view heat = count == 0 ? "heat-0" : count < 3 ? "heat-1" : count < 10 ? "heat-2" : "heat-3";
  h.el("td", {cls("text-end heat"), cls(name_of(finding_class)), cls(heat)}, [&] {
    if (count == 0) return h.el("span", "0");
    Fields parameters{{"clause", std::string(group)}, {"class", std::string(name_of(finding_class))}};
    h.el("a",
         {at("href", findings_url(parameters)),
          at("aria-label",
             fmt::format("{} {} in {}", count, lower(class_label(finding_class)), clause_group_label(group)))},
         count);
  });
}

void write_matrix(HtmlWriter& h, const Verdict& verdict) {
  std::map<std::string, ClassCounts, std::less<>> counts;
  for (const RuleFinding& finding : verdict.findings)
    ++counts[clause_group(finding.ref)][static_cast<std::size_t>(finding.finding_class)];
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "matrix")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "matrix")}, "Findings by clause");
    });
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-sm card-table matrix")}, [&] {
        h.el("caption", {cls("visually-hidden")},
             "Findings of all stages by clause and class; each number opens them.");
        h.el("thead", [&] {
          h.el("tr", [&] {
            h.el("th", {at("scope", "col")}, "Clause");
            for (FindingClass finding_class : classes_by_weight) {
              h.el("th", {at("scope", "col"), cls("text-end")},
                   [&] { h.el("abbr", {at("title", class_label(finding_class))}, short_label(finding_class)); });
            }
          });
        });
        h.el("tbody", [&] {
          for (std::string_view group : clause_groups) {
            auto found = counts.find(group);
            ClassCounts row = found == counts.end() ? ClassCounts{} : found->second;
            h.el("tr", [&] {
              h.el("th", {at("scope", "row")}, [&] {
                h.el("a", {cls("quiet"), at("href", findings_url({{"clause", std::string(group)}}))},
                     clause_group_label(group));
              });
              for (FindingClass finding_class : classes_by_weight)
                write_cell(h, group, finding_class, row[static_cast<std::size_t>(finding_class)]);
            });
          }
        });
      });
    });
  });
}

// ---- This week -----------------------------------------------------------------------------------------------------

// Evidence that nobody has looked at yet, for those whose work that is.
void write_waiting_evidence(HtmlWriter& h, Visit& visit) {
  const EntityDef* def = visit.registry().find("evidence");
  if (!def || !visit.may(Action::change, *def) || row_filter(visit.principal, *def)) return;
  ListQuery query;
  query.def = def;
  query.filters.push_back({def->find("review_status"), Comparison::is, {"pending"}});
  query.limit = 1;
  query.columns = {&def->title_field()};
  auto waiting = visit.tenant.registers.list(visit.principal, query);
  if (!waiting || waiting->total == 0) return;
  std::string count = waiting->more_than_total ? std::string("More than 1,000") : grouped(waiting->total);
  h.el("div", {cls("card-footer")}, [&] {
    h.el("a", {at("href", list_url(*def) + "?review_status=pending")},
         fmt::format("{} {} of evidence to review", count, waiting->total == 1 ? "piece" : "pieces"));
  });
}

void write_week(HtmlWriter& h, Visit& visit) {
  Date today = visit.tenant.workspace->clock().today();
  std::vector<OwnDuty> duties = own_duties(visit, false);
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "week")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "week")}, "My duties this week");
      auto late = std::ranges::count_if(duties, [&](const OwnDuty& duty) { return duty.due < today; });
      if (late > 0) h.el("span", {cls("badge bg-red-lt ms-auto")}, fmt::format("{} overdue", late));
    });
    std::string_view nothing =
        visit.principal.person.empty()
            ? "Your account is not linked to a person in the register of people, so nothing can be shown as yours."
            : "Nothing of yours is overdue or falls due within seven days.";
    if (duties.empty()) h.el("div", {cls("card-body text-secondary")}, nothing);
    else write_duties(h, duties, today);
    write_waiting_evidence(h, visit);
  });
}

void write_audits(HtmlWriter& h, const Visit& visit, const Standing& standing) {
  const EntityDef* def = visit.registry().find("audit");
  if (!def || !visit.may(Action::see, *def)) return;
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "audits")}, [&] {
    h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title"), at("id", "audits")}, "Next audits"); });
    if (standing.journey.audits.empty()) {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", {cls("text-secondary")}, "No audit is planned.");
        if (visit.may(Action::create, *def)) h.el("a", {cls("btn"), at("href", new_url(*def))}, "Plan an audit");
      });
      return;
    }
    constexpr std::size_t shown = 6;
    h.el("ul", {cls("list-group list-group-flush duty-list")}, [&] {
      for (std::size_t i = 0; i < standing.journey.audits.size() && i < shown; ++i) {
        const journey::ComingAudit& audit = standing.journey.audits[i];
        std::int64_t days = days_between(standing.journey.today, audit.planned_start);
        h.el("li", {cls("list-group-item")}, [&] {
          h.el("a", {cls("duty-link"), at("href", record_url(*def, audit.id))},
               fmt::format("{} {}", audit.label, audit.id));
          h.el("span", {cls("text-secondary numeric")},
               days < 0 ? fmt::format("{} (was due)", audit.planned_start.iso())
                        : fmt::format("{} (in {} days)", audit.planned_start.iso(), days));
        });
      }
    });
  });
}

Response simple_home(Visit& visit) {
  Frame frame{.title = "What is yours to do", .active = "home"};
  return page(visit, frame, [&](HtmlWriter& h) { write_employee_home(h, visit); });
}

}  // namespace

Response home_page(Visit& visit) {
  if (!sees_conformity(visit)) return simple_home(visit);
  auto standing = standing_of(visit);
  if (!standing) return error_page(visit, standing.error());
  const Standing& now = **standing;
  Frame frame{.title = "Certification journey", .active = "home", .live = "verdict"};
  frame.kicker = "ISO/IEC 27001:2022 · " + now.journey.today.iso();
  return page(visit, frame, [&](HtmlWriter& h) {
    write_first_steps(h, visit);
    write_verdict(h, now);
    write_recorded(h, now, visit);
    write_journey(h, now);
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-xl-8")}, [&] { write_phases(h, visit, now); });
      h.el("div", {cls("col-xl-4")}, [&] {
        write_week(h, visit);
        write_touched_card(h, visit);
        write_audits(h, visit, now);
        if (now.verdict) write_matrix(h, *now.verdict);
      });
    });
  });
}

}  // namespace assay
