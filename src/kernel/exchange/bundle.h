// The workspace bundle: one JSON file that holds an organisation (docs/bundle.md).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/record.h"

namespace assay {

inline constexpr std::string_view bundle_format = "assay-workspace/1";

struct Bundle {
  std::optional<Date> as_of;
  std::vector<Record> records;
};

struct BundleLimits {
  std::size_t bytes = 512UL << 20U;
  std::size_t depth = 32;
  std::size_t problems = 1000;  // reported at most
};

// Reads a bundle. Every unknown register or field, wrong type, bad choice value, missing or doubled id and dangling
// reference is a problem with "register id field" as place; all of them are reported at once and nothing is returned.
Result<Bundle> read_bundle(const Registry& registry, std::string_view json, const BundleLimits& limits = {});

// Required fields that are absent, and values outside their range: what a strict import refuses and a lenient one
// reports.
Problems incomplete(const Bundle& bundle);

// Shifts every date and instant by a number of days, so that an example keeps its freshness.
void shift_dates(Bundle& bundle, std::int64_t days);

// Writes a bundle piece by piece: head, then records of one register after another, then the tail.
class BundleWriter {
 public:
  explicit BundleWriter(std::optional<Date> as_of);
  // Text for the next record; registers must come one after another.
  void add(std::string& out, const Record& record);
  void finish(std::string& out);

 private:
  std::string head_;
  const EntityDef* current_ = nullptr;
};

}  // namespace assay
