// Readiness: the verdict for a stage, what to do first, how it has gone, and how each clause and control stands.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/readiness_blockers.h"

namespace assay {
namespace {

// ---- How it has gone -----------------------------------------------------------------------------------------------

constexpr std::int64_t trend_days = 180;

struct Line {
  std::string_view name, label;
  std::int64_t DayOfVerdict::*count;
};
constexpr Line lines[] = {{"major", "Majors", &DayOfVerdict::majors},
                          {"minor", "Minors", &DayOfVerdict::minors},
                          {"observation", "Observations", &DayOfVerdict::observations}};

// Points of a polyline: days to the right, counts upward.
std::string points_of(const std::vector<DayOfVerdict>& days, std::int64_t DayOfVerdict::*count, std::int64_t highest,
                      Date first, std::int64_t span) {
  std::string points;
  for (const DayOfVerdict& day : days) {
    double x = 40 + 740.0 * static_cast<double>(days_between(first, *Date::parse(day.day))) / static_cast<double>(span);
    double y = 150 - 135.0 * static_cast<double>(day.*count) / static_cast<double>(highest);
    points += fmt::format("{:.1f},{:.1f} ", x, y);
  }
  // A single day is a short dash, so that it is seen.
  if (days.size() == 1) points += fmt::format("48,{}", points.substr(points.find(',') + 1));
  return points;
}

void write_chart(HtmlWriter& h, const std::vector<DayOfVerdict>& days) {
  std::int64_t highest = 1;
  for (const DayOfVerdict& day : days) highest = std::max({highest, day.majors, day.minors, day.observations});
  Date first = *Date::parse(days.front().day);
  std::int64_t span = std::max<std::int64_t>(days_between(first, *Date::parse(days.back().day)), 1);
  h.el("svg",
       {cls("trend"), at("viewBox", "0 0 800 180"), at("role", "img"),
        at("aria-label", "Open findings by day; the numbers stand in the table below")},
       [&] {
         for (int i = 0; i <= 2; ++i) {
           double y = 150 - 67.5 * i;
           h.el("line", {cls("trend-grid"), at("x1", 40), at("x2", 780), at("y1", y), at("y2", y)}, [] {});
           h.el("text", {cls("trend-label"), at("x", 34), at("y", y + 4), at("text-anchor", "end")},
                decimal(static_cast<double>(highest) * i / 2, 1));
         }
         for (const Line& line : lines)
           h.el("polyline",
                {cls("trend-line"), cls(line.name), at("points", points_of(days, line.count, highest, first, span))},
                [] {});
         h.el("text", {cls("trend-label"), at("x", 40), at("y", 172)}, days.front().day);
         h.el("text", {cls("trend-label"), at("x", 780), at("y", 172), at("text-anchor", "end")}, days.back().day);
       });
}

void write_trend(HtmlWriter& h, const std::vector<DayOfVerdict>& days) {
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "trend")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "trend")}, "Open findings by day");
      h.el("span", {cls("ms-auto trend-legend")}, [&] {
        for (const Line& line : lines) h.el("span", {cls("trend-key"), cls(line.name)}, line.label);
      });
    });
    if (days.empty())
      return h.el("p", {cls("card-body text-secondary mb-0")},
                  "The auditor keeps one line a day from now on; there is none yet.");
    h.el("div", {cls("card-body")}, [&] {
      write_chart(h, days);
      h.el("details", {at("id", "trend-table")}, [&] {
        h.el("summary", "The same as a table");
        h.el("table", {cls("table table-sm")}, [&] {
          h.el("thead", [&] {
            h.el("tr", [&] {
              for (std::string_view label : {"Day", "Majors", "Minors", "Observations", "Opportunities"})
                h.el("th", {at("scope", "col")}, label);
            });
          });
          h.el("tbody", [&] {
            for (auto day = days.rbegin(); day != days.rend(); ++day) {
              h.el("tr", [&] {
                h.el("th", {at("scope", "row")}, day->day);
                for (std::int64_t count : {day->majors, day->minors, day->observations, day->opportunities})
                  h.el("td", {cls("numeric")}, count);
              });
            }
          });
        });
      });
    });
  });
}

