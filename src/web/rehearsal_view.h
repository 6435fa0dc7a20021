// The report of a rehearsal as a page and on paper: one layout, two frames.
#pragma once

#include <string>
#include <string_view>

#include "kernel/service/rehearsals.h"
#include "web/html.h"

namespace assay {

struct Visit;

struct ReportSource {
  const KeptRehearsal& kept;
  const KeptRehearsal* before = nullptr;  // what it is compared with; null: nothing
  const Visit* visit = nullptr;           // references and subjects become links for this person; null on paper
};

// The parts of the report, from the title block to the comparison; headings from the second level on.
void write_report(HtmlWriter& h, const ReportSource& source);
void write_report_title(HtmlWriter& h, const ReportSource& source);

// The comparison alone (rehearsal_comparison.cpp).
void write_comparison(HtmlWriter& h, const ReportSource& source);
// "Risk R-044", "The organisation"; a link where the person may follow it.
void write_report_subject(HtmlWriter& h, const ReportSource& source, const RehearsalFinding& finding);
// "1 rule", "3 rules".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

// The document that the PDF is made from; what Product::rehearsal_document is set to.
std::string rehearsal_print_html(const KeptRehearsal& kept, const KeptRehearsal* before);

}  // namespace assay
