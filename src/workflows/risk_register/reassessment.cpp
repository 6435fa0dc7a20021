#include "workflows/risk_register/reassessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_methodology.h"
#include "workflows/records.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::size_t most_at_once = 500;

Value level_value(const std::optional<std::int64_t>& level) { return level ? Value(*level) : Value(); }

bool same_scale(const RiskMethodology& a, const RiskMethodology& b) {
  return a.likelihood_min == b.likelihood_min && a.likelihood_max == b.likelihood_max && a.impact_min == b.impact_min &&
         a.impact_max == b.impact_max && a.formula == b.formula && a.matrix == b.matrix;
}

// One run of reassess(): what it needs to know of the workspace, read once.
class Work {
 public:
  Work(const RegisterService& registers, Transaction& transaction, const Reassessment& asked)
      : registers_(registers), transaction_(transaction), asked_(asked) {}

  Result<ReassessmentOutcome> run() {
    method_ = RiskMethodology::current(transaction_);
    if (!method_)
      return fail(Problems{{"", "No risk method is in force or approved: without one there are no scores", ""}});
    today_ = transaction_.today();
    next_review_ = asked_.next_review_on.value_or(today_.plus_days(method_->reassessment_interval_days.value_or(
        static_cast<std::int64_t>(transaction_.parameter("risk_review_days")))));
    CHECK(choose_run());
    for (const Rescore& rescore : asked_.risks) {
      auto done = one(rescore);
      if (done) continue;
      note(rescore.risk, std::move(done).error());
    }
    if (!failure_.message.empty()) return Failure(std::move(failure_));
    return outcome_;
  }

 private:
  Result<void> choose_run() {
    outcome_.run = asked_.run.existing;
    if (!asked_.run.fresh) return {};
    std::optional<ScopeStatement> scope;
    for (std::string_view status : {"effective", "approved", "in_review", "draft"}) {
      auto versions = transaction_.where<ScopeStatement>("status", status);
      if (versions.empty()) continue;
      scope = *std::ranges::max_element(versions, {}, &ScopeStatement::version);
      break;
    }
    if (!scope)
      return fail(Problems{
          {"run",
           "needs a scope statement: an assessment is made for a scope (4.3). Choose an existing assessment or none",
           ""}});
    RiskAssessmentRun made;
    made.methodology = {method_->id};
    made.scope = {scope->id};
    made.kind = asked_.run.kind;
    if (!asked_.run.trigger.empty()) made.trigger = Ref<IsmsChange>{asked_.run.trigger};
    made.performed_on = today_;
    if (!transaction_.actor().person.empty()) made.participants = {{transaction_.actor().person}};
    const Record record = encode(made);
    Patch values;
    for (std::size_t i = 0; i < record.values.size(); ++i) {
      if (!is_empty(record.values[i])) values.emplace_back(&record.def->fields[i], record.values[i]);
    }
    auto stored = registers_.make_in(
        transaction_,
        {.def = &RiskAssessmentRun::def(), .id = {}, .step = {}, .values = std::move(values), .reason = asked_.reason});
    if (!stored) {
      Error error = std::move(stored).error();
      for (Problem& problem : error.problems) problem.place = "run";
      return Failure(std::move(error));
    }
    outcome_.run = stored->id;
    return {};
  }

  // The method that the risk's scores stand on after this: the one in force, where its scale is the same.
  RiskMethodology method_of(const Risk& risk) {
    const auto own = risk.method(transaction_);
    return !own || same_scale(*own, *method_) ? *method_ : *own;
  }

  Problems level_problems(const Risk& risk, const RiskMethodology& method) const {
    Problems out;
    const auto check = [&](std::string_view field, const std::optional<std::int64_t>& level, std::int64_t least,
                           std::int64_t most) {
      if (level && (*level < least || *level > most))
        out.push_back({std::string(field), fmt::format("must be from {} to {}", least, most), std::to_string(*level)});
    };
    check("residual_likelihood", risk.residual_likelihood, method.likelihood_min, method.likelihood_max);
    check("residual_impact", risk.residual_impact, method.impact_min, method.impact_max);
    check("target_likelihood", risk.target_likelihood, method.likelihood_min, method.likelihood_max);
    check("target_impact", risk.target_impact, method.impact_min, method.impact_max);
    if (risk.residual_likelihood.has_value() != risk.residual_impact.has_value())
      out.push_back({risk.residual_impact ? "residual_likelihood" : "residual_impact", "is needed as well", ""});
    if (risk.target_likelihood.has_value() != risk.target_impact.has_value())
      out.push_back({risk.target_impact ? "target_likelihood" : "target_impact", "is needed as well", ""});
    return out;
  }

  Result<void> one(const Rescore& rescore) {
    TRY(const Record stored, transaction_.read(Risk::def(), rescore.risk));
    const Risk before = decode<Risk>(stored);
    if (before.status == RiskStatus::closed) return fail(ErrorKind::invalid, "The risk is closed.");
    Risk after = before;
    after.residual_likelihood = rescore.residual_likelihood;
    after.residual_impact = rescore.residual_impact;
    after.target_likelihood = rescore.target_likelihood;
    after.target_impact = rescore.target_impact;
    const bool moved =
        before.residual_likelihood != after.residual_likelihood || before.residual_impact != after.residual_impact ||
        before.target_likelihood != after.target_likelihood || before.target_impact != after.target_impact;
    if (moved) {
      const RiskMethodology method = method_of(before);
      after.methodology = Ref<RiskMethodology>{method.id};
      if (Problems problems = level_problems(after, method); !problems.empty()) return fail(std::move(problems));
      after.derive(transaction_);
      Problems problems = after.validate();
      for (Problem& problem : problems) {
        // Typed without levels, so that there is no input for it here.
        if (problem.place == "target_score")
          problem = {"target_likelihood",
                     "is needed with its impact: the target score given earlier lies above the new score",
                     fmt::format("{}", *after.target_score)};
      }
      if (!problems.empty()) return fail(std::move(problems));
    }
    const bool grew = after.residual_score && before.residual_score && *after.residual_score > *before.residual_score;
    if (before.status == RiskStatus::accepted && grew) return reopen(after);
    if (before.status == RiskStatus::accepted && !moved) return confirm(after);
    CHECK(change(after, moved));
    return before.status == RiskStatus::draft ? assess(after) : Result<void>();
  }