// ---- Clauses and controls ------------------------------------------------------------------------------------------

enum class Conformance { conforms, observation, minor, major, not_evaluated, excluded, not_asked };

struct CellLook {
  std::string_view name, label, icon_name;
};
CellLook look_of(Conformance standing) {
  switch (standing) {
    case Conformance::conforms: return {"conforms", "No finding", "check"};
    case Conformance::observation: return {"observation", "Observation", "eye"};
    case Conformance::minor: return {"minor", "Minor", "alert-circle"};
    case Conformance::major: return {"major", "Major", "alert-triangle"};
    case Conformance::not_evaluated: return {"unknown", "Not evaluated", "question-mark"};
    case Conformance::excluded: return {"excluded", "Excluded", "ban"};
    case Conformance::not_asked: return {"unasked", "No rule of this stage", "minus"};
  }
  return {};
}

// How the requirements stand, by the refs of rules and findings.
class Matrix {
 public:
  Matrix(const Verdict& verdict, const RuleSet& rules) : verdict_(verdict), rules_(rules) {}

  Conformance of(std::string_view ref) const {
    if (ref.starts_with("A.") && !verdict_.applicable.contains(std::string(ref.substr(2))))
      return Conformance::excluded;
    std::optional<FindingClass> worst;
    for (const RuleFinding& finding : verdict_.findings) {
      if (finding.synthetic || !concerns(finding.ref, ref)) continue;
      worst = std::max(worst.value_or(FindingClass::ofi), finding.finding_class);
    }
    if (worst == FindingClass::major) return Conformance::major;
    if (worst == FindingClass::minor) return Conformance::minor;
    if (worst) return Conformance::observation;
    bool asked = false, unknown = false;
    for (const Rule& rule : rules_.rules) {
      if ((!verdict_.stage.empty() && !rule.has_stage(verdict_.stage)) || !concerns(rule.ref, ref)) continue;
      asked = true;
      unknown = unknown || std::ranges::any_of(verdict_.not_evaluated,
                                               [&](const NotEvaluated& item) { return item.rule == rule.id; });
    }
    return unknown ? Conformance::not_evaluated : asked ? Conformance::conforms : Conformance::not_asked;
  }

 private:
  static bool concerns(std::string_view refs, std::string_view ref) {
    while (!refs.empty()) {
      std::size_t comma = refs.find(',');
      if (lies_under(trim(refs.substr(0, comma)), ref)) return true;
      refs = comma == std::string_view::npos ? std::string_view() : refs.substr(comma + 1);
    }
    return false;
  }
  const Verdict& verdict_;
  const RuleSet& rules_;
};

void write_cell(HtmlWriter& h, const Matrix& matrix, const std::string& ref, std::string_view title,
                std::string_view stage) {
  CellLook look = look_of(matrix.of(ref));
  h.el("li", [&] {
    h.el("a",
         {cls("conformance-cell"), cls(look.name),
          at("href", findings_url({{"ref", ref}, {"stage", std::string(stage)}})),
          at("title", fmt::format("{} {}: {}", ref, title, lower(look.label)))},
         [&] {
           h.add(icon(look.icon_name, "icon-sm"));
           h.el("span", {cls("numeric")}, ref);
           h.el("span", {cls("visually-hidden")}, fmt::format("{}: {}", title, look.label));
         });
  });
}

