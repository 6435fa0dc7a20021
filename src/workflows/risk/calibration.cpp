#include "workflows/risk/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/controls/evidence.h"
#include "isms/risk/method_levels.h"
#include "workflows/records.h"

namespace assay {
namespace {

std::vector<Id> named_assessors(const CalibrationExercise& exercise) {
  std::vector<Id> out;
  for (const Ref<Person>& assessor : exercise.assessors) out.push_back(assessor.id);
  return out;
}

// The sheets of an exercise without scenarios of its own were kept elsewhere: its scores were typed in.
bool is_sealed(const CalibrationExercise& exercise, const BlindState& state) {
  return state.begun() ? !state.complete() : exercise.is_open();
}

Result<void> demand_assessor(const Principal& principal, const CalibrationExercise& exercise) {
  if (principal.read_only || !exercise.names_assessor(principal.person)) {
    return Failure(Error{ErrorKind::forbidden,
                         "Only the assessors of the exercise score its scenarios.",
                         {},
                         {},
                         "the assessors that the exercise names"});
  }
  return {};
}

Problems wrong_scores(const CalibrationExercise& exercise, const RiskMethodology& method,
                      const std::vector<BlindScore>& sheet) {
  Problems problems;
  for (std::size_t n = 0; n < exercise.scenarios.size(); ++n) {
    auto found = std::ranges::find(sheet, exercise.scenarios[n].name, &BlindScore::scenario);
    if (found == sheet.end()) continue;
    if (!method.likelihood_on_scale(found->likelihood)) {
      problems.push_back({fmt::format("{}.likelihood", n),
                          fmt::format("choose a level from {} to {}", method.likelihood_min, method.likelihood_max),
                          std::to_string(found->likelihood)});
    }
    if (!method.impact_on_scale(found->impact)) {
      problems.push_back({fmt::format("{}.impact", n),
                          fmt::format("choose a level from {} to {}", method.impact_min, method.impact_max),
                          std::to_string(found->impact)});
    }
    if (utf8_length(found->rationale) > 2000)
      problems.push_back({fmt::format("{}.rationale", n), "is at most 2,000 characters long", ""});
  }
  if (sheet.empty()) problems.push_back({"", "Score at least one scenario.", ""});
  for (const BlindScore& score : sheet) {
    if (std::ranges::find(exercise.scenarios, score.scenario, &CalibrationScenario::name) == exercise.scenarios.end()) {
      problems.push_back({"", "The exercise has no such scenario. Reload the page.", shorten(score.scenario, 60)});
    }
  }
  return problems;
}

// Everybody is in: the product writes the scores, since no assessor needs the right to change the exercise.
Result<bool> open_scores(const RegisterService& registers, std::string_view id) {
  bool open = false;
  CHECK(registers.workspace().write(Principal::product("calibration"), [&](Transaction& transaction) -> Result<void> {
    TRY(Record record, transaction.read(CalibrationExercise::def(), id));
    CalibrationExercise exercise = decode<CalibrationExercise>(record);
    TRY(BlindState state, blind_state(transaction, id, named_assessors(exercise)));
    if (!state.complete()) return {};
    open = true;
    TRY(auto sheets, unsealed_scores(transaction, id, named_assessors(exercise)));
    exercise.scores.clear();
    for (const CalibrationScenario& scenario : exercise.scenarios) {
      for (const UnsealedScore& item : sheets) {
        if (item.score.scenario == scenario.name)
          exercise.scores.push_back({scenario.name, {item.assessor}, item.score.likelihood, item.score.impact});
      }
    }
    // Whoever handed in belongs to the result, even when somebody has taken the name off since.
    exercise.assessors.clear();
    for (const BlindState::Assessor& assessor : state.assessors) exercise.assessors.push_back({assessor.person});
    const Record wanted = encode(exercise);
    CHECK(registers.make_in(
        transaction,
        ProposedChange{.def = &CalibrationExercise::def(),
                       .id = Id(id),
                       .step = {},
                       .values = patch_of(CalibrationExercise::def(),
                                          {{"scores", wanted.at("scores")}, {"assessors", wanted.at("assessors")}}),
                       .reason = fmt::format("All {} assessors have handed in their scores", state.assessors.size())}));
    return {};
  }));
  return open;
}

}  // namespace

std::vector<CalibrationScenario> proposed_scenarios() {
  return {
      {"Takeover of an administrator's account",
       "An outsider gets the password of an administrator by a forged sign-in page. No second factor protects the "
       "console from which all servers are run."},
      {"Malware encrypts the file server",
       "An employee opens an infected attachment. The malware spreads over shared drives; the latest backup that is "
       "known to work is a day old."},
      {"Laptop with customer data is lost",
       "A laptop is left on a train. Its disk is encrypted, but a printed list of customers lies in the same bag."},
      {"Data sent to the wrong recipient",
       "A report with personal data of some dozen customers goes to the wrong e-mail address by autocompletion."},
      {"Provider of a critical service fails",
       "The provider that hosts the main application is unavailable for two days. There is no second provider and no "
       "tested way to work without it."},
  };
}

Result<Record> plan_calibration(const RegisterService& registers, const Principal& principal, Record record) {
  const CalibrationExercise exercise = decode<CalibrationExercise>(record);
  Problems problems;
  if (exercise.assessors.size() < 2)
    problems.push_back({"assessors", "must name at least two persons: one alone agrees with nobody", ""});
  if (exercise.scenarios.size() < 2)
    problems.push_back({"scenarios", "must be at least two; ten or more give figures to rely on", ""});
  if (!exercise.methodology.id.empty()) {
    if (auto method = registers.read(principal, RiskMethodology::def(), exercise.methodology.id)) {
      if (reachable_levels(decode<RiskMethodology>(*method)).empty())
        problems.push_back(
            {"methodology", "must have scales and a formula before it is tried out", exercise.methodology.id});
    }
  }
  if (!problems.empty())
    return fail(std::move(problems), "The exercise was not planned: some fields need another look.");
  return registers.create(principal, std::move(record));
}

Result<CalibrationView> calibration_view(const RegisterService& registers, const Principal& principal,
                                         std::string_view id) {
  TRY(auto reader, registers.workspace().read());
  TRY(Record record, reader->read(CalibrationExercise::def(), id));
  CalibrationView view;
  view.exercise = decode<CalibrationExercise>(record);
  view.version = record.version;
  view.may_score = demand_assessor(principal, view.exercise).has_value();
  if (Decision decision = may(principal, Action::see, CalibrationExercise::def(), &record);
      !decision && !view.may_score)
    return Failure(decision.refusal());
  TRY(Record method, reader->read(RiskMethodology::def(), view.exercise.methodology.id));
  view.method = decode<RiskMethodology>(method);
  TRY(view.state, blind_state(*reader, id, named_assessors(view.exercise)));
  view.sealed = is_sealed(view.exercise, view.state);
  if (view.sealed) {
    view.exercise.scores.clear();
    view.exercise.agreement.clear();
    view.exercise.max_spread = 0;
    return view;
  }
  // Imported exercises bring scores without figures.
  if (!view.exercise.scores.empty()) view.exercise.agreement = agreement_of(view.exercise, &view.method);
  if (view.state.complete()) {
    TRY(view.rationales, unsealed_scores(*reader, id, named_assessors(view.exercise)));
  }
  return view;
}

Result<std::vector<CalibrationView>> calibration_views(const RegisterService& registers, const Principal& principal) {
  std::set<Id> ids;
  auto seen = records_of(registers, principal, CalibrationExercise::def());
  for (const Record& record : seen ? *seen : std::vector<Record>()) ids.insert(record.id);
  if (!principal.person.empty()) {
    TRY(auto reader, registers.workspace().read());
    for (const Record& record : reader->where(CalibrationExercise::def(), "assessors", principal.person))
      ids.insert(record.id);
  }
  if (!seen && ids.empty()) return Failure(seen.error());
  std::vector<CalibrationView> views;
  for (const Id& id : ids) {
    TRY(CalibrationView view, calibration_view(registers, principal, id));
    views.push_back(std::move(view));
  }
  std::ranges::stable_sort(views, std::greater(), [](const CalibrationView& view) { return view.exercise.held_on; });
  return views;
}

Result<std::vector<BlindScore>> own_sheet(const RegisterService& registers, const Principal& principal,
                                          std::string_view id) {
  TRY(auto reader, registers.workspace().read());
  TRY(Record record, reader->read(CalibrationExercise::def(), id));
  CHECK(demand_assessor(principal, decode<CalibrationExercise>(record)));
  return own_blind_scores(*reader, id, principal.person);
}

Result<bool> hand_in(const RegisterService& registers, const Principal& principal, std::string_view id,
                     const std::vector<BlindScore>& sheet) {
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(Record record, transaction.read(CalibrationExercise::def(), id));
    const CalibrationExercise exercise = decode<CalibrationExercise>(record);
    CHECK(demand_assessor(principal, exercise));
    TRY(BlindState state, blind_state(transaction, id, named_assessors(exercise)));
    if (!is_sealed(exercise, state))
      return fail(ErrorKind::conflict, "The scores of this exercise are open and do not change any more.");
    TRY(Record method, transaction.read(RiskMethodology::def(), exercise.methodology.id));
    if (Problems problems = wrong_scores(exercise, decode<RiskMethodology>(method), sheet); !problems.empty()) {
      return fail(std::move(problems), "The scores were not handed in: some need another look.");
    }
    return store_blind_scores(transaction, id, named_assessors(exercise), principal.person, sheet);
  }));
  return open_scores(registers, id);
}

