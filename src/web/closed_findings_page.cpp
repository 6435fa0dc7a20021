// Findings that the data no longer shows: when they closed, and by what.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

constexpr std::int64_t spans[] = {30, 90, 365};
constexpr std::size_t most_listed = 500;

void write_closed(HtmlWriter& h, const Visit& visit, const RuleSet& rules, const KeptFinding& kept) {
  const Rule* rule = rules.find(kept.key.rule);
  const EntityDef* def = visit.registry().find(kept.key.kind);
  h.el("li", {cls("list-group-item")}, [&] {
    h.el("p", {cls("mb-1")}, [&] {
      h.el("a", {at("href", finding_url(kept.key))}, rule ? rule->title : kept.key.rule);
      h.el("span", {cls("text-secondary ms-2")}, fmt::format("{}, {}", kept.key.rule, name_of(kept.finding_class)));
    });
    h.el("p", {cls("mb-1")}, kept.detail);
    h.el("p", {cls("text-secondary mb-0")}, [&] {
      write_cause(h, *kept.closed, false);
      h.text(" ");
      write_cause(h, kept.opened, true);
      if (!def || kept.key.subject == "ORG") return;
      h.text(" ");
      h.el("a", {at("href", record_url(*def, kept.key.subject))}, kept.key.subject);
    });
  });
}

}  // namespace

Response closed_findings_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto days = days_asked(visit, spans[0], spans[2]);
  if (!days) return error_page(visit, days.error());
  const Date since = visit.tenant.workspace->clock().today().plus_days(-*days);
  auto closed = visit.tenant.findings.closed_since(since.iso(), most_listed + 1);
  if (!closed) return error_page(visit, closed.error());
  const bool more = closed->size() > most_listed;
  if (more) closed->pop_back();
  const RuleSet& rules = visit.tenant.auditor.rules();
  FindingSight sight(visit.principal, visit.registry());
  const std::size_t hidden =
      std::erase_if(*closed, [&](const KeptFinding& kept) { return !sight.shows(rules, kept.key); });
  Frame frame{.title = "Closed findings",
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}},
              .kicker = "What the data no longer shows",
              .live = "verdict"};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("nav", {cls("chips mb-2 no-print"), at("aria-label", "How far back")}, [&] {
      for (std::int64_t span : spans) {
        h.el("a",
             {cls("chip"), cls_if(span == *days, "active"), at_if(span == *days, "aria-current", "page"),
              at("href", fmt::format("/findings/closed?days={}", span))},
             fmt::format("{} days", span));
      }
    });
    if (hidden > 0)
      h.el("p", {cls("text-secondary")}, fmt::format("{} more concern records that are not shown to you.", hidden));
    if (closed->empty())
      return empty_state(h, "circle-check", "Nothing closed",
                         fmt::format("No finding has closed within {} days. Findings close by themselves when the "
                                     "records no longer show them.",
                                     *days),
                         {});
    h.el("ol", {cls("card list-group list-group-flush list-unstyled")}, [&] {
      for (const KeptFinding& kept : *closed) write_closed(h, visit, rules, kept);
    });
    if (more) h.el("p", {cls("text-secondary")}, fmt::format("Only the newest {} are listed.", most_listed));
  });
}

}  // namespace assay
