// Spreadsheets into registers: what would happen to each row, and doing it in one transaction.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel/exchange/table.h"
#include "kernel/service/column_mapping.h"
#include "kernel/store/workspace.h"

namespace assay {

struct SheetImportOptions {
  bool strict = false;          // refuse what is incomplete, out of range or doubled, instead of reporting it
  bool clear_blank = false;     // a blank cell empties the field instead of leaving it alone
  bool skip_bad_cells = false;  // leave out cells that cannot be read, and report them, instead of refusing the row
  bool skip_refused = false;    // store the good rows although others were refused
  std::string file_name = {};   // for the history
};

// One sheet on its way into a register. The sheet must outlive the call.
struct SheetTask {
  const Sheet* sheet = nullptr;
  const EntityDef* def = nullptr;
  ColumnMapping mapping;
};

enum class RowFate { created, changed, unchanged, refused };
std::string_view name_of(RowFate fate);

struct RowPlan {
  std::size_t row = 0;  // of the sheet, from 1, as a spreadsheet program counts
  RowFate fate = RowFate::refused;
  Id id;
  std::string title;
  std::vector<FieldChange> changes;  // of a changed row
  Problems problems;                 // why it is refused; place "row 14, column Owner"
  Problems warnings;
  // What is stored; `after` for created and changed rows, `before` for changed ones.
  std::unique_ptr<Record> before, after;
};

struct SheetPlan {
  const EntityDef* def = nullptr;
  std::string sheet;
  ColumnMapping mapping;
  std::vector<RowPlan> rows;  // in the order of the sheet; blank and example rows are not among them
  std::size_t created = 0, changed = 0, unchanged = 0, refused = 0, skipped = 0;
  Problems notes;  // columns that are not imported, and what was assumed

  Problems problems() const;  // of all refused rows
  Problems warnings() const;
};

// What would happen. Nothing is stored. Rows may refer to records that other rows or sheets of the same call create.
// Error: forbidden, or what the database said; what is wrong with rows stands in the plan.
Result<std::vector<SheetPlan>> plan_import(const Reader& reader, const Principal& principal,
                                           std::span<const SheetTask> tasks, const SheetImportOptions& options);

// Plans and stores in one transaction, and remembers the mappings. With refused rows nothing is stored (unless
// skip_refused) and the error lists everything that is wrong. `store_warnings` receives what the store reported.
Result<std::vector<SheetPlan>> apply_import(Workspace& workspace, const Principal& principal,
                                            std::span<const SheetTask> tasks, const SheetImportOptions& options,
                                            Problems* store_warnings = nullptr);

// The mapping remembered for these headings, else the guess.
Result<ColumnMapping> mapping_for(const Reader& reader, const EntityDef& def, const Sheet& sheet);

}  // namespace assay
