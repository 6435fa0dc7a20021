// Lines of the Statement of Applicability changed: one by a form, many by one deed.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/record_checks.h"
#include "workflows/records.h"
#include "workflows/soa/soa_versions.h"

namespace assay {
namespace {

const FieldDef& line_field(std::string_view name) { return SoAEntry::def().fields[SoAEntry::def().index(name)]; }

bool is_decision(SoaDeed deed) { return deed != SoaDeed::review && deed != SoaDeed::declare && deed != SoaDeed::owner; }

Result<void> demand_draft(const SoaBench& bench) {
  if (bench.is_open()) return {};
  return fail(
      ErrorKind::conflict,
      fmt::format("Version {} is {}: decisions change in a draft alone. Begin a new version, or send it back to draft.",
                  bench.statement.version, lower(bench.record.state_label())));
}

Value ids_of(const auto& references) {
  std::vector<std::string> ids;
  for (const auto& reference : references) ids.push_back(reference.id);
  return ids;
}

Patch built_values(const BuiltSoaLine& built) {
  std::vector<std::string> grounds;
  for (SoAEntryInclusionReasons ground : built.grounds)
    grounds.emplace_back(choices_of<SoAEntryInclusionReasons>[static_cast<std::size_t>(ground)].name);
  return patch_of(SoAEntry::def(), {{"inclusion_reasons", grounds},
                                    {"linked_risks", ids_of(built.risks)},
                                    {"linked_obligations", ids_of(built.obligations)},
                                    {"inclusion_justification", built.text},
                                    {"built_mark", built_mark_of(built.text)}});
}

// The steps that lead from the declared status to the one that control and evidence show.
std::vector<std::string_view> steps_to(std::optional<SoAEntryImplementationStatus> declared,
                                       SoAEntryImplementationStatus derived) {
  constexpr std::string_view forward[] = {"", "plan", "begin", "implement"};
  std::vector<std::string_view> out;
  if (!declared || *declared > derived) out.push_back("step_back");
  if (std::string_view step = forward[static_cast<std::size_t>(derived)]; !step.empty()) out.push_back(step);
  return out;
}

class SoaDoer {
 public:
  SoaDoer(Tenant& tenant, Transaction& transaction, const SoaBulk& bulk)
      : tenant_(tenant), transaction_(transaction), bulk_(bulk) {}

  // True when the line was changed, false when there was nothing to do.
  Result<bool> apply(const SoaRow& row) {
    switch (bulk_.deed) {
      case SoaDeed::include:
        if (row.is_applicable()) return false;
        return set(row, patch_of(SoAEntry::def(), {{"applicability", std::string("applicable")}}));
      case SoaDeed::exclude:
        return set(row, patch_of(SoAEntry::def(), {{"applicability", std::string("excluded")},
                                                   {"exclusion_justification", bulk_.text},
                                                   {"inclusion_reasons", std::vector<std::string>()}}));
      case SoaDeed::grounds:
        if (!row.is_applicable()) return false;
        return set(row, patch_of(SoAEntry::def(), {{"inclusion_reasons", bulk_.grounds}}));
      case SoaDeed::build:
        if (!row.can_be_built_anew()) return false;
        return set(row, built_values(row.built));
      case SoaDeed::rebuild:
        if (!row.is_applicable() || row.built.text.empty()) return false;
        return set(row, built_values(row.built));
      case SoaDeed::declare: return declare(row);
      case SoaDeed::review:
        return set(row, patch_of(SoAEntry::def(), {{"last_reviewed_on", transaction_.today().iso()}}));
      case SoaDeed::owner: return give_owner(row);
    }
    return false;
  }

 private:
  Result<bool> set(const SoaRow& row, Patch patch) {
    CHECK(tenant_.registers.make_in(transaction_,
                                    ProposedChange{&SoAEntry::def(), row.record.id, {}, std::move(patch), {}}));
    return true;
  }

  Result<bool> declare(const SoaRow& row) {
    if (!row.status_differs()) return false;
    for (std::string_view step : steps_to(row.entry.implementation_status, row.derived.status)) {
      CHECK(tenant_.registers.make_in(
          transaction_,
          ProposedChange{
              &SoAEntry::def(), row.record.id, std::string(step), {}, "As the control and its evidence show it."}));
    }
    return true;
  }

  Result<bool> give_owner(const SoaRow& row) {
    if (!row.control || checks::id_of(row.control->owner) == bulk_.owner) return false;
    CHECK(tenant_.registers.make_in(
        transaction_,
        ProposedChange{&Control::def(), row.control->id, {}, patch_of(Control::def(), {{"owner", bulk_.owner}}), {}}));
    return true;
  }

