#include "base/time.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }

TEST(Date, TextGoesBothWays) {
  for (std::string_view iso : {"0001-01-01", "1582-10-10", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29",
                               "2026-11-22", "9999-12-31"}) {
    auto parsed = Date::parse(iso);
    ASSERT_TRUE(parsed) << iso;
    EXPECT_EQ(parsed->iso(), iso);
  }
}

TEST(Date, LeapYears) {
  EXPECT_TRUE(Date::parse("2000-02-29"));   // divisible by 400
  EXPECT_FALSE(Date::parse("1900-02-29"));  // by 100 only
  EXPECT_FALSE(Date::parse("2100-02-29"));
  EXPECT_TRUE(Date::parse("2024-02-29"));
  EXPECT_FALSE(Date::parse("2023-02-29"));
  EXPECT_FALSE(Date::parse("2024-02-30"));
}

TEST(Date, OnlyTheExactFormOfAnExistingDay) {
  for (std::string_view bad : {"",
                               "2026",
                               "2026-1-01",
                               "2026-01-1",
                               "26-01-01",
                               "2026/01/01",
                               "20260101",
                               "2026-00-01",
                               "2026-13-01",
                               "2026-01-00",
                               "2026-01-32",
                               "2026-04-31",
                               "2026-06-31",
                               "0000-01-01",
                               "-001-01-01",
                               "+026-01-01",
                               "2026-01-01 ",
                               " 2026-01-01",
                               "2026-01-01T00:00:00Z",
                               "2026-0a-01",
                               "2026-01-0x",
                               "202 -01-01",
                               "2026- 1-01",
                               "12026-01-01",
                               "2026-01-\xd9\xa1"}) {
    EXPECT_FALSE(Date::parse(bad)) << bad;
  }
  EXPECT_FALSE(Date::parse(std::string_view("2026-01-0\0", 10)));
}

TEST(Date, PlusDays) {
  EXPECT_EQ(day("2026-12-31").plus_days(1), day("2027-01-01"));
  EXPECT_EQ(day("2024-03-01").plus_days(-1), day("2024-02-29"));
  EXPECT_EQ(day("2023-03-01").plus_days(-1), day("2023-02-28"));
  EXPECT_EQ(day("2026-01-01").plus_days(0), day("2026-01-01"));
  EXPECT_EQ(day("1970-01-01").plus_days(-719162), day("0001-01-01"));
}

TEST(Date, PlusMonthsClampsToTheLastDay) {
  EXPECT_EQ(day("2026-01-31").plus_months(1), day("2026-02-28"));
  EXPECT_EQ(day("2024-01-31").plus_months(1), day("2024-02-29"));
  EXPECT_EQ(day("2026-03-31").plus_months(1), day("2026-04-30"));
  EXPECT_EQ(day("2026-03-31").plus_months(-1), day("2026-02-28"));
  EXPECT_EQ(day("2024-02-29").plus_months(12), day("2025-02-28"));
  EXPECT_EQ(day("2024-02-29").plus_months(48), day("2028-02-29"));
  EXPECT_EQ(day("2026-12-15").plus_months(1), day("2027-01-15"));
  EXPECT_EQ(day("2026-01-15").plus_months(-1), day("2025-12-15"));
  EXPECT_EQ(day("2026-05-31").plus_months(0), day("2026-05-31"));
  EXPECT_EQ(day("2026-05-31").plus_months(36), day("2029-05-31"));
}

TEST(Date, DaysBetween) {
  EXPECT_EQ(days_between(day("2026-01-01"), day("2026-01-01")), 0);
  EXPECT_EQ(days_between(day("2024-02-28"), day("2024-03-01")), 2);
  EXPECT_EQ(days_between(day("2023-02-28"), day("2023-03-01")), 1);
  EXPECT_EQ(days_between(day("2026-03-01"), day("2026-02-01")), -28);
  EXPECT_EQ(days_between(day("0001-01-01"), day("9999-12-31")), 3652058);
}

TEST(Date, Order) {
  EXPECT_LT(day("2025-12-31"), day("2026-01-01"));
  EXPECT_EQ(Date{}, day("1970-01-01"));
}

// Every day of a Gregorian cycle of 400 years has one text, and its text gives it back.
TEST(Date, WholeCycle) {
  Date date = day("1900-01-01");
  std::string last;
  for (int i = 0; i < 146097; ++i, date = date.plus_days(1)) {
    std::string iso = date.iso();
    ASSERT_LT(last, iso);
    ASSERT_EQ(Date::parse(iso), date);
    last = iso;
  }
  EXPECT_EQ(date, day("2300-01-01"));
}

TEST(Instant, TextGoesBothWays) {
  for (std::string_view iso : {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
                               "2024-02-29T12:34:56Z", "9999-12-31T23:59:59Z"}) {
    auto parsed = Instant::parse(iso);
    ASSERT_TRUE(parsed) << iso;
    EXPECT_EQ(parsed->iso(), iso);
  }
  EXPECT_EQ(Instant::parse("2026-11-22T00:00:01Z")->seconds.time_since_epoch().count(), 1795305601);
}

TEST(Instant, DayIsTheUtcDayAlsoBefore1970) {
  EXPECT_EQ(Instant::parse("1969-12-31T23:59:59Z")->day(), day("1969-12-31"));
  EXPECT_EQ(Instant::parse("1970-01-01T00:00:00Z")->day(), day("1970-01-01"));
  EXPECT_EQ(Instant::parse("2026-11-22T23:59:59Z")->day(), day("2026-11-22"));
}

TEST(Instant, OnlyTheExactForm) {
  for (std::string_view bad :
       {"", "2026-11-22", "2026-11-22T10:00Z", "2026-11-22 10:00:00Z", "2026-11-22t10:00:00Z", "2026-11-22T10:00:00z",
        "2026-11-22T10:00:00", "2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00.0Z", "2026-11-22T24:00:00Z",
        "2026-11-22T10:60:00Z", "2026-11-22T23:59:60Z", "2026-02-30T10:00:00Z", "2026-11-22T1a:00:00Z",
        "2026-11-22T10:-1:00Z", "2026-11-22T10.00.00Z", "0000-11-22T10:00:00Z", "2026-11-22T10:00: 0Z"}) {
    EXPECT_FALSE(Instant::parse(bad)) << bad;
  }
}

TEST(Clock, FixedClockStandsStill) {
  FixedClock clock(Instant::parse("2026-11-22T23:59:59Z").value());
  EXPECT_EQ(clock.now().iso(), "2026-11-22T23:59:59Z");
  EXPECT_EQ(clock.today(), day("2026-11-22"));
  clock.set(Instant::parse("2027-01-01T00:00:00Z").value());
  EXPECT_EQ(clock.today(), day("2027-01-01"));
}

TEST(Clock, SystemClockIsNow) {
  SystemClock clock;
  Instant first = clock.now();
  EXPECT_GT(first.day(), day("2025-01-01"));
  EXPECT_LE(first, clock.now());
}

}  // namespace
}  // namespace assay
