// What every connection promises, on each engine: questions, and writes that are on their way.
#include <gtest/gtest.h>

#include "store/place.h"

namespace assay {
namespace {

class EachConnection : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    place_ = std::make_unique<Place>(GetParam());
    workspace_ = place_->make("connection");
    connect_anew(false);
  }
  void connect_anew(bool plans_for_question) {
    connection_ = must(workspace_->connect(false));
    if (plans_for_question) connection_->plan_for_question();
  }
  Connection& connection() { return *connection_; }
  std::string day() { return must(connection().one_text("select as_of()")).value_or("none"); }
  std::int64_t limit() { return must(connection().one_integer("select cast(p('limit') as bigint)")).value_or(-1); }
  std::int64_t count() { return must(connection().one_integer("select count(*) from assay_setting")).value_or(-1); }
  Result<void> post(std::string_view name) {
    Param params[] = {name};
    return connection().post("insert into assay_setting (name, value) values (?, 'posted')", params);
  }

 private:
  std::unique_ptr<Place> place_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<Connection> connection_;
};
INSTANTIATE_TEST_SUITE_P(Engines, EachConnection, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

Question question(std::string_view day, double limit) { return {*Date::parse(day), {{"limit", limit}}}; }

TEST_P(EachConnection, AStatementThatIsKeptAnswersTheQuestionOfTheDay) {
  for (bool plans_for_question : {false, true}) {
    connect_anew(plans_for_question);
    must(connection().ask(question("2026-01-01", 1)));
    EXPECT_EQ(day(), "2026-01-01");
    EXPECT_EQ(limit(), 1);
    must(connection().ask(question("2026-01-02", 1)));
    EXPECT_EQ(day(), "2026-01-02");
    must(connection().ask(question("2026-01-02", 2)));
    EXPECT_EQ(limit(), 2);
    must(connection().ask(question("2026-01-02", 2)));
    EXPECT_EQ(limit(), 2);
    EXPECT_EQ(day(), "2026-01-02");
  }
}

TEST_P(EachConnection, AViewMadeBeforeTheQuestionAnswersIt) {
  for (bool plans_for_question : {false, true}) {
    connect_anew(plans_for_question);
    must(
        connection().script("create temp view asked as select 'as_of()' as words, as_of() as day, p('limit') as most"));
    for (int i = 1; i <= 2; ++i) {
      must(connection().ask(question(i == 1 ? "2026-01-01" : "2026-01-02", i)));
      std::string row = must(connection().one_text("select words || day || cast(most as int) from asked")).value_or("");
      EXPECT_EQ(row.substr(0, 18), i == 1 ? "as_of()2026-01-011" : "as_of()2026-01-022");
    }
  }
}

TEST_P(EachConnection, AQuestionAskedInATransactionThatIsUndoneCanBeAskedAgain) {
  for (bool plans_for_question : {false, true}) {
    connect_anew(plans_for_question);
    must(connection().ask(question("2026-01-01", 1)));
    must(connection().begin_read());
    must(connection().ask(question("2026-02-01", 2)));
    EXPECT_EQ(day(), "2026-02-01");
    connection().rollback();
    must(connection().begin_write());
    must(connection().ask(question("2026-03-01", 3)));
    EXPECT_EQ(day(), "2026-03-01");
    connection().rollback();
    for (int i = 1; i <= 3; ++i) {
      must(connection().ask(question(i % 2 ? "2026-03-01" : "2026-02-01", i)));
      EXPECT_EQ(day(), i % 2 ? "2026-03-01" : "2026-02-01");
      EXPECT_EQ(limit(), i);
    }
  }
}

TEST_P(EachConnection, WhatWasPostedIsThereForWhatFollows) {
  const std::int64_t before = count();
  must(connection().begin_write());
  for (int i = 0; i < 1000; ++i) {
    must(post("posted " + std::to_string(i)));
    if (i % 300 == 0) {
      EXPECT_EQ(count(), before + i + 1);
    }
  }
  must(connection().commit());
  EXPECT_EQ(count(), before + 1000);
}

TEST_P(EachConnection, AFailureOfWhatWasPostedIsToldByTheCommitAtTheLatest) {
  const std::int64_t before = count();
  must(connection().begin_write());
  Result<void> done = post("twice");
  if (done) done = post("twice");
  if (done) done = post("another");
  if (done) done = connection().commit();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::conflict);
  connection().rollback();
  EXPECT_EQ(count(), before);
  must(connection().begin_write());
  must(post("twice"));
  must(connection().settle());
  must(connection().commit());
  EXPECT_EQ(count(), before + 1);
}

TEST_P(EachConnection, AQueryTellsTheFailureOfWhatWasPostedBeforeIt) {
  must(connection().begin_write());
  Result<void> done = post("twice");
  if (done) done = post("twice");
  if (done) done = connection().query("select 1", {}, [](const Row&) { ADD_FAILURE() << "nothing is answered"; });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::conflict);
  connection().rollback();
}

}  // namespace
}  // namespace assay
