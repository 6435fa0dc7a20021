#include "kernel/exchange/xlsx_writer.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "kernel/exchange/cell_value.h"

namespace assay {
namespace {

constexpr std::size_t most_rows = 1'048'576;
constexpr std::size_t most_columns = 16'384;
constexpr std::size_t most_text_units = 32'767;
constexpr std::size_t most_name_units = 31;
constexpr std::string_view refused_in_names = "[]:*?/\\";

// Excel counts UTF-16 units: characters beyond U+FFFF count twice.
std::size_t utf16_length(std::string_view utf8) {
  auto beyond = std::ranges::count_if(utf8, [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  return utf8_length(utf8) + static_cast<std::size_t>(beyond);
}

bool is_writable_text(std::string_view text) {
  // U+FFFE and U+FFFF exist in no XML document, and the writing library has no escape for them.
  return is_utf8(text) && !text.contains('\0') && !text.contains("\xEF\xBF\xBE") && !text.contains("\xEF\xBF\xBF");
}

double default_width(const XlsxColumn& column) {
  constexpr double narrowest = 10, date_width = 12, widest_by_title = 40, text_width = 24;
  auto title = static_cast<double>(utf8_length(column.title)) + 3;  // room for the filter button
  double width = std::clamp(title, narrowest, widest_by_title);
  if (column.kind == ColumnKind::text) return std::max(width, text_width);
  return column.kind == ColumnKind::date ? std::max(width, date_width) : width;
}

double day_number(Date date) {
  constexpr std::chrono::sys_days start = std::chrono::year{1899} / 12 / 30;  // fits all days after Excel's 1900-02-29
  return static_cast<double>((date.days - start).count());
}

bool excel_counts_right(Date date) {
  constexpr std::chrono::sys_days first = std::chrono::year{1900} / 3 / 1;
  return date.days >= first;
}

}  // namespace

struct XlsxWriter::State {
  std::filesystem::path target;
  std::string temp_dir;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* worksheet = nullptr;
  lxw_format *bold = nullptr, *date = nullptr, *instant = nullptr, *wrapped = nullptr, *wrapped_bold = nullptr,
             *top_date = nullptr;
  std::string sheet_name;
  std::set<std::string> names;  // lower case
  std::vector<XlsxColumn> columns;
  std::size_t rows = 0;  // written to the current sheet, with the header
  std::optional<Error> error;
  bool closed = false;

  ~State() {
    if (workbook) lxw_workbook_free(workbook);
  }

  Failure stop(ErrorKind kind, std::string place, std::string message, std::string_view value = {}) {
    error = Error{kind,
                  "The workbook could not be written.",
                  {{std::move(place), std::move(message), shorten(value, 60)}},
                  {},
                  {}};
    return Failure(*error);
  }

  Failure stop_cell(ErrorKind kind, std::size_t column, std::string message, std::string_view value = {}) {
    std::string title = column < columns.size() ? columns[column].title : std::to_string(column + 1);
    return stop(kind, fmt::format("sheet '{}', row {}, column {}", sheet_name, rows + 1, title), std::move(message),
                value);
  }

  Result<void> ready() {
    if (error) return Failure(*error);
    if (closed) return stop(ErrorKind::internal, {}, "the workbook is closed already");
    return {};
  }

  void open() {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = temp_dir.data();
    options.use_zip64 = LXW_FALSE;
    workbook = workbook_new_opt(target.c_str(), &options);
    if (!workbook) return;
    bold = workbook_add_format(workbook);
    format_set_bold(bold);
    format_set_align(bold, LXW_ALIGN_VERTICAL_TOP);
    date = workbook_add_format(workbook);
    format_set_num_format(date, "yyyy-mm-dd");
    instant = workbook_add_format(workbook);
    format_set_num_format(instant, "yyyy-mm-dd hh:mm:ss");
    wrapped = workbook_add_format(workbook);
    format_set_text_wrap(wrapped);
    format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    wrapped_bold = workbook_add_format(workbook);
    format_set_bold(wrapped_bold);
    format_set_text_wrap(wrapped_bold);
    format_set_align(wrapped_bold, LXW_ALIGN_VERTICAL_TOP);
    top_date = workbook_add_format(workbook);
    format_set_num_format(top_date, "yyyy-mm-dd");
    format_set_align(top_date, LXW_ALIGN_VERTICAL_TOP);
  }

  void finish_sheet() {
    if (!worksheet || columns.empty()) return;
    auto last_row = static_cast<lxw_row_t>(std::max<std::size_t>(rows, 1) - 1);
    worksheet_autofilter(worksheet, 0, 0, last_row, static_cast<lxw_col_t>(columns.size() - 1));
  }

  // "&" begins a code in heads and feet, and they hold 255 characters.
  static std::string as_page_text(std::string_view side, std::string_view text) {
    constexpr std::size_t longest = 200;
    return text.empty() ? std::string() : fmt::format("{}{}", side, replace_all(shorten(text, longest / 2), "&", "&&"));
  }

  void set_up_page(const XlsxPage& page) {
    constexpr std::uint8_t a4 = 9;
    if (page.landscape) worksheet_set_landscape(worksheet);
    if (page.landscape || page.fit_width) worksheet_set_paper(worksheet, a4);
    if (page.fit_width) worksheet_fit_to_pages(worksheet, 1, 0);
    if (page.repeat_head) worksheet_repeat_rows(worksheet, 0, 0);
    if (!page.header.empty()) worksheet_set_header(worksheet, as_page_text("&L", page.header).c_str());
    if (!page.footer.empty())
      worksheet_set_footer(worksheet, (as_page_text("&L", page.footer) + "&RPage &P of &N").c_str());
  }

  // A sheet with texts that go on below has all its cells begin at the top.
  bool has_wrapped() const {
    return std::ranges::any_of(columns, [](const XlsxColumn& column) { return column.wrap; });
  }
  lxw_format* text_format(std::size_t column) const { return columns[column].wrap ? wrapped : nullptr; }
  lxw_format* date_format() const { return has_wrapped() ? top_date : date; }

  Result<void> check_sheet(std::string_view name, std::size_t column_count) {
    bool fits = is_writable_text(name) && !is_blank(name) && utf16_length(name) <= most_name_units &&
                name.find_first_of(refused_in_names) == std::string_view::npos && !name.starts_with('\'') &&
                !name.ends_with('\'');
    if (!fits)
      return stop(ErrorKind::invalid, "sheet name",
                  "expected 1 to 31 characters without []:*?/\\ and outer apostrophes", name);
    if (names.contains(lower(name)))
      return stop(ErrorKind::invalid, "sheet name", "expected a name that no other sheet has", name);
    if (column_count > most_columns)
      return stop(ErrorKind::limit, fmt::format("sheet '{}'", name),
                  fmt::format("expected at most {} columns", most_columns), fmt::to_string(column_count));
    return {};
  }

  Result<void> write_header() {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const XlsxColumn& column = columns[i];
      auto at = static_cast<lxw_col_t>(i);
      double width = column.width > 0 ? column.width : default_width(column);
      worksheet_set_column(worksheet, at, at, width, column.kind == ColumnKind::date ? date : nullptr);
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
      CHECK(write_text(i, columns[i].title, has_wrapped() ? wrapped_bold : bold));
    worksheet_freeze_panes(worksheet, 1, 0);
    rows = 1;
    return {};
  }

  Result<void> written(lxw_error code, std::size_t column) {
    if (code == LXW_NO_ERROR) return {};
    return stop_cell(ErrorKind::internal, column, lxw_strerror(code));
  }

  Result<void> write_text(std::size_t column, std::string_view text, lxw_format* format) {
    if (text.empty()) return {};
    if (!is_writable_text(text))
      return stop_cell(ErrorKind::invalid, column, "expected UTF-8 text without NUL, U+FFFE and U+FFFF");
    std::size_t units = utf16_length(text);
    if (units > most_text_units)
      return stop_cell(
          ErrorKind::limit, column,
          fmt::format("Excel holds at most {} characters in a cell; this text has {}", most_text_units, units), text);
    auto row = static_cast<lxw_row_t>(rows);
    return written(
        worksheet_write_string(worksheet, row, static_cast<lxw_col_t>(column), escape_text(text).c_str(), format),
        column);
  }

  Result<void> write_number(std::size_t column, double value, lxw_format* format) {
    if (!std::isfinite(value))
      return stop_cell(ErrorKind::invalid, column, "expected a finite number", fmt::to_string(value));
    return written(
        worksheet_write_number(worksheet, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(column), value, format),
        column);
  }

  Result<void> write(std::size_t column, std::monostate) { return written(LXW_NO_ERROR, column); }
  Result<void> write(std::size_t column, std::string_view text) {
    return write_text(column, text, text_format(column));
  }
  Result<void> write(std::size_t column, double value) { return write_number(column, value, nullptr); }
  Result<void> write(std::size_t column, Date value) {
    if (!excel_counts_right(value)) return write_text(column, value.iso(), nullptr);
    return write_number(column, day_number(value), date_format());
  }
  Result<void> write(std::size_t column, Instant value) {
    if (!excel_counts_right(value.day())) return write_text(column, value.iso(), nullptr);
    auto seconds = value.seconds - value.day().days;
    return write_number(column, day_number(value.day()) + static_cast<double>(seconds.count()) / 86'400.0, instant);
  }
  Result<void> write(std::size_t column, bool value) {
    return written(worksheet_write_boolean(worksheet, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(column),
                                           value, nullptr),
                   column);
  }
};

XlsxWriter::XlsxWriter(std::filesystem::path target, std::filesystem::path temp_dir)
    : state_(std::make_unique<State>()) {
  state_->target = std::move(target);
  state_->temp_dir = temp_dir.string();
  state_->open();
}

XlsxWriter::~XlsxWriter() = default;

Result<void> XlsxWriter::sheet(std::string_view name, std::vector<XlsxColumn> columns, const XlsxPage& page) {
  State& state = *state_;
  CHECK(state.ready());
  CHECK(state.check_sheet(name, columns.size()));
  state.finish_sheet();
  state.sheet_name = name;
  state.names.insert(lower(name));
  state.columns = std::move(columns);
  state.rows = 0;
  // Rows wait in a file from here on. The library would quietly take /tmp for a folder that is not there, and registers
  // do not belong there.
  bool has_folder = std::filesystem::is_directory(state.temp_dir) && access(state.temp_dir.c_str(), W_OK) == 0;
  state.worksheet =
      has_folder && state.workbook ? workbook_add_worksheet(state.workbook, state.sheet_name.c_str()) : nullptr;
  if (!state.worksheet)
    return state.stop(ErrorKind::internal, fmt::format("sheet '{}'", name), "the temporary folder cannot be written to",
                      state.temp_dir);
  state.set_up_page(page);
  return state.write_header();
}

Result<void> XlsxWriter::row(std::span<const XlsxCell> cells) {
  State& state = *state_;
  CHECK(state.ready());
  if (!state.worksheet) return state.stop(ErrorKind::internal, {}, "a row needs a sheet before it");
  if (state.rows == most_rows)
    return state.stop_cell(ErrorKind::limit, 0, fmt::format("Excel holds at most {} rows in a sheet", most_rows));
  if (cells.size() > state.columns.size())
    return state.stop_cell(ErrorKind::internal, state.columns.size(),
                           fmt::format("expected at most {} cells", state.columns.size()));
  for (std::size_t i = 0; i < cells.size(); ++i)
    CHECK(std::visit([&](const auto& value) { return state.write(i, value); }, cells[i]));
  ++state.rows;
  return {};
}

Result<void> XlsxWriter::close() {
  State& state = *state_;
  CHECK(state.ready());
  if (!state.worksheet) return state.stop(ErrorKind::internal, {}, "a workbook needs a sheet");
  state.finish_sheet();
  state.closed = true;
  lxw_error code = workbook_close(std::exchange(state.workbook, nullptr));  // frees the workbook in any case
  if (code == LXW_NO_ERROR) return {};
  std::error_code ignored;
  std::filesystem::remove(state.target, ignored);
  return state.stop(ErrorKind::internal, state.target.string(), lxw_strerror(code));
}

std::string sheet_name_for(std::string_view label) {
  std::string name(trim(label));
  std::erase_if(name, [](char c) { return refused_in_names.contains(c) || static_cast<unsigned char>(c) < 0x20; });
  while (utf16_length(name) > most_name_units) {
    std::size_t last = name.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(name[last]) & 0xC0U) == 0x80U) --last;
    name.resize(last);
  }
  std::string_view kept = trim(name);
  while (kept.starts_with('\'')) kept.remove_prefix(1);
  while (kept.ends_with('\'')) kept.remove_suffix(1);
  return is_blank(kept) ? "Sheet" : std::string(kept);
}

Result<void> write_workbook(const std::filesystem::path& target, const std::filesystem::path& temp_dir,
                            const std::function<Result<void>(XlsxWriter&)>& fill) {
  XlsxWriter writer(target, temp_dir);
  CHECK(fill(writer));
  return writer.close();
}

}  // namespace assay
