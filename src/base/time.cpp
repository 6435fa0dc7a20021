#include "base/time.h"

#include <array>
#include <charconv>

namespace assay {
namespace {

using namespace std::chrono;

// Reads exactly `width` digits; nothing else is a number here.
bool digits(std::string_view text, std::size_t at, std::size_t width, int& out) {
  if (at + width > text.size()) return false;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  std::from_chars(text.data() + at, text.data() + at + width, out);
  return true;
}

void put(std::string& out, unsigned number, unsigned width) {
  std::array<char, 10> buffer{};
  for (unsigned i = width; i-- > 0; number /= 10) buffer[i] = static_cast<char>('0' + number % 10);
  out.append(buffer.data(), width);
}

}  // namespace

std::optional<Date> Date::parse(std::string_view iso) {
  int year_number = 0;
  int month_number = 0;
  int day_number = 0;
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-' || !digits(iso, 0, 4, year_number) ||
      !digits(iso, 5, 2, month_number) || !digits(iso, 8, 2, day_number) || year_number < 1) {
    return std::nullopt;
  }
  year_month_day parsed{year(year_number), month(static_cast<unsigned>(month_number)),
                        day(static_cast<unsigned>(day_number))};
  if (!parsed.ok()) return std::nullopt;
  return Date{sys_days(parsed)};
}

std::string Date::iso() const {
  year_month_day parts(days);
  std::string out;
  out.reserve(10);
  put(out, static_cast<unsigned>(static_cast<int>(parts.year())), 4);
  out += '-';
  put(out, static_cast<unsigned>(parts.month()), 2);
  out += '-';
  put(out, static_cast<unsigned>(parts.day()), 2);
  return out;
}

Date Date::plus_days(std::int64_t count) const { return Date{days + std::chrono::days(count)}; }

Date Date::plus_months(std::int64_t count) const {
  year_month_day shifted = year_month_day(days) + months(static_cast<int>(count));
  if (!shifted.ok()) shifted = shifted.year() / shifted.month() / last;
  return Date{sys_days(shifted)};
}

std::int64_t days_between(Date from, Date to) { return (to.days - from.days).count(); }

std::optional<Instant> Instant::parse(std::string_view iso) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (iso.size() != 20 || iso[10] != 'T' || iso[13] != ':' || iso[16] != ':' || iso[19] != 'Z' ||
      !digits(iso, 11, 2, hour) || !digits(iso, 14, 2, minute) || !digits(iso, 17, 2, second) || hour > 23 ||
      minute > 59 || second > 59) {
    return std::nullopt;
  }
  auto date = Date::parse(iso.substr(0, 10));
  if (!date) return std::nullopt;
  return Instant{date->days + hours(hour) + minutes(minute) + std::chrono::seconds(second)};
}

std::string Instant::iso() const {
  hh_mm_ss clock(seconds - floor<std::chrono::days>(seconds));
  std::string out = day().iso();
  out += 'T';
  put(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  put(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  put(out, static_cast<unsigned>(clock.seconds().count()), 2);
  out += 'Z';
  return out;
}

Date Instant::day() const { return Date{floor<std::chrono::days>(seconds)}; }

Instant SystemClock::now() const { return Instant{floor<std::chrono::seconds>(system_clock::now())}; }

}  // namespace assay
