// The page of a record, for every register, made from its definition; and the list of the routes around it.
#include <fmt/format.h>

#include "base/text.h"
#include "http/security.h"
#include "kernel/service/wholes.h"
#include "web/assets.h"
#include "web/live/touched_view.h"
#include "web/record_form.h"

namespace assay {
namespace {

void action_link(HtmlWriter& h, const std::string& url, std::string_view icon_name, std::string_view label,
                 std::string_view shortcut = {}) {
  h.el("a", {cls("btn"), at("href", url), at_if(!shortcut.empty(), "data-shortcut", shortcut)}, [&] {
    h.add(icon(icon_name));
    h.text(label);
  });
}

// Pages of a workbench about one record of a register, at `url` and the record's id.
struct WorkbenchLink {
  std::string_view register_name, url, icon_name, label;
};
constexpr WorkbenchLink workbench_links[] = {
    {"risk", "/risks/", "chart-line", "Scores"},
};

bool stands_with_its_whole(const Visit& visit, const Record& record) {
  if (record.def->text.settled_with.empty()) return false;
  auto reader = visit.tenant.workspace->read();
  return reader && is_settled(**reader, record);
}

Html actions_of(const Visit& visit, const Record& record) {
  const EntityDef& def = *record.def;
  HtmlWriter h(1024);
  if (visit.may(Action::change, def, &record) && !record.is_frozen() && !stands_with_its_whole(visit, record)) {
    action_link(h, record_url(def, record.id) + "/edit", "pencil", "Edit", "e");
  }
  for (const WorkbenchLink& link : workbench_links) {
    if (link.register_name == def.name())
      action_link(h, std::string(link.url) + encode_url(record.id), link.icon_name, link.label);
  }
  bool copies = visit.may(Action::create, def) && !def.text.single && !own_new_page(visit, def);
  if (copies) action_link(h, fmt::format("{}?from={}", new_url(def), encode_url(record.id)), "copy", "Copy");
  h.el("button",
       {cls("btn btn-icon"), at("type", "button"), flag("data-print"), at("aria-label", "Print this page"),
        at("title", "Print this page")},
       [&] { h.add(icon("printer")); });
  return h.take();
}

void identity_card(HtmlWriter& h, const Visit& visit, const Record& record) {
  Instant now = visit.tenant.workspace->clock().now();
  h.el("div", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("dl", {cls("facts")}, [&] {
        h.el("dt", "Reference");
        h.el("dd", [&] {
          h.el("code", record.id);
          h.text(fmt::format(", version {}", record.version));
        });
        h.el("dt", "Created");
        h.el("dd", [&] { moment(h, record.created_at, now); });
        h.el("dt", "Last changed");
        h.el("dd", {cls("sentence")}, [&] {
          moment(h, record.updated_at, now);
          h.text(", ");
          h.el("a", {at("href", "#history")}, "history");
        });
      });
    });
  });
}

void record_body(HtmlWriter& h, Visit& visit, const Record& record, const TitleBook& titles) {
  h.el("div", {cls("row")}, [&] {
    // First in the markup, so that a phone shows what is to be done before what is known.
    h.el("div", {cls("col-lg-4 order-lg-2")}, [&] {
      write_steps(h, visit, record);
      write_findings(h, visit, record);
      write_touches(h, visit, record);
      identity_card(h, visit, record);
    });
    h.el("div", {cls("col-lg-8 order-lg-1")}, [&] {
      write_document_part(h, visit, record);
      write_fields(h, visit, record, titles);
      write_embedded(h, visit, record, titles);
      write_children(h, visit, record);
      write_evidence(h, visit, record);
      write_files(h, visit, record);
      write_relations(h, visit, record);
      write_comments(h, visit, record);
      write_history(h, visit, record, 0);
    });
  });
}

Response record_page(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  auto record = record_of(visit, **def);
  if (!record) return error_page(visit, record.error());
  TitleBook titles(visit);
  titles.want(*record);
  titles.read();
  Frame frame{.title = heading_of(visit, *record, titles),
              .active = std::string(phase_name((*def)->text.phase)),
              .crumbs = crumbs_of(*record, titles),
              .kicker = kicker_of(**def),
              .actions = actions_of(visit, *record),
              .live = "data"};
  if ((*def)->lifecycle) {
    HtmlWriter badge(256);
    state_badge(badge, **def, record->state(), record->state_label());
    frame.beside = badge.take();
  }
  Response response = page(visit, frame, [&](HtmlWriter& h) { record_body(h, visit, *record, titles); });
  response.set_header("Content-Security-Policy", content_security_policy({.embeds_previews = true}));
  return response;
}

}  // namespace

std::vector<PageRoute> record_pages() {
  RouteOptions uploads{.uploads = true};
  return {
      {"GET", "/evidence/new", new_evidence_page},
      {"POST", "/evidence/new", create_evidence, uploads},
      {"GET", "/r/{register}/new", new_record_page},
      {"POST", "/r/{register}", create_record},
      {"GET", "/r/{register}/rows/{field}", record_row_fragment},
      kept({"GET", "/r/{register}/{id}", record_page}),
      {"GET", "/r/{register}/{id}/edit", edit_record_page},
      {"POST", "/r/{register}/{id}/edit", save_record},
      {"GET", "/r/{register}/{id}/step/{step}", step_page},
      {"POST", "/r/{register}/{id}/step/{step}", take_step},
      {"POST", "/r/{register}/new/what-if", consider_record},
      {"POST", "/r/{register}/{id}/what-if", consider_change},
      {"POST", "/r/{register}/{id}/step/{step}/what-if", consider_step},
      {"GET", "/r/{register}/{id}/history", history_fragment},
      {"POST", "/r/{register}/{id}/comments", add_comment},
      {"POST", "/r/{register}/{id}/files", upload_files, uploads},
      {"GET", "/files/{attachment}", download_file},
      {"GET", "/files/{attachment}/view", view_file},
      {"POST", "/files/{attachment}/replace", replace_file, uploads},
  };
}

}  // namespace assay
