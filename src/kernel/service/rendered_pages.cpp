#include "kernel/service/rendered_pages.h"

#include "kernel/documents/pdf.h"

namespace assay {

namespace {

std::string key_of(const std::string& html) { return "pdf:" + hex(sha256(html)); }

}  // namespace

Result<std::optional<Hash>> known_pdf(Workspace& workspace, const BlobStore& blobs, const std::string& html) {
  std::string key = key_of(html);
  Param find[] = {std::string_view(key)};
  TRY(auto reader, workspace.read());
  TRY(auto known, reader->connection().one_text("select value from assay_setting where name = ?", find));
  auto hash = hash_from_hex(known.value_or(""));
  if (hash && blobs.check(*hash) == BlobState::intact) return hash;
  return std::optional<Hash>();
}

Result<Hash> pdf_of(Workspace& workspace, const BlobStore& blobs, const std::string& html) {
  TRY(auto known, known_pdf(workspace, blobs, html));
  if (known) return *known;
  std::string key = key_of(html);
  TRY(std::string pdf, render_pdf(html));
  TRY(Hash hash, blobs.put(pdf));
  CHECK(workspace.write(Principal::product("PDF cache"), [&](Transaction& transaction) -> Result<void> {
    std::string value = hex(hash);
    Param store[] = {std::string_view(key), std::string_view(value)};
    CHECK(transaction.connection().run(
        "insert into assay_setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
        store));
    return {};
  }));
  return hash;
}

}  // namespace assay
