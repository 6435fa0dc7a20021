// Finding things: the search page, the palette behind Ctrl-K, and what reference pickers ask for.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

// Of the records found, those that this person may see. Registers of which only one's own records are visible are asked
// once each.
Result<std::vector<SearchHit>> visible(const Visit& visit, std::vector<SearchHit> hits) {
  std::map<const EntityDef*, std::vector<std::string>> narrowed;
  std::erase_if(hits, [&](const SearchHit& hit) { return !visit.may(Action::see, *hit.def); });
  for (const SearchHit& hit : hits) {
    if (row_filter(visit.principal, *hit.def)) narrowed[hit.def].push_back(hit.id);
  }
  std::set<std::pair<const EntityDef*, Id>> own;
  for (auto& [def, ids] : narrowed) {
    ListQuery query;
    query.def = def;
    query.columns = {&def->title_field()};
    query.limit = 500;
    query.filters.push_back({nullptr, Comparison::is, ids});
    TRY(Page page, visit.tenant.registers.list(visit.principal, query));
    for (const ListRow& row : page.rows) own.emplace(def, row.record.id);
  }
  std::erase_if(hits, [&](const SearchHit& hit) { return narrowed.contains(hit.def) && !own.contains({hit.def, hit.id}); });
  return hits;
}

Result<std::vector<SearchHit>> found(const Visit& visit, std::string_view words, std::size_t limit) {
  if (is_blank(words)) return std::vector<SearchHit>();
  std::vector<SearchHit> hits;
  {
    TRY(auto reader, visit.tenant.workspace->read());
    TRY(hits, reader->search(words, limit));
  }
  return visible(visit, std::move(hits));
}

void search_form(HtmlWriter& h, std::string_view words) {
  h.el("form", {at("method", "get"), at("action", "/search"), at("role", "search"), cls("d-flex gap-2 mb-3")}, [&] {
    h.leaf("input", {at("type", "search"), cls("form-control"), at("name", "q"), at("value", words), at("aria-label", "Search everything"),
                     at("placeholder", "Words, a name or an id"), flag("autofocus", words.empty()), at("data-shortcut", "/"),
                     at("data-shortcut-label", "Search")});
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Search");
  });
}

void hit_list(HtmlWriter& h, const EntityDef& def, const std::vector<const SearchHit*>& hits, std::string_view words) {
  h.el("section", {cls("row-group"), at("aria-label", def.text.plural)}, [&] {
    h.el("div", {cls("row-group-head")}, [&] {
      h.el("h2", fmt::format("{} ({})", def.text.plural, hits.size()));
      h.el("a", {cls("small"), at("href", fmt::format("{}?q={}", list_url(def), encode_url(words)))}, "In the list");
    });
    h.el("div", {cls("list-group list-group-flush")}, [&] {
      for (const SearchHit* hit : hits) {
        h.el("a", {cls("list-group-item list-group-item-action d-flex gap-3"), at("href", record_url(def, hit->id))}, [&] {
          h.el("span", {cls("text-secondary numeric text-nowrap")}, hit->id);
          h.el("span", hit->title.empty() ? hit->id : hit->title);
        });
      }
    });
  });
}

Response show_search(Visit& visit) {
  constexpr std::size_t most = 300;
  std::string_view words = trim(visit.request.query_value("q"));
  auto hits = found(visit, words, most);
  if (!hits) return error_page(visit, hits.error());
  Frame frame{.title = "Search", .active = "search", .narrow = true, .own_search = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    search_form(h, words);
    if (words.empty()) return;
    if (hits->empty()) return empty_state(h, "search", "Nothing found", "Try fewer or other words. An id such as R-001 works too.", {});
    h.el("p", {cls("text-secondary"), at("role", "status")},
         hits->size() >= most ? fmt::format("The first {} records", most) : fmt::format("{} {}", hits->size(), hits->size() == 1 ? "record" : "records"));
    h.el("div", {cls("card overflow-hidden")}, [&] {
      for (const EntityDef* def : visit.registry().all()) {
        std::vector<const SearchHit*> group;
        for (const SearchHit& hit : *hits) {
          if (hit.def == def) group.push_back(&hit);
        }
        if (!group.empty()) hit_list(h, *def, group, words);
      }
    });
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
  if (sees_conformity(visit)) out.push_back({"Findings", "/findings", "Page", "flag"});
  if (sees_conformity(visit) || may_administer(visit.principal)) {
    out.push_back({"Library", "/library", "Page", "book-2"});
    out.push_back({"Ledger", "/ledger", "Page", "history"});
  }
  if (std::ranges::any_of(visit.registry().all(), [&](const EntityDef* def) { return visit.may(Action::import_, *def); })) {
    out.push_back({"Import records", "/import", "Action", "file-import"});
  }
  out.push_back({"My account", "/account", "Page", "user-circle"});
  if (may_administer(visit.principal)) out.push_back({"Who may sign in", "/accounts", "Page", "users-group"});
  for (const EntityDef* def : visit.registry().all()) {
    if (!visit.may(Action::see, *def)) continue;
    out.push_back({std::string(def->text.plural), list_url(*def), std::string(phase_label(def->text.phase)), phase_icon(def->text.phase)});
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
      for (const SearchHit& hit : *hits) {
        if (shown++ >= 2 * most) break;
        option(h, {hit.title.empty() ? hit.id : hit.title, record_url(*hit.def, hit.id), fmt::format("{} {}", hit.def->text.label, hit.id), phase_icon(hit.def->text.phase)});
      }
    }
    if (shown == 0) h.el("p", {cls("text-secondary px-3 py-2 mb-0")}, "Nothing found.");
  });
}

// ---- pickers --------------------------------------------------------------------------------------------------------

Result<std::vector<std::pair<Id, std::string>>> candidates(const Visit& visit, const EntityDef& def, std::string_view words) {
  constexpr std::size_t most = 20;
  Decision decision = may(visit.principal, Action::see, def);
  if (!decision.allowed) return Failure(Error{ErrorKind::forbidden, decision.reason, {}, {}, decision.who_may});
  bool narrowed = row_filter(visit.principal, def).has_value();
  std::vector<std::pair<Id, std::string>> picked;
  {
    TRY(auto reader, visit.tenant.workspace->read());
    TRY(picked, reader->pick(def, words, narrowed ? 200 : most));
  }
  if (!narrowed) return picked;
  std::vector<SearchHit> hits;
  for (auto& [id, title] : picked) hits.push_back({&def, id, title});
  TRY(auto own, visible(visit, std::move(hits)));
  picked.clear();
  for (const SearchHit& hit : own) {
    if (picked.size() < most) picked.emplace_back(hit.id, hit.title);
  }
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
      h.el("div", {at("role", "option"), at("aria-selected", "false"), at("data-id", id), at("data-title", title.empty() ? id : title)}, [&] {
        h.el("span", title.empty() ? id : title);
        h.el("span", {cls("hint")}, id);
      });
    }
    if (picked->empty()) h.el("p", {cls("text-secondary px-2 py-1 mb-0")}, fmt::format("No {} like this.", in_sentence(def->text.label)));
  });
}

}  // namespace

std::vector<PageRoute> search_pages() {
  return {{"GET", "/search", show_search}, {"GET", "/palette", show_palette}, {"GET", "/pick/{register}", show_candidates}};
}

}  // namespace assay
