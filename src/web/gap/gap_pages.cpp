// Gap analyses: the list with its trend, starting one, and the overview of one.
#include <fmt/format.h>

#include <algorithm>

#include "isms/frameworks/gap_comparison.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/charts/line_chart.h"
#include "web/gap/gap_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::string_view edition_now = "27001:2022+Amd1:2024";

Record fresh_analysis(const Visit& visit) {
  Record record(GapAssessment::def());
  record.at("performed_on") = visit.tenant.workspace->clock().today().iso();
  record.at("edition") = std::string(edition_now);
  if (!visit.principal.person.empty()) record.at("assessor") = visit.principal.person;
  return record;
}

std::vector<const FieldDef*> start_fields() {
  const EntityDef& def = GapAssessment::def();
  return {def.find("performed_on"), def.find("assessor"), def.find("edition"), def.find("assumptions")};
}

void write_start(HtmlWriter& h, const Visit& visit, const Record& typed, const FormState& state) {
  section(h, "start", "Start a gap analysis", {}, [&] {
    h.el("form", {at("method", "post"), at("action", "/gap"), flag("data-dirty"), flag("novalidate")}, [&] {
      hidden_csrf(h, visit);
      h.el("div", {cls("card-body row")}, [&] {
        for (const FieldDef* field : start_fields()) {
          form_field(h, visit, *field, typed.at(field->name), state, field->required, false,
                     field->text.multiline ? FieldWidth::full : FieldWidth::half);
        }
      });
      h.el("div", {cls("card-footer form-foot")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Start");
      });
    });
  });
}

void write_trend(HtmlWriter& h, const std::vector<GapAnalysis>& analyses) {
  if (analyses.size() < 2) return;
  ChartSeries all{"All", "first", {}, false, true}, clauses{"Clauses", "second", {}, false, true},
      controls{"Controls", "third", {}, false, true};
  auto share = [](const GapAnalysis& analysis, bool of_controls) {
    GapTally sum;
    for (std::string_view group : gap_groups) {
      if (group.starts_with("A.") != of_controls) continue;
      GapTally part = gap_tally(analysis.items, group);
      sum.asked += part.asked;
      sum.conformant += part.conformant;
      sum.not_applicable += part.not_applicable;
    }
    return 100 * sum.conformity();
  };
  for (auto it = analyses.rbegin(); it != analyses.rend(); ++it) {
    auto day = static_cast<double>(it->assessment.performed_on.days.time_since_epoch().count());
    all.points.emplace_back(day, 100 * gap_tally(it->items).conformity());
    clauses.points.emplace_back(day, share(*it, false));
    controls.points.emplace_back(day, share(*it, true));
  }
  ChartSeries series[] = {all, clauses, controls};
  auto day_text = [](double day) {
    return Date{std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))}.iso();
  };
  section(h, "trend", "Conformity over time", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      line_chart(
          h, "Share of applicable requirements that are met, by analysis; the numbers stand in the table", series,
          {.x_label = "Day of the analysis", .y_label = "Met, %", .x_text = day_text, .y_text = [](double value) {
             return fmt::format("{:.0f} %", value);
           }});
    });
  });
}

void write_list(HtmlWriter& h, const Visit& visit, const std::vector<GapAnalysis>& analyses) {
  TitleBook titles(visit);
  for (const GapAnalysis& analysis : analyses) {
    for (const auto& person : {analysis.assessment.assessor, analysis.assessment.approved_by}) {
      if (person) titles.want(Person::def(), person->id);
    }
  }
  titles.read();
  h.el("div", {cls("card mb-3")}, [&] {
    GapTable table(h, false, {"Analysis", "State", "Assessor", "Answered", "Gaps", "Conformity"});
    table.write("Gap analyses, newest first", [&] {
      for (const GapAnalysis& analysis : analyses) {
        GapTally tally = gap_tally(analysis.items);
        table.row([&] {
          h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
            h.el("a", {at("href", gap_url(analysis.record.id))}, analysis.assessment.performed_on.iso());
            h.el("div", {cls("text-secondary")},
                 fmt::format("{} · {}", analysis.record.id, analysis.assessment.edition));
          });
          table.cell(1, [&] {
            h.el("span", {cls("badge"), cls(analysis.approved() ? "bg-green-lt" : "bg-blue-lt")},
                 analysis.approved() ? "Approved" : "In work");
          });
          table.cell(2, analysis.assessment.assessor ? titles.title(Person::def(), analysis.assessment.assessor->id)
                                                     : std::string("–"));
          table.cell(3, fmt::format("{} of {}", tally.answered(), tally.asked), "text-nowrap");
          table.cell(4, std::to_string(tally.gaps()), "numeric");
          table.cell(5, percentage(tally.conformity()), "numeric");
        });
      }
    });
  });
}

