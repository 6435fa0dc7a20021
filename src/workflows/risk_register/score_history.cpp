#include "workflows/risk_register/score_history.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "kernel/model/json.h"
#include "kernel/service/ledger_view.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::string_view score_fields[] = {"inherent_likelihood", "inherent_impact", "inherent_score",
                                             "residual_likelihood", "residual_impact", "residual_score",
                                             "target_likelihood",   "target_impact",   "target_score"};
constexpr std::array<std::string_view, 3> score_by_view{"inherent_score", "residual_score", "target_score"};

// The pair [before, after] of a field in a ledger entry; null when the entry left it alone.
const boost::json::array* pair_of(const boost::json::value& changes, std::string_view field) {
  const auto* object = changes.if_object();
  const auto* pair = object ? object->if_contains(field) : nullptr;
  return pair && pair->is_array() && pair->get_array().size() == 2 ? &pair->get_array() : nullptr;
}

boost::json::value parsed_changes(const LedgerEntry& entry) {
  boost::system::error_code error;
  boost::json::value parsed = boost::json::parse(entry.changes, error);
  return error ? boost::json::value() : parsed;
}

std::optional<double> json_number(const boost::json::value& value) {
  if (!value.is_number()) return std::nullopt;
  return value.to_number<double>();
}

ScoreChange change_of_scores(const LedgerEntry& entry, const boost::json::value& changes) {
  ScoreChange out{.seq = entry.seq,
                  .at = Instant::parse(entry.at).value_or(Instant{}),
                  .actor = entry.actor_name.empty() ? entry.actor : entry.actor_name,
                  .reason = entry.reason,
                  .operation = entry.operation,
                  .fields = {},
                  .scores = {}};
  for (std::string_view name : score_fields) {
    const FieldDef& field = *Risk::def().find(name);
    const auto* pair = pair_of(changes, name);
    if (!pair) continue;
    Value before = read_json(field, (*pair)[0]).value_or(Value()),
          after = read_json(field, (*pair)[1]).value_or(Value());
    if (before != after) out.fields.push_back({&field, std::move(before), std::move(after)});
  }
  return out;
}

}  // namespace

Result<std::vector<ScoreChange>> score_history(const RegisterService& registers, const Principal& principal,
                                               std::string_view risk) {
  constexpr std::size_t page = 200;
  std::vector<ScoreChange> out;
  std::int64_t before = 0;
  while (true) {
    TRY(auto entries, registers.history(principal, Risk::def(), risk, before, page));
    for (const LedgerEntry& entry : entries) {
      ScoreChange change = change_of_scores(entry, parsed_changes(entry));
      if (!change.fields.empty()) out.push_back(std::move(change));
    }
    if (entries.size() < page) break;
    before = entries.back().seq;
  }
  std::ranges::reverse(out);
  std::array<std::optional<double>, 3> standing;
  for (ScoreChange& change : out) {
    for (const FieldChange& field : change.fields) {
      const auto view = std::ranges::find(score_by_view, field.field->name);
      if (view != score_by_view.end())
        standing[static_cast<std::size_t>(view - score_by_view.begin())] = number_of(field.after);
    }
    change.scores = standing;
  }
  return out;
}

Result<std::vector<RiskEvent>> register_events(const RegisterService& registers, const Principal& principal) {
  // The ledger knows no rows of one's own: who sees some risks only is told of these.
  TRY(auto shown, read_risks(registers, principal, {}, {"title"}));
  std::set<Id, std::less<>> ids;
  for (Risk& risk : shown) ids.insert(std::move(risk.id));
  LedgerQuestion question{.registers = {std::string(Risk::def().name())},
                          .actor = {},
                          .from = {},
                          .until = {},
                          .before = -1,
                          .limit = 5000};
  std::vector<RiskEvent> out;
  while (true) {
    TRY(LedgerPage page, ledger_page_of(registers.workspace(), question));
    for (const LedgerEntry& entry : page.entries) {
      const bool tells = entry.changes.find("\"residual_score\"") != std::string::npos ||
                         entry.changes.find("\"status\"") != std::string::npos;
      if (!tells || !ids.contains(entry.record)) continue;
      const boost::json::value changes = parsed_changes(entry);
      RiskEvent event{
          .at = Instant::parse(entry.at).value_or(Instant{}), .risk = entry.record, .residual_score = {}, .status = {}};
      if (const auto* score = pair_of(changes, "residual_score")) event.residual_score = json_number((*score)[1]);
      if (const auto* status = pair_of(changes, "status"); status && (*status)[1].is_string())
        event.status = std::string((*status)[1].get_string());
      if (event.residual_score || event.status) out.push_back(std::move(event));
    }
    if (!page.more) break;
    question.before = page.entries.back().seq;
  }
  std::ranges::reverse(out);
  return out;
}

}  // namespace assay
