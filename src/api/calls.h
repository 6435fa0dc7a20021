// What the calls of the API share. Internal to src/api.
#pragma once

#include <boost/json.hpp>

#include "api/answers.h"
#include "kernel/service/tenant.h"

namespace assay {

// One authenticated call.
struct ApiCall {
  Tenant& tenant;
  Principal principal;
  Request& request;

  // The register that the address or `name` says. Error: not_found with the nearest name.
  Result<const EntityDef*> entity() const { return entity(request.param("register")); }
  Result<const EntityDef*> entity(std::string_view name) const;
};

using ApiHandler = Result<Response> (*)(ApiCall&);

struct ApiRoute {
  std::string_view method, path;
  ApiHandler handler;
};

// The body as a JSON object.
Result<boost::json::object> read_body(const Request& request);
// Fields as values, those under "custom" too: only the keys that are there, null unsets.
Result<Patch> read_patch(const EntityDef& def, const CustomFields& custom, const boost::json::object& body);

std::vector<ApiRoute> finding_calls();  // findings, forecast, what-if
std::vector<ApiRoute> rehearsal_calls();
std::vector<ApiRoute> own_rule_calls();
std::vector<ApiRoute> soa_calls();  // the Statement of Applicability in force

}  // namespace assay
