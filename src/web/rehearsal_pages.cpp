// Rehearsals: the list with the trend of each stage, holding one, and its report.
#include "web/rehearsal_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/rehearsal_view.h"

namespace assay {
namespace {

std::string_view outcome_label(Outcome outcome) {
  switch (outcome) {
    case Outcome::recommended: return "Nothing in the way";
    case Outcome::examine_rest: return "Rest to be examined";
    case Outcome::after_corrections: return "After corrections";
    case Outcome::not_ready: return "Not ready";
    case Outcome::no_conclusion: return "No conclusion";
  }
  return {};
}

void outcome_badge(HtmlWriter& h, Outcome outcome) {
  std::string_view colour = outcome == Outcome::recommended     ? "bg-green-lt"
                            : outcome == Outcome::not_ready     ? "bg-red-lt"
                            : outcome == Outcome::no_conclusion ? "bg-secondary-lt"
                                                                : "bg-yellow-lt";
  h.el("span", {cls("badge"), cls(colour)}, outcome_label(outcome));
}

// ---- The list ------------------------------------------------------------------------------------------------------

struct Draft {
  std::string stage, as_of;
  const Error* error = nullptr;
};

void write_form(HtmlWriter& h, const Visit& visit, const Draft& draft) {
  Date today = visit.tenant.workspace->clock().today();
  h.el("form", {cls("filter-form no-print"), at("method", "post"), at("action", "/rehearsals")}, [&] {
    hidden_csrf(h, visit);
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Stage");
      h.el("select", {cls("form-select"), at("name", "stage")}, [&] {
        for (std::string_view stage : all_stages)
          h.el("option", {at("value", stage), flag("selected", stage == draft.stage)}, stage_label(stage));
      });
    });
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "For the day");
      h.leaf("input", {at("type", "date"), cls("form-control"), at("name", "as_of"), at("value", draft.as_of),
                       at("min", today.iso()), at("max", today.plus_days(most_days_ahead).iso()), flag("required")});
    });
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
      h.add(icon("player-play"));
      h.text("Rehearse");
    });
  });
}

struct Line {
  std::string_view name, label;
  std::size_t RehearsalCounts::*count;
};
constexpr Line lines[] = {{"major", "Majors", &RehearsalCounts::majors},
                          {"minor", "Minors", &RehearsalCounts::minors},
                          {"observation", "Observations", &RehearsalCounts::observations}};
constexpr std::size_t most_in_trend = 12;

// Rehearsals of one stage from left to right, oldest first.
void write_chart(HtmlWriter& h, const std::vector<const RehearsalSummary*>& held) {
  std::size_t highest = 1;
  for (const RehearsalSummary* item : held) {
    for (const Line& line : lines) highest = std::max(highest, item->counts.*line.count);
  }
  auto x_of = [&](std::size_t i) { return 14 + 372.0 * static_cast<double>(i) / static_cast<double>(held.size() - 1); };
  auto y_of = [&](std::size_t count) { return 76 - 66.0 * static_cast<double>(count) / static_cast<double>(highest); };
  h.el("svg",
       {cls("trend"), at("viewBox", "0 0 400 100"), at("role", "img"),
        at("aria-label", "Findings by rehearsal; the numbers stand in the list below")},
       [&] {
         h.el("line", {cls("trend-axis"), at("x1", 14), at("x2", 386), at("y1", 76), at("y2", 76)}, [] {});
         for (const Line& line : lines) {
           std::string points;
           for (std::size_t i = 0; i < held.size(); ++i)
             points += fmt::format("{:.1f},{:.1f} ", x_of(i), y_of(held[i]->counts.*line.count));
           h.el("polyline", {cls("trend-line"), cls(line.name), at("points", points)}, [] {});
         }
         h.el("text", {cls("trend-label"), at("x", 14), at("y", 94)}, fmt::format("No. {}", held.front()->number));
         h.el("text", {cls("trend-label"), at("x", 386), at("y", 94), at("text-anchor", "end")},
              fmt::format("No. {}", held.back()->number));
       });
}

