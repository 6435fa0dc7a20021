#include "isms/documents/document_version.h"

#include "isms/documents/document.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& DocumentVersion::def() {
  static constexpr FieldDef fields[] = {
      field<&DocumentVersion::document>({.label = "Document", .help = "Parent.", .in_list = true}),
      field<&DocumentVersion::version>({.label = "Version", .help = "Label.", .title = true, .in_list = true}),
      field<&DocumentVersion::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&DocumentVersion::author>({.label = "Author"}),
      field<&DocumentVersion::created_on>({.label = "Created on", .help = "Creation."}),
      field<&DocumentVersion::reviewed_by>({.label = "Reviewed by", .help = "Reviewer."}),
      field<&DocumentVersion::last_reviewed_on>({.label = "Last reviewed on", .help = "Latest review for continued suitability."}),
      field<&DocumentVersion::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&DocumentVersion::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
      field<&DocumentVersion::effective_on>({.label = "Effective on", .help = "In force from.", .in_list = true}),
      field<&DocumentVersion::next_review_on>({.label = "Next review on", .help = "Planned review.", .in_list = true}),
      field<&DocumentVersion::published_at>({.label = "Published at", .help = "Places where it is offered for use."}),
      field<&DocumentVersion::has_objectives_or_framework>({.label = "Has objectives or framework", .help = "Policy content check (5.2 b)."}),
      field<&DocumentVersion::commits_to_requirements>({.label = "Commits to requirements", .help = "Policy content check (5.2 c)."}),
      field<&DocumentVersion::commits_to_improvement>({.label = "Commits to improvement", .help = "Policy content check (5.2 d)."}),
      field<&DocumentVersion::content_hash>({.label = "Content hash", .help = "Integrity."}),
      field<&DocumentVersion::destroyed_on>({.label = "Destroyed on", .help = "Disposal of the version."}),
  };
  static constexpr EntityDef def = entity<DocumentVersion>(
      {.name = "document_version",
       .label = "Document version",
       .plural = "Document versions",
       .help = "A version with its review and approval trail.",
       .phase = Phase::documents,
       .access = AccessClass::documented,
       .prefix = "DV",
       .parent = "document",
       .unique_together = "document version",
       .holder = "author",
      },
      fields);
  return def;
}

}  // namespace assay
