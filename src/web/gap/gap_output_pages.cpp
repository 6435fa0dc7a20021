// What follows from the answers: matrix, gap register, roadmap, estimate, comparison.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "web/assets.h"
#include "web/gap/gap_view.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

// Every question as a small tile: where the gaps lie at a glance.
void write_tiles(HtmlWriter& h, const GapDesk& desk) {
  constexpr std::string_view classes[] = {"cell-good", "cell-fair", "cell-bad", "gap-na"};
  constexpr std::string_view marks[] = {"✓", "◐", "✗", "–"};
  section(h, "glance", "At a glance", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      for (std::string_view group : gap_groups) {
        h.el("h3", {cls("gap-group")}, fmt::format("{} {}", group, gap_group_label(group)));
        h.el("ul", {cls("gap-grid list-unstyled")}, [&] {
          for (const GapQuestion& question : desk.questions) {
            if (question.group != group) continue;
            const GapItem* item = desk.analysis.find(question.key);
            auto result = item ? static_cast<std::size_t>(item->result) : 0;
            std::string words =
                fmt::format("{} {}: {}", question.key, question.title, item ? label_of(item->result) : "unanswered");
            h.el("li", [&] {
              h.el("a",
                   {cls("gap-cell"), cls(item ? classes[result] : "gap-open"),
                    at("href", gap_question_url(desk.id(), question.key)), at("aria-label", words), at("title", words)},
                   fmt::format("{} {}", item ? marks[result] : "?", question.key));
            });
          }
        });
      }
      h.el("p", {cls("text-secondary mb-0")}, "✓ met · ◐ partly met · ✗ not met · – not applicable · ? unanswered");
    });
  });
}

std::vector<const FieldDef*> named_fields(std::initializer_list<std::string_view> names) {
  std::vector<const FieldDef*> out;
  for (std::string_view name : names) out.push_back(GapAssessment::def().find(name));
  return out;
}

const std::vector<const FieldDef*>& capacity_fields() {
  static const std::vector<const FieldDef*> fields = named_fields({"roadmap_from", "persons_available", "days_a_week"});
  return fields;
}
const std::vector<const FieldDef*>& estimate_fields() {
  static const std::vector<const FieldDef*> fields =
      named_fields({"effort_person_days", "tooling_cost", "consultancy_cost", "assumptions"});
  return fields;
}

// A form over some fields of the analysis. Its problems stand at the fields.
struct FieldsForm {
  std::string action, button;
  const std::vector<const FieldDef*>& fields;
  const Record& typed;
  const Error* error = nullptr;
};

void write_fields_form(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const FieldsForm& form) {
  FormState state{form.error ? &form.error->problems : nullptr};
  h.el("form", {at("method", "post"), at("action", form.action), flag("data-dirty"), flag("novalidate")}, [&] {
    hidden_csrf(h, visit);
    h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", desk.analysis.record.version)});
    h.el("div", {cls("card-body row")}, [&] {
      for (const FieldDef* field : form.fields)
        form_field(h, visit, *field, form.typed.at(field->name), state, false, false,
                   field->text.multiline ? FieldWidth::full : FieldWidth::half);
    });
    h.el("div", {cls("card-footer form-foot")}, [&] {
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, form.button);
    });
  });
}

// Reads and stores what such a form sent. Errors carry the fields as places; `typed` then holds what was sent.
Result<void> store_fields(Visit& visit, const GapDesk& desk, const std::vector<const FieldDef*>& fields,
                          std::string_view reason, Record& typed) {
  TRY(Form sent, visit.request.form());
  typed = desk.analysis.record;
  Problems problems = read_fields(typed, fields, sent);
  if (!problems.empty()) return fail(std::move(problems), "Nothing was stored.");
  Patch patch;
  for (const FieldDef* field : fields) patch.emplace_back(field, typed.at(field->name));
  CHECK(visit.tenant.registers.change(visit.principal, GapAssessment::def(), desk.id(),
                                      version_in(sent, GapAssessment::def()), patch, reason));
  return {};
}

// ---- Roadmap -------------------------------------------------------------------------------------------------------

