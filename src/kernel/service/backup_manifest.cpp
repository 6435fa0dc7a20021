#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/service/backup_archive.h"
#include "kernel/store/workspace.h"

namespace assay {
namespace {

bool is_table_file(std::string_view name) {
  if (!name.ends_with(".jsonl")) return false;
  name.remove_suffix(6);
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

std::string_view without_suffix(std::string_view text, std::string_view suffix) {
  return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : std::string_view();
}

std::string text_at(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

Failure damaged(std::string message, std::string_view value) {
  return fail(Problems{{std::string(manifest_name), std::move(message), shorten(value, 120)}},
              "This is no backup that can be restored.");
}

Result<void> read_members(BackupManifest& manifest, const boost::json::object& members) {
  for (const auto& [name, entry] : members) {
    if (!is_backup_member(name)) return damaged("must not name such a member", name);
    const boost::json::object* object = entry.if_object();
    auto hash = object ? hash_from_hex(text_at(*object, "sha256")) : std::nullopt;
    const boost::json::value* size = object ? object->if_contains("size") : nullptr;
    if (!hash || !size || !size->is_int64() || size->as_int64() < 0)
      return damaged("must give size and SHA-256 of each member", name);
    manifest.members[std::string(name)] = {static_cast<std::uint64_t>(size->as_int64()), *hash};
  }
  return {};
}

}  // namespace

bool is_backup_member(std::string_view name) {
  auto parts = split(name, '/');
  if (parts.size() == 2 && parts[0] == "workspaces") return is_workspace_name(without_suffix(parts[1], ".db"));
  if (parts.size() == 2 && parts[0] == "keys") return is_workspace_name(without_suffix(parts[1], ".key"));
  if (parts.size() == 3 && parts[0] == "workspaces")
    return is_workspace_name(parts[1]) && (is_table_file(parts[2]) || parts[2] == "workspace.json");
  if (parts.size() != 4 || parts[0] != "blobs" || !is_workspace_name(parts[1])) return false;
  return hash_from_hex(parts[3]).has_value() && parts[2].size() == 2 && parts[3].starts_with(parts[2]);
}

std::string BackupManifest::to_json() const {
  std::string out = fmt::format(
      "{{\n\"format\": \"{}\",\n\"version\": {},\n\"time\": {},\n\"engine\": {},\n\"schema\": {},\n\"workspaces\": [",
      backup_format, json_string(version), json_string(time), json_string(engine), schema);
  for (std::size_t i = 0; i < workspaces.size(); ++i) out += (i ? ", " : "") + json_string(workspaces[i]);
  out += "],\n\"members\": {";
  bool first = true;
  for (const auto& [name, member] : members) {
    out += fmt::format("{}\n{}: {{\"size\": {}, \"sha256\": \"{}\"}}", first ? "" : ",", json_string(name), member.size,
                       hex(member.sha256));
    first = false;
  }
  return out + "\n}}\n";
}

Result<BackupManifest> BackupManifest::parse(std::string_view json) {
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(json, error);
  if (error || !value.is_object()) return damaged("must be a JSON object", error.message());
  const boost::json::object& object = value.as_object();
  if (text_at(object, "format") != backup_format)
    return damaged(fmt::format("must have the format {}", backup_format), text_at(object, "format"));
  BackupManifest manifest;
  manifest.version = text_at(object, "version");
  manifest.time = text_at(object, "time");
  manifest.engine = text_at(object, "engine");
  if (const boost::json::value* schema = object.if_contains("schema"); schema && schema->is_int64())
    manifest.schema = schema->as_int64();
  const boost::json::value* workspaces = object.if_contains("workspaces");
  const boost::json::value* members = object.if_contains("members");
  if (!workspaces || !workspaces->is_array() || !members || !members->is_object())
    return damaged("must list workspaces and members", "");
  for (const boost::json::value& name : workspaces->as_array()) {
    if (!name.is_string() || !is_workspace_name(std::string_view(name.as_string())))
      return damaged("must list names of workspaces", "");
    manifest.workspaces.emplace_back(name.as_string());
  }
  CHECK(read_members(manifest, members->as_object()));
  for (const std::string& name : manifest.workspaces) {
    if (!manifest.members.contains("keys/" + name + ".key"))
      return damaged("must hold the key of each workspace", name);
  }
  return manifest;
}

}  // namespace assay
