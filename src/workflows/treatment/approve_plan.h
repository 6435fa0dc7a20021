// Decisions about the treatment plan: begin one, add actions, approve the treatment of a risk and the plan as a whole.
#pragma once

#include "kernel/service/issued_documents.h"
#include "kernel/service/register_service.h"

namespace assay {

// A draft with the next number. Error: forbidden; conflict when there is a draft already.
Result<Record> begin_plan(const RegisterService& registers, const Principal& principal);

// Several actions for one risk, all or none. Problems have the row as place: "rows[1].owner". Error: invalid without a
// row.
Result<std::vector<Id>> add_actions(const RegisterService& registers, const Principal& principal, std::string_view plan,
                                    std::string_view risk, const std::vector<Patch>& rows);

// The fingerprint of what is approved, which the form carries.
std::string approval_fingerprint(std::string_view text);

// The risk owner, or the superior, approves the treatment as it was shown: starts it, or approves it again. `signer`
// has just signed. Errors: conflict when what was shown has changed meanwhile; those of the step.
Result<void> approve_treatment(const RegisterService& registers, const Principal& signer, std::string_view risk,
                               std::string_view fingerprint);

// Approves the plan and issues it for good in one transaction; gives the number of the issue. `version`: of the plan's
// record as it was shown.
Result<std::int64_t> approve_and_issue(const RegisterService& registers, const IssuedDocuments& issues,
                                       const Principal& signer, std::string_view plan, std::int64_t version,
                                       const NewIssue& issue);

}  // namespace assay
