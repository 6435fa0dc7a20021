// The Statement of Applicability as one works on it: every line with what needs it, what shows that it is implemented,
// and what is still wrong. Read with one query a register.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/risk/treatment_action.h"
#include "isms/soa/soa_facts.h"
#include "isms/soa/soa_needs.h"
#include "isms/soa/soa_snapshot.h"
#include "isms/soa/soa_status.h"
#include "isms/soa/statement_of_applicability.h"
#include "kernel/service/tenant.h"

namespace assay {

// What keeps a line, or the whole statement, from being issued.
struct SoaProblem {
  std::string ref;   // of the line; empty: the statement itself
  Id entry;          // empty: the statement, or a line that is not there
  std::string rule;  // the conformity rule that asks for it
  std::string message;
};

struct SoaRow {
  Record record;
  SoAEntry entry;
  std::string title;  // of Annex A, or of the own control
  std::string theme;  // empty: an own control
  const Control* control = nullptr;
  std::vector<SoaNeed> needs;  // all that needs the control, whether or not the line links it
  BuiltSoaLine built;          // what the line would say if it were built from them
  DerivedSoaStatus derived;
  std::vector<std::string> contradictions;  // facts that an exclusion would deny, or does
  std::vector<SoaProblem> problems;
  bool is_reviewed = false;  // since the assessment it rests on, and within soa_review_days

  bool is_applicable() const { return entry.applicability == SoAEntryApplicability::applicable; }
  std::string_view applicability() const;  // "applicable", "excluded", "undecided"
  // A built text that would read otherwise today, or no text where one could be built.
  bool can_be_built_anew() const;
  // The declared status is another one than the facts show.
  bool status_differs() const;
};

struct SoaBench {
  Record record;  // the statement
  StatementOfApplicability statement;
  std::vector<SoaRow> rows;          // in the order of the standard, own controls last
  std::vector<SoaProblem> problems;  // of the statement as a whole
  SoaFacts facts;
  std::map<Id, std::string> people;  // owners of controls and the approver, as far as they are shown
  std::string scope_title, run_title, organisation;
  Date today;

  const SoaRow* row(std::string_view entry) const;
  std::vector<SoaProblem> all_problems() const;  // the statement's, then line by line
  // Only a draft is decided on; afterwards lines are reviewed and statuses kept true.
  bool is_open() const { return statement.status == VersionStatus::draft; }

  // What the rows point into.
  std::map<Id, Control> controls;
  std::map<Id, std::unique_ptr<Evidence>> evidence;
  std::vector<std::unique_ptr<TreatmentAction>> actions;
};

// The statements, the latest version first.
Result<std::vector<StatementOfApplicability>> soa_versions(const Reader& reader, const Principal& principal);
// The one to work on: the latest that is a draft or in review, else the one in force, else the latest. Null without
// any.
const StatementOfApplicability* soa_to_work_on(const std::vector<StatementOfApplicability>& versions);
// The highest version in force, else the highest approved one. Null when there is none.
const StatementOfApplicability* soa_in_force(const std::vector<StatementOfApplicability>& versions);

// Errors: forbidden for those who may not see the lines; not_found.
Result<std::unique_ptr<SoaBench>> read_soa_bench(const Reader& reader, const Principal& principal, std::string_view id);

// The bench with nothing left to look up.
SoaSnapshot snapshot_of(const SoaBench& bench);

// The facts that speak against excluding this line, with these links and this control; `bench` for the rest.
std::vector<std::string> soa_contradictions(const SoaBench& bench, const SoAEntry& entry);

}  // namespace assay
