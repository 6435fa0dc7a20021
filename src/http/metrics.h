// Counters in the Prometheus text format for /metrics.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace assay {

class Metrics {
 public:
  void served(int status, std::chrono::microseconds took);
  // Text of all counters; `extra` adds lines of its own (gauges read on demand).
  std::string text(const std::function<void(std::string&)>& extra = {}) const;

 private:
  static constexpr std::array<double, 10> bounds_ms = {0.5, 1, 2, 3, 5, 10, 15, 50, 250, 1000};
  std::array<std::atomic<std::uint64_t>, 6> by_class_{};  // 1xx … 5xx at their first digit
  std::array<std::atomic<std::uint64_t>, bounds_ms.size() + 1> buckets_{};
  std::atomic<std::uint64_t> microseconds_{0};
};

}  // namespace assay
