// A version with its review and approval trail.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct Person;

enum class DocumentVersionStatus { draft, in_review, approved, effective, superseded, retired };
template <>
inline constexpr auto choices_of<DocumentVersionStatus> = choices<DocumentVersionStatus>({
    choice<DocumentVersionStatus::draft>("Draft"),
    choice<DocumentVersionStatus::in_review>("In review"),
    choice<DocumentVersionStatus::approved>("Approved"),
    choice<DocumentVersionStatus::effective>("In force"),
    choice<DocumentVersionStatus::superseded>("Superseded"),
    choice<DocumentVersionStatus::retired>("Retired"),
});

struct DocumentVersion {
  Id id;
  Ref<Document> document;
  std::string version;
  DocumentVersionStatus status{};
  Ref<Person> author;
  Date created_on;
  std::optional<Ref<Person>> reviewed_by;
  std::optional<Date> last_reviewed_on;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  std::optional<Date> effective_on;
  std::optional<Date> next_review_on;
  std::vector<std::string> published_at;
  std::optional<bool> has_objectives_or_framework;
  std::optional<bool> commits_to_requirements;
  std::optional<bool> commits_to_improvement;
  std::string content_hash;
  std::optional<Date> destroyed_on;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle document_version_lifecycle;

}  // namespace assay
