// The list of a register as a table or a board, its saved views, and the routes of everything about lists.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"

namespace assay {
namespace {

Html list_actions(const Visit& visit, const EntityDef& def) {
  HtmlWriter h(2048);
  if (visit.may(Action::import_, def)) {
    h.el("a", {cls("btn"), at("href", fmt::format("/import?register={}", def.name()))}, [&] {
      h.add(icon("file-import"));
      h.text("Import");
    });
  }
  if (visit.may(Action::create, def)) {
    h.el("a",
         {cls("btn btn-primary"), at("href", new_url(def)), at("data-shortcut", "n"),
          at("data-shortcut-label", fmt::format("New {}", in_sentence(def.text.label)))},
         [&] {
           h.add(icon("plus"));
           h.text(fmt::format("New {}", in_sentence(def.text.label)));
         });
  }
  return h.take();
}

Frame list_frame(const Visit& visit, const EntityDef& def) {
  Frame frame;
  frame.title = def.text.plural;
  frame.active = phase_name(def.text.phase);
  frame.kicker = phase_label(def.text.phase);
  if (!def.text.clause.empty()) frame.kicker += fmt::format(" · {}", def.text.clause);
  frame.actions = list_actions(visit, def);
  frame.own_search = true;
  frame.live = "data";
  return frame;
}

void about(HtmlWriter& h, const EntityDef& def) {
  h.el("details", {cls("about-register no-print")}, [&] {
    h.el("summary", "What this register is for");
    h.el("p", {cls("text-secondary mb-1")}, def.text.help);
    if (!def.text.example.empty())
      h.el("p", {cls("text-secondary mb-0")}, fmt::format("For example: {}", def.text.example));
  });
}

std::vector<SavedView> own_views(const Visit& visit, const EntityDef& def) {
  return SavedViews(*visit.tenant.workspace).list(visit.principal, def).value_or(std::vector<SavedView>());
}

void write_content(HtmlWriter& h, Visit& visit, const ListPlace& place, const Page& page) {
  if (place.is_board()) write_board(h, visit, place);
  else write_table(h, visit, place, page);
}

Response show_list(Visit& visit) {
  auto place = list_place(visit);
  if (!place) return error_page(visit, place.error());
  const EntityDef& def = *place->def;
  bool swap = visit.request.is_htmx() && visit.request.header("HX-Target") == "list-table";
  // Forms without JavaScript send blank fields; the address that is kept has none.
  std::string canonical = address(def, place->parameters);
  if (!visit.request.is_htmx() && place->parameters.size() != visit.request.query.size())
    return Response::redirect(canonical);
  if (!def.lifecycle) place->parameters = without(place->parameters, {"view"});
  Page rows;
  if (!place->is_board()) {
    auto read = visit.tenant.registers.list(visit.principal, place->query);
    if (!read) return error_page(visit, read.error());
    rows = *std::move(read);
  }
  std::vector<SavedView> views = own_views(visit, def);
  if (swap) {
    Response response = fragment([&](HtmlWriter& h) {
      write_content(h, visit, *place, rows);
      write_tools(h, visit, *place, views, true);
      h.el("div", {at("id", "list-kept"), at("hx-swap-oob", "true")}, [&] {
        hidden_parameters(h, without(place->parameters, {"q", "after"}));
      });
    });
    response.set_header("HX-Push-Url", canonical);
    return response;
  }
  return page(visit, list_frame(visit, def), [&](HtmlWriter& h) {
    bool teaches = rows.rows.empty() && !place->is_narrowed() && !place->is_board() && place->query.after.empty();
    if (!teaches) {
      h.el("div", {cls("list-bar no-print")}, [&] {
        write_search(h, visit, *place);
        write_tools(h, visit, *place, views, false);
      });
      h.el("div", {at("id", "list-panel"), cls("no-print")});
    }
    write_content(h, visit, *place, rows);
    if (!teaches) about(h, def);
  });
}

Response save_view(Visit& visit) {
  auto def = register_of(visit);
  if (!def) return error_page(visit, def.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto pairs = parse_pairs(form->value("query"));
  Fields parameters = pairs ? tidy_parameters(without(*pairs, {"after", "_field", "format"})) : Fields();
  if (auto query = parse_list_query(**def, parameters, {"view"}, visit.custom_fields()); !query)
    return error_page(visit, query.error());
  auto saved =
      SavedViews(*visit.tenant.workspace).save(visit.principal, **def, form->value("name"), join_pairs(parameters));
  if (!saved) return error_page(visit, saved.error());
  return done(visit, address(**def, parameters),
              fmt::format("The view \"{}\" is kept for you.", trim(form->value("name"))));
}

Response remove_view(Visit& visit) {
  auto def = register_of(visit);
  if (!def) return error_page(visit, def.error());
  auto removed = SavedViews(*visit.tenant.workspace).remove(visit.principal, **def, visit.request.param("view"));
  if (!removed) return error_page(visit, removed.error());
  return done(visit, list_url(**def), "The view is removed.");
}

}  // namespace

std::vector<PageRoute> list_pages() {
  return {
      kept({"GET", "/r/{register}", show_list}),
      {"GET", "/r/{register}/filter", filter_panel},
      {"GET", "/r/{register}/columns", column_panel},
      {"GET", "/r/{register}/export", export_list},
      {"POST", "/r/{register}/views", save_view},
      {"POST", "/r/{register}/views/{view}/remove", remove_view},
      {"POST", "/r/{register}/bulk/form", bulk_form},
      {"POST", "/r/{register}/bulk", bulk_change},
      {"POST", "/r/{register}/bulk/step/form", bulk_step_form},
      {"POST", "/r/{register}/bulk/step", bulk_step},
      {"GET", "/r/{register}/{id}/cell/{field}", show_cell},
      {"PATCH", "/r/{register}/{id}/cell/{field}", change_cell},
  };
}

}  // namespace assay
