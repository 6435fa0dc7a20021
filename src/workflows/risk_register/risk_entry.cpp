#include "workflows/risk_register/risk_entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/risk/threat_category.h"
#include "workflows/records.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

Patch values_of(const Record& record) {
  Patch out;
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    const bool state = record.def->lifecycle && record.def->lifecycle->field == field.name;
    if (!is_empty(record.values[i]) && !state && !field.text.derived) out.emplace_back(&field, record.values[i]);
  }
  return out;
}

RiskParts parts_of(const Record& risk, std::vector<std::string> asset_names) {
  return {std::string(risk.text("threat")), std::string(risk.text("weakness")), std::string(risk.text("consequence")),
          std::move(asset_names)};
}

Result<std::vector<std::string>> names_of(const RegisterService& registers, const Principal& principal,
                                          const std::vector<std::string>& assets) {
  std::vector<std::string> out;
  for (const std::string& id : assets) {
    auto asset = registers.read(principal, Asset::def(), id);
    out.push_back(asset ? std::string(asset->title()) : id);
  }
  return out;
}

// The threat of the catalogue that the text names, or comes closest to; null when none is near.
const Threat* threat_of(const Library& library, std::string_view text) {
  const Threat* best = nullptr;
  double nearest = 0.12;
  for (const Threat& threat : library.threats()) {
    if (lower(trim(text)) == lower(threat.name)) return &threat;
    const double near = likeness(text, threat.name + " " + threat.description);
    if (near > nearest) {
      nearest = near;
      best = &threat;
    }
  }
  return best;
}

}  // namespace

Result<void> complete_entry(const RegisterService& registers, const Principal& principal, const Library& library,
                            Record& risk) {
  TRY(auto names, names_of(registers, principal, list_of(risk.at("assets"))));
  const RiskParts parts = parts_of(risk, std::move(names));
  if (is_empty(risk.at("title"))) {
    if (std::string title = composed_risk_title(parts); !title.empty()) risk.at("title") = std::move(title);
  }
  if (is_empty(risk.at("scenario"))) {
    if (std::string scenario = composed_risk_scenario(parts); !scenario.empty())
      risk.at("scenario") = std::move(scenario);
  }
  const Threat* threat = threat_of(library, parts.threat);
  if (!threat) return {};
  if (is_empty(risk.at("cia"))) risk.at("cia") = threat->properties;
  if (is_empty(risk.at("threat_category"))) {
    TRY(auto categories, all_of<ThreatCategory>(registers, principal, "code", threat->category));
    if (!categories.empty()) risk.at("threat_category") = categories.front().id;
  }
  return {};
}

Result<EntryAdvice> advice_on(const RegisterService& registers, const Principal& principal, const Record& risk) {
  EntryAdvice out;
  const auto& assets = list_of(risk.at("assets"));
  TRY(auto names, names_of(registers, principal, assets));
  TRY(auto reader, registers.workspace().read());
  const auto least = static_cast<std::size_t>(reader->parameter("min_scenario_chars"));
  out.vague = vague_points(parts_of(risk, std::move(names)), risk.text("title"), risk.text("scenario"), least);
  if (assets.empty()) return out;
  const Filter same_assets{&Risk::def().fields[Risk::def().index("assets")], Comparison::is, assets};
  TRY(auto near, read_risks(registers, principal, {same_assets, open_risks()},
                            {"title", "threat", "weakness", "consequence", "assets", "status"}));
  for (Risk& other : near) {
    if (other.id == risk.id) continue;
    const bool threat = likeness(other.threat.value_or(""), risk.text("threat")) >= 0.6;
    const bool weakness = likeness(other.weakness.value_or(""), risk.text("weakness")) >= 0.6;
    const bool title = likeness(other.title, risk.text("title")) >= 0.8;
    if (threat && weakness) out.duplicates.push_back({std::move(other), "Same asset, threat and weakness"});
    else if (title) out.duplicates.push_back({std::move(other), "Same asset, almost the same title"});
  }
  return out;
}

Result<Problems> level_problems(const RegisterService& registers, const Principal& principal, const Record& risk) {
  Problems out;
  TRY(auto scale, scale_in_force(registers, principal));
  if (!scale) return out;
  Risk typed = decode<Risk>(risk);
  const auto check = [&](std::string_view field, const std::optional<std::int64_t>& level, std::int64_t least,
                         std::int64_t most) {
    if (level && (*level < least || *level > most))
      out.push_back({std::string(field),
                     fmt::format("must be from {} to {}, the scale of the risk method", least, most),
                     std::to_string(*level)});
  };
  const RiskMethodology& method = scale->method;
  check("inherent_likelihood", typed.inherent_likelihood, method.likelihood_min, method.likelihood_max);
  check("residual_likelihood", typed.residual_likelihood, method.likelihood_min, method.likelihood_max);
  check("target_likelihood", typed.target_likelihood, method.likelihood_min, method.likelihood_max);
  check("inherent_impact", typed.inherent_impact, method.impact_min, method.impact_max);
  check("residual_impact", typed.residual_impact, method.impact_min, method.impact_max);
  check("target_impact", typed.target_impact, method.impact_min, method.impact_max);
  if (!out.empty()) return out;
  TRY(auto reader, registers.workspace().read());
  typed.derive(*reader);
  return typed.validate();
}

Result<Record> enter_risk(const RegisterService& registers, const Principal& principal, const Record& risk, bool assess,
                          std::string_view reason) {
  TRY(Problems problems, level_problems(registers, principal, risk));
  if (!problems.empty()) return fail(std::move(problems), "The risk was not saved.");
  Record stored;
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(stored,
        registers.make_in(
            transaction,
            {.def = &Risk::def(), .id = {}, .step = {}, .values = values_of(risk), .reason = std::string(reason)}));
    if (!assess) return {};
    Patch inputs;
    for (std::string_view name : {"inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact",
                                  "next_review_on", "run"}) {
      if (!is_empty(risk.at(name))) inputs.emplace_back(Risk::def().find(name), risk.at(name));
    }
    TRY(stored, registers.make_in(transaction, {.def = &Risk::def(),
                                                .id = stored.id,
                                                .step = "assess",
                                                .values = std::move(inputs),
                                                .reason = std::string(reason)}));
    return {};
  }));
  return stored;
}

}  // namespace assay
