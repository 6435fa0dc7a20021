#include "kernel/rules/rule_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.h"
#include "kernel/rules/sql_text.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

constexpr std::size_t longest_detail = 4000;  // bytes; a finding is read by people
constexpr std::array<std::string_view, 4> known_columns = {"kind", "subject", "detail", "class"};

// Where each known column stands, -1 when it is missing.
using Columns = std::array<int, known_columns.size()>;

Result<Columns> columns_of(const Row& row) {
  Columns columns{-1, -1, -1, -1};
  for (int i = 0; i < row.columns(); ++i) {
    auto known = std::find(known_columns.begin(), known_columns.end(), row.column_name(i));
    if (known == known_columns.end()) {
      return fail(ErrorKind::invalid,
                  fmt::format("the query returns a column \"{}\"; expected kind, subject, detail and perhaps class",
                              row.column_name(i)));
    }
    columns[static_cast<std::size_t>(known - known_columns.begin())] = i;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (columns[i] < 0)
      return fail(ErrorKind::invalid,
                  fmt::format("the query must return kind, subject and detail; \"{}\" is missing", known_columns[i]));
  }
  return columns;
}

// How many characters at the beginning are an instant such as "2026-11-23T08:54:00Z"; 0: none.
std::size_t instant_length(std::string_view text) {
  constexpr std::string_view minutes = "0000-00-00T00:00";
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() <= minutes.size()) return 0;
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    if (minutes[i] == '0' ? !is_digit(text[i]) : text[i] != minutes[i]) return 0;
  }
  std::size_t end = text.find_first_not_of("0123456789:.", minutes.size());
  return end != std::string_view::npos && text[end] == 'Z' ? end + 1 : 0;
}

// Instants as people read them: "2026-11-23 08:54 UTC".
std::string with_legible_instants(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t length = instant_length(text);
    if (length) out.append(text.substr(0, 10)).append(" ").append(text.substr(11, 5)).append(" UTC");
    else out += text.front();
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

Result<RuleRow> read_row(const Row& row, const Columns& columns) {
  RuleRow out;
  std::string* texts[] = {&out.kind, &out.subject, &out.detail};
  for (std::size_t i = 0; i < 3; ++i) {
    *texts[i] = shorten(row.text(columns[i]), longest_detail);
    if (is_blank(*texts[i]))
      return fail(ErrorKind::invalid, fmt::format("the query returns a row whose {} is empty", known_columns[i]));
  }
  out.detail = with_legible_instants(out.detail);
  if (columns[3] < 0 || row.is_null(columns[3])) return out;
  out.finding_class = finding_class_of(row.text(columns[3]));
  if (!out.finding_class)
    return fail(ErrorKind::invalid, fmt::format("the class must be major, minor, observation or ofi, not \"{}\"",
                                                shorten(row.text(columns[3]), 40)));
  return out;
}

// Runs one SQL text of the rule, which begins on `first_line` of its file.
Result<void> guarded(const Rule& rule, std::string_view sql, std::size_t first_line, Connection& connection,
                     RunLimits limits, const std::function<Result<void>(const Row&)>& each, Params params = {}) {
  limits.guarded = true;
  Result<void> refused;  // what was wrong with the first bad row
  auto done = connection.query(
      sql, params,
      [&](const Row& row) {
        if (refused) refused = each(row);
      },
      limits);
  if (done && refused) return {};
  std::size_t line = first_line + (!done && connection.failed_line() ? connection.failed_line() - 1 : 0);
  const Error& error = done ? refused.error() : done.error();
  return fail(error.kind, fmt::format("{}:{}: {}", rule.file, line, error.message));
}

// A question as it is sent.
struct Asked {
  std::string sql;
  std::vector<Param> params;  // views of the subjects, which must outlive it
};

// About all, or, with subjects, about these. Both planners carry the condition into the rule's own select, so that an
// index finds the records; where one cannot, the rule says asked(…).
Asked question_about(std::string_view sql, const std::set<std::string>& subjects) {
  if (subjects.empty()) return {with_asked(sql, 0).sql, {}};
  // Few lengths of the list make few statements, whose plans are kept.
  const std::size_t length = std::bit_ceil(subjects.size());
  AskedSql narrowed = with_asked(sql, length);
  Asked out{fmt::format("select * from ({}\n) asked where asked.subject in ({})", narrowed.sql, value_marks(length)),
            {}};
  for (std::size_t place = 0; place <= narrowed.places; ++place) {
    for (const std::string& subject : subjects) out.params.emplace_back(std::string_view(subject));
    out.params.resize((place + 1) * length, out.params.back());
  }
  return out;
}

}  // namespace

