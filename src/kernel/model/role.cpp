#include "kernel/model/role.h"

namespace assay {

std::vector<std::string> Roles::names() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
    if (has(static_cast<Role>(i))) out.emplace_back(choices_of<Role>[i].name);
  }
  return out;
}

std::string Roles::labels() const {
  std::string out;
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
    if (!has(static_cast<Role>(i))) continue;
    if (!out.empty()) out += ", ";
    out += choices_of<Role>[i].label;
  }
  return out;
}

Principal Principal::product(std::string_view what) {
  Principal principal;
  principal.account = "system";
  principal.name = "Assay (" + std::string(what) + ")";
  principal.system = true;
  return principal;
}

}  // namespace assay
