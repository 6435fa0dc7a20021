// A Statement of Applicability as files: JSON (what is kept with an issue), a workbook, and OSCAL.
#pragma once

#include "isms/soa/soa_snapshot.h"
#include "kernel/exchange/xlsx_writer.h"
#include "workflows/soa/soa_versions.h"

namespace assay {

std::string soa_json(const SoaSnapshot& snapshot);
Result<SoaSnapshot> soa_from_json(std::string_view json);  // invalid: not written by soa_json()

// A workbook ready for the printer: a sheet of lines (landscape, the width of a page, headings on every page, filters)
// and one that tells version, approval and sums. Drafts are marked on both and in the foot of every page.
Result<void> write_soa_workbook(const SoaSnapshot& snapshot, XlsxWriter& writer);

// OSCAL 1.1.3 as a component definition: the management system as one component, every line as an implemented
// requirement (docs/statement-of-applicability.md says why). The same snapshot always gives the same bytes.
std::string soa_oscal(const SoaSnapshot& snapshot);

// What people and programs are given when they ask for "the" statement: the one in force as it was issued; where it was
// not issued, as it stands; without one, the draft. Error: not_found when there is none at all.
Result<SoaSnapshot> current_soa(Tenant& tenant, const Principal& principal);

// "Statement of Applicability 3 draft.xlsx".
std::string soa_file_name(const SoaSnapshot& snapshot, std::string_view extension);

}  // namespace assay
