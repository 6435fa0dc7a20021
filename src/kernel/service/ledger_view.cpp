#include "kernel/service/ledger_view.h"

#include <fmt/format.h>

#include "kernel/store/list_sql.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

constexpr std::string_view entry_columns =
    "seq, at, actor, actor_name, register, record, version, operation, reason, changes, record_hash, leaf_hash";

}  // namespace

Result<LedgerPage> ledger_page_of(Workspace& workspace, const LedgerQuestion& question) {
  LedgerPage page;
  if (question.registers.empty()) return page;
  std::string sql = fmt::format("select {} from assay_ledger where register in ({})", entry_columns,
                                value_marks(question.registers.size()));
  std::vector<Param> params(question.registers.begin(), question.registers.end());
  std::string after_last_day;
  auto add = [&](std::string_view condition, std::string_view value) {
    sql += condition;
    params.emplace_back(value);
  };
  if (!question.actor.empty()) {
    add(" and (actor_name = ?", question.actor);
    add(" or actor = ?)", question.actor);
  }
  if (!question.from.empty()) add(" and at >= ?", question.from);
  if (auto until = Date::parse(question.until)) {
    after_last_day = until->plus_days(1).iso();
    add(" and at < ?", after_last_day);
  }
  if (question.before >= 0) {
    sql += " and seq < ?";
    params.emplace_back(question.before);
  }
  sql += " order by seq desc limit ?";
  params.emplace_back(static_cast<std::int64_t>(question.limit + 1));
  TRY(auto reader, workspace.read());
  CHECK(
      reader->connection().query(sql, params, [&](const Row& row) { page.entries.push_back(read_ledger_entry(row)); }));
  page.more = page.entries.size() > question.limit;
  if (page.more) page.entries.pop_back();
  return page;
}

Result<LedgerEntry> ledger_entry(Workspace& workspace, std::int64_t seq) {
  TRY(auto reader, workspace.read());
  std::optional<LedgerEntry> found;
  Param params[] = {seq};
  CHECK(reader->connection().query(fmt::format("select {} from assay_ledger where seq = ?", entry_columns), params,
                                   [&](const Row& row) { found = read_ledger_entry(row); }));
  if (!found) return fail(ErrorKind::not_found, fmt::format("There is no ledger entry {}.", seq));
  return *std::move(found);
}

Result<std::optional<LedgerHead>> ledger_head(Workspace& workspace) {
  TRY(auto reader, workspace.read());
  TRY(auto note, reader->connection().one_text("select checkpoint from assay_ledger_head where one = 1"));
  if (!note) return std::nullopt;
  TRY(std::string text, open_note(*note, workspace.signing_key().verifier()));
  TRY(Checkpoint checkpoint, Checkpoint::parse(text));
  return LedgerHead{*std::move(note), std::move(checkpoint)};
}

Result<std::optional<LedgerProof>> ledger_proof(Workspace& workspace, const LedgerEntry& entry, const LedgerHead& head,
                                                std::uint64_t most) {
  LedgerProof proof;
  proof.index = static_cast<std::uint64_t>(entry.seq);
  proof.size = head.checkpoint.size;
  proof.root = head.checkpoint.root;
  if (proof.size > most || proof.index >= proof.size) return std::nullopt;
  std::vector<Hash> leaves;
  leaves.reserve(proof.size);
  TRY(auto reader, workspace.read());
  // A write may have come after the head was read: only the entries that the head covers.
  Param params[] = {static_cast<std::int64_t>(proof.size)};
  CHECK(reader->connection().query(
      "select leaf_hash from assay_ledger where seq < ? order by seq", params,
      [&](const Row& row) { leaves.push_back(hash_from_hex(row.text(0)).value_or(Hash{})); }));
  if (leaves.size() != proof.size)
    return fail(ErrorKind::internal,
                fmt::format("The ledger has {} entries where {} were signed.", leaves.size(), proof.size));
  // The leaf is worked out anew from the entry as it stands: what was altered no longer leads to the root.
  proof.leaf = leaf_hash(leaf_text(entry));
  proof.path = inclusion_proof(proof.index, leaves);
  proof.holds = verify_inclusion(proof.leaf, proof.index, proof.size, proof.path, proof.root);
  return proof;
}

}  // namespace assay
