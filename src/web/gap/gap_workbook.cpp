// A gap analysis as an Excel workbook: summary, clauses, controls, roadmap, estimate.
#include <fmt/format.h>

#include "web/gap/gap_view.h"

namespace assay {
namespace {

XlsxCell text_or_empty(std::string_view text) { return text.empty() ? XlsxCell() : XlsxCell(text); }
template <class T>
XlsxCell or_empty(const std::optional<T>& value) {
  return value ? XlsxCell(*value) : XlsxCell();
}

Result<void> write_summary(XlsxWriter& writer, const GapDesk& desk) {
  CHECK(writer.sheet("Summary", {{"Part", 34, ColumnKind::text},
                                 {"Questions", 0, ColumnKind::number},
                                 {"Answered", 0, ColumnKind::number},
                                 {"Met", 0, ColumnKind::number},
                                 {"Partly met", 0, ColumnKind::number},
                                 {"Not met", 0, ColumnKind::number},
                                 {"Not applicable", 0, ColumnKind::number},
                                 {"Conformity", 0, ColumnKind::number}}));
  auto row = [&](std::string_view group, std::string_view label) {
    GapTally tally = gap_tally(desk.analysis.items, group);
    auto number = [](std::size_t value) { return XlsxCell(static_cast<double>(value)); };
    XlsxCell cells[] = {label,
                        number(tally.asked),
                        number(tally.answered()),
                        number(tally.conformant),
                        number(tally.partial),
                        number(tally.absent),
                        number(tally.not_applicable),
                        tally.conformity()};
    return writer.row(cells);
  };
  for (std::string_view group : gap_groups) CHECK(row(group, fmt::format("{} {}", group, gap_group_label(group))));
  return row({}, "All");
}

Result<void> write_answers(XlsxWriter& writer, const GapDesk& desk, GapItemDimension dimension) {
  CHECK(writer.sheet(dimension == GapItemDimension::clause ? "Clauses" : "Controls",
                     {{"Reference", 11, ColumnKind::text},
                      {"Requirement", 44, ColumnKind::text},
                      {"Result", 15, ColumnKind::text},
                      {"Reasons", 60, ColumnKind::text},
                      {"Evidence", 24, ColumnKind::text},
                      {"Severity", 0, ColumnKind::text},
                      {"Complexity", 0, ColumnKind::text},
                      {"Effort (person-days)", 0, ColumnKind::number},
                      {"Cost", 0, ColumnKind::number},
                      {"Step", 40, ColumnKind::text},
                      {"Responsible", 22, ColumnKind::text},
                      {"Target", 0, ColumnKind::date},
                      {"Answered by", 22, ColumnKind::text},
                      {"Answered on", 0, ColumnKind::date}}));
  for (const GapQuestion& question : desk.questions) {
    if (question.dimension != dimension) continue;
    const GapItem* item = desk.analysis.find(question.key);
    if (!item) {
      XlsxCell cells[] = {std::string_view(question.key), text_or_empty(question.title),
                          std::string_view("Not answered")};
      CHECK(writer.row(cells));
      continue;
    }
    std::string evidence, owner = desk.person(item->owner), assessor = desk.person(item->assessor);
    for (const Ref<Evidence>& each : item->evidence) evidence += (evidence.empty() ? "" : ", ") + each.id;
    std::string_view severity = item->risk_severity ? label_of(*item->risk_severity) : std::string_view();
    std::string_view complexity = item->complexity ? label_of(*item->complexity) : std::string_view();
    std::string rationale = item->rationale.value_or(""), action = item->action.value_or("");
    XlsxCell cells[] = {std::string_view(question.key), text_or_empty(question.title), label_of(item->result),
                        text_or_empty(rationale),       text_or_empty(evidence),       text_or_empty(severity),
                        text_or_empty(complexity),      or_empty(item->effort_days),   or_empty(item->cost),
                        text_or_empty(action),          text_or_empty(owner),          or_empty(item->target_on),
                        text_or_empty(assessor),        or_empty(item->assessed_on)};
    CHECK(writer.row(cells));
  }
  return {};
}

Result<void> write_roadmap(XlsxWriter& writer, const GapDesk& desk) {
  CHECK(writer.sheet("Roadmap", {{"Rank", 0, ColumnKind::number},
                                 {"Reference", 11, ColumnKind::text},
                                 {"Requirement", 44, ColumnKind::text},
                                 {"Severity", 22, ColumnKind::text},
                                 {"Complexity", 0, ColumnKind::text},
                                 {"Step", 50, ColumnKind::text},
                                 {"Waits for", 20, ColumnKind::text},
                                 {"Person-days", 0, ColumnKind::number},
                                 {"Assumed", 0, ColumnKind::boolean},
                                 {"Responsible", 22, ColumnKind::text},
                                 {"From", 0, ColumnKind::date},
                                 {"To", 0, ColumnKind::date},
                                 {"By capacity", 0, ColumnKind::date}}));
  Roadmap roadmap = desk.analysis.roadmap();
  for (std::size_t i = 0; i < roadmap.steps.size(); ++i) {
    const RoadmapStep& step = roadmap.steps[i];
    std::string severity = severity_words(step), after, owner = desk.person(step.item->owner),
                action = step.item->action.value_or("");
    for (std::size_t before : step.after) after += (after.empty() ? "" : ", ") + roadmap.steps[before].key;
    std::string_view complexity = step.item->complexity ? label_of(*step.item->complexity) : std::string_view();
    XlsxCell cells[] = {static_cast<double>(i + 1),
                        std::string_view(step.key),
                        text_or_empty(desk.question(step.key).title),
                        std::string_view(severity),
                        text_or_empty(complexity),
                        text_or_empty(action),
                        text_or_empty(after),
                        step.effort_days,
                        step.assumed,
                        text_or_empty(owner),
                        step.from,
                        step.to,
                        step.by_capacity};
    CHECK(writer.row(cells));
  }
  return {};
}

Result<void> write_estimate(XlsxWriter& writer, const GapDesk& desk, const GapEstimateView& view) {
  CHECK(writer.sheet("Estimate", {{"Figure", 30, ColumnKind::text},
                                  {"Unit", 20, ColumnKind::text},
                                  {"Low", 0, ColumnKind::number},
                                  {"Likely", 0, ColumnKind::number},
                                  {"High", 0, ColumnKind::number},
                                  {"Adopted", 0, ColumnKind::number},
                                  {"How it is worked out", 80, ColumnKind::text},
                                  {"Source", 60, ColumnKind::text}}));
  const GapEstimate& estimate = view.estimate;
  const GapAssessment& assessment = desk.analysis.assessment;
  struct Line {
    std::string_view unit;
    EstimateRange range;
    std::optional<double> adopted;
  };
  const Line lines[] = {{"person-days", estimate.build_days, assessment.effort_person_days},
                        {"person-days a year", {estimate.run_days, estimate.run_days, estimate.run_days}, {}},
                        {"EUR", estimate.own_cost, {}},
                        {"EUR", estimate.consultancy_cost, assessment.consultancy_cost},
                        {"EUR", estimate.tooling_a_year, assessment.tooling_cost},
                        {"months", estimate.months, {}}};
  for (std::size_t i = 0; i < std::size(lines); ++i) {
    XlsxCell cells[] = {estimate_notes[i].figure,  lines[i].unit,           lines[i].range.low,
                        lines[i].range.likely,     lines[i].range.high,     or_empty(lines[i].adopted),
                        estimate_notes[i].formula, estimate_notes[i].source};
    CHECK(writer.row(cells));
  }
  std::string assumptions = assessment.assumptions.value_or("");
  XlsxCell cells[] = {std::string_view("Assumptions"), XlsxCell(), XlsxCell(), XlsxCell(), XlsxCell(), XlsxCell(),
                      text_or_empty(assumptions)};
  return writer.row(cells);
}

}  // namespace

Response gap_workbook(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  if (auto allowed = demand(may(visit.principal, Action::export_, GapAssessment::def())); !allowed)
    return error_page(visit, allowed.error());
  auto facts = gap_estimate_facts(visit.tenant.registers, visit.principal, desk->analysis);
  if (!facts) return error_page(visit, facts.error());
  return workbook_answer(visit, fmt::format("Gap analysis {}.xlsx", desk->analysis.assessment.performed_on.iso()),
                         [&](XlsxWriter& writer) -> Result<void> {
                           CHECK(write_summary(writer, *desk));
                           CHECK(write_answers(writer, *desk, GapItemDimension::clause));
                           CHECK(write_answers(writer, *desk, GapItemDimension::control));
                           CHECK(write_roadmap(writer, *desk));
                           return write_estimate(writer, *desk, {*facts, gap_estimate(facts->basis)});
                         });
}

}  // namespace assay
