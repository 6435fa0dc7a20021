// What surrounds every page: head, side menu, top bar, title.
#include "web/frame.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

#include "base/text.h"
#include "web/assets.h"

namespace assay {
namespace {

// The same for every page of a process.
const std::string& head_markup() {
  static const std::string markup = [] {
    HtmlWriter h;
    h.leaf("meta", {at("charset", "utf-8")});
    h.leaf("meta", {at("name", "viewport"), at("content", "width=device-width, initial-scale=1")});
    h.leaf("meta", {at("name", "color-scheme"), at("content", "light dark")});
    h.leaf("link", {at("rel", "icon"), at("href", asset_url("favicon.svg")), at("type", "image/svg+xml")});
    for (std::string_view name : {"tabler.css", "fonts.css", "tokens.css", "app.css", "frame.css", "lists.css",
                                  "journey.css", "rules.css", "charts.css", "paper.css", "work.css", "print.css"}) {
      h.stylesheet(asset_url(name));
    }
    h.blocking_script(asset_url("theme.js"));
    for (std::string_view name :
         {"htmx.js", "tabler.js", "app.js", "palette.js", "picker.js", "list.js", "live.js", "rules.js"})
      h.script(asset_url(name));
    return h.take().take();
  }();
  return markup;
}

void theme_buttons(HtmlWriter& h) {
  struct Theme {
    std::string_view name, icon_name, label;
  };
  for (const Theme& theme : {Theme{"light", "sun", "Light"}, Theme{"dark", "moon", "Dark"},
                             Theme{"auto", "device-laptop", "As the system"}}) {
    h.el("button",
         {at("type", "button"), cls("btn btn-sm btn-icon btn-ghost-secondary"), at("data-theme-set", theme.name),
          at("aria-label", fmt::format("Theme: {}", theme.label)), at("title", theme.label)},
         [&] { h.add(icon(theme.icon_name, "icon-sm")); });
  }
}

void account_menu(HtmlWriter& h, const Visit& visit) {
  h.el("details", {cls("account-menu")}, [&] {
    h.el("summary",
         {cls("btn btn-ghost-secondary"), at("aria-label", fmt::format("Account of {}", visit.principal.name))}, [&] {
           h.add(icon("user-circle"));
           h.el("span", {cls("hide-phone")}, visit.principal.name);
         });
    h.el("div", {cls("account-sheet card")}, [&] {
      h.el("div", {cls("px-3 pt-3 pb-2 border-bottom")}, [&] {
        h.el("div", {cls("fw-bold")}, visit.principal.name);
        h.el("div", {cls("text-secondary small")}, visit.principal.roles.labels());
        if (visit.site.installation.names().size() > 1)
          h.el("div", {cls("text-secondary small")}, "Workspace " + visit.tenant.workspace->name());
      });
      h.el("a", {cls("dropdown-item"), at("href", "/account")}, "My account");
      if (may_administer(visit.principal))
        h.el("a", {cls("dropdown-item"), at("href", "/accounts")}, "Who may sign in");
      h.el("button", {cls("dropdown-item"), at("type", "button"), flag("data-open-help")}, "Keyboard shortcuts");
      h.el("div", {cls("px-3 py-2 border-top"), at("role", "group"), at("aria-label", "Theme")},
           [&] { theme_buttons(h); });
      h.el("form", {at("method", "post"), at("action", "/sign-out"), cls("border-top")}, [&] {
        hidden_csrf(h, visit);
        h.el("button", {cls("dropdown-item"), at("type", "submit")}, [&] {
          h.add(icon("logout", "icon-sm me-2"));
          h.text("Sign out");
        });
      });
    });
  });
}

void top_bar(HtmlWriter& h, const Visit& visit, const Frame& frame) {
  h.el("header", {cls("top-bar no-print")}, [&] {
    h.el("form", {cls("top-search"), at("role", "search"), at("method", "get"), at("action", "/search")}, [&] {
      h.add(icon("search", "icon-sm"));
      h.leaf("input", {at("type", "search"), at("name", "q"), cls("form-control"),
                       at("placeholder", "Search everything"), at("aria-label", "Search everything"),
                       at("autocomplete", "off"), at_if(!frame.own_search, "data-shortcut", "/"),
                       at_if(!frame.own_search, "data-shortcut-label", "Search")});
      h.el("button",
           {cls("top-palette hide-phone"), at("type", "button"), flag("data-open-palette"),
            at("aria-label", "Ctrl K: command palette")},
           [&] { h.el("kbd", "Ctrl K"); });
    });
    h.el("div", {cls("ms-auto")}, [&] { account_menu(h, visit); });
  });
}

std::string_view register_of(std::string_view path) {
  if (!path.starts_with("/r/")) return {};
  path.remove_prefix(3);
  return path.substr(0, path.find('/'));
}

void side(HtmlWriter& h, const Visit& visit, const Frame& frame) {
  h.el("aside", {cls("navbar navbar-vertical navbar-expand-lg no-print"), at("data-bs-theme", "dark")}, [&] {
    h.el("div", {cls("container-fluid")}, [&] {
      // Without JavaScript the link itself opens the menu (:target).
      h.el("a",
           {cls("navbar-toggler"), at("href", "#menu"), at("data-bs-toggle", "collapse"), at("data-bs-target", "#menu"),
            at("role", "button"), at("aria-controls", "menu"), at("aria-expanded", "false"), at("aria-label", "Menu")},
           [&] { h.add(icon("menu-2")); });
      h.el("a", {cls("navbar-brand"), at("href", "/")}, [&] {
        h.add(icon("shield-check"));
        h.el("span", "Assay");
      });
      h.el("nav", {cls("collapse navbar-collapse"), at("id", "menu"), at("aria-label", "Main")},
           [&] { h.raw(menu_markup(visit, frame, register_of(visit.request.path))); });
    });
  });
}

// The way to this page and what it is, on one line above the title.
void above_title(HtmlWriter& h, const Frame& frame) {
  if (frame.crumbs.empty() && frame.kicker.empty()) return;
  h.el("div", {cls("page-above")}, [&] {
    if (!frame.crumbs.empty()) {
      h.el("nav", {at("aria-label", "Where this is"), cls("no-print")}, [&] {
        h.el("ol", {cls("crumbs")}, [&] {
          for (const Crumb& crumb : frame.crumbs) {
            h.el("li", [&] { h.el("a", {at("href", crumb.url), at("title", crumb.label)}, crumb.label); });
          }
        });
      });
    }
    if (!frame.kicker.empty()) h.el("div", {cls("page-pretitle")}, frame.kicker);
  });
}

void flash(HtmlWriter& h, const Visit& visit) {
  std::string_view sent = visit.request.cookie(flash_cookie);
  if (sent.empty()) return;
  auto message = percent_decode(sent);
  if (!message || message->size() > 400) return;
  h.el("div", {cls("alert alert-success flash no-print"), at("role", "status")}, [&] {
    h.add(icon("circle-check", "text-success me-2"));
    h.text(*message);
  });
}

}  // namespace

void write_page_inside(HtmlWriter& h, const Visit& visit, const Frame& frame,
                       const std::function<void(HtmlWriter&)>& body) {
  std::string_view width = frame.narrow ? "container-narrow" : "container-fluid";
  h.el("div", {cls("page-header"), cls(frame.narrow ? "is-narrow" : "")}, [&] {
    h.el("div", {cls(width)}, [&] {
      above_title(h, frame);
      h.el("div", {cls("page-title-row")}, [&] {
        h.el("div", [&] {
          h.el("h1", {cls("page-title")}, [&] {
            h.el("span", frame.title);
            h.add(frame.beside);
          });
        });
        if (!frame.actions.empty()) h.el("div", {cls("btn-list no-print")}, frame.actions);
      });
    });
  });
  h.el("div", {cls("page-body"), at_if(!frame.live.empty(), "data-live", frame.live)}, [&] {
    h.el("div", {cls(width)}, [&] {
      flash(h, visit);
      body(h);
    });
  });
}

void write_page(HtmlWriter& h, const Visit& visit, const Frame& frame, const std::function<void(HtmlWriter&)>& body) {
  h.doctype();
  h.el("html", {at("lang", "en"), at("data-bs-theme", "light")}, [&] {
    h.el("head", [&] {
      h.raw(head_markup());
      h.leaf("meta", {at("name", "csrf"), at("content", visit.session.csrf)});
      h.el("title", frame.title + " · Assay");
    });
    h.el("body", [&] {
      h.el("a", {cls("skip-link"), at("href", "#page")}, "Skip to the content");
      h.el("div", {cls("page")}, [&] {
        side(h, visit, frame);
        h.el("div", {cls("page-wrapper")}, [&] {
          top_bar(h, visit, frame);
          h.el("main", {at("id", "page"), at("tabindex", -1)}, [&] { write_page_inside(h, visit, frame, body); });
        });
      });
    });
  });
}

Response bare_page(std::string_view title, const std::function<void(HtmlWriter&)>& body, int status) {
  HtmlWriter h(8 * 1024);
  h.doctype();
  h.el("html", {at("lang", "en"), at("data-bs-theme", "light")}, [&] {
    h.el("head", [&] {
      h.raw(head_markup());
      h.el("title", fmt::format("{} · Assay", title));
    });
    h.el("body", {cls("bare")}, [&] {
      h.el("main", {cls("bare-main"), at("id", "page")}, [&] {
        h.el("div", {cls("bare-brand")}, [&] {
          h.add(icon("shield-check"));
          h.el("span", "Assay");
        });
        h.el("div", {cls("card bare-card")}, [&] {
          h.el("div", {cls("card-body")}, [&] {
            h.el("h1", {cls("h2 mb-3")}, title);
            body(h);
          });
        });
        h.el("p", {cls("text-secondary small text-center mt-3")},
             "An operational information security management system.");
      });
    });
  });
  return Response::html(h.take().take(), status);
}

}  // namespace assay