void write_stage(HtmlWriter& h, std::string_view stage, const std::vector<RehearsalSummary>& list) {
  std::vector<const RehearsalSummary*> held;  // newest first
  for (const RehearsalSummary& item : list) {
    if (item.stage == stage && held.size() < most_in_trend) held.push_back(&item);
  }
  if (held.empty()) return;
  const RehearsalSummary& last = *held.front();
  h.el("section", {cls("card rehearsal-stage"), at("aria-label", stage_label(stage))}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title mb-0")}, [&] {
        h.el("a", {cls("quiet"), at("href", rehearsal_url(last.number))}, stage_label(stage));
      });
      outcome_badge(h, last.outcome);
    });
    h.el("div", {cls("card-body")}, [&] {
      std::ranges::reverse(held);
      if (held.size() > 1) write_chart(h, held);
      h.el("p", {cls("mb-0 rehearsal-keys")}, [&] {
        for (const Line& line : lines)
          h.el("span", {cls("trend-key"), cls(line.name)}, fmt::format("{} {}", line.label, last.counts.*line.count));
      });
    });
  });
}

void write_table(HtmlWriter& h, const std::vector<RehearsalSummary>& list) {
  h.el("div", {cls("card table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack rehearsal-list")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view label : {"Rehearsal", "For the day", "Held", "By", "Conclusion"})
            h.el("th", {at("scope", "col")}, label);
          for (std::string_view label : {"Majors", "Minors", "Observations", "Not evaluated"})
            h.el("th", {at("scope", "col"), cls("text-end")}, label);
        });
      });
      h.el("tbody", [&] {
        for (const RehearsalSummary& item : list) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")}, [&] {
              h.el("a", {cls("row-title"), at("href", rehearsal_url(item.number))},
                   fmt::format("{} · {}", item.number, stage_label(item.stage)));
            });
            h.el("td", {at("data-label", "For the day"), cls("numeric text-nowrap")}, item.as_of);
            h.el("td", {at("data-label", "Held"), cls("numeric text-nowrap")}, item.made_at.substr(0, 10));
            h.el("td", {at("data-label", "By")}, item.author);
            h.el("td", {at("data-label", "Conclusion")}, [&] { outcome_badge(h, item.outcome); });
            h.el("td", {at("data-label", "Majors"), cls("text-end")}, item.counts.majors);
            h.el("td", {at("data-label", "Minors"), cls("text-end")}, item.counts.minors);
            h.el("td", {at("data-label", "Observations"), cls("text-end")}, item.counts.observations);
            h.el("td", {at("data-label", "Not evaluated"), cls("text-end")}, item.counts.not_evaluated);
          });
        }
      });
    });
  });
}

Response list_page(Visit& visit, const Draft& draft) {
  auto list = visit.tenant.rehearsals.list(visit.principal);
  if (!list) return error_page(visit, list.error());
  Frame frame{.title = "Rehearsals", .active = "rehearsals", .kicker = "What an auditor would write"};
  if (draft.error) frame.status = status_of(draft.error->kind);
  bool may_hold = may_rehearse(visit.principal).allowed;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (draft.error) problem_list(h, *draft.error);
    if (may_hold) write_form(h, visit, draft);
    if (list->empty()) {
      return empty_state(h, "clipboard-check", "No rehearsal has been held yet",
                         "A rehearsal holds the rules of a stage against your records for a day, and keeps what an "
                         "auditor would report: findings, strengths, what could not be judged, and a conclusion.",
                         {});
    }
    h.el("div", {cls("rehearsal-stages mb-3")}, [&] {
      for (std::string_view stage : all_stages) write_stage(h, stage, *list);
    });
    write_table(h, *list);
  });
}

Response show_list(Visit& visit) {
  std::string stage(visit.request.query_value("stage"));
  auto standing =
      stage.empty() && sees_conformity(visit) ? standing_of(visit) : Result<std::shared_ptr<const Standing>>(nullptr);
  if (stage.empty() && standing && *standing) stage = (*standing)->journey.next_stage();
  return list_page(visit, {stage, visit.tenant.workspace->clock().today().iso()});
}

Response hold(Visit& visit) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  Draft draft{std::string(sent->value("stage")), std::string(trim(sent->value("as_of")))};
  auto as_of = draft.as_of.empty() ? visit.tenant.workspace->clock().today() : Date::parse(draft.as_of);
  Error bad_day{ErrorKind::invalid,
                "The rehearsal was not held.",
                {{"as_of", "must be a date YYYY-MM-DD", shorten(draft.as_of, 40)}},
                {},
                {}};
  auto number = as_of ? visit.tenant.rehearsals.hold(visit.principal, draft.stage, *as_of)
                      : Result<std::int64_t>(std::unexpected(bad_day));
  if (number) return done(visit, rehearsal_url(*number), fmt::format("Rehearsal {} was held and is kept.", *number));
  if (number.error().kind != ErrorKind::invalid) return error_page(visit, number.error());
  draft.error = &number.error();
  return list_page(visit, draft);
}

