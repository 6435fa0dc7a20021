// A gap analysis with its answers, and what people do with it: start, hand out, answer, adopt roadmap and estimate.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/library.h"
#include "isms/frameworks/gap_assessment.h"
#include "isms/frameworks/gap_questions.h"
#include "isms/frameworks/gap_roadmap.h"
#include "kernel/service/register_service.h"

namespace assay {

struct GapQuestion {
  std::string key, ref, title, group;  // "A.8.13", "8.13", "Information backup", "A.8"
  GapItemDimension dimension{};
};
// All questions in the order of the standard, with the library's titles.
std::vector<GapQuestion> gap_questions(const Library& library);
// Nothing when there is no such question.
std::optional<GapQuestion> gap_question(const Library& library, std::string_view key);

struct GapAnalysis {
  Record record;
  GapAssessment assessment;
  std::vector<GapItem> items;
  std::vector<Record> records;  // the same answers, at the same positions

  const GapItem* find(std::string_view key) const;
  const Record* record_of(std::string_view key) const;
  std::string person_for(std::string_view key) const;  // to whom the question is handed; empty: nobody
  bool approved() const { return !record.text("approved_by").empty(); }
  RoadmapCapacity capacity() const;
  Roadmap roadmap() const { return gap_roadmap(items, capacity()); }
};

// Errors: not_found, forbidden.
Result<GapAnalysis> read_gap_analysis(const RegisterService& registers, const Principal& principal,
                                      std::string_view id);
// All that the principal may see, the newest first; with `answers` false only what stands in the assessment itself.
Result<std::vector<GapAnalysis>> read_gap_analyses(const RegisterService& registers, const Principal& principal);

// Whether the principal may answer the question: who keeps the analysis any, others those handed to them. Nobody once
// it is approved.
Decision may_answer_gap(const Principal& principal, const GapAnalysis& analysis, std::string_view key);

// Stores the answer as it was typed: `typed` is a gap_item with the fields of the form; who answered and when are set
// here. `waits_for`: keys of other questions, separated by commas or spaces. `version`: the one that was shown, 0 for a
// first answer. Errors: those of RegisterService; invalid at "depends_on" for what is no question, has no answer yet,
// or leads in a circle.
Result<Record> answer_gap(const RegisterService& registers, const Principal& principal, const GapAnalysis& analysis,
                          const GapQuestion& question, Record typed, std::string_view waits_for, std::int64_t version);

// Hands whole groups and single questions to a person, who has those already handed to them as well; whoever had them
// before has them no more. An empty person takes them back. Errors: invalid at "person" or "questions".
Result<void> hand_out_gap_questions(const RegisterService& registers, const Principal& principal,
                                    const GapAnalysis& analysis, std::string_view person,
                                    const std::vector<std::string>& groups, std::string_view questions);

// Writes the ranks of the roadmap into the gaps, and its dates where nobody set one. Gives how many gaps changed.
Result<std::size_t> adopt_gap_roadmap(const RegisterService& registers, const Principal& principal,
                                      const GapAnalysis& analysis);

}  // namespace assay
