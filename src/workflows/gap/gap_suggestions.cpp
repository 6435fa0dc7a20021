#include "workflows/gap/gap_suggestions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"
#include "kernel/service/conformity.h"
#include "workflows/gap/visible_records.h"

namespace assay {
namespace {

// "6.1.2 c 2" lies under 6.1.2; "9.3" covers 9.3.1; controls agree whole.
bool concerns(std::string_view ref, std::string_view key) {
  ref = trim(ref);
  ref = ref.substr(0, ref.find(' '));
  auto below = [](std::string_view inner, std::string_view outer) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
  };
  return below(ref, key) || (!key.starts_with("A.") && below(key, ref));
}

void add_findings(GapFacts& facts, const std::vector<const RuleFinding*>& shown) {
  struct OfRule {
    const RuleFinding* worst;
    std::size_t count;
  };
  std::map<std::string_view, OfRule> rules;
  std::vector<std::string_view> order;  // the verdict has majors first
  for (const RuleFinding* finding : shown) {
    bool here =
        std::ranges::any_of(split(finding->ref, ','), [&](std::string_view ref) { return concerns(ref, facts.key); });
    if (!here) continue;
    auto [place, fresh] = rules.emplace(finding->rule_id, OfRule{finding, 0});
    if (fresh) order.push_back(finding->rule_id);
    ++place->second.count;
    if (finding->finding_class == FindingClass::major) ++facts.majors;
    if (finding->finding_class == FindingClass::minor) ++facts.minors;
  }
  for (std::string_view rule : order) {
    const auto& [worst, count] = rules.at(rule);
    std::string label(name_of(worst->finding_class));
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
    if (worst->finding_class == FindingClass::ofi) label = "Advice";
    GapFact fact{GapFactKind::finding,
                 fmt::format("{}: {} ({}{})", label, worst->title, rule,
                             count > 1 ? fmt::format(", {} findings", count) : std::string()),
                 false,
                 {},
                 {},
                 std::string(rule)};
    if (facts.fix.empty() && worst->finding_class >= FindingClass::minor) facts.fix = worst->fix;
    facts.facts.push_back(std::move(fact));
  }
}

// Open findings of the gap stage that the principal may read. What the rules say about this very analysis is no fact
// about the organisation.
std::vector<const RuleFinding*> findings_shown(const Verdict& verdict, const Principal& principal,
                                               const Registry& registry) {
  std::vector<const RuleFinding*> out;
  FindingSight sight(principal, registry);
  for (const RuleFinding& finding : verdict.findings) {
    bool counts = !finding.synthetic && !finding.rule_id.starts_with("GAP-") &&
                  std::ranges::find(finding.stages, "gap") != finding.stages.end();
    if (counts && sight.shows(finding)) out.push_back(&finding);
  }
  return out;
}

// What the registers hold that answer a question: how many records each, asked once.
struct RegisterCount {
  const EntityDef* def;
  std::int64_t count;
};
Result<std::vector<RegisterCount>> register_counts(const RegisterService& registers, const Principal& principal,
                                                   std::string_view only) {
  std::vector<RegisterCount> out;
  for (const EntityDef* def : registers.workspace().registry().all()) {
    std::string_view name = def->name();
    // The analysis itself, catalogues, parts of a whole and who and where the organisation is prove nothing.
    constexpr std::string_view prove_nothing[] = {"gap_assessment", "gap_item", "organisation",   "org_unit",
                                                  "site",           "person",   "threat_category"};
    bool proves = def->text.access != AccessClass::catalogue && def->text.parent.empty() &&
                  std::ranges::find(prove_nothing, name) == std::end(prove_nothing);
    if (!proves || def->text.clause.empty() || !may(principal, Action::see, *def).allowed) continue;
    if (!only.empty() && !concerns(def->text.clause, only)) continue;
    ListQuery query;
    query.def = def;
    query.limit = 1;
    TRY(Page page, registers.list(principal, query));
    out.push_back({def, page.total});
  }
  return out;
}

void add_records(GapFacts& facts, const std::vector<RegisterCount>& counts) {
  for (const auto& [def, count] : counts) {
    if (!concerns(def->text.clause, facts.key)) continue;
    facts.records += static_cast<std::size_t>(count);
    std::string text = count == 0 ? fmt::format("No record in the register \"{}\".", def->text.plural)
                                  : fmt::format("{} {} in the register \"{}\".", count,
                                                count == 1 ? "record" : "records", def->text.plural);
    facts.facts.push_back({GapFactKind::records, std::move(text), count > 0, std::string(def->name()), {}, {}});
  }
}

// What the Statement of Applicability, the controls and the evidence say, read once.
struct Implementation {
  std::map<std::string, SoAEntry> entries;  // of the present statement, by reference
  std::map<Id, Control> controls;
  std::vector<Evidence> evidence;  // accepted, not superseded; newest first
  Date today;
};

Result<Implementation> read_implementation(const RegisterService& registers, const Principal& principal) {
  Implementation out;
  out.today = registers.workspace().clock().today();
  TRY(auto statements, visible_records<StatementOfApplicability>(registers, principal));
  std::ranges::sort(statements, [](const auto& a, const auto& b) {
    return std::pair(a.status == VersionStatus::effective, a.version) >
           std::pair(b.status == VersionStatus::effective, b.version);
  });
  if (!statements.empty()) {
    TRY(auto entries, visible_records<SoAEntry>(registers, principal, "soa", statements.front().id));
    for (SoAEntry& entry : entries)
      out.entries.emplace(entry.control_ref.starts_with("A.") ? entry.control_ref.substr(2) : entry.control_ref,
                          std::move(entry));
  }
  TRY(auto controls, visible_records<Control>(registers, principal));
  for (Control& control : controls) out.controls.emplace(control.id, std::move(control));
  TRY(out.evidence, visible_records<Evidence>(registers, principal, "review_status", "accepted"));
  std::erase_if(out.evidence,
                [](const Evidence& evidence) { return evidence.superseded_by && !evidence.superseded_by->empty(); });
  std::ranges::sort(out.evidence, [](const Evidence& a, const Evidence& b) {
    return std::pair(a.period_end, a.id) > std::pair(b.period_end, b.id);
  });
  return out;
}

// The furthest control behind the line. A line whose control is retired stands as if it had none.
void add_control(GapFacts& facts, const Control& control) {
  auto label = choices_of<ControlStatus>[static_cast<std::size_t>(control.status)].label;
  if (control.status == ControlStatus::retired) facts.control = GapControlState::none;
  else if (control.status == ControlStatus::implemented) facts.control = GapControlState::implemented;
  else
    facts.control =
        control.status == ControlStatus::not_started ? GapControlState::not_started : GapControlState::begun;
  facts.ineffective = control.effectiveness == ControlEffectiveness::ineffective ||
                      control.effectiveness == ControlEffectiveness::partly;
  if (control.owner) facts.owner = control.owner->id;
  std::string text = fmt::format("Control {} \"{}\": {}", control.code, control.title, lower(label));
  if (facts.ineffective)
    text += ", " + lower(choices_of<ControlEffectiveness>[static_cast<std::size_t>(control.effectiveness)].label);
  facts.facts.push_back({GapFactKind::control,
                         text + ".",
                         facts.control == GapControlState::implemented && !facts.ineffective,
                         "control",
                         control.id,
                         {}});
}

void add_statement(GapFacts& facts, const Implementation& known) {
  auto found = facts.key.starts_with("A.") ? known.entries.find(facts.key.substr(2)) : known.entries.end();
  if (found == known.entries.end()) return;
  const SoAEntry& entry = found->second;
  if (entry.applicability == SoAEntryApplicability::excluded) {
    facts.excluded = true;
    facts.exclusion = entry.exclusion_justification.value_or("");
    facts.facts.push_back(
        {GapFactKind::statement, "Excluded by the Statement of Applicability.", false, "soa_entry", entry.id, {}});
    return;
  }
  if (entry.implementation_status) {
    using enum SoAEntryImplementationStatus;
    facts.planned = *entry.implementation_status == not_implemented || *entry.implementation_status == planned;
    auto label = choices_of<SoAEntryImplementationStatus>[static_cast<std::size_t>(*entry.implementation_status)].label;
    facts.facts.push_back({GapFactKind::statement,
                           fmt::format("The Statement of Applicability says: {}.", lower(label)),
                           *entry.implementation_status == implemented,
                           "soa_entry",
                           entry.id,
                           {}});
  }
  auto control = entry.control ? known.controls.find(entry.control->id) : known.controls.end();
  if (control != known.controls.end()) add_control(facts, control->second);
}

void add_evidence(GapFacts& facts, const Implementation& known) {
  Id control;
  for (const GapFact& fact : facts.facts) {
    if (fact.kind == GapFactKind::control) control = fact.record;
  }
  auto window = control.empty() ? std::nullopt : known.controls.at(control).evidence_window();
  Date oldest = known.today.plus_days(-window.value_or(395));
  for (const Evidence& evidence : known.evidence) {
    if (evidence.period_end < oldest) continue;
    bool by_ref = std::ranges::any_of(evidence.refs, [&](std::string_view ref) { return concerns(ref, facts.key); });
    bool by_control = !control.empty() && std::ranges::any_of(evidence.controls, [&](const Ref<Control>& each) {
      return each.id == control;
    });
    if (by_ref || by_control) facts.evidence.push_back(evidence.id);
  }
  if (facts.evidence.empty()) {
    if (facts.control == GapControlState::implemented)
      facts.facts.push_back(
          {GapFactKind::evidence, "No accepted, current evidence that the control works.", false, "evidence", {}, {}});
    return;
  }
  std::size_t count = facts.evidence.size();
  facts.facts.push_back({GapFactKind::evidence,
                         fmt::format("{} of accepted, current evidence; the latest is {}.",
                                     count == 1 ? "1 piece" : fmt::format("{} pieces", count), facts.evidence.front()),
                         true,
                         "evidence",
                         facts.evidence.front(),
                         {}});
}

}  // namespace