Response roadmap_page(Visit& visit, const GapDesk& desk, const Record& typed, const Error* error) {
  Roadmap roadmap = desk.analysis.roadmap();
  RoadmapCapacity capacity = desk.analysis.capacity();
  Frame frame = gap_frame(desk, "Roadmap");
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, GapAssessment::def());
    gap_tabs(h, desk, "roadmap");
    if (!roadmap.cycle.empty()) {
      std::string keys;
      for (const std::string& key : roadmap.cycle) keys += (keys.empty() ? "" : ", ") + key;
      h.el("div", {cls("alert alert-warning"), at("role", "alert")},
           fmt::format("Steps wait for each other in a circle, which was cut at {}. Take a dependency away there.",
                       keys));
    }
    if (roadmap.steps.empty()) {
      empty_state(h, "route", "There is no gap to close",
                  "The roadmap orders the gaps by severity, complexity and dependencies and gives them dates. Answer "
                  "the questions first.",
                  {});
    } else {
      h.el("p", roadmap_rule);
      h.el("p", fmt::format("From {} on, {} {} {} days a week {} on {} steps of {} person-days together; the last step "
                            "ends on {}. Target dates that people set are kept.",
                            capacity.from.iso(), decimal(capacity.persons, 1),
                            capacity.persons == 1 ? "person with" : "persons with", decimal(capacity.days_a_week, 1),
                            capacity.persons == 1 ? "works" : "each work", roadmap.steps.size(),
                            person_days(roadmap.effort_days), roadmap.ends_on.iso()));
      HtmlWriter adopt(512);
      if (desk.keeps) {
        adopt.el("form", {at("method", "post"), at("action", gap_url(desk.id(), "roadmap/adopt"))}, [&] {
          hidden_csrf(adopt, visit);
          adopt.el("button", {cls("btn btn-sm"), at("type", "submit")}, "Write ranks and dates into the gaps");
        });
      }
      section(h, "steps", "Steps", adopt.take(),
              [&] { write_gap_roadmap(h, desk, roadmap, visit.tenant.workspace->clock().today(), false); });
    }
    if (desk.keeps)
      section(h, "capacity", "Capacity", {}, [&] {
        write_fields_form(h, visit, desk,
                          {gap_url(desk.id(), "roadmap"), "Plan anew", capacity_fields(), typed, error});
      });
  });
}

// ---- Estimate ------------------------------------------------------------------------------------------------------

Response estimate_page(Visit& visit, const GapDesk& desk, Record typed, const Error* error) {
  auto facts = gap_estimate_facts(visit.tenant.registers, visit.principal, desk.analysis);
  if (!facts) return error_page(visit, facts.error());
  GapEstimateView view{*facts, gap_estimate(facts->basis)};
  bool fresh = !error && is_unset(typed.at("effort_person_days"));
  if (fresh) {
    typed.at("effort_person_days") = std::round(view.estimate.build_days.likely);
    if (is_unset(typed.at("tooling_cost")))
      typed.at("tooling_cost") = std::round(view.estimate.tooling_a_year.likely / 100) * 100;
    if (is_unset(typed.at("consultancy_cost")))
      typed.at("consultancy_cost") = std::round(view.estimate.consultancy_cost.likely / 100) * 100;
  }
  Frame frame = gap_frame(desk, "Estimate");
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, GapAssessment::def());
    gap_tabs(h, desk, "estimate");
    section(h, "worked-out", "Worked out", {}, [&] { write_gap_estimate(h, desk, view, false); });
    if (desk.keeps) {
      section(h, "adopted", "Your estimate", {}, [&] {
        h.el("p", {cls("card-body pb-0 mb-0 text-secondary")},
             fresh ? "The likely values stand in the form. Nothing is stored before you save."
                   : "What you adopted; it goes into the report and to the sponsor.");
        write_fields_form(h, visit, desk, {gap_url(desk.id(), "estimate"), "Adopt", estimate_fields(), typed, error});
      });
    }
  });
}

}  // namespace

Response gap_matrix_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  return page(visit, gap_frame(*desk, "Conformance matrix"), [&](HtmlWriter& h) {
    gap_tabs(h, *desk, "matrix");
    write_tiles(h, *desk);
    section(h, "clauses", "Clauses 4 to 10", {}, [&] { write_gap_matrix(h, *desk, GapItemDimension::clause, false); });
    section(h, "controls", "Controls of Annex A", {},
            [&] { write_gap_matrix(h, *desk, GapItemDimension::control, false); });
  });
}

