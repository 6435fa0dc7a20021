// The Statement of Applicability as files: PDF, workbook, OSCAL, JSON. Drafts say in each that they are drafts.
#include <fmt/format.h>

#include "base/text.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

Result<SoaSnapshot> asked_snapshot(Visit& visit) {
  // What was issued is given as it was issued.
  TRY(Record record,
      visit.tenant.registers.read(visit.principal, StatementOfApplicability::def(), visit.request.param("soa")));
  TRY(auto issued, last_issued_soa(visit.tenant, visit.principal, record.id));
  if (issued) return std::move(issued->snapshot);
  TRY(auto bench, soa_bench_of(visit, record.id));
  return snapshot_of(*bench);
}

Response json_file(std::string text, const std::string& name) {
  Response response = Response::json(std::move(text));
  response.set_header("Content-Disposition", content_disposition("attachment", name));
  return response;
}

}  // namespace

Result<PdfWork> soa_pdf(Visit& visit) {
  const std::string_view asked = visit.request.param("soa");
  // An issued version has its one file.
  TRY(auto issued, last_issued_soa(visit.tenant, visit.principal, asked));
  if (issued) return issued_pdf(visit, issued->issue);
  TRY(auto bench, soa_bench_of(visit, asked));
  TRY(Letterhead letterhead, letterhead_of(visit));
  TRY(auto before, last_issued_soa(visit.tenant, visit.principal));
  const SoaSnapshot snapshot = snapshot_of(*bench);
  return PdfWork{soa_frame("PDF of the Statement of Applicability", bench.get()), soa_url(snapshot.version),
                 "Back to the statement", soa_file_name(snapshot, "pdf"),
                 visit.tenant.pdfs.ask(soa_document(letterhead)(snapshot, before ? &before->snapshot : nullptr))};
}

Response soa_file(Visit& visit) {
  auto snapshot = asked_snapshot(visit);
  if (!snapshot) return error_page(visit, snapshot.error());
  const std::string_view format = visit.request.param("format");
  if (format == "json") return json_file(soa_json(*snapshot), soa_file_name(*snapshot, "json"));
  if (format == "oscal") return json_file(soa_oscal(*snapshot), soa_file_name(*snapshot, "oscal.json"));
  if (format != "xlsx")
    return error_page(visit,
                      fail(ErrorKind::not_found, "The statement is there as pdf, xlsx, oscal and json.").error());
  return workbook_answer(visit, soa_file_name(*snapshot, "xlsx"),
                         [&](XlsxWriter& writer) { return write_soa_workbook(*snapshot, writer); });
}

}  // namespace assay
