// Finding things: the search page, the palette behind Ctrl-K, and what reference pickers ask for.
#include <fmt/format.h>

#include <algorithm>

#include "base/snippet.h"
#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

// The registers that this person may look into, each with the records that may be found there.
std::vector<SearchScope> scopes_of(const Visit& visit) {
  std::vector<SearchScope> out;
  for (const EntityDef* def : visit.registry().all()) {
    if (visit.may(Action::see, *def)) out.push_back({def, row_filter(visit.principal, *def)});
  }
  return out;
}

Result<SearchResult> found(const Visit& visit, std::string_view words, std::size_t limit,
                           const EntityDef* only = nullptr, bool bodies = false) {
  SearchQuery query{std::string(words), scopes_of(visit), only, limit, bodies};
  TRY(auto reader, visit.tenant.workspace->read());
  return reader->search(query);
}

void search_form(HtmlWriter& h, std::string_view words, const EntityDef* only) {
  h.el("form", {at("method", "get"), at("action", "/search"), at("role", "search"), cls("d-flex gap-2 mb-3")}, [&] {
    h.leaf("input", {at("type", "search"), cls("form-control"), at("name", "q"), at("value", words),
                     at("aria-label", "Search everything"), at("placeholder", "Words, a name or an id"),
                     flag("autofocus", words.empty()), at("data-shortcut", "/"), at("data-shortcut-label", "Search")});
    if (only) h.leaf("input", {at("type", "hidden"), at("name", "in"), at("value", only->name())});
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Search");
  });
}

std::string search_url(std::string_view words, const EntityDef* only) {
  std::string url = "/search?q=" + encode_url(words);
  return only ? url + "&in=" + std::string(only->name()) : url;
}

// In which registers there are hits, and how many; each narrows the page to itself.
void register_chips(HtmlWriter& h, const SearchResult& result, std::string_view words, const EntityDef* only) {
  std::int64_t all = 0;
  for (const auto& [def, count] : result.counts) all += count;
  auto chip = [&](const EntityDef* def, std::string_view label, std::int64_t count) {
    h.el("a",
         {cls("chip"), cls_if(def == only, "active"), at("href", search_url(words, def)),
          at_if(def == only, "aria-current", "true")},
         fmt::format("{} {}", label, grouped(count)));
  };
  h.el("nav", {cls("chips mb-3"), at("aria-label", "Registers with hits")}, [&] {
    chip(nullptr, "Everywhere", all);
    for (const auto& [def, count] : result.counts) chip(def, def->text.plural, count);
  });
}

void marked_text(HtmlWriter& h, const std::vector<TextPiece>& pieces) {
  for (const TextPiece& piece : pieces) {
    if (piece.marked) h.el("mark", piece.text);
    else h.text(piece.text);
  }
}

void hit_row(HtmlWriter& h, const SearchHit& hit, const std::vector<std::string>& words) {
  constexpr std::size_t snippet_bytes = 220;
  // The body begins with the id and mostly goes on with the title, which both stand beside it anyway.
  std::string_view body = hit.body;
  if (body.starts_with(hit.id)) body = trim(body.substr(hit.id.size()));
  if (body.starts_with(hit.title)) body = trim(body.substr(hit.title.size()));
  h.el("a", {cls("list-group-item list-group-item-action search-hit"), at("href", record_url(*hit.def, hit.id))}, [&] {
    h.el("span", {cls("text-secondary numeric text-nowrap search-id")},
         [&] { marked_text(h, mark_words(hit.id, words)); });
    h.el("span", {cls("search-text")}, [&] {
      h.el("span", {cls("fw-medium")},
           [&] { marked_text(h, mark_words(hit.title.empty() ? hit.id : hit.title, words)); });
      if (body.empty()) return;
      h.el("span", {cls("text-secondary small d-block")}, [&] { marked_text(h, snippet(body, words, snippet_bytes)); });
    });
  });
}

