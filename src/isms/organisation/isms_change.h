// A change to the ISMS itself (6.3, 8.1).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct Risk;
struct RiskAssessmentRun;
struct ScopeItem;
struct SoAEntry;

enum class IsmsChangeTrigger {
  scope_change,
  reorganisation,
  new_site,
  new_service,
  regulation,
  incident,
  audit,
  merger,
  technology,
  other
};
template <>
inline constexpr auto choices_of<IsmsChangeTrigger> = choices<IsmsChangeTrigger>({
    choice<IsmsChangeTrigger::scope_change>("Change of scope"),
    choice<IsmsChangeTrigger::reorganisation>("Reorganisation"),
    choice<IsmsChangeTrigger::new_site>("New site"),
    choice<IsmsChangeTrigger::new_service>("New service"),
    choice<IsmsChangeTrigger::regulation>("Regulation"),
    choice<IsmsChangeTrigger::incident>("Incident"),
    choice<IsmsChangeTrigger::audit>("Audit result"),
    choice<IsmsChangeTrigger::merger>("Merger or sale"),
    choice<IsmsChangeTrigger::technology>("New technology"),
    choice<IsmsChangeTrigger::other>("Other"),
});

struct IsmsChange {
  Id id;
  std::string title;
  IsmsChangeTrigger trigger{};
  bool significant = false;
  std::optional<std::string> purpose;
  std::optional<Date> planned_on;
  bool resources_confirmed = false;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> implemented_on;
  std::optional<Ref<RiskAssessmentRun>> risk_reassessed_in;
  bool affects_scope = false;
  std::optional<std::int64_t> headcount_delta;
  std::optional<double> budget_delta;
  std::optional<Date> cb_notified_on;
  bool unintended = false;
  std::optional<Date> consequences_reviewed_on;
  std::vector<Ref<ScopeItem>> touched_scope_items;
  std::vector<Ref<Risk>> touched_risks;
  std::vector<Ref<SoAEntry>> touched_soa_entries;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
