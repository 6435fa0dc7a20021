#include "kernel/documents/text_diff.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace assay {
namespace {

using Items = std::vector<std::string_view>;

enum class Edit { keep, remove, add };

// Beyond this many edits the exact answer costs more memory than it is worth to a reader.
constexpr std::int64_t most_edits = 2000;

class Myers {
 public:
  Myers(const Items& a, const Items& b) : a_(a), b_(b) {}

  std::vector<Edit> script() {
    std::size_t head = common_head(), tail = common_tail(head);
    n_ = static_cast<std::int64_t>(a_.size() - head - tail);
    m_ = static_cast<std::int64_t>(b_.size() - head - tail);
    offset_ = head;
    std::vector<Edit> out(head, Edit::keep);
    std::vector<Edit> middle = search() ? walk_back() : replace_all_of_it();
    out.insert(out.end(), middle.begin(), middle.end());
    out.insert(out.end(), tail, Edit::keep);
    return out;
  }

 private:
  std::size_t common_head() const {
    std::size_t most = std::min(a_.size(), b_.size()), count = 0;
    while (count < most && a_[count] == b_[count]) ++count;
    return count;
  }
  std::size_t common_tail(std::size_t head) const {
    std::size_t most = std::min(a_.size(), b_.size()) - head, count = 0;
    while (count < most && a_[a_.size() - 1 - count] == b_[b_.size() - 1 - count]) ++count;
    return count;
  }
  bool equal(std::int64_t x, std::int64_t y) const {
    return a_[offset_ + static_cast<std::size_t>(x)] == b_[offset_ + static_cast<std::size_t>(y)];
  }
  std::vector<Edit> replace_all_of_it() const {
    std::vector<Edit> out(static_cast<std::size_t>(n_), Edit::remove);
    out.insert(out.end(), static_cast<std::size_t>(m_), Edit::add);
    return out;
  }
  // The furthest x on diagonal k after d edits, in the row of step d: rows hold diagonals -d … d.
  std::int64_t furthest(std::int64_t d, std::int64_t k) const {
    return rows_[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d)];
  }
  bool goes_down(std::int64_t d, std::int64_t k) const {
    return k == -d || (k != d && furthest(d - 1, k - 1) < furthest(d - 1, k + 1));
  }
  bool search() {
    for (std::int64_t d = 0; d <= std::min(n_ + m_, most_edits); ++d) {
      std::vector<std::int32_t> row(static_cast<std::size_t>(2 * d + 1), -1);
      for (std::int64_t k = -d; k <= d; k += 2) {
        std::int64_t x = d == 0 ? 0 : goes_down(d, k) ? furthest(d - 1, k + 1) : furthest(d - 1, k - 1) + 1;
        while (x < n_ && x - k < m_ && x - k >= 0 && equal(x, x - k)) ++x;
        row[static_cast<std::size_t>(k + d)] = static_cast<std::int32_t>(x);
        if (x >= n_ && x - k >= m_) {
          rows_.push_back(std::move(row));
          return true;
        }
      }
      rows_.push_back(std::move(row));
    }
    return false;
  }
  std::vector<Edit> walk_back() const {
    std::vector<Edit> out;
    std::int64_t x = n_, y = m_;
    for (auto d = static_cast<std::int64_t>(rows_.size()) - 1; d > 0; --d) {
      std::int64_t k = x - y;
      bool down = goes_down(d, k);
      std::int64_t from_k = down ? k + 1 : k - 1;
      std::int64_t from_x = furthest(d - 1, from_k), from_y = from_x - from_k;
      std::int64_t start_x = down ? from_x : from_x + 1;
      for (; x > start_x; --x) out.push_back(Edit::keep);
      out.push_back(down ? Edit::add : Edit::remove);
      x = from_x;
      y = from_y;
    }
    out.insert(out.end(), static_cast<std::size_t>(x), Edit::keep);
    std::ranges::reverse(out);
    return out;
  }

  const Items& a_;
  const Items& b_;
  std::int64_t n_ = 0, m_ = 0;
  std::size_t offset_ = 0;
  std::vector<std::vector<std::int32_t>> rows_;
};

