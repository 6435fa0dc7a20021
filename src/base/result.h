// How expected failures travel: as values. Exceptions are left to broken invariants and exhausted memory.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

// What a caller can do about a failure. These six kinds reach people; `internal` is logged and shown as "internal
// error".
enum class ErrorKind { not_found, forbidden, invalid, conflict, unauthenticated, limit, internal };

std::string_view name_of(ErrorKind kind);

// One thing that is wrong with an input: where it stands, what stood there, what was expected.
struct Problem {
  // "inherent_likelihood", "risk R-001 owner", "row 14, column Owner", "rules/x.sql:3"; empty: the whole.
  std::string place;
  std::string message;  // what was expected, for a person
  std::string value;    // the offending value as text, shortened; may be empty
  friend bool operator==(const Problem&, const Problem&) = default;
};
using Problems = std::vector<Problem>;

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  Problems problems;    // for ErrorKind::invalid: everything that is wrong, not only the first
  std::string rule;     // for a refused step: id of the conformity rule behind the refusal, e.g. "C6.1.3-f-03"
  std::string who_may;  // for a refused step: who could take it, in words

  // The message and every problem, one a line.
  std::string text() const;
};

template <class T>
using Result = std::expected<T, Error>;
using Failure = std::unexpected<Error>;

Failure fail(ErrorKind kind, std::string message);
Failure fail(Problems problems, std::string message = "The input was refused.");

}  // namespace assay

// Unwraps a Result or returns its error: TRY(auto record, reader.find(...)). The one macro of the product, since
// GCC 12 has no other way to write this on one line.
#define ASSAY_CONCAT_INNER(a, b) a##b
#define ASSAY_CONCAT(a, b) ASSAY_CONCAT_INNER(a, b)
#define TRY(declaration, ...)                                                                                 \
  auto&& ASSAY_CONCAT(try_, __LINE__) = (__VA_ARGS__);                                                        \
  if (!ASSAY_CONCAT(try_, __LINE__)) return std::unexpected(std::move(ASSAY_CONCAT(try_, __LINE__)).error()); \
  declaration = *std::move(ASSAY_CONCAT(try_, __LINE__))
#define CHECK(...)                                                              \
  do {                                                                          \
    auto&& check_result = (__VA_ARGS__);                                        \
    if (!check_result) return std::unexpected(std::move(check_result).error()); \
  } while (false)
