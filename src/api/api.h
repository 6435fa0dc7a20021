// The REST API: /api/v1/… for every register, and its OpenAPI description (docs/api.md).
#pragma once

#include <string>
#include <vector>

#include "http/router.h"
#include "kernel/service/tenant.h"

namespace assay {

std::vector<Route> api_routes(Installation& installation);

// OpenAPI 3.1 of everything under /api/v1, as JSON. `custom`: the custom fields of a workspace, described among those
// of the registers.
std::string openapi_document(const Registry& registry, const CustomFields& custom = CustomFields::none());

}  // namespace assay
