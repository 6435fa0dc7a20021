#include "kernel/service/rehearsals.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "kernel/service/conformity.h"

namespace assay {
namespace {

RehearsalSummary summary_of(const Rehearsal& rehearsal) {
  RehearsalSummary summary{rehearsal.number,  rehearsal.stage,   rehearsal.as_of.iso(),
                           rehearsal.made_at, rehearsal.made_by, rehearsal.conclusion.outcome,
                           rehearsal.counts};
  summary.counts.rules_evaluated = 0;
  return summary;
}

void withhold(const Principal& principal, const Registry& registry, const RuleSet& rules, KeptRehearsal& kept) {
  FindingSight sight(principal, registry);
  kept.withheld = std::erase_if(kept.rehearsal.findings, [&](const RehearsalFinding& finding) {
    return !sight.shows(rules, {finding.rule, finding.kind, finding.subject});
  });
  if (!sight.shows_record("evidence", {})) kept.rehearsal.looked_at.clear();
}

Result<std::int64_t> store(Transaction& transaction, Rehearsal& rehearsal) {
  Connection& connection = transaction.connection();
  TRY(auto highest, connection.one_integer("select max(number) from assay_rehearsal"));
  rehearsal.number = highest.value_or(0) + 1;
  rehearsal.made_at = transaction.now().iso();
  rehearsal.made_by = transaction.actor().name;
  std::string content = rehearsal_json(rehearsal);
  RehearsalSummary row = summary_of(rehearsal);
  auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  Param params[] = {row.number,
                    std::string_view(row.stage),
                    std::string_view(row.as_of),
                    std::string_view(row.made_at),
                    std::string_view(row.author),
                    name_of(row.outcome),
                    number(row.counts.majors),
                    number(row.counts.minors),
                    number(row.counts.observations),
                    number(row.counts.opportunities),
                    number(row.counts.not_evaluated),
                    std::string_view(content)};
  CHECK(connection.run(
      fmt::format("insert into assay_rehearsal ({}, content) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  rehearsal_columns),
      params));
  CHECK(transaction.note("rehearsal", std::to_string(row.number), "hold", {}, rehearsal_claim(row, content)));
  return row.number;
}

Result<KeptRehearsal> read_kept(const Reader& reader, std::int64_t number) {
  std::optional<RehearsalSummary> row;
  std::string content;
  Param params[] = {number};
  CHECK(reader.connection().query(
      fmt::format("select {}, content from assay_rehearsal where number = ?", rehearsal_columns), params,
      [&](const Row& read) {
        row = read_rehearsal_row(read);
        content = read.text(11);
      }));
  if (!row) return fail(ErrorKind::not_found, fmt::format("There is no rehearsal {}.", number));
  KeptRehearsal kept;
  TRY(kept.rehearsal, read_rehearsal(content));
  TRY(auto entries, reader.history("rehearsal", std::to_string(number), 0, 1));
  if (!entries.empty()) {
    const LedgerEntry& entry = entries.front();
    kept.entry = entry.seq;
    kept.intact =
        entry.changes == rehearsal_claim(*row, content) && entry.at == row->made_at && entry.actor_name == row->author;
  }
  return kept;
}

std::string keys_json(const std::vector<const RehearsalFinding*>& findings) {
  std::string out = "[";
  for (const RehearsalFinding* finding : findings) {
    out += fmt::format("{}{{\"rule\":{},\"class\":\"{}\",\"kind\":{},\"subject\":{}}}", out.size() > 1 ? "," : "",
                       json_string(finding->rule), name_of(finding->finding_class), json_string(finding->kind),
                       json_string(finding->subject));
  }
  return out + "]";
}

std::string comparison_json(const Rehearsal& before, const Rehearsal& after) {
  RehearsalComparison change = compare(before, after);
  std::string changed = "[";
  for (const auto& pair : change.changed) {
    changed += fmt::format("{}{{\"rule\":{},\"kind\":{},\"subject\":{},\"before\":\"{}\",\"after\":\"{}\"}}",
                           changed.size() > 1 ? "," : "", json_string(pair.after->rule), json_string(pair.after->kind),
                           json_string(pair.after->subject), name_of(pair.before->finding_class),
                           name_of(pair.after->finding_class));
  }
  return fmt::format("{{\"with\":{},\"new\":{},\"gone\":{},\"changed\":{}],\"same\":{},\"not_judged\":{}}}",
                     before.number, keys_json(change.appeared), keys_json(change.gone), changed, change.same.size(),
                     keys_json(change.not_judged));
}

}  // namespace

Result<std::int64_t> Rehearsals::hold(const Principal& principal, const std::string& stage, Date as_of) const {
  CHECK(demand(may_rehearse(principal)));
  Problems problems;
  if (!is_stage(stage)) problems.push_back(unknown_stage("stage", stage));
  Date today = workspace_.clock().today();
  if (as_of < today || days_between(today, as_of) > most_days_ahead) {
    problems.push_back({"as_of",
                        fmt::format("must be today or a later day, until {}", today.plus_days(most_days_ahead).iso()),
                        as_of.iso()});
  }
  if (!problems.empty()) return fail(std::move(problems), "The rehearsal was not held.");
  TRY(Rehearsal rehearsal, rehearse(auditor_, stage, as_of));
  std::int64_t number = 0;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(number, store(transaction, rehearsal));
    return {};
  }));
  return number;
}

