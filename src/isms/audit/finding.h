// A finding of any audit or of the product's own rules.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Audit;
struct Nonconformity;
struct Site;

enum class FindingGrade { major, minor, area_of_concern, observation, ofi, conformity };
template <>
inline constexpr auto choices_of<FindingGrade> = choices<FindingGrade>({
    choice<FindingGrade::major>("Major"),
    choice<FindingGrade::minor>("Minor"),
    choice<FindingGrade::area_of_concern>("Area of concern"),
    choice<FindingGrade::observation>("Observation"),
    choice<FindingGrade::ofi>("Opportunity for improvement"),
    choice<FindingGrade::conformity>("Conformity"),
});

struct Finding {
  Id id;
  std::optional<Ref<Audit>> audit;
  std::string ref;
  FindingGrade grade{};
  std::optional<std::string> statement;
  std::optional<std::string> requirement;
  std::optional<std::string> objective_evidence;
  std::optional<Ref<Site>> site;
  Date raised_on;
  std::optional<Ref<Nonconformity>> nonconformity;
  std::optional<Date> addressed_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
