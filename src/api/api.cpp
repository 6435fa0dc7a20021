#include "api/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/call.h"
#include "base/text.h"
#include "http/security.h"
#include "kernel/model/json.h"
#include "kernel/rules/report.h"

namespace assay {
namespace {

Result<Response> list_registers(ApiCall& call) {
  std::string out = "{\"items\":[";
  bool first = true;
  for (const EntityDef* def : call.tenant.workspace->registry().all()) {
    if (!may(call.principal, Action::see, *def).allowed) continue;
    out += fmt::format("{}{{\"name\":\"{}\",\"label\":{},\"plural\":{},\"help\":{},\"href\":\"/api/v1/{}\"}}", first ? "" : ",", def->name(),
                       json_string(def->text.label), json_string(def->text.plural), json_string(def->text.help), def->name());
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

// Custom fields of a patch: the keys that are there, null unsets.
void read_custom_patch(const EntityDef& def, const CustomFields& custom, const boost::json::value& body, Patch& patch, Problems& problems) {
  if (!body.is_object()) return problems.push_back({"custom", "must be an object", shorten(serialize(body), 60)});
  for (const auto& [raw_key, value] : body.get_object()) {
    std::string name = std::string(custom_prefix) + std::string(raw_key);
    const FieldDef* field = custom.find(def, name);
    if (!field) {
      problems.push_back({shorten(name, 80), fmt::format("is not a custom field of {}", def.text.plural), ""});
      continue;
    }
    auto read = read_json(*field, value);
    if (read) patch.emplace_back(field, *std::move(read));
    else std::ranges::move(read.error().problems, std::back_inserter(problems));
  }
}

// The patch as values: only the keys that are there.
Result<Patch> read_patch(const EntityDef& def, const CustomFields& custom, const boost::json::object& body) {
  Record scratch(def);
  Problems problems = read_json(scratch, body);
  Patch patch;
  for (const auto& [raw_key, value] : body) {
    std::string_view key(raw_key.data(), raw_key.size());
    if (key == "id") problems.push_back({std::string(key), "cannot be changed this way", ""});
    else if (key == "custom") read_custom_patch(def, custom, value, patch, problems);
    else if (const FieldDef* field = def.find(key)) patch.emplace_back(field, scratch.at(key));
  }
  if (!problems.empty()) return fail(std::move(problems));
  return patch;
}

Result<Response> change_record(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(std::int64_t revision, read_if_match(call.request));
  TRY(auto body, read_body(call.request));
  TRY(const CustomFields* custom, call.tenant.workspace->custom_fields());
  TRY(Patch patch, read_patch(*def, *custom, body));
  TRY(Record stored, call.tenant.registers.change(call.principal, *def, call.request.param("id"), revision, patch, call.request.header("X-Reason")));
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
  TRY(Record stored, call.tenant.registers.take_step(call.principal, *def, call.request.param("id"), revision, call.request.param("step"), inputs, reason));
  return record_answer(call.principal, stored, 200);
}

Result<Response> read_history(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(std::int64_t before, whole_parameter(call.request, "before", 0, std::int64_t{1} << 60U, 0));
  TRY(std::int64_t limit, whole_parameter(call.request, "limit", 1, 500, 50));
  TRY(auto entries, call.tenant.registers.history(call.principal, *def, call.request.param("id"), before, static_cast<std::size_t>(limit)));
  return Response::json(history_json(entries));
}

Result<Response> upsert_records(ApiCall& call) {
  TRY(const EntityDef* def, call.entity());
  TRY(auto body, read_body(call.request));
  const auto* items = body.if_contains("items");
  if (!items || !items->is_array() || items->get_array().size() > 10'000) return fail(Problems{{"items", "must be a list of at most 10000 records", ""}});
  const auto* dry = body.if_contains("dry_run");
  std::vector<RegisterService::Upsert> upserts;
  for (const auto& item : items->get_array()) {
    if (!item.is_object()) return fail(Problems{{fmt::format("items[{}]", upserts.size()), "must be an object", ""}});
    RegisterService::Upsert upsert{def, {}, [object = &item.get_object()](Record& record) { return read_json(record, *object); }};
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
  return Response::json(fmt::format("{{\"created\":{},\"changed\":{},\"unchanged\":{},\"dry_run\":{}}}", ids(outcome.created), ids(outcome.changed),
                                    ids(outcome.unchanged), dry_run));
}

Result<Response> read_findings(ApiCall& call) {
  RuleQuestion question;
  question.as_of = call.tenant.workspace->clock().today();
  if (std::string_view text = call.request.query_value("as_of"); !text.empty()) {
    auto day = Date::parse(text);
    if (!day) return fail(Problems{{"as_of", "must be a date YYYY-MM-DD", std::string(text)}});
    question.as_of = *day;
  }
  question.stage = call.request.query_value("stage");
  if (!question.stage.empty() && !is_stage(question.stage)) {
    return fail(Problems{{"stage", "must be gap, internal, stage1, stage2 or surveillance", question.stage}});
  }
  for (std::string_view rule : call.request.query_values("rule")) question.only.emplace(rule);
  Verdict verdict;
  if (question.only.empty()) {
    TRY(auto kept, call.tenant.auditor.verdict(question.as_of, question.stage));
    verdict = *kept;
  } else {
    TRY(verdict, call.tenant.auditor.ask(question));
  }
  // What a principal may not see, its findings do not tell either.
  std::erase_if(verdict.findings, [&](const RuleFinding& finding) {
    const EntityDef* def = call.tenant.workspace->registry().find(finding.kind);
    return def && !may(call.principal, Action::see, *def).allowed;
  });
  return Response::json(report(verdict, call.tenant.auditor.rules(), ReportFormat::json));
}

// A token in the Authorization header; for reading also the session of the browser, so that links to the API work there.
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

Route api_route(Installation& installation, RateLimiter& limiter, std::string method, std::string pattern, ApiHandler handler) {
  RouteOptions options;
  options.anonymous = true;  // authenticated here, by token
  options.csrf = false;
  options.max_body = 64U << 20U;
  // Guessing tokens is slowed down by address; good tokens never wait.
  auto refusal = [&limiter](const Request& request, const Error& error) {
    auto wait = limiter.take(request.remote, std::chrono::steady_clock::now());
    Response response = wait.count() ? problem_answer({ErrorKind::limit, "Too many failed attempts; try again later.", {}, {}, {}})
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

Result<const EntityDef*> ApiCall::entity() const {
  std::string_view name = request.param("register");
  const Registry& registry = tenant.workspace->registry();
  if (const EntityDef* def = registry.find(name)) return def;
  std::string nearest = registry.nearest(name);
  return fail(ErrorKind::not_found, fmt::format("There is no register {}{}.", shorten(name, 60),
                                                nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest)));
}

Result<boost::json::object> read_body(const Request& request) {
  if (request.content_type() != "application/json" && request.content_type() != "application/merge-patch+json") {
    return fail(Problems{{"Content-Type", "must be application/json", request.content_type()}});
  }
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = 32;
  boost::json::value value = boost::json::parse(request.body, error, {}, options);
  if (error) return fail(Problems{{"body", "must be JSON: " + error.message(), shorten(request.body, 60)}});
  if (!value.is_object()) return fail(Problems{{"body", "must be a JSON object", shorten(request.body, 60)}});
  return std::move(value.get_object());
}

std::vector<Route> api_routes(Installation& installation) {
  static RateLimiter limiter(20, 0.5);
  auto route = [&](std::string method, std::string pattern, ApiHandler handler) {
    return api_route(installation, limiter, std::move(method), std::move(pattern), handler);
  };
  std::vector<Route> routes;
  routes.push_back(route("GET", "/api/v1/registers", &list_registers));
  routes.push_back(route("GET", "/api/v1/findings", &read_findings));
  for (const OwnRuleCall& call : own_rule_calls()) routes.push_back(route(std::string(call.method), std::string(call.pattern), call.handler));
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
  routes.push_back({"GET", "/api/v1/openapi.json", [document, &installation](Request& request) {
                      // Whoever is known gets the custom fields of the workspace described as well.
                      auto call = authenticate(installation, request);
                      auto custom = call ? call->tenant.workspace->custom_fields() : Result<const CustomFields*>(&CustomFields::none());
                      Response response = Response::json("");
                      if (!custom || (*custom)->empty()) {
                        response.shared_body = document;
                      } else {
                        response = Response::json(openapi_document(installation.product().registry, **custom));
                        response.set_header("Cache-Control", "no-store");
                      }
                      return response;
                    }, open});
  return routes;
}

}  // namespace assay
