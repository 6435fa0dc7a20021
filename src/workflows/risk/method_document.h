// The document that carries the risk method (6.1.2), written from its settings.
#pragma once

#include "isms/risk/risk_methodology.h"
#include "kernel/service/register_service.h"

namespace assay {

// The whole text as Markdown. What is not set is said to be open. The table of all pairs of levels is left out where
// the reader is shown it otherwise.
enum class LevelTable { included, shown_beside };
std::string method_markdown(const RiskMethodology& method, LevelTable table = LevelTable::included);

// Whether the text of the version that the method names is what its settings give.
struct MethodDocument {
  Id version;             // of the register of document versions; empty: none is named
  bool is_draft = false;  // its text can still be written anew
  bool is_current = false;
};
Result<MethodDocument> method_document(const RegisterService& registers, const Principal& principal,
                                       const RiskMethodology& method);

// Writes the text: a draft version that is named already gets it anew; otherwise a version is created with it, in the
// document of kind "methodology" (created where there is none), and named by the method, in one transaction. An
// approved method names it by coming into force. Errors: invalid when nobody stands behind the account, who would be
// its author; forbidden.
Result<Record> write_method_document(const RegisterService& registers, const Principal& principal,
                                     std::string_view method);

}  // namespace assay
