#include "cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <toml++/toml.h>

#include "cli/arguments.h"

namespace assay {
namespace {

constexpr Setting settings[] = {
    {"data", "ASSAY_DATA", "--data", "WHERE", "", "Folder of the workspaces, or a postgresql:// address."},
    {"state_folder", "ASSAY_STATE_FOLDER", "--state-folder", "FOLDER", "",
     "With PostgreSQL: folder of evidence files and signing keys. Default: ~/.local/state/assay/<database>."},
    {"listen", "ASSAY_LISTEN", "--listen", "ADDRESS:PORT", "127.0.0.1:8080", "Where the server answers; port 0 takes a free one."},
    {"public_url", "ASSAY_PUBLIC_URL", "--public-url", "URL", "",
     "Address that people use, when a proxy stands in front. With https the session cookie is marked Secure."},
    {"workers", "ASSAY_WORKERS", "--workers", "COUNT", "4", "Requests that are worked on at a time."},
    {"upload_limit_mb", "ASSAY_UPLOAD_LIMIT_MB", "--upload-limit-mb", "MEGABYTES", "2048", "Largest evidence upload."},
    {"log_level", "ASSAY_LOG_LEVEL", "--log-level", "LEVEL", "info", "debug, info, warning or error. Logs are JSON lines on standard error."},
    {"integrity_hours", "ASSAY_INTEGRITY_HOURS", "--integrity-hours", "HOURS", "24", "How often stored evidence is re-hashed."},
};

Result<void> read_file(const std::filesystem::path& file, std::map<std::string, std::string, std::less<>>& values) {
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    return fail(Problems{{fmt::format("{}:{}", file.string(), error.source().begin.line), std::string(error.description()), ""}},
                "The configuration cannot be read.");
  }
  Problems problems;
  for (const auto& [key, node] : table) {
    std::string name(key.str());
    bool known = std::any_of(std::begin(settings), std::end(settings), [&](const Setting& setting) { return setting.key == name; });
    std::string place = fmt::format("{}:{}", file.string(), node.source().begin.line);
    if (!known) {
      problems.push_back({place, "is not a setting", name});
      continue;
    }
    if (auto text = node.value<std::string>()) values[name] = *text;
    else if (auto whole = node.value<std::int64_t>()) values[name] = fmt::format("{}", *whole);
    else if (auto truth = node.value<bool>()) values[name] = *truth ? "true" : "false";
    else problems.push_back({place, "must be a text, a whole number or true/false", name});
  }
  if (!problems.empty()) return fail(std::move(problems), "The configuration cannot be used.");
  return {};
}

}  // namespace

std::span<const Setting> all_settings() { return settings; }

Result<Settings> Settings::load(const std::filesystem::path& file, const Arguments& arguments) {
  Settings out;
  for (const Setting& setting : settings) out.values_[std::string(setting.key)] = setting.fallback;
  std::filesystem::path chosen = file;
  if (chosen.empty()) {
    const char* from_environment = std::getenv("ASSAY_CONFIG");
    if (from_environment && *from_environment) chosen = from_environment;
  }
  std::error_code error;
  if (chosen.empty() && std::filesystem::exists("/etc/assay/assay.toml", error)) chosen = "/etc/assay/assay.toml";
  if (!chosen.empty()) CHECK(read_file(chosen, out.values_));
  for (const Setting& setting : settings) {
    const char* text = std::getenv(std::string(setting.environment).c_str());
    if (text && *text) out.values_[std::string(setting.key)] = text;
    if (arguments.has(setting.flag)) out.values_[std::string(setting.key)] = arguments.value(setting.flag);
  }
  return out;
}

const std::string& Settings::get(std::string_view key) const { return values_.find(key)->second; }

Result<std::int64_t> Settings::whole(std::string_view key, std::int64_t least, std::int64_t most) const {
  const std::string& text = get(key);
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
    return fail(Problems{{std::string(key), fmt::format("must be a whole number from {} to {}", least, most), text}});
  }
  return number;
}

std::string settings_markdown() {
  std::string out = "| key in the file | environment | flag | default | meaning |\n| --- | --- | --- | --- | --- |\n";
  for (const Setting& setting : settings) {
    out += fmt::format("| `{}` | `{}` | `{} {}` | {} | {} |\n", setting.key, setting.environment, setting.flag, setting.value,
                       setting.fallback.empty() ? std::string("none") : fmt::format("`{}`", setting.fallback), setting.help);
  }
  return out;
}

}  // namespace assay
