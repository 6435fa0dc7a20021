#include "workflows/soa/soa_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/organisation.h"
#include "isms/organisation/party_requirement.h"
#include "isms/organisation/person.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/soa/control_number.h"
#include "workflows/soa/soa_problems.h"
#include "workflows/soa/soa_reading.h"

namespace assay {
namespace {

// What asks for controls, by control.
struct Needs {
  std::map<Id, std::string> risks;  // open ones, by title
  std::map<Id, Obligation> obligations;
  std::multimap<Id, SoaNeed> by_control;
};

void add_risk(Needs& needs, const Id& control, const Id& risk) {
  const auto found = needs.risks.find(risk);
  if (found != needs.risks.end())
    needs.by_control.emplace(control, SoaNeed{SoAEntryInclusionReasons::risk, &Risk::def(), risk, found->second});
}

Needs read_needs(const Reader& reader, const Principal& principal,
                 const std::vector<std::unique_ptr<TreatmentAction>>& actions, Result<void>& failure) {
  Needs needs;
  const auto risks = seen<Risk>(reader, principal, failure);
  for (const Risk& risk : risks) {
    if (risk.status != RiskStatus::draft && risk.status != RiskStatus::closed) needs.risks.emplace(risk.id, risk.title);
  }
  for (const Risk& risk : risks) {
    for (const Ref<Control>& control : risk.controls) add_risk(needs, control.id, risk.id);
  }
  for (const auto& action : actions) {
    if (action->status != TreatmentActionStatus::cancelled)
      add_risk(needs, checks::id_of(action->control), action->risk.id);
  }
  for (Obligation& obligation : seen<Obligation>(reader, principal, failure)) {
    Id id = obligation.id;
    if (obligation.applicable) needs.obligations.emplace(std::move(id), std::move(obligation));
  }
  for (const PartyRequirement& requirement : seen<PartyRequirement>(reader, principal, failure)) {
    if (requirement.addressed_by_isms == PartyRequirementAddressedByIsms::no) continue;
    const auto obligation = needs.obligations.find(checks::id_of(requirement.linked_obligation));
    for (const Ref<Control>& control : requirement.linked_controls) {
      if (obligation != needs.obligations.end()) {
        needs.by_control.emplace(control.id, SoaNeed{ground_of(obligation->second), &Obligation::def(),
                                                     obligation->first, obligation->second.title});
      } else if (ground_of(requirement) == SoAEntryInclusionReasons::business) {
        needs.by_control.emplace(control.id, SoaNeed{SoAEntryInclusionReasons::business, &PartyRequirement::def(),
                                                     requirement.id, requirement.text});
      }
    }
  }
  return needs;
}

// What the line links by hand counts as a need too.
std::vector<SoaNeed> needs_of(const SoAEntry& entry, const Needs& needs) {
  std::vector<SoaNeed> out;
  const auto [first, last] = needs.by_control.equal_range(checks::id_of(entry.control));
  if (!checks::id_of(entry.control).empty()) {
    for (auto each = first; each != last; ++each) out.push_back(each->second);
  }
  for (const Ref<Risk>& risk : entry.linked_risks) {
    if (const auto found = needs.risks.find(risk.id); found != needs.risks.end())
      out.push_back({SoAEntryInclusionReasons::risk, &Risk::def(), risk.id, found->second});
  }
  for (const Ref<Obligation>& obligation : entry.linked_obligations) {
    const auto found = needs.obligations.find(obligation.id);
    if (found != needs.obligations.end())
      out.push_back({ground_of(found->second), &Obligation::def(), obligation.id, found->second.title});
  }
  const auto key = [](const SoaNeed& need) { return std::pair(need.def->name(), need.id); };
  std::ranges::sort(out, {}, key);
  const auto doubled = std::ranges::unique(out, {}, key);
  out.erase(doubled.begin(), doubled.end());
  return out;
}

bool was_reviewed(const SoAEntry& entry, const std::optional<RiskAssessmentRun>& run, Date today,
                  std::int64_t review_days) {
  if (!entry.last_reviewed_on) return false;
  if (review_days > 0 && days_between(*entry.last_reviewed_on, today) > review_days) return false;
  return !run || *entry.last_reviewed_on >= run->performed_on;
}

void read_titles(const Reader& reader, const Principal& principal, SoaBench& bench,
                 const std::optional<RiskAssessmentRun>& run, Result<void>& failure) {
  std::vector<Id> people;
  for (const auto& [id, control] : bench.controls) {
    if (!checks::id_of(control.owner).empty()) people.push_back(control.owner->id);
  }
  if (!checks::id_of(bench.statement.approved_by).empty()) people.push_back(bench.statement.approved_by->id);
  std::ranges::sort(people);
  const auto doubled = std::ranges::unique(people);
  people.erase(doubled.begin(), doubled.end());
  if (failure && may(principal, Action::see, Person::def()).allowed && !row_filter(principal, Person::def())) {
    if (auto names = reader.titles(Person::def(), people)) bench.people = *std::move(names);
    else failure = Failure(names.error());
  }
  if (const auto scope = reader.find<ScopeStatement>(bench.statement.scope.id))
    bench.scope_title = fmt::format("Version {}", scope->version);
  if (run) bench.run_title = fmt::format("{} of {}", run->id, run->performed_on.iso());
  ListQuery query;
  query.def = &Organisation::def();
  query.limit = 1;
  if (auto page = reader.list(query); page && !page->rows.empty())
    bench.organisation = page->rows.front().record.title();
}

void read_rows(const Reader& reader, const Principal& principal, SoaBench& bench, Result<void>& failure) {
  for (Record& record : seen_records(reader, principal, SoAEntry::def(), failure, "soa", {bench.record.id})) {
    SoaRow row;
    row.entry = decode<SoAEntry>(record);
    row.record = std::move(record);
    const auto control = bench.controls.find(checks::id_of(row.entry.control));
    if (control != bench.controls.end()) row.control = &control->second;
    if (row.entry.origin == SoAEntryOrigin::annex_a) {
      constexpr std::string_view themes[] = {"organisational", "people", "physical", "technological"};
      if (is_annex_a_ref(row.entry.control_ref)) row.theme = themes[row.entry.control_ref[0] - '5'];
      row.title = annex_a_title(row.entry.control_ref);
    } else if (row.control) {
      row.title = row.control->title;
    }
    bench.rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(bench.rows, [](const SoaRow& a, const SoaRow& b) {
    return control_ref_less(a.entry.control_ref, b.entry.control_ref);
  });
}

}  // namespace

std::string_view SoaRow::applicability() const {
  if (!is_applicable()) return "excluded";
  return entry.is_undecided() ? "undecided" : "applicable";
}

bool SoaRow::can_be_built_anew() const {
  if (!is_applicable() || built.text.empty()) return false;
  if (!checks::given(entry.inclusion_justification)) return true;
  return entry.is_built() && trim(*entry.inclusion_justification) != built.text;
}

bool SoaRow::status_differs() const { return is_applicable() && entry.implementation_status != derived.status; }

const SoaRow* SoaBench::row(std::string_view entry) const {
  const auto found = std::ranges::find_if(rows, [&](const SoaRow& each) { return each.record.id == entry; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<SoaProblem> SoaBench::all_problems() const {
  std::vector<SoaProblem> out = problems;
  for (const SoaRow& each : rows) out.insert(out.end(), each.problems.begin(), each.problems.end());
  return out;
}

Result<std::vector<StatementOfApplicability>> soa_versions(const Reader& reader, const Principal& principal) {
  CHECK(demand(may(principal, Action::see, StatementOfApplicability::def())));
  Result<void> failure;
  auto versions = seen<StatementOfApplicability>(reader, principal, failure);
  CHECK(failure);
  std::ranges::sort(versions, std::greater<>(), &StatementOfApplicability::version);
  return versions;
}

const StatementOfApplicability* soa_in_force(const std::vector<StatementOfApplicability>& versions) {
  for (VersionStatus status : {VersionStatus::effective, VersionStatus::approved}) {
    const auto found = std::ranges::find(versions, status, &StatementOfApplicability::status);
    if (found != versions.end()) return &*found;
  }
  return nullptr;
}

const StatementOfApplicability* soa_to_work_on(const std::vector<StatementOfApplicability>& versions) {
  const auto open = std::ranges::find_if(versions, [](const StatementOfApplicability& each) {
    return each.status == VersionStatus::draft || each.status == VersionStatus::in_review;
  });
  if (open != versions.end()) return &*open;
  if (const auto* current = soa_in_force(versions)) return current;
  return versions.empty() ? nullptr : &versions.front();
}

Result<std::unique_ptr<SoaBench>> read_soa_bench(const Reader& reader, const Principal& principal,
                                                 std::string_view id) {
  CHECK(demand(may(principal, Action::see, StatementOfApplicability::def())));
  CHECK(demand(may(principal, Action::see, SoAEntry::def())));
  auto bench = std::make_unique<SoaBench>();
  TRY(bench->record, reader.read(StatementOfApplicability::def(), id));
  bench->statement = decode<StatementOfApplicability>(bench->record);
  bench->today = reader.today();
  Result<void> failure;
  for (Control& control : seen<Control>(reader, principal, failure)) {
    Id control_id = control.id;
    bench->controls.emplace(std::move(control_id), std::move(control));
  }
  std::map<Id, SoaControlState> states;
  for (Evidence& evidence : seen<Evidence>(reader, principal, failure)) {
    Id evidence_id = evidence.id;
    auto [place, fresh] =
        bench->evidence.emplace(std::move(evidence_id), std::make_unique<Evidence>(std::move(evidence)));
    for (const Ref<Control>& control : place->second->controls)
      states[control.id].evidence.push_back(place->second.get());
  }
  for (TreatmentAction& action : seen<TreatmentAction>(reader, principal, failure)) {
    bench->actions.push_back(std::make_unique<TreatmentAction>(std::move(action)));
    states[checks::id_of(bench->actions.back()->control)].actions.push_back(bench->actions.back().get());
  }
  const Needs needs = read_needs(reader, principal, bench->actions, failure);
  read_rows(reader, principal, *bench, failure);
  CHECK(failure);
  TRY(bench->facts, read_soa_facts(reader, principal));
  const auto run = reader.find<RiskAssessmentRun>(checks::id_of(bench->statement.run));
  const auto review_days = static_cast<std::int64_t>(reader.parameter("soa_review_days"));
  for (SoaRow& row : bench->rows) {
    row.needs = needs_of(row.entry, needs);
    row.built = built_soa_line(row.needs);
    SoaControlState& state = states[row.control ? row.control->id : Id()];
    state.control = row.control;
    row.derived = row.control ? derived_soa_status(state, bench->today) : derived_soa_status({}, bench->today);
    row.is_reviewed = was_reviewed(row.entry, run, bench->today, review_days);
    row.contradictions = soa_contradictions(*bench, row.entry);
  }
  read_titles(reader, principal, *bench, run, failure);
  CHECK(failure);
  judge_soa(reader, *bench);
  return bench;
}

std::vector<std::string> soa_contradictions(const SoaBench& bench, const SoAEntry& entry) {
  std::vector<std::string> out;
  const auto known = std::ranges::find_if(bench.rows, [&](const SoaRow& row) { return row.record.id == entry.id; });
  std::vector<std::string> risks, obligations;
  for (const Ref<Risk>& risk : entry.linked_risks) risks.push_back(risk.id);
  for (const Ref<Obligation>& obligation : entry.linked_obligations) obligations.push_back(obligation.id);
  if (!risks.empty()) out.push_back(fmt::format("Risks are linked to the line: {}.", join(risks, ", ")));
  if (!obligations.empty())
    out.push_back(fmt::format("Obligations are linked to the line: {}.", join(obligations, ", ")));
  const auto control = bench.controls.find(checks::id_of(entry.control));
  if (control != bench.controls.end()) {
    if (control->second.status == ControlStatus::implemented)
      out.push_back(fmt::format("The control \"{}\" is implemented.", control->second.title));
    std::vector<std::string> treated;
    if (known != bench.rows.end() && known->control == &control->second) {
      for (const SoaNeed& need : known->needs) {
        if (need.def == &Risk::def() && std::ranges::find(risks, need.id) == risks.end()) treated.push_back(need.id);
      }
    }
    if (!treated.empty())
      out.push_back(
          fmt::format("The treatment of {} relies on the control \"{}\".", join(treated, ", "), control->second.title));
  }
  if (const SoaFact* fact = bench.facts.against(entry.control_ref)) {
    const std::string shown = fact->id.empty()          ? std::string()
                              : fact->title == fact->id ? fmt::format(" ({})", fact->id)
                                                        : fmt::format(" ({} {})", fact->id, fact->title);
    out.push_back(fmt::format("The records show {}{}.", fact->topic, shown));
  }
  return out;
}

SoaSnapshot snapshot_of(const SoaBench& bench) {
  auto person = [&](const std::optional<Ref<Person>>& ref) {
    const auto found = bench.people.find(checks::id_of(ref));
    return found == bench.people.end() ? checks::id_of(ref) : found->second;
  };
  SoaSnapshot out{bench.record.id,
                  bench.statement.version,
                  std::string(bench.record.state()),
                  bench.organisation,
                  bench.today.iso(),
                  bench.scope_title,
                  bench.run_title,
                  {},
                  {},
                  {}};
  if (bench.statement.approved_on) {
    out.approved_on = bench.statement.approved_on->iso();
    out.approved_by = person(bench.statement.approved_by);
  }
  for (const SoaRow& row : bench.rows) {
    const SoAEntry& entry = row.entry;
    SoaLine line;
    line.ref = entry.control_ref;
    line.title = row.title;
    line.theme = row.theme;
    line.applicability = row.applicability();
    line.reviewed_on = entry.last_reviewed_on ? entry.last_reviewed_on->iso() : "";
    line.justification =
        trim((row.is_applicable() ? entry.inclusion_justification : entry.exclusion_justification).value_or(""));
    if (row.control) {
      line.control = row.control->code.empty() ? row.control->id : row.control->code;
      line.control_title = row.control->title;
      line.owner = person(row.control->owner);
    }
    for (const Ref<Risk>& risk : entry.linked_risks) line.risks.push_back(risk.id);
    for (const Ref<Obligation>& obligation : entry.linked_obligations) line.obligations.push_back(obligation.id);
    if (row.is_applicable()) {
      line.grounds = list_of(row.record.at("inclusion_reasons"));
      line.declared = row.record.text("implementation_status");
      line.derived = choices_of<SoAEntryImplementationStatus>[static_cast<std::size_t>(row.derived.status)].name;
      line.missing = row.derived.missing;
      line.evidence = row.derived.evidence;
    }
    out.lines.push_back(std::move(line));
  }
  return out;
}

}  // namespace assay
