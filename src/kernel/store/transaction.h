// Writing records. Everything inside one Transaction becomes visible together or not at all: rows, link rows, search
// entries, ledger leaves and the signed head.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "kernel/ledger/merkle.h"
#include "kernel/ledger/note.h"
#include "kernel/store/reader.h"

namespace assay {

struct WriteContext {
  const Principal& actor;
  Instant now;
  const SigningKey& key;
  // strict: a dangling reference, a duplicate or a broken cardinality refuses the transaction. lenient: duplicates and
  // cardinality become warnings (an auditor's view of imperfect data); dangling references refuse always.
  Strictness strictness = Strictness::strict;
};

class Transaction : public Reader {
 public:
  Transaction(const Reader& reader_settings, WriteContext context) : Reader(reader_settings), context_(context) {}

  const Principal& actor() const { return context_.actor; }
  Instant now() const { return context_.now; }

  // Stores a new record. An empty id is generated; version and stamps are set in `record`.
  // Error: conflict when the id exists.
  Result<void> insert(Record& record, std::string_view reason, std::string_view operation = "create");

  // Stores the change from `before` (as read, with its version) to `after`; version and stamps are set in `after`.
  // Nothing is written when nothing changed. Error: conflict when the stored version is another; the problems then
  // name each field that would overwrite another value, with both.
  Result<void> update(const Record& before, Record& after, std::string_view reason,
                      std::string_view operation = "change");

  // A ledger entry for something that is no register record: accounts, comments, attachments, settings.
  // `changes` is a JSON object.
  Result<void> note(std::string_view subject, std::string_view id, std::string_view operation, std::string_view reason,
                    std::string_view changes);

  // Checks references, uniqueness and cardinality of all that was written, stores counters and signs the head. Called
  // by Workspace::write before the commit. Error: invalid with one problem per finding ("risk R-001 owner").
  Result<void> finish();

  const Problems& warnings() const { return warnings_; }
  bool wrote() const { return wrote_; }
  // Before many records are written: plans are made while tables are empty, and PostgreSQL would go on reading them
  // from end to end.
  Result<void> expect_many();
  std::uint64_t entries() const { return entries_; }  // ledger entries appended so far
  // Writes the record's entry of the search index anew: the record is as it was, what is indexed of it is not.
  Result<void> index_again(const Record& record) { return write_search(record, false); }

 private:
  Result<Id> next_id(const EntityDef& def);
  Result<std::int64_t*> sequence(const EntityDef& def);
  Result<void> remember_id(const Record& record);
  Result<void> write_search(const Record& record, bool fresh);
  Result<void> append(LedgerEntry entry);
  Result<void> load_head();
  Result<void> store_head();
  Result<void> collect(const Record& record, const Record* before);
  Result<void> collect_custom(const Record& record, const Record* before);
  Result<void> check_references(Problems& problems);
  Result<void> check_unique(Problems& problems);
  Result<void> check_together(const Record& record, std::string_view fields, Problems& problems);
  Result<void> check_one_where(const EntityDef& def, Problems& problems);
  Result<Error> lost_update(const Record& after);

  WriteContext context_;
  bool wrote_ = false;
  std::uint64_t entries_ = 0;
  bool head_loaded_ = false;
  Frontier frontier_;
  std::map<const EntityDef*, std::int64_t> added_;
  std::map<const EntityDef*, std::int64_t> sequences_;
  // target register and id -> first place that refers to it
  std::map<std::pair<const EntityDef*, Id>, std::string> references_;
  std::vector<Record> to_check_;  // written records that uniqueness must hold for
  std::set<const EntityDef*> touched_;
  Problems warnings_;
};

// The exact text whose hash is the leaf of a ledger entry (docs/ledger.md).
std::string leaf_text(const LedgerEntry& entry);

// The differences as JSON: {"owner":["P-1","P-2"]}; [null, value] for a field that was set. Secret fields appear
// without their values.
std::string changes_json(const std::vector<FieldChange>& changes);

}  // namespace assay
