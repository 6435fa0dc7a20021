#include "kernel/service/document_texts.h"

#include "base/text.h"
#include "kernel/documents/document_body.h"

namespace assay {
namespace {

Result<const EntityDef*> version_def(const RegisterService& registers) {
  const EntityDef* def = registers.workspace().registry().find("document_version");
  if (!def) return fail(ErrorKind::not_found, "There is no register of document versions.");
  return def;
}

Result<void> check_text(std::string_view text) {
  if (is_blank(text)) return fail(Problems{{"markdown", "needs some text", ""}});
  if (text.size() > longest_document) return fail(Problems{{"markdown", "is at most one megabyte of text", ""}});
  if (!is_utf8(text)) return fail(Problems{{"markdown", "must be UTF-8", ""}});
  return {};
}

Also with_text(const std::string& text) {
  return [text](Transaction& transaction, const Record& version) { return write_body(transaction, version.id, text); };
}

}  // namespace

Result<std::string> document_text(const RegisterService& registers, const Principal& principal,
                                  std::string_view version) {
  TRY(const EntityDef* def, version_def(registers));
  CHECK(registers.read(principal, *def, version));
  TRY(auto reader, registers.workspace().read());
  TRY(auto text, read_body(reader->connection(), version));
  return text.value_or(std::string());
}

Result<Record> save_document_text(const RegisterService& registers, const Principal& principal,
                                  std::string_view version, std::int64_t record_version, std::string_view markdown,
                                  std::string_view reason) {
  TRY(const EntityDef* def, version_def(registers));
  std::string text = normal_text(markdown);
  CHECK(check_text(text));
  Patch patch{{def->find("content_hash"), Value(text_hash(text))}};
  Also write = with_text(text);
  return registers.change(
      principal, *def, version, record_version, patch, reason,
      [&](Transaction& transaction, const Record& record) -> Result<void> {
        if (record.state() == "draft") return write(transaction, record);
        return Failure(Error{ErrorKind::forbidden,
                             "Version " + std::string(record.text("version")) + " is " + lower(record.state_label()) +
                                 ": its text does not change any more. Write a new version.",
                             {},
                             "C7.5.3-01",
                             "the author, after it was sent back, or in a new version"});
      });
}

Result<Record> create_document_version(const RegisterService& registers, const Principal& principal, Record version,
                                       std::string_view markdown, std::string_view reason) {
  std::string text = normal_text(markdown);
  CHECK(check_text(text));
  version.at("content_hash") = text_hash(text);
  return registers.create(principal, std::move(version), reason, with_text(text));
}

Result<Record> create_document_version_in(const RegisterService& registers, Transaction& transaction, Patch values,
                                          std::string_view markdown, std::string_view reason) {
  TRY(const EntityDef* def, version_def(registers));
  std::string text = normal_text(markdown);
  CHECK(check_text(text));
  values.emplace_back(def->find("content_hash"), Value(text_hash(text)));
  TRY(Record stored,
      registers.make_in(
          transaction,
          ProposedChange{
              .def = def, .id = {}, .step = {}, .values = std::move(values), .reason = std::string(reason)}));
  CHECK(write_body(transaction, stored.id, text));
  return stored;
}

}  // namespace assay
