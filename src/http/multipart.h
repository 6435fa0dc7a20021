// multipart/form-data, read while it arrives. What the sink sees depends on the bytes only, never on how they were cut
// into pieces (except that data may come in more or fewer calls); tests/fuzz/multipart_fuzz.cpp holds it to that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

struct PartHead {
  std::string name;                      // of the input; UTF-8
  std::optional<std::string> file_name;  // set for file inputs; "" when no file was chosen; without folders
  std::string content_type;              // as sent; "text/plain" when missing
};

// Receives begin, data*, end for each part. An error stops the parser and is returned from feed().
class MultipartSink {
 public:
  virtual ~MultipartSink() = default;
  virtual Result<void> begin(const PartHead& head) = 0;
  virtual Result<void> data(std::string_view bytes) = 0;
  virtual Result<void> end() = 0;
};

struct MultipartLimits {
  std::size_t max_parts = 2000;
  std::size_t max_head = 8 * 1024;  // bytes of one part's header lines
};

// The boundary named by a Content-Type header; `invalid` when it is not multipart/form-data or the boundary is
// unusable.
Result<std::string> multipart_boundary(std::string_view content_type);

class MultipartParser {
 public:
  MultipartParser(std::string_view boundary, MultipartSink& sink, MultipartLimits limits = {});
  // Memory held between calls is bounded by max_head and the boundary. After an error every call returns it again.
  Result<void> feed(std::string_view bytes);
  // No more bytes will come: an error unless the closing boundary was seen.
  Result<void> finish();

 private:
  enum class State { preamble, boundary, head, data, epilogue, failed };
  Result<bool> step();  // false: more bytes are needed
  Result<bool> read_content();
  Result<bool> read_boundary();
  Result<bool> read_head();
  Result<void> flush(std::size_t count);

  std::string delimiter_;  // CR LF - - boundary
  MultipartSink& sink_;
  MultipartLimits limits_;
  State state_ = State::preamble;
  std::string pending_;
  std::size_t used_ = 0;      // of pending_
  std::size_t line_end_ = 0;  // bytes before the content that still belong to the head
  std::size_t parts_ = 0;
  std::optional<Error> error_;
};

// Header lines of one part ("Name: value\r\n…"). Exposed for tests.
Result<PartHead> parse_part_head(std::string_view lines);

}  // namespace assay
