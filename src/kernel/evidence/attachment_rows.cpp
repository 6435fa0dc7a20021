#include "kernel/evidence/attachment_rows.h"

#include <fmt/format.h>

namespace assay {
namespace {

constexpr std::string_view columns =
    "id, register, record, name, media_type, size, sha256, at, account, author, state, coalesce(replaced_by, ''), "
    "coalesce(checked_at, ''), coalesce(check_result, '')";

Attachment read_attachment(const Row& row) {
  Attachment out;
  out.id = row.text(0);
  out.record_register = row.text(1);
  out.record = row.text(2);
  out.name = row.text(3);
  out.media_type = row.text(4);
  out.size = static_cast<std::uint64_t>(row.integer(5));
  out.sha256 = row.text(6);
  out.at = row.text(7);
  out.account = row.text(8);
  out.author = row.text(9);
  out.current = row.text(10) == "current";
  out.replaced_by = row.text(11);
  out.checked_at = row.text(12);
  out.check_result = row.text(13);
  return out;
}

Result<std::vector<Attachment>> query_attachments(Connection& connection, std::string_view rest, Params params) {
  std::vector<Attachment> out;
  CHECK(connection.query(fmt::format("select {} from assay_attachment {}", columns, rest), params,
                         [&](const Row& row) { out.push_back(read_attachment(row)); }));
  return out;
}

}  // namespace

Result<void> insert_attachment(Connection& connection, const Attachment& row) {
  Param params[] = {std::string_view(row.id),         std::string_view(row.record_register),
                    std::string_view(row.record),     std::string_view(row.name),
                    std::string_view(row.media_type), static_cast<std::int64_t>(row.size),
                    std::string_view(row.sha256),     std::string_view(row.at),
                    std::string_view(row.account),    std::string_view(row.author)};
  CHECK(connection.run(
      "insert into assay_attachment (id, register, record, name, media_type, size, sha256, at, account, author, state) "
      "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'current')",
      params));
  return {};
}

Result<void> mark_replaced(Connection& connection, std::string_view id, std::string_view by) {
  Param params[] = {by, id};
  CHECK(connection.run("update assay_attachment set state = 'replaced', replaced_by = ? where id = ?", params));
  return {};
}

Result<void> set_check_result(Connection& connection, std::string_view sha256, std::string_view at,
                              std::string_view result) {
  Param params[] = {at, result, sha256};
  CHECK(connection.run("update assay_attachment set checked_at = ?, check_result = ? where sha256 = ?", params));
  return {};
}

Result<Attachment> attachment_by_id(Connection& connection, std::string_view id) {
  Param params[] = {id};
  TRY(auto rows, query_attachments(connection, "where id = ?", params));
  if (rows.empty()) return fail(ErrorKind::not_found, "There is no such file.");
  return std::move(rows.front());
}

Result<std::vector<Attachment>> attachments_of(Connection& connection, std::string_view def, std::string_view record) {
  Param params[] = {def, record};
  return query_attachments(connection, "where register = ? and record = ? order by state, at desc, id", params);
}

Result<std::vector<Attachment>> every_attachment(Connection& connection) {
  return query_attachments(connection, "order by id", {});
}

}  // namespace assay
