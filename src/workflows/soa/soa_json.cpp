#include <fmt/format.h>

#include <boost/json.hpp>

#include "workflows/soa/soa_files.h"

namespace assay {
namespace {

namespace json = boost::json;

json::array array_of(const std::vector<std::string>& texts) {
  json::array out;
  for (const std::string& text : texts) out.emplace_back(text);
  return out;
}

std::string text_in(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> texts_in(const json::object& object, std::string_view key) {
  std::vector<std::string> out;
  const json::value* value = object.if_contains(key);
  if (!value || !value->is_array()) return out;
  for (const json::value& item : value->get_array()) {
    if (item.is_string()) out.emplace_back(item.get_string());
  }
  return out;
}

json::object json_of(const SoaLine& line) {
  return {{"ref", line.ref},
          {"title", line.title},
          {"theme", line.theme},
          {"applicability", line.applicability},
          {"grounds", array_of(line.grounds)},
          {"justification", line.justification},
          {"declared_status", line.declared},
          {"derived_status", line.derived},
          {"missing", line.missing},
          {"control", line.control},
          {"control_title", line.control_title},
          {"owner", line.owner},
          {"risks", array_of(line.risks)},
          {"obligations", array_of(line.obligations)},
          {"evidence", array_of(line.evidence)},
          {"reviewed_on", line.reviewed_on}};
}

SoaLine line_from(const json::object& object) {
  return {text_in(object, "ref"),
          text_in(object, "title"),
          text_in(object, "theme"),
          text_in(object, "applicability"),
          texts_in(object, "grounds"),
          text_in(object, "justification"),
          text_in(object, "declared_status"),
          text_in(object, "derived_status"),
          text_in(object, "missing"),
          text_in(object, "control"),
          text_in(object, "control_title"),
          text_in(object, "owner"),
          texts_in(object, "risks"),
          texts_in(object, "obligations"),
          texts_in(object, "evidence"),
          text_in(object, "reviewed_on")};
}

}  // namespace

std::string soa_json(const SoaSnapshot& snapshot) {
  json::array lines;
  for (const SoaLine& line : snapshot.lines) lines.push_back(json_of(line));
  const json::object out{{"format", "assay-soa-1"},
                         {"id", snapshot.id},
                         {"version", snapshot.version},
                         {"status", snapshot.status},
                         {"organisation", snapshot.organisation},
                         {"as_of", snapshot.as_of},
                         {"scope", snapshot.scope},
                         {"risk_assessment", snapshot.run},
                         {"approved_by", snapshot.approved_by},
                         {"approved_on", snapshot.approved_on},
                         {"lines", std::move(lines)}};
  return json::serialize(out);
}

Result<SoaSnapshot> soa_from_json(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  const json::object* object = !error && value.is_object() ? &value.get_object() : nullptr;
  if (!object || text_in(*object, "format") != "assay-soa-1" || !object->contains("lines") ||
      !object->at("lines").is_array()) {
    return fail(Problems{{"content", "must be a Statement of Applicability in the format assay-soa-1", ""}});
  }
  const json::value* version = object->if_contains("version");
  SoaSnapshot out{text_in(*object, "id"),
                  version && version->is_int64() ? version->get_int64() : 0,
                  text_in(*object, "status"),
                  text_in(*object, "organisation"),
                  text_in(*object, "as_of"),
                  text_in(*object, "scope"),
                  text_in(*object, "risk_assessment"),
                  text_in(*object, "approved_by"),
                  text_in(*object, "approved_on"),
                  {}};
  for (const json::value& line : object->at("lines").get_array()) {
    if (line.is_object()) out.lines.push_back(line_from(line.get_object()));
  }
  return out;
}

Result<SoaSnapshot> current_soa(Tenant& tenant, const Principal& principal) {
  TRY(auto reader, tenant.workspace->read());
  TRY(auto versions, soa_versions(*reader, principal));
  const StatementOfApplicability* wanted = soa_in_force(versions);
  if (!wanted) wanted = soa_to_work_on(versions);
  if (!wanted) return fail(ErrorKind::not_found, "There is no Statement of Applicability yet.");
  TRY(auto issued, last_issued_soa(tenant, principal, wanted->id));
  if (issued) return std::move(issued->snapshot);
  TRY(auto bench, read_soa_bench(*reader, principal, wanted->id));
  return snapshot_of(*bench);
}

std::string soa_file_name(const SoaSnapshot& snapshot, std::string_view extension) {
  return fmt::format("Statement of Applicability {}{}.{}", snapshot.version, snapshot.is_draft() ? " draft" : "",
                     extension);
}

}  // namespace assay
