// Days, instants and the clock. Code asks the clock it was given; tests and forecasts give another.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

// A calendar day, without a time zone. Text form: YYYY-MM-DD (years 0001 to 9999).
struct Date {
  std::chrono::sys_days days{};

  static std::optional<Date> parse(std::string_view iso);  // only the exact form of an existing day
  std::string iso() const;
  Date plus_days(std::int64_t count) const;
  Date plus_months(std::int64_t count) const;  // calendar months, clamped to the last day of the month
  friend auto operator<=>(const Date&, const Date&) = default;
};

// Days from `from` to `to`; negative when `to` is earlier.
std::int64_t days_between(Date from, Date to);

// A second in UTC. Text form: YYYY-MM-DDTHH:MM:SSZ.
struct Instant {
  std::chrono::sys_seconds seconds{};

  static std::optional<Instant> parse(std::string_view iso);
  std::string iso() const;
  Date day() const;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today() const { return now().day(); }
};

class SystemClock : public Clock {
 public:
  Instant now() const override;
};

class FixedClock : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }
  void set(Instant at) { at_ = at; }

 private:
  Instant at_;
};

}  // namespace assay
