// What a planned change of the ISMS touches (6.3): items of the scope, risks, lines of the Statement of Applicability.
#pragma once

#include <vector>

#include "isms/organisation/isms_change.h"
#include "isms/organisation/scope_item.h"
#include "workflows/records.h"

namespace assay {

// A record with its reason to be offered.
struct TouchedRecord {
  Id id;
  std::string title;
  std::string why;  // "stands on Larkfield Cloud"; empty: chosen without one
  bool chosen = false;
};

struct ChangeImpact {
  Record record;  // of the change
  IsmsChange change;
  std::vector<TouchedRecord> scope_items, risks, soa_entries;
};
// The scope items of the version in force (else the newest), the risks whose assets lie in what was chosen, and the
// lines of the newest Statement of Applicability that treat the chosen risks; beside them what was chosen before.
Result<ChangeImpact> change_impact(const RegisterService& registers, const Principal& principal, std::string_view id);

// Keeps what the change touches. A change that touches the scope is marked so.
Result<Record> keep_impact(const RegisterService& registers, const Principal& principal, std::string_view id,
                           std::int64_t version, const std::vector<Id>& scope_items, const std::vector<Id>& risks,
                           const std::vector<Id>& soa_entries);

}  // namespace assay
