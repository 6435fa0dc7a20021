#include "isms/documents/document.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Document::def() {
  static constexpr FieldDef fields[] = {
      field<&Document::code>({.label = "Code", .help = "Identifier.", .in_list = true, .unique = true}),
      field<&Document::title>({.label = "Title", .title = true, .in_list = true}),
      field<&Document::kind>({.label = "Kind", .help = "Class.", .in_list = true}),
      field<&Document::topic>({.label = "Topic", .help = "Subject.", .in_list = true}),
      field<&Document::mandatory_ref>({.label = "Mandatory ref", .help = "Clause whose documented-information requirement it fulfils."}),
      field<&Document::owner>({.label = "Owner", .in_list = true}),
      field<&Document::classification>({.label = "Classification", .help = "Label.", .in_list = true}),
      field<&Document::access_groups>({.label = "Access groups", .help = "Who may read it."}),
      field<&Document::audience>({.label = "Audience", .help = "Who must acknowledge."}),
      field<&Document::retention_days>({.label = "Retention days", .help = "How long versions and records are kept."}),
      field<&Document::external_origin>({.label = "External origin", .help = "Comes from outside."}),
  };
  static constexpr EntityDef def = entity<Document>(
      {.name = "document",
       .label = "Document",
       .plural = "Documents",
       .help = "A controlled document (7.5), whatever its versions.",
       .phase = Phase::documents,
       .access = AccessClass::documented,
       .prefix = "DOC",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