Result<Record> settle(const RegisterService& registers, const Principal& principal, std::string_view id,
                      const CalibrationReconciliation& agreed) {
  TRY(CalibrationView view, calibration_view(registers, principal, id));
  if (view.sealed) return fail(ErrorKind::conflict, "Scores are still coming in; there is nothing to settle yet.");
  CalibrationExercise& exercise = view.exercise;
  Problems problems;
  const bool known = std::ranges::any_of(
      exercise.scores, [&](const CalibrationScore& score) { return score.scenario == agreed.scenario; });
  if (!known) problems.push_back({"scenario", "must be a scenario of this exercise", shorten(agreed.scenario, 60)});
  if (!view.method.likelihood_on_scale(agreed.likelihood))
    problems.push_back({"likelihood",
                        fmt::format("must lie from {} to {}", view.method.likelihood_min, view.method.likelihood_max),
                        std::to_string(agreed.likelihood)});
  if (!view.method.impact_on_scale(agreed.impact))
    problems.push_back({"impact", fmt::format("must lie from {} to {}", view.method.impact_min, view.method.impact_max),
                        std::to_string(agreed.impact)});
  if (is_blank(agreed.reason))
    problems.push_back({"reason", "Say what the difference came from and why you agree on this.", ""});
  if (!problems.empty())
    return fail(std::move(problems), "The difference was not settled: some entries need another look.");
  const Date today = registers.workspace().clock().today();
  std::erase_if(exercise.reconciliations,
                [&](const CalibrationReconciliation& old) { return old.scenario == agreed.scenario; });
  exercise.reconciliations.push_back(agreed);
  exercise.reconciliations.back().settled_on = today;
  if (evaluate(exercise, view.method).unsettled() == 0) exercise.reconciled_on = std::max(today, exercise.held_on);
  const Record wanted = encode(exercise);
  return registers.change(principal, CalibrationExercise::def(), id, view.version,
                          patch_of(CalibrationExercise::def(), {{"reconciliations", wanted.at("reconciliations")},
                                                                {"reconciled_on", wanted.at("reconciled_on")}}),
                          fmt::format("Settled: {}", agreed.scenario));
}

