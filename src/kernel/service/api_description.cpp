#include "kernel/service/api_description.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "kernel/exchange/sniff.h"

namespace assay {
namespace {

using Place = ApiParameter::Place;

constexpr std::string_view text_schema = R"({"type":"string"})";
constexpr std::string_view texts_schema = R"({"type":"array","items":{"type":"string"}})";

constexpr std::string_view date_schema = R"({"type":"string","format":"date"})";
constexpr std::string_view stage_schema =
    R"({"type":"string","enum":["gap","internal","stage1","stage2","surveillance"]})";

ApiParameter in_path(std::string name, std::string description, std::string component = {}) {
  return {std::move(name), Place::path, true, std::move(description), std::string(text_schema), std::move(component)};
}

ApiParameter reason_header() {
  return {"X-Reason", Place::header, false, "Why; kept in the history.", R"({"type":"string","maxLength":2000})",
          "reason"};
}

std::vector<ApiParameter> list_parameters(const EntityDef& def, const CustomFields& custom) {
  std::vector<ApiParameter> out{
      {"after", Place::query, false, "The \"next\" of the page before.", std::string(text_schema), "after"},
      {"limit", Place::query, false, "Records of a page.",
       R"({"type":"integer","minimum":1,"maximum":500,"default":50})", "limit"},
      {"sort", Place::query, false, "A list column, with - in front for descending.", std::string(text_schema), "sort"},
      {"q", Place::query, false, "Words to be found anywhere in the record.", std::string(text_schema), "q"}};
  for (const FieldDef* field : fields_of(def, custom)) {
    bool taken = field->name == "limit" || field->name == "sort" || field->name == "after" || field->name == "q";
    std::vector<std::string_view> suffixes = filter_suffixes(*field);
    if (taken || suffixes.empty()) continue;
    std::string description = std::string(field->text.label) + ".";
    if (suffixes.front().empty()) {
      std::vector<std::string> more;
      for (std::string_view suffix : suffixes) {
        if (!suffix.empty()) more.push_back(std::string(field->name) + std::string(suffix));
      }
      description += " Also " + join(more, ", ") + ".";
      out.push_back({std::string(field->name), Place::query, false, description, std::string(texts_schema), {}, true});
    } else {
      out.push_back({fmt::format("{}{}", field->name, suffixes.front()), Place::query, false, description,
                     R"({"type":"boolean"})"});
    }
  }
  return out;
}

std::string example_value(const FieldDef& field) {
  switch (field.kind) {
    case Kind::boolean: return "true";
    case Kind::integer:
    case Kind::real:
      return fmt::format(
          "{}", field.kind == Kind::integer ? std::ceil(field.text.least.value_or(1)) : field.text.least.value_or(1));
    case Kind::date: return "\"2026-03-31\"";
    case Kind::instant: return "\"2026-03-31T09:00:00Z\"";
    case Kind::choice: return json_string(field.choices.front().name);
    case Kind::choices: return "[" + json_string(field.choices.front().name) + "]";
    case Kind::reference: return json_string(fmt::format("{}-001", field.target().text.prefix));
    case Kind::references: return "[" + json_string(fmt::format("{}-001", field.target().text.prefix)) + "]";
    case Kind::texts: return "[\"…\"]";
    case Kind::json: return "{}";
    case Kind::records: return "[]";
    case Kind::text: break;
  }
  return json_string(field.text.example.empty() ? std::string_view("…") : field.text.example);
}

bool is_writable(const EntityDef& def, const FieldDef& field) {
  bool state = def.lifecycle && def.lifecycle->field == field.name;
  return !state && !field.text.derived && !field.text.secret;
}

// What is required, or else the title: the least that a record is created with.
std::string example_body(const EntityDef& def, const CustomFields& custom) {
  std::string out;
  std::string own;
  for (const FieldDef* field : fields_of(def, custom)) {
    if (!is_writable(def, *field) || field->is_list() || !(field->required || field->text.title || field->custom))
      continue;
    std::string& part = field->custom ? own : out;
    part += fmt::format("{}{}: {}", part.empty() ? "" : ", ",
                        json_string(field->custom ? field->custom_key() : field->name), example_value(*field));
  }
  if (!own.empty()) out += fmt::format("{}\"custom\": {{{}}}", out.empty() ? "" : ", ", own);
  return "{" + out + "}";
}

std::string example_patch(const EntityDef& def) {
  for (const FieldDef& field : def.fields) {
    if (is_writable(def, field) && !field.required && !field.is_list())
      return fmt::format("{{{}: {}}}", json_string(field.name), example_value(field));
  }
  return fmt::format("{{{}: {}}}", json_string(def.title_field().name), example_value(def.title_field()));
}

std::string object_of(std::string_view properties, std::string_view required = {}) {
  std::string needed = required.empty() ? std::string() : fmt::format(",\"required\":[{}]", required);
  return fmt::format("{{\"type\":\"object\"{},\"properties\":{{{}}}}}", needed, properties);
}

constexpr std::string_view steps_answer =
    R"("state":{"type":"string"},"steps":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"label":{"type":"string"},"to":{"type":"string"},"asks":{"type":"string","description":"Names of the fields that the step takes as inputs, separated by blanks."},"allowed":{"type":"boolean"},"who_may":{"type":"string"},"missing":{"type":"array","items":{"type":"object","properties":{"reason":{"type":"string"},"rule":{"type":"string"}}}}}}})";
constexpr std::string_view history_answer =
    R"("items":{"type":"array","items":{"type":"object","properties":{"seq":{"type":"integer"},"at":{"type":"string","format":"date-time"},"actor":{"type":"string"},"actor_name":{"type":"string"},"revision":{"type":"integer"},"operation":{"type":"string"},"reason":{"type":"string"},"changes":{"type":"object","description":"For each field its value before and after."},"record_hash":{"type":"string"},"leaf_hash":{"type":"string"}}}},"next":{"type":["integer","null"],"description":"The parameter before of the next page."})";
constexpr std::string_view ids = R"({"type":"array","items":{"type":"string"}})";

std::vector<ApiOperation> record_operations(const EntityDef& def, const CustomFields& custom) {
  std::string name(def.name());
  std::string tag(def.text.plural);
  std::string root = "/api/v1/" + name;
  std::string one = fmt::format("{{\"$ref\":\"#/components/schemas/{}\"}}", name);
  std::string body = example_body(def, custom);
  ApiParameter id = in_path("id", "Id of the record.", "id");
  ApiParameter match{
      "If-Match", Place::header, true, "The ETag of the record that was read, or *.", std::string(text_schema),
      "if_match"};
  std::vector<ApiOperation> out;
  out.push_back(
      {"GET",
       root,
       "list_" + name,
       tag,
       "List " + lower(tag),
       list_parameters(def, custom),
       {},
       {},
       200,
       object_of(fmt::format(
           R"("items":{{"type":"array","items":{}}},"total":{{"type":"integer"}},"more_than_total":{{"type":"boolean"}},"next":{{"type":["string","null"]}})",
           one))});
  out.push_back({"POST", root, "create_" + name, tag, "Create one", {reason_header()}, one, body, 201, one, true});
  out.push_back(
      {"POST",
       root + "/bulk",
       "bulk_" + name,
       tag,
       "Create or change many, all or nothing",
       {reason_header()},
       object_of(
           fmt::format(
               R"("items":{{"type":"array","maxItems":10000,"items":{}}},"dry_run":{{"type":"boolean","default":false}})",
               one),
           "\"items\""),
       fmt::format("{{\"dry_run\": true, \"items\": [{}]}}", body),
       200,
       object_of(fmt::format(R"("created":{0},"changed":{0},"unchanged":{0},"dry_run":{{"type":"boolean"}})", ids))});
  out.push_back({"GET", root + "/{id}", "read_" + name, tag, "Read one", {id}, {}, {}, 200, one, true});
  out.push_back({"PATCH",
                 root + "/{id}",
                 "change_" + name,
                 tag,
                 "Change the fields given",
                 {id, match, reason_header()},
                 one,
                 example_patch(def),
                 200,
                 one,
                 true});
  out.push_back(
      {"GET",
       root + "/{id}/history",
       "history_" + name,
       tag,
       "History, newest first",
       {id,
        {"before", Place::query, false, "The \"next\" of the page before.", R"({"type":"integer","minimum":0})"},
        {"limit", Place::query, false, "Entries of a page.",
         R"({"type":"integer","minimum":1,"maximum":500,"default":50})", "limit"}},
       {},
       {},
       200,
       object_of(history_answer)});
  return out;
}

// What the findings were and will be, and what people do about them.
std::vector<ApiOperation> finding_operations() {
  constexpr std::string_view items = R"("items":{"type":"array","items":{"type":"object"}})";
  const std::string root = "/api/v1/findings/{rule}/{kind}/{subject}/";
  auto of_finding = [&](std::string_view verb, std::string summary, std::string body, std::string example, int status,
                        std::string answer) {
    return ApiOperation{
        "POST",
        root + std::string(verb),
        std::string(verb) + "_finding",
        "About",
        std::move(summary),
        {in_path("rule", "Id of the rule."), in_path("kind", "Register of the record that the finding is about."),
         in_path("subject", "Id of that record, or ORG.")},
        std::move(body),
        std::move(example),
        status,
        std::move(answer)};
  };
  std::vector<ApiOperation> out;
  out.push_back({"GET",
                 "/api/v1/findings/history",
                 "findings_history",
                 "About",
                 "Since when findings are open, or what closed, and why",
                 {{"state", Place::query, false, "open, or closed.",
                   R"({"type":"string","enum":["open","closed"],"default":"open"})"},
                  {"since", Place::query, false, "For closed ones: from this day on; 30 days back without it.",
                   std::string(date_schema)}},
                 {},
                 {},
                 200,
                 object_of(items)});
  out.push_back({"GET",
                 "/api/v1/forecast",
                 "forecast",
                 "About",
                 "Findings that open or end by time alone",
                 {{"days", Place::query, false, "How far ahead.",
                   R"({"type":"integer","minimum":1,"maximum":183,"default":90})"}},
                 {},
                 {},
                 200,
                 object_of(fmt::format(R"("from":{0},"until":{0},{1})", date_schema, items))});
  out.push_back(
      {"POST",
       "/api/v1/what-if",
       "what_if",
       "About",
       "What changes would do to the findings; nothing is stored",
       {},
       object_of(fmt::format(
           R"("as_of":{},"stage":{},"changes":{{"type":"array","items":{{"type":"object","required":["register"],"properties":{{"register":{{"type":"string"}},"id":{{"type":"string"}},"fields":{{"type":"object"}},"step":{{"type":"string"}},"reason":{{"type":"string"}}}}}}}})",
           date_schema, stage_schema)),
       R"({"changes": [{"register": "risk", "id": "R-001", "fields": {"review_due": "2027-03-31"}}]})",
       200,
       object_of(
           R"("opened":{"type":"array","items":{"type":"object"}},"closed":{"type":"array","items":{"type":"object"}},"hidden":{"type":"integer"},"now":{"type":"object"},"then":{"type":"object"})")});
  out.push_back(of_finding("dispute", "Say that a finding is wrong; it stays open",
                           object_of(R"("reason":{"type":"string"})"),
                           R"({"reason": "The record is kept in another register."})", 204, {}));
  out.push_back(of_finding("withdraw", "Withdraw a dispute", {}, {}, 204, {}));
  out.push_back(of_finding(
      "accept", "Take a finding into an audit",
      object_of(
          R"("audit":{"type":"string","description":"An internal audit that is under way; none: found by monitoring."})"),
      R"({"audit": "AU-001"})", 201, R"({"$ref":"#/components/schemas/finding"})"));
  return out;
}

constexpr std::string_view outcome_schema =
    R"({"type":"string","enum":["recommended","examine_rest","after_corrections","not_ready","no_conclusion"]})";
constexpr std::string_view counts_schema =
    R"({"type":"object","properties":{"major":{"type":"integer"},"minor":{"type":"integer"},"observation":{"type":"integer"},"ofi":{"type":"integer"},"not_evaluated":{"type":"integer"},"rules_evaluated":{"type":"integer"}}})";
constexpr std::string_view finding_key_schema =
    R"({"type":"array","items":{"type":"object","properties":{"rule":{"type":"string"},"class":{"type":"string"},"kind":{"type":"string"},"subject":{"type":"string"}}}})";

std::string rehearsal_schema() {
  std::string out = fmt::format(
      R"("number":{{"type":"integer"}},"stage":{},"as_of":{{"type":"string","format":"date"}},"made_at":{{"type":"string","format":"date-time"}},"made_by":{{"type":"string"}},)",
      stage_schema);
  out +=
      R"("organisation":{"type":"string"},"scope":{"type":"string"},"scope_version":{"type":"integer"},"soa_version":{"type":"integer"},"ledger_entries":{"type":"integer"},)";
  out += fmt::format(
      R"("conclusion":{{"type":"object","properties":{{"outcome":{},"headline":{{"type":"string"}},"text":{{"type":"string"}}}}}},"counts":{},)",
      outcome_schema, counts_schema);
  out +=
      R"("records":{"type":"integer","description":"Looked at."},"evidence":{"type":"integer","description":"Accepted pieces looked at."},)";
  out +=
      R"("findings":{"type":"array","items":{"type":"object","properties":{"rule":{"type":"string"},"class":{"type":"string","enum":["major","minor","observation","ofi"]},"ref":{"type":"string"},"kind":{"type":"string"},"subject":{"type":"string"},"detail":{"type":"string"}}}},)";
  out +=
      R"("rules":{"type":"object","description":"The words of the rules as they were, by id.","additionalProperties":{"type":"object","properties":{"title":{"type":"string"},"ref":{"type":"string"},"why":{"type":"string"},"fix":{"type":"string"}}}},)";
  out +=
      R"("not_evaluated":{"type":"array","items":{"type":"object","properties":{"rule":{"type":"string"},"reason":{"type":"string"}}}},)";
  out +=
      R"("strengths":{"type":"array","items":{"type":"object","properties":{"ref":{"type":"string"},"rules":{"type":"integer"},"records":{"type":"integer"},"registers":{"type":"array","items":{"type":"string"}},"evidence":{"type":"integer"},"newest":{"type":"string"}}}},)";
  out +=
      R"("evidence_looked_at":{"type":"array","items":{"type":"object","properties":{"ref":{"type":"string"},"kinds":{"type":"object","additionalProperties":{"type":"integer"}},"pieces":{"type":"integer"},"newest":{"type":"string"}}}},)";
  out +=
      R"("withheld":{"type":"integer","description":"Findings about records that you may not see."},"ledger_entry":{"type":"integer"},"intact":{"type":"boolean","description":"The report agrees with the ledger."},)";
  out += fmt::format(
      R"("comparison":{{"type":["object","null"],"description":"With the rehearsal of the stage before this one.","properties":{{"with":{{"type":"integer"}},"new":{0},"gone":{0},"same":{{"type":"integer"}},"not_judged":{0}}}}})",
      finding_key_schema);
  return object_of(out);
}

std::vector<ApiOperation> rehearsal_operations() {
  std::string report = rehearsal_schema();
  ApiParameter number{"number",   Place::path, true, "Number of the rehearsal.", R"({"type":"integer","minimum":1})",
                      "rehearsal"};
  std::string summary = fmt::format(
      R"("number":{{"type":"integer"}},"stage":{},"as_of":{{"type":"string","format":"date"}},"made_at":{{"type":"string","format":"date-time"}},"made_by":{{"type":"string"}},"outcome":{},"counts":{})",
      stage_schema, outcome_schema, counts_schema);
  std::vector<ApiOperation> out;
  out.push_back({"GET",
                 "/api/v1/rehearsals",
                 "list_rehearsals",
                 "Rehearsals",
                 "Rehearsals, newest first",
                 {{"stage", Place::query, false, "Only those of a stage.", std::string(stage_schema)}},
                 {},
                 {},
                 200,
                 object_of(fmt::format(R"("items":{{"type":"array","items":{}}})", object_of(summary)))});
  out.push_back(
      {"POST",
       "/api/v1/rehearsals",
       "hold_rehearsal",
       "Rehearsals",
       "Hold a rehearsal and keep its report",
       {},
       object_of(
           fmt::format(
               R"("stage":{},"as_of":{{"type":"string","format":"date","description":"Today or a later day; today without it."}})",
               stage_schema),
           "\"stage\""),
       R"({"stage": "stage1"})",
       201,
       report});
  out.push_back({"GET",
                 "/api/v1/rehearsals/{number}",
                 "read_rehearsal",
                 "Rehearsals",
                 "Read a report",
                 {number},
                 {},
                 {},
                 200,
                 report});
  out.push_back({"GET",
                 "/api/v1/rehearsals/{number}/pdf",
                 "rehearsal_pdf",
                 "Rehearsals",
                 "The report as a PDF; 202 while it is being made",
                 {number},
                 {},
                 {},
                 202,
                 object_of(R"("state":{"type":"string","enum":["waiting","making"]},"ahead":{"type":"integer"})")});
  out.back().file = "application/pdf";
  return out;
}

// The Statement of Applicability in force, whole.
std::vector<ApiOperation> soa_operations() {
  const std::string tag = "Statement of Applicability in force";
  const std::string root = "/api/v1/soa/current";
  constexpr std::string_view text = R"({"type":"string"})", texts = R"({"type":"array","items":{"type":"string"}})";
  std::string line;
  for (std::string_view name : {"ref", "title", "theme", "applicability", "justification", "declared_status",
                                "derived_status", "missing", "control", "control_title", "owner", "reviewed_on"}) {
    line += fmt::format("{}\"{}\":{}", line.empty() ? "" : ",", name, text);
  }
  for (std::string_view name : {"grounds", "risks", "obligations", "evidence"})
    line += fmt::format(",\"{}\":{}", name, texts);
  std::string statement = R"("version":{"type":"integer"})";
  for (std::string_view name :
       {"format", "id", "status", "organisation", "as_of", "scope", "risk_assessment", "approved_by", "approved_on"})
    statement += fmt::format(",\"{}\":{}", name, text);
  std::vector<ApiOperation> out;
  out.push_back({"GET",
                 root,
                 "read_current_soa",
                 tag,
                 "The version in force as it was issued, else as it stands, else the draft",
                 {},
                 {},
                 {},
                 200,
                 object_of(fmt::format(R"({},"lines":{{"type":"array","items":{}}})", statement, object_of(line)))});
  out.push_back({"GET",
                 root + "/oscal",
                 "read_current_soa_oscal",
                 tag,
                 "The same as an OSCAL 1.1.3 component definition",
                 {},
                 {},
                 {},
                 200,
                 object_of(R"("component-definition":{"type":"object"})")});
  out.push_back(
      {"GET", root + "/xlsx", "read_current_soa_workbook", tag, "The same as a workbook", {}, {}, {}, 200, {}});
  out.back().file = xlsx_media_type;
  return out;
}

constexpr std::string_view own_rule_answer =
    R"({"type":"object","properties":{"id":{"type":"string"},"state":{"type":"string","enum":["draft","active","retired","discarded"]},"title":{"type":"string"},"ref":{"type":"string"},"version":{"type":"integer","description":"The newest, as in the ETag."},"active_version":{"type":["integer","null"]},"draft_version":{"type":["integer","null"]},"versions":{"type":"array","items":{"type":"object","properties":{"version":{"type":"integer"},"state":{"type":"string"},"text":{"type":"string"},"reason":{"type":"string"},"author":{"type":"string"},"written_at":{"type":"string","format":"date-time"},"decided_by":{"type":"string"},"decided_at":{"type":"string"}}}}}})";
constexpr std::string_view trial_answer =
    R"("runs":{"type":"boolean"},"problems":{"type":"array","items":{"type":"object","properties":{"place":{"type":"string"},"line":{"type":"integer"},"message":{"type":"string"},"value":{"type":"string"}}}},"obstacle":{"type":["string","null"]},"count":{"type":"integer"},"findings":{"type":"array","items":{"type":"object","properties":{"class":{"type":"string"},"kind":{"type":"string"},"subject":{"type":"string"},"detail":{"type":"string"}}}},"took_ms":{"type":"number"})";

// The organisation's own rules, which are no register.
std::vector<ApiOperation> own_rule_operations() {
  std::vector<ApiOperation> out;
  const std::string tag = "Own rules";
  const std::string root = "/api/v1/rules";
  const std::string text =
      R"("text":{"type":"string","maxLength":32768,"description":"Header lines and one select, as in docs/rules.md."})";
  const std::string example = R"({"text": "-- id: ORG-1\n-- title: …\n…\nselect …"})";
  ApiParameter id = in_path("id", "Id of the rule, such as ORG-1.");
  ApiParameter match{
      "If-Match", Place::header, true, "The ETag of the rule that was read, or *.", std::string(text_schema),
      "if_match"};
  out.push_back({"GET",
                 root,
                 "list_own_rules",
                 tag,
                 "List the organisation's own rules",
                 {},
                 {},
                 {},
                 200,
                 object_of(fmt::format(R"("items":{{"type":"array","items":{}}})", own_rule_answer))});
  out.push_back({"POST",
                 root,
                 "create_own_rule",
                 tag,
                 "Write a new rule, as a draft",
                 {reason_header()},
                 object_of(text, "\"text\""),
                 example,
                 201,
                 std::string(own_rule_answer),
                 true});
  out.push_back({"POST",
                 root + "/preview",
                 "preview_own_rule",
                 tag,
                 "Try a text out; nothing is stored",
                 {},
                 object_of(text, "\"text\""),
                 example,
                 200,
                 object_of(trial_answer)});
  out.push_back({"GET",
                 root + "/{id}",
                 "read_own_rule",
                 tag,
                 "Read one with its versions",
                 {id},
                 {},
                 {},
                 200,
                 std::string(own_rule_answer),
                 true});
  out.push_back({"PATCH",
                 root + "/{id}",
                 "change_own_rule",
                 tag,
                 "Write a new version, as a draft",
                 {id, match, reason_header()},
                 object_of(text, "\"text\""),
                 example,
                 200,
                 std::string(own_rule_answer),
                 true});
  out.push_back(
      {"POST",
       root + "/{id}/steps/{step}",
       "take_step_own_rule",
       tag,
       "Approve or discard the draft, or retire the rule",
       {id,
        {"step", Place::path, true, "What is done.", R"({"type":"string","enum":["approve","discard","retire"]})"},
        match},
       object_of(R"("reason":{"type":"string"})"),
       R"({"reason": "agreed in the committee"})",
       200,
       std::string(own_rule_answer),
       true});
  return out;
}

}  // namespace

std::vector<std::string_view> filter_suffixes(const FieldDef& field) {
  switch (field.kind) {
    case Kind::json:
    case Kind::records: return {".empty"};
    case Kind::boolean: return {"", ".not", ".empty"};
    case Kind::integer:
    case Kind::real:
    case Kind::date:
    case Kind::instant: return {"", ".not", ".min", ".max", ".empty"};
    default: return {"", ".not", ".contains", ".empty"};
  }
}

std::string type_in_words(const FieldDef& field) {
  std::vector<std::string> names;
  for (const Choice& choice : field.choices) names.emplace_back(choice.name);
  switch (field.kind) {
    case Kind::boolean: return "true or false";
    case Kind::integer: return "whole number";
    case Kind::real: return "number";
    case Kind::date: return "date YYYY-MM-DD";
    case Kind::instant: return "time YYYY-MM-DDTHH:MM:SSZ";
    case Kind::json: return "any JSON";
    case Kind::choice: return "one of " + join(names, ", ");
    case Kind::choices: return "list of " + join(names, ", ");
    case Kind::reference: return fmt::format("id of a {}", field.target().name());
    case Kind::references: return fmt::format("list of ids of {}", field.target().name());
    case Kind::texts: return "list of texts";
    case Kind::records: return "list of objects";
    case Kind::text: break;
  }
  return fmt::format("text of at most {} characters", field.max_length());
}

std::vector<ApiOperation> api_operations(const EntityDef& def, const CustomFields& custom) {
  std::vector<ApiOperation> out = record_operations(def, custom);
  std::string name(def.name());
  std::string tag(def.text.plural);
  std::string root = "/api/v1/" + name + "/{id}/steps";
  ApiParameter id = in_path("id", "Id of the record.", "id");
  ApiParameter match{"If-Match", Place::header, false,
                     "The ETag of the record that was read; without it the record is taken as it is.",
                     std::string(text_schema)};
  out.push_back({"GET",
                 root,
                 "steps_" + name,
                 tag,
                 "Lifecycle steps and what stands in the way",
                 {id},
                 {},
                 {},
                 200,
                 object_of(steps_answer),
                 false,
                 true});
  out.push_back(
      {"POST",
       root + "/{step}",
       "take_step_" + name,
       tag,
       "Take a lifecycle step",
       {id, in_path("step", "Name of the step, from the list of steps.", "step"), match},
       object_of(
           R"("inputs":{"type":"object","description":"Values of the fields that the step asks for."},"reason":{"type":"string"})"),
       R"({"inputs": {}, "reason": "agreed in the committee"})",
       200,
       fmt::format("{{\"$ref\":\"#/components/schemas/{}\"}}", name),
       true,
       true});
  return out;
}

std::vector<ApiOperation> general_api_operations() {
  std::vector<ApiOperation> out;
  out.push_back(
      {"GET",
       "/api/v1/registers",
       "registers",
       "About",
       "The registers you may see",
       {},
       {},
       {},
       200,
       object_of(
           R"("items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"label":{"type":"string"},"plural":{"type":"string"},"help":{"type":"string"},"href":{"type":"string"}}}})")});
  out.push_back(
      {"GET",
       "/api/v1/findings",
       "findings",
       "About",
       "Findings of the conformity rules",
       {{"as_of", Place::query, false, "The day of the question; today without it.",
         R"({"type":"string","format":"date"})"},
        {"stage", Place::query, false, "What the findings are measured against.", std::string(stage_schema)},
        {"rule", Place::query, false, "Ids of rules, to ask these alone.", std::string(texts_schema), {}, true}},
       {},
       {},
       200,
       R"({"type":"object"})"});
  std::ranges::move(finding_operations(), std::back_inserter(out));
  std::ranges::move(rehearsal_operations(), std::back_inserter(out));
  std::ranges::move(own_rule_operations(), std::back_inserter(out));
  std::ranges::move(soa_operations(), std::back_inserter(out));
  return out;
}

std::string curl_example(const ApiOperation& operation) {
  std::string path = operation.path.substr(std::string_view("/api/v1").size());
  std::string out = "curl -H \"Authorization: Bearer $T\"";
  if (operation.method != "GET" && operation.method != "POST") out += " -X " + operation.method;
  for (const ApiParameter& parameter : operation.parameters) {
    if (parameter.name == "If-Match" && parameter.required) out += " -H 'If-Match: \"3\"'";
  }
  if (!operation.body.empty())
    out += " -H 'Content-Type: application/json' -d '" + replace_all(operation.example, "'", "'\\''") + "'";
  return out + " \"$B" + path + "\"";
}

const std::vector<ApiStatus>& api_failures() {
  static const std::vector<ApiStatus> failures{{401, "no token, or not a valid one"},
                                               {403, "not allowed; who_may says who is"},
                                               {404, "no such register or record"},
                                               {409, "changed meanwhile, or exists already"},
                                               {422, "the input does not fit; a missing If-Match too"},
                                               {429, "a limit: too many failed attempts, or too large"},
                                               {500, "our fault; the server's log says what"}};
  return failures;
}

}  // namespace assay