void write_matrix(HtmlWriter& h, const Visit& visit, const Verdict& verdict) {
  Matrix matrix(verdict, visit.tenant.auditor.rules());
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "conformance")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "conformance")}, "Clauses and controls");
    });
    h.el("div", {cls("card-body")}, [&] {
      h.el("p", {cls("conformance-legend")}, [&] {
        for (Conformance standing :
             {Conformance::conforms, Conformance::observation, Conformance::minor, Conformance::major,
              Conformance::not_evaluated, Conformance::excluded, Conformance::not_asked}) {
          CellLook look = look_of(standing);
          h.el("span", {cls("conformance-key"), cls(look.name)}, [&] {
            h.add(icon(look.icon_name, "icon-sm"));
            h.text(look.label);
          });
        }
      });
      h.el("h3", {cls("subheader")}, "Clauses 4 to 10");
      h.el("ul", {cls("conformance")}, [&] {
        for (const ClauseGuidance& clause : visit.site.library.clauses()) {
          if (!clause.sections.empty()) write_cell(h, matrix, clause.ref, clause.title, verdict.stage);
        }
      });
      std::string theme;
      for (const ControlGuidance& control : visit.site.library.controls()) {
        if (control.theme == theme) continue;
        theme = control.theme;
        h.el("h3", {cls("subheader mt-3")}, clause_group_label("A." + control.ref.substr(0, control.ref.find('.'))));
        h.el("ul", {cls("conformance")}, [&] {
          for (const ControlGuidance& other : visit.site.library.controls()) {
            if (other.theme == theme) write_cell(h, matrix, "A." + other.ref, other.title, verdict.stage);
          }
        });
      }
    });
  });
}

// ---- The page ------------------------------------------------------------------------------------------------------

std::string sentence_for(const Standing& standing, const std::string& stage, const Verdict& verdict) {
  if (stage == standing.journey.next_stage()) return journey::verdict_sentence(standing.journey, standing.summary);
  std::size_t majors = verdict.count(FindingClass::major), minors = verdict.count(FindingClass::minor);
  if (majors > 0)
    return fmt::format("{}: {} {} in the way.", stage_label(stage), majors,
                       majors == 1 ? "major stands" : "majors stand");
  return fmt::format("{}: no major stands in the way, {} {} {} open.", stage_label(stage), minors,
                     minors == 1 ? "minor" : "minors", minors == 1 ? "is" : "are");
}

// When the stage is to be audited next, as far as the calendar knows. An audit that should have been held tells nothing.
std::optional<Date> audit_day(const journey::Journey& journey, std::string_view stage) {
  auto audit = std::ranges::find_if(journey.audits, [&](const journey::ComingAudit& coming) {
    return coming.stage == stage && coming.planned_start >= journey.today;
  });
  return audit == journey.audits.end() ? std::nullopt : std::optional(audit->planned_start);
}

Response readiness_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto standing = standing_of(visit);
  if (!standing) return error_page(visit, standing.error());
  std::string stage(visit.request.query_value("stage"));
  if (stage.empty()) stage = (*standing)->journey.next_stage();
  if (!is_stage(stage))
    return error_page(visit, {ErrorKind::invalid, "There is no such stage.", {unknown_stage("stage", stage)}, {}, {}});
  Date today = visit.tenant.workspace->clock().today();
  auto verdict = visit.tenant.auditor.verdict(today, stage);
  if (!verdict) return error_page(visit, verdict.error());
  auto days = visit.tenant.findings.days(today.plus_days(-trend_days).iso());
  Frame frame{.title = sentence_for(**standing, stage, **verdict),
              .active = "readiness",
              .kicker = "Readiness",
              .live = "verdict"};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("nav", {cls("chips mb-3 no-print"), at("aria-label", "Stage")}, [&] {
      for (std::string_view name : all_stages) {
        h.el("a",
             {cls("chip"), cls_if(name == stage, "active"), at_if(name == stage, "aria-current", "page"),
              at("href", fmt::format("/readiness?stage={}", name))},
             stage_label(name));
      }
      h.el("a", {cls("chip ms-auto"), at("href", "/what-if")}, "What if");
    });
    write_blockers(h, visit, **verdict, audit_day((*standing)->journey, stage));
    write_trend(h, days.value_or(std::vector<DayOfVerdict>()));
    write_matrix(h, visit, **verdict);
  });
}

}  // namespace

std::vector<PageRoute> readiness_pages() { return {kept({"GET", "/readiness", readiness_page})}; }

}  // namespace assay
