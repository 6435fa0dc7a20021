#include "kernel/service/touch_marks.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/store/value_marks.h"

namespace assay {

constexpr std::size_t longest_touch_reason = 2000;

Result<std::vector<RecordChanges>> recent_changes(const Reader& reader, std::span<const std::string_view> registers,
                                                  std::string_view since, std::size_t most) {
  std::vector<Param> params{since};
  params.insert(params.end(), registers.begin(), registers.end());
  params.emplace_back(static_cast<std::int64_t>(most));
  std::vector<RecordChanges> out;
  std::map<std::pair<std::string, std::string>, std::size_t> positions;
  CHECK(reader.connection().query(
      fmt::format(
          "select seq, at, register, record, operation, changes from assay_ledger where at >= ? and register in ({}) "
          "and not (operation = 'import' and reason = 'import of a bundle') order by seq desc limit ?",
          value_marks(registers.size())),
      params, [&](const Row& row) {
        auto [found, fresh] = positions.try_emplace({std::string(row.text(2)), std::string(row.text(3))}, out.size());
        if (fresh) out.push_back({std::string(row.text(2)), std::string(row.text(3)), {}});
        out[found->second].changes.push_back(
            {row.integer(0), std::string(row.text(1)), std::string(row.text(4)), std::string(row.text(5))});
      }));
  return out;
}

Result<std::vector<TouchMark>> touch_marks(const Reader& reader) {
  std::vector<TouchMark> out;
  CHECK(
      reader.connection().query("select register, record, target_register, target, what, entry, outcome, reason, "
                                "author, at from assay_touch order by at desc, record, target",
                                {}, [&](const Row& row) {
                                  auto text = [&](int column) { return std::string(row.text(column)); };
                                  out.push_back({text(0), text(1), text(2), text(3), text(4), row.integer(5), text(6),
                                                 text(7), text(8), text(9)});
                                }));
  return out;
}

Result<void> mark_touch(Transaction& transaction, const TouchMark& mark) {
  if (mark.outcome == "declined" && is_blank(mark.reason))
    return fail(Problems{{"reason", "must say why the proposal does not apply", ""}}, "The proposal was not declined.");
  if (utf8_length(mark.reason) > longest_touch_reason)
    return fail(Problems{
        {"reason", fmt::format("must have at most {} characters", longest_touch_reason), shorten(mark.reason, 60)}});
  const std::string at = transaction.now().iso();
  Param row[] = {std::string_view(mark.register_name),
                 std::string_view(mark.record),
                 std::string_view(mark.target_register),
                 std::string_view(mark.target),
                 std::string_view(mark.what),
                 mark.entry,
                 std::string_view(mark.outcome),
                 std::string_view(mark.reason),
                 std::string_view(transaction.actor().name),
                 std::string_view(at)};
  CHECK(
      transaction.connection().run("insert into assay_touch (register, record, target_register, target, what, entry, "
                                   "outcome, reason, author, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                   "on conflict (register, record, target_register, target, what) do update set entry "
                                   "= excluded.entry, outcome = excluded.outcome, reason = excluded.reason, "
                                   "author = excluded.author, at = excluded.at",
                                   row));
  return transaction.note("proposal", fmt::format("{} {}", mark.register_name, mark.record), mark.outcome, mark.reason,
                          fmt::format("{{\"what\":{},\"target_register\":{},\"target\":{}}}", json_string(mark.what),
                                      json_string(mark.target_register), json_string(mark.target)));
}

}  // namespace assay
