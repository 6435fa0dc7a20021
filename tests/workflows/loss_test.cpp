// Quantitative risk: what is simulated, how estimates are kept, and what the figures come to.
#include <boost/json.hpp>
#include <thread>

#include "tests/service/fixture.h"
#include "workflows/loss/loss_workbook.h"
#include "workflows/records.h"

namespace assay::test {
namespace {

Principal keeper(Role role = Role::isms_owner, std::string person = "P-005") {
  return {.account = "A-1", .name = "Test Person", .person = std::move(person), .roles = {role}};
}

Record an_estimate(std::string_view risk, std::string_view situation = "now") {
  Record record(LossEstimate::def());
  record.at("risk") = std::string(risk);
  record.at("situation") = std::string(situation);
  record.at("frequency_model") = std::string("pert");
  record.at("frequency_low") = 0.1;
  record.at("frequency_likely") = 0.5;
  record.at("frequency_high") = 2.0;
  record.at("loss_model") = std::string("range_90");
  record.at("loss_low") = 1'000.0;
  record.at("loss_high") = 40'000.0;
  record.at("rationale") = std::string("Own events of five years.");
  return record;
}

class Losses : public ServiceTest {};

TEST_F(Losses, ThePortfolioIsWhatIsEstimatedAndOpen) {
  auto tenant = example("portfolio");
  LossPortfolio portfolio = expect(loss_portfolio(tenant->registers, keeper()));
  EXPECT_EQ(portfolio.currency(), "GBP");
  EXPECT_EQ(portfolio.estimated().size(), 16U);
  EXPECT_EQ(portfolio.estimated().size() + portfolio.unestimated().size(), portfolio.risks.size());
  // Closed.
  EXPECT_TRUE(std::ranges::none_of(portfolio.risks, [](const EstimatedRisk& each) { return each.risk.id == "R-047"; }));
  auto missing = portfolio.unestimated();
  EXPECT_TRUE(std::ranges::is_sorted(missing, std::greater(),
                                     [](const EstimatedRisk* each) { return each->risk.residual_score.value_or(-1); }));
  auto refused = loss_portfolio(tenant->registers, keeper(Role::administrator));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
  EXPECT_EQ(loss_portfolio_of(tenant->registers, keeper(), "R-999").error().kind, ErrorKind::not_found);
}

TEST_F(Losses, AnEstimateIsKeptWithItsAuthorAndDayAndWithoutFiguresThatAreNotUsed) {
  auto tenant = example("keep");
  Record typed = an_estimate("R-021");
  typed.at("loss_likely") = 7.0;  // left over from another way of estimating
  typed.at("yearly_cost") = 7.0;
  Record kept = expect(keep_loss_estimate(tenant->registers, keeper(), typed, 0, {}));
  EXPECT_EQ(kept.text("estimated_by"), "P-005");
  EXPECT_EQ(kept.text("estimated_on"), "2026-10-15");
  EXPECT_TRUE(is_unset(kept.at("loss_likely")));
  EXPECT_TRUE(is_unset(kept.at("yearly_cost")));

  // One estimate a risk and situation.
  auto second = keep_loss_estimate(tenant->registers, keeper(), an_estimate("R-021"), 0, {});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().kind, ErrorKind::internal);