void hit_list(HtmlWriter& h, const EntityDef& def, const std::vector<const SearchHit*>& hits, std::int64_t count,
              std::string_view typed, bool alone) {
  std::vector<std::string> words = search_words(typed);
  h.el("section", {cls("card mb-3"), at("aria-label", def.text.plural)}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.add(icon(phase_icon(def.text.phase), "icon-sm me-2"));
      h.el("h2", {cls("card-title")}, fmt::format("{} ({})", def.text.plural, grouped(count)));
      h.el("a", {cls("ms-auto small"), at("href", fmt::format("{}?q={}", list_url(def), encode_url(typed)))},
           "In the list");
    });
    h.el("div", {cls("list-group list-group-flush")}, [&] {
      for (const SearchHit* hit : hits) hit_row(h, *hit, words);
    });
    if (static_cast<std::int64_t>(hits.size()) >= count) return;
    h.el("div", {cls("card-footer")}, [&] {
      if (alone)
        h.el("a", {at("href", fmt::format("{}?q={}", list_url(def), encode_url(typed)))},
             fmt::format("All {} in the list", grouped(count)));
      else h.el("a", {at("href", search_url(typed, &def))}, fmt::format("More of the {}", grouped(count)));
    });
  });
}

// Registers in the order of their best hit.
std::vector<const EntityDef*> groups_of(const SearchResult& result) {
  std::vector<const EntityDef*> out;
  for (const SearchHit& hit : result.hits) {
    if (std::ranges::find(out, hit.def) == out.end()) out.push_back(hit.def);
  }
  for (const auto& [def, count] : result.counts) {
    if (std::ranges::find(out, def) == out.end()) out.push_back(def);
  }
  return out;
}

Response show_search(Visit& visit) {
  constexpr std::size_t most = 200;
  constexpr std::size_t most_of_register = 8;
  std::string_view words = trim(visit.request.query_value("q"));
  const EntityDef* only = visit.registry().find(visit.request.query_value("in"));
  auto result = found(visit, words, most, only, true);
  if (!result) return error_page(visit, result.error());
  Frame frame{.title = "Search", .active = "search", .narrow = true, .own_search = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    search_form(h, words, only);
    if (words.empty()) return;
    if (result->counts.empty()) {
      return empty_state(h, "search", "Nothing found",
                         "Try fewer or other words; the beginning of a word is enough. An id such as R-001 works too.",
                         {});
    }
    register_chips(h, *result, words, only);
    if (result->hits.empty())
      return empty_state(h, "search", "Nothing found here",
                         fmt::format("Other registers have hits, {} none.", only->text.plural), {});
    for (const EntityDef* def : groups_of(*result)) {
      std::vector<const SearchHit*> group;
      for (const SearchHit& hit : result->hits) {
        if (hit.def == def && (only || group.size() < most_of_register)) group.push_back(&hit);
      }
      auto count = std::ranges::find(result->counts, def, &std::pair<const EntityDef*, std::int64_t>::first);
      if (group.empty() || count == result->counts.end()) continue;
      hit_list(h, *def, group, count->second, words, only != nullptr);
    }
  });
}

// ---- palette --------------------------------------------------------------------------------------------------------

struct Suggestion {
  std::string label, url, hint;
  std::string_view icon_name;
};

