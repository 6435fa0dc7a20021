#include "isms/documents/document_version.h"

#include "isms/documents/document.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& DocumentVersion::def() {
  static constexpr FieldDef fields[] = {
      field<&DocumentVersion::document>({.label = "Document", .in_list = true}),
      field<&DocumentVersion::version>({.label = "Version",
                                        .help = "A new first number means a change that readers must confirm again.",
                                        .example = "2.0",
                                        .title = true,
                                        .in_list = true,
                                        .max_length = 40}),
      field<&DocumentVersion::status>({.label = "Status", .in_list = true}),
      field<&DocumentVersion::author>({.label = "Author", .in_list = true}),
      field<&DocumentVersion::created_on>({.label = "Written on"}),
      field<&DocumentVersion::reviewed_by>({.label = "Reviewed by", .help = "Somebody other than the author."}),
      field<&DocumentVersion::last_reviewed_on>(
          {.label = "Last reviewed on", .help = "When somebody last found it still suitable."}),
      field<&DocumentVersion::approved_by>({.label = "Approved by"}),
      field<&DocumentVersion::approved_on>({.label = "Approved on"}),
      field<&DocumentVersion::effective_on>({.label = "In force from", .in_list = true}),
      field<&DocumentVersion::next_review_on>({.label = "Next review", .in_list = true}),
      field<&DocumentVersion::published_at>(
          {.label = "Published at", .help = "Every place where people find it.", .example = "Intranet, page Policies"}),
      field<&DocumentVersion::has_objectives_or_framework>(
          {.label = "Gives objectives or a frame for them",
           .help = "Asked of the information security policy (5.2 b)."}),
      field<&DocumentVersion::commits_to_requirements>(
          {.label = "Commits to meeting requirements", .help = "Asked of the information security policy (5.2 c)."}),
      field<&DocumentVersion::commits_to_improvement>(
          {.label = "Commits to improvement", .help = "Asked of the information security policy (5.2 d)."}),
      field<&DocumentVersion::content_hash>({.label = "Fingerprint of the content",
                                             .help = "SHA-256, set when the text is saved or uploaded.",
                                             .pattern = "[0-9a-f]{64}",
                                             .pattern_text = "64 hexadecimal digits (SHA-256)"}),
      field<&DocumentVersion::destroyed_on>(
          {.label = "Destroyed on", .help = "Not before the retention time has passed."}),
  };
  static constexpr EntityDef def = entity<DocumentVersion>(
      {
          .name = "document_version",
          .label = "Document version",
          .plural = "Document versions",
          .help = "One issue of a document with who wrote, reviewed and approved it. Clause 7.5 asks for review and "
                  "approval before use and that outdated issues are withdrawn.",
          .clause = "7.5.2",
          .example = "Version 2.0 of the access control policy, approved by the managing director on 3 March, to be "
                     "reviewed in a year.",
          .phase = Phase::documents,
          .access = AccessClass::documented,
          .prefix = "DV",
          .parent = "document",
          .unique_together = "document version",
          .holder = "author",
          .default_sort = "-effective_on",
      },
      fields, &document_version_lifecycle);
  return def;
}

Problems DocumentVersion::validate() const {
  Problems problems;
  const std::optional<Date> written = created_on;
  checks::refuse_before(problems, written, "approved_on", approved_on, "must not be before the day it was written");
  checks::refuse_before(problems, approved_on, "effective_on", effective_on, "must not be before the approval");
  checks::refuse_before(problems, approved_on, "next_review_on", next_review_on, "must not be before the approval");
  checks::refuse_before(problems, effective_on, "destroyed_on", destroyed_on, "must not be before it came into force");
  return problems;
}

}  // namespace assay
