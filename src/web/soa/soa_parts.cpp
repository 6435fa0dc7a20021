// Pieces of the pages of the Statement of Applicability.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/soa/soa_view.h"

namespace assay {

Result<SoaVisit> soa_visit(Visit& visit) {
  SoaVisit out;
  TRY(auto reader, visit.tenant.workspace->read());
  TRY(out.versions, soa_versions(*reader, visit.principal));
  const StatementOfApplicability* wanted = soa_to_work_on(out.versions);
  if (std::string_view text = visit.request.query_value("version"); !text.empty()) {
    auto number = counting_number(text);
    auto found = std::ranges::find(out.versions, number.value_or(0), &StatementOfApplicability::version);
    if (found == out.versions.end())
      return fail(ErrorKind::not_found,
                  fmt::format("There is no version \"{}\" of the Statement of Applicability.", shorten(text, 20)));
    wanted = &*found;
  }
  if (!wanted) return out;
  TRY(out.bench, read_soa_bench(*reader, visit.principal, wanted->id));
  return out;
}

Result<std::unique_ptr<SoaBench>> soa_bench_of(Visit& visit, std::string_view id) {
  TRY(auto reader, visit.tenant.workspace->read());
  return read_soa_bench(*reader, visit.principal, id);
}

std::string soa_url(std::int64_t version, std::string_view below) {
  return fmt::format("/soa{}?version={}", below, version);
}
std::string soa_line_url(std::string_view entry) { return fmt::format("/soa/line/{}", encode_url(entry)); }

Frame soa_frame(std::string title, const SoaBench* bench) {
  Frame frame{.title = std::move(title), .active = "applicability/soa", .kicker = "Clause 6.1.3 d"};
  if (bench) frame.crumbs = {{"Statement of Applicability", soa_url(bench->statement.version)}};
  return frame;
}

void soa_decision_badge(HtmlWriter& h, const SoaRow& row) {
  struct Look {
    std::string_view name, colour, icon_name;
  };
  constexpr Look looks[] = {{"applicable", "bg-green-lt", "check"},
                            {"excluded", "bg-secondary-lt", "ban"},
                            {"undecided", "bg-yellow-lt", "question-mark"}};
  const Look& look = *std::ranges::find(looks, row.applicability(), &Look::name);
  h.el("span", {cls("badge"), cls(look.colour)}, [&] {
    h.add(icon(look.icon_name, "icon-sm me-1"));
    h.text(soa_applicability_label(look.name));
  });
}

std::string_view soa_status_name(SoAEntryImplementationStatus status) {
  return choices_of<SoAEntryImplementationStatus>[static_cast<std::size_t>(status)].name;
}

void soa_status_badge(HtmlWriter& h, std::string_view status) {
  struct Look {
    std::string_view name, colour, icon_name;
  };
  constexpr Look looks[] = {{"implemented", "bg-green-lt", "circle-check"},
                            {"partial", "bg-azure-lt", "circle-dashed"},
                            {"planned", "bg-yellow-lt", "calendar-due"},
                            {"not_implemented", "bg-red-lt", "circle-x"}};
  const auto look = std::ranges::find(looks, status, &Look::name);
  if (look == std::end(looks)) return h.el("span", {cls("text-secondary")}, "Not declared");
  h.el("span", {cls("badge"), cls(look->colour)}, [&] {
    h.add(icon(look->icon_name, "icon-sm me-1"));
    h.text(soa_status_label(status));
  });
}

void soa_problem_list(HtmlWriter& h, const std::vector<SoaProblem>& problems) {
  h.el("ul", {cls("mb-0 ps-3")}, [&] {
    for (const SoaProblem& problem : problems) {
      h.el("li", [&] {
        if (!problem.entry.empty())
          h.el("a", {cls("text-nowrap"), at("href", soa_line_url(problem.entry))}, problem.ref);
        else if (!problem.ref.empty()) h.el("b", problem.ref);
        if (!problem.ref.empty()) h.text(": ");
        h.text(problem.message + " ");
        h.el("a", {cls("text-nowrap"), at("href", "/rules/" + encode_url(problem.rule))},
             fmt::format("Rule {}", problem.rule));
      });
    }
  });
}

void soa_difference_table(HtmlWriter& h, const std::vector<SoaLineChange>& changes) {
  h.el("table", {cls("table table-stack card-table")}, [&] {
    h.el("caption", {cls("visually-hidden")}, "Changes line by line");
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"Control", "What", "Before", "Now"}) h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      auto row = [&](const SoaLineChange& change, std::string_view what, std::string_view before,
                     std::string_view after) {
        h.el("tr", [&] {
          h.el("th", {at("scope", "row")},
               change.title.empty() ? change.ref : fmt::format("{} {}", change.ref, change.title));
          h.el("td", {at("data-label", "What")}, what);
          h.el("td", {cls("text-preline"), at("data-label", "Before")}, before);
          h.el("td", {cls("text-preline"), at("data-label", "Now")}, after);
        });
      };
      for (const SoaLineChange& change : changes) {
        if (change.kind == SoaLineChange::Kind::added) row(change, "New line", "", "Added");
        if (change.kind == SoaLineChange::Kind::removed) row(change, "Line gone", "Was there", "");
        for (const SoaLineChange::Detail& detail : change.details)
          row(change, detail.label, detail.before, detail.after);
      }
    });
  });
}

}  // namespace assay
