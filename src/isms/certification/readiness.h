// What must have happened before the certification body comes: the gates shared by the audits and the certification
// project (domain model 4.16 and 4.20). Each answers from the records alone, as of `today`.
#pragma once

#include "kernel/model/record.h"

namespace assay::readiness {

// Whether a scope list names the reference or a parent of it: "9" covers "9.2.1"; "A.8.13" and "8.13" are the same.
bool covers(const std::vector<std::string>& scope, std::string_view ref);

// Documents that Stage 1 examines: scope, policy, method, assessment report, treatment plan, SoA, audit programme.
bool documents_are_ready(const Lookup& lookup);

bool scope_is_approved(const Lookup& lookup);
bool risk_records_are_approved(const Lookup& lookup);  // method, run, treatment plan and SoA

// Internal audits reported within the window before `day` cover all clauses, all applicable controls, all sites.
bool full_internal_audit_reported(const Lookup& lookup, Date day);
bool internal_majors_are_closed(const Lookup& lookup);
bool internal_findings_are_under_way(const Lookup& lookup);  // no internal nonconformity is still without a cause

bool management_review_held(const Lookup& lookup, Date today);
bool top_management_decided_ready(const Lookup& lookup);

// Stage 1 is reported and did not end "not ready".
bool stage1_passed(const Lookup& lookup);
bool stage1_majors_are_resolved(const Lookup& lookup);
bool stage1_findings_are_addressed(const Lookup& lookup);  // minors and areas of concern as well
std::optional<Date> stage1_ended_on(const Lookup& lookup);
bool stage2_reported(const Lookup& lookup);

// Key controls claimed as implemented have run for the least operating time on `day`.
bool key_controls_have_operated(const Lookup& lookup, Date day);

// Every external major is verified by the body and every external minor has an accepted plan.
bool external_nonconformities_allow_a_certificate(const Lookup& lookup);

}  // namespace assay::readiness
