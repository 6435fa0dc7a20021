#include "isms/operations/code_repository.h"

#include "isms/operations/system.h"

namespace assay {

const EntityDef& CodeRepository::def() {
  static constexpr FieldDef fields[] = {
      field<&CodeRepository::system>({.label = "System", .help = "System it builds.", .title = true, .in_list = true}),
      field<&CodeRepository::branch_protected>({.label = "Branch protected", .help = "Protected main line.", .in_list = true}),
      field<&CodeRepository::review_required>({.label = "Review required", .help = "Second person review.", .in_list = true}),
      field<&CodeRepository::secret_scanning>({.label = "Secret scanning", .help = "Scanning on.", .in_list = true}),
      field<&CodeRepository::dependency_scanning>({.label = "Dependency scanning", .help = "Scanning on."}),
      field<&CodeRepository::open_secrets>({.label = "Open secrets", .help = "Secrets found and not revoked."}),
  };
  static constexpr EntityDef def = entity<CodeRepository>(
      {.name = "code_repository",
       .label = "Code repository",
       .plural = "Code repositories",
       .help = "A source code repository.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "REPO",
      },
      fields);
  return def;
}

}  // namespace assay
