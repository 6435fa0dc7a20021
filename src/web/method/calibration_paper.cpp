// The record of a calibration exercise: as a document, as PDF and XLSX, issued for good, filed as evidence.
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "isms/organisation/person.h"
#include "kernel/exchange/sniff.h"
#include "web/method/calibration_view.h"

namespace assay {
namespace {

std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.2f}", *value) : "–"; }
std::string score_pair(const CalibrationScore* score) {
  return score ? fmt::format("{} / {}", score->likelihood, score->impact) : "–";
}

void head_row(HtmlWriter& h, const std::vector<std::string>& labels) {
  h.el("thead", [&] {
    h.el("tr", [&] {
      for (const std::string& label : labels) h.el("th", {at("scope", "col")}, label);
    });
  });
}

void write_scores(HtmlWriter& h, const CalibrationView& view, const CalibrationResult& result,
                  const std::vector<std::string>& names) {
  h.el("h2", "Scores");
  h.el("p", {cls("note")},
       fmt::format("Likelihood / impact. The method tolerates a spread of {} {}.", view.method.tolerance_levels,
                   view.method.tolerance_levels == 1 ? "level" : "levels"));
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", [&] {
      h.el("caption", {cls("visually-hidden")}, "Scores by scenario and assessor");
      std::vector<std::string> labels{"Scenario"};
      labels.insert(labels.end(), names.begin(), names.end());
      labels.insert(labels.end(), {"Spread", "Agreed"});
      head_row(h, labels);
      h.el("tbody", [&] {
        for (const CalibrationRow& row : result.rows) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")}, row.scenario);
            for (const CalibrationScore* score : row.scores) h.el("td", score_pair(score));
            h.el("td", {cls(row.beyond_tolerance ? "cell-bad" : "cell-good")},
                 fmt::format("{} / {}{}", row.likelihood_spread, row.impact_spread,
                             row.beyond_tolerance ? ", beyond tolerance" : ""));
            h.el("td", row.settled            ? fmt::format("{} / {}", row.settled->likelihood, row.settled->impact)
                       : row.beyond_tolerance ? std::string("open")
                                              : std::string("–"));
          });
        }
      });
    });
  });
}

void write_alpha(HtmlWriter& h, const CalibrationView& view) {
  h.el("h2", "Agreement of all assessors");
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", [&] {
      h.el("caption", {cls("visually-hidden")}, "Krippendorff's alpha");
      head_row(h, {"Measured", "Krippendorff's alpha (ordinal)", "95 % interval", "Which is taken to be"});
      h.el("tbody", [&] {
        for (const CalibrationAgreement& row : view.exercise.agreement) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")}, row.measured);
            h.el("td", figure(row.alpha));
            h.el("td",
                 row.low && row.high ? fmt::format("{} to {}", figure(row.low), figure(row.high)) : std::string("–"));
            h.el("td", row.alpha ? std::string(alpha_words(*row.alpha))
                                 : fmt::format("no figure: {}", row.remark.value_or("not worked out")));
          });
        }
      });
    });
  });
}

void write_kappa(HtmlWriter& h, const CalibrationResult& result, const std::vector<std::string>& names) {
  h.el("h2", "Agreement of each pair");
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", [&] {
      h.el("caption", {cls("visually-hidden")}, "Weighted kappa by pair");
      head_row(h, {"Pair", "Measured", "Kappa, linear weights", "Kappa, quadratic weights", "Which is taken to be"});
      h.el("tbody", [&] {
        for (const CalibrationPair& pair : result.pairs) {
          for (std::size_t m = 0; m < calibration_measures.size(); ++m) {
            const Agreement &linear = pair.linear[m], &quadratic = pair.quadratic[m];
            h.el("tr", [&] {
              h.el("th", {at("scope", "row")}, fmt::format("{} and {}", names[pair.first], names[pair.second]));
              h.el("td", calibration_measures[m]);
              h.el("td", linear ? fmt::format("{:.2f}", *linear) : std::string("–"));
              h.el("td", quadratic ? fmt::format("{:.2f}", *quadratic) : std::string("–"));
              h.el("td",
                   linear ? std::string(kappa_words(*linear)) : fmt::format("no figure: {}", words_of(linear.error())));
            });
          }
        }
      });
    });
  });
}

