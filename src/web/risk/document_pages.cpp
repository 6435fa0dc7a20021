// The risk register as a document: on the screen, as PDF, as a workbook, and issued for good.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/threat_category.h"
#include "web/assets.h"
#include "web/paper/paper.h"
#include "web/risk/risk_view.h"
#include "workflows/records.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::size_t most_on_paper = 1000;  // more is what workbooks are for
constexpr std::string_view issue_kind = "risk_register";
constexpr std::string_view document_title = "Risk register";

// All that the document says, read once.
struct RegisterPaper {
  Letterhead letterhead;
  RiskChoice choice;
  std::vector<Risk> risks;  // highest current score first
  std::optional<RiskScale> scale;
  std::optional<Record> run;  // the latest assessment
  std::map<const EntityDef*, std::map<Id, std::string>> names;
  Date today;

  std::string name(const EntityDef& def, const Id& id) const {
    auto book = names.find(&def);
    if (book == names.end()) return id;
    auto found = book->second.find(id);
    return found == book->second.end() ? id : found->second;
  }
  template <class T>
  std::string name_of(const std::optional<Ref<T>>& ref) const {
    return checks::id_of(ref).empty() ? std::string() : name(T::def(), checks::id_of(ref));
  }
  template <class T>
  std::string names_of(const std::vector<Ref<T>>& refs) const {
    std::vector<std::string> out;
    for (const Ref<T>& ref : refs) out.push_back(name(T::def(), ref.id));
    return join(out, ", ");
  }
};

// One question a register for the names of all that the risks refer to.
Result<void> read_names(Visit& visit, RegisterPaper& paper) {
  std::map<const EntityDef*, std::set<Id>> wanted;
  for (const Risk& risk : paper.risks) {
    wanted[&Person::def()].insert(checks::id_of(risk.owner));
    wanted[&ThreatCategory::def()].insert(checks::id_of(risk.threat_category));
    for (const auto& asset : risk.assets) wanted[&Asset::def()].insert(asset.id);
    for (const auto& control : risk.controls) wanted[&Control::def()].insert(control.id);
  }
  TRY(auto reader, visit.tenant.workspace->read());
  for (auto& [def, ids] : wanted) {
    ids.erase("");
    // The names of what somebody may not see are told by its id alone.
    if (!visit.may(Action::see, *def)) continue;
    TRY(paper.names[def], reader->titles(*def, {ids.begin(), ids.end()}));
  }
  return {};
}

Result<RegisterPaper> register_paper(Visit& visit) {
  RegisterPaper paper;
  TRY(paper.letterhead, letterhead_of(visit));
  TRY(paper.choice, risk_choice(visit));
  TRY(paper.risks, read_risks(visit.tenant.registers, visit.principal, paper.choice.filters,
                              {"title", "scenario", "threat", "threat_category", "weakness", "consequence", "assets", "cia", "owner", "methodology", "assessed_on", "next_review_on",
                               "inherent_likelihood", "inherent_impact", "inherent_score", "residual_likelihood", "residual_impact", "residual_score", "target_likelihood",
                               "target_impact", "target_score", "priority", "treatment", "controls", "status"}));
  std::ranges::stable_sort(paper.risks, std::ranges::greater(), [](const Risk& risk) { return risk.residual_score.value_or(risk.inherent_score.value_or(-1)); });
  TRY(paper.scale, scale_in_force(visit.tenant.registers, visit.principal));
  TRY(auto runs, records_of(visit.tenant.registers, visit.principal, RiskAssessmentRun::def()));
  auto latest = std::ranges::max_element(runs, {}, [](const Record& run) { return std::string(run.text("performed_on")); });
  if (latest != runs.end()) paper.run = *latest;
  CHECK(read_names(visit, paper));
  paper.today = visit.tenant.workspace->clock().today();
  return paper;
}