// ---- One report ----------------------------------------------------------------------------------------------------

struct ShownRehearsal {
  KeptRehearsal kept;
  std::optional<KeptRehearsal> before;
};

// Compared with the one before, or with the one that ?against= names.
Result<ShownRehearsal> read_shown(Visit& visit) {
  ShownRehearsal shown;
  TRY(shown.kept, read_asked_rehearsal(visit));
  auto against = counting_number(visit.request.query_value("against"));
  if (!against) {
    TRY(shown.before, visit.tenant.rehearsals.before(visit.principal, shown.kept.rehearsal));
    return shown;
  }
  TRY(KeptRehearsal other, visit.tenant.rehearsals.read(visit.principal, *against));
  if (other.rehearsal.stage != shown.kept.rehearsal.stage) {
    return fail(Problems{{"against", "must be a rehearsal of the same stage", std::to_string(*against)}},
                "Rehearsals of different stages ask different questions.");
  }
  shown.before = std::move(other);
  return shown;
}

void write_comparison_choice(HtmlWriter& h, Visit& visit, const ShownRehearsal& shown) {
  auto others = visit.tenant.rehearsals.list(visit.principal, shown.kept.rehearsal.stage, 100);
  if (!others || others->size() < 3) return;  // itself and the one before
  h.el("form",
       {cls("filter-form no-print"), at("method", "get"),
        at("action", rehearsal_url(shown.kept.rehearsal.number) + "#comparison")},
       [&] {
         h.el("label", {cls("filter-field")}, [&] {
           h.el("span", {cls("form-label")}, "Compare with");
           h.el("select", {cls("form-select"), at("name", "against")}, [&] {
             for (const RehearsalSummary& other : *others) {
               if (other.number == shown.kept.rehearsal.number) continue;
               bool chosen = shown.before && shown.before->rehearsal.number == other.number;
               h.el("option", {at("value", other.number), flag("selected", chosen)},
                    fmt::format("{} (for {})", other.number, other.as_of));
             }
           });
         });
         h.el("button", {cls("btn"), at("type", "submit")}, "Compare");
       });
}

Html report_actions(const Rehearsal& rehearsal) {
  HtmlWriter h(1024);
  h.el("a", {cls("btn"), at("href", rehearsal_url(rehearsal.number) + "/pdf")}, [&] {
    h.add(icon("file-type-pdf"));
    h.text("PDF");
  });
  h.el("button", {cls("btn"), at("type", "button"), flag("data-print")}, [&] {
    h.add(icon("printer"));
    h.text("Print");
  });
  return h.take();
}

Response report_page(Visit& visit) {
  auto shown = read_shown(visit);
  if (!shown) return error_page(visit, shown.error());
  const Rehearsal& rehearsal = shown->kept.rehearsal;
  ReportSource source{shown->kept, shown->before ? &*shown->before : nullptr, &visit};
  Frame frame = report_frame(report_title(rehearsal));
  frame.actions = report_actions(rehearsal);
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("card report")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        write_report_title(h, source);
        write_report(h, source);
        write_comparison_choice(h, visit, *shown);
      });
    });
  });
}

}  // namespace

std::string rehearsal_url(std::int64_t number) { return fmt::format("/rehearsals/{}", number); }

Result<KeptRehearsal> read_asked_rehearsal(Visit& visit) {
  auto number = counting_number(visit.request.param("number"));
  if (!number) return fail(ErrorKind::not_found, "There is no such rehearsal.");
  return visit.tenant.rehearsals.read(visit.principal, *number);
}

Frame report_frame(std::string title) {
  Frame frame{.title = std::move(title), .active = "rehearsals", .crumbs = {{"Rehearsals", "/rehearsals"}}};
  frame.kicker = "Rehearsal, not a certification audit";
  return frame;
}

std::string report_title(const Rehearsal& rehearsal) {
  return fmt::format("{} report {}", stage_title(rehearsal.stage), rehearsal.number);
}

std::vector<PageRoute> rehearsal_pages() {
  return {
      kept({"GET", "/rehearsals", show_list}),
      {"POST", "/rehearsals", hold},
      kept({"GET", "/rehearsals/{number}", report_page}),
      {"GET", "/rehearsals/{number}/pdf", pdf_of(rehearsal_pdf)},
  };
}

}  // namespace assay
