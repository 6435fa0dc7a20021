// Full-text search over all registers, and the SQL of both engines behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/store/database.h"
#include "kernel/store/query.h"

namespace assay {

// Which records of a register may be found.
struct SearchScope {
  const EntityDef* def = nullptr;
  std::optional<Filter> filter;  // nothing: all of them; else a filter by `is`
};

struct SearchQuery {
  std::string words;                // as typed; all must occur, as beginnings of words
  std::vector<SearchScope> scopes;  // registers that are not named are not searched
  const EntityDef* only = nullptr;  // hits of this register alone; the counts are of all scopes
  std::size_t limit = 50;
  bool bodies = false;  // read what the records say as well, for snippets
};

struct SearchHit {
  const EntityDef* def = nullptr;
  Id id;
  std::string title;
  std::string body;  // the searched texts of the record, the id first; with SearchQuery::bodies
};

// Hits by rank: the record with that very id, then those whose title has the words, then by relevance.
struct SearchResult {
  std::vector<SearchHit> hits;
  std::vector<std::pair<const EntityDef*, std::int64_t>> counts;  // registers with hits, in the order of the scopes
};

// The condition that a row of assay_search_doc (alias d) matches the parameter, and the parameter for what was typed.
std::string_view search_condition(Engine engine);
std::string search_parameter(Engine engine, std::string_view typed);  // empty when nothing can be searched for

}  // namespace assay