Result<GapSuggestions> gap_suggestions(const RegisterService& registers, const Principal& principal,
                                       const Verdict* verdict, std::string_view only) {
  TRY(auto counts, register_counts(registers, principal, only));
  TRY(Implementation known, read_implementation(registers, principal));
  std::vector<const RuleFinding*> shown;
  if (verdict) shown = findings_shown(*verdict, principal, registers.workspace().registry());
  GapSuggestions out;
  for_each_gap_key([&](const std::string& key) {
    if (!only.empty() && key != only) return;
    GapSuggestion suggestion;
    suggestion.facts.key = key;
    add_findings(suggestion.facts, shown);
    add_statement(suggestion.facts, known);
    add_evidence(suggestion.facts, known);
    add_records(suggestion.facts, counts);
    suggestion.proposal = propose_gap(suggestion.facts);
    out.emplace(key, std::move(suggestion));
  });
  return out;
}

void put_gap_proposal(Record& item, const GapProposal& proposal) {
  auto name_of_choice = [](const auto& choices, auto value) {
    return std::string(choices[static_cast<std::size_t>(value)].name);
  };
  item.at("result") = name_of_choice(choices_of<GapItemResult>, proposal.result);
  item.at("rationale") = proposal.rationale;
  if (proposal.severity) item.at("risk_severity") = name_of_choice(choices_of<GapItemRiskSeverity>, *proposal.severity);
  if (!proposal.action.empty()) item.at("action") = proposal.action;
  if (!proposal.owner.empty()) item.at("owner") = proposal.owner;
  if (!proposal.evidence.empty()) item.at("evidence") = proposal.evidence;
}

