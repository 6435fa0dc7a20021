// The forms in which the API answers. Internal to src/api.
#pragma once

#include <string>
#include <vector>

#include "http/message.h"
#include "http/url.h"
#include "kernel/service/register_service.h"

namespace assay {

// application/problem+json (RFC 9457) with status, title, detail, and for refused input `problems`; `rule` and
// `who_may` for refused steps.
Response problem_answer(const Error& error);

// The record as the principal is shown it, with its stamps, and its revision as ETag.
Response record_answer(const Principal& principal, const Record& record, int status);

std::string steps_json(const Record& record, const std::vector<StepOffer>& offers);
std::string history_json(const std::vector<LedgerEntry>& entries);

// The revision in If-Match ("7" in quotes, or * for whatever is there). Error: invalid when the header is missing.
Result<std::int64_t> read_if_match(const Request& request);

Result<std::int64_t> whole_parameter(const Request& request, std::string_view name, std::int64_t least,
                                     std::int64_t most, std::int64_t fallback);

}  // namespace assay
