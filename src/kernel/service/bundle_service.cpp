#include "kernel/service/bundle_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "kernel/identity/permission.h"
#include "kernel/store/bulk_load.h"
#include "kernel/store/schema.h"

namespace assay {
namespace {

// The bundle reader has checked the declared fields; of custom ones only the workspace knows what they are. A bundle
// brings no definitions along, so keys that nobody defined here are kept.
Problems custom_problems(const CustomFields& custom, const Record& record, const Record* stored) {
  Problems problems = check_custom(custom, record, stored, Strictness::lenient);
  for (Problem& problem : problems)
    problem.place = fmt::format("{} {} {}", record.def->name(), record.id, problem.place);
  return problems;
}

Result<void> store_record(Transaction& transaction, const Record& incoming, ImportOutcome& outcome,
                          Problems& problems) {
  Record record = incoming;
  auto stored = transaction.find(*record.def, record.id);
  TRY(const CustomFields* custom, transaction.custom_fields());
  std::ranges::move(custom_problems(*custom, record, stored ? &*stored : nullptr), std::back_inserter(problems));
  if (!problems.empty()) return {};
  if (!stored) {
    ++outcome.created;
    return transaction.insert(record, "import of a bundle", "import");
  }
  if (changes(*stored, record).empty() && stored->custom == record.custom) {
    ++outcome.unchanged;
    return {};
  }
  ++outcome.changed;
  return transaction.update(*stored, record, "import of a bundle", "import");
}

Result<void> demand_import(const Principal& principal, const Bundle& bundle) {
  std::set<const EntityDef*> registers;
  for (const Record& record : bundle.records) registers.insert(record.def);
  for (const EntityDef* def : registers) {
    CHECK(demand(may(principal, Action::import_, *def)));
  }
  return {};
}

}  // namespace

Result<ImportOutcome> import_bundle(Workspace& workspace, const Principal& principal, const Bundle& bundle,
                                    const ImportOptions& options) {
  CHECK(demand_import(principal, bundle));
  ImportOutcome outcome;
  Problems lacking = incomplete(bundle);
  if (options.strict && !lacking.empty())
    return fail(std::move(lacking), "The bundle is incomplete; nothing was imported.");
  outcome.warnings = std::move(lacking);
  Strictness strictness = options.strict ? Strictness::strict : Strictness::lenient;
  Problems warnings;
  // A dry run does everything but the commit: the message of this error is never shown.
  constexpr std::string_view undo = "dry run";
  auto done = workspace.write(
      principal,
      [&](Transaction& transaction) -> Result<void> {
        Problems problems;
        CHECK(transaction.expect_many());
        for (const Record& record : bundle.records) CHECK(store_record(transaction, record, outcome, problems));
        if (!problems.empty())
          return fail(std::move(problems),
                      "The bundle does not fit the custom fields of this workspace; nothing was imported.");
        if (options.also) CHECK(options.also(transaction));
        if (!options.dry_run) return {};
        CHECK(transaction.finish());
        warnings = transaction.warnings();
        return fail(ErrorKind::conflict, std::string(undo));
      },
      strictness, options.dry_run ? nullptr : &warnings);
  bool rehearsed = !done && options.dry_run && done.error().message == undo;
  if (!done && !rehearsed) return std::unexpected(std::move(done).error());
  outcome.warnings.insert(outcome.warnings.end(), warnings.begin(), warnings.end());
  return outcome;
}

Result<void> export_bundle(const Reader& reader, const std::function<Result<void>(std::string_view chunk)>& sink) {
  BundleWriter writer(reader.today());
  std::string chunk;
  for (const EntityDef* def : reader.registry().all()) {
    ListQuery query;
    query.def = def;
    CHECK(reader.each(query, [&](const Record& record) -> Result<void> {
      writer.add(chunk, record);
      if (chunk.size() < 64 * 1024) return {};
      CHECK(sink(chunk));
      chunk.clear();
      return {};
    }));
  }
  writer.finish(chunk);
  return sink(chunk);
}

Result<Verdict> check_bundle(const RuleSet& rules, const Registry& registry, const Bundle& bundle,
                             const RuleQuestion& question) {
  TRY(auto connection, open_sqlite(":memory:", {.read_only = false, .create = true}));
  CHECK(bulk_load(*connection, registry, bundle.records));
  CHECK(refresh_statistics(*connection));
  CHECK(create_views(rules, *connection));
  auto defaults = rules.parameter_defaults();
  Reader reader(registry, *connection, defaults, question.as_of);
  TRY(auto parameters, reader.parameters(question.as_of));
  return evaluate(rules, *connection, parameters, question);
}

}  // namespace assay
