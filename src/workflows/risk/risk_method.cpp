#include "workflows/risk/risk_method.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/risk/method_levels.h"
#include "workflows/records.h"

namespace assay {
namespace {

// As the rules count: a draft has no scores that anybody relies on.
bool is_open_risk(const Risk& risk) { return risk.status != RiskStatus::closed && risk.status != RiskStatus::draft; }

std::string pair_words(const MigratedPair& pair, const RiskMethodology* method) {
  if (!pair.likelihood || !pair.impact) return "not scored";
  auto level = method ? method->level(*pair.likelihood, *pair.impact) : std::nullopt;
  return level ? fmt::format("{} and {} = {:g}", *pair.likelihood, *pair.impact, *level)
               : fmt::format("{} and {}", *pair.likelihood, *pair.impact);
}

std::string migration_words(const Risk& risk, const RiskMethodology* from, const RiskMethodology& to,
                            const ConfirmedMigration& confirmed, std::string_view reason) {
  return fmt::format(
      "{} (risk method version {} to {}; inherent {} to {}; residual {} to {})", trim(reason),
      from ? std::to_string(from->version) : "unknown", to.version,
      pair_words({risk.inherent_likelihood, risk.inherent_impact}, from), pair_words(confirmed.inherent, &to),
      pair_words({risk.residual_likelihood, risk.residual_impact}, from), pair_words(confirmed.residual, &to));
}

void check_pair(const RiskMethodology& to, const Id& risk, std::string_view name, const MigratedPair& pair,
                Problems& problems) {
  if (pair.likelihood && !to.likelihood_on_scale(*pair.likelihood)) {
    problems.push_back({fmt::format("{}.{}_likelihood", risk, name),
                        fmt::format("must lie from {} to {}", to.likelihood_min, to.likelihood_max),
                        std::to_string(*pair.likelihood)});
  }
  if (pair.impact && !to.impact_on_scale(*pair.impact)) {
    problems.push_back({fmt::format("{}.{}_impact", risk, name),
                        fmt::format("must lie from {} to {}", to.impact_min, to.impact_max),
                        std::to_string(*pair.impact)});
  }
}

template <class T>
Value value_or_unset(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Patch migration_patch(const RiskMethodology& to, const ConfirmedMigration& confirmed) {
  return patch_of(Risk::def(), {{"methodology", to.id},
                                {"inherent_likelihood", value_or_unset(confirmed.inherent.likelihood)},
                                {"inherent_impact", value_or_unset(confirmed.inherent.impact)},
                                {"residual_likelihood", value_or_unset(confirmed.residual.likelihood)},
                                {"residual_impact", value_or_unset(confirmed.residual.impact)},
                                {"target_score", value_or_unset(confirmed.target)}});
}

// Names the risk that a problem is about.
Error about_risk(Error error, const Id& risk) {
  for (Problem& problem : error.problems)
    problem.place = problem.place.empty() ? risk : fmt::format("{}.{}", risk, problem.place);
  if (error.problems.empty()) error.message = fmt::format("{}: {}", risk, error.message);
  return error;
}

}  // namespace

const Record* MethodBook::find(std::string_view id) const {
  auto found = std::ranges::find(versions, id, &Record::id);
  return found == versions.end() ? nullptr : &*found;
}

const Record* MethodBook::in_force() const {
  auto found = std::ranges::find_if(versions, [](const Record& record) { return record.state() == "effective"; });
  return found == versions.end() ? nullptr : &*found;
}

const Record* MethodBook::draft() const {
  auto found = std::ranges::find_if(versions, [](const Record& record) { return record.state() == "draft"; });
  return found == versions.end() ? nullptr : &*found;
}

const Record* MethodBook::before(const Record& version) const {
  for (const Record& other : versions) {
    if (decode<RiskMethodology>(other).version < decode<RiskMethodology>(version).version) return &other;
  }
  return nullptr;
}

std::size_t MethodBook::risks_on(std::string_view id) const {
  auto found = risks.find(Id(id));
  return found == risks.end() ? 0 : found->second;
}

Result<MethodBook> method_book(const RegisterService& registers, const Principal& principal) {
  MethodBook book;
  TRY(book.versions, records_of(registers, principal, RiskMethodology::def()));
  std::ranges::stable_sort(book.versions, std::greater(),
                           [](const Record& record) { return number_of(record.at("version")).value_or(0); });
  if (!may(principal, Action::see, Risk::def())) return book;
  TRY(auto risks, all_of<Risk>(registers, principal));
  for (const Risk& risk : risks) {
    if (is_open_risk(risk)) ++book.risks[risk.methodology ? risk.methodology->id : Id()];
  }
  return book;
}

Result<Record> begin_method(const RegisterService& registers, const Principal& principal) {
  TRY(MethodBook book, method_book(registers, principal));
  if (const Record* waiting = book.draft()) {
    return fail(ErrorKind::conflict, fmt::format("Version {} is still a draft: finish it before you begin another one.",
                                                 decode<RiskMethodology>(*waiting).version));
  }
  RiskMethodology next = proposed_method();
  if (!book.versions.empty()) {
    const RiskMethodology latest = decode<RiskMethodology>(book.in_force() ? *book.in_force() : book.versions.front());
    const std::int64_t version = decode<RiskMethodology>(book.versions.front()).version + 1;
    RiskMethodology copy = latest;
    if (copy.levels.empty()) {
      for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
        auto levels = proposed_levels(scale, scale_min(copy, scale), scale_max(copy, scale));
        copy.levels.insert(copy.levels.end(), levels.begin(), levels.end());
      }
      // Levels without words cannot be stored; they are asked for in the wizard.
      std::erase_if(copy.levels, [](const MethodLevel& level) { return is_blank(level.name); });
    }
    if (copy.bands.empty()) copy.bands = proposed_bands(copy);
    next = std::move(copy);
    next.version = version;
  }
  next.id.clear();
  next.status = PlanStatus::draft;
  next.document_version.reset();
  next.approved_by.reset();
  next.approved_on.reset();
  next.effective_on.reset();
  next.level_definitions = levels_are_described(next);
  refit(next);
  return registers.create(principal, encode(next));
}

Result<Record> save_method_part(const RegisterService& registers, const Principal& principal,
                                const RiskMethodology& settings, std::int64_t version, MethodPart part) {
  if (Problems problems = missing_in(settings, part); !problems.empty())
    return fail(std::move(problems), "The settings were not saved: some need another look.");
  const EntityDef& def = RiskMethodology::def();
  RiskMethodology fitted = settings;
  const bool refitted = (part == MethodPart::scales || part == MethodPart::formula) && refit(fitted);
  const Record wanted = encode(fitted);
  Patch patch;
  auto take = [&](MethodPart which) {
    for (std::string_view name : split(method_parts[static_cast<std::size_t>(which)].fields, ' '))
      patch.emplace_back(def.find(name), wanted.at(name));
  };
  take(part);
  if (refitted && part == MethodPart::scales) take(MethodPart::formula);
  if (refitted) take(MethodPart::threshold);
  return registers.change(principal, def, settings.id, version, patch);
}

Result<std::vector<RiskToMigrate>> risks_to_migrate(const RegisterService& registers, const Principal& principal,
                                                    const RiskMethodology& to) {
  TRY(auto methods, all_of<RiskMethodology>(registers, principal));
  TRY(auto records, records_of(registers, principal, Risk::def()));
  std::vector<RiskToMigrate> out;
  for (const Record& record : records) {
    RiskToMigrate item{decode<Risk>(record), record.version, {}, {}, {}, {}};
    const Id named = item.risk.methodology ? item.risk.methodology->id : Id();
    if (!is_open_risk(item.risk) || named == to.id) continue;
    if (auto found = std::ranges::find(methods, named, &RiskMethodology::id); found != methods.end())
      item.from = *found;
    const RiskMethodology& from = item.from ? *item.from : to;
    item.inherent = migrated({item.risk.inherent_likelihood, item.risk.inherent_impact}, from, to);
    item.residual = migrated({item.risk.residual_likelihood, item.risk.residual_impact}, from, to);
    if (item.risk.target_score) item.target = migrated_level(*item.risk.target_score, from, to);
    out.push_back(std::move(item));
  }
  return out;
}

Result<void> migrate_risks(const RegisterService& registers, const Principal& principal, const RiskMethodology& to,
                           const std::vector<ConfirmedMigration>& confirmed, std::string_view reason) {
  Problems problems;
  if (to.status != PlanStatus::effective)
    return fail(ErrorKind::conflict, "Risks are taken over to the version in force only.");
  if (confirmed.empty()) problems.push_back({"confirmed", "Confirm at least one risk.", ""});
  if (is_blank(reason)) problems.push_back({"reason", "say why; it is kept in the history of each risk", ""});
  for (const ConfirmedMigration& item : confirmed) {
    check_pair(to, item.risk, "inherent", item.inherent, problems);
    check_pair(to, item.risk, "residual", item.residual, problems);
  }
  if (!problems.empty()) return fail(std::move(problems), "No risk was taken over: some entries need another look.");
  return registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    for (const ConfirmedMigration& item : confirmed) {
      TRY(Record stored, transaction.read(Risk::def(), item.risk));
      if (stored.version != item.version)
        return fail(ErrorKind::conflict,
                    fmt::format("{} was changed since this page was shown. Reload it and confirm again.", item.risk));
      const Risk risk = decode<Risk>(stored);
      const auto from = risk.methodology ? transaction.find<RiskMethodology>(risk.methodology->id) : std::nullopt;
      auto made = registers.make_in(
          transaction, ProposedChange{.def = &Risk::def(),
                                      .id = item.risk,
                                      .step = {},
                                      .values = migration_patch(to, item),
                                      .reason = migration_words(risk, from ? &*from : nullptr, to, item, reason)});
      if (!made) return Failure(about_risk(std::move(made).error(), item.risk));
    }
    return {};
  });
}

}  // namespace assay
