// Structured logs: one JSON object a line on standard error.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace assay {

enum class LogLevel { debug, info, warning, error };

bool set_log_level(std::string_view name);  // false for an unknown name

using LogValue = std::variant<std::string_view, std::int64_t, double, bool>;
using LogField = std::pair<std::string_view, LogValue>;

// log(LogLevel::info, "served", {{"path", path}, {"status", 200}}). Thread-safe; a line is written in one piece.
void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

}  // namespace assay
