#include "kernel/exchange/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "kernel/exchange/refusal.h"
#include "kernel/exchange/text_encoding.h"

namespace assay {
namespace {

constexpr std::string_view separators = ";\t|,";  // the comma last: it is the one that also occurs in prose and numbers
constexpr std::string_view line_ends = "\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

// Sign, digits, groups or decimals behind '.' or ',', exponent. No spreadsheet computes anything from it.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  std::size_t digits = count_digits(text);
  if (!digits) return false;
  text.remove_prefix(digits);
  while (text.size() > 1 && (text[0] == '.' || text[0] == ',') && is_digit(text[1])) {
    text.remove_prefix(1);
    text.remove_prefix(count_digits(text));
  }
  if (text.size() > 1 && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    if (text[0] == '+' || text[0] == '-') text.remove_prefix(1);
    return !text.empty() && count_digits(text) == text.size();
  }
  return text.empty();
}

bool is_formula(std::string_view text) {
  constexpr std::string_view starters = "=+-@\t\r";
  return !text.empty() && starters.contains(text.front()) && !is_plain_number(text);
}

bool needs_apostrophe(std::string_view cell) {
  std::size_t start = cell.find_first_not_of('\'');
  return start != std::string_view::npos && is_formula(cell.substr(start));
}

// How often each candidate stands outside quotes in the next row; moves `text` behind that row.
std::array<std::size_t, separators.size()> count_separators(std::string_view& text) {
  std::array<std::size_t, separators.size()> counts{};
  bool quoted = false;
  bool cell_start = true;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (quoted) {
      quoted = c != '"';  // a doubled quote closes and opens again at once, which counts the same
      continue;
    }
    if (line_ends.contains(c)) break;
    std::size_t which = separators.find(c);
    if (which != std::string_view::npos) ++counts[which];
    quoted = c == '"' && (cell_start || (at > 0 && text[at - 1] == '"'));
    cell_start = which != std::string_view::npos;
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return counts;
}

struct Vote {
  std::size_t rows = 0;   // rows that agree on a number of separators
  std::size_t count = 0;  // that number
};

// Title rows above a table and lists inside cells make single rows misleading, so rows vote: the candidate wins whose
// most frequent number of occurrences is shared by most rows.
char detect_separator(std::string_view text) {
  constexpr int rows_looked_at = 30;
  constexpr std::size_t bytes_looked_at = 256 * 1024;
  text = text.substr(0, bytes_looked_at);
  std::array<std::map<std::size_t, std::size_t>, separators.size()> histogram;  // occurrences -> rows
  for (int row = 0; row < rows_looked_at && !text.empty();) {
    auto counts = count_separators(text);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i]) ++histogram[i][counts[i]];
    }
    if (counts != decltype(counts){}) ++row;  // empty rows and rows of one cell say nothing
  }
  char best = ',';
  Vote most;
  for (std::size_t i = 0; i < separators.size(); ++i) {
    for (auto [count, rows] : histogram[i]) {
      // One row alone proves little: there the number of occurrences decides.
      bool better = rows > most.rows || (rows == most.rows && rows == 1 && count > most.count);
      if (better) {
        best = separators[i];
        most = {rows, count};
      }
    }
  }
  return best;
}

// Excel's own line "sep=;" in front of the header; empty if there is none.
std::string_view separator_line(std::string_view text) {
  std::string_view line = text.substr(0, text.find_first_of(line_ends));
  bool found = line.size() == 5 && lower(line.substr(0, 4)) == "sep=" && separators.contains(line[4]);
  return found ? line : std::string_view{};
}

class CsvReader {
 public:
  CsvReader(std::string_view text, const ReadLimits& limits) : text_(text), limits_(limits), budget_(limits) {
    std::string_view named = separator_line(text);
    separator_ = named.empty() ? detect_separator(text) : named.back();
    if (named.empty()) return;
    at_ = named.size();
    skip_line_end();
  }

  Result<Sheet> read() {
    while (at_ < text_.size()) CHECK(read_row());
    while (!sheet_.rows.empty() && sheet_.rows.back().empty()) sheet_.rows.pop_back();
    return std::move(sheet_);
  }

 private:
  Result<void> read_row() {
    row_line_ = line_;
    column_ = 0;
    if (sheet_.rows.size() == limits_.rows)
      return refuse(ErrorKind::limit, fmt::format("expected at most {} rows", limits_.rows));
    std::vector<std::string> cells;
    if (!sheet_.rows.empty()) cells.reserve(sheet_.rows.back().size());
    bool more = !at_line_end();
    while (more) {
      ++column_;
      CHECK(read_cell());
      CHECK(keep_cell(cells));
      more = at_ < text_.size() && text_[at_] == separator_;
      if (more) ++at_;
    }
    skip_line_end();
    CHECK(budget_.charge(cells, fmt::format("line {}", row_line_)));
    sheet_.rows.push_back(std::move(cells));
    return {};
  }

