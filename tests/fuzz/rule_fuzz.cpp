// Any text as a rule file and as the parameters file: refused with places, or complete.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kernel/rules/rule.h"

int fuzz_rule(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto rule = parse_rule("C4.1-01.sql", text);
  if (rule && (rule->id.empty() || rule->title.empty() || rule->sql.empty())) std::abort();
  if (!rule && rule.error().problems.empty()) std::abort();
  SourceFile files[] = {{"C4.1-01.sql", text}, {"views/a.sql", text}, {"parameters.csv", text}};
  RuleSet rules = RuleSet::load(files);
  for (const Rule& each : rules.rules) {
    if (each.id.empty()) std::abort();
    (void)each.refs();
    (void)each.controls();
    (void)each.clause();
  }
  return 0;
}

#ifdef ASSAY_FUZZ
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return fuzz_rule(data, size); }
#endif
