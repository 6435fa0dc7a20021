#include "base/result.h"

namespace assay {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found: return "not found";
    case ErrorKind::forbidden: return "forbidden";
    case ErrorKind::invalid: return "invalid";
    case ErrorKind::conflict: return "conflict";
    case ErrorKind::unauthenticated: return "unauthenticated";
    case ErrorKind::limit: return "limit";
    case ErrorKind::internal: return "internal error";
  }
  return "internal error";
}

std::string Error::text() const {
  std::string out = message;
  for (const Problem& problem : problems) {
    out += "\n  ";
    if (!problem.place.empty()) out += problem.place + ": ";
    out += problem.message;
    if (!problem.value.empty()) out += " (found: " + problem.value + ")";
  }
  if (!rule.empty()) out += "\n  rule " + rule;
  if (!who_may.empty()) out += "\n  who may: " + who_may;
  return out;
}

Failure fail(ErrorKind kind, std::string message) { return Failure(Error{kind, std::move(message), {}, {}, {}}); }

Failure fail(Problems problems, std::string message) {
  return Failure(Error{ErrorKind::invalid, std::move(message), std::move(problems), {}, {}});
}

}  // namespace assay