void write_settled(HtmlWriter& h, const Letterhead& letterhead, const CalibrationView& view) {
  if (view.exercise.reconciliations.empty()) return;
  h.el("h2", "Differences settled");
  for (const CalibrationReconciliation& item : view.exercise.reconciliations) {
    h.el("h3", item.scenario);
    h.el("p", fmt::format("Agreed: likelihood {}, impact {}{}.", item.likelihood, item.impact,
                          item.settled_on ? ", on " + letterhead.day(item.settled_on->iso()) : std::string()));
    h.el("p", {cls("text-preline")}, item.reason);
  }
}

void write_rationales(HtmlWriter& h, const CalibrationView& view, const std::vector<std::string>& names) {
  bool any =
      std::ranges::any_of(view.rationales, [](const UnsealedScore& item) { return !item.score.rationale.empty(); });
  if (!any) return;
  h.el("h2", "What the assessors had in mind");
  h.el("ul", [&] {
    for (const UnsealedScore& item : view.rationales) {
      if (item.score.rationale.empty()) continue;
      auto found = std::ranges::find(view.exercise.assessors, item.assessor, &Ref<Person>::id);
      std::string name = found == view.exercise.assessors.end()
                             ? item.assessor
                             : names[static_cast<std::size_t>(found - view.exercise.assessors.begin())];
      h.el("li", fmt::format("{}, {}: {}", item.score.scenario, name, item.score.rationale));
    }
  });
}

}  // namespace

Paper calibration_paper(const Letterhead& letterhead, const CalibrationView& view,
                        const std::vector<std::string>& names) {
  const CalibrationExercise& exercise = view.exercise;
  const std::size_t unsettled = evaluate(exercise, view.method).unsettled();
  Paper paper;
  paper.title = "Calibration of the risk method";
  paper.edition = letterhead.day(exercise.held_on.iso());
  paper.draft = unsettled > 0;
  paper.state = unsettled > 0 ? fmt::format("Not finished: {} {} to be settled", unsettled,
                                            unsettled == 1 ? "difference is" : "differences are")
                              : std::string("Finished");
  std::string people;
  for (const std::string& name : names) people += (people.empty() ? "" : ", ") + name;
  paper.facts = {{"Exercise", exercise.id},
                 {"Risk method", fmt::format("Version {}", view.method.version)},
                 {"Held on", letterhead.day(exercise.held_on.iso())},
                 {"Assessors", people},
                 {"Greatest difference",
                  fmt::format("{} {}", exercise.max_spread, exercise.max_spread == 1 ? "level" : "levels")}};
  if (exercise.reconciled_on)
    paper.facts.emplace_back("Differences settled on", letterhead.day(exercise.reconciled_on->iso()));
  return paper;
}

void write_calibration_body(HtmlWriter& h, const Letterhead& letterhead, const CalibrationView& view,
                            const std::vector<std::string>& names) {
  const CalibrationResult result = evaluate(view.exercise, view.method);
  for (const std::string& warning : result.warnings) h.el("p", {cls("note")}, "Note: " + warning);
  write_scores(h, view, result, names);
  write_alpha(h, view);
  write_kappa(h, result, names);
  write_settled(h, letterhead, view);
  write_rationales(h, view, names);
  h.el("h2", "How to read the figures");
  h.el("p", {cls("note")},
       "1 is perfect agreement, 0 what chance alone would give. Alpha: from 0.80 reliable, from 0.667 good enough for "
       "tentative conclusions (K. Krippendorff, Content Analysis, 2004). "
       "Kappa: above 0.80 almost perfect, 0.60 substantial, 0.40 moderate, 0.20 fair (J. R. Landis and G. G. Koch, "
       "Biometrics 33, 1977). Both are conventions. "
       "The interval comes from drawing the scenarios anew a thousand times, with a fixed seed. The level of risk "
       "counts in steps of the levels that the method can give.");
}

Result<std::string> calibration_html(Visit& visit, const CalibrationView& view) {
  if (view.sealed || view.exercise.scores.empty())
    return fail(ErrorKind::conflict, "Scores are still coming in; there is no record before they are open.");
  TRY(Letterhead letterhead, letterhead_of(visit));
  const std::vector<std::string> names = assessor_names(visit, view);
  return paper_html(letterhead, calibration_paper(letterhead, view, names),
                    [&](HtmlWriter& h) { write_calibration_body(h, letterhead, view, names); });
}

