// What the pages of gap analyses share.
#pragma once

#include <memory>

#include "isms/organisation/person.h"
#include "web/page.h"
#include "web/paper/paper.h"
#include "web/title_book.h"
#include "workflows/gap/gap_suggestions.h"

namespace assay {

// An analysis with its questions and the names of those who work on it.
struct GapDesk {
  GapAnalysis analysis;
  std::vector<GapQuestion> questions;
  std::shared_ptr<TitleBook> titles;
  bool keeps = false;  // this person may change the analysis and answer every question

  const Id& id() const { return analysis.record.id; }
  std::string person(std::string_view id) const {
    return id.empty() ? std::string() : titles->title(Person::def(), id);
  }
  template <class T>
  std::string person(const std::optional<Ref<T>>& ref) const {
    return ref ? person(ref->id) : std::string();
  }
  const GapQuestion& question(std::string_view key) const;  // of a key that exists
  std::string name() const { return "Gap analysis of " + analysis.assessment.performed_on.iso(); }
};
// Of the analysis that the address names. Errors: not_found, forbidden.
Result<GapDesk> read_gap_desk(Visit& visit);
Result<GapDesk> gap_desk_of(Visit& visit, GapAnalysis analysis);

std::string gap_url(std::string_view analysis, std::string_view part = {});  // "/gap/GAP-001/roadmap"
std::string gap_question_url(std::string_view analysis, std::string_view key);
// The frame of a part, and the chips that lead to the other parts.
Frame gap_frame(const GapDesk& desk, std::string title);
void gap_tabs(HtmlWriter& h, const GapDesk& desk, std::string_view current);

// Today's verdict for those who are told of findings; null for the others, and when the rules cannot be asked.
std::shared_ptr<const Verdict> gap_verdict(Visit& visit);

std::string_view label_of(GapItemResult result);
std::string_view label_of(GapItemRiskSeverity severity);
std::string_view label_of(GapItemComplexity complexity);
void gap_result_badge(HtmlWriter& h, GapItemResult result);
std::string person_days(double days);
std::string severity_words(const RoadmapStep& step);

// Tables that read the same on the screen and on paper. Off paper, cells carry their column's name for the narrow form,
// and questions are links.
class GapTable {
 public:
  GapTable(HtmlWriter& h, bool paper, std::vector<std::string_view> heads)
      : h_(h), paper_(paper), heads_(std::move(heads)) {}
  void write(std::string_view caption, const std::function<void()>& rows) const;
  void group(std::string_view label) const;
  void cell(std::size_t column, std::string_view text, std::string_view classes = {}) const;
  void cell(std::size_t column, const std::function<void()>& inside, std::string_view classes = {}) const;
  void question(const GapDesk& desk, const GapQuestion& question) const;  // the first cell, a heading of the row
  void row(const std::function<void()>& cells) const;

 private:
  HtmlWriter& h_;
  bool paper_;
  std::vector<std::string_view> heads_;
};

// The parts of the report; each is a page of its own as well.
struct GapEstimateView {
  GapEstimateFacts facts;
  GapEstimate estimate;
};
void write_gap_tally(HtmlWriter& h, const GapDesk& desk, bool paper);
void write_gap_matrix(HtmlWriter& h, const GapDesk& desk, GapItemDimension dimension, bool paper);
void write_gap_register(HtmlWriter& h, const GapDesk& desk, GapItemDimension dimension, bool paper);
void write_gap_roadmap(HtmlWriter& h, const GapDesk& desk, const Roadmap& roadmap, Date today, bool paper);
void write_gap_estimate(HtmlWriter& h, const GapDesk& desk, const GapEstimateView& view, bool paper);
void write_typical_gaps(HtmlWriter& h, const Visit& visit, const GapDesk& desk,
                        const std::vector<TypicalFinding>& findings, bool paper);
void write_gap_changes(HtmlWriter& h, const GapDesk& before, const GapDesk& after, bool paper);

void write_gap_facts(HtmlWriter& h, const Visit& visit, const GapFacts& facts);

// Handlers of the other files.
Response gap_questions_page(Visit& visit);
Response gap_hand_out(Visit& visit);
Response gap_question_page(Visit& visit);
Response gap_save_answer(Visit& visit);
Response gap_proposals_page(Visit& visit);
Response gap_take_over(Visit& visit);
Response gap_matrix_page(Visit& visit);
Response gap_register_page(Visit& visit);
Response gap_roadmap_page(Visit& visit);
Response gap_save_roadmap(Visit& visit);
Response gap_adopt_roadmap(Visit& visit);
Response gap_estimate_page(Visit& visit);
Response gap_save_estimate(Visit& visit);
Response gap_compare_page(Visit& visit);
Response gap_report_page(Visit& visit);
Result<PdfWork> gap_report_pdf(Visit& visit);
Response gap_report_issue(Visit& visit);
Response gap_workbook(Visit& visit);

}  // namespace assay
