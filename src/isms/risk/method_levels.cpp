#include "isms/risk/method_levels.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {
namespace {

// A matrix of more cells than this is nothing that people assess with; the checks stay cheap for hostile input.
constexpr std::int64_t longest_scale = 101;

bool method_words_are_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool method_scales_are_usable(const RiskMethodology& method) {
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
    const std::int64_t length = scale_max(method, scale) - scale_min(method, scale) + 1;
    if (length < 2 || length > longest_scale) return false;
  }
  return true;
}

std::string method_number(double value) { return fmt::format("{:g}", value); }

void check_method_scales(const RiskMethodology& method, Problems& problems) {
  std::vector<std::pair<MethodScale, std::int64_t>> seen;
  for (const MethodLevel& level : method.levels) {
    const std::pair key(level.scale, level.level);
    const std::string_view scale = choices_of<MethodScale>[static_cast<std::size_t>(level.scale)].label;
    if (level.level < scale_min(method, level.scale) || level.level > scale_max(method, level.scale)) {
      problems.push_back({"levels",
                          fmt::format("must lie on the scale: {} runs from {} to {}", scale,
                                      scale_min(method, level.scale), scale_max(method, level.scale)),
                          std::to_string(level.level)});
    } else if (std::ranges::find(seen, key) != seen.end()) {
      problems.push_back({"levels", fmt::format("must describe each level once; {} has this one twice", scale),
                          std::to_string(level.level)});
    }
    seen.push_back(key);
  }
}

// The first pair of neighbours where more likelihood or more impact gives less risk.
std::optional<std::string> falling_cell(const RiskMethodology& method) {
  for (std::int64_t l = method.likelihood_min; l <= method.likelihood_max; ++l) {
    for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
      const auto here = method.level(l, i), right = method.level(l, i + 1), below = method.level(l + 1, i);
      if (!here) return std::nullopt;  // incomplete: another problem
      if (i < method.impact_max && right && *right < *here) return fmt::format("likelihood {}, impact {}", l, i + 1);
      if (l < method.likelihood_max && below && *below < *here)
        return fmt::format("likelihood {}, impact {}", l + 1, i);
    }
  }
  return std::nullopt;
}

void check_method_bands(const RiskMethodology& method, const std::vector<double>& reachable, Problems& problems) {
  for (std::size_t n = 0; n < method.bands.size(); ++n) {
    const MethodBand& band = method.bands[n];
    if (n > 0 && (band.name <= method.bands[n - 1].name || band.from <= method.bands[n - 1].from)) {
      problems.push_back({"bands", "must ascend: each class once, and each from a higher level than the one before",
                          method_number(band.from)});
    } else if (!reachable.empty() && band.from > reachable.back()) {
      problems.push_back(
          {"bands",
           fmt::format("must begin within reach: the highest level of risk is {}", method_number(reachable.back())),
           method_number(band.from)});
    }
  }
}

struct WordedLevel {
  std::string_view name, meaning;
};

constexpr WordedLevel likelihood_words[] = {
    {"Rare", "Less than once in ten years. We know of no case at organisations like ours."},
    {"Unlikely", "About once in three to ten years. Cases at organisations like ours are known, none here."},
    {"Possible", "About once in one to three years. It happened here or nearly did."},
    {"Likely", "About one to five times a year. It happened here within the last year."},
    {"Frequent",
     "More than five times a year, or attempts are seen all the time and protection is known to have gaps."},
};
constexpr WordedLevel impact_words[] = {
    {"Minor",
     "Money: below 0.1 % of yearly revenue.\nPeople: an inconvenience, no data about people concerned.\nLaw and "
     "contracts: no duty breached.\nOperation: some hours, not seen by customers."},
    {"Moderate",
     "Money: up to 0.5 % of yearly revenue.\nPeople: data of a few people known to the wrong ones, no lasting "
     "harm.\nLaw and contracts: a complaint, a duty to explain.\nOperation: up to one day, single customers notice."},
    {"Serious",
     "Money: up to 2 % of yearly revenue.\nPeople: many people concerned, or sensitive data of a few.\nLaw and "
     "contracts: to be reported to an authority or customer, penalties of a contract.\nOperation: several days, or one "
     "key service fails."},
    {"Severe",
     "Money: up to 5 % of yearly revenue.\nPeople: lasting harm to single persons.\nLaw and contracts: fine, claim for "
     "damages, a key customer may end the contract.\nOperation: a week or more, most customers concerned."},
    {"Existential",
     "Money: above 5 % of yearly revenue.\nPeople: danger to life, or lasting harm to many.\nLaw and contracts: loss "
     "of a licence, criminal liability.\nOperation: it is in doubt whether the organisation recovers."},
};
// Which of the five wordings a shorter scale takes; four of them leave out one that its neighbours cover.
constexpr std::size_t pick_three_likelihood[] = {1, 2, 3}, pick_four_likelihood[] = {0, 1, 2, 3};
constexpr std::size_t pick_three_impact[] = {0, 2, 3}, pick_four_impact[] = {0, 1, 2, 3}, pick_five[] = {0, 1, 2, 3, 4};

// The ends of a shortened scale take in what was left out.
constexpr WordedLevel low_of_three{
    "Unlikely", "Less than once in three years. Cases at organisations like ours may be known, none here."};
constexpr WordedLevel high_likelihood{
    "Likely", "Once a year or more. It happened here within the last year, or attempts are seen all the time."};
