#include "kernel/documents/document_body.h"

#include "base/hash.h"
#include "base/text.h"

namespace assay {

Result<std::optional<std::string>> read_body(Connection& connection, std::string_view version) {
  Param params[] = {version};
  return connection.one_text("select markdown from assay_document_body where version = ?", params);
}

Result<void> write_body(Transaction& transaction, std::string_view version, std::string_view markdown) {
  std::string now = transaction.now().iso();
  Param params[] = {version, markdown, std::string_view(now)};
  CHECK(transaction.connection().run(
      "insert into assay_document_body (version, markdown, updated_at) values (?, ?, ?) "
      "on conflict (version) do update set markdown = excluded.markdown, updated_at = excluded.updated_at",
      params));
  return {};
}

std::string normal_text(std::string_view markdown) {
  std::string text = replace_all(replace_all(markdown, "\r\n", "\n"), "\r", "\n");
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text + "\n";
}

std::string text_hash(std::string_view markdown) { return hex(sha256(markdown)); }

}  // namespace assay
