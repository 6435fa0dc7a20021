#include "api/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/calls.h"
#include "base/text.h"
#include "http/security.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

Result<Response> list_registers(ApiCall& call) {
  std::string out = "{\"items\":[";
  bool first = true;
  for (const EntityDef* def : call.tenant.workspace->registry().all()) {
    if (!may(call.principal, Action::see, *def).allowed) continue;
    out += fmt::format("{}{{\"name\":\"{}\",\"label\":{},\"plural\":{},\"help\":{},\"href\":\"/api/v1/{}\"}}",
                       first ? "" : ",", def->name(), json_string(def->text.label), json_string(def->text.plural),
                       json_string(def->text.help), def->name());
    first = false;
  }
  return Response::json(out + "]}");
}

Result<Response> list_records(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(const CustomFields* custom, call.tenant.workspace->custom_fields());
  TRY(ListQuery query, parse_list_query(*def, call.request.query, {}, *custom));
  query.columns.clear();  // the API always gives whole records
  TRY(Page page, call.tenant.registers.list(call.principal, query));
  std::string out = "{\"items\":[";
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    if (i) out += ',';
    append_json(out, page.rows[i].record, {.nulls = true, .stamps = false});
    out.pop_back();
    out += fmt::format(",\"revision\":{}}}", page.rows[i].record.version);
  }
  out += fmt::format("],\"total\":{},\"more_than_total\":{},\"next\":{}}}", page.total, page.more_than_total,
                     page.next.empty() ? "null" : json_string(page.next));
  return Response::json(std::move(out));
}

Result<Response> read_record(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(Record record, call.tenant.registers.read(call.principal, *def, call.request.param("id")));
  return record_answer(call.principal, record, 200);
}

Result<Response> create_record(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(auto body, read_body(call.request));
  Record record(*def);
  if (Problems problems = read_json(record, body); !problems.empty()) return fail(std::move(problems));
  TRY(Record stored, call.tenant.registers.create(call.principal, std::move(record), call.request.header("X-Reason")));
  Response response = record_answer(call.principal, stored, 201);
  response.set_header("Location", fmt::format("/api/v1/{}/{}", def->name(), percent_encode(stored.id)));
  return response;
}

Result<Response> change_record(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(std::int64_t revision, read_if_match(call.request));
  TRY(auto body, read_body(call.request));
  TRY(const CustomFields* custom, call.tenant.workspace->custom_fields());
  TRY(Patch patch, read_patch(*def, *custom, body));
  TRY(Record stored, call.tenant.registers.change(call.principal, *def, call.request.param("id"), revision, patch,
                                                  call.request.header("X-Reason")));
  return record_answer(call.principal, stored, 200);
}

Result<Response> list_steps(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(Record record, call.tenant.registers.read(call.principal, *def, call.request.param("id")));
  TRY(auto reader, call.tenant.workspace->read());
  return Response::json(steps_json(record, call.tenant.registers.steps(call.principal, record, *reader)));
}

Result<Response> take_step(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(auto body, read_body(call.request));
  std::string reason;
  if (const auto* given = body.if_contains("reason"); given && given->is_string()) reason = given->get_string();
  Patch inputs;
  if (const auto* given = body.if_contains("inputs"); given && given->is_object()) {
    TRY(inputs, read_patch(*def, CustomFields::none(), given->get_object()));
  }
  std::int64_t revision = 0;
  if (!call.request.header("If-Match").empty()) {
    TRY(revision, read_if_match(call.request));
  }
  TRY(Record stored, call.tenant.registers.take_step(call.principal, *def, call.request.param("id"), revision,
                                                     call.request.param("step"), inputs, reason));
  return record_answer(call.principal, stored, 200);
}

Result<Response> read_history(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(std::int64_t before, whole_parameter(call.request, "before", 0, std::int64_t{1} << 60U, 0));
  TRY(std::int64_t limit, whole_parameter(call.request, "limit", 1, 500, 50));
  TRY(auto entries, call.tenant.registers.history(call.principal, *def, call.request.param("id"), before,
                                                  static_cast<std::size_t>(limit)));
  return Response::json(history_json(entries));
}

