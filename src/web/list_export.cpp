// A list as a file: CSV, JSON or Excel, with the filters of the list and everything the person may see.
#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/service/sheet_export.h"
#include "web/list_view.h"

namespace assay {
namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;

Result<void> write_json(const Visit& visit, const ListQuery& query, TempFile& file) {
  std::string out = "[";
  bool first = true;
  CHECK(visit.tenant.registers.each(visit.principal, query, [&](const Record& record) -> Result<void> {
    out += std::exchange(first, false) ? "\n" : ",\n";
    append_json(out, record);
    if (out.size() < chunk_bytes) return {};
    return file.write(std::exchange(out, {}));
  }));
  out += "\n]\n";
  return file.write(out);
}

// Written to a file first: whoever gets it gets all of it, and a failure half way is told as one.
Result<Response> export_as(Visit& visit, const ListPlace& place, std::string_view format) {
  std::string day = visit.site.installation.product().clock.today().iso();
  std::string name = fmt::format("{}-{}.{}", place.def->name(), day, format);
  const RegisterService& registers = visit.tenant.registers;
  if (format == "xlsx")
    return workbook_answer(
        visit, name, [&](XlsxWriter& writer) { return export_xlsx(registers, visit.principal, place.query, writer); });
  TRY(TempFile made, TempFile::create(visit.tenant.workspace->location().temp_folder(), "export-"));
  auto file = std::make_shared<TempFile>(std::move(made));
  bool csv = format == "csv";
  if (csv)
    CHECK(export_csv(registers, visit.principal, place.query,
                     [&](std::string_view piece) { return file->write(piece); }));
  else CHECK(write_json(visit, place.query, *file));
  Response response = Response::download(file->path(), name, csv ? "text/csv; charset=utf-8" : "application/json");
  response.keep_alive = file;
  return response;
}

}  // namespace

Response export_list(Visit& visit) {
  auto place = list_place(visit);
  if (!place) return error_page(visit, place.error());
  std::string_view format = visit.request.query_value("format");
  if (format != "csv" && format != "xlsx" && format != "json") {
    return error_page(visit, fail(Problems{{"format", "must be csv, xlsx or json", shorten(format, 20)}},
                                  "The list cannot be exported as asked.")
                                 .error());
  }
  auto response = export_as(visit, *place, format);
  return response ? *std::move(response) : error_page(visit, response.error());
}

}  // namespace assay
