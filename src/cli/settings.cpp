#include "cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>

// The library asserts on some malformed texts before it reports them; a mistake in the file must not end the program.
#define TOML_ASSERT(condition) static_cast<void>(0)
#include <toml++/toml.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/arguments.h"

namespace assay {
namespace {

constexpr Setting settings[] = {
    {"data", "ASSAY_DATA", "--data", "WHERE", "", "Folder of the workspaces, or a postgresql:// address."},
    {"state_folder", "ASSAY_STATE_FOLDER", "--state-folder", "FOLDER", "",
     "With PostgreSQL: folder of evidence files and signing keys. Default: ~/.local/state/assay/<database>."},
    {"listen", "ASSAY_LISTEN", "--listen", "ADDRESS:PORT", "127.0.0.1:8080",
     "Where the server answers; port 0 takes a free one."},
    {"public_url", "ASSAY_PUBLIC_URL", "--public-url", "URL", "",
     "Address that people use, when a proxy stands in front. With https the session cookie is marked Secure."},
    {"allowed_hosts", "ASSAY_ALLOWED_HOSTS", "--allowed-hosts", "NAME[,NAME]", "",
     "Names under which the server answers, besides localhost, the address it listens on and the name in public_url; "
     "*.example.org fits every name below."},
    {"trusted_proxies", "ASSAY_TRUSTED_PROXIES", "--trusted-proxies", "ADDRESS[,ADDRESS]", "",
     "Proxies in front, as addresses or networks such as 10.0.0.0/8: what they say in X-Forwarded-For and "
     "X-Forwarded-Proto is believed."},
    {"metrics_token_file", "ASSAY_METRICS_TOKEN_FILE", "--metrics-token-file", "FILE", "",
     "File whose first line is the bearer token that /metrics asks for. Without one only this machine may read it."},
    {"workers", "ASSAY_WORKERS", "--workers", "COUNT", "4", "Requests that are worked on at a time."},
    {"upload_limit_mb", "ASSAY_UPLOAD_LIMIT_MB", "--upload-limit-mb", "MEGABYTES", "2048", "Largest evidence upload."},
    {"log_level", "ASSAY_LOG_LEVEL", "--log-level", "LEVEL", "info",
     "debug, info, warning or error. Logs are JSON lines on standard error."},
    {"integrity_hours", "ASSAY_INTEGRITY_HOURS", "--integrity-hours", "HOURS", "24",
     "How often stored evidence is re-hashed."},
};

constexpr std::size_t longest_file = 1 << 20;

}  // namespace

Result<SettingValues> parse_settings(std::string_view text, std::string_view file) {
  toml::table table;
  try {
    if (!is_utf8(text))
      return fail(Problems{{std::string(file), "must be UTF-8", ""}}, "The configuration cannot be read.");
    table = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    return fail(
        Problems{{fmt::format("{}:{}", file, error.source().begin.line), shorten(error.description(), 300), ""}},
        "The configuration cannot be read.");
  }
  SettingValues values;
  Problems problems;
  for (const auto& [key, node] : table) {
    std::string name(key.str());
    bool known = std::any_of(std::begin(settings), std::end(settings),
                             [&](const Setting& setting) { return setting.key == name; });
    std::string place = fmt::format("{}:{}", file, node.source().begin.line);
    if (!known) {
      problems.push_back({place, "is not a setting", shorten(name, 60)});
      continue;
    }
    if (auto text = node.value<std::string>()) values[name] = *text;
    else if (auto whole = node.value<std::int64_t>()) values[name] = fmt::format("{}", *whole);
    else if (auto truth = node.value<bool>()) values[name] = *truth ? "true" : "false";
    else problems.push_back({place, "must be a text, a whole number or true/false", name});
  }
  if (!problems.empty()) return fail(std::move(problems), "The configuration cannot be used.");
  return values;
}

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
  if (!chosen.empty()) {
    TRY(std::string text, read_file(chosen, longest_file));
    TRY(SettingValues values, parse_settings(text, chosen.string()));
    for (auto& [key, value] : values) out.values_[key] = std::move(value);
  }
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
    out += fmt::format(
        "| `{}` | `{}` | `{} {}` | {} | {} |\n", setting.key, setting.environment, setting.flag, setting.value,
        setting.fallback.empty() ? std::string("none") : fmt::format("`{}`", setting.fallback), setting.help);
  }
  return out;
}

}  // namespace assay
