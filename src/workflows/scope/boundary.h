// The boundary of the ISMS as people work on it (4.3): a version with its items, held against the registers; decisions;
// new versions out of old ones.
#pragma once

#include <string>
#include <vector>

#include "isms/organisation/scope_boundary.h"
#include "isms/organisation/scope_statement.h"
#include "workflows/records.h"

namespace assay {

// The things that the boundary has to say something about, as the principal may see them: units, legal entities, sites,
// processes (those of the ISMS itself apart), systems, cloud regions and classes of assets in use, suppliers that are
// not ended.
Result<std::vector<ScopeThing>> scope_things(const RegisterService& registers, const Principal& principal);

// Newest first.
Result<std::vector<ScopeStatement>> scope_versions(const RegisterService& registers, const Principal& principal);

struct ScopeSheet {
  Record record;  // of the statement
  ScopeStatement statement;
  std::vector<ScopeItem> items;
  std::vector<ScopeThing> things;

  // Only drafts change; what was submitted goes back to draft first.
  bool open() const { return statement.status == VersionStatus::draft; }
  std::vector<UndecidedThing> undecided_things() const { return undecided(things, items); }
  std::vector<ScopeContradiction> contradictions() const { return scope_contradictions(things, items); }
};
Result<ScopeSheet> scope_sheet(const RegisterService& registers, const Principal& principal, std::string_view id);

// A draft with the next number: text and items of the last version are taken over, confirmations and approval are not.
// Without an earlier version the organisation's name and what the registers count as in scope begin it. Error: conflict
// while a draft or a version in review is open.
Result<Record> begin_scope_version(const RegisterService& registers, const Principal& principal);

// What somebody decided about one thing.
struct ScopeDecision {
  std::string place;  // of the inputs; problems have the place "<place>.<field>"
  ScopeItem item;     // with an empty id: new; the scope is set here
};
// All or none. Errors: conflict when the version is no draft; invalid with the places of the decisions.
Result<void> decide_scope(const RegisterService& registers, const Principal& principal, std::string_view statement,
                          const std::vector<ScopeDecision>& decisions);

// The proposal for the text, with the organisation's name and the Statement of Applicability in force.
Result<std::string> proposed_scope_text(const RegisterService& registers, const Principal& principal,
                                        const ScopeSheet& sheet);

}  // namespace assay