bool fits(std::string_view label, const std::vector<std::string>& words) {
  std::string text = lower(label);
  return std::ranges::all_of(words, [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

std::vector<Suggestion> places(const Visit& visit) {
  std::vector<Suggestion> out = {{"Home", "/", "Page", "home"}};
  if (sees_conformity(visit)) {
    out.push_back({"Findings", "/findings", "Page", "flag"});
    out.push_back({"Rehearsals", "/rehearsals", "Page", "clipboard-check"});
  }
  if (sees_conformity(visit) || may_administer(visit.principal)) {
    out.push_back({"Library", "/library", "Page", "book-2"});
    out.push_back({"Ledger", "/ledger", "Page", "history"});
  }
  if (std::ranges::any_of(visit.registry().all(),
                          [&](const EntityDef* def) { return visit.may(Action::import_, *def); })) {
    out.push_back({"Import records", "/import", "Action", "file-import"});
  }
  out.push_back({"My account", "/account", "Page", "user-circle"});
  out.push_back({"API documentation", "/api/docs", "Page", "command"});
  if (may_administer(visit.principal)) out.push_back({"Who may sign in", "/accounts", "Page", "users-group"});
  if (may_define_fields(visit.principal)) out.push_back({"Custom fields", "/fields", "Page", "adjustments-horizontal"});
  for (const EntityDef* def : visit.registry().all()) {
    if (!visit.may(Action::see, *def)) continue;
    out.push_back({std::string(def->text.plural), list_url(*def), std::string(phase_label(def->text.phase)),
                   phase_icon(def->text.phase)});
  }
  for (const EntityDef* def : visit.registry().all()) {
    if (!visit.may(Action::create, *def)) continue;
    out.push_back({fmt::format("New {}", in_sentence(def->text.label)), new_url(*def), "Action", "plus"});
  }
  return out;
}

void option(HtmlWriter& h, const Suggestion& suggestion) {
  h.el("a", {at("href", suggestion.url), at("role", "option"), at("aria-selected", "false"), at("tabindex", -1)}, [&] {
    h.add(icon(suggestion.icon_name, "icon-sm"));
    h.el("span", suggestion.label);
    h.el("span", {cls("hint")}, suggestion.hint);
  });
}

Response show_palette(Visit& visit) {
  constexpr std::size_t most = 12;
  std::string_view typed = trim(visit.request.query_value("q"));
  std::vector<std::string> words;
  for (std::string_view word : split(typed, ' ')) {
    if (!word.empty()) words.push_back(lower(word));
  }
  auto hits = found(visit, typed, 60);
  return fragment([&](HtmlWriter& h) {
    std::size_t shown = 0;
    for (const Suggestion& suggestion : places(visit)) {
      if (shown == most) break;
      if (!fits(suggestion.label, words)) continue;
      option(h, suggestion);
      ++shown;
    }
    if (hits) {
      for (const SearchHit& hit : hits->hits) {
        if (shown++ >= 2 * most) break;
        option(h, {hit.title.empty() ? hit.id : hit.title, record_url(*hit.def, hit.id),
                   fmt::format("{} {}", hit.def->text.label, hit.id), phase_icon(hit.def->text.phase)});
      }
    }
    if (shown == 0) h.el("p", {cls("text-secondary px-3 py-2 mb-0")}, "Nothing found.");
  });
}

// ---- pickers --------------------------------------------------------------------------------------------------------

Result<std::vector<std::pair<Id, std::string>>> candidates(const Visit& visit, const EntityDef& def,
                                                           std::string_view words) {
  constexpr std::size_t most = 20;
  CHECK(demand(may(visit.principal, Action::see, def)));
  bool narrowed = row_filter(visit.principal, def).has_value();
  std::vector<std::pair<Id, std::string>> picked;
  {
    TRY(auto reader, visit.tenant.workspace->read());
    TRY(picked, reader->pick(def, words, narrowed ? 200 : most));
  }
  if (!narrowed) return picked;
  // Of the ones that fit, those that are this person's own.
  ListQuery query;
  query.def = &def;
  query.columns = {&def.title_field()};
  query.limit = 500;
  query.filters.push_back({nullptr, Comparison::is, {}});
  for (const auto& [id, title] : picked) query.filters.back().values.push_back(id);
  if (picked.empty()) return picked;
  TRY(Page page, visit.tenant.registers.list(visit.principal, query));
  std::erase_if(picked, [&](const auto& candidate) {
    return std::ranges::none_of(page.rows, [&](const ListRow& row) { return row.record.id == candidate.first; });
  });
  if (picked.size() > most) picked.resize(most);
  return picked;
}

// <div role="option" data-id="P-001" data-title="Anna Keller">; picker.js does the rest.
Response show_candidates(Visit& visit) {
  const EntityDef* def = visit.registry().find(visit.request.param("register"));
  if (!def) return Response::not_found("There is no such register.");
  auto picked = candidates(visit, *def, visit.request.query_value("q"));
  if (!picked) return Response::failure(picked.error());
  return fragment([&](HtmlWriter& h) {
    for (const auto& [id, title] : *picked) {
      h.el("div",
           {at("role", "option"), at("aria-selected", "false"), at("data-id", id),
            at("data-title", title.empty() ? id : title)},
           [&] {
             h.el("span", title.empty() ? id : title);
             h.el("span", {cls("hint")}, id);
           });
    }
    if (picked->empty())
      h.el("p", {cls("text-secondary px-2 py-1 mb-0")}, fmt::format("No {} like this.", in_sentence(def->text.label)));
  });
}

}  // namespace

std::vector<PageRoute> search_pages() {
  return {
      {"GET", "/search", show_search}, {"GET", "/palette", show_palette}, {"GET", "/pick/{register}", show_candidates}};
}

}  // namespace assay
