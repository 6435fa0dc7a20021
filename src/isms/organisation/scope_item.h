// One thing inside, outside or at the boundary of a scope version.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct ScopeStatement;
struct Supplier;

enum class ScopeItemKind { org_unit, site, process, system, asset_class, cloud_region, legal_entity, interface };
template <>
inline constexpr auto choices_of<ScopeItemKind> = choices<ScopeItemKind>({
    choice<ScopeItemKind::org_unit>("Organisational unit"),
    choice<ScopeItemKind::site>("Site"),
    choice<ScopeItemKind::process>("Process"),
    choice<ScopeItemKind::system>("System"),
    choice<ScopeItemKind::asset_class>("Class of assets"),
    choice<ScopeItemKind::cloud_region>("Cloud region"),
    choice<ScopeItemKind::legal_entity>("Legal entity"),
    choice<ScopeItemKind::interface>("Interface"),
});

enum class ScopeItemInclusion { in, out, interface };
template <>
inline constexpr auto choices_of<ScopeItemInclusion> = choices<ScopeItemInclusion>({
    choice<ScopeItemInclusion::in>("Inside"),
    choice<ScopeItemInclusion::out>("Left out"),
    choice<ScopeItemInclusion::interface>("At the boundary"),
});

struct ScopeItem {
  Id id;
  Ref<ScopeStatement> scope;
  ScopeItemKind kind{};
  std::string target;
  ScopeItemInclusion inclusion{};
  std::optional<std::string> justification;
  bool in_scope_depends_on_it = false;
  std::optional<std::string> responsibility_split;
  std::optional<Ref<Supplier>> supplier;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