  kept.at("frequency_high") = 3.0;
  Record changed = expect(keep_loss_estimate(tenant->registers, keeper(), kept, kept.version, "A third event."));
  EXPECT_EQ(number_of(changed.at("frequency_high")), 3.0);
  EXPECT_EQ(changed.id, kept.id);
  kept.at("frequency_high") = 4.0;
  auto late = keep_loss_estimate(tenant->registers, keeper(), kept, kept.version, {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::conflict);

  changed.at("loss_high") = 500.0;
  auto refused = keep_loss_estimate(tenant->registers, keeper(), changed, changed.version, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems), "loss_high: must be above the low end [500]\n");
  EXPECT_EQ(
      keep_loss_estimate(tenant->registers, keeper(Role::internal_auditor), an_estimate("R-022"), 0, {}).error().kind,
      ErrorKind::forbidden);
}

TEST_F(Losses, ReturnOnControlIsTheReductionLessTheCostOverTheCost) {
  EstimatedRisk risk;
  risk.now = decode<LossEstimate>(an_estimate("R-1"));
  EXPECT_FALSE(return_on_control(risk));
  Record planned = an_estimate("R-1", "planned");
  planned.at("frequency_model") = std::string("poisson");
  planned.at("frequency_low") = planned.at("frequency_high") = {};
  planned.at("frequency_likely") = 0.1;
  planned.at("yearly_cost") = 2'000.0;
  risk.planned = decode<LossEstimate>(planned);
  auto value = return_on_control(risk);
  ASSERT_TRUE(value);
  double event = risk.now->scenario()->loss.mean();
  EXPECT_NEAR(value->reduction(), (4.1 / 6 - 0.1) * event, 1e-6);
  ASSERT_TRUE(value->rate());
  EXPECT_NEAR(*value->rate(), (value->reduction() - 2'000) / 2'000, 1e-12);
  risk.planned->yearly_cost.reset();
  EXPECT_FALSE(return_on_control(risk)->rate());  // nothing divides by nothing
}

TEST_F(Losses, TheAnalysisAgreesWithWhatCanBeWorkedOut) {
  auto tenant = example("analysis");
  LossPortfolio portfolio = expect(loss_portfolio(tenant->registers, keeper()));
  LossAnalysis analysis = analyse_losses(portfolio, {.seed = 3, .years = 50'000, .correlation = 20}, 2);
  EXPECT_NEAR(analysis.now.mean, analysis.now.exact_mean, 4 * analysis.now.error);
  ASSERT_TRUE(analysis.planned);
  EXPECT_NEAR(analysis.planned->mean, analysis.planned->exact_mean, 4 * analysis.planned->error);
  EXPECT_LT(analysis.planned->exact_mean, analysis.now.exact_mean);
  auto all = return_on_control(portfolio);
  ASSERT_TRUE(all);
  EXPECT_NEAR(all->reduction(), analysis.now.exact_mean - analysis.planned->exact_mean, 1e-6 * all->before);
  EXPECT_NEAR(analysis.avoided, all->reduction(), 4 * analysis.avoided_error);
  for (std::size_t i = 1; i < analysis.now.curve.size(); ++i) {
    EXPECT_GT(analysis.now.curve[i].first, analysis.now.curve[i - 1].first);
    EXPECT_LE(analysis.now.curve[i].second, analysis.now.curve[i - 1].second);
  }
  ASSERT_EQ(analysis.tolerance.size(), 4U);
  for (const LossLevel& level : analysis.now.levels) {
    EXPECT_LE(level.least, level.loss);
    EXPECT_GE(level.most, level.loss);
    EXPECT_GT(level.shortfall, level.loss);
  }
  // The same question gives the same figures, whoever works them out.
  LossAnalysis again = analyse_losses(portfolio, {.seed = 3, .years = 50'000, .correlation = 20}, 1);
  EXPECT_EQ(again.now.mean, analysis.now.mean);
  EXPECT_EQ(again.now.curve, analysis.now.curve);
  EXPECT_EQ(loss_facts(portfolio, again), loss_facts(portfolio, analysis));
  auto facts = boost::json::parse(loss_facts(portfolio, analysis)).get_object();
  EXPECT_EQ(facts["seed"], 3);
  EXPECT_EQ(facts["risks"].get_object().size(), 16U);
}

TEST_F(Losses, QuestionsOutOfBoundsAreRefusedAtTheirField) {
  EXPECT_EQ(expect(LossQuestion::parse("", "", "")), LossQuestion());
  EXPECT_EQ(expect(LossQuestion::parse("7", " 20000 ", "30")), (LossQuestion{7, 20'000, 30}));
  auto refused = LossQuestion::parse("-1", "9999", "95");
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems),
            "seed: must be a whole number from 0 to 999999999 [-1]\nyears: must be a whole number from 10000 to "
            "1000000 [9999]\ncorrelation: must be a whole number from 0 to 90 [95]\n");
  EXPECT_FALSE(LossQuestion::parse("1e3", "", ""));
  EXPECT_FALSE(LossQuestion::parse("", "20000x", ""));
}

TEST_F(Losses, TheDeskKeepsWhatItWorkedOutAndServesManyAtOnce) {
  auto tenant = example("desk");
  LossPortfolio portfolio = expect(loss_portfolio(tenant->registers, keeper()));
  LossDesk desk;
  LossQuestion question{.seed = 5, .years = 10'000};
  auto first = expect(desk.analysis(portfolio, question));
  EXPECT_EQ(expect(desk.analysis(portfolio, question)), first);
  question.seed = 6;
  EXPECT_NE(expect(desk.analysis(portfolio, question)), first);
  portfolio.risks.front().now->loss_high = 5e6;
  question.seed = 5;
  EXPECT_NE(expect(desk.analysis(portfolio, question))->now.exact_mean, first->now.exact_mean);
  std::vector<std::shared_ptr<const LossAnalysis>> answers(4);
  {
    std::vector<std::jthread> people;
    for (auto& answer : answers)
      people.emplace_back([&] { answer = expect(desk.analysis(portfolio, {.seed = 9, .years = 10'000})); });
  }
  for (const auto& answer : answers) EXPECT_EQ(answer, answers.front());
}

TEST_F(Losses, TheWorkbookHoldsEveryPart) {
  auto tenant = example("workbook");
  LossPortfolio portfolio = expect(loss_portfolio(tenant->registers, keeper()));
  LossAnalysis analysis = analyse_losses(portfolio, {.years = 10'000}, 1);
  auto path = folder_.path() / "losses.xlsx";
  expect(write_workbook(path, folder_.path(),
                        [&](XlsxWriter& writer) { return write_loss_workbook(portfolio, analysis, writer); }));
  auto sheets = expect(read_xlsx(path)).sheets;
  std::vector<std::string> names;
  for (const Sheet& sheet : sheets) names.push_back(sheet.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Summary", "Bad years", "Exceedance curve", "Tolerance", "Risks",
                                             "Sensitivity", "Convergence"}));
}

}  // namespace
}  // namespace assay::test