  Tenant& tenant_;
  Transaction& transaction_;
  const SoaBulk& bulk_;
};

Result<void> demand_inputs(const SoaBulk& bulk) {
  if (bulk.entries.empty()) return fail(Problems{{"id", "choose at least one line", ""}}, "Nothing is chosen.");
  if (bulk.deed == SoaDeed::exclude && is_blank(bulk.text))
    return fail(Problems{{"text", "must say why the controls are excluded", ""}});
  if (bulk.deed == SoaDeed::owner && bulk.owner.empty())
    return fail(Problems{{"owner", "choose who owns the controls", ""}});
  if (bulk.deed == SoaDeed::grounds && bulk.grounds.empty())
    return fail(Problems{{"grounds", "choose at least one ground", ""}});
  for (const std::string& ground : bulk.grounds) {
    if (!line_field("inclusion_reasons").choice(ground))
      return fail(Problems{{"grounds", "must be risk, legal, contractual or business", shorten(ground, 40)}});
  }
  return {};
}

}  // namespace

Result<void> save_soa_line(Tenant& tenant, const Principal& principal, std::string_view entry, std::int64_t version,
                           Patch values, std::string_view reason) {
  std::string soa;
  std::string built;
  {
    TRY(auto reader, tenant.workspace->read());
    TRY(Record stored, reader->read(SoAEntry::def(), entry));
    soa = stored.text("soa");
    TRY(auto bench, read_soa_bench(*reader, principal, soa));
    CHECK(demand_draft(*bench));
    if (const SoaRow* row = bench->row(entry)) built = row->built.text;
  }
  auto given = [&](std::string_view name) -> Value* {
    const auto found = std::ranges::find(values, &line_field(name), &std::pair<const FieldDef*, Value>::first);
    return found == values.end() ? nullptr : &found->second;
  };
  if (const Value* decision = given("applicability"); decision && text_of(*decision) == "excluded") {
    if (Value* grounds = given("inclusion_reasons")) *grounds = std::vector<std::string>();
    else values.emplace_back(&line_field("inclusion_reasons"), std::vector<std::string>());
  }
  if (const Value* text = given("inclusion_justification")) {
    const std::string_view typed = trim(text_of(*text));
    const Value mark =
        !built.empty() && replace_all(typed, "\r\n", "\n") == built ? Value(built_mark_of(built)) : Value();
    // A mark that no longer fits says by itself that the text was edited; only a text as built gets a new one.
    if (!is_unset(mark)) values.emplace_back(&line_field("built_mark"), mark);
  }
  CHECK(tenant.registers.change(principal, SoAEntry::def(), entry, version, values, reason));
  return {};
}

Result<SoaBulkOutcome> change_soa_lines(Tenant& tenant, const Principal& principal, std::string_view soa,
                                        const SoaBulk& bulk) {
  CHECK(demand_inputs(bulk));
  SoaBulkOutcome outcome;
  CHECK(tenant.workspace->write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto bench, read_soa_bench(transaction, principal, soa));
    if (is_decision(bulk.deed)) CHECK(demand_draft(*bench));
    if (bench->statement.status == VersionStatus::superseded)
      return fail(ErrorKind::conflict, "A superseded version does not change any more.");
    SoaDoer doer(tenant, transaction, bulk);
    Problems problems;
    std::vector<Id> owned;  // a control of several lines is handed over once
    for (const Id& id : bulk.entries) {
      const SoaRow* row = bench->row(id);
      if (!row)
        return fail(ErrorKind::not_found,
                    fmt::format("There is no line {} in version {}.", shorten(id, 40), bench->statement.version));
      const bool again =
          bulk.deed == SoaDeed::owner && row->control && std::ranges::find(owned, row->control->id) != owned.end();
      if (bulk.deed == SoaDeed::owner && row->control) owned.push_back(row->control->id);
      auto done = again ? Result<bool>(false) : doer.apply(*row);
      if (!done) {
        if (done.error().kind == ErrorKind::forbidden) return Failure(done.error());
        problems.push_back(
            {row->entry.control_ref,
             done.error().problems.empty() ? done.error().message : done.error().problems.front().message,
             {}});
      } else if (*done) {
        ++outcome.changed;
      } else {
        outcome.kept.push_back(row->entry.control_ref);
      }
    }
    if (!problems.empty()) return fail(std::move(problems), "Nothing was changed.");
    return {};
  }));
  return outcome;
}

}  // namespace assay
