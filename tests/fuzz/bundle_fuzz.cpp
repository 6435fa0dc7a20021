// Any bytes as a workspace bundle: JSON, then records against the registers. What was read must come back from our own
// writing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "isms/registers.h"
#include "kernel/exchange/bundle.h"
#include "kernel/model/json.h"

int fuzz_bundle(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  auto bundle = read_bundle(registers(), std::string_view(reinterpret_cast<const char*>(data), size),
                            {.bytes = 1 << 20, .depth = 32, .problems = 100});
  if (!bundle) {
    if (bundle.error().kind != ErrorKind::invalid && bundle.error().kind != ErrorKind::limit) std::abort();
    return 0;
  }
  BundleWriter writer(bundle->as_of);
  std::string out;
  for (const Record& record : bundle->records) writer.add(out, record);
  writer.finish(out);
  auto again = read_bundle(registers(), out);
  if (!again || again->records.size() != bundle->records.size()) std::abort();
  for (std::size_t i = 0; i < again->records.size(); ++i) {
    if (canonical_json(again->records[i]) != canonical_json(bundle->records[i])) std::abort();
  }
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_bundle(data, size); }
#endif
