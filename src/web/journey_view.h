// What the pages around the journey share: verdicts, findings as links, references to the standard.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "isms/readiness/journey.h"
#include "web/page.h"

namespace assay {

// Whether this person is told how the organisation stands: everybody with a task in the ISMS, not staff at large.
bool sees_conformity(const Visit& visit);
// An answer for those who do not; nothing for those who do.
std::optional<Response> refuse_conformity(Visit& visit);

// The journey of today with the verdict behind it; kept until the data or the day changes.
struct Standing {
  journey::Journey journey;
  journey::VerdictSummary summary;
  std::shared_ptr<const Verdict> verdict;  // of today, all stages; null when the rules could not be asked
};
Result<std::shared_ptr<const Standing>> standing_of(Visit& visit);

// "6.1.2 c 2" -> "6", "A.5.18" -> "A.5", what is neither -> "programme": the rows of the matrix.
std::string clause_group(std::string_view ref);
inline constexpr std::string_view clause_groups[] = {"4",  "5",   "6",   "7",   "8",   "9",
                                                     "10", "A.5", "A.6", "A.7", "A.8", "programme"};
std::string clause_group_label(std::string_view group);  // "A.5 Organisational controls"
// Whether `ref` lies under `clause`: "6.1.2 c" under "6.1".
bool lies_under(std::string_view ref, std::string_view clause);

// Each part of a rule's ref, linked to its guidance where there is some.
void ref_links(HtmlWriter& h, const Visit& visit, std::string_view ref);
std::string findings_url(const Fields& parameters);
std::string rule_url(std::string_view rule_id);
std::string finding_url(const FindingKey& key);  // the page that explains it
// Address of what a point of the journey opens; empty when it opens nothing.
std::string target_url(const journey::Target& target);

// One finding with its facts, its record and how to mend it; an <li>.
struct FindingLook {
  bool advise = true;                                        // how to mend it
  bool explain = true;                                       // a link to the page that explains it
  const std::map<FindingKey, FindingMark>* marks = nullptr;  // what people said about findings
};
void finding_item(HtmlWriter& h, const Visit& visit, const RuleFinding& finding, const FindingLook& look = {});
// That a finding is disputed, or taken into an audit, as a badge; nothing without a mark.
void mark_badge(HtmlWriter& h, const Visit& visit, const FindingMark* mark);
// "Closed on 2026-06-30 by entry 12 of the ledger."
void write_cause(HtmlWriter& h, const FindingEvent& event, bool opened);
// The marks of the workspace; none when they cannot be read.
std::map<FindingKey, FindingMark> marks_of(const Visit& visit);
std::string_view stage_label(std::string_view stage);
std::string_view class_label(FindingClass finding_class);  // "Majors"
inline constexpr FindingClass classes_by_weight[] = {FindingClass::major, FindingClass::minor,
                                                     FindingClass::observation, FindingClass::ofi};

// The parameter "days", `otherwise` without one. Error: invalid for what is no whole number from 1 to `most`.
Result<std::int64_t> days_asked(const Visit& visit, std::int64_t otherwise, std::int64_t most);

// A link that looks like a chip; the active one takes its filter away.
void chip(HtmlWriter& h, std::string_view url, std::string_view label, bool active);

// Handlers of the other files.
Response home_page(Visit& visit);
Response findings_page(Visit& visit);
Response closed_findings_page(Visit& visit);
Response rule_page(Visit& visit);
Response rules_page(Visit& visit);
Response library_page(Visit& visit);
Response clause_page(Visit& visit);
Response control_page(Visit& visit);
Response threats_page(Visit& visit);
Response weaknesses_page(Visit& visit);
Response templates_page(Visit& visit);
Response template_page(Visit& visit);
Response ledger_page(Visit& visit);
Response ledger_entry_page(Visit& visit);
Response checkpoint_file(Visit& visit);
Response verifier_key_file(Visit& visit);
Response verify_page(Visit& visit);

// A record that falls due.
struct OwnDuty {
  const EntityDef* def = nullptr;
  Id id;
  std::string title, words;
  Date due;
  bool read = false, learn = false;
};
// By date. Without `everything` only what is overdue or falls due within a week.
std::vector<OwnDuty> own_duties(Visit& visit, bool everything);
void write_duties(HtmlWriter& h, const std::vector<OwnDuty>& duties, Date today);
void write_employee_home(HtmlWriter& h, Visit& visit);
// What to record first, for as long as one of the registers that the rest builds on is empty.
void write_first_steps(HtmlWriter& h, Visit& visit);

}  // namespace assay
