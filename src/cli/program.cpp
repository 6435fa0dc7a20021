#include "cli/program.h"

#include <algorithm>
#include <iostream>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "isms/registers.h"
#include "web/rehearsal_view.h"

namespace assay {

const Product& product() {
  static const RuleSet rules = [] {
    std::vector<SourceFile> files;
    for (const EmbeddedFile& asset : rule_files.all()) files.push_back({asset.name, asset.bytes});
    return RuleSet::load(files);
  }();
  static const SystemClock clock;
  static const CommonPasswords passwords(content_files.find("common-passwords.txt")->bytes);
  static const Product instance{registers(), rules, clock, passwords, &rehearsal_print_html};
  return instance;
}

Result<Location> location_of(const Settings& settings) {
  if (settings.get("data").empty()) {
    return fail(ErrorKind::invalid, "--data WHERE is needed: a folder, or a postgresql:// address.");
  }
  return Location::parse(settings.get("data"), settings.get("state_folder"));
}

Result<std::unique_ptr<Tenant>> open_tenant(const Call& call) {
  TRY(Location location, location_of(call.settings));
  std::string name = call.arguments.value("--workspace");
  if (name.empty()) {
    TRY(auto names, workspace_names(location));
    bool has_main = std::find(names.begin(), names.end(), "main") != names.end();
    if (names.size() > 1 && !has_main) {
      return fail(ErrorKind::invalid,
                  "There are several workspaces (" + join(names, ", ") + "); choose one with --workspace.");
    }
    name = names.empty() || has_main ? "main" : names.front();
  }
  TRY(auto workspace, Workspace::open(location, name, product().workspace_settings()));
  return std::make_unique<Tenant>(std::move(workspace), product());
}

Result<std::string> read_input(const std::string& file, std::size_t most) {
  if (file != "-") return read_file(file, most);
  std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  if (text.size() > most) return fail(ErrorKind::limit, "standard input is too long");
  return text;
}

Result<std::string> read_secret(const std::string& file) {
  TRY(std::string text, read_input(file, 64 * 1024));
  std::string line(split(text, '\n').front());
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return fail(ErrorKind::invalid, file + ": the first line is empty; a password was expected");
  return line;
}

}  // namespace assay
