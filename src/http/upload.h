// Takes the parts of a multipart form: texts into memory, files into temporary files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/multipart.h"

namespace assay {

class UploadCollector : public MultipartSink {
 public:
  // `text_limit` bounds the bytes of all text fields together, names included. Without `files_allowed` a part that
  // carries a file is refused; an input in which no file was chosen is not.
  UploadCollector(std::filesystem::path folder, std::uint64_t text_limit, bool files_allowed);
  ~UploadCollector() override;

  Result<void> begin(const PartHead& head) override;
  Result<void> data(std::string_view bytes) override;
  Result<void> end() override;

  // After the last part: hands everything over.
  void move_into(Request& request);

 private:
  Result<void> open_file();
  Result<void> count_text(std::size_t bytes);

  std::filesystem::path folder_;
  std::uint64_t text_left_;
  bool files_allowed_;
  bool in_file_ = false;
  int descriptor_ = -1;
  Fields fields_;
  std::vector<UploadedFile> files_;
};

}  // namespace assay
