// A Statement of Applicability that was kept as a spreadsheet, into a draft version.
#pragma once

#include <string>
#include <vector>

#include "kernel/service/sheet_import.h"
#include "workflows/soa/soa_versions.h"

namespace assay {

// What a column of somebody's sheet may say about a line. Its owner and title are of the control and are not taken
// over.
std::vector<const FieldDef*> soa_import_fields();

// The columns as their headings suggest; a person may put them right.
ColumnMapping guess_soa_columns(const Sheet& sheet);

struct SoaImportOptions {
  ColumnMapping columns;
  bool follow_2013 = false;  // take rows of the edition of 2013 over where one control became exactly one
  std::string file_name = {};
};

struct SoaImportPlan {
  std::int64_t version = 0;     // of the draft that takes the lines
  bool begins_version = false;  // else it is there already
  Id soa;
  SheetPlan lines;  // what would happen to each line
  // Rows that name no control of 2022, twice the same, or no decision; place "row 14, column Control".
  Problems problems;
  std::vector<std::string> notes;

  bool can_be_applied() const { return problems.empty() && lines.refused == 0; }
};

// Nothing is stored. Errors: invalid when no column says which control; forbidden; invalid without a scope.
Result<SoaImportPlan> plan_soa_import(Tenant& tenant, const Principal& principal, const Sheet& sheet,
                                      const SoaImportOptions& options);
// All of it in one transaction. With a row that cannot be taken nothing is stored, and the error lists all that is
// wrong.
Result<SoaImportPlan> apply_soa_import(Tenant& tenant, const Principal& principal, const Sheet& sheet,
                                       const SoaImportOptions& options);

}  // namespace assay
