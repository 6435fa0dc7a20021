// Verification before and during employment.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

enum class ScreeningRecordLevel { basic, enhanced };
template <>
inline constexpr auto choices_of<ScreeningRecordLevel> = choices<ScreeningRecordLevel>({
    choice<ScreeningRecordLevel::basic>("Basic"),
    choice<ScreeningRecordLevel::enhanced>("Enhanced"),
});

enum class ScreeningRecordResult { clear, adverse, pending, waived };
template <>
inline constexpr auto choices_of<ScreeningRecordResult> = choices<ScreeningRecordResult>({
    choice<ScreeningRecordResult::clear>("Clear"),
    choice<ScreeningRecordResult::adverse>("Adverse"),
    choice<ScreeningRecordResult::pending>("Waiting for the result"),
    choice<ScreeningRecordResult::waived>("Delay approved"),
});

struct ScreeningRecord {
  Id id;
  Ref<Person> person;
  ScreeningRecordLevel level{};
  std::optional<Date> completed_on;
  ScreeningRecordResult result{};
  std::optional<Ref<Person>> waiver_approved_by;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
