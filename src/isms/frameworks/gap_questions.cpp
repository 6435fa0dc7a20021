#include "isms/frameworks/gap_questions.h"

#include <algorithm>

namespace assay {

std::string gap_key(GapItemDimension dimension, std::string_view ref) {
  bool bare_control = dimension == GapItemDimension::control && !ref.starts_with("A.");
  return (bare_control ? "A." : "") + std::string(ref);
}

bool is_gap_key(std::string_view key) {
  if (key.starts_with("A.")) return is_annex_a_ref(key.substr(2));
  return std::ranges::find(gap_clause_leaves, key) != std::end(gap_clause_leaves);
}

std::string gap_group(std::string_view key) {
  std::size_t from = key.starts_with("A.") ? 2 : 0;
  return std::string(key.substr(0, key.find('.', from)));
}

std::string_view gap_group_label(std::string_view group) {
  constexpr std::pair<std::string_view, std::string_view> labels[] = {{"4", "Context"},
                                                                      {"5", "Leadership"},
                                                                      {"6", "Planning"},
                                                                      {"7", "Support"},
                                                                      {"8", "Operation"},
                                                                      {"9", "Performance evaluation"},
                                                                      {"10", "Improvement"},
                                                                      {"A.5", "Organisational controls"},
                                                                      {"A.6", "People controls"},
                                                                      {"A.7", "Physical controls"},
                                                                      {"A.8", "Technological controls"}};
  for (const auto& [name, label] : labels) {
    if (name == group) return label;
  }
  return group;
}

bool is_gap(GapItemResult result) { return result == GapItemResult::partial || result == GapItemResult::absent; }

double GapTally::conformity() const {
  std::size_t applicable = asked - std::min(asked, not_applicable);
  return applicable == 0 ? 0 : static_cast<double>(conformant) / static_cast<double>(applicable);
}

void GapTally::add(GapItemResult result) {
  switch (result) {
    case GapItemResult::conformant: ++conformant; break;
    case GapItemResult::partial: ++partial; break;
    case GapItemResult::absent: ++absent; break;
    case GapItemResult::not_applicable: ++not_applicable; break;
  }
}

GapTally gap_tally(std::span<const GapItem> items, std::string_view group) {
  GapTally tally;
  for_each_gap_key([&](const std::string& key) { tally.asked += group.empty() || gap_group(key) == group; });
  for (const GapItem& item : items) {
    std::string key = gap_key(item);
    if (is_gap_key(key) && (group.empty() || gap_group(key) == group)) tally.add(item.result);
  }
  return tally;
}

}  // namespace assay
