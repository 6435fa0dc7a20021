// Evidence that a role holder is competent (7.2).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct Person;

enum class CompetenceRecordBasis { education, training, experience };
template <>
inline constexpr auto choices_of<CompetenceRecordBasis> = choices<CompetenceRecordBasis>({
    choice<CompetenceRecordBasis::education>("Education"),
    choice<CompetenceRecordBasis::training>("Training"),
    choice<CompetenceRecordBasis::experience>("Experience"),
});

struct CompetenceRecord {
  Id id;
  Ref<Person> person;
  std::string role;
  std::string requirement;
  std::optional<CompetenceRecordBasis> basis;
  std::optional<Ref<Evidence>> evidence;
  std::optional<Date> valid_to;
  std::optional<std::string> gap_action;
  std::optional<Date> gap_action_completed_on;
  std::optional<Date> effectiveness_evaluated_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
