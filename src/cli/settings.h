// Every setting of the server, in one table: a TOML file, environment variables over it, flags over those.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

class Arguments;

struct Setting {
  std::string_view key;          // in the TOML file: "listen"
  std::string_view environment;  // "ASSAY_LISTEN"
  std::string_view flag;         // "--listen"
  std::string_view value;        // what it is: "ADDRESS:PORT"
  std::string_view fallback;
  std::string_view help;
};

std::span<const Setting> all_settings();

using SettingValues = std::map<std::string, std::string, std::less<>>;
// What a TOML text sets. `file` is for messages. Error: invalid, with a problem for every key that is unknown or
// misfits.
Result<SettingValues> parse_settings(std::string_view text, std::string_view file);

class Settings {
 public:
  // `file` empty: $ASSAY_CONFIG, else /etc/assay/assay.toml when it exists. Errors name file, line and key.
  static Result<Settings> load(const std::filesystem::path& file, const Arguments& arguments);
  const std::string& get(std::string_view key) const;  // a key of the table
  Result<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most) const;
  bool is_on(std::string_view key) const { return get(key) == "true" || get(key) == "yes" || get(key) == "1"; }

 private:
  SettingValues values_;
};

// The table as Markdown for docs/settings.md.
std::string settings_markdown();

}  // namespace assay
