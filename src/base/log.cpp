#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>

#include "base/text.h"
#include "base/time.h"

namespace assay {
namespace {

constexpr std::string_view level_names[] = {"debug", "info", "warning", "error"};
std::atomic<LogLevel> threshold{LogLevel::info};

struct AppendValue {
  std::string& out;
  void operator()(std::string_view text) const { out += json_string(text); }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(double number) const { out += fmt::format("{}", number); }
  void operator()(bool truth) const { out += truth ? "true" : "false"; }
};

}  // namespace

bool set_log_level(std::string_view name) {
  for (std::size_t i = 0; i < std::size(level_names); ++i) {
    if (level_names[i] != name) continue;
    threshold = static_cast<LogLevel>(i);
    return true;
  }
  return false;
}

void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (level < threshold.load()) return;
  std::string line = fmt::format("{{\"time\":\"{}\",\"level\":\"{}\",\"message\":{}", SystemClock().now().iso(),
                                 level_names[static_cast<std::size_t>(level)], json_string(message));
  for (const auto& [name, value] : fields) {
    line += "," + json_string(name) + ":";
    std::visit(AppendValue{line}, value);
  }
  line += "}\n";
  // One write a line: lines of several threads do not mix.
  [[maybe_unused]] auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace assay
