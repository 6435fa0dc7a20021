// A cell of somebody's spreadsheet as a value of a field: more forgiving than a form, since people keep them by hand.
#pragma once

#include <string>
#include <string_view>

#include "kernel/model/record.h"

namespace assay {

// Whether the cell says that there is nothing: blank, or a word such as "n/a", "–" or "tbd" in a field that could not
// mean it.
bool says_nothing(const FieldDef& field, std::string_view cell);

// Any kind but references, which reference_resolution.h reads. Takes choices by name, label or a common foreign word
// ("hoch", "mitigate"), "5 - almost certain" as 5 and "A.5.1" as 5.1. Error: invalid; the problem has no place yet.
Result<Value> read_cell(const FieldDef& field, std::string_view cell);

// Whether the value fits without a look into the database; true for references.
bool cell_fits(const FieldDef& field, std::string_view cell);

// What stands in an exported cell whose text no spreadsheet cell can hold; an import leaves the field alone then.
inline constexpr std::string_view too_long_for_cell = "(too long for a cell: see the record)";

// "A", "B", … "AA" as spreadsheets name their columns; `position` from 0.
std::string column_letters(std::size_t position);

}  // namespace assay