namespace {

Result<void> write_sheets(XlsxWriter& writer, const CalibrationView& view, const std::vector<std::string>& names) {
  CHECK(writer.sheet("Scores", {{"Scenario", 40, ColumnKind::text},
                                {"Assessor", 25, ColumnKind::text},
                                {"Likelihood", 0, ColumnKind::number},
                                {"Impact", 0, ColumnKind::number},
                                {"Level of risk", 0, ColumnKind::number}}));
  for (const CalibrationScore& score : view.exercise.scores) {
    auto found = std::ranges::find(view.exercise.assessors, score.assessor.id, &Ref<Person>::id);
    std::string_view name = found == view.exercise.assessors.end()
                                ? std::string_view(score.assessor.id)
                                : names[static_cast<std::size_t>(found - view.exercise.assessors.begin())];
    auto level = view.method.level(score.likelihood, score.impact);
    const XlsxCell cells[] = {std::string_view(score.scenario), name, static_cast<double>(score.likelihood),
                              static_cast<double>(score.impact), level ? XlsxCell(*level) : XlsxCell()};
    CHECK(writer.row(cells));
  }
  CHECK(writer.sheet("Agreement", {{"Measured", 20, ColumnKind::text},
                                   {"Krippendorff's alpha", 0, ColumnKind::number},
                                   {"From", 0, ColumnKind::number},
                                   {"To", 0, ColumnKind::number},
                                   {"Remark", 40, ColumnKind::text}}));
  auto cell = [](const std::optional<double>& value) { return value ? XlsxCell(*value) : XlsxCell(); };
  for (const CalibrationAgreement& row : view.exercise.agreement) {
    std::string remark = row.remark.value_or(row.alpha ? std::string(alpha_words(*row.alpha)) : "");
    const XlsxCell cells[] = {std::string_view(row.measured), cell(row.alpha), cell(row.low), cell(row.high),
                              std::string_view(remark)};
    CHECK(writer.row(cells));
  }
  return {};
}

}  // namespace

Result<PdfWork> calibration_pdf(Visit& visit) {
  TRY(CalibrationView view, asked_calibration(visit));
  TRY(std::string html, calibration_html(visit, view));
  std::string url = calibration_url(view.exercise.id), name = "Calibration " + view.exercise.id;
  return PdfWork{calibration_frame("PDF of the record", {{name, url}}), url, "Back to the exercise", name + ".pdf",
                 visit.tenant.pdfs.ask(html)};
}

Response calibration_xlsx(Visit& visit) {
  auto view = asked_calibration(visit);
  if (!view) return error_page(visit, view.error());
  if (view->sealed || view->exercise.scores.empty())
    return error_page(
        visit, fail(ErrorKind::conflict, "Scores are still coming in; there is nothing to export before they are open.")
                   .error());
  return workbook_answer(visit, fmt::format("Calibration {}.xlsx", view->exercise.id),
                         [&](XlsxWriter& writer) { return write_sheets(writer, *view, assessor_names(visit, *view)); });
}

Response issue_calibration(Visit& visit) {
  auto view = asked_calibration(visit);
  if (!view) return error_page(visit, view.error());
  if (evaluate(view->exercise, view->method).unsettled() > 0)
    return error_page(
        visit,
        fail(ErrorKind::conflict, "Settle the differences beyond the tolerance before the record is issued.").error());
  auto html = calibration_html(visit, *view);
  if (!html) return error_page(visit, html.error());
  auto record = visit.tenant.registers.read(visit.principal, CalibrationExercise::def(), view->exercise.id);
  if (!record) return error_page(visit, record.error());
  auto number = visit.tenant.issues.issue(
      visit.principal, *record,
      {"calibration", "Calibration of the risk method", view->exercise.held_on.iso(), "", "{}", *html});
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The record was issued.");
}

Response file_calibration_record(Visit& visit) {
  auto view = asked_calibration(visit);
  if (!view) return error_page(visit, view.error());
  auto html = calibration_html(visit, *view);
  if (!html) return error_page(visit, html.error());
  auto file = TempFile::create(visit.tenant.workspace->location().temp_folder(), "calibration-");
  if (!file) return error_page(visit, file.error());
  if (auto written = file->write(*html); !written) return error_page(visit, written.error());
  Attachments attachments(*visit.tenant.workspace, visit.tenant.blobs);
  auto stored =
      attachments.store({{fmt::format("Calibration {}.html", view->exercise.id), file->path()}}, sniff_media_type);
  if (!stored) return error_page(visit, stored.error());
  auto made = file_calibration(visit.tenant.registers, visit.principal, view->exercise.id, stored->front());
  if (!made) return error_page(visit, made.error());
  return done(visit, record_url(*made->def, made->id), fmt::format("The record was filed as evidence {}.", made->id));
}

}  // namespace assay
