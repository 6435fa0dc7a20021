// Reads XML from a ZIP part piece by piece, within bounds. Internal to kernel/exchange.
#pragma once

#include <string_view>

#include "base/result.h"
#include "kernel/exchange/zip_archive.h"

namespace assay {

// "x:row" -> "row". Some writers put every element into a prefixed namespace; names are told apart well enough without.
std::string_view local_name(std::string_view qualified);

class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  std::string_view get(std::string_view local) const;  // empty when missing

 private:
  const char* const* pairs_;
};

// Receives what stands in the document, by local names. An error returned stops the reading and is its result.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Result<void> start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual Result<void> end(std::string_view name) = 0;
  virtual Result<void> text(std::string_view) { return {}; }  // one text may come in several pieces
};

// invalid, with part and line: not well-formed, or a document type declaration (nothing we read has one, and entities
// are how XML bombs are made). limit: deeper than 100 elements, or a single tag or comment of more than 1 MiB.
// Other errors are those of ZipPart::read and of the handler.
Result<void> read_xml(ZipPart& part, XmlHandler& handler);

}  // namespace assay
