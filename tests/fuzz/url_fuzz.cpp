// Any bytes as a request target and as list parameters: what decodes is UTF-8, and encodes and decodes to itself.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http/message.h"
#include "isms/registers.h"
#include "kernel/store/query.h"

int fuzz_url(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  std::string text(reinterpret_cast<const char*>(data), size);
  auto pairs = parse_pairs(text, 100);
  if (pairs) {
    if (pairs->size() > 100 || parse_pairs(join_pairs(*pairs)) != pairs) std::abort();
    for (const auto& [name, value] : *pairs) {
      if (!is_utf8(name) || !is_utf8(value) || value.find('\0') != std::string::npos) std::abort();
    }
    auto query = parse_list_query(*registers().find("risk"), *pairs);
    if (query && (query->limit == 0 || query->limit > 500)) std::abort();
  }
  if (auto decoded = percent_decode(text); decoded && percent_decode(percent_encode(*decoded)) != decoded) std::abort();
  Request request;
  if (request.set_target("/" + text) && !request.path.starts_with('/')) std::abort();
  request.headers = {{"Cookie", text}, {"Content-Type", text}, {"Accept-Encoding", text}};
  (void)request.cookie("a");
  (void)request.content_type();
  (void)request.accepts_encoding("gzip");
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_url(data, size); }
#endif
