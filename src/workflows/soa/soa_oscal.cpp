#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/hash.h"
#include "base/text.h"
#include "workflows/soa/soa_files.h"

namespace assay {
namespace {

namespace json = boost::json;

constexpr std::string_view oscal_namespace = "urn:assay:oscal:statement-of-applicability";

// A name-based UUID (RFC 9562 form, version 5 bits) that stays the same as long as what it names does.
std::string uuid_of(std::string_view name) {
  std::string digits = hex(sha256(name)).substr(0, 32);
  digits[12] = '5';
  digits[16] = "89ab"[static_cast<std::size_t>(digits[16] >= 'a' ? digits[16] - 'a' + 10 : digits[16] - '0') % 4];
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20));
}

// Identifiers of OSCAL begin with a letter and hold letters, digits, '.', '-' and '_'.
std::string control_token(const SoaLine& line) {
  std::string out = line.theme.empty() ? line.ref : "A." + line.ref;
  for (char& c : out) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!fits) c = '-';
  }
  const bool begins_well = !out.empty() && ((out[0] >= 'a' && out[0] <= 'z') || (out[0] >= 'A' && out[0] <= 'Z'));
  return begins_well ? out : "own-" + out;
}

// Values of properties are one line without white space around it.
void add_property(json::array& properties, std::string_view name, std::string_view value) {
  std::string text = replace_all(replace_all(trim(value), "\r", " "), "\n", " ");
  if (!text.empty())
    properties.push_back(json::object{{"name", name}, {"ns", oscal_namespace}, {"value", std::move(text)}});
}

json::object requirement_of(const SoaSnapshot& snapshot, const SoaLine& line) {
  json::array properties;
  add_property(properties, "applicability", line.applicability);
  for (const std::string& ground : line.grounds) add_property(properties, "ground", ground);
  add_property(properties, "declared-status", line.declared);
  add_property(properties, "status-shown-by-evidence", line.derived);
  add_property(properties, "missing", line.missing);
  add_property(properties, "control", line.control);
  add_property(properties, "control-title", line.control_title);
  add_property(properties, "owner", line.owner);
  for (const std::string& id : line.risks) add_property(properties, "risk", id);
  for (const std::string& id : line.obligations) add_property(properties, "obligation", id);
  for (const std::string& id : line.evidence) add_property(properties, "evidence", id);
  add_property(properties, "reviewed-on", line.reviewed_on);
  std::string text = line.justification;
  if (text.empty()) text = line.applicability == "undecided" ? "Not decided yet." : "No justification is recorded.";
  json::object out{{"uuid", uuid_of(fmt::format("{} {} {}", snapshot.id, snapshot.version, line.ref))},
                   {"control-id", control_token(line)},
                   {"props", std::move(properties)},
                   {"description", std::move(text)}};
  if (!line.title.empty()) out["remarks"] = line.title;
  return out;
}

json::object metadata_of(const SoaSnapshot& snapshot, const std::string& organisation) {
  json::array properties;
  add_property(properties, "status", snapshot.status);
  add_property(properties, "scope", snapshot.scope);
  add_property(properties, "risk-assessment", snapshot.run);
  add_property(properties, "approved-on", snapshot.approved_on);
  json::array parties{
      json::object{{"uuid", organisation},
                   {"type", "organization"},
                   {"name", snapshot.organisation.empty() ? "The organisation" : snapshot.organisation}}};
  json::array responsible;
  json::array roles;
  if (!snapshot.approved_by.empty()) {
    const std::string approver = uuid_of("approver " + snapshot.approved_by);
    parties.push_back(json::object{{"uuid", approver}, {"type", "person"}, {"name", snapshot.approved_by}});
    roles.push_back(json::object{{"id", "approver"}, {"title", "Approved the statement"}});
    responsible.push_back(json::object{{"role-id", "approver"}, {"party-uuids", json::array{approver}}});
  }
  json::object out{{"title", fmt::format("Statement of Applicability, version {}{}", snapshot.version,
                                         snapshot.is_draft() ? " (draft)" : "")},
                   {"last-modified", snapshot.as_of + "T00:00:00Z"},
                   {"version", std::to_string(snapshot.version)},
                   {"oscal-version", "1.1.3"}};
  if (!properties.empty()) out["props"] = std::move(properties);
  if (!roles.empty()) out["roles"] = std::move(roles);
  out["parties"] = std::move(parties);
  if (!responsible.empty()) out["responsible-parties"] = std::move(responsible);
  if (snapshot.is_draft()) out["remarks"] = "Draft, not approved for use.";
  return out;
}

}  // namespace

std::string soa_oscal(const SoaSnapshot& snapshot) {
  const std::string whole =
      fmt::format("{} {} {} {}", snapshot.organisation, snapshot.id, snapshot.version, snapshot.as_of);
  const std::string standard = uuid_of("ISO/IEC 27001:2022 Annex A");
  json::array requirements;
  for (const SoaLine& line : snapshot.lines) requirements.push_back(requirement_of(snapshot, line));
  json::object component{
      {"uuid", uuid_of("component " + whole)},
      {"type", "policy"},
      {"title", "Information security management system"},
      {"description", "The controls that the organisation determined, compared with Annex A (clause 6.1.3 c and d)."}};
  if (!requirements.empty()) {
    component["control-implementations"] = json::array{json::object{
        {"uuid", uuid_of("implementation " + whole)},
        {"source", "#" + standard},
        {"description",
         "Every control of Annex A and every own control: whether it applies, why, and how far it is implemented."},
        {"implemented-requirements", std::move(requirements)}}};
  }
  const json::object document{
      {"component-definition",
       json::object{
           {"uuid", uuid_of("definition " + whole)},
           {"metadata", metadata_of(snapshot, uuid_of("organisation " + snapshot.organisation))},
           {"components", json::array{std::move(component)}},
           {"back-matter",
            json::object{
                {"resources",
                 json::array{json::object{
                     {"uuid", standard},
                     {"title", "ISO/IEC 27001:2022, Annex A"},
                     {"citation", json::object{{"text", "ISO/IEC 27001:2022, Annex A, reference controls"}}}}}}}}}}};
  return json::serialize(document);
}

}  // namespace assay
