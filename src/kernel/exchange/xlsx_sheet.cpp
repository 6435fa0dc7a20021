#include "kernel/exchange/xlsx_sheet.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "base/text.h"
#include "kernel/exchange/refusal.h"
#include "kernel/exchange/xml_stream.h"

namespace assay {
namespace {

std::optional<std::size_t> as_number(std::string_view text) {
  std::size_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                   : std::nullopt;
}

// Column of "BC12" from 1; 0 for what is no reference. The row in it is not looked at: the row element has it.
std::size_t column_of(std::string_view reference) {
  constexpr std::size_t most_letters = 5;
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && at < most_letters; ++at) {
    char c = reference[at];
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  return at < reference.size() && reference[at] >= '0' && reference[at] <= '9' ? column : 0;
}

std::string column_letters(std::size_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

// "2024-01-15T00:00:00.000" of a cell of type d -> the form of table.h; other texts stay as they are.
std::string iso_date_text(std::string_view stored) {
  constexpr std::size_t day_length = 10, second_length = 19;
  stored = trim(stored);
  std::string_view clock =
      stored.size() >= second_length && stored[day_length] == 'T' ? stored.substr(day_length + 1, 8) : "";
  if (clock.empty()) return std::string(stored);
  if (clock == "00:00:00") return std::string(stored.substr(0, day_length));
  return fmt::format("{}T{}Z", stored.substr(0, day_length), clock);
}

enum class CellType { number, shared_text, inline_text, formula_text, boolean, error, date };

CellType cell_type(std::string_view name) {
  if (name == "s") return CellType::shared_text;
  if (name == "inlineStr") return CellType::inline_text;
  if (name == "str") return CellType::formula_text;
  if (name == "b") return CellType::boolean;
  if (name == "e") return CellType::error;
  return name == "d" ? CellType::date : CellType::number;
}

class SheetReader : public XmlHandler {
 public:
  SheetReader(const XlsxPackage& package, std::string_view sheet_name, const RowSink& sink)
      : package_(package), sheet_name_(sheet_name), sink_(sink) {}

  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    collecting_ = nullptr;
    if (name == "sheetData") in_data_ = true;
    else if (!in_data_) return {};
    else if (name == "c" && in_row_) return start_cell(attributes);
    else if (name == "row") return start_row(attributes);
    else if (!in_cell_) return {};
    else if (name == "v") collecting_ = &value_;
    else if (name == "f") start_formula();
    else if (name == "rPh") in_phonetic_ = true;
    else if (name == "t" && !in_phonetic_) collecting_ = &value_;
    return {};
  }

  Result<void> end(std::string_view name) override {
    collecting_ = nullptr;
    if (name == "sheetData") in_data_ = false;
    else if (name == "rPh") in_phonetic_ = false;
    else if (name == "c" && in_cell_) return end_cell();
    else if (name == "row" && in_row_) return end_row();
    return {};
  }

  Result<void> text(std::string_view piece) override {
    if (!collecting_) return {};
    if (collecting_->size() + piece.size() > package_.limits.cell_bytes)
      return refuse(ErrorKind::limit, fmt::format("expected at most {} bytes in a cell", package_.limits.cell_bytes),
                    *collecting_);
    *collecting_ += piece;
    return {};
  }

 private:
  Result<void> start_row(const XmlAttributes& attributes) {
    std::string_view stated = attributes.get("r");
    std::size_t next = row_ + 1;
    std::size_t row = stated.empty() ? next : as_number(stated).value_or(0);
    column_ = 0;
    if (row < next) return refuse(ErrorKind::invalid, fmt::format("expected a row number above {}", row_), stated);
    row_ = row;
    in_row_ = true;
    cells_.clear();
    return {};
  }

  Result<void> end_row() {
    in_row_ = in_cell_ = false;
    if (cells_.empty()) return {};
    return sink_(row_, cells_);
  }

  Result<void> start_cell(const XmlAttributes& attributes) {
    std::string_view reference = attributes.get("r");
    std::size_t column = reference.empty() ? column_ + 1 : column_of(reference);
    if (!column) return refuse(ErrorKind::invalid, "expected a cell reference like B14", reference);
    column_ = column;
    in_cell_ = true;
    in_phonetic_ = has_formula_ = false;
    type_ = cell_type(attributes.get("t"));
    style_ = as_number(attributes.get("s")).value_or(0);
    value_.clear();
    return {};
  }

  void start_formula() {
    has_formula_ = true;
    formula_.clear();
    collecting_ = &formula_;
  }

  Result<void> end_cell() {
    in_cell_ = false;
    TRY(std::string text, cell_text());
    if (text.empty()) return {};
    const ReadLimits& limits = package_.limits;
    if (column_ > limits.columns)
      return refuse(ErrorKind::limit, fmt::format("expected at most {} columns", limits.columns), text);
    if (row_ > limits.rows) return refuse(ErrorKind::limit, fmt::format("expected at most {} rows", limits.rows), text);
    if (cells_.size() < column_) cells_.resize(column_);
    cells_[column_ - 1] = std::move(text);
    return {};
  }

  Result<std::string> cell_text() {
    // A workbook written by a program may hold formulas that were never calculated. An empty cell would hide that.
    if (has_formula_ && value_.empty() && type_ != CellType::formula_text) return "=" + formula_;
    switch (type_) {
      case CellType::shared_text: return shared_text();
      case CellType::inline_text:
      case CellType::formula_text: return unescape_text(std::move(value_));
      case CellType::boolean:
        return value_.empty() ? "" : trim(value_) == "1" || trim(value_) == "true" ? "true" : "false";
      case CellType::error: return std::move(value_);
      case CellType::date: return iso_date_text(value_);
      case CellType::number: break;
    }
    if (value_.empty()) return std::string{};
    NumberFormat format = style_ < package_.formats.size() ? package_.formats[style_] : NumberFormat::number;
    return number_text(value_, format, package_.date_system);
  }

  Result<std::string> shared_text() const {
    if (value_.empty()) return std::string{};
    std::optional<std::size_t> index = as_number(trim(value_));
    std::optional<std::string_view> text = index ? package_.texts.at(*index) : std::nullopt;
    if (!text) return refuse(ErrorKind::invalid, "expected the number of a shared text in this file", value_);
    return std::string(*text);
  }

  Failure refuse(ErrorKind kind, std::string message, std::string_view value) const {
    std::string cell =
        column_ ? fmt::format("cell {}{}", column_letters(column_), row_) : fmt::format("after row {}", row_);
    return refuse_file(kind, fmt::format("sheet '{}', {}", shorten(sheet_name_, 40), cell), std::move(message), value);
  }

  const XlsxPackage& package_;
  std::string_view sheet_name_;
  const RowSink& sink_;
  bool in_data_ = false, in_row_ = false, in_cell_ = false, in_phonetic_ = false, has_formula_ = false;
  std::size_t row_ = 0;     // from 1; 0 before the first
  std::size_t column_ = 0;  // from 1; 0 before the first of a row
  std::size_t style_ = 0;
  CellType type_ = CellType::number;
  std::string value_, formula_;
  std::string* collecting_ = nullptr;  // where text goes just now
  std::vector<std::string> cells_;
};

}  // namespace

Result<void> stream_sheet(XlsxPackage& package, std::size_t index, const RowSink& sink) {
  const SheetPart& sheet = package.sheets[index];
  SheetReader reader(package, sheet.name, sink);
  TRY(ZipPart part, package.archive.part(sheet.part));
  return read_xml(part, reader);
}

}  // namespace assay
