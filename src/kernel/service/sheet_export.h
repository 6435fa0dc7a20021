// Registers as spreadsheets that can be read back: the headings are the names of the fields, the cells stored names,
// ids and ISO dates, so that importing an export changes nothing.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/exchange/csv.h"
#include "kernel/exchange/xlsx_writer.h"
#include "kernel/service/register_service.h"

namespace assay {

// The columns of an export: id, the fields in declared order (secret ones are left out), the custom fields in use
// ("custom.<key>"), custom (what is left of the custom values, as JSON), version, updated_at.
std::vector<std::string_view> export_headings(const EntityDef& def, const CustomFields& custom);

// The records of the list that the principal may export, in id order, as CSV. The query's columns and page do not
// matter. `sink` gets pieces of about 64 KiB. Error: forbidden.
Result<void> export_csv(const RegisterService& registers, const Principal& principal, const ListQuery& query,
                        const std::function<Result<void>(std::string_view)>& sink,
                        ByteOrderMark mark = ByteOrderMark::utf8);

// The same into a workbook: a sheet named after the register, and a sheet "Legend" that explains the columns.
Result<void> export_xlsx(const RegisterService& registers, const Principal& principal, const ListQuery& query,
                         XlsxWriter& writer);

// A sheet for each register that the principal may export and that has records, and the legend.
Result<void> export_workbook(const RegisterService& registers, const Principal& principal, XlsxWriter& writer);

inline constexpr std::string_view legend_sheet = "Legend";

}  // namespace assay
