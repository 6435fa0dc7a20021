// Writing the texts of document versions: permission and lifecycle are asked, and text and fingerprint change together.
#pragma once

#include <string>
#include <string_view>

#include "kernel/service/register_service.h"

namespace assay {

// The text of a version that the principal may read; empty when there is none here.
Result<std::string> document_text(const RegisterService& registers, const Principal& principal,
                                  std::string_view version);

// Stores the text of a draft and its hash as content_hash. Error: forbidden once the version left the draft state: an
// issued version never changes, it is superseded. `record_version`: the one that was shown.
Result<Record> save_document_text(const RegisterService& registers, const Principal& principal,
                                  std::string_view version, std::int64_t record_version, std::string_view markdown,
                                  std::string_view reason);

// Creates a version with its text in one transaction.
Result<Record> create_document_version(const RegisterService& registers, const Principal& principal, Record version,
                                       std::string_view markdown, std::string_view reason);
// The same as part of a transaction of the caller's. `values`: fields of the version.
Result<Record> create_document_version_in(const RegisterService& registers, Transaction& transaction, Patch values,
                                          std::string_view markdown, std::string_view reason);

}  // namespace assay
