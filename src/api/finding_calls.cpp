// Findings of the rules: those of a day, since when they are open, what closed, what is coming, and what a change would
// do.
#include <fmt/format.h>

#include <algorithm>

#include "api/calls.h"
#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/rules/report.h"

namespace assay {
namespace {

constexpr std::size_t most_changes = 200, most_kept = 1000;

FindingSight sight_of(const ApiCall& call) { return {call.principal, call.tenant.workspace->registry()}; }

Result<std::string> stage_named(std::string_view stage) {
  if (stage.empty() || is_stage(stage)) return std::string(stage);
  return fail(Problems{unknown_stage("stage", stage)});
}

Result<Date> day_named(const ApiCall& call, std::string_view place, std::string_view text) {
  if (text.empty()) return call.tenant.workspace->clock().today();
  if (auto day = Date::parse(text)) return *day;
  return fail(Problems{{std::string(place), "must be a date YYYY-MM-DD", shorten(text, 40)}});
}

FindingKey key_of(const ApiCall& call) {
  return {std::string(call.request.param("rule")), std::string(call.request.param("kind")),
          std::string(call.request.param("subject"))};
}

Result<Response> read_findings(ApiCall& call) {
  CHECK(demand_conformity(call.principal));
  RuleQuestion question;
  TRY(question.as_of, day_named(call, "as_of", call.request.query_value("as_of")));
  TRY(question.stage, stage_named(call.request.query_value("stage")));
  for (std::string_view named : call.request.query_values("rule")) {
    for (std::string_view rule : split(named, ',')) {
      if (!call.tenant.auditor.rules().find(trim(rule)))
        return fail(Problems{{"rule", "must be the id of a rule in force", shorten(rule, 60)}});
      question.only.emplace(trim(rule));
    }
  }
  Verdict verdict;
  if (question.only.empty()) {
    TRY(auto kept, call.tenant.auditor.verdict(question.as_of, question.stage));
    verdict = *kept;
  } else {
    TRY(verdict, call.tenant.auditor.ask(question));
  }
  FindingSight sight = sight_of(call);
  std::erase_if(verdict.findings, [&](const RuleFinding& finding) { return !sight.shows(finding); });
  return Response::json(report(verdict, call.tenant.auditor.rules(), ReportFormat::json));
}

// ---- History -------------------------------------------------------------------------------------------------------

std::string event_json(const FindingEvent& event) {
  return fmt::format("{{\"on\":{},\"at\":{},\"cause\":\"{}\",\"entry\":{}}}", json_string(event.on),
                     json_string(event.at), name_of(event.cause),
                     event.entry < 0 ? "null" : std::to_string(event.entry));
}

std::string mark_json(const FindingMark& mark) {
  return fmt::format("{{\"what\":\"{}\",\"reason\":{},\"finding\":{},\"author\":{},\"at\":{}}}",
                     mark.what == FindingMark::What::accepted ? "accepted" : "disputed", json_string(mark.reason),
                     mark.record.empty() ? "null" : json_string(mark.record), json_string(mark.author),
                     json_string(mark.at));
}

std::string kept_json(const KeptFinding& kept, const FindingMark* mark) {
  return fmt::format(
      "{{\"rule\":{},\"kind\":{},\"subject\":{},\"class\":\"{}\",\"ref\":{},\"detail\":{},\"opened\":{},\"closed\":{},"
      "\"mark\":{}}}",
      json_string(kept.key.rule), json_string(kept.key.kind), json_string(kept.key.subject),
      name_of(kept.finding_class), json_string(kept.ref), json_string(kept.detail), event_json(kept.opened),
      kept.closed ? event_json(*kept.closed) : "null", mark ? mark_json(*mark) : "null");
}

Result<Response> read_history(ApiCall& call) {
  CHECK(demand_conformity(call.principal));
  std::string_view state = call.request.query_value("state");
  if (!state.empty() && state != "open" && state != "closed")
    return fail(Problems{{"state", "must be open or closed", shorten(state, 40)}});
  std::vector<KeptFinding> kept;
  if (state == "closed") {
    std::string_view since = call.request.query_value("since");
    TRY(Date day, day_named(call, "since", since));
    TRY(kept, call.tenant.findings.closed_since((since.empty() ? day.plus_days(-30) : day).iso(), most_kept));
  } else {
    TRY(auto open, call.tenant.findings.open());
    for (auto& [key, finding] : open) kept.push_back(std::move(finding));
  }
  TRY(auto marks, call.tenant.findings.marks());
  FindingSight sight = sight_of(call);
  const RuleSet& rules = call.tenant.auditor.rules();
  std::string out = "{\"items\":[";
  for (const KeptFinding& finding : kept) {
    if (!sight.shows(rules, finding.key)) continue;
    auto mark = marks.find(finding.key);
    if (out.back() != '[') out += ',';
    out += kept_json(finding, mark == marks.end() ? nullptr : &mark->second);
  }
  return Response::json(out + "]}");
}

// 202 while it is being worked out: ask again.
constexpr std::chrono::seconds forecast_patience{10};

Result<Response> read_forecast(ApiCall& call) {
  CHECK(demand_conformity(call.principal));
  TRY(std::int64_t days, whole_parameter(call.request, "days", 1, forecast_days, 90));
  Date today = call.tenant.workspace->clock().today();
  TRY(auto forecast, call.tenant.forecaster.within(today.plus_days(forecast_days), forecast_patience));
  if (!forecast) {
    Response response =
        Response::json(fmt::format("{{\"state\":\"making\",\"done\":{:.2f}}}", call.tenant.forecaster.progress()), 202);
    response.set_header("Retry-After", "5");
    return response;
  }
  FindingSight sight = sight_of(call);
  std::string out =
      fmt::format("{{\"from\":\"{}\",\"until\":\"{}\",\"items\":[", today.iso(), today.plus_days(days).iso());
  for (const ForecastEvent& event : forecast->events) {
    if (days_between(today, event.on) > days || !sight.shows(event.finding)) continue;
    if (out.back() != '[') out += ',';
    out += fmt::format("{{\"on\":\"{}\",\"what\":\"{}\",\"finding\":{}}}", event.on.iso(), name_of(event.what),
                       finding_json(event.finding));
  }
  return Response::json(out + "]}");
}

// ---- What if -------------------------------------------------------------------------------------------------------

std::string text_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Result<ProposedChange> read_change(const ApiCall& call, const boost::json::value& value, const CustomFields& custom) {
  if (!value.is_object())
    return fail(Problems{{"", "must be an object with register, id, fields or step", shorten(serialize(value), 60)}});
  const boost::json::object& object = value.get_object();
  ProposedChange change;
  auto def = call.entity(text_of(object, "register"));
  if (!def) return fail(Problems{{"register", def.error().message, text_of(object, "register")}});
  change.def = *def;
  change.id = text_of(object, "id");
  change.step = text_of(object, "step");
  change.reason = text_of(object, "reason");
  if (!change.step.empty() && change.id.empty()) return fail(Problems{{"id", "is needed to take a step", ""}});
  if (const auto* fields = object.if_contains("fields")) {
    if (!fields->is_object()) return fail(Problems{{"fields", "must be an object", shorten(serialize(*fields), 60)}});
    TRY(change.values, read_patch(*change.def, custom, fields->get_object()));
  }
  return change;
}

Result<std::vector<ProposedChange>> read_changes(const ApiCall& call, const boost::json::object& body) {
  TRY(const CustomFields* custom, call.tenant.workspace->custom_fields());
  const auto* items = body.if_contains("changes");
  if (!items || !items->is_array() || items->get_array().empty() || items->get_array().size() > most_changes) {
    return fail(Problems{{"changes", fmt::format("must be a list of 1 to {} changes", most_changes), ""}});
  }
  std::vector<ProposedChange> changes;
  Problems problems;
  for (std::size_t i = 0; i < items->get_array().size(); ++i) {
    auto change = read_change(call, items->get_array()[i], *custom);
    if (change) {
      changes.push_back(*std::move(change));
      continue;
    }
    for (Problem& problem : change.error().problems) {
      problem.place = fmt::format("changes[{}]{}{}", i, problem.place.empty() ? "" : ".", problem.place);
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return changes;
}

std::string counts_json(const Verdict& verdict) {
  return fmt::format("{{\"major\":{},\"minor\":{},\"observation\":{},\"ofi\":{}}}", verdict.count(FindingClass::major),
                     verdict.count(FindingClass::minor), verdict.count(FindingClass::observation),
                     verdict.count(FindingClass::ofi));
}

std::string list_json(const std::vector<const RuleFinding*>& findings) {
  std::string out = "[";
  for (const RuleFinding* finding : findings) out += (out.size() > 1 ? "," : "") + finding_json(*finding);
  return out + "]";
}

Result<Response> what_if(ApiCall& call) {
  TRY(auto body, read_body(call.request));
  TRY(Date day, day_named(call, "as_of", text_of(body, "as_of")));
  TRY(std::string stage, stage_named(text_of(body, "stage")));
  TRY(auto changes, read_changes(call, body));
  TRY(ProposedVerdict proposed, call.tenant.conformity.what_if(call.principal, changes, day, stage));
  return Response::json(fmt::format(
      "{{\"as_of\":\"{}\",\"stage\":{},\"now\":{},\"then\":{},\"opened\":{},\"closed\":{},\"hidden\":{}}}", day.iso(),
      stage.empty() ? "null" : json_string(stage), counts_json(*proposed.verdicts.now),
      counts_json(*proposed.verdicts.then), list_json(proposed.opened), list_json(proposed.closed), proposed.hidden));
}

// ---- Disputes and acceptance ---------------------------------------------------------------------------------------

Result<Response> dispute(ApiCall& call) {
  TRY(auto body, read_body(call.request));
  CHECK(call.tenant.conformity.dispute(call.principal, key_of(call), text_of(body, "reason")));
  return Response::no_content();
}

Result<Response> withdraw(ApiCall& call) {
  CHECK(call.tenant.conformity.withdraw(call.principal, key_of(call)));
  return Response::no_content();
}

Result<Response> accept(ApiCall& call) {
  TRY(auto body, read_body(call.request));
  TRY(Record stored, call.tenant.conformity.accept(call.principal, key_of(call), text_of(body, "audit")));
  return record_answer(call.principal, stored, 201);
}

}  // namespace

std::vector<ApiRoute> finding_calls() {
  return {
      {"GET", "/api/v1/findings", read_findings},
      {"GET", "/api/v1/findings/history", read_history},
      {"GET", "/api/v1/forecast", read_forecast},
      {"POST", "/api/v1/what-if", what_if},
      {"POST", "/api/v1/findings/{rule}/{kind}/{subject}/dispute", dispute},
      {"POST", "/api/v1/findings/{rule}/{kind}/{subject}/withdraw", withdraw},
      {"POST", "/api/v1/findings/{rule}/{kind}/{subject}/accept", accept},
  };
}

}  // namespace assay
