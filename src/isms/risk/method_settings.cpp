#include "isms/risk/method_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "isms/record_checks.h"
#include "isms/risk/method_levels.h"

namespace assay {
namespace {

void miss_levels(const RiskMethodology& method, MethodScale scale, Problems& problems) {
  const std::string_view name = choices_of<MethodScale>[static_cast<std::size_t>(scale)].name;
  for (std::int64_t level = scale_min(method, scale);
       level <= std::min(scale_max(method, scale), scale_min(method, scale) + 100); ++level) {
    const MethodLevel* found = level_of(method, scale, level);
    const std::string place = fmt::format("levels.{}.{}", name, level);
    if (!found || !checks::given(std::optional(found->name)))
      problems.push_back({place + ".name", fmt::format("Level {} needs a name.", level), ""});
    if (!found || !checks::given(std::optional(found->meaning))) {
      problems.push_back({place + ".meaning",
                          fmt::format("Say what level {} means, in words that two assessors read alike.", level), ""});
    }
  }
}

void miss_cells(const RiskMethodology& method, Problems& problems) {
  if (method.formula != RiskMethodologyFormula::matrix) return;
  for (std::int64_t l = method.likelihood_min; l <= method.likelihood_max; ++l) {
    for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
      if (!method.level(l, i))
        problems.push_back({fmt::format("matrix.{}.{}", l, i),
                            fmt::format("Likelihood {}, impact {}: a number is missing.", l, i), ""});
    }
  }
}

// Of the problems of the whole method those about the fields of this part.
void add_own_problems(const RiskMethodology& method, std::string_view fields, Problems& problems) {
  const std::string padded = fmt::format(" {} ", fields);
  for (Problem& problem : method.validate()) {
    // An incomplete matrix is told cell by cell.
    const bool told = problem.place == "matrix" && std::ranges::any_of(problems, [](const Problem& known) {
                        return known.place.starts_with("matrix.");
                      });
    if (!told && padded.find(" " + problem.place + " ") != std::string::npos) problems.push_back(std::move(problem));
  }
}

}  // namespace

Problems missing_in(const RiskMethodology& method, MethodPart part) {
  Problems problems;
  switch (part) {
    case MethodPart::approach: break;
    case MethodPart::scales:
      if (method.likelihood_min >= method.likelihood_max)
        problems.push_back({"likelihood_max", "must be above the lowest likelihood", ""});
      if (method.impact_min >= method.impact_max)
        problems.push_back({"impact_max", "must be above the lowest impact", ""});
      for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) miss_levels(method, scale, problems);
      break;
    case MethodPart::formula: miss_cells(method, problems); break;
    case MethodPart::threshold:
      if (!method.acceptance_threshold)
        problems.push_back({"acceptance_threshold", "is required: scores above it need treatment or acceptance", ""});
      break;
    case MethodPart::criteria:
      if (!checks::given(method.assessment_criteria))
        problems.push_back({"assessment_criteria", "is required: when, by whom and how risks are assessed", ""});
      if (!method.reassessment_interval_days)
        problems.push_back({"reassessment_interval_days", "is required: the planned interval of clause 8.2", ""});
      break;
  }
  add_own_problems(method, method_parts[static_cast<std::size_t>(part)].fields, problems);
  return problems;
}

bool refit(RiskMethodology& method) {
  auto is_wrong = [&](std::string_view field) {
    return std::ranges::any_of(method.validate(), [&](const Problem& problem) { return problem.place == field; });
  };
  bool changed = false;
  if (method.formula == RiskMethodologyFormula::matrix && is_wrong("matrix")) {
    std::string rows;
    for (std::int64_t l = method.likelihood_min; l <= method.likelihood_max; ++l) {
      std::string cells;
      for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i)
        cells += fmt::format("{}{}", cells.empty() ? "" : ",", l * i);
      rows += fmt::format("{}[{}]", rows.empty() ? "" : ",", cells);
    }
    method.matrix = Json{fmt::format("[{}]", rows)};
    changed = true;
  }
  if (is_wrong("bands")) {
    method.bands = proposed_bands(method);
    changed = true;
  }
  if (is_wrong("acceptance_threshold")) {
    method.acceptance_threshold = proposed_threshold(method);
    changed = true;
  }
  return changed;
}

RiskMethodology proposed_method() {
  RiskMethodology method;
  method.version = 1;
  method.approach = RiskMethodologyApproach::hybrid;
  method.likelihood_min = method.impact_min = 1;
  method.likelihood_max = method.impact_max = 5;
  method.formula = RiskMethodologyFormula::multiply;
  for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
    auto levels = proposed_levels(scale, 1, 5);
    method.levels.insert(method.levels.end(), levels.begin(), levels.end());
  }
  method.bands = proposed_bands(method);
  method.acceptance_threshold = proposed_threshold(method);
  method.reassessment_interval_days = 365;
  method.tolerance_levels = 1;
  method.assessment_criteria =
      "All risks in the scope are assessed once a year. In between, those concerned are assessed anew before a new "
      "service, site, system or critical supplier "
      "goes live, after a serious incident, and when a law, contract or the scope changes. Risk owners and the people "
      "who know the process take part; the ISMS "
      "owner leads.";
  return method;
}

}  // namespace assay
