#include "kernel/store/transaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/store/bulk_load.h"
#include "kernel/store/row_values.h"

namespace assay {

std::string leaf_text(const LedgerEntry& entry) {
  std::string out =
      fmt::format("{{\"seq\":{},\"at\":{},\"actor\":{},\"actor_name\":{},\"register\":{},\"record\":{},\"version\":{},",
                  entry.seq, json_string(entry.at), json_string(entry.actor), json_string(entry.actor_name),
                  json_string(entry.record_register), json_string(entry.record), entry.version);
  out += fmt::format("\"operation\":{},\"reason\":{},\"changes\":{},\"record_hash\":{}}}", json_string(entry.operation),
                     json_string(entry.reason), entry.changes, json_string(entry.record_hash));
  return out;
}

std::string changes_json(const std::vector<FieldChange>& changes) {
  std::string out = "{";
  for (const FieldChange& change : changes) {
    if (out.size() > 1) out += ',';
    out += json_string(change.field->name) + ":";
    if (change.field->text.secret) {
      out += "[\"(hidden)\",\"(hidden)\"]";
      continue;
    }
    out += '[';
    append_json(out, *change.field, change.before);
    out += ',';
    append_json(out, *change.field, change.after);
    out += ']';
  }
  return out + "}";
}

namespace {

std::string update_sql(const EntityDef& def) {
  std::string columns = "revision = ?, updated_at = ?, updated_by = ?, custom = ?";
  for (const FieldDef& field : def.fields) columns += fmt::format(", \"{}\" = ?", field.name);
  return fmt::format("update {} set {} where id = ? and revision = ?", def.name(), columns);
}

// The number at the end of an id with the register's own prefix: 12 for "R-012".
std::optional<std::int64_t> id_number(const EntityDef& def, std::string_view id) {
  if (def.text.prefix.empty() || !id.starts_with(def.text.prefix)) return std::nullopt;
  id.remove_prefix(def.text.prefix.size());
  if (!id.starts_with('-') || id.size() < 2 || id.size() > 13) return std::nullopt;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

Result<std::int64_t*> Transaction::sequence(const EntityDef& def) {
  auto [entry, fresh] = sequences_.try_emplace(&def, 0);
  if (fresh) {
    Param params[] = {def.name()};
    TRY(auto last, connection_.one_integer("select last from assay_sequence where register = ?", params));
    entry->second = last.value_or(0);
  }
  return &entry->second;
}

Result<Id> Transaction::next_id(const EntityDef& def) {
  TRY(std::int64_t * last, sequence(def));
  ++*last;
  return fmt::format("{}-{:03}", def.text.prefix, *last);
}

// Keeps the sequence ahead of ids that were brought along, so that a generated id is free.
Result<void> Transaction::remember_id(const Record& record) {
  auto number = id_number(*record.def, record.id);
  if (!number) return {};
  TRY(std::int64_t * last, sequence(*record.def));
  *last = std::max(*last, *number);
  return {};
}

Result<void> Transaction::insert(Record& record, std::string_view reason, std::string_view operation) {
  const EntityDef& def = *record.def;
  if (record.id.empty()) {
    TRY(record.id, next_id(def));
  } else {
    CHECK(remember_id(record));
  }
  record.version = 1;
  record.created_at = record.updated_at = context_.now.iso();
  record.created_by = record.updated_by = context_.actor.account;
  TRY(std::int64_t added, insert_row(connection_, record));
  if (added == 0) {
    return Failure(Error{ErrorKind::conflict,
                         fmt::format("There is already a {} {}.", lower(def.text.label), record.id),
                         {{"id", "must be unique in the register", record.id}},
                         {},
                         {}});
  }
  CHECK(write_link_rows(connection_, record, nullptr));
  CHECK(write_search(record, true));
  ++added_[&def];
  CHECK(collect(record, nullptr));
  LedgerEntry entry;
  entry.record_register = def.name();
  entry.record = record.id;
  entry.version = record.version;
  entry.operation = operation;
  entry.reason = reason;
  entry.changes = changes_json(changes(Record(def), record));
  entry.record_hash = hex(sha256(canonical_json(record)));
  return append(std::move(entry));
}

Result<void> Transaction::update(const Record& before, Record& after, std::string_view reason,
                                 std::string_view operation) {
  const EntityDef& def = *after.def;
  std::vector<FieldChange> difference = changes(before, after);
  after.version = before.version;
  if (difference.empty() && before.custom == after.custom && operation == "change") return {};
  after.version = before.version + 1;
  after.created_at = before.created_at;
  after.created_by = before.created_by;
  after.updated_at = context_.now.iso();
  after.updated_by = context_.actor.account;
  std::vector<std::string> scratch;
  std::vector<Param> params = {after.version, std::string_view(after.updated_at), std::string_view(after.updated_by),
                               text_or_null(after.custom)};
  append_values(after, params, scratch);
  params.emplace_back(std::string_view(after.id));
  params.emplace_back(before.version);
  TRY(std::int64_t changed, connection_.run(update_sql(def), params));
  if (changed == 0) {
    TRY(Error error, lost_update(after));
    return Failure(std::move(error));
  }
  CHECK(write_link_rows(connection_, after, &before));
  CHECK(write_search(after, false));
  CHECK(collect(after, &before));
  LedgerEntry entry;
  entry.record_register = def.name();
  entry.record = after.id;
  entry.version = after.version;
  entry.operation = operation;
  entry.reason = reason;
  entry.changes = changes_json(difference);
  if (before.custom != after.custom) {
    entry.changes.pop_back();
    auto json_or_null = [](const std::string& text) { return text.empty() ? std::string("null") : text; };
    entry.changes += fmt::format("{}\"custom\":[{},{}]}}", entry.changes.size() > 1 ? "," : "",
                                 json_or_null(before.custom), json_or_null(after.custom));
  }
  entry.record_hash = hex(sha256(canonical_json(after)));
  return append(std::move(entry));
}

Result<Error> Transaction::lost_update(const Record& after) {
  auto stored = read(*after.def, after.id);
  if (!stored) return std::move(stored).error();
  Error error{ErrorKind::conflict,
              fmt::format("{} {} was changed by {} at {} while you were editing it.", after.def->text.label, after.id,
                          stored->updated_by, stored->updated_at),
              {},
              {},
              {}};
  std::vector<FieldChange> differing = changes(*stored, after);
  TRY(const CustomFields* custom, custom_fields());
  std::ranges::move(custom_changes(*custom, *stored, after), std::back_inserter(differing));
  for (const FieldChange& change : differing) {
    error.problems.push_back({std::string(change.field->name),
                              fmt::format("is now \"{}\"", shorten(display(*change.field, change.before), 200)),
                              shorten(display(*change.field, change.after), 200)});
  }
  return error;
}

Result<void> Transaction::note(std::string_view subject, std::string_view id, std::string_view operation,
                               std::string_view reason, std::string_view changes) {
  LedgerEntry entry;
  entry.record_register = subject;
  entry.record = id;
  entry.operation = operation;
  entry.reason = reason;
  entry.changes = changes;
  return append(std::move(entry));
}

Result<void> Transaction::write_search(const Record& record, bool fresh) {
  std::string body = record.id;
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    bool words = field.kind == Kind::text || field.kind == Kind::texts;
    if (!words || field.text.secret || is_unset(record.values[i])) continue;
    body += ' ';
    body += display(field, record.values[i]);
  }
  TRY(const CustomFields* custom, custom_fields());
  for (const FieldDef* field : record.custom.empty() ? std::vector<const FieldDef*>() : custom->all_of(*record.def)) {
    bool words = field->kind == Kind::text || field->kind == Kind::choice;
    if (Value value = record.value(*field); words && !is_empty(value)) body += ' ' + display(*field, value);
  }
  std::string title(record.title());
  Param params[] = {record.def->name(), std::string_view(record.id), std::string_view(title), std::string_view(body)};
  std::string_view sql = "insert into assay_search_doc (register, record, title, body) values (?, ?, ?, ?)";
  if (!fresh) {
    sql =
        "insert into assay_search_doc (register, record, title, body) values (?, ?, ?, ?) on conflict (register, "
        "record) "
        "do update set title = excluded.title, body = excluded.body";
  }
  return connection_.post(sql, params);
}

Result<void> Transaction::load_head() {
  if (head_loaded_) return {};
  TRY(auto text, connection_.one_text("select frontier from assay_ledger_head where one = 1"));
  if (text) {
    TRY(frontier_, Frontier::parse(*text));
  }
  head_loaded_ = true;
  return {};
}

Result<void> Transaction::append(LedgerEntry entry) {
  CHECK(load_head());
  wrote_ = true;
  ++entries_;
  entry.seq = static_cast<std::int64_t>(frontier_.size());
  entry.at = context_.now.iso();
  entry.actor = context_.actor.account;
  entry.actor_name = context_.actor.name;
  if (entry.changes.empty()) entry.changes = "{}";
  Hash leaf = leaf_hash(leaf_text(entry));
  entry.leaf_hash = hex(leaf);
  frontier_.append(leaf);
  Param params[] = {entry.seq,
                    std::string_view(entry.at),
                    std::string_view(entry.actor),
                    std::string_view(entry.actor_name),
                    std::string_view(entry.record_register),
                    std::string_view(entry.record),
                    entry.version,
                    std::string_view(entry.operation),
                    std::string_view(entry.reason),
                    std::string_view(entry.changes),
                    std::string_view(entry.record_hash),
                    std::string_view(entry.leaf_hash)};
  return connection_.post(
      "insert into assay_ledger (seq, at, actor, actor_name, register, record, version, operation, reason, "
      "changes, record_hash, leaf_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      params);
}

Result<void> Transaction::store_head() {
  TRY(auto previous, connection_.one_text("select frontier from assay_ledger_head where one = 1"));
  std::uint64_t old_size = 0;
  if (previous) {
    TRY(Frontier old, Frontier::parse(*previous));
    old_size = old.size();
  }
  Checkpoint checkpoint{context_.key.name, frontier_.size(), frontier_.root(), {"time " + context_.now.iso()}};
  std::string note = sign_note(checkpoint.to_text(), context_.key);
  std::string frontier = frontier_.serialise();
  Param params[] = {std::string_view(frontier), std::string_view(note)};
  CHECK(connection_.run(
      "insert into assay_ledger_head (one, frontier, checkpoint) values (1, ?, ?) on conflict (one) do update "
      "set frontier = excluded.frontier, checkpoint = excluded.checkpoint",
      params));
  // Signed way marks narrow down where a later damage lies.
  constexpr std::uint64_t stride = 256;
  if (old_size / stride != frontier_.size() / stride || old_size == 0) {
    std::string at = context_.now.iso();
    Param mark[] = {static_cast<std::int64_t>(frontier_.size()), std::string_view(at), std::string_view(note)};
    CHECK(connection_.run(
        "insert into assay_checkpoint (size, at, note) values (?, ?, ?) on conflict (size) do nothing", mark));
  }
  return {};
}

Result<void> Transaction::expect_many() {
  return connection_.engine() == Engine::sqlite ? Result<void>() : connection_.script("set local enable_seqscan = off");
}

Result<void> Transaction::finish() {
  Problems problems;
  CHECK(check_references(problems));
  Problems duplicates;
  CHECK(check_unique(duplicates));
  for (const EntityDef* def : touched_) CHECK(check_one_where(*def, duplicates));
  Problems& receiver = context_.strictness == Strictness::strict ? problems : warnings_;
  receiver.insert(receiver.end(), duplicates.begin(), duplicates.end());
  if (!problems.empty()) return fail(std::move(problems), "Nothing was stored.");
  for (const auto& [def, count] : added_) {
    Param params[] = {def->name(), count};
    CHECK(
        connection_.run("insert into assay_count (register, records) values (?, ?) on conflict (register) do update "
                        "set records = assay_count.records + excluded.records",
                        params));
  }
  for (const auto& [def, last] : sequences_) {
    Param params[] = {def->name(), last};
    CHECK(
        connection_.run("insert into assay_sequence (register, last) values (?, ?) on conflict (register) do update "
                        "set last = excluded.last",
                        params));
  }
  if (wrote_) CHECK(store_head());
  return {};
}

}  // namespace assay