Result<std::vector<RehearsalSummary>> Rehearsals::list(const Principal& principal, std::string_view stage,
                                                       std::size_t most) const {
  CHECK(demand_conformity(principal));
  TRY(auto reader, workspace_.read());
  std::vector<RehearsalSummary> out;
  Param params[] = {stage, stage, static_cast<std::int64_t>(most)};
  CHECK(reader->connection().query(
      fmt::format("select {} from assay_rehearsal where ? = '' or stage = ? order by number desc limit ?",
                  rehearsal_columns),
      params, [&](const Row& row) { out.push_back(read_rehearsal_row(row)); }));
  return out;
}

Result<KeptRehearsal> Rehearsals::read(const Principal& principal, std::int64_t number) const {
  CHECK(demand_conformity(principal));
  TRY(auto reader, workspace_.read());
  TRY(KeptRehearsal kept, read_kept(*reader, number));
  withhold(principal, workspace_.registry(), auditor_.rules(), kept);
  return kept;
}

Result<std::optional<KeptRehearsal>> Rehearsals::before(const Principal& principal, const Rehearsal& rehearsal) const {
  CHECK(demand_conformity(principal));
  TRY(auto reader, workspace_.read());
  Param params[] = {std::string_view(rehearsal.stage), rehearsal.number};
  TRY(auto number, reader->connection().one_integer(
                       "select max(number) from assay_rehearsal where stage = ? and number < ?", params));
  if (!number) return std::optional<KeptRehearsal>();
  TRY(KeptRehearsal kept, read_kept(*reader, *number));
  withhold(principal, workspace_.registry(), auditor_.rules(), kept);
  return std::optional(std::move(kept));
}

Result<std::string> Rehearsals::json(const Principal& principal, std::int64_t number) const {
  TRY(KeptRehearsal kept, read(principal, number));
  TRY(auto earlier, before(principal, kept.rehearsal));
  std::string out = rehearsal_json(kept.rehearsal);
  out.pop_back();
  return out + fmt::format(",\"withheld\":{},\"ledger_entry\":{},\"intact\":{},\"comparison\":{}}}", kept.withheld,
                           kept.entry, kept.intact,
                           earlier ? comparison_json(earlier->rehearsal, kept.rehearsal) : "null");
}

Result<std::string> Rehearsals::document(const Principal& principal, std::int64_t number) const {
  if (!document_) return fail(ErrorKind::not_found, "This program lays out no reports.");
  TRY(KeptRehearsal kept, read(principal, number));
  TRY(auto earlier, before(principal, kept.rehearsal));
  return document_(kept, earlier ? &*earlier : nullptr);
}

std::string rehearsal_file_name(const Rehearsal& rehearsal) {
  return fmt::format("{} report {} (rehearsal, {}).pdf", stage_title(rehearsal.stage), rehearsal.number,
                     rehearsal.as_of.iso());
}

std::string summaries_json(const std::vector<RehearsalSummary>& list) {
  std::string out = "{\"items\":[";
  for (const RehearsalSummary& item : list) {
    out += fmt::format(
        "{}{{\"number\":{},\"stage\":{},\"as_of\":{},\"made_at\":{},\"made_by\":{},\"outcome\":\"{}\",\"counts\":{{"
        "\"major\":{},\"minor\":{},\"observation\":{},"
        "\"ofi\":{},\"not_evaluated\":{}}}}}",
        &item == &list.front() ? "" : ",", item.number, json_string(item.stage), json_string(item.as_of),
        json_string(item.made_at), json_string(item.author), name_of(item.outcome), item.counts.majors,
        item.counts.minors, item.counts.observations, item.counts.opportunities, item.counts.not_evaluated);
  }
  return out + "]}";
}

std::string rehearsal_claim(const RehearsalSummary& summary, std::string_view content) {
  return fmt::format(
      "{{\"stage\":{},\"as_of\":{},\"outcome\":\"{}\",\"majors\":{},\"minors\":{},\"observations\":{},"
      "\"opportunities\":{},\"not_evaluated\":{},\"content_hash\":\"{}\"}}",
      json_string(summary.stage), json_string(summary.as_of), name_of(summary.outcome), summary.counts.majors,
      summary.counts.minors, summary.counts.observations, summary.counts.opportunities, summary.counts.not_evaluated,
      hex(sha256(content)));
}

RehearsalSummary read_rehearsal_row(const Row& row) {
  auto count = [&](int column) { return static_cast<std::size_t>(std::max<std::int64_t>(row.integer(column), 0)); };
  RehearsalSummary out{row.integer(0),
                       std::string(row.text(1)),
                       std::string(row.text(2)),
                       std::string(row.text(3)),
                       std::string(row.text(4)),
                       outcome_of(row.text(5)).value_or(Outcome::no_conclusion),
                       {}};
  out.counts = {count(6), count(7), count(8), count(9), count(10), 0};
  return out;
}

}  // namespace assay