Result<std::vector<RuleRow>> rows_of(const Rule& rule, Connection& connection, RunLimits limits,
                                     const std::set<std::string>& subjects) {
  const Asked asked = question_about(rule.sql, subjects);
  std::vector<RuleRow> rows;
  std::set<std::pair<std::string, std::string>> met;
  std::optional<Columns> columns;
  CHECK(guarded(
      rule, asked.sql, rule.sql_line, connection, limits,
      [&](const Row& row) -> Result<void> {
        if (!columns) {
          TRY(columns, columns_of(row));
        }
        TRY(RuleRow read, read_row(row, *columns));
        if (!met.emplace(read.kind, read.subject).second)
          return fail(ErrorKind::invalid,
                      fmt::format("the query returns {} \"{}\" twice; expected one row for each subject", read.kind,
                                  shorten(read.subject, 60)));
        rows.push_back(std::move(read));
        return {};
      },
      asked.params));
  return rows;
}

Result<std::int64_t> population_of(const Rule& rule, Connection& connection, RunLimits limits) {
  std::int64_t population = 0;
  if (rule.population.empty()) return population;
  CHECK(guarded(rule, rule.population, rule.population_line, connection, limits, [&](const Row& row) -> Result<void> {
    population = row.integer(0);
    return {};
  }));
  return population;
}

Result<ShareTally> tally_of(const Rule& rule, Connection& connection, RunLimits limits, const ShareTally* before,
                            const std::set<std::string>& subjects) {
  ShareTally tally;
  const bool again = before && !subjects.empty();
  if (again) {
    tally = *before;
    std::erase_if(tally.records, [&](const auto& record) { return subjects.contains(record.first); });
  }
  const std::size_t kept = tally.records.size();
  // A record is a few bytes here, not a finding with its words.
  limits.rows *= 100;
  static const std::set<std::string> all;
  const Asked asked = question_about(rule.share, again ? subjects : all);
  CHECK(guarded(
      rule, asked.sql, rule.share_line, connection, limits,
      [&](const Row& row) -> Result<void> {
        const bool known = row.column_name(0) == "subject" &&
                           (row.columns() == 1 || (row.columns() == 2 && row.column_name(1) == "counts"));
        if (!known) return fail(ErrorKind::invalid, "the share must return subject and perhaps counts, in this order");
        tally.counts = row.columns() == 2;
        tally.records.emplace_back(row.text(0), tally.counts && !row.is_null(1) && row.boolean(1));
        return {};
      },
      asked.params));
  std::ranges::sort(tally.records.begin() + static_cast<std::ptrdiff_t>(kept), tally.records.end());
  std::ranges::inplace_merge(tally.records, tally.records.begin() + static_cast<std::ptrdiff_t>(kept));
  tally.counting =
      static_cast<std::size_t>(std::ranges::count_if(tally.records, [](const auto& record) { return record.second; }));
  return tally;
}

Result<std::optional<std::string>> obstacle_of(const Rule& rule, Connection& connection, RunLimits limits) {
  std::optional<std::string> reason;
  if (rule.needs.empty()) return reason;
  CHECK(guarded(rule, rule.needs, rule.needs_line, connection, limits, [&](const Row& row) -> Result<void> {
    if (!reason && !row.is_null(0)) reason = row.text(0);
    return {};
  }));
  return reason;
}

}  // namespace assay
