// Shared by the pages of controlled documents. Internal to document_*.cpp.
#pragma once

#include "kernel/documents/text_diff.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"

namespace assay {

// A version with its document and text, as the address names it ({version}).
struct DocumentVisit {
  Record document, version;
  std::string markdown;  // empty: no text is stored here
};
Result<DocumentVisit> document_visit(Visit& visit);
Result<DocumentVisit> document_visit(Visit& visit, std::string_view version_id);

std::string document_title(const DocumentVisit& document);  // "Access control policy 2.1"
std::string read_url(std::string_view version_id);
std::string compare_url(std::string_view before, std::string_view after);
// All versions of a document, the newest first: by the day in force, then as they were made.
Result<std::vector<Record>> versions_of(Visit& visit, std::string_view document);
// The version before this one; nothing for the first.
std::optional<Record> version_before(Visit& visit, const Record& version);
bool may_write_text(const Visit& visit, const Record& version);

// Values for the placeholders of templates, from what the organisation recorded about itself.
Placeholders placeholders_of(Visit& visit);

// Unified, with ins and del and words for screen readers; long runs of unchanged lines are folded.
void diff_table(HtmlWriter& h, const std::vector<DiffRow>& rows);

Response new_document_page(Visit& visit);
Response create_document(Visit& visit);
Response new_version_page(Visit& visit);
Response create_version(Visit& visit);
Response edit_text_page(Visit& visit);
Response save_text(Visit& visit);
Response preview_text(Visit& visit);
Response compare_page(Visit& visit);
Result<PdfWork> version_pdf(Visit& visit);

}  // namespace assay
