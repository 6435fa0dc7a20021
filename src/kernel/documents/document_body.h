// The texts of document versions (Markdown), one row each in assay_document_body. Who may write them, and that the
// version's fingerprint follows, is the service's business (kernel/service/document_texts.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/store/transaction.h"

namespace assay {

inline constexpr std::size_t longest_document = 1024 * 1024;  // bytes

// Nothing when the version has no text here: it was imported, or its content is a file.
Result<std::optional<std::string>> read_body(Connection& connection, std::string_view version);
Result<void> write_body(Transaction& transaction, std::string_view version, std::string_view markdown);

// One form for the same text, so that its hash says whether it changed: line feeds alone, one at the end.
std::string normal_text(std::string_view markdown);
std::string text_hash(std::string_view markdown);  // hexadecimal SHA-256

}  // namespace assay
