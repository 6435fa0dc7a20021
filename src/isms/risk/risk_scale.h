// The risk method as forms and pictures need it: every level of both scales with its words, and the bands of the score.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isms/risk/risk_methodology.h"
#include "kernel/model/record.h"

namespace assay {

struct RiskLevel {
  std::int64_t level = 0;
  std::string name, meaning;  // empty where the method has no words for it

  // "4 – Likely", or "4".
  std::string words() const;
};

// How grave a score is: by the bands of the method, else by its threshold.
struct RiskBand {
  std::string name;
  double from = 0;   // scores from here on, up to the next band
  std::string tone;  // "good", "fair", "warn" or "bad"
};

struct RiskScale {
  RiskMethodology method;
  std::vector<RiskLevel> likelihoods, impacts;  // lowest first, without gaps
  std::vector<RiskBand> bands;                  // lowest first; never empty

  // `method`: a RiskMethodology as it is stored. Scales of more than 25 levels are cut there.
  static RiskScale of(const Record& method);

  const RiskBand& band(double score) const;
  // Nothing where the method names no threshold.
  std::optional<bool> is_above_threshold(double score) const;
  // The lowest and highest score that the scales can give.
  double least() const { return least_; }
  double most() const { return most_; }

 private:
  double least_ = 0, most_ = 0;
};

}  // namespace assay
