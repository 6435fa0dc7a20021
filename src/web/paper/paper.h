// Documents of the organisation: one writer of the body serves the page and the PDF; head, foot, logo and marks come
// from here.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kernel/service/house_style.h"
#include "web/page.h"

namespace assay {

// What stands around a document's text.
struct Paper {
  std::string title;           // "Statement of Applicability"
  std::string edition;         // "Version 3"; may be empty
  std::string state;           // "Approved 22 November 2026 by …", "Draft, not approved for use"
  bool draft = false;          // the state is shown as a warning on every page
  std::string classification;  // empty: the one of the house style
  bool landscape = false;
  std::vector<std::pair<std::string, std::string>> facts;  // a table below the title: label, value
};

// The house style with the organisation's name; read once for a document.
struct Letterhead {
  HouseStyle style;
  std::string organisation;
  std::string day(std::string_view iso) const { return written_day(style.dates, iso); }
};
Result<Letterhead> letterhead_of(Visit& visit);

using PaperBody = std::function<void(HtmlWriter&)>;

// A whole document for the renderer and for good: it loads nothing, styles and logo stand inside. Classes that bodies
// use: see the styles in paper.cpp; the same ones work on the screen inside .paper (paper.css).
std::string paper_html(const Letterhead& letterhead, const Paper& paper, const PaperBody& body);
// The same on a page of the product.
void paper_on_screen(HtmlWriter& h, const Letterhead& letterhead, const Paper& paper, const PaperBody& body);

// A PDF that is asked of the desk, and the page that waits for it.
struct PdfWork {
  Frame frame;
  std::string back_url;  // where a person who waits no longer goes
  std::string back_label;
  std::string file_name;
  Result<PdfDesk::Progress> progress;
};
// The handler of one address, filters and all: the file once it is there, until then a page that asks the same address
// again.
PageHandler pdf_of(Result<PdfWork> (*work)(Visit& visit));

// Issued documents: the address of the page, the PDF, and what was issued about one record as a card with a link to
// each.
std::string issue_url(std::int64_t number);
PdfWork issued_pdf(Visit& visit, const IssuedDocument& issue);
void issue_list(HtmlWriter& h, const std::vector<IssuedDocument>& issues, const Letterhead& letterhead);

}  // namespace assay
