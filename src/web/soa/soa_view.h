// What the pages of the Statement of Applicability share. Internal to src/web/soa.
#pragma once

#include "web/paper/paper.h"
#include "web/record_parts.h"
#include "workflows/soa/soa_files.h"
#include "workflows/soa/soa_versions.h"

namespace assay {

// The version that the address names (?version=3), else the one to work on.
struct SoaVisit {
  std::vector<StatementOfApplicability> versions;  // the latest first
  std::unique_ptr<SoaBench> bench;                 // null: there is no version yet
};
Result<SoaVisit> soa_visit(Visit& visit);
// The version that a form names (soa=SOA-3).
Result<std::unique_ptr<SoaBench>> soa_bench_of(Visit& visit, std::string_view id);

std::string soa_url(std::int64_t version, std::string_view below = {});  // "/soa?version=3", "/soa/approve?version=3"
std::string soa_line_url(std::string_view entry);
Frame soa_frame(std::string title, const SoaBench* bench = nullptr);

void soa_decision_badge(HtmlWriter& h, const SoaRow& row);
void soa_status_badge(HtmlWriter& h, std::string_view status);
std::string_view soa_status_name(SoAEntryImplementationStatus status);
// Reasons line by line, with links to lines and rules.
void soa_problem_list(HtmlWriter& h, const std::vector<SoaProblem>& problems);
// What changed, line by line; for pages and documents alike.
void soa_difference_table(HtmlWriter& h, const std::vector<SoaLineChange>& changes);

// What the lines of a page are narrowed to by the address.
struct SoaFilter {
  Fields parameters;
  std::string theme, decision, ground, declared, shown, owner, words;
  bool contradicted = false, wrong = false, unreviewed = false, differing = false;

  bool admits(const SoaRow& row) const;
  // Address with that parameter instead; empty: without.
  std::string with(std::string_view name, std::string_view value) const;
  bool is_narrowed() const;
};
SoaFilter read_soa_filter(const Request& request, std::int64_t version);
void write_soa_table(HtmlWriter& h, const Visit& visit, const SoaBench& bench, const SoaFilter& filter);

// The document: head and body, for the screen, the PDF and the issue.
Paper soa_paper(const Letterhead& letterhead, const SoaSnapshot& snapshot);
PaperBody soa_body(const Letterhead& letterhead, const SoaSnapshot& snapshot, const SoaSnapshot* before);
SoaDocument soa_document(const Letterhead& letterhead);

// Handlers of the other files.
Response soa_line_page(Visit& visit);
Response save_soa_line_page(Visit& visit);
Response soa_line_facts(Visit& visit);
Response change_soa_lines_page(Visit& visit);
Response soa_approve_page(Visit& visit);
Response approve_soa_page(Visit& visit);
Response issue_soa_page(Visit& visit);
Response soa_difference_page(Visit& visit);
Response soa_document_page(Visit& visit);
Result<PdfWork> soa_pdf(Visit& visit);
Response soa_file(Visit& visit);
Response soa_import_page(Visit& visit);
Response take_soa_sheet(Visit& visit);
Response soa_import_check(Visit& visit);
Response run_soa_import(Visit& visit);
// The bench again, with what went wrong above it.
Response soa_bench_page(Visit& visit, const SoaVisit& soa, const Error* error);

}  // namespace assay
