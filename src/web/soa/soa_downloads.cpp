// The Statement of Applicability as files: PDF, workbook, OSCAL, JSON. Drafts say in each that they are drafts.
#include <fmt/format.h>

#include "base/random.h"
#include "base/text.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

struct SoaPdf {
  PdfPage page;
  Result<PdfDesk::Progress> progress;
};

Result<SoaSnapshot> asked_snapshot(Visit& visit) {
  // What was issued is given as it was issued.
  TRY(Record record, visit.tenant.registers.read(visit.principal, StatementOfApplicability::def(), visit.request.param("soa")));
  TRY(auto issued, last_issued_soa(visit.tenant, visit.principal, record.id));
  if (issued) return std::move(issued->snapshot);
  TRY(auto bench, soa_bench_of(visit, record.id));
  return snapshot_of(*bench);
}

Result<SoaPdf> asked_pdf(Visit& visit) {
  TRY(auto bench, soa_bench_of(visit, visit.request.param("soa")));
  TRY(Letterhead letterhead, letterhead_of(visit));
  TRY(auto before, last_issued_soa(visit.tenant, visit.principal));
  const SoaSnapshot snapshot = snapshot_of(*bench);
  PdfPage pdf{soa_frame("PDF of the Statement of Applicability", bench.get()), fmt::format("/soa/version/{}/pdf", encode_url(snapshot.id)), soa_url(snapshot.version),
              "Back to the statement", soa_file_name(snapshot, "pdf")};
  return SoaPdf{std::move(pdf), visit.tenant.pdfs.ask(soa_document(letterhead)(snapshot, before ? &before->snapshot : nullptr))};
}

Result<Response> workbook(Visit& visit, const SoaSnapshot& snapshot) {
  const std::filesystem::path folder = visit.tenant.workspace->location().temp_folder();
  auto file = std::make_shared<VanishingFile>(folder / ("soa-" + random_token(12) + ".xlsx"));
  CHECK(write_soa_workbook(snapshot, file->path(), folder));
  Response response = Response::download(file->path(), soa_file_name(snapshot, "xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  response.keep_alive = file;
  return response;
}

Response json_file(std::string text, const std::string& name) {
  Response response = Response::json(std::move(text));
  response.set_header("Content-Disposition", content_disposition("attachment", name));
  return response;
}

}  // namespace

Response soa_pdf(Visit& visit) {
  // An issued version has its one file.
  if (auto issued = last_issued_soa(visit.tenant, visit.principal, visit.request.param("soa")); issued && *issued) {
    return Response::redirect(issue_url((*issued)->issue.number) + "/pdf");
  }
  auto pdf = asked_pdf(visit);
  return pdf ? pdf_answer(visit, std::move(pdf->page), pdf->progress) : error_page(visit, pdf.error());
}

Response soa_pdf_progress(Visit& visit) {
  auto pdf = asked_pdf(visit);
  return pdf ? pdf_progress_answer(pdf->page, pdf->progress) : error_page(visit, pdf.error());
}

Response soa_file(Visit& visit) {
  auto snapshot = asked_snapshot(visit);
  if (!snapshot) return error_page(visit, snapshot.error());
  const std::string_view format = visit.request.param("format");
  if (format == "json") return json_file(soa_json(*snapshot), soa_file_name(*snapshot, "json"));
  if (format == "oscal") return json_file(soa_oscal(*snapshot), soa_file_name(*snapshot, "oscal.json"));
  if (format != "xlsx") return error_page(visit, fail(ErrorKind::not_found, "The statement is there as pdf, xlsx, oscal and json.").error());
  auto response = workbook(visit, *snapshot);
  return response ? *std::move(response) : error_page(visit, response.error());
}

}  // namespace assay