constexpr WordedLevel high_impact{
    "Severe",
    "Money: above 2 % of yearly revenue.\nPeople: lasting harm to anybody.\nLaw and contracts: fine, claim for "
    "damages, loss of a key customer or licence.\nOperation: a week or more, or recovery in doubt."};
constexpr WordedLevel low_impact_three{
    "Minor",
    "Money: up to 0.5 % of yearly revenue.\nPeople: data of a few people at most, no lasting harm.\nLaw and contracts: "
    "a complaint at most.\nOperation: up to one day, single customers notice."};

std::vector<WordedLevel> worded_scale(MethodScale scale, std::size_t count) {
  const bool is_likelihood = scale == MethodScale::likelihood;
  std::span<const std::size_t> pick;
  if (count == 3) pick = is_likelihood ? pick_three_likelihood : pick_three_impact;
  if (count == 4) pick = is_likelihood ? pick_four_likelihood : pick_four_impact;
  if (count == 5) pick = pick_five;
  std::vector<WordedLevel> out;
  for (std::size_t position : pick) out.push_back(is_likelihood ? likelihood_words[position] : impact_words[position]);
  if (count == 3) out.front() = is_likelihood ? low_of_three : low_impact_three;
  if (count == 3 || count == 4) out.back() = is_likelihood ? high_likelihood : high_impact;
  return out;
}

// The level at a share of the way through what can be reached.
std::size_t method_place_at(const std::vector<double>& reachable, double share) {
  return static_cast<std::size_t>(share * static_cast<double>(reachable.size()));
}

}  // namespace

std::vector<double> reachable_levels(const RiskMethodology& method) {
  std::vector<double> out;
  if (!method_scales_are_usable(method)) return out;
  for (std::int64_t l = method.likelihood_min; l <= method.likelihood_max; ++l) {
    for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
      if (auto level = method.level(l, i)) out.push_back(*level);
    }
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

const MethodLevel* level_of(const RiskMethodology& method, MethodScale scale, std::int64_t level) {
  auto found = std::ranges::find_if(
      method.levels, [&](const MethodLevel& item) { return item.scale == scale && item.level == level; });
  return found == method.levels.end() ? nullptr : &*found;
}

std::string level_name(const RiskMethodology& method, MethodScale scale, std::int64_t level) {
  const MethodLevel* found = level_of(method, scale, level);
  return found && !method_words_are_blank(found->name) ? found->name : std::to_string(level);
}

std::optional<Severity> band_of(const RiskMethodology& method, double level) {
  std::optional<Severity> out;
  for (const MethodBand& band : method.bands) {
    if (level >= band.from) out = band.name;
  }
  return out;
}

bool levels_are_described(const RiskMethodology& method) {
  if (!method_scales_are_usable(method)) return false;
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
    for (std::int64_t level = scale_min(method, scale); level <= scale_max(method, scale); ++level) {
      const MethodLevel* found = level_of(method, scale, level);
      if (!found || method_words_are_blank(found->name) || method_words_are_blank(found->meaning)) return false;
    }
  }
  return true;
}

void check_method_levels(const RiskMethodology& method, Problems& problems) {
  check_method_scales(method, problems);
  const std::vector<double> reachable = reachable_levels(method);
  if (method.acceptance_threshold && !reachable.empty() &&
      (*method.acceptance_threshold < reachable.front() || *method.acceptance_threshold >= reachable.back())) {
    problems.push_back(
        {"acceptance_threshold",
         fmt::format("must lie from {} to below {}, the highest level: above it nothing would ever need treatment",
                     method_number(reachable.front()), method_number(reachable.back())),
         method_number(*method.acceptance_threshold)});
  }
  if (method.formula == RiskMethodologyFormula::matrix && method.matrix && method_scales_are_usable(method)) {
    if (auto place = falling_cell(method)) {
      problems.push_back(
          {"matrix", fmt::format("must not fall where likelihood or impact rises; it does at {}", *place), ""});
    }
  }
  check_method_bands(method, reachable, problems);
}

std::vector<MethodLevel> proposed_levels(MethodScale scale, std::int64_t lowest, std::int64_t highest) {
  std::vector<MethodLevel> out;
  if (highest < lowest || highest - lowest >= longest_scale) return out;
  const std::vector<WordedLevel> words = worded_scale(scale, static_cast<std::size_t>(highest - lowest + 1));
  for (std::int64_t level = lowest; level <= highest; ++level) {
    const auto position = static_cast<std::size_t>(level - lowest);
    if (words.empty()) out.push_back({scale, level, {}, {}});
    else out.push_back({scale, level, std::string(words[position].name), std::string(words[position].meaning)});
  }
  return out;
}

std::vector<MethodBand> proposed_bands(const RiskMethodology& method) {
  const std::vector<double> reachable = reachable_levels(method);
  if (reachable.size() < 4) return {};
  return {{Severity::low, reachable.front()},
          {Severity::medium, reachable[std::max<std::size_t>(method_place_at(reachable, 0.3), 1)]},
          {Severity::high, reachable[std::max<std::size_t>(method_place_at(reachable, 0.6), 2)]},
          {Severity::critical, reachable[std::max<std::size_t>(method_place_at(reachable, 0.87), 3)]}};
}

std::optional<double> proposed_threshold(const RiskMethodology& method) {
  const std::vector<double> reachable = reachable_levels(method);
  if (reachable.size() < 4) return std::nullopt;
  return reachable[std::max<std::size_t>(method_place_at(reachable, 0.6), 2) - 1];
}

}  // namespace assay
