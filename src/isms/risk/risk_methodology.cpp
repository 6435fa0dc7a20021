#include "isms/risk/risk_methodology.h"

#include <algorithm>
#include <boost/json.hpp>

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/method_levels.h"

namespace assay {

std::span<const FieldDef> MethodLevel::parts() {
  static constexpr FieldDef parts[] = {
      field<&MethodLevel::scale>({.label = "Scale"}),
      field<&MethodLevel::level>({.label = "Level", .least = 0, .most = 100}),
      field<&MethodLevel::name>({.label = "Name", .example = "Likely", .max_length = 60}),
      field<&MethodLevel::meaning>(
          {.label = "Meaning",
           .help = "Something that two assessors would observe alike: a frequency, an amount, a consequence.",
           .example = "Happens about once a year here or at organisations like ours.",
           .multiline = true,
           .max_length = 2000}),
  };
  static_assert(embedded_complete<MethodLevel>(parts));
  return parts;
}

std::span<const FieldDef> MethodBand::parts() {
  static constexpr FieldDef parts[] = {
      field<&MethodBand::name>({.label = "Class of risk"}),
      field<&MethodBand::from>({.label = "From level", .least = 0}),
  };
  static_assert(embedded_complete<MethodBand>(parts));
  return parts;
}

const EntityDef& RiskMethodology::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskMethodology::version>(
          {.label = "Version", .help = "Running number, 1 for the first.", .title = true, .in_list = true, .least = 1}),
      field<&RiskMethodology::status>({.label = "Status", .in_list = true}),
      field<&RiskMethodology::approach>(
          {.label = "Approach",
           .help = "Where identification starts: from assets, from events (scenarios), or both.",
           .in_list = true}),
      field<&RiskMethodology::likelihood_min>({.label = "Lowest likelihood", .least = 0, .most = 100}),
      field<&RiskMethodology::likelihood_max>({.label = "Highest likelihood", .least = 0, .most = 100}),
      field<&RiskMethodology::impact_min>({.label = "Lowest impact", .least = 0, .most = 100}),
      field<&RiskMethodology::impact_max>({.label = "Highest impact", .least = 0, .most = 100}),
      field<&RiskMethodology::level_definitions>(
          {.label = "Levels are described",
           .help =
               "Each level of both scales is described so that two assessors read it alike. Follows from the levels "
               "where they are given here."}),
      field<&RiskMethodology::formula>(
          {.label = "Formula", .help = "How likelihood and impact make the level of risk.", .in_list = true}),
      field<&RiskMethodology::matrix>({.label = "Matrix",
                                       .help = "For the matrix formula: one row a likelihood from the lowest, in it "
                                               "one number an impact from the lowest.",
                                       .example = "[[1,2,3],[2,4,6],[3,6,9]]"}),
      field<&RiskMethodology::acceptance_threshold>(
          {.label = "Acceptance threshold",
           .help = "Scores above it need treatment or the risk owner's acceptance.",
           .in_list = true,
           .least = 0}),
      field<&RiskMethodology::assessment_criteria>(
          {.label = "When and how to assess",
           .help = "The criteria for performing assessments: interval, triggering changes, who takes part.",
           .example = "Yearly in March, and before any new service, site or supplier of tier critical goes live.",
           .multiline = true}),
      field<&RiskMethodology::reassessment_interval_days>({.label = "Assess again every (days)",
                                                           .help = "The planned interval of clause 8.2.",
                                                           .example = "365",
                                                           .least = 1,
                                                           .most = 3660}),
      field<&RiskMethodology::tolerance_levels>(
          {.label = "Tolerated spread (levels)",
           .help = "How many levels two assessors may differ before they must settle it.",
           .example = "1",
           .least = 0,
           .most = 100}),
      field<&RiskMethodology::document_version>(
          {.label = "Document", .help = "The controlled document that carries the method."}),
      field<&RiskMethodology::approved_by>({.label = "Approved by"}),
      field<&RiskMethodology::approved_on>({.label = "Approved on"}),
      field<&RiskMethodology::effective_on>({.label = "In force from", .in_list = true}),
      field<&RiskMethodology::levels>(
          {.label = "Levels",
           .help = "What each level of likelihood and impact means, in words that two assessors read alike."}),
      field<&RiskMethodology::bands>(
          {.label = "Classes of risk", .help = "From which level of risk on a risk is low, medium, high or critical."}),
  };
  static constexpr EntityDef def = entity<RiskMethodology>(
      {
          .name = "risk_methodology",
          .label = "Risk method",
          .plural = "Risk methods",
          .help = "How risks are identified, scored, compared and accepted. Clause 6.1.2 asks for criteria set "
                  "beforehand, so that repeated assessments give comparable results.",
          .clause = "6.1.2",
          .example =
              "Version 1: scales of 1 to 5, score is likelihood times impact, up to 9 is acceptable, assessed yearly.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "RM",
          .unique_together = "version",
          .default_sort = "-version",
          .frozen_in = "approved effective superseded",
      },
      fields, &risk_methodology_lifecycle);
  return def;
}

std::optional<double> RiskMethodology::level(std::int64_t likelihood, std::int64_t impact) const {
  if (formula == RiskMethodologyFormula::multiply) return static_cast<double>(likelihood) * static_cast<double>(impact);
  if (formula == RiskMethodologyFormula::sum) return static_cast<double>(likelihood) + static_cast<double>(impact);
  if (!matrix || !likelihood_on_scale(likelihood) || !impact_on_scale(impact)) return std::nullopt;
  boost::system::error_code failed;
  const boost::json::value parsed = boost::json::parse(matrix->text, failed);
  if (failed || !parsed.is_array()) return std::nullopt;
  const auto row = static_cast<std::size_t>(likelihood - likelihood_min);
  const auto column = static_cast<std::size_t>(impact - impact_min);
  const boost::json::array& rows = parsed.get_array();
  if (row >= rows.size() || !rows[row].is_array()) return std::nullopt;
  const boost::json::array& cells = rows[row].get_array();
  if (column >= cells.size() || !cells[column].is_number()) return std::nullopt;
  return cells[column].to_number<double>();
}

