// The calls of the API that belong to no register in particular.
#include <algorithm>
#include <iterator>

#include "kernel/exchange/sniff.h"
#include "kernel/service/api_parts.h"

namespace assay {
namespace {

using namespace api_parts;

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
  out.back().not_yet = object_of(
      R"("state":{"type":"string","enum":["making"]},"done":{"type":"number","description":"How much of it is done, from 0 to 1."})");
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

}  // namespace assay
