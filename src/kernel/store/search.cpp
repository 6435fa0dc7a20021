#include "kernel/store/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/snippet.h"
#include "base/text.h"
#include "kernel/store/reader.h"
#include "kernel/store/schema.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

// The condition that a row of assay_search_doc is of one of the scopes, with its parameters in order.
std::string scope_condition(const std::vector<SearchScope>& scopes, std::vector<Param>& params) {
  std::string whole;
  std::string narrowed;
  std::vector<Param> narrowed_params;
  for (const SearchScope& scope : scopes) {
    if (!scope.filter) {
      whole += fmt::format("{}'{}'", whole.empty() ? "" : ", ", scope.def->name());
      continue;
    }
    const auto& values = scope.filter->values;
    narrowed_params.insert(narrowed_params.end(), values.begin(), values.end());
    std::string_view column = scope.filter->field ? scope.filter->field->name : std::string_view("id");
    narrowed += fmt::format(" or (d.register = '{0}' and d.record in (select id from {0} where {1} in ({2})))",
                            scope.def->name(), column, value_marks(values.size()));
  }
  params.insert(params.end(), narrowed_params.begin(), narrowed_params.end());
  return fmt::format("({}{})", whole.empty() ? std::string("1 = 0") : fmt::format("d.register in ({})", whole),
                     narrowed);
}

struct EngineText {
  std::string_view from, condition, title_match, relevance;
};

const EngineText& engine_text(Engine engine) {
  static constexpr EngineText sqlite{
      "assay_search join assay_search_doc d on d.number = assay_search.rowid", "assay_search match ?",
      "d.number in (select rowid from assay_search where assay_search match ?)", "bm25(assay_search, 8.0, 1.0)"};
  static constexpr EngineText postgres{
      "assay_search_doc d", "to_tsvector('simple', words(d.title || ' ' || d.body)) @@ to_tsquery('simple', ?)",
      "to_tsvector('simple', words(d.title)) @@ to_tsquery('simple', ?)",
      "-ts_rank(to_tsvector('simple', words(d.title || ' ' || d.body)), to_tsquery('simple', ?))"};
  return engine == Engine::sqlite ? sqlite : postgres;
}

}  // namespace

std::string_view search_condition(Engine engine) {
  return engine == Engine::sqlite ? "d.number in (select rowid from assay_search where assay_search match ?)"
                                  : engine_text(engine).condition;
}

std::string search_parameter(Engine engine, std::string_view typed) {
  std::string out;
  for (const std::string& word : search_words(typed)) {
    if (!out.empty()) out += engine == Engine::sqlite ? " " : " & ";
    out += engine == Engine::sqlite ? "\"" + word + "\"*" : "'" + word + "':*";
  }
  return out;
}

Result<SearchResult> Reader::search(const SearchQuery& query) const {
  SearchResult out;
  Engine engine = connection_.engine();
  const EngineText& sql = engine_text(engine);
  std::string match = search_parameter(engine, query.words);
  if (match.empty() || query.scopes.empty()) return out;

  std::vector<Param> params{std::string_view(match)};
  std::string scope = scope_condition(query.scopes, params);
  std::map<const EntityDef*, std::int64_t> counts;
  CHECK(connection_.query(fmt::format("select d.register, count(*) from {} where {} and {} group by d.register",
                                      sql.from, sql.condition, scope),
                          params, [&](const Row& row) { counts[registry_.find(row.text(0))] = row.integer(1); }));
  for (const SearchScope& each : query.scopes) {
    if (auto found = counts.find(each.def); found != counts.end()) out.counts.emplace_back(*found);
  }

  std::string only = query.only ? fmt::format(" and d.register = '{}'", query.only->name()) : "";
  std::string id = lower(trim(query.words));
  std::string in_title = engine == Engine::sqlite ? "title : (" + match + ")" : match;
  params.emplace_back(std::string_view(id));
  params.emplace_back(std::string_view(in_title));
  if (engine == Engine::postgres) params.emplace_back(std::string_view(match));
  params.emplace_back(static_cast<std::int64_t>(query.limit));
  CHECK(connection_.query(
      fmt::format("select d.register, d.record, d.title, {} from {} where {} and {}{} order by "
                  "case when lower(d.record) = ? then 0 when {} then 1 else 2 end, {}, d.register, d.record limit ?",
                  query.bodies ? "d.body" : "''", sql.from, sql.condition, scope, only, sql.title_match, sql.relevance),
      params, [&](const Row& row) {
        out.hits.push_back(
            {registry_.find(row.text(0)), Id(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
      }));
  return out;
}

}  // namespace assay