Paper paper_of(const RegisterPaper& made, bool issued) {
  Paper paper{.title = std::string(document_title), .edition = made.letterhead.day(made.today.iso()), .state = "As of " + made.letterhead.day(made.today.iso()), .draft = !issued,
              .classification = {}, .landscape = true, .facts = {}};
  if (!issued) paper.state += ", draft: not issued";
  paper.facts.emplace_back("Risks", fmt::format("{}{}", made.risks.size(), made.choice.narrowed() ? " (a part of the register, chosen by filters)" : ""));
  if (made.scale) {
    const RiskMethodology& method = made.scale->method;
    paper.facts.emplace_back("Risk method", fmt::format("Version {}, likelihood {} to {}, impact {} to {}{}", method.version, method.likelihood_min, method.likelihood_max, method.impact_min,
                                                        method.impact_max, method.acceptance_threshold ? fmt::format(", acceptance threshold {}", decimal(*method.acceptance_threshold, 1)) : std::string()));
    auto above = std::ranges::count_if(made.risks, [&](const Risk& risk) { return risk.residual_score && made.scale->is_above_threshold(*risk.residual_score).value_or(false); });
    paper.facts.emplace_back("Above the threshold", std::to_string(above));
  }
  if (made.run) paper.facts.emplace_back("Latest assessment", fmt::format("{}, {}", made.run->id, made.letterhead.day(made.run->text("performed_on"))));
  return paper;
}

std::string tone_class(const RiskScale& scale, const std::optional<double>& score) { return score ? "cell-" + scale.band(*score).tone : std::string(); }

std::string level_words(const Risk& risk, RiskView view) {
  auto place = place_of(risk, view);
  auto score = score_of(risk, view);
  if (!score) return place ? place_words(*place) : std::string("–");
  return place ? fmt::format("{} ({})", decimal(*score, 1), place_words(*place)) : decimal(*score, 1);
}

void write_pictures(HtmlWriter& h, const RegisterPaper& made) {
  RiskPicture picture = draw_risks(made.risks, *made.scale, 0);
  h.el("h2", "Where the risks lie");
  h.el("table", {cls("keep heat-table")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (RiskView view : risk_views) h.el("th", {at("scope", "col")}, fmt::format("{} risk", view_label(view)));
      });
    });
    h.el("tbody", [&] {
      h.el("tr", [&] {
        for (RiskView view : risk_views) {
          Heatmap map = heatmap_of(picture, *made.scale, view, nullptr);
          map.width = 300;  // three of them stand side by side on a page
          h.el("td", [&] { heatmap(h, map); });
        }
      });
      h.el("tr", [&] {
        for (RiskView view : risk_views) {
          const RiskPicture::View& drawn = picture.of(view);
          h.el("td", {cls("note")}, fmt::format("{} of {} on the grid, {} above the threshold (the thick line)", drawn.placed, picture.risks, drawn.above));
        }
      });
    });
  });
}

void write_rows(HtmlWriter& h, const RegisterPaper& made) {
  h.el("h2", "Risks");
  h.el("table", {cls("register-lines")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"Risk", "Assets", "Inherent", "Current", "Target", "Treatment and controls", "Owner", "State, next review"}) h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (std::size_t i = 0; i < made.risks.size() && i < most_on_paper; ++i) {
        const Risk& risk = made.risks[i];
        h.el("tr", [&] {
          h.el("th", {at("scope", "row")}, [&] {
            h.el("b", fmt::format("{} {}", risk.id, risk.title));
            if (risk.scenario) h.el("div", *risk.scenario);
            if (std::string category = made.name_of(risk.threat_category); !category.empty()) h.el("div", {cls("note")}, category);
          });
          h.el("td", [&] {
            h.text(made.names_of(risk.assets));
            std::string cia;
            for (RiskCia property : risk.cia) cia += (cia.empty() ? "" : ", ") + std::string(choices_of<RiskCia>[static_cast<std::size_t>(property)].label);
            if (!cia.empty()) h.el("div", {cls("note")}, cia);
          });
          for (RiskView view : risk_views) h.el("td", {cls(made.scale ? tone_class(*made.scale, score_of(risk, view)) : std::string()), cls("text-nowrap")}, level_words(risk, view));
          h.el("td", [&] {
            if (risk.treatment) h.el("b", choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].label);
            h.el("div", made.names_of(risk.controls));
          });
          h.el("td", made.name_of(risk.owner));
          h.el("td", [&] {
            h.text(choices_of<RiskStatus>[static_cast<std::size_t>(risk.status)].label);
            if (checks::given(risk.next_review_on)) h.el("div", {cls("text-nowrap")}, made.letterhead.day(risk.next_review_on->iso()));
          });
        });
      }
    });
  });
  if (made.risks.size() > most_on_paper) h.el("p", {cls("warn")}, fmt::format("Only the {} highest of {} risks are printed; the workbook has all of them.", most_on_paper, made.risks.size()));
}

