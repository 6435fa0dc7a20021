// The documented scope (4.3); versioned.
#pragma once

#include "isms/choices.h"

namespace assay {

struct DocumentVersion;
struct Person;

struct ScopeStatement {
  Id id;
  std::int64_t version = 0;
  VersionStatus status{};
  std::string text;
  bool considers_issues = false;
  bool considers_requirements = false;
  std::optional<Ref<DocumentVersion>> document_version;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  std::optional<Date> effective_on;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle scope_statement_lifecycle;

}  // namespace assay
