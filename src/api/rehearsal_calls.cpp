// Rehearsals: held, listed, read, as a file.
#include <fmt/format.h>

#include "api/calls.h"
#include "base/text.h"

namespace assay {
namespace {

Result<std::int64_t> asked_rehearsal(const ApiCall& call) {
  auto number = counting_number(call.request.param("number"));
  if (!number) return fail(ErrorKind::not_found, "There is no such rehearsal.");
  return *number;
}

Result<Response> list_rehearsals(ApiCall& call) {
  std::string stage(call.request.query_value("stage"));
  if (!stage.empty() && !is_stage(stage)) return fail(Problems{unknown_stage("stage", stage)});
  TRY(auto list, call.tenant.rehearsals.list(call.principal, stage));
  return Response::json(summaries_json(list));
}

Result<Response> hold_rehearsal(ApiCall& call) {
  TRY(auto body, read_body(call.request));
  auto text = [&](std::string_view name) -> Result<std::string> {
    const auto* value = body.if_contains(name);
    if (!value || value->is_null()) return std::string();
    if (!value->is_string())
      return fail(Problems{{std::string(name), "must be a text", shorten(serialize(*value), 40)}});
    return std::string(value->get_string());
  };
  TRY(std::string stage, text("stage"));
  TRY(std::string day, text("as_of"));
  auto as_of = day.empty() ? call.tenant.workspace->clock().today() : Date::parse(day);
  if (!as_of) return fail(Problems{{"as_of", "must be a date YYYY-MM-DD", shorten(day, 40)}});
  TRY(std::int64_t number, call.tenant.rehearsals.hold(call.principal, stage, *as_of));
  TRY(std::string json, call.tenant.rehearsals.json(call.principal, number));
  Response response = Response::json(std::move(json), 201);
  response.set_header("Location", fmt::format("/api/v1/rehearsals/{}", number));
  return response;
}

Result<Response> read_rehearsal_report(ApiCall& call) {
  TRY(std::int64_t number, asked_rehearsal(call));
  TRY(std::string json, call.tenant.rehearsals.json(call.principal, number));
  return Response::json(std::move(json));
}

// 202 while the file is being made: ask again.
Result<Response> read_rehearsal_pdf(ApiCall& call) {
  TRY(std::int64_t number, asked_rehearsal(call));
  TRY(KeptRehearsal kept, call.tenant.rehearsals.read(call.principal, number));
  TRY(std::string html, call.tenant.rehearsals.document(call.principal, number));
  TRY(auto progress, call.tenant.pdfs.ask(html));
  if (progress.state == PdfDesk::Progress::State::ready) {
    return Response::download(call.tenant.blobs.path_of(progress.hash), rehearsal_file_name(kept.rehearsal),
                              "application/pdf");
  }
  Response response = Response::json(
      fmt::format("{{\"state\":\"{}\",\"ahead\":{}}}",
                  progress.state == PdfDesk::Progress::State::making ? "making" : "waiting", progress.ahead),
      202);
  response.set_header("Retry-After", "1");
  return response;
}

}  // namespace

std::vector<ApiRoute> rehearsal_calls() {
  return {
      {"GET", "/api/v1/rehearsals", list_rehearsals},
      {"POST", "/api/v1/rehearsals", hold_rehearsal},
      {"GET", "/api/v1/rehearsals/{number}", read_rehearsal_report},
      {"GET", "/api/v1/rehearsals/{number}/pdf", read_rehearsal_pdf},
  };
}

}  // namespace assay
