#include "isms/documents/document.h"

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Document::def() {
  static constexpr FieldDef fields[] = {
      field<&Document::code>({.label = "Code", .example = "POL-01", .in_list = true, .unique = true, .max_length = 60}),
      field<&Document::title>({.label = "Title", .example = "Access control policy", .title = true, .in_list = true}),
      field<&Document::kind>({.label = "Kind", .in_list = true}),
      field<&Document::topic>({.label = "Topic", .in_list = true}),
      field<&Document::mandatory_ref>({.label = "Required by clause",
                                       .help = "The clause that asks for this document, if one does.",
                                       .example = "6.1.2"}),
      field<&Document::owner>({.label = "Owner", .help = "Who keeps it current.", .in_list = true}),
      field<&Document::classification>({.label = "Classification", .in_list = true}),
      field<&Document::access_groups>({.label = "May be read by",
                                       .help = "Needed for confidential and restricted documents.",
                                       .example = "IT operations"}),
      field<&Document::audience>({.label = "Must be confirmed by", .help = "Who is asked to confirm having read it."}),
      field<&Document::retention_days>(
          {.label = "Kept for (days)",
           .help = "How long a version is kept after it came into force; at least one certification cycle is sensible.",
           .example = "1825",
           .least = 0,
           .most = 36600}),
      field<&Document::external_origin>(
          {.label = "Comes from outside",
           .help = "Written by somebody else and used here, such as a customer's security terms."}),
  };
  static constexpr EntityDef def = entity<Document>(
      {
          .name = "document",
          .label = "Document",
          .plural = "Documents",
          .help =
              "Policies, procedures, plans and other documents of the ISMS with their owner, readers and retention. "
              "Clause 7.5 asks that they are identified, protected and under control; the texts are their versions.",
          .clause = "7.5",
          .example = "POL-03 Access control policy, owned by the head of IT, internal, to be confirmed by all staff.",
          .phase = Phase::documents,
          .access = AccessClass::documented,
          .prefix = "DOC",
          .holder = "owner",
          .default_sort = "code",
      },
      fields);
  return def;
}

Problems Document::validate() const {
  Problems problems;
  const bool closed_circle =
      classification == Classification::confidential || classification == Classification::restricted;
  const bool open_to_all = std::ranges::any_of(access_groups, [](const std::string& group) {
    const std::string name = lower(trim(group));
    return name == "everyone" || name == "all" || name == "all staff";
  });
  if (closed_circle && open_to_all) {
    problems.push_back({"access_groups", "must not open a confidential or restricted document to everyone",
                        join(access_groups, ", ")});
  }
  if (external_origin && kind == DocumentKind::policy) {
    problems.push_back({"external_origin", "must not be set for a policy: the organisation's policy is its own", ""});
  }
  return problems;
}

}  // namespace assay