void write_levels(HtmlWriter& h, const RiskScale& scale) {
  bool told = std::ranges::any_of(scale.likelihoods, [](const RiskLevel& level) { return !level.name.empty(); });
  h.el("h2", "How to read the scores");
  h.el("table", {cls("keep")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"Band", "From score"}) h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (const RiskBand& band : scale.bands) {
        h.el("tr", [&] {
          h.el("td", {cls("cell-" + band.tone)}, band.name);
          h.el("td", decimal(band.from, 1));
        });
      }
    });
  });
  if (!told) return;
  for (const auto* levels : {&scale.likelihoods, &scale.impacts}) {
    h.el("table", {cls("keep")}, [&] {
      h.el("caption", levels == &scale.likelihoods ? "Likelihood" : "Impact");
      h.el("tbody", [&] {
        for (const RiskLevel& level : *levels) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")}, level.words());
            h.el("td", level.meaning);
          });
        }
      });
    });
  }
}

PaperBody body_of(const RegisterPaper& made) {
  return [&made](HtmlWriter& h) {
    if (made.scale) write_pictures(h, made);
    write_rows(h, made);
    if (made.scale) write_levels(h, *made.scale);
  };
}

std::string with_query(const Visit& visit, std::string url) { return visit.request.query.empty() ? url : url + "?" + join_pairs(visit.request.query); }

// Issued are results of an assessment (8.2); without one there is nothing to issue.
bool may_issue(const Visit& visit, const RegisterPaper& made) {
  if (!made.run || made.choice.narrowed() || made.risks.empty()) return false;
  return visit.may(Action::change, RiskAssessmentRun::def(), &*made.run) || visit.may(Action::step, RiskAssessmentRun::def(), &*made.run);
}

std::string content_of(const RegisterPaper& made) {
  boost::json::array rows;
  for (const Risk& risk : made.risks) {
    boost::json::object row{{"id", risk.id}, {"title", risk.title}, {"status", std::string(choices_of<RiskStatus>[static_cast<std::size_t>(risk.status)].name)}};
    for (RiskView view : risk_views) {
      if (auto score = score_of(risk, view)) row[std::string(view_prefix(view)) + "_score"] = *score;
    }
    if (!checks::id_of(risk.owner).empty()) row["owner"] = checks::id_of(risk.owner);
    if (risk.treatment) row["treatment"] = std::string(choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].name);
    rows.push_back(std::move(row));
  }
  return boost::json::serialize(boost::json::object{{"as_of", made.today.iso()}, {"risks", std::move(rows)}});
}

// ---- Workbook -------------------------------------------------------------------------------------------------------

XlsxCell number_cell(const std::optional<double>& value) { return value ? XlsxCell(*value) : XlsxCell(); }
XlsxCell level_cell(const std::optional<std::int64_t>& value) { return value ? XlsxCell(static_cast<double>(*value)) : XlsxCell(); }
XlsxCell day_cell(const std::optional<Date>& value) { return checks::given(value) ? XlsxCell(*value) : XlsxCell(); }

