// Which column of a spreadsheet goes into which field: found by names in English and German, remembered, or given.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/exchange/table.h"
#include "kernel/model/custom_fields.h"

namespace assay {

enum class ColumnUse {
  none,     // not imported
  id,       // the record's id
  version,  // the version that an export wrote: protects what was changed since
  custom,   // custom values that have no column of their own, as a JSON object
  stamp,    // written by an export for people; never read back
  field,
};

struct MappedColumn {
  std::size_t position = 0;  // from 0
  std::string heading;
  ColumnUse use = ColumnUse::none;
  const FieldDef* field = nullptr;
  double confidence = 0;  // 0 to 1; 1: the field's own name, or chosen by a person
  std::string note;       // why a likely field was not taken
};

struct ColumnMapping {
  std::size_t header_row = 0;  // from 0; the data begins below
  std::vector<MappedColumn> columns;
  std::vector<std::pair<const FieldDef*, std::string>> fixed;  // one value for all new rows, as a cell would say it
  bool remembered = false;

  const MappedColumn* column_of(const FieldDef& field) const;  // null when no column goes there
  const MappedColumn* column_for(ColumnUse use) const;
  bool maps_anything() const;
};

// The row among the first ones in which most cells are names of fields; title rows and group headings lie above it.
std::size_t find_header_row(const EntityDef& def, const Sheet& sheet,
                            const CustomFields& custom = CustomFields::none());

// A mapping from names alone. A guess that hardly any value of the column fits is dropped and said so in the note.
ColumnMapping guess_mapping(const EntityDef& def, const Sheet& sheet,
                            const CustomFields& custom = CustomFields::none());

// How well a sheet fits a register: the sum of the confidences of its columns.
double mapping_score(const ColumnMapping& mapping);

// A mapping as a person gives it: "Column=field,Column=field" or a JSON object {"Column": "field"}. A column is named
// by its heading or by "#3"; a field by name or label, "id", or "" for none; ":field=value" stands for one value in all
// new rows. A custom field is named by "custom.<key>" or its label. What is not named is not imported. Error: invalid
// with a problem for every name that is unknown.
Result<ColumnMapping> parse_mapping(const EntityDef& def, const Sheet& sheet, std::size_t header_row,
                                    std::string_view text, const CustomFields& custom = CustomFields::none());

// The JSON form of a mapping, which parse_mapping() reads.
std::string mapping_json(const ColumnMapping& mapping);

// SHA-256 of the headings in their compared form: two files with these headings are read alike.
std::string heading_fingerprint(const Sheet& sheet, std::size_t header_row);

// The register a sheet or file is named after: by name, label or plural, also with words such as "inventory" and dates
// around it. Null when none is.
const EntityDef* register_named(const Registry& registry, std::string_view name);

// A heading in the form in which names are compared: "Likelihood (1-5)" -> "likelihood", "Nächste Prüfung" ->
// "naechste_pruefung".
std::string heading_form(std::string_view heading);

}  // namespace assay