Result<std::size_t> take_over_gap_proposals(const RegisterService& registers, const Principal& principal,
                                            const GapAnalysis& analysis, const GapSuggestions& suggestions,
                                            const std::vector<std::string>& keys) {
  std::vector<ProposedChange> changes;
  const EntityDef& def = GapItem::def();
  Date today = registers.workspace().clock().today();
  for (const auto& [key, suggestion] : suggestions) {
    bool asked = keys.empty() || std::ranges::find(keys, key) != keys.end();
    if (!asked || !suggestion.proposal || analysis.find(key)) continue;
    CHECK(demand(may_answer_gap(principal, analysis, key)));
    Record record(def);
    bool control = key.starts_with("A.");
    record.at("assessment") = analysis.record.id;
    record.at("dimension") = std::string(control ? "control" : "clause");
    record.at("ref") = control ? key.substr(2) : key;
    put_gap_proposal(record, *suggestion.proposal);
    record.at("rationale") =
        fmt::format("Proposed from the data of {}:\n{}", today.iso(), suggestion.proposal->rationale);
    if (!principal.person.empty()) record.at("assessor") = principal.person;
    record.at("assessed_on") = today.iso();
    ProposedChange change{&def, {}, {}, {}, "Proposal taken over"};
    for (std::size_t i = 0; i < def.fields.size(); ++i) {
      if (!is_empty(record.values[i])) change.values.emplace_back(&def.fields[i], record.values[i]);
    }
    changes.push_back(std::move(change));
  }
  if (!changes.empty()) CHECK(registers.make(principal, changes));
  return changes.size();
}

}  // namespace assay
