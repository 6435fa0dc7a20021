// Uploaded files between the steps of an import.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>

#include "base/file.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/exchange/csv.h"
#include "kernel/exchange/xlsx_reader.h"
#include "web/import_view.h"

namespace assay {
namespace {

constexpr std::string_view prefix = "import-";
constexpr std::size_t token_bytes = 18;

ReadLimits upload_limits() {
  ReadLimits limits;
  limits.bytes = std::size_t{64} << 20U;
  limits.rows = 200'000;
  return limits;
}

std::filesystem::path folder_of(const Visit& visit) { return visit.tenant.workspace->location().temp_folder(); }

// The name carries a mark of the session: a token seen over somebody's shoulder opens nothing.
std::filesystem::path path_for(const Visit& visit, std::string_view token) {
  std::string mark =
      hex(sha256(fmt::format("{}\n{}\n{}", visit.tenant.workspace->name(), visit.session.account, visit.session.csrf)));
  return folder_of(visit) / fmt::format("{}{}-{}", prefix, token, mark.substr(0, 24));
}

std::filesystem::path choice_file(const std::filesystem::path& file) {
  return std::filesystem::path(file.native() + ".json");
}
std::filesystem::path name_file(const std::filesystem::path& file) {
  return std::filesystem::path(file.native() + ".name");
}

bool is_token(std::string_view token) {
  return token.size() == token_bytes * 4 / 3 &&
         token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
             std::string_view::npos;
}

// Files that nobody came back to.
void remove_old(const std::filesystem::path& folder) {
  std::error_code error;
  auto limit = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24);
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    std::error_code each;
    if (entry.last_write_time(each) < limit && !each) std::filesystem::remove(entry.path(), each);
  }
}

}  // namespace

Result<KeptImport> KeptImport::store(const Visit& visit, const UploadedFile& upload) {
  remove_old(folder_of(visit));
  KeptImport kept;
  kept.token_ = random_token(token_bytes);
  kept.path_ = path_for(visit, kept.token_);
  kept.file_name_ = upload.name;
  std::error_code error;
  std::filesystem::copy_file(upload.path, kept.path_, error);
  if (error) return file_failure("keep", kept.path_, error.value());
  std::filesystem::permissions(kept.path_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               error);
  CHECK(write_file_durably(name_file(kept.path_), upload.name));
  return kept;
}

Result<KeptImport> KeptImport::find(const Visit& visit, std::string_view token) {
  KeptImport kept;
  kept.token_ = token;
  std::error_code error;
  if (is_token(token)) kept.path_ = path_for(visit, token);
  if (kept.path_.empty() || !std::filesystem::is_regular_file(kept.path_, error)) {
    return fail(ErrorKind::not_found,
                "The file is not here any more: it was imported already, or a day has passed. Upload it again.");
  }
  TRY(kept.file_name_, read_file(name_file(kept.path_), 4096));
  return kept;
}

bool KeptImport::is_bundle() const { return lower(file_name_).ends_with(".json"); }

std::string KeptImport::url(std::string_view step) const {
  return fmt::format("/import/{}{}{}", token_, step.empty() ? "" : "/", step);
}

Result<Workbook> KeptImport::read() const {
  std::string name = lower(file_name_);
  if (!name.ends_with(".csv") && !name.ends_with(".tsv") && !name.ends_with(".txt"))
    return read_xlsx(path_, upload_limits());
  TRY(std::string bytes, read_file(path_, upload_limits().bytes));
  TRY(Sheet sheet, read_csv(bytes, upload_limits()));
  Workbook workbook;
  workbook.sheets.push_back(std::move(sheet));
  return workbook;
}

Result<std::string> KeptImport::text() const { return read_file(path_, upload_limits().bytes); }

Result<ImportChoice> KeptImport::choice() const {
  TRY(std::string text, read_file(choice_file(path_), 1 << 20));
  boost::system::error_code error;
  boost::json::value json = boost::json::parse(text, error);
  if (error || !json.is_object()) return fail(ErrorKind::not_found, "Choose the columns first.");
  const boost::json::object& object = json.as_object();
  auto word = [&](std::string_view key) {
    return object.contains(key) && object.at(key).is_string() ? std::string(object.at(key).as_string()) : std::string();
  };
  auto set = [&](std::string_view key) {
    return object.contains(key) && object.at(key).is_bool() && object.at(key).as_bool();
  };
  ImportChoice choice{word("register"), word("sheet"),      word("mapping"),      0,
                      set("strict"),    set("clear_blank"), set("skip_bad_cells")};
  if (object.contains("header_row") && object.at("header_row").is_int64())
    choice.header_row = static_cast<std::size_t>(object.at("header_row").as_int64());
  return choice;
}

Result<void> KeptImport::choose(const ImportChoice& choice) const {
  boost::json::object object;
  object["register"] = choice.register_name;
  object["sheet"] = choice.sheet;
  object["mapping"] = choice.mapping;
  object["header_row"] = static_cast<std::int64_t>(choice.header_row);
  object["strict"] = choice.strict;
  object["clear_blank"] = choice.clear_blank;
  object["skip_bad_cells"] = choice.skip_bad_cells;
  return write_file_durably(choice_file(path_), boost::json::serialize(object));
}

void KeptImport::remove() const {
  std::error_code ignored;
  for (const auto& file : {path_, choice_file(path_), name_file(path_)}) std::filesystem::remove(file, ignored);
}

}  // namespace assay
