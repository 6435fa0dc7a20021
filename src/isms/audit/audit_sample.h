// A sampled population in an audit.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Audit;
struct Auditor;

enum class AuditSampleTechniques { document_review, interview, observation, record_sampling, technical_test };
template <>
inline constexpr auto choices_of<AuditSampleTechniques> = choices<AuditSampleTechniques>({
    choice<AuditSampleTechniques::document_review>("Document review"),
    choice<AuditSampleTechniques::interview>("Interview"),
    choice<AuditSampleTechniques::observation>("Observation"),
    choice<AuditSampleTechniques::record_sampling>("Record sampling"),
    choice<AuditSampleTechniques::technical_test>("Technical test"),
});

enum class AuditSampleResult { conform, exception, not_tested };
template <>
inline constexpr auto choices_of<AuditSampleResult> = choices<AuditSampleResult>({
    choice<AuditSampleResult::conform>("Conforming"),
    choice<AuditSampleResult::exception>("Exception"),
    choice<AuditSampleResult::not_tested>("Not tested"),
});

struct AuditSample {
  Id id;
  Ref<Audit> audit;
  std::string ref;
  std::int64_t population = 0;
  std::int64_t sampled = 0;
  std::vector<AuditSampleTechniques> techniques;
  AuditSampleResult result{};
  std::optional<Ref<Auditor>> auditor;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
