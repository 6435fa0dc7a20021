// Documents as they were issued: frozen with their content, their hash and their place in the ledger
// (docs/documents.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/service/pdf_desk.h"
#include "kernel/service/register_service.h"

namespace assay {

// What is about to be issued.
struct NewIssue {
  std::string kind;      // "soa", "gap_report", "treatment_plan", …: what issues are compared within
  std::string title;     // "Statement of Applicability"
  std::string edition;   // "3": the version of the record, or empty
  std::string approver;  // who approved it, in words; empty where nobody must
  std::string content;   // the facts as JSON, for comparisons and other formats; "{}" for none
  std::string html;      // the whole document that the PDF is made from
};

struct IssuedDocument {
  std::int64_t number = 0;
  std::string kind, title, register_name, record, edition, issued_at, author, approver;
};

struct KeptIssue {
  IssuedDocument issue;
  std::string content, html;
  std::optional<Hash> pdf;  // the file, once it was made
  std::int64_t entry = -1;  // of the ledger, which holds the hashes
  bool intact = false;      // it is what the ledger says was issued
};

// Safe from many threads. Who sees the record that a document is about sees the document.
class IssuedDocuments {
 public:
  IssuedDocuments(Workspace& workspace, const BlobStore& blobs, PdfDesk& desk)
      : workspace_(workspace), blobs_(blobs), desk_(desk) {}

  // Keeps a document about the record for good; gives its number. Error: forbidden unless the principal may change the
  // record or take its steps.
  Result<std::int64_t> issue(const Principal& principal, const Record& about, const NewIssue& issue) const;
  // The same as part of a transaction of the caller's.
  Result<std::int64_t> issue_in(Transaction& transaction, const Record& about, const NewIssue& issue) const;

  // Newest first. `kind` and `record` empty: all.
  Result<std::vector<IssuedDocument>> list(const Principal& principal, std::string_view kind = {},
                                           std::string_view register_name = {}, std::string_view record = {},
                                           std::size_t most = 500) const;
  Result<KeptIssue> read(const Principal& principal, std::int64_t number) const;  // not_found
  // The last one of the same kind about the same register before that number; nothing when it was the first.
  Result<std::optional<KeptIssue>> before(const Principal& principal, const IssuedDocument& issue) const;

  // The file. It is made once, beside the request; its hash then stands in the ledger and the same bytes are given ever
  // after.
  Result<PdfDesk::Progress> pdf(const Principal& principal, std::int64_t number) const;

 private:
  Result<bool> shown(const Reader& reader, const Principal& principal, const IssuedDocument& issue) const;

  Workspace& workspace_;
  const BlobStore& blobs_;
  PdfDesk& desk_;
};

// What the ledger notes of an issue: a canonical text over the kept columns and the hashes of content and document.
std::string issue_claim(const IssuedDocument& issue, std::string_view content, std::string_view html);
std::string issue_pdf_claim(std::string_view hash);
inline constexpr std::string_view issue_columns =
    "number, kind, title, register, record, edition, issued_at, author, approver";
IssuedDocument read_issue_row(const Row& row);

// A name for the file: "Statement of Applicability 3.pdf".
std::string issue_file_name(const IssuedDocument& issue, std::string_view extension);

}  // namespace assay
