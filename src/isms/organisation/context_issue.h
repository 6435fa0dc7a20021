// An internal or external issue (4.1), climate change included.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Obligation;
struct Risk;

enum class ContextIssueKind { internal, external };
template <>
inline constexpr auto choices_of<ContextIssueKind> = choices<ContextIssueKind>({
    choice<ContextIssueKind::internal>("Inside the organisation"),
    choice<ContextIssueKind::external>("Outside the organisation"),
});

enum class ContextIssueTopic {
  climate_change,
  legal,
  technology,
  market,
  supply_chain,
  workforce,
  geopolitical,
  financial,
  culture,
  other
};
template <>
inline constexpr auto choices_of<ContextIssueTopic> = choices<ContextIssueTopic>({
    choice<ContextIssueTopic::climate_change>("Climate change"),
    choice<ContextIssueTopic::legal>("Law and regulation"),
    choice<ContextIssueTopic::technology>("Technology"),
    choice<ContextIssueTopic::market>("Market and customers"),
    choice<ContextIssueTopic::supply_chain>("Supply chain"),
    choice<ContextIssueTopic::workforce>("Workforce"),
    choice<ContextIssueTopic::geopolitical>("Geopolitics"),
    choice<ContextIssueTopic::financial>("Finance"),
    choice<ContextIssueTopic::culture>("Culture"),
    choice<ContextIssueTopic::other>("Other"),
});

struct ContextIssue {
  Id id;
  ContextIssueKind kind{};
  ContextIssueTopic topic{};
  std::string description;
  std::optional<bool> relevant;
  std::optional<std::string> rationale;
  Date determined_on;
  Date reviewed_on;
  std::vector<Ref<Risk>> linked_risks;
  std::vector<Ref<Obligation>> linked_obligations;
  std::optional<std::string> scope_consequence;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
