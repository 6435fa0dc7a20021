// Lists that somebody keeps under a name: filters, sorting and columns as they stand in the address. Private per
// account.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/store/workspace.h"

namespace assay {

struct SavedView {
  std::string id, name, query;  // "status=draft&sort=-residual_score"
};

class SavedViews {
 public:
  explicit SavedViews(Workspace& workspace) : workspace_(workspace) {}

  Result<std::vector<SavedView>> list(const Principal& principal, const EntityDef& def) const;  // by name
  // Under a name that is taken the view is replaced. Errors: invalid, forbidden (read-only), limit.
  Result<void> save(const Principal& principal, const EntityDef& def, std::string_view name,
                    std::string_view query) const;
  Result<void> remove(const Principal& principal, const EntityDef& def, std::string_view id) const;

 private:
  Workspace& workspace_;
};

}  // namespace assay