Result<Record> file_calibration(const RegisterService& registers, const Principal& principal, std::string_view id,
                                const StoredFile& file) {
  TRY(CalibrationView view, calibration_view(registers, principal, id));
  if (view.sealed || view.exercise.scores.empty())
    return fail(ErrorKind::conflict, "Scores are still coming in; the record is filed once they are open.");
  if (std::size_t open = evaluate(view.exercise, view.method).unsettled()) {
    return fail(ErrorKind::conflict, fmt::format("{} {} beyond the tolerance {} not settled yet.", open,
                                                 open == 1 ? "scenario" : "scenarios", open == 1 ? "is" : "are"));
  }
  const std::string today = registers.workspace().clock().today().iso();
  Record evidence(Evidence::def());
  for (const auto& [field, value] : patch_of(
           Evidence::def(),
           {{"refs", std::vector<std::string>{"6.1.2 b"}},
            {"kind", std::string("report")},
            {"source", std::string("manual")},
            {"period_start", view.exercise.held_on.iso()},
            {"period_end", std::max(view.exercise.held_on.iso(),
                                    view.exercise.reconciled_on ? view.exercise.reconciled_on->iso() : std::string())},
            {"collected_on", today},
            {"content_hash", file.sha256},
            {"stored_hash", file.sha256}})) {
    evidence.set(*field, value);
  }
  if (!principal.person.empty()) evidence.at("collected_by") = principal.person;
  return registers.create(principal, std::move(evidence), fmt::format("Record of calibration exercise {}", id),
                          [&](Transaction& transaction, const Record& stored) {
                            return Attachments::attach_in(transaction, stored, {file});
                          });
}

}  // namespace assay
