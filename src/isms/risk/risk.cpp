#include "isms/risk/risk.h"

#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"

namespace assay {

const EntityDef& Risk::def() {
  static constexpr FieldDef fields[] = {
      field<&Risk::title>({.label = "Title",
                           .example = "Customer database is encrypted by ransomware",
                           .title = true,
                           .in_list = true}),
      field<&Risk::scenario>(
          {.label = "Scenario",
           .help = "Who or what does which thing to which asset, through which weakness, and what follows.",
           .example =
               "A phished administrator account is used to encrypt the order database; orders stop for three days.",
           .multiline = true}),
      field<&Risk::threat>(
          {.label = "Threat", .help = "What could happen, or who could do it.", .example = "Extortion by ransomware"}),
      field<&Risk::threat_category>({.label = "Threat category"}),
      field<&Risk::weakness>({.label = "Weakness",
                              .help = "The vulnerability that the threat would use.",
                              .example = "Administrators sign in without a second factor"}),
      field<&Risk::consequence>({.label = "Consequence",
                                 .help = "What it would mean for the business, in its own terms.",
                                 .example = "Orders cannot be shipped for three days; contractual penalties",
                                 .multiline = true}),
      field<&Risk::assets>({.label = "Assets", .help = "What would be hit."}),
      field<&Risk::cia>(
          {.label = "Properties at risk", .help = "Confidentiality, integrity or availability, one or more."}),
      field<&Risk::owner>({.label = "Risk owner",
                           .help = "The person with the accountability and authority to manage this risk.",
                           .in_list = true}),
      field<&Risk::run>({.label = "Assessed in", .help = "The assessment run that last scored this risk."}),
      field<&Risk::methodology>(
          {.label = "Risk method", .help = "The version the scores stand on; empty means the one in force."}),
      field<&Risk::assessed_on>({.label = "Assessed on"}),
      field<&Risk::next_review_on>({.label = "Next review", .in_list = true}),
      field<&Risk::inherent_likelihood>(
          {.label = "Inherent likelihood", .help = "As if there were no controls, on the scale of the method."}),
      field<&Risk::inherent_impact>(
          {.label = "Inherent impact", .help = "As if there were no controls, on the scale of the method."}),
      field<&Risk::inherent_score>(
          {.label = "Inherent score", .help = "Worked out by the formula of the method.", .derived = true}),
      field<&Risk::residual_likelihood>(
          {.label = "Residual likelihood", .help = "With the controls that operate today."}),
      field<&Risk::residual_impact>({.label = "Residual impact", .help = "With the controls that operate today."}),
      field<&Risk::residual_score>({.label = "Residual score",
                                    .help = "Worked out by the formula of the method.",
                                    .in_list = true,
                                    .derived = true}),
      field<&Risk::target_likelihood>(
          {.label = "Target likelihood", .help = "Once the treatment is done, on the scale of the method."}),
      field<&Risk::target_impact>(
          {.label = "Target impact", .help = "Once the treatment is done, on the scale of the method."}),
      field<&Risk::target_score>({.label = "Target score",
                                  .help = "What the score should be once the treatment is done; worked out where "
                                          "target likelihood and impact are given.",
                                  .least = 0}),
      field<&Risk::priority>({.label = "Priority",
                              .help = "Rank for treatment, 1 first. Needed above the acceptance threshold.",
                              .least = 1}),
      field<&Risk::treatment>(
          {.label = "Treatment", .help = "The risk owner's choice among the four options.", .in_list = true}),
      field<&Risk::share_instrument>({.label = "Shared through",
                                      .help = "The contract or insurance, when the risk is shared.",
                                      .example = "Cyber insurance policy 4711"}),
      field<&Risk::share_valid_to>({.label = "Sharing ends on"}),
      field<&Risk::avoided_activity_ceased_on>(
          {.label = "Activity ends on",
           .help = "When the risk is avoided: the day the activity that causes it ends or ended."}),
      field<&Risk::controls>({.label = "Controls", .help = "Controls that lower this risk."}),
      field<&Risk::status>({.label = "Status", .in_list = true}),
      field<&Risk::closed_on>({.label = "Closed on"}),
  };
  static constexpr EntityDef def = entity<Risk>(
      {
          .name = "risk",
          .label = "Risk",
          .plural = "Risks",
          .help =
              "What could happen to the information, how bad and how likely it is, who owns it and what is done about "
              "it. Clause 6.1.2 asks for results that are consistent and comparable, 8.2 for keeping them current.",
          .clause = "6.1.2",
          .example = "Ransomware encrypts the order database because administrators sign in without a second factor; "
                     "likelihood 4, impact 5, owned by the head of operations, to be modified.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "R",
          .holder = "owner",
          .default_sort = "-residual_score",
      },
      fields, &risk_lifecycle);
  return def;
}

std::optional<RiskMethodology> Risk::method(const Lookup& lookup) const {
  const std::string_view named = checks::id_of(methodology);
  return named.empty() ? RiskMethodology::current(lookup) : lookup.find<RiskMethodology>(named);
}

void Risk::derive(const Lookup& lookup) {
  inherent_score.reset();
  residual_score.reset();
  const auto method_in_use = method(lookup);
  if (!method_in_use) return;
  // Levels off the scale have no score.
  const auto score = [&](const std::optional<std::int64_t>& likelihood,
                         const std::optional<std::int64_t>& impact) -> std::optional<double> {
    if (!likelihood || !impact || !method_in_use->likelihood_on_scale(*likelihood) ||
        !method_in_use->impact_on_scale(*impact))
      return std::nullopt;
    return method_in_use->level(*likelihood, *impact);
  };
  inherent_score = score(inherent_likelihood, inherent_impact);
  residual_score = score(residual_likelihood, residual_impact);
  if (target_likelihood && target_impact) target_score = score(target_likelihood, target_impact);
}

namespace {

// Once assessed, a risk stands on a method: levels without a score lie off its scale.
void risk_refuse_off_scale(const Risk& risk, Problems& problems) {
  if (risk.status == RiskStatus::draft) return;
  const auto refuse = [&](std::string_view field, const std::optional<std::int64_t>& likelihood,
                          const std::optional<std::int64_t>& impact, const std::optional<double>& score) {
    if (!likelihood || !impact || score) return;
    problems.push_back({std::string(field), "must lie on the scale of the risk method, the impact as well",
                        std::to_string(*likelihood)});
  };
  refuse("inherent_likelihood", risk.inherent_likelihood, risk.inherent_impact, risk.inherent_score);
  refuse("residual_likelihood", risk.residual_likelihood, risk.residual_impact, risk.residual_score);
  refuse("target_likelihood", risk.target_likelihood, risk.target_impact, risk.target_score);
}

// A target above today's score is none, until the risk is accepted or closed as it is.
void risk_refuse_high_target(const Risk& risk, Problems& problems) {
  if (risk.status == RiskStatus::accepted || risk.status == RiskStatus::closed) return;
  if (!risk.target_score || !risk.residual_score || *risk.target_score <= *risk.residual_score) return;
  const bool by_levels = risk.target_likelihood && risk.target_impact;
  problems.push_back(
      {by_levels ? "target_impact" : "target_score", "must not give a higher score than the controls of today", ""});
}

}  // namespace

Problems Risk::validate() const {
  Problems problems;
  checks::refuse_before(problems, assessed_on, "next_review_on", next_review_on,
                        "must not be before the day of the assessment");
  checks::refuse_before(problems, assessed_on, "closed_on", closed_on, "must not be before the day of the assessment");
  if (residual_score && inherent_score && *residual_score > *inherent_score) {
    problems.push_back({"residual_impact", "must not give a higher score with controls than without", ""});
  } else if (residual_likelihood > inherent_likelihood && inherent_likelihood && residual_impact >= inherent_impact) {
    problems.push_back(
        {"residual_likelihood", "must not be higher with controls than without", std::to_string(*residual_likelihood)});
  }
  risk_refuse_high_target(*this, problems);
  risk_refuse_off_scale(*this, problems);
  return problems;
}

}  // namespace assay
