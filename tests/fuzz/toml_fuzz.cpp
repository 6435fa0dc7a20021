// Any text as the configuration: what is taken are settings of the table, everything else is told with its line.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cli/settings.h"

int fuzz_toml(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  auto values = parse_settings(std::string_view(reinterpret_cast<const char*>(data), size), "assay.toml");
  if (!values) {
    if (values.error().problems.empty()) std::abort();
    return 0;
  }
  for (const auto& [key, value] : *values) {
    auto known =
        std::ranges::any_of(all_settings(), [&key = key](const Setting& setting) { return setting.key == key; });
    if (!known) std::abort();
  }
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_toml(data, size); }
#endif
