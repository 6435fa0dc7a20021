#include "web/gap/gap_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {

const GapQuestion& GapDesk::question(std::string_view key) const {
  return *std::ranges::find(questions, key, &GapQuestion::key);
}

Result<GapDesk> gap_desk_of(Visit& visit, GapAnalysis analysis) {
  GapDesk desk{std::move(analysis), gap_questions(visit.site.library), std::make_shared<TitleBook>(visit)};
  const GapAssessment& assessment = desk.analysis.assessment;
  auto want = [&](const auto& ref) {
    if (ref && !ref->empty()) desk.titles->want(Person::def(), ref->id);
  };
  want(assessment.assessor);
  want(assessment.approved_by);
  for (const GapAssignment& row : assessment.assignments) desk.titles->want(Person::def(), row.person.id);
  for (const GapItem& item : desk.analysis.items) {
    want(item.owner);
    want(item.assessor);
  }
  desk.titles->read();
  desk.keeps = !desk.analysis.approved() && visit.may(Action::change, GapAssessment::def(), &desk.analysis.record);
  return desk;
}

Result<GapDesk> read_gap_desk(Visit& visit) {
  TRY(GapAnalysis analysis, read_gap_analysis(visit.tenant.registers, visit.principal, visit.request.param("id")));
  return gap_desk_of(visit, std::move(analysis));
}

std::string gap_url(std::string_view analysis, std::string_view part) {
  std::string url = "/gap/" + encode_url(analysis);
  if (!part.empty()) url += "/" + std::string(part);
  return url;
}

std::string gap_question_url(std::string_view analysis, std::string_view key) {
  return gap_url(analysis, "questions/" + std::string(key));
}

Frame gap_frame(const GapDesk& desk, std::string title) {
  bool whole = title.empty();
  Frame frame{.title = whole ? desk.name() : std::move(title),
              .active = "audit/gap",
              .crumbs = {{"Gap analysis", "/gap"}},
              .kicker = "Clauses 4 to 10 and Annex A"};
  if (!whole) frame.crumbs.push_back({desk.analysis.assessment.performed_on.iso(), gap_url(desk.id())});
  HtmlWriter h(128);
  h.el("span", {cls("badge"), cls(desk.analysis.approved() ? "bg-green-lt" : "bg-blue-lt")},
       desk.analysis.approved() ? "Approved" : "In work");
  frame.beside = h.take();
  return frame;
}

void gap_tabs(HtmlWriter& h, const GapDesk& desk, std::string_view current) {
  constexpr std::pair<std::string_view, std::string_view> tabs[] = {
      {"", "Overview"},         {"questions", "Questions"}, {"proposals", "Proposals"},
      {"matrix", "Matrix"},     {"gaps", "Gap register"},   {"roadmap", "Roadmap"},
      {"estimate", "Estimate"}, {"compare", "Comparison"},  {"report", "Report"}};
  h.el("nav", {cls("chips mb-3 no-print"), at("aria-label", "Parts of the gap analysis")}, [&] {
    for (const auto& [part, label] : tabs) {
      bool here = part == current;
      h.el("a",
           {cls("chip"), cls_if(here, "active"), at("href", gap_url(desk.id(), part)),
            at_if(here, "aria-current", "page")},
           label);
    }
  });
}

std::shared_ptr<const Verdict> gap_verdict(Visit& visit) {
  if (!sees_conformity(visit)) return nullptr;
  auto verdict = visit.tenant.auditor.today();
  return verdict ? *verdict : nullptr;
}

std::string_view label_of(GapItemResult result) {
  return choices_of<GapItemResult>[static_cast<std::size_t>(result)].label;
}
std::string_view label_of(GapItemRiskSeverity severity) {
  return choices_of<GapItemRiskSeverity>[static_cast<std::size_t>(severity)].label;
}
std::string_view label_of(GapItemComplexity complexity) {
  return choices_of<GapItemComplexity>[static_cast<std::size_t>(complexity)].label;
}

void gap_result_badge(HtmlWriter& h, GapItemResult result) {
  constexpr std::pair<std::string_view, std::string_view> looks[] = {{"bg-green-lt", "circle-check"},
                                                                     {"bg-yellow-lt", "circle-dashed"},
                                                                     {"bg-red-lt", "circle-x"},
                                                                     {"bg-secondary-lt", "minus"}};
  const auto& [colour, icon_name] = looks[static_cast<std::size_t>(result)];
  h.el("span", {cls("badge"), cls(colour)}, [&] {
    h.add(icon(icon_name, "icon-sm me-1"));
    h.text(label_of(result));
  });
}

std::string person_days(double days) { return decimal(days, days < 10 ? 1 : 0); }

std::string severity_words(const RoadmapStep& step) {
  if (!step.inherited) return std::string(label_of(step.severity)) + (step.item->risk_severity ? "" : " (not judged)");
  return fmt::format("{} (of what waits for it)", label_of(step.severity));
}

// ---- Tables --------------------------------------------------------------------------------------------------------

void GapTable::write(std::string_view caption, const std::function<void()>& rows) const {
  auto table = [&] {
    h_.el("table", {cls_if(!paper_, "table table-vcenter card-table table-stack")}, [&] {
      h_.el("caption", {cls("visually-hidden")}, caption);
      h_.el("thead", [&] {
        h_.el("tr", [&] {
          for (std::string_view head : heads_) h_.el("th", {at("scope", "col")}, head);
        });
      });
      h_.el("tbody", rows);
    });
  };
  if (paper_) table();
  else h_.el("div", {cls("table-responsive")}, table);
}

void GapTable::group(std::string_view label) const {
  h_.el("tr", {cls("group")}, [&] { h_.el("th", {at("scope", "rowgroup"), at("colspan", heads_.size())}, label); });
}

void GapTable::cell(std::size_t column, std::string_view text, std::string_view classes) const {
  h_.el("td", {at_if(!paper_, "data-label", heads_[column]), cls(classes)}, text);
}

void GapTable::cell(std::size_t column, const std::function<void()>& inside, std::string_view classes) const {
  h_.el("td", {at_if(!paper_, "data-label", heads_[column]), cls(classes)}, inside);
}

void GapTable::question(const GapDesk& desk, const GapQuestion& question) const {
  h_.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
    std::string words = question.title.empty() ? question.key : question.key + " " + question.title;
    if (paper_) h_.text(words);
    else h_.el("a", {at("href", gap_question_url(desk.id(), question.key))}, words);
  });
}

void GapTable::row(const std::function<void()>& cells) const { h_.el("tr", cells); }

}  // namespace assay