  Result<void> read_cell() {
    cell_.clear();
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n' && text_[end] != '\r') ++end;
    cell_ = text_.substr(at_, end - at_);
    at_ = end;
    return {};
  }

  Result<void> read_quoted() {
    std::size_t opened = line_;
    ++at_;
    for (;;) {
      std::size_t quote = text_.find('"', at_);
      std::string_view piece = text_.substr(at_, quote - at_);
      if (quote == std::string_view::npos) {
        line_ = opened;
        return refuse(ErrorKind::invalid, "the quote that opens here is never closed; expected a closing \"", piece);
      }
      cell_ += piece;
      count_lines(piece);
      at_ = quote + 1;
      if (at_ == text_.size() || text_[at_] != '"') break;
      cell_ += '"';
      ++at_;
    }
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_line_end() || text_[at_] == separator_) return {};
    return refuse(ErrorKind::invalid,
                  fmt::format("expected {} or the end of the line after a closing quote", separator_name()),
                  text_.substr(at_, text_.find_first_of(line_ends, at_) - at_));
  }

  Result<void> keep_cell(std::vector<std::string>& cells) {
    if (cell_.size() > limits_.cell_bytes)
      return refuse(ErrorKind::limit, fmt::format("expected at most {} bytes in a cell", limits_.cell_bytes), cell_);
    if (column_ <= limits_.columns) {
      cells.push_back(needs_apostrophe(cell_) ? undefuse(cell_) : cell_);
    } else if (!cell_.empty()) {
      return refuse(ErrorKind::limit, fmt::format("expected at most {} columns", limits_.columns), cell_);
    }
    return {};
  }

  bool at_line_end() const { return at_ == text_.size() || line_ends.contains(text_[at_]); }

  void skip_line_end() {
    if (at_ == text_.size()) return;
    if (text_.substr(at_).starts_with("\r\n")) ++at_;
    ++at_;
    ++line_;
  }

  void count_lines(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if (!pair && line_ends.contains(text[i])) ++line_;
    }
  }

  std::string separator_name() const { return separator_ == '\t' ? "a tab" : fmt::format("'{}'", separator_); }

  Failure refuse(ErrorKind kind, std::string message, std::string_view value = {}) const {
    std::string place = column_ ? fmt::format("line {}, column {}", line_, column_) : fmt::format("line {}", line_);
    return refuse_file(kind, std::move(place), std::move(message), value);
  }

  std::string_view text_;
  const ReadLimits& limits_;
  RowBudget budget_;
  char separator_ = ',';
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
  std::size_t column_ = 0;  // of the cell being read, from 1; 0 before the first
  std::string cell_;
  Sheet sheet_;
};

}  // namespace

Result<Sheet> read_csv(std::string_view bytes, const ReadLimits& limits) {
  if (bytes.size() > limits.bytes)
    return refuse_file(ErrorKind::limit, {}, fmt::format("expected at most {} bytes", limits.bytes),
                       fmt::to_string(bytes.size()));
  std::string storage;
  TRY(std::string_view text, decode_text(bytes, storage));
  return CsvReader(text, limits).read();
}

std::string defuse(std::string_view cell) {
  std::string out;
  if (needs_apostrophe(cell)) out = "'";
  out += cell;
  return out;
}

std::string undefuse(std::string_view cell) {
  bool ours = cell.starts_with('\'') && needs_apostrophe(cell);
  return std::string(ours ? cell.substr(1) : cell);
}

CsvWriter::CsvWriter(char separator, ByteOrderMark mark) : separator_(separator) {
  if (mark == ByteOrderMark::utf8) out_ = "\xEF\xBB\xBF";
}

void CsvWriter::row(std::span<const std::string_view> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i) out_ += separator_;
    cell(cells[i], cells.size() == 1);
  }
  out_ += "\r\n";
}

void CsvWriter::cell(std::string_view text, bool alone) {
  // An empty cell that is a whole row would read back as an empty row, and "sep=" before a separator as Excel's own
  // line.
  bool quoted = text.find_first_of("\"\r\n;\t|,") != std::string_view::npos || text.contains(separator_) ||
                (alone && text.empty()) || (text.size() == 4 && lower(text) == "sep=");
  if (quoted) out_ += '"';
  if (needs_apostrophe(text)) out_ += '\'';
  for (std::size_t start = 0;;) {
    std::size_t quote = text.find('"', start);
    out_ += text.substr(start, quote - start);
    if (quote == std::string_view::npos) break;
    out_ += "\"\"";
    start = quote + 1;
  }
  if (quoted) out_ += '"';
}

std::string CsvWriter::take() { return std::exchange(out_, {}); }

}  // namespace assay
