#include "kernel/service/tenant.h"

namespace assay {

Tenant::Tenant(std::unique_ptr<Workspace> opened, const Product& product)
    : workspace(std::move(opened)),
      registers(*workspace),
      accounts(*workspace, product.common_passwords),
      sessions(*workspace),
      tokens(*workspace),
      auditor(*workspace, product.rules),
      findings(*workspace),
      forecaster(auditor),
      conformity(registers, auditor),
      own_rules(*workspace, auditor),
      rehearsals(*workspace, auditor, product.rehearsal_document),
      blobs(workspace->location().blob_folder(workspace->name())),
      pdfs(*workspace, blobs),
      issues(*workspace, blobs, pdfs) {}

Result<std::unique_ptr<Installation>> Installation::open(const Location& location, const Product& product) {
  TRY(auto names, workspace_names(location));
  if (names.empty()) {
    return fail(ErrorKind::not_found, "There is no workspace here yet. Run `assay init --data WHERE` first.");
  }
  std::unique_ptr<Installation> installation(new Installation(location, product));
  for (const std::string& name : names) {
    TRY(auto workspace, Workspace::open(location, name, product.workspace_settings()));
    installation->tenants_.emplace(name, std::make_unique<Tenant>(std::move(workspace), product));
  }
  return installation;
}

Tenant* Installation::find(std::string_view workspace) {
  auto found = tenants_.find(workspace);
  return found == tenants_.end() ? nullptr : found->second.get();
}

std::vector<std::string> Installation::names() const {
  std::vector<std::string> out;
  for (const auto& [name, tenant] : tenants_) out.push_back(name);
  return out;
}

}  // namespace assay
