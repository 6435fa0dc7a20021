#include "isms/operations/code_repository.h"

#include "isms/operations/system.h"

namespace assay {

const EntityDef& CodeRepository::def() {
  static constexpr FieldDef fields[] = {
      field<&CodeRepository::system>(
          {.label = "System", .help = "What is built from it.", .title = true, .in_list = true}),
      field<&CodeRepository::branch_protected>(
          {.label = "Main line protected", .help = "Nobody changes it directly.", .in_list = true}),
      field<&CodeRepository::review_required>(
          {.label = "Review required", .help = "A second person looks at each change.", .in_list = true}),
      field<&CodeRepository::secret_scanning>({.label = "Searched for secrets", .in_list = true}),
      field<&CodeRepository::dependency_scanning>({.label = "Dependencies checked", .in_list = true}),
      field<&CodeRepository::open_secrets>(
          {.label = "Open secrets", .help = "Secrets found in it and not revoked yet.", .in_list = true, .least = 0}),
  };
  static constexpr EntityDef def = entity<CodeRepository>(
      {
          .name = "code_repository",
          .label = "Code repository",
          .plural = "Code repositories",
          .help = "Where source code is kept and how changes to it are guarded. Controls A.8.4 and A.8.28 ask for "
                  "restricted access to source code and for secure coding.",
          .clause = "A.8.4",
          .example = "Web shop: main line protected, review required, secrets and dependencies checked, none open.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "REPO",
      },
      fields);
  return def;
}

}  // namespace assay
