// What a list shows: filters, sorting, columns and the place in it. Built from the URL by web and API alike.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/model/custom_fields.h"

namespace assay {

enum class Comparison { is, is_not, at_least, at_most, contains, empty, not_empty };

struct Filter {
  const FieldDef* field = nullptr;  // null: the id
  Comparison comparison = Comparison::is;
  std::vector<std::string> values;  // any of them for `is`, none of them for `is_not`
};

struct ListQuery {
  const EntityDef* def = nullptr;
  std::vector<Filter> filters;
  std::string search;              // words to be found anywhere in the record
  const FieldDef* sort = nullptr;  // null: by id
  bool descending = false;
  std::string after;                     // cursor of the previous page; empty: from the start
  std::size_t limit = 50;                // 1 to 500
  std::vector<const FieldDef*> columns;  // empty: all fields
};

// Reads a query from URL parameters:
//   owner=P-1&status=draft&status=assessed    is (several: any of them)
//   treatment.not=retain · residual_score.min=12 · next_review_on.max=2026-01-01 · title.contains=phish
//   owner.empty=true|false · custom.cost_centre=A1 · q=words · sort=-residual_score · after=CURSOR · limit=50 · columns=title,owner
// Unknown names and misfitting values are problems with the parameter as place. Parameters in `ignored` are skipped.
Result<ListQuery> parse_list_query(const EntityDef& def, const std::vector<std::pair<std::string, std::string>>& query,
                                   std::initializer_list<std::string_view> ignored = {},
                                   const CustomFields& custom = CustomFields::none());

// The default query of a register: its default sort and list columns, the custom ones last.
ListQuery default_query(const EntityDef& def, const CustomFields& custom = CustomFields::none());

// The filter as a URL parameter name, e.g. "residual_score.min".
std::string parameter_name(const Filter& filter);

}  // namespace assay
