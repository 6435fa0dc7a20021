// Changing a draft of the scope. Internal to src/web/scope.
#pragma once

#include "web/scope/scope_view.h"

namespace assay {

// Decisions that came back: what was chosen and written for each open thing, and what is wrong.
struct ScopeReturn {
  Error error;
  std::vector<std::pair<std::string, std::string>> chosen, written;  // by "kind/target"
};

std::string scope_item_url(std::string_view statement, std::string_view item);
// The things that nobody decided about yet, with a form for a draft.
void write_undecided(HtmlWriter& h, const Visit& visit, const ScopeSheet& sheet, const ScopeReturn* back);
// The page of the version that the address names.
Response scope_version_view(Visit& visit, const ScopeReturn* back);

std::vector<PageRoute> scope_editor_pages();

}  // namespace assay
