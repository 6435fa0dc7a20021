#include "http/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {

void Metrics::served(int status, std::chrono::microseconds took) {
  by_class_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, std::memory_order_relaxed);
  microseconds_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
  double milliseconds = static_cast<double>(took.count()) / 1000.0;
  auto bucket = std::lower_bound(bounds_ms.begin(), bounds_ms.end(), milliseconds) - bounds_ms.begin();
  buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
}

std::string Metrics::text(const std::function<void(std::string&)>& extra) const {
  std::string out =
      "# HELP assay_requests_total Requests answered, by class of status.\n# TYPE assay_requests_total counter\n";
  for (std::size_t i = 1; i < by_class_.size(); ++i)
    out += fmt::format("assay_requests_total{{status=\"{}xx\"}} {}\n", i, by_class_[i].load());
  out += "# HELP assay_request_seconds Time to answer.\n# TYPE assay_request_seconds histogram\n";
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < bounds_ms.size(); ++i) {
    total += buckets_[i].load();
    out += fmt::format("assay_request_seconds_bucket{{le=\"{}\"}} {}\n", bounds_ms[i] / 1000.0, total);
  }
  total += buckets_.back().load();
  out += fmt::format(
      "assay_request_seconds_bucket{{le=\"+Inf\"}} {}\nassay_request_seconds_sum {}\nassay_request_seconds_count {}\n",
      total, static_cast<double>(microseconds_.load()) / 1e6, total);
  if (extra) extra(out);
  return out;
}

}  // namespace assay
