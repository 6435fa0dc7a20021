// Addresses and figures of quantitative risk in words.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "web/loss/loss_view.h"

namespace assay {
namespace {

// Three digits that matter: a simulation knows no more.
double rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double power = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
  return std::round(value / power) * power;
}

}  // namespace

std::string loss_query(const LossQuestion& question) {
  const LossQuestion usual;
  std::string out;
  auto add = [&](std::string_view name, auto value, auto of_usual) {
    if (value != of_usual) out += fmt::format("{}{}={}", out.empty() ? "?" : "&", name, value);
  };
  add("years", question.years, usual.years);
  add("seed", question.seed, usual.seed);
  add("correlation", question.correlation, usual.correlation);
  return out;
}

std::string loss_risk_url(std::string_view risk) { return "/risks/loss/risk/" + encode_url(risk); }
std::string loss_entry_url(std::string_view risk, LossSituation situation) {
  return fmt::format("{}/{}", loss_risk_url(risk), name_of_choice(situation));
}

std::string loss_money(double value, std::string_view currency) {
  const double shown = rounded(value);
  std::string text = std::abs(shown) < 100
                         ? decimal(shown, 2)
                         : grouped(static_cast<std::int64_t>(std::clamp(std::round(shown), -9e17, 9e17)));
  return currency.empty() ? text : fmt::format("{}\u00A0{}", currency, text);
}

std::string loss_money_short(double value) {
  static constexpr std::pair<double, std::string_view> units[] = {{1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e3, " k"}};
  for (const auto& [size, unit] : units) {
    if (std::abs(value) >= size) return decimal(rounded(value) / size, 2) + std::string(unit);
  }
  return decimal(rounded(value), 2);
}

std::string loss_chance(double share) {
  if (share <= 0) return "0 %";
  if (share < 0.0001) return "below 0.01 %";
  return percentage(share, share < 0.001 ? 2 : share < 0.1 ? 1 : 0);
}

std::string loss_rate_words(double per_year) {
  std::string text = fmt::format("{} a year", decimal(per_year, per_year < 0.1 ? 3 : 2));
  if (per_year > 0 && per_year < 0.75)
    text += fmt::format(", once in {} years", decimal(1 / per_year, 1 / per_year < 10 ? 1 : 0));
  return text;
}

std::string loss_years_words(double share) {
  if (share <= 0) return "no year";
  return fmt::format("one year out of {}", decimal(1 / share, share > 0.1 ? 1 : 0));
}

std::string range_words(const LossRange& range, const std::function<std::string(double)>& text) {
  if (range.model == RangeModel::fixed) return text(range.likely);
  if (range.model == RangeModel::pert)
    return fmt::format("{} to {}, most likely {}", text(range.low), text(range.high), text(range.likely));
  return fmt::format("{} to {} in nine out of ten", text(range.low), text(range.high));
}

std::string_view swing_words(const LossSwing& swing) { return swing.frequency ? "how often" : "loss of one event"; }

Frame loss_frame(std::string title, bool below_portfolio) {
  Frame frame{.title = std::move(title), .active = "risk/loss", .kicker = "Clauses 6.1.2 d and 8.2"};
  if (below_portfolio) frame.crumbs = {{"Quantitative risk", "/risks/loss"}};
  return frame;
}

Result<LossQuestion> asked_loss_question(const Fields& fields) {
  return LossQuestion::parse(value_of(fields, "seed"), value_of(fields, "years"), value_of(fields, "correlation"));
}

}  // namespace assay
