// Versions of the Statement of Applicability: begun, decided line by line, approved and issued.
#pragma once

#include <functional>

#include "workflows/soa/soa_bench.h"

namespace assay {

// Begins the next version as a draft, in one transaction: from the version in force (else the latest) with all its
// lines, review marks taken off; without one, from the 93 references of Annex A with nothing decided. It rests on the
// current scope and the latest risk assessment. Gives its id. Errors: conflict while another version is being worked
// on; invalid without a scope; forbidden.
Result<Id> begin_soa(Tenant& tenant, const Principal& principal);

// New values for one line of a draft. `version`: of the line, as it was shown. Grounds of an excluded line are taken
// off; a text that reads as it would be built is marked as built. Errors: those of RegisterService::change; conflict
// unless a draft.
Result<void> save_soa_line(Tenant& tenant, const Principal& principal, std::string_view entry, std::int64_t version,
                           Patch values, std::string_view reason);

enum class SoaDeed {
  include,  // applicable
  exclude,  // with `text` as the justification
  grounds,  // `grounds` instead of those there are
  build,    // grounds, links and justification from what needs the control; texts that a person wrote stay
  rebuild,  // the same over texts that a person wrote
  declare,  // the implementation status as control and evidence show it, by the steps of the line
  review,   // looked at today
  owner,    // `owner` for the controls of the lines
};

struct SoaBulk {
  SoaDeed deed = SoaDeed::review;
  std::vector<Id> entries = {};
  std::vector<std::string> grounds = {};  // stored names
  std::string text = {};
  Id owner = {};
};
struct SoaBulkOutcome {
  std::size_t changed = 0;
  std::vector<std::string> kept;  // references of the lines that were left as they are
};
// All in one transaction: every line or none. Problems have the reference of the line as place. Decisions change in a
// draft alone; reviews and statuses in any version that is not superseded.
Result<SoaBulkOutcome> change_soa_lines(Tenant& tenant, const Principal& principal, std::string_view soa,
                                        const SoaBulk& bulk);

// The whole document of a snapshot, with what changed since the one issued before (null: it is the first).
using SoaDocument = std::function<std::string(const SoaSnapshot& now, const SoaSnapshot* before)>;

// Approves the version in the signer's name and issues it for good, in one transaction. Gives the number of the issue.
// Errors: invalid with a problem a line (place: its reference) while something is missing or contradicts; those of the
// step "approve"; conflict when the record is not in version `version` any more.
Result<std::int64_t> approve_soa(Tenant& tenant, const Principal& signer, std::string_view id, std::int64_t version,
                                 const SoaDocument& document);
// Issues a version that is approved or in force and was not issued yet. Errors as above; conflict when it was issued
// before.
Result<std::int64_t> issue_soa(Tenant& tenant, const Principal& principal, std::string_view id,
                               const SoaDocument& document);

inline constexpr std::string_view soa_issue_kind = "soa";

// The statement that was issued last, of any version (with `record`: of that one); nothing when none was.
struct IssuedSoa {
  IssuedDocument issue;
  SoaSnapshot snapshot;
};
Result<std::optional<IssuedSoa>> last_issued_soa(Tenant& tenant, const Principal& principal,
                                                 std::string_view record = {});

}  // namespace assay
