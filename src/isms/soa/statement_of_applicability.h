// A version of the SoA (6.1.3 d).
#pragma once

#include "isms/choices.h"

namespace assay {

struct DocumentVersion;
struct Person;
struct RiskAssessmentRun;
struct ScopeStatement;

struct StatementOfApplicability {
  Id id;
  std::int64_t version = 0;
  VersionStatus status{};
  Ref<ScopeStatement> scope;
  std::optional<Ref<RiskAssessmentRun>> run;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  std::optional<Date> last_reviewed_on;
  std::optional<Ref<DocumentVersion>> document_version;

  static const EntityDef& def();
};

extern const Lifecycle soa_lifecycle;

}  // namespace assay