Response gap_register_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  return page(visit, gap_frame(*desk, "Gap register"), [&](HtmlWriter& h) {
    gap_tabs(h, *desk, "gaps");
    section(h, "controls", "Controls of Annex A", {},
            [&] { write_gap_register(h, *desk, GapItemDimension::control, false); });
    section(h, "clauses", "Clauses 4 to 10", {},
            [&] { write_gap_register(h, *desk, GapItemDimension::clause, false); });
  });
}

Response gap_roadmap_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  return desk ? roadmap_page(visit, *desk, desk->analysis.record, nullptr) : error_page(visit, desk.error());
}

Response gap_save_roadmap(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  Record typed;
  auto stored = store_fields(visit, *desk, capacity_fields(), "Capacity of the roadmap", typed);
  if (!stored)
    return typed.def ? roadmap_page(visit, *desk, typed, &stored.error()) : error_page(visit, stored.error());
  return done(visit, gap_url(desk->id(), "roadmap"), "The roadmap was planned anew.");
}

Response gap_adopt_roadmap(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto changed = adopt_gap_roadmap(visit.tenant.registers, visit.principal, desk->analysis);
  if (!changed) return roadmap_page(visit, *desk, desk->analysis.record, &changed.error());
  return done(visit, gap_url(desk->id(), "roadmap"),
              fmt::format("Ranks and dates were written into {} {}.", *changed, *changed == 1 ? "gap" : "gaps"));
}

Response gap_estimate_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  return desk ? estimate_page(visit, *desk, desk->analysis.record, nullptr) : error_page(visit, desk.error());
}

Response gap_save_estimate(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  Record typed;
  auto stored = store_fields(visit, *desk, estimate_fields(), "Estimate adopted", typed);
  if (!stored)
    return typed.def ? estimate_page(visit, *desk, typed, &stored.error()) : error_page(visit, stored.error());
  return done(visit, gap_url(desk->id(), "estimate"), "The estimate was adopted.");
}

Response gap_compare_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto analyses = read_gap_analyses(visit.tenant.registers, visit.principal);
  if (!analyses) return error_page(visit, analyses.error());
  std::string_view with = visit.request.query_value("with");
  // Without a choice: the last one before this.
  std::vector<GapAnalysis> others;
  for (GapAnalysis& analysis : *analyses) {
    if (analysis.record.id != desk->id()) others.push_back(std::move(analysis));
  }
  auto chosen = std::ranges::find_if(others, [&](const GapAnalysis& other) {
    return with.empty() ? other.assessment.performed_on <= desk->analysis.assessment.performed_on
                        : other.record.id == with;
  });
  if (chosen == others.end() && !with.empty())
    return error_page(visit, {ErrorKind::not_found, "There is no such gap analysis to compare with.", {}, {}, {}});
  return page(visit, gap_frame(*desk, "Comparison"), [&](HtmlWriter& h) {
    gap_tabs(h, *desk, "compare");
    if (others.empty()) {
      return empty_state(
          h, "arrows-sort", "There is nothing to compare with yet",
          "When a second gap analysis has been made, the gaps that are new, changed and closed stand here.", {});
    }
    h.el("nav", {cls("chips mb-3"), at("aria-label", "Compare with")}, [&] {
      for (const GapAnalysis& other : others)
        chip(h, gap_url(desk->id(), "compare") + "?with=" + encode_url(other.record.id),
             "With " + other.assessment.performed_on.iso(), chosen != others.end() && &other == &*chosen);
    });
    if (chosen == others.end()) return h.el("p", "All other analyses are later than this one; choose one of them.");
    GapDesk other{*chosen, {}, desk->titles};
    bool other_first = other.analysis.assessment.performed_on <= desk->analysis.assessment.performed_on;
    other.questions = desk->questions;
    section(h, "changes", "What has become of the gaps", {}, [&] {
      other_first ? write_gap_changes(h, other, *desk, false) : write_gap_changes(h, *desk, other, false);
    });
  });
}

}  // namespace assay