bool RiskMethodology::likelihood_on_scale(std::int64_t likelihood) const {
  return likelihood >= likelihood_min && likelihood <= likelihood_max;
}

bool RiskMethodology::impact_on_scale(std::int64_t impact) const {
  return impact >= impact_min && impact <= impact_max;
}

std::optional<RiskMethodology> RiskMethodology::current(const Lookup& lookup) {
  for (const std::string_view status : {"effective", "approved"}) {
    auto versions = lookup.where<RiskMethodology>("status", status);
    if (!versions.empty()) return *std::ranges::max_element(versions, {}, &RiskMethodology::version);
  }
  return std::nullopt;
}

namespace {

// Every pair of levels must have a cell, or some risks could never be scored.
bool method_matrix_is_complete(const RiskMethodology& method) {
  for (std::int64_t l = method.likelihood_min; l <= method.likelihood_max; ++l) {
    for (std::int64_t i = method.impact_min; i <= method.impact_max; ++i) {
      if (!method.level(l, i)) return false;
    }
  }
  return true;
}

bool method_scale_is_usable(const RiskMethodology& method) {
  return method.likelihood_min < method.likelihood_max && method.impact_min < method.impact_max;
}

}  // namespace

Problems RiskMethodology::validate() const {
  Problems problems;
  // Both ends at zero: the scale has not been given.
  if ((likelihood_min != 0 || likelihood_max != 0) && likelihood_min >= likelihood_max) {
    problems.push_back({"likelihood_max", "must be above the lowest likelihood", std::to_string(likelihood_max)});
  }
  if ((impact_min != 0 || impact_max != 0) && impact_min >= impact_max) {
    problems.push_back({"impact_max", "must be above the lowest impact", std::to_string(impact_max)});
  }
  if (formula == RiskMethodologyFormula::matrix && matrix && method_scale_is_usable(*this) &&
      !method_matrix_is_complete(*this)) {
    problems.push_back(
        {"matrix", "must be rows of numbers, a row for each likelihood and a number for each impact", matrix->text});
  }
  check_method_levels(*this, problems);
  checks::refuse_before(problems, approved_on, "effective_on", effective_on, "must not be before the approval");
  return problems;
}

void RiskMethodology::derive(const Lookup&) {
  if (!levels.empty()) level_definitions = levels_are_described(*this);
}

namespace {

bool method_is_usable(const StepContext& context) {
  const auto method = decode<RiskMethodology>(context.after);
  return method_scale_is_usable(method) && method_matrix_is_complete(method);
}

bool method_levels_are_described(const StepContext& context) { return truth_of(context.after.at("level_definitions")); }

constexpr Guard method_approve_guards[] = {
    {.reason =
         "The scales need a lowest and a highest level, and the matrix formula a number for every pair of levels.",
     .rule = "C6.1.2-b-01",
     .holds = method_is_usable},
    {.reason = "The acceptance threshold is missing.", .rule = "C6.1.2-a-02", .filled = "acceptance_threshold"},
    {.reason = "Say when and how assessments are performed, and at what interval.",
     .rule = "C6.1.2-a-03",
     .filled = "assessment_criteria reassessment_interval_days"},
    {.reason = "Every level of both scales must be described.",
     .rule = "C6.1.2-a-03",
     .holds = method_levels_are_described},
    {.reason = "The risk method is approved by a member of top management.",
     .rule = "C6.1.2-a-01",
     .holds = checks::actor_is_top_management},
};

constexpr Guard method_in_force_guards[] = {
    {.reason = "The document that carries the method is missing.", .rule = "C6.1.2-a-01", .filled = "document_version"},
    {.reason = "A method cannot be in force before it was approved.",
     .rule = "C6.1.2-a-01",
     .holds = checks::in_force_after_approval},
    {.reason = "Take this step on the day the method comes into force.",
     .rule = "C6.1.2-a-01",
     .holds = checks::in_force_by_today},
};

constexpr Guard method_superseded_guards[] = {
    {.reason = "No later version is in force.", .rule = "C6.1.2-b-03", .holds = checks::later_version_is_in_force},
};

constexpr Step method_steps[] = {
    {.name = "approve",
     .from = "draft",
     .to = "approved",
     .label = "Approve the method",
     .help = "From then on the settings do not change any more: a change is a new version.",
     .who = {.roles = {Role::top_management}},
     .guards = method_approve_guards,
     .sets = "approved_on=today approved_by=actor",
     .signature = true},
    {.name = "rework",
     .from = "approved",
     .to = "draft",
     .label = "Take back to draft",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .sets = "approved_on=null approved_by=null",
     .reason_needed = true},
    {.name = "put_into_force",
     .from = "approved",
     .to = "effective",
     .label = "Put into force",
     .help = "The version in force until now is superseded in the same step.",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .guards = method_in_force_guards,
     .asks = "document_version effective_on",
     .sets = "effective_on=today",
     .effect = checks::supersede_earlier},
    {.name = "supersede",
     .from = "effective",
     .to = "superseded",
     .label = "Supersede",
     .help = "Taken by the product when a later version is in force.",
     .guards = method_superseded_guards,
     .automatic = true},
};

}  // namespace

constinit const Lifecycle risk_methodology_lifecycle{.field = "status", .steps = method_steps};

}  // namespace assay
