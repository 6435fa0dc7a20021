#include "http/upload.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/text.h"

namespace assay {
namespace {

Failure disk_failure(const char* what) {
  std::string reason = std::generic_category().message(errno);
  return fail(ErrorKind::internal, std::string("cannot ") + what + " a temporary file: " + reason);
}

}  // namespace

UploadCollector::UploadCollector(std::filesystem::path folder, std::uint64_t text_limit, bool files_allowed)
    : folder_(std::move(folder)), text_left_(text_limit), files_allowed_(files_allowed) {}

UploadCollector::~UploadCollector() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> UploadCollector::begin(const PartHead& head) {
  in_file_ = head.file_name.has_value();
  CHECK(count_text(head.name.size() + head.file_name.value_or("").size()));
  if (!in_file_) {
    fields_.emplace_back(head.name, "");
    return {};
  }
  if (!files_allowed_ && !head.file_name->empty())
    return fail({{head.name, "a form without files was expected", *head.file_name}}, "This address takes no files.");
  files_.push_back({.field = head.name, .name = *head.file_name, .content_type = head.content_type});
  return {};
}

Result<void> UploadCollector::open_file() {
  if (!files_allowed_)
    return fail({{files_.back().field, "a form without files was expected", ""}}, "This address takes no files.");
  std::error_code ec;
  std::filesystem::path folder = folder_.empty() ? std::filesystem::temp_directory_path(ec) : folder_;
  std::string name = (folder / "assay-upload-XXXXXX").string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);  // mode 0600
  if (descriptor_ < 0) return disk_failure("create");
  files_.back().path = name;
  files_.back().owner = std::make_shared<VanishingFile>(name);
  return {};
}

Result<void> UploadCollector::data(std::string_view bytes) {
  if (!in_file_) {
    CHECK(count_text(bytes.size()));
    fields_.back().second += bytes;
    return {};
  }
  if (descriptor_ < 0) CHECK(open_file());
  files_.back().size += bytes.size();
  while (!bytes.empty()) {
    ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return disk_failure("write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> UploadCollector::end() {
  if (!in_file_) {
    if (is_utf8(fields_.back().second)) return {};
    return fail({{fields_.back().first, "valid UTF-8 was expected", ""}}, "The form is not valid UTF-8.");
  }
  UploadedFile& file = files_.back();
  if (descriptor_ < 0 && file.name.empty()) {
    files_.pop_back();  // an input in which no file was chosen
    return {};
  }
  if (descriptor_ < 0) CHECK(open_file());  // an empty file
  int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) return disk_failure("close");
  return {};
}

Result<void> UploadCollector::count_text(std::size_t bytes) {
  if (bytes > text_left_) return fail(ErrorKind::limit, "The texts of the form are too long.");
  text_left_ -= bytes;
  return {};
}

void UploadCollector::move_into(Request& request) {
  request.parts = std::move(fields_);
  request.files = std::move(files_);
}

}  // namespace assay
