// A list as a file: CSV, JSON or Excel, with the filters of the list and everything the person may see.
#include <fmt/format.h>

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/exchange/csv.h"
#include "kernel/exchange/xlsx_writer.h"
#include "kernel/model/json.h"
#include "web/list_view.h"

namespace assay {
namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;

// Which values go into a file. A field that is shown only in one's own records leaves the others empty.
class Export {
 public:
  Export(Visit& visit, const ListPlace& place) : visit_(visit), place_(place) {
    for (const FieldDef& field : place.def->fields) {
      if (field.text.secret) continue;
      fields_.push_back(&field);
      partly_ = partly_ || !sees_field(visit, *place.def, field);
    }
  }
  const EntityDef& def() const { return *place_.def; }
  const std::vector<const FieldDef*>& fields() const { return fields_; }

  Result<void> each(const std::function<Result<void>(const Record&)>& write) const {
    return visit_.tenant.registers.each(visit_.principal, place_.query, [&](const Record& record) { return write(cleared(record)); });
  }

 private:
  Record cleared(const Record& record) const {
    Record out = record;
    for (const FieldDef& field : def().fields) {
      bool hidden = field.text.secret || (partly_ && !may_see_field(visit_.principal, def(), field, &record).allowed);
      if (hidden) out.at(field.name) = Value();
    }
    return out;
  }

  Visit& visit_;
  const ListPlace& place_;
  std::vector<const FieldDef*> fields_;
  bool partly_ = false;
};

// Written to a file first: whoever gets it gets all of it, and a failure half way is told as one.
Result<void> write_csv(const Export& data, TempFile& file) {
  CsvWriter writer(',', ByteOrderMark::utf8);
  std::vector<std::string_view> head{"id"};
  for (const FieldDef* field : data.fields()) head.push_back(field->name);
  writer.row(head);
  std::vector<std::string> texts;
  std::vector<std::string_view> cells;
  CHECK(data.each([&](const Record& record) -> Result<void> {
    texts.clear();
    texts.push_back(record.id);
    for (const FieldDef* field : data.fields()) texts.push_back(to_text(*field, record.at(field->name)));
    cells.assign(texts.begin(), texts.end());
    writer.row(cells);
    if (writer.pending() < chunk_bytes) return {};
    return file.write(writer.take());
  }));
  return file.write(writer.take());
}

Result<void> write_json(const Export& data, TempFile& file) {
  std::string out = "[";
  bool first = true;
  CHECK(data.each([&](const Record& record) -> Result<void> {
    out += first ? "\n" : ",\n";
    first = false;
    append_json(out, record);
    if (out.size() < chunk_bytes) return {};
    return file.write(std::exchange(out, {}));
  }));
  out += "\n]\n";
  return file.write(out);
}

ColumnKind column_kind(const FieldDef& field) {
  if (field.is_number()) return ColumnKind::number;
  if (field.kind == Kind::date || field.kind == Kind::instant) return ColumnKind::date;
  return field.kind == Kind::boolean ? ColumnKind::boolean : ColumnKind::text;
}

XlsxCell cell_of(const FieldDef& field, const Value& value, std::string& text) {
  if (is_unset(value)) return {};
  if (field.is_number()) return number_of(value).value_or(0);
  if (field.kind == Kind::boolean) return truth_of(value);
  if (field.kind == Kind::date) {
    if (auto date = Date::parse(text_of(value))) return *date;
  }
  if (field.kind == Kind::instant) {
    if (auto instant = Instant::parse(text_of(value))) return *instant;
  }
  text = to_text(field, value);
  return std::string_view(text);
}

Result<void> write_xlsx(const Export& data, const std::filesystem::path& target, const std::filesystem::path& folder) {
  XlsxWriter writer(target, folder);
  std::vector<XlsxColumn> columns{{.title = "id", .width = 12}};
  for (const FieldDef* field : data.fields()) {
    double width = field->text.title || field->text.multiline ? 40 : 0;
    columns.push_back({.title = std::string(field->name), .width = width, .kind = column_kind(*field)});
  }
  CHECK(writer.sheet(sheet_name_for(data.def().text.plural), std::move(columns)));
  std::vector<XlsxCell> cells;
  std::vector<std::string> texts(data.fields().size());
  CHECK(data.each([&](const Record& record) -> Result<void> {
    cells.assign(1, std::string_view(record.id));
    for (std::size_t i = 0; i < data.fields().size(); ++i) {
      cells.push_back(cell_of(*data.fields()[i], record.at(data.fields()[i]->name), texts[i]));
    }
    return writer.row(cells);
  }));
  return writer.close();
}

Result<Response> export_as(Visit& visit, const ListPlace& place, std::string_view format) {
  Export data(visit, place);
  std::filesystem::path folder = visit.site.options.temp_folder;
  if (folder.empty()) folder = std::filesystem::temp_directory_path();
  std::string day = visit.site.installation.product().clock.today().iso();
  std::string name = fmt::format("{}-{}.{}", place.def->name(), day, format);
  if (format == "xlsx") {
    auto file = std::make_shared<VanishingFile>(folder / ("export-" + random_token(12) + ".xlsx"));
    CHECK(write_xlsx(data, file->path(), folder));
    Response response = Response::download(file->path(), name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.keep_alive = file;
    return response;
  }
  TRY(TempFile made, TempFile::create(folder, "export-"));
  auto file = std::make_shared<TempFile>(std::move(made));
  bool csv = format == "csv";
  CHECK(csv ? write_csv(data, *file) : write_json(data, *file));
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
    return error_page(visit, fail(Problems{{"format", "must be csv, xlsx or json", shorten(format, 20)}}, "The list cannot be exported as asked.").error());
  }
  auto response = export_as(visit, *place, format);
  return response ? *std::move(response) : error_page(visit, response.error());
}

}  // namespace assay
