#include "isms/risk/method_migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "isms/risk/method_levels.h"

namespace assay {
namespace {

std::string method_scale_range(std::int64_t min, std::int64_t max) { return fmt::format("{} to {}", min, max); }
template <class E>
std::string method_choice_words(E value) {
  return std::string(choices_of<E>[static_cast<std::size_t>(value)].label);
}
template <class T>
std::string method_number_words(const std::optional<T>& value) {
  return value ? fmt::format("{}", *value) : std::string("not set");
}

std::string method_level_words(const MethodLevel* level) {
  if (!level) return "not described";
  return level->name + ": " + level->meaning;
}

std::string method_band_words(const RiskMethodology& method) {
  std::string out;
  for (const MethodBand& band : method.bands)
    out += fmt::format("{}{} from {:g}", out.empty() ? "" : ", ", method_choice_words(band.name), band.from);
  return out.empty() ? "none" : out;
}

}  // namespace

std::int64_t level_at_same_place(std::int64_t level, std::int64_t min, std::int64_t max, std::int64_t new_min,
                                 std::int64_t new_max) {
  if (max <= min) return std::clamp(level, new_min, new_max);
  const double share = static_cast<double>(level - min) / static_cast<double>(max - min);
  const auto steps = static_cast<std::int64_t>(std::floor(share * static_cast<double>(new_max - new_min) + 0.5));
  return std::clamp(new_min + steps, new_min, new_max);
}

MigratedPair migrated(const MigratedPair& old, const RiskMethodology& from, const RiskMethodology& to) {
  MigratedPair out;
  if (old.likelihood) {
    out.likelihood = level_at_same_place(*old.likelihood, from.likelihood_min, from.likelihood_max, to.likelihood_min,
                                         to.likelihood_max);
  }
  if (old.impact)
    out.impact = level_at_same_place(*old.impact, from.impact_min, from.impact_max, to.impact_min, to.impact_max);
  return out;
}

std::optional<double> migrated_level(double level, const RiskMethodology& from, const RiskMethodology& to) {
  const std::vector<double> old_levels = reachable_levels(from), new_levels = reachable_levels(to);
  if (old_levels.size() < 2 || new_levels.size() < 2) return std::nullopt;
  if (old_levels == new_levels) return level;
  const double share = (level - old_levels.front()) / (old_levels.back() - old_levels.front());
  const double wanted = new_levels.front() + share * (new_levels.back() - new_levels.front());
  auto found = std::ranges::find_if(new_levels, [&](double reachable) { return reachable >= wanted - 1e-9; });
  return found == new_levels.end() ? new_levels.back() : *found;
}

bool scores_differ(const RiskMethodology& before, const RiskMethodology& after) {
  auto scales = [](const RiskMethodology& m) {
    return std::tuple(m.likelihood_min, m.likelihood_max, m.impact_min, m.impact_max, m.formula,
                      m.acceptance_threshold);
  };
  return scales(before) != scales(after) ||
         (after.formula == RiskMethodologyFormula::matrix && before.matrix != after.matrix);
}

std::vector<MethodDifference> differences(const RiskMethodology& before, const RiskMethodology& after) {
  std::vector<MethodDifference> out;
  auto compare = [&](std::string setting, std::string old_words, std::string new_words) {
    if (old_words != new_words) out.push_back({std::move(setting), std::move(old_words), std::move(new_words)});
  };
  compare("Approach", method_choice_words(before.approach), method_choice_words(after.approach));
  compare("Scale of likelihood", method_scale_range(before.likelihood_min, before.likelihood_max),
          method_scale_range(after.likelihood_min, after.likelihood_max));
  compare("Scale of impact", method_scale_range(before.impact_min, before.impact_max),
          method_scale_range(after.impact_min, after.impact_max));
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
    const std::int64_t least = std::min(scale_min(before, scale), scale_min(after, scale)),
                       most = std::max(scale_max(before, scale), scale_max(after, scale));
    for (std::int64_t level = least; level <= std::min(most, least + 100); ++level) {
      compare(fmt::format("{} {}", method_choice_words(scale), level),
              method_level_words(level_of(before, scale, level)), method_level_words(level_of(after, scale, level)));
    }
  }
  compare("Formula", method_choice_words(before.formula), method_choice_words(after.formula));
  if (before.formula == RiskMethodologyFormula::matrix && after.formula == RiskMethodologyFormula::matrix) {
    compare("Matrix", before.matrix ? before.matrix->text : "", after.matrix ? after.matrix->text : "");
  }
  compare("Acceptance threshold", method_number_words(before.acceptance_threshold),
          method_number_words(after.acceptance_threshold));
  compare("Classes of risk", method_band_words(before), method_band_words(after));
  compare("When and how to assess", before.assessment_criteria.value_or(""), after.assessment_criteria.value_or(""));
  compare("Assess again every (days)", method_number_words(before.reassessment_interval_days),
          method_number_words(after.reassessment_interval_days));
  compare("Tolerated spread (levels)", std::to_string(before.tolerance_levels), std::to_string(after.tolerance_levels));
  return out;
}

}  // namespace assay
