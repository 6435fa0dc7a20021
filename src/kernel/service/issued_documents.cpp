#include "kernel/service/issued_documents.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"

namespace assay {
namespace {

Result<KeptIssue> read_kept(const Reader& reader, std::int64_t number) {
  std::optional<KeptIssue> kept;
  Param params[] = {number};
  CHECK(reader.connection().query(
      fmt::format("select {}, content, html from assay_issue where number = ?", issue_columns), params,
      [&](const Row& row) {
        kept = KeptIssue{read_issue_row(row), std::string(row.text(9)), std::string(row.text(10)), {}, -1, false};
      }));
  if (!kept) return fail(ErrorKind::not_found, fmt::format("There is no issued document {}.", number));
  TRY(auto file, reader.connection().one_text("select sha256 from assay_issue_pdf where number = ?", params));
  kept->pdf = hash_from_hex(file.value_or(""));
  TRY(auto entries, reader.history("issued_document", std::to_string(number), 0, 10));
  for (const LedgerEntry& entry : entries) {
    if (entry.operation != "issue") continue;
    kept->entry = entry.seq;
    kept->intact = entry.changes == issue_claim(kept->issue, kept->content, kept->html) &&
                   entry.at == kept->issue.issued_at && entry.actor_name == kept->issue.author;
  }
  return *std::move(kept);
}

}  // namespace

Result<bool> IssuedDocuments::shown(const Reader& reader, const Principal& principal,
                                    const IssuedDocument& issue) const {
  const EntityDef* def = workspace_.registry().find(issue.register_name);
  if (!def) return false;
  auto record = reader.read(*def, issue.record);
  if (!record && record.error().kind != ErrorKind::not_found) return Failure(record.error());
  return may(principal, Action::see, *def, record ? &*record : nullptr, &reader).allowed;
}

Result<std::int64_t> IssuedDocuments::issue(const Principal& principal, const Record& about,
                                            const NewIssue& issue) const {
  std::int64_t number = 0;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(number, issue_in(transaction, about, issue));
    return {};
  }));
  return number;
}

Result<std::int64_t> IssuedDocuments::issue_in(Transaction& transaction, const Record& about,
                                               const NewIssue& issue) const {
  const Principal& principal = transaction.actor();
  Decision change = may(principal, Action::change, *about.def, &about, &transaction);
  if (!change.allowed && !may(principal, Action::step, *about.def, &about, &transaction).allowed) CHECK(demand(change));
  Connection& connection = transaction.connection();
  TRY(auto highest, connection.one_integer("select max(number) from assay_issue"));
  IssuedDocument row{highest.value_or(0) + 1,        issue.kind,     issue.title,
                     std::string(about.def->name()), about.id,       issue.edition,
                     transaction.now().iso(),        principal.name, issue.approver};
  Param params[] = {row.number,
                    std::string_view(row.kind),
                    std::string_view(row.title),
                    std::string_view(row.register_name),
                    std::string_view(row.record),
                    std::string_view(row.edition),
                    std::string_view(row.issued_at),
                    std::string_view(row.author),
                    std::string_view(row.approver),
                    std::string_view(issue.content),
                    std::string_view(issue.html)};
  CHECK(
      connection.run(fmt::format("insert into assay_issue ({}, content, html) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                 issue_columns),
                     params));
  CHECK(transaction.note("issued_document", std::to_string(row.number), "issue", {},
                         issue_claim(row, issue.content, issue.html)));
  return row.number;
}

Result<std::vector<IssuedDocument>> IssuedDocuments::list(const Principal& principal, std::string_view kind,
                                                          std::string_view register_name, std::string_view record,
                                                          std::size_t most) const {
  TRY(auto reader, workspace_.read());
  std::vector<IssuedDocument> all;
  Param params[] = {kind, kind, register_name, register_name, record, record, static_cast<std::int64_t>(most)};
  CHECK(reader->connection().query(fmt::format("select {} from assay_issue where (? = '' or kind = ?) and (? = '' or "
                                               "register = ?) and (? = '' or record = ?) "
                                               "order by number desc limit ?",
                                               issue_columns),
                                   params, [&](const Row& row) { all.push_back(read_issue_row(row)); }));
  std::vector<IssuedDocument> out;
  for (IssuedDocument& issue : all) {
    TRY(bool visible, shown(*reader, principal, issue));
    if (visible) out.push_back(std::move(issue));
  }
  return out;
}

Result<KeptIssue> IssuedDocuments::read(const Principal& principal, std::int64_t number) const {
  TRY(auto reader, workspace_.read());
  TRY(KeptIssue kept, read_kept(*reader, number));
  TRY(bool visible, shown(*reader, principal, kept.issue));
  if (!visible) return fail(ErrorKind::not_found, fmt::format("There is no issued document {}.", number));
  return kept;
}

Result<std::optional<KeptIssue>> IssuedDocuments::before(const Principal& principal,
                                                         const IssuedDocument& issue) const {
  TRY(auto reader, workspace_.read());
  Param params[] = {std::string_view(issue.kind), std::string_view(issue.register_name), issue.number};
  TRY(auto number, reader->connection().one_integer(
                       "select max(number) from assay_issue where kind = ? and register = ? and number < ?", params));
  if (!number) return std::optional<KeptIssue>();
  TRY(KeptIssue kept, read_kept(*reader, *number));
  TRY(bool visible, shown(*reader, principal, kept.issue));
  return visible ? std::optional(std::move(kept)) : std::optional<KeptIssue>();
}

Result<PdfDesk::Progress> IssuedDocuments::pdf(const Principal& principal, std::int64_t number) const {
  TRY(KeptIssue kept, read(principal, number));
  if (kept.pdf) return PdfDesk::Progress{.state = PdfDesk::Progress::State::ready, .hash = *kept.pdf};
  TRY(PdfDesk::Progress progress, desk_.ask(kept.html));
  if (progress.state != PdfDesk::Progress::State::ready) return progress;
  std::string hash = hex(progress.hash);
  CHECK(
      workspace_.write(Principal::product("PDF of an issued document"), [&](Transaction& transaction) -> Result<void> {
        Param find[] = {number};
        TRY(auto known, transaction.connection().one_text("select sha256 from assay_issue_pdf where number = ?", find));
        if (known) return {};
        Param store[] = {number, std::string_view(hash)};
        CHECK(transaction.connection().run("insert into assay_issue_pdf (number, sha256) values (?, ?)", store));
        return transaction.note("issued_document", std::to_string(number), "pdf", {}, issue_pdf_claim(hash));
      }));
  return progress;
}

std::string issue_claim(const IssuedDocument& issue, std::string_view content, std::string_view html) {
  return fmt::format(
      "{{\"kind\":{},\"title\":{},\"register\":{},\"record\":{},\"edition\":{},\"approver\":{},\"content_hash\":\"{}\","
      "\"document_hash\":\"{}\"}}",
      json_string(issue.kind), json_string(issue.title), json_string(issue.register_name), json_string(issue.record),
      json_string(issue.edition), json_string(issue.approver), hex(sha256(content)), hex(sha256(html)));
}

std::string issue_pdf_claim(std::string_view hash) { return fmt::format("{{\"pdf_hash\":\"{}\"}}", hash); }

IssuedDocument read_issue_row(const Row& row) {
  auto text = [&](int column) { return std::string(row.text(column)); };
  return {row.integer(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8)};
}

std::string issue_file_name(const IssuedDocument& issue, std::string_view extension) {
  return fmt::format("{}{}{}.{}", issue.title, issue.edition.empty() ? "" : " ", issue.edition, extension);
}

}  // namespace assay
