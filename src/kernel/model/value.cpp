#include "kernel/model/value.h"

#include "base/text.h"

namespace assay {

bool is_empty(const Value& value) {
  if (is_unset(value)) return true;
  if (const auto* text = std::get_if<std::string>(&value)) return is_blank(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return list->empty();
  if (const auto* rows = std::get_if<std::vector<EmbeddedRow>>(&value)) return rows->empty();
  return false;
}

std::string_view text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? std::string_view(*text) : std::string_view();
}

std::optional<double> number_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

bool truth_of(const Value& value) {
  const auto* truth = std::get_if<bool>(&value);
  return truth && *truth;
}

const std::vector<std::string>& list_of(const Value& value) {
  static const std::vector<std::string> none;
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  return list ? *list : none;
}

const std::vector<EmbeddedRow>& rows_of(const Value& value) {
  static const std::vector<EmbeddedRow> none;
  const auto* rows = std::get_if<std::vector<EmbeddedRow>>(&value);
  return rows ? *rows : none;
}

}  // namespace assay
