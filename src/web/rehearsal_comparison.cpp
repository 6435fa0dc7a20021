// What has changed since another rehearsal of the same stage.
#include <fmt/format.h>

#include "web/rehearsal_view.h"

namespace assay {
namespace {

struct Heading {
  std::string_view id, title, explanation;
};

void write_list(HtmlWriter& h, const ReportSource& source, const Heading& heading,
                const std::vector<const RehearsalFinding*>& findings) {
  if (findings.empty()) return;
  h.el("h3", {at("id", heading.id)}, fmt::format("{} ({})", heading.title, findings.size()));
  if (!heading.explanation.empty()) h.el("p", {cls("report-note")}, heading.explanation);
  h.el("ul", {cls("report-evidence"), at("aria-labelledby", heading.id)}, [&] {
    for (const RehearsalFinding* finding : findings) {
      h.el("li", [&] {
        h.text(
            fmt::format("{}, {}: ", class_title(source.kept.rehearsal.stage, finding->finding_class), finding->rule));
        write_report_subject(h, source, *finding);
        h.text(" ");
        h.text(finding->detail);
      });
    }
  });
}

void write_changed(HtmlWriter& h, const ReportSource& source,
                   const std::vector<RehearsalComparison::Changed>& changed) {
  if (changed.empty()) return;
  h.el("h3", {at("id", "of-another-class")}, fmt::format("Of another class ({})", changed.size()));
  h.el("ul", {cls("report-evidence"), at("aria-labelledby", "of-another-class")}, [&] {
    for (const auto& pair : changed) {
      h.el("li", [&] {
        h.text(fmt::format("{}: ", pair.after->rule));
        write_report_subject(h, source, *pair.after);
        h.text(fmt::format(" was {}, is {}", class_title(source.kept.rehearsal.stage, pair.before->finding_class),
                           class_title(source.kept.rehearsal.stage, pair.after->finding_class)));
      });
    }
  });
}

}  // namespace

void write_comparison(HtmlWriter& h, const ReportSource& source) {
  h.el("section", {cls("report-section"), at("aria-labelledby", "comparison")}, [&] {
    h.el("h2", {at("id", "comparison")}, "Comparison");
    if (!source.before)
      return h.el("p", fmt::format("This is the first rehearsal of {}.", stage_title(source.kept.rehearsal.stage)));
    const Rehearsal& before = source.before->rehearsal;
    RehearsalComparison change = compare(before, source.kept.rehearsal);
    h.el("p", fmt::format("Since rehearsal {} (for {}): {} new, {} gone, {} of another class, {} as before.",
                          before.number, before.as_of.iso(), change.appeared.size(), change.gone.size(),
                          change.changed.size(), change.same.size()));
    if (before.conclusion.outcome != source.kept.rehearsal.conclusion.outcome) {
      h.el("p", fmt::format("The conclusion was \"{}\" and is now \"{}\".", before.conclusion.headline,
                            source.kept.rehearsal.conclusion.headline));
    }
    write_list(h, source, {"gone", "Gone", {}}, change.gone);
    write_list(h, source, {"new", "New", {}}, change.appeared);
    write_changed(h, source, change.changed);
    write_list(h, source,
               {"not-judged", "Not judged this time",
                "Found before; the rule could not be evaluated now, so these do not count as mended."},
               change.not_judged);
  });
}

}  // namespace assay
