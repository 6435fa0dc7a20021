#include "kernel/service/comments.h"

#include <fmt/format.h>

#include "base/random.h"
#include "base/text.h"

namespace assay {

Result<std::vector<Comment>> comments_of(Workspace& workspace, const Record& record) {
  TRY(auto reader, workspace.read());
  std::vector<Comment> out;
  Param params[] = {record.def->name(), std::string_view(record.id)};
  CHECK(reader->connection().query(
      "select author, at, body from assay_comment where register = ? and record = ? order by at, id", params,
      [&](const Row& row) {
        out.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
      }));
  return out;
}

Result<void> add_comment(Workspace& workspace, const Principal& principal, const Record& record,
                         std::string_view body) {
  if (is_blank(body) || utf8_length(body) > 10'000) {
    return fail(Problems{{"body", "must be a text of at most 10,000 characters", shorten(body, 40)}});
  }
  return workspace.write(principal, [&](Transaction& transaction) -> Result<void> {
    std::string id = random_token(12);
    std::string now = transaction.now().iso();
    Param params[] = {std::string_view(id),
                      record.def->name(),
                      std::string_view(record.id),
                      std::string_view(now),
                      std::string_view(principal.account),
                      std::string_view(principal.name),
                      body};
    CHECK(transaction.connection().run(
        "insert into assay_comment (id, register, record, at, account, author, body) values (?, ?, ?, ?, ?, ?, ?)",
        params));
    return transaction.note("comment", id, "add", {},
                            fmt::format("{{\"register\":{},\"record\":{},\"body\":{}}}",
                                        json_string(record.def->name()), json_string(record.id), json_string(body)));
  });
}

}  // namespace assay
