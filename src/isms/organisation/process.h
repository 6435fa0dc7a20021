// A business, support or ISMS process with its criteria and interactions.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct OrgUnit;
struct Person;
struct Supplier;

enum class ProcessKind { isms, business, support };
template <>
inline constexpr auto choices_of<ProcessKind> = choices<ProcessKind>({
    choice<ProcessKind::isms>("ISMS process"),
    choice<ProcessKind::business>("Business process"),
    choice<ProcessKind::support>("Support process"),
});

enum class ProcessIsmsType {
  risk,
  document_control,
  competence,
  awareness,
  communication,
  incident,
  change,
  measurement,
  internal_audit,
  management_review,
  corrective_action
};
template <>
inline constexpr auto choices_of<ProcessIsmsType> = choices<ProcessIsmsType>({
    choice<ProcessIsmsType::risk>("Risk management"),
    choice<ProcessIsmsType::document_control>("Document control"),
    choice<ProcessIsmsType::competence>("Competence"),
    choice<ProcessIsmsType::awareness>("Awareness"),
    choice<ProcessIsmsType::communication>("Communication"),
    choice<ProcessIsmsType::incident>("Incidents"),
    choice<ProcessIsmsType::change>("Changes"),
    choice<ProcessIsmsType::measurement>("Measurement"),
    choice<ProcessIsmsType::internal_audit>("Internal audit"),
    choice<ProcessIsmsType::management_review>("Management review"),
    choice<ProcessIsmsType::corrective_action>("Corrective action"),
});

struct Process {
  Id id;
  std::string name;
  ProcessKind kind{};
  std::optional<ProcessIsmsType> isms_type;
  Ref<Person> owner;
  std::optional<Ref<OrgUnit>> org_unit;
  bool in_scope = false;
  std::vector<Ref<Process>> interactions;
  std::optional<Ref<Document>> criteria_document;
  std::optional<Ref<Supplier>> externally_provided_by;
  std::optional<double> mtpd_hours;
  std::optional<Date> bia_approved_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
