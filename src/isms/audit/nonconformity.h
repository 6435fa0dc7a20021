// A nonconformity and its life (10.2).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Finding;
struct Person;
struct Site;

enum class NonconformitySource {
  internal_audit,
  external_audit,
  incident,
  monitoring,
  management_review,
  complaint,
  self
};
template <>
inline constexpr auto choices_of<NonconformitySource> = choices<NonconformitySource>({
    choice<NonconformitySource::internal_audit>("Internal audit"),
    choice<NonconformitySource::external_audit>("External audit"),
    choice<NonconformitySource::incident>("Incident"),
    choice<NonconformitySource::monitoring>("Monitoring"),
    choice<NonconformitySource::management_review>("Management review"),
    choice<NonconformitySource::complaint>("Complaint"),
    choice<NonconformitySource::self>("Own observation"),
});

enum class NonconformityGrade { major, minor };
template <>
inline constexpr auto choices_of<NonconformityGrade> = choices<NonconformityGrade>({
    choice<NonconformityGrade::major>("Major"),
    choice<NonconformityGrade::minor>("Minor"),
});

enum class NonconformityRootCauseMethod { five_whys, fishbone, fault_tree, other };
template <>
inline constexpr auto choices_of<NonconformityRootCauseMethod> = choices<NonconformityRootCauseMethod>({
    choice<NonconformityRootCauseMethod::five_whys>("Five whys"),
    choice<NonconformityRootCauseMethod::fishbone>("Fishbone diagram"),
    choice<NonconformityRootCauseMethod::fault_tree>("Fault tree analysis"),
    choice<NonconformityRootCauseMethod::other>("Other"),
});

enum class NonconformityStatus { open, root_cause, action_plan, implemented, verified, closed, cancelled };
template <>
inline constexpr auto choices_of<NonconformityStatus> = choices<NonconformityStatus>({
    choice<NonconformityStatus::open>("Open"),
    choice<NonconformityStatus::root_cause>("Cause found"),
    choice<NonconformityStatus::action_plan>("Action planned"),
    choice<NonconformityStatus::implemented>("Implemented"),
    choice<NonconformityStatus::verified>("Verified"),
    choice<NonconformityStatus::closed>("Closed"),
    choice<NonconformityStatus::cancelled>("Cancelled"),
});

struct Nonconformity {
  Id id;
  std::optional<Ref<Finding>> finding;
  NonconformitySource source{};
  std::string ref;
  NonconformityGrade grade{};
  std::optional<Ref<Site>> site;
  Date raised_on;
  std::string statement;
  std::optional<std::string> correction;
  std::optional<Date> correction_done_on;
  std::optional<Date> extent_checked_on;
  std::optional<std::string> root_cause;
  std::optional<NonconformityRootCauseMethod> root_cause_method;
  std::optional<Date> root_cause_on;
  std::optional<Date> response_due_on;
  std::optional<Date> closure_due_on;
  std::optional<Date> plan_accepted_by_cb_on;
  std::optional<Date> verified_by_cb_on;
  NonconformityStatus status{};
  std::optional<Date> closed_on;
  std::optional<Ref<Person>> owner;

  static const EntityDef& def();
  Problems validate() const;
  void set_deadlines(const Lookup& lookup);  // those that follow from source and grade, where none is given
};

extern const Lifecycle nonconformity_lifecycle;

}  // namespace assay
