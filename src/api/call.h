// One call of the API, for the files that answer some. Internal to src/api.
#pragma once

#include <boost/json/fwd.hpp>
#include <span>
#include <string_view>

#include "http/message.h"
#include "kernel/service/tenant.h"

namespace assay {

// Authenticated already.
struct ApiCall {
  Tenant& tenant;
  Principal principal;
  Request& request;

  Result<const EntityDef*> entity() const;  // the register that the address names
};

using ApiHandler = Result<Response> (*)(ApiCall&);

Result<boost::json::object> read_body(const Request& request);

struct OwnRuleCall {
  std::string_view method, pattern;
  ApiHandler handler;
};
std::span<const OwnRuleCall> own_rule_calls();  // own_rule_calls.cpp

}  // namespace assay
