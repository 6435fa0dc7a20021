#include "workflows/risk_register/risk_review.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "isms/operations/asset.h"
#include "isms/operations/incident.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/suppliers/supplier.h"
#include "workflows/records.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

// What lies around the risks, read once for all of them. What the person may not see triggers nothing.
class Surroundings {
 public:
  Surroundings(const RegisterService& registers, const Principal& principal) {
    read(registers, principal, Asset::def(), assets_);
    read(registers, principal, System::def(), systems_);
    read(registers, principal, Supplier::def(), suppliers_);
    auto incidents = records_of(registers, principal, Incident::def());
    if (!incidents) return;
    for (Record& incident : *incidents) {
      const std::vector<std::string> risks = list_of(incident.at("linked_risks"));
      if (incident.text("stage") == "not_incident" || risks.empty()) continue;
      const std::size_t position = incidents_.size();
      for (const std::string& risk : risks) incidents_of_[risk].push_back(position);
      incidents_.push_back(std::move(incident));
    }
  }

  std::vector<ReviewTrigger> since(const Risk& risk, Date day) const {
    std::vector<ReviewTrigger> out;
    std::map<Id, bool> told;
    for (const Ref<Asset>& ref : risk.assets) {
      const Record* asset = changed(assets_, ref.id, "Asset changed", day, told, out);
      const Record* system =
          asset ? changed(systems_, std::string(asset->text("system")), "System changed", day, told, out) : nullptr;
      if (system) changed(suppliers_, std::string(system->text("supplier")), "Supplier changed", day, told, out);
    }
    if (auto found = incidents_of_.find(risk.id); found != incidents_of_.end()) {
      for (std::size_t position : found->second) {
        const Record& incident = incidents_[position];
        const auto reported = Instant::parse(incident.text("reported_at"));
        if (reported && reported->day() > day)
          out.push_back(
              {incident.def, incident.id, std::string(incident.title()), "Incident reported", reported->day()});
      }
    }
    std::ranges::stable_sort(out, std::ranges::greater(), &ReviewTrigger::on);
    return out;
  }

 private:
  using ById = std::map<Id, Record>;

  static void read(const RegisterService& registers, const Principal& principal, const EntityDef& def, ById& into) {
    auto records = records_of(registers, principal, def);
    if (!records) return;
    for (Record& record : *records) {
      Id id = record.id;
      into.emplace(std::move(id), std::move(record));
    }
  }

  // Gives the record, and tells it when it was changed after the day. Being entered or imported is no change.
  static const Record* changed(const ById& records, const Id& id, std::string_view what, Date day,
                               std::map<Id, bool>& told, std::vector<ReviewTrigger>& out) {
    auto found = records.find(id);
    if (found == records.end()) return nullptr;
    const Record& record = found->second;
    const auto at = Instant::parse(record.updated_at);
    if (record.version > 1 && at && at->day() > day && !std::exchange(told[id], true))
      out.push_back({record.def, id, std::string(record.title()), std::string(what), at->day()});
    return &record;
  }

  ById assets_, systems_, suppliers_;
  std::vector<Record> incidents_;
  std::map<Id, std::vector<std::size_t>> incidents_of_;
};

// Confirming an accepted risk is a step of its lifecycle and its owner's alone; any other is confirmed by whoever may
// change it.
std::string why_not_confirm(const Principal& principal, const Record& risk, const Reader& reader) {
  if (risk.state() != "accepted") {
    const Decision decision = may(principal, Action::change, Risk::def(), &risk, &reader);
    return decision.allowed ? std::string() : decision.reason;
  }
  for (const Step& step : risk_lifecycle.steps) {
    if (step.name != "confirm") continue;
    auto allowed = may_take(principal, step, risk, reader);
    return allowed ? std::string()
                   : std::string("It was accepted: its owner, or somebody above the owner, confirms it.");
  }
  return {};
}

}  // namespace

Result<std::vector<RiskReview>> reviews_due(const RegisterService& registers, const Principal& principal,
                                            const ReviewQuestion& question) {
  const EntityDef& def = Risk::def();
  std::vector<Filter> filters{{&def.fields[def.index("status")], Comparison::is_not, {"closed", "draft"}}};
  if (!question.owner.empty()) filters.push_back({&def.fields[def.index("owner")], Comparison::is, {question.owner}});
  TRY(auto risks, read_risks(registers, principal, std::move(filters),
                             {"title", "assets", "owner", "methodology", "assessed_on", "next_review_on",
                              "residual_likelihood", "residual_impact", "residual_score", "target_likelihood",
                              "target_impact", "target_score", "inherent_likelihood", "inherent_impact", "status"}));
  TRY(auto reader, registers.workspace().read());
  const auto usual = static_cast<std::int64_t>(reader->parameter("risk_review_days"));
  const Date today = registers.workspace().clock().today();
  const Surroundings around(registers, principal);
  std::vector<RiskReview> out;
  for (Risk& risk : risks) {
    RiskReview review;
    if (checks::given(risk.next_review_on)) review.due = *risk.next_review_on;
    else if (checks::given(risk.assessed_on)) review.due = risk.assessed_on->plus_days(usual);
    if (question.triggered && checks::given(risk.assessed_on)) review.triggers = around.since(risk, *risk.assessed_on);
    review.overdue = review.due && *review.due < today;
    const bool is_due = !review.due || *review.due <= question.until;
    if (!is_due && review.triggers.empty()) continue;
    review.cannot_confirm = why_not_confirm(principal, encode(risk), *reader);
    review.risk = std::move(risk);
    out.push_back(std::move(review));
  }
  std::ranges::stable_sort(out, {}, [](const RiskReview& review) {
    return std::tuple(checks::id_of(review.risk.owner), review.due.value_or(Date{}), review.risk.id);
  });
  return out;
}

}  // namespace assay
