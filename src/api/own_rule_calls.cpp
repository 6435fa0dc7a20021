// The organisation's own rules by the API.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/calls.h"
#include "base/text.h"

namespace assay {
namespace {

std::string number_or_null(const OwnRuleVersion* version) {
  return version ? std::to_string(version->version) : "null";
}

std::string rule_json(const OwnRule& rule) {
  const std::string& shown = (rule.active() ? rule.active() : &rule.newest())->text;
  std::string out = fmt::format(
      "{{\"id\":{},\"state\":\"{}\",\"title\":{},\"ref\":{},\"version\":{},\"active_version\":{},\"draft_version\":{},"
      "\"versions\":[",
      json_string(rule.id), name_of(rule.state()), json_string(header_value(shown, "title")),
      json_string(header_value(shown, "ref")), rule.newest().version, number_or_null(rule.active()),
      number_or_null(rule.draft()));
  for (const OwnRuleVersion& version : rule.versions) {
    if (out.back() != '[') out += ',';
    out += fmt::format(
        "{{\"version\":{},\"state\":\"{}\",\"text\":{},\"reason\":{},\"author\":{},\"written_at\":{},\"decided_by\":{},"
        "\"decided_at\":{}}}",
        version.version, name_of(version.state), json_string(version.text), json_string(version.reason),
        json_string(version.author_name), json_string(version.written_at), json_string(version.decider_name),
        json_string(version.decided_at));
  }
  return out + "]}";
}

Result<Response> rule_answer(ApiCall& call, std::string_view id, int status) {
  TRY(OwnRule rule, call.tenant.own_rules.find(call.principal, id));
  Response response = Response::json(rule_json(rule), status);
  response.set_header("ETag", fmt::format("\"{}\"", rule.newest().version));
  return response;
}

Result<std::string> text_in(const Request& request) {
  TRY(auto body, read_body(request));
  const auto* text = body.if_contains("text");
  if (!text || !text->is_string()) return fail(Problems{{"text", "must be the text of the rule", ""}});
  return std::string(text->get_string());
}

// The version that If-Match names; with * the newest.
Result<std::int64_t> version_matched(ApiCall& call, std::string_view id) {
  TRY(std::int64_t version, read_if_match(call.request));
  if (version != 0) return version;
  TRY(OwnRule rule, call.tenant.own_rules.find(call.principal, id));
  return rule.newest().version;
}

Result<Response> list_rules(ApiCall& call) {
  TRY(auto rules, call.tenant.own_rules.list(call.principal));
  std::string out = "{\"items\":[";
  for (const OwnRule& rule : rules) out += (out.back() == '[' ? "" : ",") + rule_json(rule);
  return Response::json(out + "]}");
}

Result<Response> read_rule(ApiCall& call) { return rule_answer(call, call.request.param("id"), 200); }

Result<Response> create_rule(ApiCall& call) {
  TRY(std::string text, text_in(call.request));
  TRY(OwnRuleVersion stored,
      call.tenant.own_rules.save(call.principal, {}, 0, std::move(text), call.request.header("X-Reason")));
  TRY(Response response, rule_answer(call, stored.rule, 201));
  response.set_header("Location", "/api/v1/rules/" + percent_encode(stored.rule));
  return response;
}

Result<Response> change_rule(ApiCall& call) {
  std::string_view id = call.request.param("id");
  TRY(std::string text, text_in(call.request));
  TRY(std::int64_t version, version_matched(call, id));
  CHECK(call.tenant.own_rules.save(call.principal, id, version, std::move(text), call.request.header("X-Reason")));
  return rule_answer(call, id, 200);
}

Result<Response> take_rule_step(ApiCall& call) {
  std::string_view id = call.request.param("id"), step = call.request.param("step");
  TRY(auto body, read_body(call.request));
  std::string reason;
  if (const auto* given = body.if_contains("reason"); given && given->is_string()) reason = given->get_string();
  TRY(std::int64_t version, version_matched(call, id));
  OwnRules& rules = call.tenant.own_rules;
  if (step == "approve") CHECK(rules.approve(call.principal, id, version, reason));
  else if (step == "discard") CHECK(rules.discard(call.principal, id, version, reason));
  else if (step == "retire") CHECK(rules.retire(call.principal, id, reason));
  else
    return fail(ErrorKind::not_found,
                fmt::format("There is no step \"{}\": approve, discard or retire.", shorten(step, 40)));
  return rule_answer(call, id, 200);
}

Result<Response> preview_rule(ApiCall& call) {
  constexpr std::size_t most_shown = 500;
  TRY(std::string text, text_in(call.request));
  TRY(RuleTrial trial, call.tenant.own_rules.try_out(call.principal, text));
  std::string problems, findings;
  for (const Problem& problem : trial.problems) {
    problems += fmt::format("{}{{\"place\":{},\"line\":{},\"message\":{},\"value\":{}}}", problems.empty() ? "" : ",",
                            json_string(problem.place), line_in_place(problem.place), json_string(problem.message),
                            json_string(problem.value));
  }
  for (std::size_t i = 0; i < trial.findings.size() && i < most_shown; ++i) {
    const RuleFinding& finding = trial.findings[i];
    findings += fmt::format("{}{{\"class\":\"{}\",\"kind\":{},\"subject\":{},\"detail\":{}}}", i ? "," : "",
                            name_of(finding.finding_class), json_string(finding.kind), json_string(finding.subject),
                            json_string(finding.detail));
  }
  return Response::json(
      fmt::format("{{\"runs\":{},\"problems\":[{}],\"obstacle\":{},\"count\":{},\"findings\":[{}],\"took_ms\":{:.1f}}}",
                  trial.runs(), problems, trial.obstacle.empty() ? "null" : json_string(trial.obstacle),
                  trial.findings.size(), findings, static_cast<double>(trial.took.count()) / 1000));
}

}  // namespace

std::vector<ApiRoute> own_rule_calls() {
  return {
      {"GET", "/api/v1/rules", &list_rules},
      {"POST", "/api/v1/rules", &create_rule},
      {"POST", "/api/v1/rules/preview", &preview_rule},
      {"GET", "/api/v1/rules/{id}", &read_rule},
      {"PATCH", "/api/v1/rules/{id}", &change_rule},
      {"POST", "/api/v1/rules/{id}/steps/{step}", &take_rule_step},
  };
}

}  // namespace assay
