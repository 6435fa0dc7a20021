// multipart/form-data, differentially: the same bytes in one piece, byte by byte and in odd pieces must give the same
// parts and the same outcome. The corpus is replayed by tests/http/multipart_test.cpp.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/multipart.h"

namespace {

using namespace assay;

class Recorder : public MultipartSink {
 public:
  Result<void> begin(const PartHead& head) override {
    seen += "[" + head.name + "|" + head.file_name.value_or("-none-") + "|" + head.content_type + "]";
    return {};
  }
  Result<void> data(std::string_view bytes) override {
    seen += bytes;
    return {};
  }
  Result<void> end() override {
    seen += "(end)";
    return {};
  }
  std::string seen;
};

// What was seen and how it ended, when the input comes in pieces of `size` bytes.
std::string outcome(std::string_view bytes, std::size_t size) {
  Recorder recorder;
  MultipartParser parser("b", recorder, {.max_parts = 8, .max_head = 200});
  Result<void> went;
  while (went && !bytes.empty()) {
    std::size_t count = bytes.size() < size ? bytes.size() : size;
    went = parser.feed(bytes.substr(0, count));
    bytes.remove_prefix(count);
  }
  if (went) went = parser.finish();
  return recorder.seen + (went ? " ok" : " " + went.error().text());
}

}  // namespace

int fuzz_multipart(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string whole = outcome(bytes, size ? size : 1);
  for (std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{16}}) {
    if (outcome(bytes, piece) != whole) std::abort();
  }
  (void)multipart_boundary(bytes);
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_multipart(data, size); }
#endif
