// The head of an answer as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "http/message.h"

namespace assay {

struct Framing {
  bool keep = true;                     // the connection stays open
  bool chunked = false;                 // Transfer-Encoding: chunked
  std::optional<std::uint64_t> length;  // Content-Length
};

// Status line, the handler's headers, Date, X-Request-Id, Connection and the framing; ends with the empty line. Headers
// that would contradict the framing are left out, so that no handler can desynchronise a connection.
std::string response_head(const Response& response, const Framing& framing, const std::string& request_id);

// Answers with these statuses never have a body.
bool is_bodiless(int status);

}  // namespace assay
