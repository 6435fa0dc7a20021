#include "kernel/service/blind_scores.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {
namespace {

// A row without a scenario names somebody who is waited for.
constexpr std::string_view insert_row =
    "insert into assay_blind_score (exercise, assessor, scenario, likelihood, impact, rationale, at) values (?, ?, ?, "
    "?, ?, ?, ?)";

Result<void> insert_score(Transaction& transaction, std::string_view exercise, std::string_view assessor,
                          const BlindScore& score) {
  const std::string now = transaction.now().iso();
  const Param params[] = {exercise,
                          assessor,
                          std::string_view(score.scenario),
                          score.likelihood,
                          score.impact,
                          std::string_view(score.rationale),
                          std::string_view(now)};
  CHECK(transaction.connection().run(insert_row, params));
  return {};
}

}  // namespace

std::size_t BlindState::waiting() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(assessors, [](const Assessor& assessor) { return !assessor.handed_in; }));
}

Result<BlindState> blind_state(const Reader& reader, std::string_view exercise, const std::vector<Id>& named) {
  BlindState state;
  for (const Id& person : named) state.assessors.push_back({person, false});
  const Param params[] = {exercise};
  CHECK(reader.connection().query(
      "select assessor, max(case when scenario <> '' then 1 else 0 end) from assay_blind_score where exercise = ? "
      "group by assessor order by assessor",
      params, [&](const Row& row) {
        auto found = std::ranges::find(state.assessors, row.text(0), &BlindState::Assessor::person);
        if (found == state.assessors.end()) found = state.assessors.insert(found, {Id(row.text(0)), false});
        found->handed_in = row.integer(1) == 1;
      }));
  return state;
}

Result<std::vector<BlindScore>> own_blind_scores(const Reader& reader, std::string_view exercise,
                                                 std::string_view assessor) {
  std::vector<BlindScore> out;
  const Param params[] = {exercise, assessor};
  CHECK(reader.connection().query(
      "select scenario, likelihood, impact, rationale from assay_blind_score where exercise = ? and assessor = ? and "
      "scenario <> '' order by scenario",
      params, [&](const Row& row) {
        out.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), std::string(row.text(3))});
      }));
  return out;
}

Result<void> store_blind_scores(Transaction& transaction, std::string_view exercise, const std::vector<Id>& named,
                                std::string_view assessor, const std::vector<BlindScore>& scores) {
  TRY(BlindState state, blind_state(transaction, exercise, named));
  if (state.complete())
    return fail(ErrorKind::conflict,
                "Everybody has handed in their scores: they are open now and do not change any more.");
  if (!state.begun()) {
    for (const Id& person : named) {
      const Param waited[] = {exercise, std::string_view(person)};
      CHECK(transaction.connection().run("delete from assay_blind_score where exercise = ? and assessor = ?", waited));
      CHECK(insert_score(transaction, exercise, person, {}));
    }
  }
  const Param own[] = {exercise, assessor};
  CHECK(transaction.connection().run(
      "delete from assay_blind_score where exercise = ? and assessor = ? and scenario <> ''", own));
  for (const BlindScore& score : scores) CHECK(insert_score(transaction, exercise, assessor, score));
  return transaction.note("blind_scores", fmt::format("{} {}", exercise, assessor), "hand_in", {},
                          fmt::format("{{\"scenarios\":{}}}", scores.size()));
}

Result<std::vector<UnsealedScore>> unsealed_scores(const Reader& reader, std::string_view exercise,
                                                   const std::vector<Id>& named) {
  TRY(BlindState state, blind_state(reader, exercise, named));
  if (!state.complete()) {
    return fail(ErrorKind::forbidden,
                fmt::format("{} of {} assessors have not handed in yet; nobody sees the scores before.",
                            state.waiting(), state.assessors.size()));
  }
  std::vector<UnsealedScore> out;
  const Param params[] = {exercise};
  CHECK(reader.connection().query(
      "select assessor, scenario, likelihood, impact, rationale from assay_blind_score where exercise = ? and scenario "
      "<> '' order by assessor, scenario",
      params, [&](const Row& row) {
        out.push_back(
            {Id(row.text(0)), {std::string(row.text(1)), row.integer(2), row.integer(3), std::string(row.text(4))}});
      }));
  return out;
}

}  // namespace assay
