// Reading the risk register as one person may see it: only the fields that are needed, page by page in one query each.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/risk_scale.h"
#include "kernel/service/register_service.h"

namespace assay {

// The risks that the filters admit, in id order, with these fields filled. Errors: forbidden, also for filtering by a
// field that is not shown; limit above 50,000 risks.
Result<std::vector<Risk>> read_risks(const RegisterService& registers, const Principal& principal,
                                     std::vector<Filter> filters, std::initializer_list<std::string_view> fields);

// The method in force, else the highest approved one; nothing when there is none. Error: forbidden.
Result<std::optional<RiskScale>> scale_in_force(const RegisterService& registers, const Principal& principal);

// Leaves out the risks that are closed.
Filter open_risks();

}  // namespace assay
