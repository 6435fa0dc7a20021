#include "isms/frameworks/gap_comparison.h"

#include <map>

#include "isms/frameworks/gap_questions.h"

namespace assay {
namespace {

GapChangeKind change_kind(const GapItem* before, const GapItem* after) {
  bool was = before && is_gap(before->result);
  bool is = after && is_gap(after->result);
  if (!was) return GapChangeKind::opened;
  if (!after) return GapChangeKind::remaining;
  if (!is) return GapChangeKind::closed;
  if (before->result == after->result) return GapChangeKind::remaining;
  return after->result == GapItemResult::partial ? GapChangeKind::better : GapChangeKind::worse;
}

}  // namespace

std::vector<GapChange> gap_changes(std::span<const GapItem> before, std::span<const GapItem> after) {
  std::map<std::string, std::pair<const GapItem*, const GapItem*>> by_key;
  for (const GapItem& item : before) by_key[gap_key(item)].first = &item;
  for (const GapItem& item : after) by_key[gap_key(item)].second = &item;
  std::vector<GapChange> out;
  for_each_gap_key([&](const std::string& key) {
    auto found = by_key.find(key);
    if (found == by_key.end()) return;
    auto [was, is] = found->second;
    bool concerns = (was && is_gap(was->result)) || (is && is_gap(is->result));
    if (concerns) out.push_back({key, change_kind(was, is), was, is});
  });
  return out;
}

}  // namespace assay