Result<void> write_register_sheet(XlsxWriter& writer, const RegisterPaper& made) {
  using enum ColumnKind;
  CHECK(writer.sheet("Risk register", {{"Id", 10}, {"Risk", 40}, {"Scenario", 60}, {"Threat", 30}, {"Threat category", 24}, {"Weakness", 30}, {"Consequence", 40}, {"Assets", 30},
                                       {"Properties at risk", 20}, {"Owner", 22}, {"Inherent likelihood", 11, number}, {"Inherent impact", 11, number}, {"Inherent score", 11, number},
                                       {"Current likelihood", 11, number}, {"Current impact", 11, number}, {"Current score", 11, number}, {"Target likelihood", 11, number},
                                       {"Target impact", 11, number}, {"Target score", 11, number}, {"Band", 20}, {"Priority", 9, number}, {"Treatment", 20}, {"Controls", 40},
                                       {"Status", 18}, {"Assessed on", 12, date}, {"Next review", 12, date}}));
  for (const Risk& risk : made.risks) {
    std::string cia;
    for (RiskCia property : risk.cia) cia += (cia.empty() ? "" : ", ") + std::string(choices_of<RiskCia>[static_cast<std::size_t>(property)].label);
    std::string category = made.name_of(risk.threat_category), assets = made.names_of(risk.assets), owner = made.name_of(risk.owner), controls = made.names_of(risk.controls);
    std::string band = made.scale && risk.residual_score ? made.scale->band(*risk.residual_score).name : std::string();
    auto text = [](const std::optional<std::string>& value) { return value ? XlsxCell(std::string_view(*value)) : XlsxCell(); };
    std::vector<XlsxCell> cells{std::string_view(risk.id), std::string_view(risk.title), text(risk.scenario), text(risk.threat), std::string_view(category), text(risk.weakness),
                                text(risk.consequence), std::string_view(assets), std::string_view(cia), std::string_view(owner), level_cell(risk.inherent_likelihood),
                                level_cell(risk.inherent_impact), number_cell(risk.inherent_score), level_cell(risk.residual_likelihood), level_cell(risk.residual_impact),
                                number_cell(risk.residual_score), level_cell(risk.target_likelihood), level_cell(risk.target_impact), number_cell(risk.target_score),
                                std::string_view(band), level_cell(risk.priority),
                                risk.treatment ? XlsxCell(choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].label) : XlsxCell(), std::string_view(controls),
                                XlsxCell(choices_of<RiskStatus>[static_cast<std::size_t>(risk.status)].label), day_cell(risk.assessed_on), day_cell(risk.next_review_on)};
    CHECK(writer.row(cells));
  }
  return {};
}

// The grids as numbers, one below the other: likelihood downwards from the highest, impact to the right.
Result<void> write_grid_sheet(XlsxWriter& writer, const RegisterPaper& made) {
  RiskPicture picture = draw_risks(made.risks, *made.scale, 0);
  std::vector<XlsxColumn> columns{{"View", 12}, {"Likelihood", 24}};
  for (const RiskLevel& impact : made.scale->impacts) columns.push_back({fmt::format("Impact {}", impact.words()), 16, ColumnKind::number});
  CHECK(writer.sheet("Heat maps", std::move(columns)));
  for (RiskView view : risk_views) {
    for (auto likelihood = made.scale->likelihoods.rbegin(); likelihood != made.scale->likelihoods.rend(); ++likelihood) {
      std::string words = likelihood->words();
      std::vector<XlsxCell> cells{view_label(view), std::string_view(words)};
      for (const RiskLevel& impact : made.scale->impacts) {
        auto found = picture.of(view).cells.find({likelihood->level, impact.level});
        cells.emplace_back(found == picture.of(view).cells.end() ? 0.0 : static_cast<double>(found->second));
      }
      CHECK(writer.row(cells));
    }
  }
  return {};
}

