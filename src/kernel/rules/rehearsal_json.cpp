// The form in which a rehearsal is kept. Keys may be added, never renamed: what was made stays readable.
#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/rules/rehearsal.h"

namespace assay {
namespace {

namespace json = boost::json;
constexpr std::string_view format_name = "assay-rehearsal/1";

json::array texts(const std::vector<std::string>& list) { return json::array(list.begin(), list.end()); }

json::object counts_object(const RehearsalCounts& counts) {
  return {{"major", counts.majors},
          {"minor", counts.minors},
          {"observation", counts.observations},
          {"ofi", counts.opportunities},
          {"not_evaluated", counts.not_evaluated},
          {"rules_evaluated", counts.rules_evaluated}};
}

// Reads what counts_object() and the others wrote; throws when the text is of another form.
std::string text_at(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}
std::size_t count_at(const json::object& object, std::string_view key) {
  return object.at(key).to_number<std::size_t>();
}

RehearsalFinding finding_of(const json::object& from) {
  auto finding_class = finding_class_of(text_at(from, "class"));
  if (!finding_class) throw std::invalid_argument("class");
  return {text_at(from, "rule"), *finding_class,           text_at(from, "ref"),
          text_at(from, "kind"), text_at(from, "subject"), text_at(from, "detail")};
}

void read_lists(const json::object& from, Rehearsal& out) {
  for (const json::value& item : from.at("findings").as_array()) out.findings.push_back(finding_of(item.as_object()));
  for (const auto& [id, item] : from.at("rules").as_object()) {
    const json::object& rule = item.as_object();
    out.rules[std::string(id)] = {text_at(rule, "title"), text_at(rule, "ref"), text_at(rule, "why"),
                                  text_at(rule, "fix")};
  }
  for (const json::value& item : from.at("not_evaluated").as_array()) {
    out.not_evaluated.push_back({text_at(item.as_object(), "rule"), text_at(item.as_object(), "reason")});
  }
  for (const json::value& item : from.at("strengths").as_array()) {
    const json::object& object = item.as_object();
    Strength strength{text_at(object, "ref"),
                      count_at(object, "rules"),
                      count_at(object, "records"),
                      count_at(object, "evidence"),
                      {},
                      text_at(object, "newest")};
    for (const json::value& name : object.at("registers").as_array()) strength.registers.emplace_back(name.as_string());
    out.strengths.push_back(std::move(strength));
  }
  for (const json::value& item : from.at("evidence_looked_at").as_array()) {
    const json::object& object = item.as_object();
    EvidenceLooked looked{text_at(object, "ref"), {}, count_at(object, "pieces"), text_at(object, "newest")};
    for (const auto& [kind, pieces] : object.at("kinds").as_object())
      looked.kinds[std::string(kind)] = pieces.to_number<std::size_t>();
    out.looked_at.push_back(std::move(looked));
  }
}

Rehearsal read_object(const json::object& from) {
  Rehearsal out;
  if (text_at(from, "format") != format_name) throw std::invalid_argument("format");
  auto as_of = Date::parse(text_at(from, "as_of"));
  const json::object& conclusion = from.at("conclusion").as_object();
  auto outcome = outcome_of(text_at(conclusion, "outcome"));
  if (!as_of || !outcome) throw std::invalid_argument("as_of, outcome");
  out.number = from.at("number").to_number<std::int64_t>();
  out.stage = text_at(from, "stage");
  out.as_of = *as_of;
  out.made_at = text_at(from, "made_at");
  out.made_by = text_at(from, "made_by");
  out.entries = from.at("ledger_entries").to_number<std::int64_t>();
  out.organisation = text_at(from, "organisation");
  out.scope = text_at(from, "scope");
  out.scope_version = from.at("scope_version").to_number<std::int64_t>();
  out.soa_version = from.at("soa_version").to_number<std::int64_t>();
  out.conclusion = {*outcome, text_at(conclusion, "headline"), text_at(conclusion, "text")};
  const json::object& counts = from.at("counts").as_object();
  out.counts = {count_at(counts, "major"), count_at(counts, "minor"),         count_at(counts, "observation"),
                count_at(counts, "ofi"),   count_at(counts, "not_evaluated"), count_at(counts, "rules_evaluated")};
  out.records = count_at(from, "records");
  out.evidence = count_at(from, "evidence");
  read_lists(from, out);
  return out;
}

}  // namespace

std::string rehearsal_json(const Rehearsal& rehearsal) {
  json::array findings, not_evaluated, strengths, looked_at;
  json::object rules;
  for (const RehearsalFinding& finding : rehearsal.findings) {
    findings.push_back(json::object{{"rule", finding.rule},
                                    {"class", name_of(finding.finding_class)},
                                    {"ref", finding.ref},
                                    {"kind", finding.kind},
                                    {"subject", finding.subject},
                                    {"detail", finding.detail}});
  }
  for (const auto& [id, rule] : rehearsal.rules)
    rules[id] = json::object{{"title", rule.title}, {"ref", rule.ref}, {"why", rule.why}, {"fix", rule.fix}};
  for (const NotEvaluated& item : rehearsal.not_evaluated)
    not_evaluated.push_back(json::object{{"rule", item.rule}, {"reason", item.reason}});
  for (const Strength& item : rehearsal.strengths) {
    strengths.push_back(json::object{{"ref", item.ref},
                                     {"rules", item.rules},
                                     {"records", item.records},
                                     {"registers", texts(item.registers)},
                                     {"evidence", item.evidence},
                                     {"newest", item.newest}});
  }
  for (const EvidenceLooked& item : rehearsal.looked_at) {
    json::object kinds;
    for (const auto& [kind, pieces] : item.kinds) kinds[kind] = pieces;
    looked_at.push_back(
        json::object{{"ref", item.ref}, {"kinds", std::move(kinds)}, {"pieces", item.pieces}, {"newest", item.newest}});
  }
  json::object conclusion{{"outcome", name_of(rehearsal.conclusion.outcome)},
                          {"headline", rehearsal.conclusion.headline},
                          {"text", rehearsal.conclusion.text}};
  return json::serialize(json::object{{"format", format_name},
                                      {"number", rehearsal.number},
                                      {"stage", rehearsal.stage},
                                      {"as_of", rehearsal.as_of.iso()},
                                      {"made_at", rehearsal.made_at},
                                      {"made_by", rehearsal.made_by},
                                      {"ledger_entries", rehearsal.entries},
                                      {"organisation", rehearsal.organisation},
                                      {"scope", rehearsal.scope},
                                      {"scope_version", rehearsal.scope_version},
                                      {"soa_version", rehearsal.soa_version},
                                      {"conclusion", std::move(conclusion)},
                                      {"counts", counts_object(rehearsal.counts)},
                                      {"records", rehearsal.records},
                                      {"evidence", rehearsal.evidence},
                                      {"findings", std::move(findings)},
                                      {"rules", std::move(rules)},
                                      {"not_evaluated", std::move(not_evaluated)},
                                      {"strengths", std::move(strengths)},
                                      {"evidence_looked_at", std::move(looked_at)}});
}

Result<Rehearsal> read_rehearsal(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return fail(ErrorKind::internal, "a stored rehearsal is no JSON object");
  try {
    return read_object(value.get_object());
  } catch (const std::exception& problem) {
    return fail(ErrorKind::internal, std::string("a stored rehearsal is not of the form ") + std::string(format_name) +
                                         ": " + problem.what());
  }
}

}  // namespace assay
