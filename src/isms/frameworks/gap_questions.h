// The questions of a gap analysis: the clause leaves of 4 to 10 and the controls of Annex A, and how far they are
// answered.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isms/frameworks/annex_a_control.h"
#include "isms/frameworks/gap_item.h"

namespace assay {

// The clauses that have no clauses below them, in the order of the standard.
inline constexpr std::string_view gap_clause_leaves[] = {
    "4.1", "4.2", "4.3", "4.4",   "5.1",   "5.2",   "5.3",   "6.1.1", "6.1.2", "6.1.3",
    "6.2", "6.3", "7.1", "7.2",   "7.3",   "7.4",   "7.5.1", "7.5.2", "7.5.3", "8.1",
    "8.2", "8.3", "9.1", "9.2.1", "9.2.2", "9.3.1", "9.3.2", "9.3.3", "10.1",  "10.2"};
inline constexpr std::size_t gap_question_count = std::size(gap_clause_leaves) + annex_a_size;

// "6.1.2" for a clause, "A.8.13" for a control: clause 5.1 and control 5.1 are two questions.
std::string gap_key(GapItemDimension dimension, std::string_view ref);
inline std::string gap_key(const GapItem& item) { return gap_key(item.dimension, item.ref); }
bool is_gap_key(std::string_view key);
// "4" to "10" for clauses, "A.5" to "A.8" for controls.
std::string gap_group(std::string_view key);
inline constexpr std::string_view gap_groups[] = {"4", "5", "6", "7", "8", "9", "10", "A.5", "A.6", "A.7", "A.8"};
std::string_view gap_group_label(std::string_view group);  // "Leadership"; "Organisational controls"

// Calls `each` with the key of every question, in the order of the standard.
inline constexpr int gap_theme_sizes[] = {37, 8, 14, 34};  // A.5 to A.8
template <class Each>
void for_each_gap_key(const Each& each) {
  for (std::string_view leaf : gap_clause_leaves) each(std::string(leaf));
  for (int theme = 0; theme < 4; ++theme) {
    for (int i = 1; i <= gap_theme_sizes[theme]; ++i) each("A." + std::to_string(5 + theme) + "." + std::to_string(i));
  }
}

bool is_gap(GapItemResult result);  // partly or not met

// How many questions have which answer.
struct GapTally {
  std::size_t asked = 0, conformant = 0, partial = 0, absent = 0, not_applicable = 0;
  std::size_t answered() const { return conformant + partial + absent + not_applicable; }
  std::size_t gaps() const { return partial + absent; }
  // Share of the applicable questions that are met; what is not answered counts as not met.
  double conformity() const;
  void add(GapItemResult result);
};
// Of all questions; with `group`, of those of one group.
GapTally gap_tally(std::span<const GapItem> items, std::string_view group = {});

}  // namespace assay