Response all_analyses(Visit& visit, const Record& typed, const Error* error) {
  auto analyses = read_gap_analyses(visit.tenant.registers, visit.principal);
  if (!analyses) return error_page(visit, analyses.error());
  FormState state{error ? &error->problems : nullptr};
  Frame frame{.title = "Gap analysis",
              .active = "audit/gap",
              .kicker = "Clauses 4 to 10 and Annex A",
              .status = error ? status_of(error->kind) : 200};
  bool starts = visit.may(Action::create, GapAssessment::def());
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, GapAssessment::def());
    if (analyses->empty()) {
      HtmlWriter go(128);
      if (starts) go.el("a", {cls("btn btn-primary"), at("href", "#start")}, "Start below");
      empty_state(h, "clipboard-check", "No gap analysis has been made yet",
                  "It asks 123 questions: the 30 requirements of clauses 4 to 10 and the 93 controls of Annex A. The "
                  "answers become a matrix, a register of gaps, a "
                  "roadmap and an estimate. The standard does not ask for it; it tells where effort is needed. "
                  "Example: 11 of 30 clauses met, 62 gaps, 120 person-days.",
                  go.take());
    } else {
      write_list(h, visit, *analyses);
      write_trend(h, *analyses);
    }
    if (starts) write_start(h, visit, typed, state);
  });
}

Response gap_list(Visit& visit) { return all_analyses(visit, fresh_analysis(visit), nullptr); }

Response start_analysis(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record typed(GapAssessment::def());
  Problems problems = read_fields(typed, start_fields(), *form);
  if (!problems.empty()) {
    Error error{ErrorKind::invalid, "The analysis was not started.", std::move(problems), {}, {}};
    return all_analyses(visit, typed, &error);
  }
  auto stored = visit.tenant.registers.create(visit.principal, typed, "Gap analysis started");
  if (!stored) return all_analyses(visit, typed, &stored.error());
  return done(visit, gap_url(stored->id), "The gap analysis was started.");
}

// ---- One -----------------------------------------------------------------------------------------------------------

void write_numbers(HtmlWriter& h, const GapDesk& desk) {
  GapTally tally = gap_tally(desk.analysis.items);
  const std::pair<std::string_view, std::string> tiles[] = {
      {"answered", fmt::format("{} of {}", tally.answered(), tally.asked)},
      {"requirements met", percentage(tally.conformity())},
      {"gaps", std::to_string(tally.gaps())},
      {"roadmap ends", tally.gaps() ? desk.analysis.roadmap().ends_on.iso() : std::string("–")}};
  constexpr std::string_view parts[] = {"questions", "matrix", "gaps", "roadmap"};
  h.el("div", {cls("gap-tiles mb-3")}, [&] {
    for (std::size_t i = 0; i < std::size(tiles); ++i) {
      h.el("a", {cls("card gap-tile"), at("href", gap_url(desk.id(), parts[i]))}, [&] {
        h.el("span", {cls("class-number")}, tiles[i].second);
        h.el("span", {cls("text-secondary")}, tiles[i].first);
      });
    }
  });
}

void write_people(HtmlWriter& h, const GapDesk& desk) {
  const auto& rows = desk.analysis.assessment.assignments;
  if (rows.empty()) return;
  section(h, "people", "Who answers what", {}, [&] {
    GapTable table(h, false, {"Person", "Questions", "Answered", "Progress"});
    table.write("Questions by person", [&] {
      for (const GapAssignment& row : rows) {
        auto answered = std::ranges::count_if(
            row.questions, [&](const std::string& key) { return desk.analysis.find(key) != nullptr; });
        std::string name = desk.person(row.person.id);
        table.row([&] {
          h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
            h.el("a", {at("href", gap_url(desk.id(), "questions") + "?person=" + encode_url(row.person.id))}, name);
          });
          table.cell(1, std::to_string(row.questions.size()), "numeric");
          table.cell(2, std::to_string(answered), "numeric");
          table.cell(3, [&] {
            h.el("progress", {at("max", row.questions.size()), at("value", answered),
                              at("aria-label", fmt::format("Answered by {}", name))});
          });
        });
      }
    });
  });
}