Items lines_of(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return {};
  return split(text, '\n');
}

// Words, runs of spaces and single signs: "a b." -> "a", " ", "b", "."
Items words_of(std::string_view line) {
  auto kind = [](char c) {
    auto byte = static_cast<unsigned char>(c);
    if (c == ' ' || c == '\t') return 0;
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte >= 0x80 || c == '_';
    return word ? 1 : 2;
  };
  Items out;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i + 1;
    if (kind(line[i]) != 2) {
      while (end < line.size() && kind(line[end]) == kind(line[i])) ++end;
    }
    out.push_back(line.substr(i, end - i));
    i = end;
  }
  return out;
}

void append(std::vector<DiffPiece>& pieces, std::string_view text, bool changed) {
  if (pieces.empty() || pieces.back().changed != changed) pieces.push_back({{}, changed});
  pieces.back().text += text;
}

// Two lines as one changed line; nothing when they share less than a third of their text.
bool pair_up(std::string_view before, std::string_view after, DiffRow& row) {
  Items a = words_of(before), b = words_of(after);
  std::size_t i = 0, j = 0, shared = 0;
  for (Edit edit : Myers(a, b).script()) {
    if (edit == Edit::keep) {
      if (!is_blank(a[i])) shared += a[i].size();
      append(row.before, a[i++], false);
      append(row.after, b[j++], false);
    } else if (edit == Edit::remove) {
      append(row.before, a[i++], true);
    } else {
      append(row.after, b[j++], true);
    }
  }
  row.kind = DiffRow::Kind::changed;
  return shared * 3 >= std::max(before.size(), after.size());
}

class RowMaker {
 public:
  RowMaker(const Items& a, const Items& b) : a_(a), b_(b) {}

  std::vector<DiffRow> rows(const std::vector<Edit>& script) {
    for (Edit edit : script) {
      if (edit == Edit::remove) {
        ++removed_;
        continue;
      }
      if (edit == Edit::add) {
        ++added_;
        continue;
      }
      flush();
      std::string line(a_[i_]);
      out_.push_back({DiffRow::Kind::same, ++i_, ++j_, {{line, false}}, {{line, false}}});
    }
    flush();
    return std::move(out_);
  }

 private:
  // A block of removed and added lines: pairs that resemble each other stand side by side.
  void flush() {
    std::size_t pairs = std::min(removed_, added_);
    for (std::size_t p = 0; p < pairs; ++p) {
      DiffRow row;
      bool alike = pair_up(a_[i_], b_[j_], row);
      if (alike) {
        row.old_line = ++i_;
        row.new_line = ++j_;
        out_.push_back(std::move(row));
      } else {
        only_old();
        only_new();
      }
    }
    for (std::size_t r = pairs; r < removed_; ++r) only_old();
    for (std::size_t r = pairs; r < added_; ++r) only_new();
    removed_ = added_ = 0;
  }
  void only_old() {
    std::string line(a_[i_]);
    out_.push_back({DiffRow::Kind::removed, ++i_, 0, {{std::move(line), true}}, {}});
  }
  void only_new() {
    std::string line(b_[j_]);
    out_.push_back({DiffRow::Kind::added, 0, ++j_, {}, {{std::move(line), true}}});
  }

  const Items& a_;
  const Items& b_;
  std::size_t i_ = 0, j_ = 0, removed_ = 0, added_ = 0;
  std::vector<DiffRow> out_;
};

}  // namespace

std::vector<DiffRow> diff_texts(std::string_view before, std::string_view after) {
  Items a = lines_of(before), b = lines_of(after);
  return RowMaker(a, b).rows(Myers(a, b).script());
}

DiffCount count_of(const std::vector<DiffRow>& rows) {
  DiffCount count;
  for (const DiffRow& row : rows) {
    if (row.kind == DiffRow::Kind::added) ++count.added;
    if (row.kind == DiffRow::Kind::removed) ++count.removed;
    if (row.kind == DiffRow::Kind::changed) ++count.changed;
  }
  return count;
}

}  // namespace assay