Html document_actions(const Visit& visit, const RegisterPaper& made) {
  HtmlWriter h(1024);
  auto link = [&](std::string_view url, std::string_view icon_name, std::string_view label) {
    h.el("a", {cls("btn"), at("href", with_query(visit, std::string(url)))}, [&] {
      h.add(icon(icon_name));
      h.text(label);
    });
  };
  link("/risks/document/pdf", "file-type-pdf", "PDF");
  if (visit.may(Action::export_, Risk::def())) link("/risks/document/xlsx", "file-type-xls", "XLSX");
  if (may_issue(visit, made)) {
    h.el("form", {at("method", "post"), at("action", "/risks/document/issue")}, [&] {
      hidden_csrf(h, visit);
      h.el("button", {cls("btn btn-primary"), at("type", "submit"), at("title", "Keeps the register as it is now for good, as a result of the latest assessment")}, [&] {
        h.add(icon("file-certificate"));
        h.text("Issue");
      });
    });
  }
  return h.take();
}

}  // namespace

Response risk_document_page(Visit& visit) {
  auto made = register_paper(visit);
  if (!made) return error_page(visit, made.error());
  Frame frame = risk_frame(std::string(document_title) + " as a document", "Clauses 6.1.2 and 8.2");
  if (!made->risks.empty()) frame.actions = document_actions(visit, *made);
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/document");
    if (made->risks.empty()) {
      HtmlWriter actions(256);
      actions.el("a", {cls("btn"), at("href", "/risks")}, "Risk register");
      return empty_state(h, "file-text", "There is no risk to print", "Once risks are in the register, they stand here as on paper, to be printed, sent as a workbook or issued for good (7.5, 8.2).", actions.take());
    }
    if (auto issues = visit.tenant.issues.list(visit.principal, issue_kind); issues && !issues->empty()) {
      section(h, "issues", "Issued", {}, [&] { issue_list(h, *issues, made->letterhead); });
    }
    if (!made->run) h.el("p", {cls("text-secondary")}, "To issue the register for good, record an assessment first: what is issued is its result.");
    paper_on_screen(h, made->letterhead, paper_of(*made, false), body_of(*made));
  });
}

Result<PdfWork> risk_document_pdf(Visit& visit) {
  TRY(RegisterPaper made, register_paper(visit));
  Frame frame = risk_frame("PDF of the risk register", "Clause 8.2");
  std::string back = with_query(visit, "/risks/document");
  frame.crumbs.push_back({std::string(document_title), back});
  return PdfWork{std::move(frame), back, "Back to the document", "Risk register.pdf", visit.tenant.pdfs.ask(paper_html(made.letterhead, paper_of(made, false), body_of(made)))};
}

Response risk_document_xlsx(Visit& visit) {
  auto made = register_paper(visit);
  if (!made) return error_page(visit, made.error());
  if (auto allowed = demand(may(visit.principal, Action::export_, Risk::def())); !allowed) return error_page(visit, allowed.error());
  return workbook_answer(visit, fmt::format("Risk register {}.xlsx", made->today.iso()), [&](XlsxWriter& writer) -> Result<void> {
    CHECK(write_register_sheet(writer, *made));
    return made->scale ? write_grid_sheet(writer, *made) : Result<void>();
  });
}

Response issue_risk_document(Visit& visit) {
  auto made = register_paper(visit);
  if (!made) return error_page(visit, made.error());
  if (!made->run) return error_page(visit, {ErrorKind::invalid, "There is no assessment of which this register would be the result.", {}, {}, {}});
  if (made->choice.narrowed()) return error_page(visit, {ErrorKind::invalid, "Only the whole register is issued, not a part of it.", {}, {}, {}});
  NewIssue issue{.kind = std::string(issue_kind), .title = std::string(document_title), .edition = made->today.iso(), .approver = made->name(Person::def(), std::string(made->run->text("approved_by"))),
                 .content = content_of(*made), .html = paper_html(made->letterhead, paper_of(*made, true), body_of(*made))};
  auto number = visit.tenant.issues.issue(visit.principal, *made->run, issue);
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The register is issued; it stands as it is for good.");
}

}  // namespace assay
