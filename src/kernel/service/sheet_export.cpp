#include "kernel/service/sheet_export.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/exchange/xlsx_writer.h"
#include "kernel/model/json.h"
#include "kernel/service/cell_reading.h"

namespace assay {
namespace {

constexpr std::size_t longest_cell = 32'767;  // UTF-16 units, the bound of the file format

std::vector<const FieldDef*> export_fields(const EntityDef& def, const CustomFields& custom) {
  std::vector<const FieldDef*> out = fields_of(def, custom);
  std::erase_if(out, [](const FieldDef* field) { return field->text.secret; });
  return out;
}

// Custom values without a column: of retired fields, and what an import brought under names that nobody defined.
std::string other_custom(const CustomFields& custom, const Record& record) {
  if (record.custom.empty()) return {};
  boost::json::object object = custom_object(record.custom);
  for (const FieldDef* field : custom.of(*record.def)) object.erase(field->custom_key());
  return custom_text(object);
}

// What the cell says, kept in `scratch`.
std::string_view cell_text(const FieldDef& field, const Value& value, std::string& scratch) {
  scratch = to_text(field, value);
  return scratch;
}

XlsxCell text_cell(std::string_view text) {
  if (text.empty()) return {};
  bool fits = text.size() <= longest_cell || utf8_length(text) * 2 <= longest_cell;
  return fits ? text : too_long_for_cell;
}

XlsxCell xlsx_cell(const FieldDef& field, const Value& value, std::string& scratch) {
  if (is_unset(value)) return {};
  switch (field.kind) {
    case Kind::boolean: return truth_of(value);
    case Kind::integer:
    case Kind::real: {
      double number = number_of(value).value_or(0);
      // Spreadsheets keep fifteen digits; what has more stays text.
      scratch = to_text(field, value);
      if (scratch.size() > 15) return std::string_view(scratch);
      return number;
    }
    case Kind::date:
      if (auto day = Date::parse(text_of(value))) return *day;
      break;
    case Kind::instant:
      if (auto moment = Instant::parse(text_of(value))) return *moment;
      break;
    default: break;
  }
  return text_cell(cell_text(field, value, scratch));
}

ColumnKind kind_of(const FieldDef& field) {
  switch (field.kind) {
    case Kind::integer:
    case Kind::real: return ColumnKind::number;
    case Kind::date:
    case Kind::instant: return ColumnKind::date;
    case Kind::boolean: return ColumnKind::boolean;
    default: return ColumnKind::text;
  }
}

double width_of(const FieldDef& field) {
  if (field.text.multiline || field.kind == Kind::records) return 50;
  if (field.text.title || field.is_list()) return 32;
  return field.kind == Kind::text ? 22 : 0;
}

// Opens the sheet of a register when its first record comes, so that empty registers have none.
class RegisterSheet {
 public:
  RegisterSheet(XlsxWriter& writer, const EntityDef& def, const CustomFields& custom)
      : writer_(writer), def_(def), custom_(custom), fields_(export_fields(def, custom)), scratch_(fields_.size()) {}

  Result<void> open() {
    std::vector<XlsxColumn> columns{{"id", 14, ColumnKind::text}};
    for (const FieldDef* column : fields_)
      columns.push_back({std::string(column->name), width_of(*column), kind_of(*column)});
    columns.push_back({"custom", 0, ColumnKind::text});
    columns.push_back({"version", 0, ColumnKind::number});
    columns.push_back({"updated_at", 0, ColumnKind::date});
    open_ = true;
    return writer_.sheet(sheet_name_for(def_.name()), std::move(columns));
  }

  Result<void> add(const Record& record) {
    if (!open_) CHECK(open());
    cells_.clear();
    cells_.emplace_back(std::string_view(record.id));
    for (std::size_t i = 0; i < fields_.size(); ++i)
      cells_.push_back(xlsx_cell(*fields_[i], record.value(*fields_[i]), scratch_[i]));
    std::string other = other_custom(custom_, record);
    cells_.push_back(text_cell(other));
    cells_.emplace_back(static_cast<double>(record.version));
    auto updated = Instant::parse(record.updated_at);
    cells_.push_back(updated ? XlsxCell(*updated) : XlsxCell());
    return writer_.row(cells_);
  }

  bool is_open() const { return open_; }

