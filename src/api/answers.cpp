#include "api/answers.h"

#include <fmt/format.h>

#include <charconv>

#include "base/log.h"
#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {

Response problem_answer(const Error& error) {
  int status = status_of(error.kind);
  std::string detail = error.message;
  if (error.kind == ErrorKind::internal) {
    log(LogLevel::error, "internal error", {{"error", std::string_view(error.message)}});
    detail = "Something failed inside; the log of the server says what.";
  }
  std::string out = fmt::format("{{\"type\":\"about:blank\",\"title\":{},\"status\":{},\"detail\":{}",
                                json_string(name_of(error.kind)), status, json_string(detail));
  if (!error.rule.empty()) out += ",\"rule\":" + json_string(error.rule);
  if (!error.who_may.empty()) out += ",\"who_may\":" + json_string(error.who_may);
  if (!error.problems.empty()) {
    out += ",\"problems\":[";
    for (std::size_t i = 0; i < error.problems.size(); ++i) {
      out += fmt::format("{}{{\"place\":{},\"message\":{},\"value\":{}}}", i ? "," : "",
                         json_string(error.problems[i].place), json_string(error.problems[i].message),
                         json_string(error.problems[i].value));
    }
    out += ']';
  }
  return Response::of("application/problem+json", out + "}", status);
}

Response record_answer(const Principal& principal, const Record& record, int status) {
  Response response = Response::json(to_json(shown_to(principal, record), {.nulls = true, .stamps = true}), status);
  response.set_header("ETag", fmt::format("\"{}\"", record.version));
  return response;
}

std::string steps_json(const Record& record, const std::vector<StepOffer>& offers) {
  std::string out = fmt::format("{{\"state\":{},\"steps\":[", json_string(record.state()));
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const StepOffer& offer = offers[i];
    out += fmt::format(
        "{}{{\"name\":\"{}\",\"label\":{},\"to\":\"{}\",\"asks\":{},\"allowed\":{},\"who_may\":{},\"missing\":[",
        i ? "," : "", offer.step->name, json_string(offer.step->label), offer.step->to, json_string(offer.step->asks),
        offer.allowed, json_string(offer.step->who.words()));
    for (std::size_t m = 0; m < offer.missing.size(); ++m) {
      out += fmt::format("{}{{\"reason\":{},\"rule\":{}}}", m ? "," : "", json_string(offer.missing[m].message),
                         json_string(offer.missing[m].rule));
    }
    out += "]}";
  }
  return out + "]}";
}

std::string history_json(const std::vector<LedgerEntry>& entries) {
  std::string out = "{\"items\":[";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const LedgerEntry& entry = entries[i];
    out += fmt::format(
        "{}{{\"seq\":{},\"at\":{},\"actor\":{},\"actor_name\":{},\"revision\":{},\"operation\":{},\"reason\":{},"
        "\"changes\":{},"
        "\"record_hash\":{},\"leaf_hash\":{}}}",
        i ? "," : "", entry.seq, json_string(entry.at), json_string(entry.actor), json_string(entry.actor_name),
        entry.version, json_string(entry.operation), json_string(entry.reason), entry.changes,
        json_string(entry.record_hash), json_string(entry.leaf_hash));
  }
  return out + fmt::format("],\"next\":{}}}", entries.empty() ? "null" : fmt::format("{}", entries.back().seq));
}

Result<std::int64_t> read_if_match(const Request& request) {
  std::string_view text = trim(request.header("If-Match"));
  if (text == "*") return 0;
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  std::int64_t revision = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), revision);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || revision < 1) {
    return fail(
        Problems{{"If-Match", "must carry the ETag of the record that you read, e.g. \"3\"", shorten(text, 40)}});
  }
  return revision;
}

Result<std::int64_t> whole_parameter(const Request& request, std::string_view name, std::int64_t least,
                                     std::int64_t most, std::int64_t fallback) {
  std::string_view text = request.query_value(name);
  if (text.empty()) return fallback;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
    return fail(Problems{
        {std::string(name), fmt::format("must be a whole number from {} to {}", least, most), shorten(text, 40)}});
  }
  return number;
}

}  // namespace assay
