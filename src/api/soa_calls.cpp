// The Statement of Applicability in force, as JSON, OSCAL and a workbook.
#include "api/calls.h"
#include "base/random.h"
#include "kernel/exchange/sniff.h"
#include "workflows/soa/soa_files.h"

namespace assay {
namespace {

Result<Response> read_current_soa(ApiCall& call) {
  TRY(SoaSnapshot snapshot, current_soa(call.tenant, call.principal));
  return Response::json(soa_json(snapshot));
}

Result<Response> read_current_soa_oscal(ApiCall& call) {
  TRY(SoaSnapshot snapshot, current_soa(call.tenant, call.principal));
  return Response::json(soa_oscal(snapshot));
}

Result<Response> read_current_soa_workbook(ApiCall& call) {
  TRY(SoaSnapshot snapshot, current_soa(call.tenant, call.principal));
  const std::filesystem::path folder = call.tenant.workspace->location().temp_folder();
  auto file = std::make_shared<VanishingFile>(folder / ("soa-" + random_token(12) + ".xlsx"));
  CHECK(write_workbook(file->path(), folder, [&](XlsxWriter& writer) { return write_soa_workbook(snapshot, writer); }));
  return Response::download(std::move(file), soa_file_name(snapshot, "xlsx"), xlsx_media_type);
}

}  // namespace

std::vector<ApiRoute> soa_calls() {
  return {
      {"GET", "/api/v1/soa/current", read_current_soa},
      {"GET", "/api/v1/soa/current/oscal", read_current_soa_oscal},
      {"GET", "/api/v1/soa/current/xlsx", read_current_soa_workbook},
  };
}

}  // namespace assay