 private:
  XlsxWriter& writer_;
  const EntityDef& def_;
  const CustomFields& custom_;
  std::vector<const FieldDef*> fields_;
  std::vector<std::string> scratch_;
  std::vector<XlsxCell> cells_;
  bool open_ = false;
};

std::string_view type_words(const FieldDef& field) {
  switch (field.kind) {
    case Kind::boolean: return "true or false";
    case Kind::integer: return "whole number";
    case Kind::real: return "number";
    case Kind::date: return "date";
    case Kind::instant: return "time (UTC)";
    case Kind::choice: return "one of the choices";
    case Kind::choices: return "choices, separated by ;";
    case Kind::texts: return "texts, separated by ;";
    case Kind::json:
    case Kind::records: return "JSON";
    default: return "text";
  }
}

std::string allowed_words(const FieldDef& field) {
  if (field.refers()) {
    return fmt::format("id or name of a record of {}{}", field.target().text.plural,
                       field.is_list() ? ", several separated by ;" : "");
  }
  std::vector<std::string> names;
  for (const Choice& choice : field.choices) names.push_back(fmt::format("{} ({})", choice.name, choice.label));
  return join(names, "; ");
}

Result<void> write_legend(XlsxWriter& writer, std::span<const EntityDef* const> defs, const CustomFields& custom) {
  CHECK(writer.sheet(legend_sheet, {{"sheet", 24, ColumnKind::text},
                                    {"column", 26, ColumnKind::text},
                                    {"label", 28, ColumnKind::text},
                                    {"type", 22, ColumnKind::text},
                                    {"needed", 0, ColumnKind::boolean},
                                    {"may be", 50, ColumnKind::text},
                                    {"help", 70, ColumnKind::text}}));
  for (const EntityDef* def : defs) {
    XlsxCell head[] = {def->name(), std::string_view("id"), def->text.label, std::string_view("text"), false,
                       XlsxCell(),  def->text.help};
    CHECK(writer.row(head));
    for (const FieldDef* each : fields_of(*def, custom)) {
      const FieldDef& field = *each;
      if (field.text.secret) continue;
      std::string allowed = allowed_words(field);
      std::string_view type = field.refers() ? std::string_view("reference") : type_words(field);
      XlsxCell cells[] = {def->name(),
                          field.name,
                          field.text.label,
                          type,
                          field.required && !field.is_list(),
                          text_cell(allowed),
                          text_cell(field.text.help)};
      CHECK(writer.row(cells));
    }
  }
  return {};
}

}  // namespace

std::vector<std::string_view> export_headings(const EntityDef& def, const CustomFields& custom) {
  std::vector<std::string_view> out{"id"};
  for (const FieldDef* field : fields_of(def, custom)) {
    if (!field->text.secret) out.push_back(field->name);
  }
  out.insert(out.end(), {"custom", "version", "updated_at"});
  return out;
}

Result<void> export_csv(const RegisterService& registers, const Principal& principal, const ListQuery& query,
                        const std::function<Result<void>(std::string_view)>& sink, ByteOrderMark mark) {
  const EntityDef& def = *query.def;
  TRY(const CustomFields* custom, registers.workspace().custom_fields());
  std::vector<const FieldDef*> fields = export_fields(def, *custom);
  CsvWriter writer(',', mark);
  writer.row(export_headings(def, *custom));
  std::vector<std::string> scratch(fields.size());
  std::vector<std::string_view> cells;
  CHECK(registers.each(principal, query, [&](const Record& record) -> Result<void> {
    cells.assign(1, record.id);
    for (std::size_t i = 0; i < fields.size(); ++i)
      cells.push_back(cell_text(*fields[i], record.value(*fields[i]), scratch[i]));
    std::string version = fmt::to_string(record.version);
    std::string other = other_custom(*custom, record);
    cells.insert(cells.end(),
                 {std::string_view(other), std::string_view(version), std::string_view(record.updated_at)});
    writer.row(cells);
    return writer.pending() < 64 * 1024 ? Result<void>() : sink(writer.take());
  }));
  return sink(writer.take());
}

Result<void> export_xlsx(const RegisterService& registers, const Principal& principal, const ListQuery& query,
                         XlsxWriter& writer) {
  TRY(const CustomFields* custom, registers.workspace().custom_fields());
  RegisterSheet sheet(writer, *query.def, *custom);
  CHECK(registers.each(principal, query, [&](const Record& record) { return sheet.add(record); }));
  if (!sheet.is_open()) CHECK(sheet.open());
  const EntityDef* defs[] = {query.def};
  return write_legend(writer, defs, *custom);
}

Result<void> export_workbook(const RegisterService& registers, const Principal& principal, XlsxWriter& writer) {
  TRY(const CustomFields* custom, registers.workspace().custom_fields());
  std::vector<const EntityDef*> written;
  for (const EntityDef* def : registers.workspace().registry().all()) {
    if (!may(principal, Action::export_, *def).allowed) continue;
    RegisterSheet sheet(writer, *def, *custom);
    ListQuery query;
    query.def = def;
    CHECK(registers.each(principal, query, [&](const Record& record) { return sheet.add(record); }));
    if (sheet.is_open()) written.push_back(def);
  }
  return write_legend(writer, written, *custom);
}

}  // namespace assay
