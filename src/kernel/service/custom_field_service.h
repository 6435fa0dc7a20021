// Defining fields of one's own: permission, checks, and an entry in the ledger for each change. Values are checked
// where records are written (check_custom in kernel/model/custom_fields.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/identity/permission.h"
#include "kernel/store/workspace.h"

namespace assay {

struct CustomFieldUse {
  CustomField field;
  std::int64_t values = 0;  // records that hold one
};

class CustomFieldService {
 public:
  explicit CustomFieldService(Workspace& workspace) : workspace_(workspace) {}

  // Every definition, by register and position, retired ones last within their register. Error: forbidden.
  Result<std::vector<CustomFieldUse>> list(const Principal& principal) const;
  // Not_found.
  Result<CustomFieldUse> find(const Principal& principal, std::string_view register_name, std::string_view name) const;
  // What happened to a definition, newest first.
  Result<std::vector<LedgerEntry>> history(const Principal& principal, const CustomField& field) const;

  // A new field, last in its register; without a name one is made of the label. Errors: forbidden; conflict when the
  // name is taken; invalid when something does not fit, also when records hold values of another kind under the name;
  // limit.
  Result<CustomField> define(const Principal& principal, CustomField field) const;
  // Takes over label, help, choices, required, in_list and position. A choice that records hold stays.
  Result<CustomField> change(const Principal& principal, CustomField field) const;
  // A retired field is asked no more; its values stay where they are. `retired` false brings it back.
  Result<void> set_retired(const Principal& principal, std::string_view register_name, std::string_view name,
                           bool retired, std::string_view reason) const;

 private:
  Workspace& workspace_;
};

}  // namespace assay