Result<Response> upsert_records(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(auto body, read_body(call.request));
  const auto* items = body.if_contains("items");
  if (!items || !items->is_array() || items->get_array().size() > 10'000)
    return fail(Problems{{"items", "must be a list of at most 10000 records", ""}});
  const auto* dry = body.if_contains("dry_run");
  std::vector<RegisterService::Upsert> upserts;
  for (const auto& item : items->get_array()) {
    if (!item.is_object()) return fail(Problems{{fmt::format("items[{}]", upserts.size()), "must be an object", ""}});
    RegisterService::Upsert upsert{
        def, {}, [object = &item.get_object()](Record& record) { return read_json(record, *object); }};
    const auto* id = item.get_object().if_contains("id");
    if (id && id->is_string()) upsert.id = id->get_string();
    upserts.push_back(std::move(upsert));
  }
  bool dry_run = dry && dry->is_bool() && dry->get_bool();
  TRY(auto outcome, call.tenant.registers.upsert(call.principal, upserts, call.request.header("X-Reason"), dry_run));
  auto ids = [](const std::vector<Id>& list) {
    std::string out = "[";
    for (const Id& id : list) out += (out.size() > 1 ? "," : "") + json_string(id);
    return out + "]";
  };
  return Response::json(fmt::format("{{\"created\":{},\"changed\":{},\"unchanged\":{},\"dry_run\":{}}}",
                                    ids(outcome.created), ids(outcome.changed), ids(outcome.unchanged), dry_run));
}

// A token in the Authorization header; for reading also the session of the browser, so that links to the API work
// there.
Result<ApiCall> authenticate(Installation& installation, Request& request) {
  Instant now = installation.product().clock.now();
  std::string_view header = request.header("Authorization");
  if (header.starts_with("Bearer ")) {
    std::string_view token = trim(header.substr(7));
    auto workspace = workspace_of_token(token);
    Tenant* tenant = workspace ? installation.find(*workspace) : nullptr;
    if (!tenant) return fail(ErrorKind::unauthenticated, "The token is not valid.");
    TRY(Principal principal, tenant->tokens.authenticate(token, now));
    return ApiCall{*tenant, std::move(principal), request};
  }
  auto cookie = parse_session_cookie(request.cookie(session_cookie_name));
  Tenant* tenant = cookie ? installation.find(cookie->workspace) : nullptr;
  if (tenant && (request.method == "GET" || request.method == "HEAD")) {
    TRY(ActiveSession session, tenant->sessions.authenticate(cookie->token, now));
    return ApiCall{*tenant, session.principal, request};
  }
  return fail(ErrorKind::unauthenticated, "Send an API token: Authorization: Bearer assay_…");
}

Route api_route(Installation& installation, RateLimiter& limiter, std::string method, std::string pattern,
                ApiHandler handler) {
  RouteOptions options;
  options.anonymous = true;  // authenticated here, by token
  options.csrf = false;
  options.max_body = 64U << 20U;
  // Guessing tokens is slowed down by address; good tokens never wait.
  auto refusal = [&limiter](const Request& request, const Error& error) {
    auto wait = limiter.take(request.remote, std::chrono::steady_clock::now());
    Response response =
        wait.count() ? problem_answer({ErrorKind::limit, "Too many failed attempts; try again later.", {}, {}, {}})
                     : problem_answer(error);
    if (!wait.count()) response.set_header("WWW-Authenticate", "Bearer");
    response.set_header("Cache-Control", "no-store");
    return response;
  };
  auto answer = [&installation, refusal, handler](Request& request) {
    auto call = authenticate(installation, request);
    if (!call) return refusal(request, call.error());
    auto result = handler(*call);
    Response response = result ? *std::move(result) : problem_answer(result.error());
    response.set_header("Cache-Control", "no-store");
    return response;
  };
  auto admit = [&installation, refusal](Request& head) -> std::optional<Response> {
    auto call = authenticate(installation, head);
    if (call) return std::nullopt;
    return refusal(head, call.error());
  };
  return {std::move(method), std::move(pattern), answer, options, admit};
}

}  // namespace

std::vector<Route> api_routes(Installation& installation) {
  static RateLimiter limiter(20, 0.5);
  auto route = [&](std::string method, std::string pattern, ApiHandler handler) {
    return api_route(installation, limiter, std::move(method), std::move(pattern), handler);
  };
  std::vector<Route> routes;
  routes.push_back(route("GET", "/api/v1/registers", &list_registers));
  for (const ApiRoute& own : finding_calls())
    routes.push_back(route(std::string(own.method), std::string(own.path), own.handler));
  for (const ApiRoute& own : rehearsal_calls())
    routes.push_back(route(std::string(own.method), std::string(own.path), own.handler));
  for (const ApiRoute& own : own_rule_calls())
    routes.push_back(route(std::string(own.method), std::string(own.path), own.handler));
  for (const ApiRoute& own : soa_calls())
    routes.push_back(route(std::string(own.method), std::string(own.path), own.handler));
  routes.push_back(route("GET", "/api/v1/{register}", &list_records));
  routes.push_back(route("POST", "/api/v1/{register}", &create_record));
  routes.push_back(route("POST", "/api/v1/{register}/bulk", &upsert_records));
  routes.push_back(route("GET", "/api/v1/{register}/{id}", &read_record));
  routes.push_back(route("PATCH", "/api/v1/{register}/{id}", &change_record));
  routes.push_back(route("GET", "/api/v1/{register}/{id}/history", &read_history));
  routes.push_back(route("GET", "/api/v1/{register}/{id}/steps", &list_steps));
  routes.push_back(route("POST", "/api/v1/{register}/{id}/steps/{step}", &take_step));
  RouteOptions open;
  open.anonymous = true;
  auto document = std::make_shared<const std::string>(openapi_document(installation.product().registry));
  routes.push_back({"GET", "/api/v1/openapi.json",
                    [document, &installation](Request& request) {
                      // Whoever is known gets the custom fields of the workspace described as well.
                      auto call = authenticate(installation, request);
                      auto custom = call ? call->tenant.workspace->custom_fields()
                                         : Result<const CustomFields*>(&CustomFields::none());
                      Response response = Response::json("");
                      if (!custom || (*custom)->empty()) {
                        response.shared_body = document;
                      } else {
                        response = Response::json(openapi_document(installation.product().registry, **custom));
                        response.set_header("Cache-Control", "no-store");
                      }
                      return response;
                    },
                    open});
  return routes;
}

}  // namespace assay
