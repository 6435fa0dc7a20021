// The import wizard: a file that is kept between the steps, what was chosen for it, and its pages.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kernel/service/sheet_import.h"
#include "web/page.h"

namespace assay {

// What a person chose for an uploaded file; kept beside it.
struct ImportChoice {
  std::string register_name, sheet, mapping;  // mapping as JSON
  std::size_t header_row = 0;
  bool strict = false, clear_blank = false, skip_bad_cells = false;
};

// An uploaded file waits in the temp folder of the installation for at most a day. Its name can only be found by the
// session that brought it.
class KeptImport {
 public:
  static Result<KeptImport> store(const Visit& visit, const UploadedFile& upload);
  // Error: not_found for a token of another session, a malformed one, or a file that is gone.
  static Result<KeptImport> find(const Visit& visit, std::string_view token);

  const std::string& token() const { return token_; }
  const std::string& file_name() const { return file_name_; }  // as the person had it
  bool is_bundle() const;
  std::string url(std::string_view step = {}) const;

  Result<Workbook> read() const;
  Result<std::string> text() const;  // of a bundle
  Result<ImportChoice> choice() const;
  Result<void> choose(const ImportChoice& choice) const;
  void remove() const;

 private:
  std::filesystem::path path_;
  std::string token_, file_name_;
};

// The registers this person may import into.
std::vector<const EntityDef*> importable(const Visit& visit);

// "Upload", "Columns", "Check", "Done" with the current one marked.
void import_steps(HtmlWriter& h, std::size_t current);
Frame import_frame(std::string title);

Response show_columns(Visit& visit);        // GET /import/{token}
Response choose_columns(Visit& visit);      // POST /import/{token}
Response show_check(Visit& visit);          // GET /import/{token}/check
Response run_checked_import(Visit& visit);  // POST /import/{token}/check
Response show_bundle(Visit& visit, const KeptImport& kept);
Response run_bundle_import(Visit& visit, const KeptImport& kept);

}  // namespace assay
