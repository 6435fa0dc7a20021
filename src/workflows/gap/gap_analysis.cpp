#include "workflows/gap/gap_analysis.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflows/records.h"

namespace assay {
namespace {

GapQuestion question_of(const Library& library, std::string key) {
  GapQuestion out;
  bool control = key.starts_with("A.");
  out.dimension = control ? GapItemDimension::control : GapItemDimension::clause;
  out.ref = control ? key.substr(2) : key;
  out.group = gap_group(key);
  if (const ControlGuidance* guidance = control ? library.control(out.ref) : nullptr) out.title = guidance->title;
  if (const ClauseGuidance* guidance = control ? nullptr : library.clause(out.ref)) {
    out.title = guidance->title;
    // "General" alone says nothing.
    const ClauseGuidance* parent = guidance->title == "General" ? library.clause(guidance->parent) : nullptr;
    if (parent) out.title = parent->title + ": general";
  }
  out.key = std::move(key);
  return out;
}

// Keys as people type them: "a.8.13, 6.1.2".
std::vector<std::string> keys_in(std::string_view text) {
  std::vector<std::string> out;
  std::string plain(text);
  for (char& c : plain) {
    if (c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t') c = ' ';
    if (c == 'a') c = 'A';
  }
  for (std::string_view word : split(plain, ' ')) {
    if (!trim(word).empty()) out.emplace_back(trim(word));
  }
  return out;
}

Result<std::vector<std::string>> dependencies(const GapAnalysis& analysis, const GapQuestion& question,
                                              std::string_view waits_for) {
  Problems problems;
  std::vector<std::string> keys, ids;
  for (const std::string& key : keys_in(waits_for)) {
    if (!is_gap_key(key))
      problems.push_back({"depends_on", "must be clauses such as 6.1.2 or controls such as A.8.13", shorten(key, 20)});
    else if (const GapItem* before = analysis.find(key)) {
      if (std::ranges::find(keys, key) == keys.end()) ids.push_back(before->id), keys.push_back(key);
    } else problems.push_back({"depends_on", fmt::format("{} has no answer yet: answer it first", key), key});
  }
  if (problems.empty()) {
    auto circle = dependency_circle(analysis.items, question.key, keys);
    if (!circle.empty())
      problems.push_back({"depends_on", fmt::format("must not lead in a circle: {}", join(circle, " waits for ")),
                          std::string(waits_for)});
  }
  if (!problems.empty()) return fail(std::move(problems), "The answer was not stored.");
  return ids;
}

Decision not_now(std::string reason, std::string who = {}) { return {false, std::move(reason), std::move(who)}; }

}  // namespace

std::vector<GapQuestion> gap_questions(const Library& library) {
  std::vector<GapQuestion> out;
  for_each_gap_key([&](std::string key) { out.push_back(question_of(library, std::move(key))); });
  return out;
}

std::optional<GapQuestion> gap_question(const Library& library, std::string_view key) {
  if (!is_gap_key(key)) return std::nullopt;
  return question_of(library, std::string(key));
}

const GapItem* GapAnalysis::find(std::string_view key) const {
  auto found = std::ranges::find_if(items, [&](const GapItem& item) { return gap_key(item) == key; });
  return found == items.end() ? nullptr : &*found;
}

const Record* GapAnalysis::record_of(std::string_view key) const {
  const GapItem* item = find(key);
  return item ? &records[static_cast<std::size_t>(item - items.data())] : nullptr;
}

std::string GapAnalysis::person_for(std::string_view key) const {
  for (const GapAssignment& row : assessment.assignments) {
    if (std::ranges::find(row.questions, key) != row.questions.end()) return row.person.id;
  }
  return {};
}

RoadmapCapacity GapAnalysis::capacity() const {
  return {assessment.roadmap_from.value_or(assessment.performed_on), assessment.persons_available.value_or(1),
          assessment.days_a_week.value_or(2.5)};
}

namespace {

Result<GapAnalysis> with_answers(const RegisterService& registers, const Principal& principal, Record record) {
  GapAnalysis out;
  out.record = std::move(record);
  out.assessment = decode<GapAssessment>(out.record);
  TRY(out.records, records_of(registers, principal, GapItem::def(), "assessment", out.record.id));
  for (const Record& item : out.records) out.items.push_back(decode<GapItem>(item));
  return out;
}

}  // namespace

Result<GapAnalysis> read_gap_analysis(const RegisterService& registers, const Principal& principal,
                                      std::string_view id) {
  TRY(Record record, registers.read(principal, GapAssessment::def(), id));
  return with_answers(registers, principal, std::move(record));
}

Result<std::vector<GapAnalysis>> read_gap_analyses(const RegisterService& registers, const Principal& principal) {
  TRY(auto records, records_of(registers, principal, GapAssessment::def()));
  std::vector<GapAnalysis> out;
  for (Record& record : records) {
    TRY(GapAnalysis analysis, with_answers(registers, principal, std::move(record)));
    out.push_back(std::move(analysis));
  }
  std::ranges::stable_sort(out, [](const GapAnalysis& a, const GapAnalysis& b) {
    return std::pair(a.assessment.performed_on, a.record.id) > std::pair(b.assessment.performed_on, b.record.id);
  });
  return out;
}

Decision may_answer_gap(const Principal& principal, const GapAnalysis& analysis, std::string_view key) {
  if (analysis.approved())
    return not_now("The analysis is approved and does not change any more.",
                   "Top management can take the approval back; or start the next analysis");
  const Record* stored = analysis.record_of(key);
  Decision decision =
      stored ? may(principal, Action::change, GapItem::def(), stored) : may(principal, Action::create, GapItem::def());
  if (!decision) return decision;
  if (may(principal, Action::change, GapAssessment::def(), &analysis.record).allowed) return decision;
  if (!principal.person.empty() && analysis.person_for(key) == principal.person) return decision;
  return not_now("This question is not handed to you.", "The assessor, and those to whom the question is handed");
}

Result<Record> answer_gap(const RegisterService& registers, const Principal& principal, const GapAnalysis& analysis,
                          const GapQuestion& question, Record typed, std::string_view waits_for, std::int64_t version) {
  CHECK(demand(may_answer_gap(principal, analysis, question.key)));
  auto ids = dependencies(analysis, question, waits_for);
  if (!ids) return std::unexpected(std::move(ids).error());
  typed.at("depends_on") = *std::move(ids);
  typed.at("assessment") = analysis.record.id;
  typed.at("ref") = question.ref;
  typed.at("dimension") = std::string(question.dimension == GapItemDimension::control ? "control" : "clause");
  typed.at("assessed_on") = registers.workspace().clock().today().iso();
  if (!principal.person.empty()) typed.at("assessor") = principal.person;
  const Record* stored = analysis.record_of(question.key);
  if (!stored) return registers.create(principal, std::move(typed), "Answered in the gap analysis");
  Patch patch;
  const EntityDef& def = GapItem::def();
  for (std::string_view name : {"result", "rationale", "risk_severity", "complexity", "action", "owner", "target_on",
                                "assessor", "assessed_on", "evidence", "effort_days", "cost", "depends_on"}) {
    patch.emplace_back(def.find(name), typed.at(name));
  }
  // A first answer that somebody else gave meanwhile is not overwritten unseen.
  if (version == 0) {
    return fail(ErrorKind::conflict,
                "Somebody answered this question while you were writing. Compare, then save again.");
  }
  return registers.change(principal, def, stored->id, version, patch, "Answered again in the gap analysis");
}

Result<void> hand_out_gap_questions(const RegisterService& registers, const Principal& principal,
                                    const GapAnalysis& analysis, std::string_view person,
                                    const std::vector<std::string>& groups, std::string_view questions) {
  Problems problems;
  std::vector<std::string> keys = keys_in(questions);
  for (const std::string& key : keys) {
    if (!is_gap_key(key))
      problems.push_back({"questions", "must be clauses such as 6.1.2 or controls such as A.8.13", shorten(key, 20)});
  }
  for_each_gap_key([&](const std::string& key) {
    if (std::ranges::find(groups, gap_group(key)) != groups.end()) keys.push_back(key);
  });
  if (keys.empty()) problems.push_back({"questions", "choose at least one group or name a question", ""});
  if (!problems.empty()) return fail(std::move(problems), "No question was handed out.");
  std::vector<GapAssignment> rows;
  for (GapAssignment row : analysis.assessment.assignments) {
    std::erase_if(row.questions, [&](const std::string& key) { return std::ranges::find(keys, key) != keys.end(); });
    if (!row.questions.empty()) rows.push_back(std::move(row));
  }
  if (!person.empty()) {
    auto own = std::ranges::find_if(rows, [&](const GapAssignment& row) { return row.person.id == person; });
    if (own == rows.end()) own = rows.insert(rows.end(), {Ref<Person>{std::string(person)}, {}});
    std::vector<std::string> ordered;
    for_each_gap_key([&](const std::string& key) {
      bool theirs =
          std::ranges::find(own->questions, key) != own->questions.end() || std::ranges::find(keys, key) != keys.end();
      if (theirs) ordered.push_back(key);
    });
    own->questions = std::move(ordered);
  }
  GapAssessment changed = analysis.assessment;
  changed.assignments = std::move(rows);
  const EntityDef& def = GapAssessment::def();
  Value value = encode<GapAssessment>(changed).at("assignments");
  auto stored = registers.change(principal, def, analysis.record.id, analysis.record.version,
                                 {{def.find("assignments"), value}}, "Questions handed out");
  if (stored) return {};
  Error error = std::move(stored).error();
  for (Problem& problem : error.problems) problem.place = "person";
  return std::unexpected(std::move(error));
}

Result<std::size_t> adopt_gap_roadmap(const RegisterService& registers, const Principal& principal,
                                      const GapAnalysis& analysis) {
  if (analysis.approved()) CHECK(demand(may_answer_gap(principal, analysis, {})));
  const EntityDef& def = GapItem::def();
  Roadmap roadmap = analysis.roadmap();
  std::vector<ProposedChange> changes;
  for (std::size_t i = 0; i < roadmap.steps.size(); ++i) {
    const RoadmapStep& step = roadmap.steps[i];
    auto rank = static_cast<std::int64_t>(i + 1);
    ProposedChange change{&def, step.item->id, {}, {}, "Rank and date from the roadmap"};
    if (step.item->priority != rank) change.values.emplace_back(def.find("priority"), rank);
    if (!step.promised && (step.item->target_on != step.to || step.item->roadmap_on != step.to)) {
      change.values.emplace_back(def.find("target_on"), step.to.iso());
      change.values.emplace_back(def.find("roadmap_on"), step.to.iso());
    }
    if (!change.values.empty()) changes.push_back(std::move(change));
  }
  if (!changes.empty()) CHECK(registers.make(principal, changes));
  return changes.size();
}

}  // namespace assay