  Result<void> assess(const Risk& risk) {
    const std::uint64_t written = transaction_.entries();
    auto taken = take(risk, "assess", stamps());
    if (taken) ++outcome_.assessed;
    if (taken || transaction_.entries() != written) return taken;
    outcome_.drafts.emplace_back(risk.id, taken.error().text());
    return {};
  }

  Patch levels_of(const Risk& risk) const {
    return patch_of(Risk::def(), {{"residual_likelihood", level_value(risk.residual_likelihood)},
                                  {"residual_impact", level_value(risk.residual_impact)},
                                  {"target_likelihood", level_value(risk.target_likelihood)},
                                  {"target_impact", level_value(risk.target_impact)}});
  }

  Patch method_stamp(const Risk& risk) const {
    return patch_of(Risk::def(), {{"methodology", risk.methodology ? Value(risk.methodology->id) : Value()}});
  }

  Patch stamps() const {
    Patch out = patch_of(Risk::def(), {{"next_review_on", Value(next_review_.iso())}});
    if (!outcome_.run.empty()) out.emplace_back(Risk::def().find("run"), Value(outcome_.run));
    return out;
  }

  Result<void> take(const Risk& risk, std::string_view step, Patch inputs) {
    auto taken = registers_.make_in(transaction_, {.def = &Risk::def(),
                                                   .id = risk.id,
                                                   .step = std::string(step),
                                                   .values = std::move(inputs),
                                                   .reason = asked_.reason});
    if (!taken) return Failure(std::move(taken).error());
    return {};
  }

  Result<void> reopen(const Risk& risk) {
    Patch inputs = levels_of(risk);
    std::ranges::move(stamps(), std::back_inserter(inputs));
    ++outcome_.changed;
    ++outcome_.reopened;
    CHECK(take(risk, "reassess", std::move(inputs)));
    return take(risk, {}, method_stamp(risk));
  }

  Result<void> confirm(const Risk& risk) {
    ++outcome_.confirmed;
    return take(risk, "confirm", stamps());
  }

  Result<void> change(const Risk& risk, bool moved) {
    Patch values = stamps();
    values.emplace_back(Risk::def().find("assessed_on"), Value(today_.iso()));
    if (moved) {
      std::ranges::move(levels_of(risk), std::back_inserter(values));
      std::ranges::move(method_stamp(risk), std::back_inserter(values));
    }
    ++(moved ? outcome_.changed : outcome_.confirmed);
    return take(risk, {}, std::move(values));
  }

  // Every risk that is refused is told, not the first alone.
  void note(const Id& risk, Error error) {
    if (failure_.message.empty()) failure_ = {error.kind, "Nothing was changed.", {}, error.rule, error.who_may};
    if (error.problems.empty()) failure_.problems.push_back({risk, error.message, ""});
    for (Problem& problem : error.problems) {
      problem.place = problem.place.empty() ? risk : fmt::format("{}.{}", risk, problem.place);
      failure_.problems.push_back(std::move(problem));
    }
  }

  const RegisterService& registers_;
  Transaction& transaction_;
  const Reassessment& asked_;
  std::optional<RiskMethodology> method_;
  Date today_, next_review_;
  ReassessmentOutcome outcome_;
  Error failure_{ErrorKind::invalid, {}, {}, {}, {}};
};

}  // namespace

Result<ReassessmentOutcome> reassess(const RegisterService& registers, const Principal& principal,
                                     const Reassessment& work) {
  Problems problems;
  const Date today = registers.workspace().clock().today();
  if (work.risks.empty()) problems.push_back({"risks", "none is chosen", ""});
  if (work.risks.size() > most_at_once)
    problems.push_back({"risks", fmt::format("at most {} at once", most_at_once), std::to_string(work.risks.size())});
  if (is_blank(work.reason))
    problems.push_back(
        {"reason", "say what was looked at and why the scores are what they are; it is kept in the history", ""});
  if (work.next_review_on && *work.next_review_on < today)
    problems.push_back({"next_review_on", "must not lie in the past", work.next_review_on->iso()});
  if (work.run.fresh && work.run.kind == RiskAssessmentRunKind::triggered && work.run.trigger.empty())
    problems.push_back({"trigger", "must name the change that called for the assessment", ""});
  if (!problems.empty()) return fail(std::move(problems), "Nothing was changed.");
  ReassessmentOutcome outcome;
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(outcome, Work(registers, transaction, work).run());
    return {};
  }));
  return outcome;
}

Result<Date> usual_next_review(const RegisterService& registers, const Principal& principal, Date today) {
  TRY(auto scale, scale_in_force(registers, principal));
  if (scale && scale->method.reassessment_interval_days)
    return today.plus_days(*scale->method.reassessment_interval_days);
  TRY(auto reader, registers.workspace().read());
  return today.plus_days(static_cast<std::int64_t>(reader->parameter("risk_review_days")));
}

}  // namespace assay
