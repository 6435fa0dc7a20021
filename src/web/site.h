// What the pages have in common: the installation behind them, the visit of a signed-in person, and the route lists.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "content/library.h"
#include "http/router.h"
#include "http/security.h"
#include "kernel/service/tenant.h"
#include "web/html.h"
#include "web/page_cache.h"
#include "web/proposals.h"

namespace assay {

struct WebFaceOptions {
  std::string public_url;  // "https://isms.example.org"; empty: none is configured
  bool https() const { return public_url.starts_with("https:"); }
};

struct WebFace {
  Installation& installation;
  const Library& library;  // guidance, templates, catalogues
  WebFaceOptions options;
  std::shared_ptr<PageCache> pages = std::make_shared<PageCache>();
  std::shared_ptr<EventHub> events = std::make_shared<EventHub>();
  std::shared_ptr<Proposals> proposals = std::make_shared<Proposals>();

  // Whether people reach this page by https, so that cookies and browsers may be told so.
  bool is_https(const Request& request) const { return options.https() || request.https; }
};

// One request by somebody signed in. Lives as long as the handler runs.
struct Visit {
  WebFace& site;
  Tenant& tenant;
  const Principal& principal;
  const ActiveSession& session;
  Request& request;
  mutable const CustomFields* custom = nullptr;  // read when first asked for

  // The custom fields of the workspace. None when they cannot be read: whatever the page reads next fails as well.
  const CustomFields& custom_fields() const;
  const Registry& registry() const { return tenant.workspace->registry(); }
  // Whether a link or button for it makes sense to this person; pages never show what may not be used.
  bool may(Action action, const EntityDef& def, const Record* record = nullptr) const {
    return assay::may(principal, action, def, record).allowed;
  }
};

// The topic of WebFace::events that pages listen to. Findings are not told to everybody.
inline std::string events_topic(std::string_view workspace, bool conformity) {
  return std::string(workspace) + (conformity ? " findings" : " records");
}

using PageHandler = std::function<Response(Visit&)>;

struct PageRoute {
  std::string method;
  std::string pattern;
  PageHandler handler;
  RouteOptions options = {};
  bool kept = false;  // the page follows from the workspace's data, the day and who asks: it may come from the cache
};
// The same route, answered from the cache while nothing has changed.
inline PageRoute kept(PageRoute route) {
  route.kept = true;
  return route;
}

// One list per file of pages; web_routes() joins them behind sign-in and the CSRF check.
std::vector<PageRoute> list_pages();          // lists, boards, saved views, bulk and inline edit, export
std::vector<PageRoute> record_pages();        // record, form, steps, history, comments, attachments
std::vector<PageRoute> document_pages();      // Markdown editor, versions, difference, PDF
std::vector<PageRoute> import_pages();        // the import wizard
std::vector<PageRoute> journey_pages();       // home, findings, rules, guidance, ledger
std::vector<PageRoute> account_pages();       // own account, people who may sign in, tokens, sessions
std::vector<PageRoute> search_pages();        // search, palette, reference pickers
std::vector<PageRoute> own_rule_pages();      // the organisation's own rules
std::vector<PageRoute> parameter_pages();     // the parameters of the rules
std::vector<PageRoute> finding_pages();       // one finding explained, disputes
std::vector<PageRoute> readiness_pages();     // verdict by stage, trend, conformance
std::vector<PageRoute> what_if_pages();       // what changes would do to the findings
std::vector<PageRoute> forecast_pages();      // what lapses
std::vector<PageRoute> rehearsal_pages();     // rehearsals and their reports
std::vector<PageRoute> live_pages();          // what open pages listen to
std::vector<PageRoute> custom_field_pages();  // the custom fields of the registers
std::vector<PageRoute> api_pages();           // documentation of the API

// All routes of the web face, sign-in and first-run set-up included.
std::vector<Route> web_routes(WebFace& site);

}  // namespace assay
