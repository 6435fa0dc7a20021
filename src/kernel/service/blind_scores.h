// Scores given blind: sealed until everybody of an exercise has handed in theirs. No register, export, rule or call of
// the API reads them; docs/risk-method.md says who sees what when.
#pragma once

#include <string>
#include <vector>

#include "kernel/store/transaction.h"

namespace assay {

struct BlindScore {
  std::string scenario;
  std::int64_t likelihood = 0, impact = 0;
  std::string rationale;
};

// Who was asked and who has answered. Whoever is named when the first sheet comes in is waited for from then on: taking
// a name off the exercise later unseals nothing.
struct BlindState {
  struct Assessor {
    Id person;
    bool handed_in = false;
  };
  std::vector<Assessor> assessors;
  bool begun() const { return waiting() != assessors.size(); }
  bool complete() const { return !assessors.empty() && waiting() == 0; }
  std::size_t waiting() const;
};
// `named`: the assessors that the exercise names now.
Result<BlindState> blind_state(const Reader& reader, std::string_view exercise, const std::vector<Id>& named);

// The assessor's own sheet; empty before it was handed in.
Result<std::vector<BlindScore>> own_blind_scores(const Reader& reader, std::string_view exercise,
                                                 std::string_view assessor);
// Stores or replaces the sheet of one assessor. Error: conflict once everybody has handed in.
Result<void> store_blind_scores(Transaction& transaction, std::string_view exercise, const std::vector<Id>& named,
                                std::string_view assessor, const std::vector<BlindScore>& scores);

struct UnsealedScore {
  Id assessor;
  BlindScore score;
};
// Everybody's, by assessor and scenario. Error: forbidden while a sheet is missing, whoever asks.
Result<std::vector<UnsealedScore>> unsealed_scores(const Reader& reader, std::string_view exercise,
                                                   const std::vector<Id>& named);

}  // namespace assay
