#include "kernel/rules/rehearsal.h"

#include <algorithm>
#include <tuple>

#include "kernel/rules/finding_history.h"

namespace assay {
namespace {

// "A.5.18" -> {1, {5, 18}}, "6.1.2 c" -> {0, {6, 1, 2}}, what is neither -> {2, {}}.
std::pair<int, std::vector<int>> place_of(std::string_view ref) {
  int part = ref.starts_with("A.") ? 1 : 0;
  if (part == 1) ref.remove_prefix(2);
  std::vector<int> numbers;
  bool in_number = false;
  for (char c : ref) {
    if (c >= '0' && c <= '9') {
      if (!in_number) numbers.push_back(0);
      if (numbers.back() < 100'000) numbers.back() = numbers.back() * 10 + (c - '0');
      in_number = true;
    } else if (c == '.' && in_number) {
      in_number = false;
    } else {
      break;
    }
  }
  if (numbers.empty()) part = 2;
  return {part, numbers};
}

using FindingsByKey = std::map<FindingKey, const RehearsalFinding*>;

FindingsByKey by_key(const Rehearsal& rehearsal) {
  FindingsByKey out;
  for (const RehearsalFinding& finding : rehearsal.findings)
    out.emplace(FindingKey{finding.rule, finding.kind, finding.subject}, &finding);
  return out;
}

}  // namespace

bool before_in_standard(std::string_view ref, std::string_view other) {
  return std::tuple(place_of(ref), ref) < std::tuple(place_of(other), other);
}

RehearsalComparison compare(const Rehearsal& before, const Rehearsal& after) {
  RehearsalComparison out;
  FindingsByKey earlier = by_key(before);
  for (const RehearsalFinding& finding : after.findings) {
    auto found = earlier.find({finding.rule, finding.kind, finding.subject});
    if (found == earlier.end()) {
      out.appeared.push_back(&finding);
      continue;
    }
    if (found->second->finding_class == finding.finding_class) out.same.push_back(&finding);
    else out.changed.push_back({found->second, &finding});
    earlier.erase(found);
  }
  // In the order of the earlier report.
  for (const RehearsalFinding& finding : before.findings) {
    if (!earlier.contains({finding.rule, finding.kind, finding.subject})) continue;
    bool judged =
        std::ranges::find(after.not_evaluated, finding.rule, &NotEvaluated::rule) == after.not_evaluated.end();
    (judged ? out.gone : out.not_judged).push_back(&finding);
  }
  return out;
}

}  // namespace assay
