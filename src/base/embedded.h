// Files that live in the binary, put there by assay_embed() of cmake/embed_assets.cmake.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace assay {

struct EmbeddedFile {
  std::string_view name;    // "app.css", "controls/5.1.md"
  std::string_view hash;    // first 12 hex digits of its SHA-256
  std::string_view bytes;   // followed by a NUL in memory
  std::string_view brotli;  // empty when it does not pay
};

// A table made by assay_embed(). Declare it where it is used: `extern const EmbeddedFiles content_files;`
class EmbeddedFiles {
 public:
  constexpr explicit EmbeddedFiles(std::span<const EmbeddedFile> rows) : rows_(rows) {}
  // Null when there is none.
  const EmbeddedFile* find(std::string_view name) const {
    auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const EmbeddedFile& asset) { return asset.name == name; });
    return found == rows_.end() ? nullptr : &*found;
  }
  std::span<const EmbeddedFile> all() const { return rows_; }

 private:
  std::span<const EmbeddedFile> rows_;
};

}  // namespace assay
