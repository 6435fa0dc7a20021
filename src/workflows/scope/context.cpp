#include "workflows/scope/context.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace assay {
namespace {

bool alike(std::string_view a, std::string_view b) { return lower(trim(a)) == lower(trim(b)); }

Value day(Date date) { return Value(date.iso()); }

}  // namespace

const ContextIssue* ContextSheet::climate() const {
  const ContextIssue* first = nullptr;
  for (const ContextIssue& issue : issues) {
    if (issue.topic != ContextIssueTopic::climate_change) continue;
    if (issue.relevant) return &issue;
    if (!first) first = &issue;
  }
  return first;
}

std::vector<const PartyRequirement*> ContextSheet::of(const InterestedParty& party) const {
  std::vector<const PartyRequirement*> out;
  for (const PartyRequirement& requirement : requirements) {
    if (requirement.party.id == party.id) out.push_back(&requirement);
  }
  return out;
}

std::size_t ContextSheet::open_requirements() const {
  return static_cast<std::size_t>(std::ranges::count(requirements, PartyRequirementAddressedByIsms::undetermined,
                                                     &PartyRequirement::addressed_by_isms));
}

Result<ContextSheet> context_sheet(const RegisterService& registers, const Principal& principal) {
  ContextSheet out;
  TRY(out.issues, all_of<ContextIssue>(registers, principal));
  TRY(out.parties, all_of<InterestedParty>(registers, principal));
  TRY(out.requirements, all_of<PartyRequirement>(registers, principal));
  std::ranges::stable_sort(out.issues, {}, &ContextIssue::topic);
  std::ranges::stable_sort(out.parties, {}, &InterestedParty::name);
  std::ranges::stable_sort(out.requirements, {},
                           [](const PartyRequirement& requirement) { return requirement.party.id; });
  return out;
}

Result<void> decide_climate(const RegisterService& registers, const Principal& principal,
                            const ClimateDecision& decision) {
  Problems problems;
  if (!decision.relevant) problems.push_back({"relevant", "must be yes or no: clause 4.1 asks for the decision", ""});
  if (is_blank(decision.rationale))
    problems.push_back({"rationale", "must say why: a bare yes or no was not thought through", ""});
  if (is_blank(decision.description)) problems.push_back({"description", "must say what was considered", ""});
  if (!problems.empty()) return fail(std::move(problems), "The decision on climate change was not recorded.");
  TRY(ContextSheet sheet, context_sheet(registers, principal));
  const EntityDef& def = ContextIssue::def();
  Value today = day(registers.workspace().clock().today());
  Patch patch = patch_of(def, {{"relevant", *decision.relevant},
                               {"rationale", decision.rationale},
                               {"description", decision.description},
                               {"reviewed_on", today}});
  if (const ContextIssue* issue = sheet.climate()) {
    CHECK(registers.change(principal, def, issue->id, 0, patch));
    return {};
  }
  Record record(def);
  for (const auto& [field, value] : patch) record.set(*field, value);
  record.at("kind") = std::string("external");
  record.at("topic") = std::string("climate_change");
  record.at("determined_on") = today;
  CHECK(registers.create(principal, std::move(record)));
  return {};
}

Result<void> decide_requirement(const RegisterService& registers, const Principal& principal, std::string_view id,
                                std::string_view answer) {
  const EntityDef& def = PartyRequirement::def();
  const FieldDef& field = *def.find("addressed_by_isms");
  auto value = parse_text(field, answer);
  if (!value || is_unset(*value))
    return fail(Problems{{"addressed_by_isms", "must be yes, no or undetermined", shorten(answer, 40)}});
  CHECK(registers.change(principal, def, id, 0, {{&field, *std::move(value)}}));
  return {};
}

Result<std::size_t> review_context(const RegisterService& registers, const Principal& principal) {
  TRY(ContextSheet sheet, context_sheet(registers, principal));
  Value today = day(registers.workspace().clock().today());
  std::vector<ProposedChange> changes;
  auto seen = [&](const EntityDef& def, const Id& id, Date reviewed) {
    if (day(reviewed) != today) changes.push_back({&def, id, {}, patch_of(def, {{"reviewed_on", today}}), "Reviewed"});
  };
  for (const ContextIssue& issue : sheet.issues) seen(ContextIssue::def(), issue.id, issue.reviewed_on);
  for (const InterestedParty& party : sheet.parties) seen(InterestedParty::def(), party.id, party.reviewed_on);
  CHECK(registers.make(principal, changes));
  return changes.size();
}

std::vector<std::size_t> issues_to_offer(const ContextSheet& sheet, const Library& library) {
  std::vector<std::size_t> out;
  const auto& all = library.typical_issues();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::ranges::none_of(sheet.issues,
                             [&](const ContextIssue& issue) { return alike(issue.description, all[i].issue); }))
      out.push_back(i);
  }
  return out;
}

std::vector<std::size_t> requirements_to_offer(const ContextSheet& sheet, const Library& library) {
  std::vector<std::size_t> out;
  const auto& all = library.typical_requirements();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::ranges::none_of(sheet.requirements,
                             [&](const PartyRequirement& known) { return alike(known.text, all[i].requirement); }))
      out.push_back(i);
  }
  return out;
}

Result<std::size_t> adopt_context(const RegisterService& registers, const Principal& principal, const Library& library,
                                  const std::vector<std::size_t>& issues,
                                  const std::vector<std::size_t>& requirements) {
  if (issues.empty() && requirements.empty())
    return fail(Problems{{"pick", "must be at least one suggestion", ""}}, "Nothing was chosen.");
  TRY(ContextSheet sheet, context_sheet(registers, principal));
  Value today = day(registers.workspace().clock().today());
  std::size_t made = 0;
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    auto make = [&](const EntityDef& def, Patch values) {
      return registers.make_in(transaction, ProposedChange{&def, {}, {}, std::move(values), {}});
    };
    for (std::size_t i : issues) {
      if (i >= library.typical_issues().size()) continue;
      const TypicalIssue& typical = library.typical_issues()[i];
      CHECK(make(ContextIssue::def(), patch_of(ContextIssue::def(), {{"kind", typical.kind},
                                                                     {"topic", typical.topic},
                                                                     {"description", typical.issue},
                                                                     {"determined_on", today},
                                                                     {"reviewed_on", today}})));
      ++made;
    }
    std::map<std::string, Id> parties;
    for (const InterestedParty& party : sheet.parties) parties.emplace(lower(party.name), party.id);
    for (std::size_t i : requirements) {
      if (i >= library.typical_requirements().size()) continue;
      const TypicalRequirement& typical = library.typical_requirements()[i];
      Id& party = parties[lower(typical.party)];
      if (party.empty()) {
        TRY(Record record, make(InterestedParty::def(), patch_of(InterestedParty::def(), {{"name", typical.party},
                                                                                          {"type", typical.type},
                                                                                          {"relevant", true},
                                                                                          {"reviewed_on", today}})));
        party = record.id;
        ++made;
      }
      // Not decided yet: that is the work that follows (4.2 c).
      CHECK(make(PartyRequirement::def(),
                 patch_of(PartyRequirement::def(), {{"party", party},
                                                    {"text", typical.requirement},
                                                    {"kind", typical.kind},
                                                    {"climate_related", typical.climate},
                                                    {"addressed_by_isms", std::string("undetermined")}})));
      ++made;
    }
    return {};
  }));
  return made;
}

}  // namespace assay
