#include "isms/risk/risk_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr std::int64_t risk_scale_most_levels = 25;

std::vector<RiskLevel> risk_scale_levels(std::int64_t least, std::int64_t most) {
  std::vector<RiskLevel> out;
  for (std::int64_t level = least; level <= most && level < least + risk_scale_most_levels; ++level)
    out.push_back({level, {}, {}});
  return out;
}

// The parts of a row by their names; what the register does not have reads as unset.
class RiskScaleRows {
 public:
  RiskScaleRows(const Record& method, std::string_view field) : field_(method.def->find(field)) {
    if (field_ && field_->kind == Kind::records) rows_ = &rows_of(method.at(field));
  }
  std::size_t size() const { return rows_ ? rows_->size() : 0; }
  const Value& at(std::size_t row, std::string_view part) const {
    static const Value none;
    const auto parts = field_->parts();
    for (std::size_t i = 0; i < parts.size() && i < (*rows_)[row].values.size(); ++i) {
      if (parts[i].name == part) return (*rows_)[row].values[i];
    }
    return none;
  }

 private:
  const FieldDef* field_;
  const std::vector<EmbeddedRow>* rows_ = nullptr;
};

void risk_scale_put_words(const Record& method, RiskScale& scale) {
  const RiskScaleRows rows(method, "levels");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& levels = text_of(rows.at(i, "scale")) == "impact" ? scale.impacts : scale.likelihoods;
    const auto level = number_of(rows.at(i, "level"));
    const auto found = std::ranges::find_if(
        levels, [&](const RiskLevel& each) { return level && static_cast<double>(each.level) == *level; });
    if (found == levels.end()) continue;
    found->name = text_of(rows.at(i, "name"));
    found->meaning = text_of(rows.at(i, "meaning"));
  }
}

std::string risk_scale_tone(std::size_t position, std::size_t count) {
  constexpr std::array<std::string_view, 4> tones{"good", "fair", "warn", "bad"};
  if (count <= 1) return std::string(tones.front());
  return std::string(tones[position * (tones.size() - 1) / (count - 1)]);
}

std::vector<RiskBand> risk_scale_bands(const Record& method, const RiskMethodology& typed, double least, double most) {
  std::vector<RiskBand> out;
  const RiskScaleRows rows(method, "bands");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Value& name = rows.at(i, "name");
    const FieldDef* field = method.def->find("bands");
    std::string words(text_of(name));
    for (const FieldDef& part : field->parts()) {
      if (part.name == "name" && part.kind == Kind::choice) words = part.choice_label(words);
    }
    out.push_back({std::move(words), number_of(rows.at(i, "from")).value_or(least), {}});
  }
  std::ranges::sort(out, {}, &RiskBand::from);
  if (out.empty() && typed.acceptance_threshold) {
    // Without bands of its own the method says one thing: what may be accepted. A fifth of the scale at the top is
    // grave.
    const double threshold = *typed.acceptance_threshold, top = least + 0.8 * (most - least);
    out.push_back({"Low", least, {}});
    if (threshold / 2 > least) out.push_back({"Acceptable", std::floor(threshold / 2) + 1, {}});
    // Products and sums are whole; a matrix may hold any number.
    const bool whole = typed.formula != RiskMethodologyFormula::matrix;
    out.push_back({"Above the threshold", whole ? std::floor(threshold) + 1 : threshold + 0.001, {}});
    if (top > threshold) out.push_back({"Top of the scale", top, {}});
    if (out.size() == 4) {
      for (std::size_t i = 0; i < out.size(); ++i) out[i].tone = risk_scale_tone(i, 4);
      return out;
    }
    out.front().tone = "good";
    for (std::size_t i = 1; i < out.size(); ++i)
      out[i].tone = out[i].from > threshold ? (out[i].from >= top ? "bad" : "warn") : "fair";
    return out;
  }
  if (out.empty()) out.push_back({"Scored", least, {}});
  for (std::size_t i = 0; i < out.size(); ++i) out[i].tone = risk_scale_tone(i, out.size());
  return out;
}

}  // namespace

std::string RiskLevel::words() const {
  return name.empty() ? std::to_string(level) : fmt::format("{} – {}", level, name);
}

RiskScale RiskScale::of(const Record& method) {
  RiskScale out;
  out.method = decode<RiskMethodology>(method);
  out.likelihoods = risk_scale_levels(out.method.likelihood_min, out.method.likelihood_max);
  out.impacts = risk_scale_levels(out.method.impact_min, out.method.impact_max);
  risk_scale_put_words(method, out);
  bool first = true;
  for (const RiskLevel& likelihood : out.likelihoods) {
    for (const RiskLevel& impact : out.impacts) {
      const auto score = out.method.level(likelihood.level, impact.level);
      if (!score) continue;
      out.least_ = first ? *score : std::min(out.least_, *score);
      out.most_ = first ? *score : std::max(out.most_, *score);
      first = false;
    }
  }
  out.bands = risk_scale_bands(method, out.method, out.least_, out.most_);
  return out;
}

const RiskBand& RiskScale::band(double score) const {
  auto after = std::ranges::upper_bound(bands, score, {}, &RiskBand::from);
  return after == bands.begin() ? bands.front() : *std::prev(after);
}

std::optional<bool> RiskScale::is_above_threshold(double score) const {
  if (!method.acceptance_threshold) return std::nullopt;
  return score > *method.acceptance_threshold;
}

}  // namespace assay