// The one next thing to do.
void write_next(HtmlWriter& h, Visit& visit, const GapDesk& desk) {
  GapTally tally = gap_tally(desk.analysis.items);
  std::string first;
  for (const GapQuestion& question : desk.questions) {
    bool open =
        !desk.analysis.find(question.key) && may_answer_gap(visit.principal, desk.analysis, question.key).allowed;
    if (open && first.empty()) first = question.key;
  }
  h.el("div", {cls("btn-list mb-3 no-print")}, [&] {
    if (!first.empty()) {
      h.el("a", {cls("btn btn-primary"), at("href", gap_question_url(desk.id(), first)), at("data-shortcut", "n")},
           [&] {
             h.add(icon("player-play"));
             h.text(tally.answered() ? "Go on with the questions" : "Begin with the questions");
           });
      if (desk.keeps)
        h.el("a", {cls("btn"), at("href", gap_url(desk.id(), "proposals"))}, "See what the data proposes");
    }
    h.el("a", {cls("btn"), at("href", record_url(GapAssessment::def(), desk.id()))}, "Record and history");
  });
}

void write_approval(HtmlWriter& h, Visit& visit, const GapDesk& desk) {
  section(h, "approval", "Approval by the sponsor", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (desk.analysis.approved()) {
        const auto& on = desk.analysis.assessment.approved_on;
        h.el("p", {cls("mb-0")},
             fmt::format("Approved by {}{}. What has become of the gaps shows the next analysis.",
                         desk.person(desk.analysis.assessment.approved_by), on ? " on " + on->iso() : ""));
        return;
      }
      auto reader = visit.tenant.workspace->read();
      if (!reader) return;
      for (const StepOffer& offer : visit.tenant.registers.steps(visit.principal, desk.analysis.record, **reader)) {
        if (offer.step->name != "approve") continue;
        h.el("p", offer.step->help);
        // To those who will not sign, what concerns the signer alone says nothing.
        std::vector<std::string> open;
        for (const Error& missing : offer.missing) {
          if (offer.person_may || !missing.rule.empty()) open.push_back(missing.message);
        }
        h.el("ul", {cls_if(offer.allowed, "mb-3")}, [&] {
          for (const std::string& words : open) h.el("li", words);
          if (!offer.person_may) h.el("li", fmt::format("To be signed by: {}.", in_sentence(offer.step->who.words())));
        });
        if (offer.allowed)
          h.el("a", {cls("btn btn-primary"), at("href", record_url(GapAssessment::def(), desk.id()) + "/step/approve")},
               offer.step->label);
        return;
      }
      h.el("p", {cls("text-secondary mb-0")}, "Top management approves the analysis with its roadmap and estimate.");
    });
  });
}

Response overview(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto counts = typical_counts(visit.tenant.registers, visit.principal);
  if (!counts) return error_page(visit, counts.error());
  return page(visit, gap_frame(*desk, {}), [&](HtmlWriter& h) {
    gap_tabs(h, *desk, "");
    write_next(h, visit, *desk);
    write_numbers(h, *desk);
    section(h, "tally", "By chapter and theme", {}, [&] { write_gap_tally(h, *desk, false); });
    write_people(h, *desk);
    section(h, "typical", "Typical gaps of new organisations", {}, [&] {
      h.el("p", {cls("card-body pb-2 mb-0 text-secondary")},
           "Recognised from the registers as they are today, whatever was answered.");
      write_typical_gaps(h, visit, *desk, typical_gap_findings(*counts), false);
    });
    write_approval(h, visit, *desk);
  });
}

}  // namespace

std::vector<PageRoute> gap_pages() {
  return {
      {"GET", "/gap", gap_list},
      {"POST", "/gap", start_analysis},
      {"GET", "/gap/{id}", overview},
      {"GET", "/gap/{id}/questions", gap_questions_page},
      {"POST", "/gap/{id}/hand-out", gap_hand_out},
      {"GET", "/gap/{id}/questions/{key}", gap_question_page},
      {"POST", "/gap/{id}/questions/{key}", gap_save_answer},
      {"GET", "/gap/{id}/proposals", gap_proposals_page},
      {"POST", "/gap/{id}/proposals", gap_take_over},
      {"GET", "/gap/{id}/matrix", gap_matrix_page},
      {"GET", "/gap/{id}/gaps", gap_register_page},
      {"GET", "/gap/{id}/roadmap", gap_roadmap_page},
      {"POST", "/gap/{id}/roadmap", gap_save_roadmap},
      {"POST", "/gap/{id}/roadmap/adopt", gap_adopt_roadmap},
      {"GET", "/gap/{id}/estimate", gap_estimate_page},
      {"POST", "/gap/{id}/estimate", gap_save_estimate},
      {"GET", "/gap/{id}/compare", gap_compare_page},
      {"GET", "/gap/{id}/report", gap_report_page},
      {"GET", "/gap/{id}/report/pdf", pdf_of(gap_report_pdf)},
      {"POST", "/gap/{id}/report/issue", gap_report_issue},
      {"GET", "/gap/{id}/workbook", gap_workbook},
  };
}

}  // namespace assay
