#include "kernel/evidence/attachments.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/random.h"
#include "base/text.h"
#include "kernel/evidence/attachment_rows.h"

namespace assay {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

bool is_evidence(const EntityDef& def) { return def.name() == "evidence"; }

Attachment make_row(const Transaction& transaction, const Record& record, const StoredFile& file) {
  Attachment row;
  row.id = random_token(12);
  row.record_register = record.def->name();
  row.record = record.id;
  row.name = file.name;
  row.media_type = file.media_type;
  row.size = file.size;
  row.sha256 = file.sha256;
  row.at = transaction.now().iso();
  row.account = transaction.actor().account;
  row.author = transaction.actor().name;
  return row;
}

std::string facts_of(const Attachment& row, std::string_view replaces) {
  std::string out =
      fmt::format("{{\"register\":{},\"record\":{},\"name\":{},\"media_type\":{},\"size\":{},\"sha256\":{}",
                  json_string(row.record_register), json_string(row.record), json_string(row.name),
                  json_string(row.media_type), row.size, json_string(row.sha256));
  if (!replaces.empty()) out += fmt::format(",\"replaces\":{}", json_string(replaces));
  return out + "}";
}

Result<void> insert_noted(Transaction& transaction, const Attachment& row, std::string_view replaces,
                          std::string_view reason) {
  CHECK(insert_attachment(transaction.connection(), row));
  return transaction.note("attachment", row.id, replaces.empty() ? "add" : "replace", reason, facts_of(row, replaces));
}

Result<void> demand_open(const Record& record) {
  if (auto why = files_are_final(record)) return Failure(Error{ErrorKind::forbidden, *why, {}, "EV-05", "nobody"});
  return {};
}

// The hash of the bytes that stand in the store now, whatever they should be; nothing when they cannot be read.
std::optional<std::string> hash_found(const BlobStore& blobs, const Hash& expected) {
  auto path = blobs.path_of(expected);
  auto file = open_to_read(path);
  if (!file) return std::nullopt;
  Sha256 hasher;
  std::string buffer(piece_bytes, '\0');
  for (;;) {
    auto count = read_some(*file, path, buffer.data(), buffer.size());
    if (!count) return std::nullopt;
    if (*count == 0) return hex(hasher.finish());
    hasher.update(std::string_view(buffer).substr(0, *count));
  }
}

std::string_view name_of(BlobState state) {
  switch (state) {
    case BlobState::intact: return "intact";
    case BlobState::missing: return "missing";
    case BlobState::altered: return "altered";
    case BlobState::unreadable: return "unreadable";
  }
  return "unreadable";
}

}  // namespace

std::string joint_hash(std::vector<std::string> hashes) {
  if (hashes.empty()) return {};
  if (hashes.size() == 1) return hashes.front();
  std::ranges::sort(hashes);
  return hex(sha256(join(hashes, "\n")));
}

std::optional<std::string> files_are_final(const Record& record) {
  if (is_evidence(*record.def) && record.text("review_status") == "accepted") {
    return "This evidence was accepted: its files do not change any more. Collect a new record instead.";
  }
  if (!record.is_frozen()) return std::nullopt;
  return fmt::format("{} {} is {}: its files do not change any more.", record.def->text.label, record.id,
                     lower(record.state_label()));
}

Result<StoredFile> Attachments::store_one(const NewFile& file, MediaTypeOf media_type_of) const {
  TRY(FileHandle source, open_to_read(file.path));
  TRY(BlobStore::Writer writer, blobs_.writer());
  std::string buffer(piece_bytes, '\0');
  std::string media_type;
  for (bool first = true;; first = false) {
    TRY(std::size_t count, read_some(source, file.path, buffer.data(), buffer.size()));
    std::string_view piece = std::string_view(buffer).substr(0, count);
    if (first) media_type = media_type_of(piece.substr(0, 16 * 1024), file.name);
    if (count == 0) break;
    CHECK(writer.append(piece));
  }
  std::uint64_t size = writer.size();
  if (size == 0) return fail(Problems{{"files", "is empty: an empty file shows nothing", file.name}});
  TRY(Hash hash, writer.finish());
  return StoredFile{is_blank(file.name) ? "file" : shorten(file.name, 250), std::move(media_type), hex(hash), size};
}

Result<std::vector<StoredFile>> Attachments::store(const std::vector<NewFile>& files, MediaTypeOf media_type_of) const {
  std::vector<StoredFile> out;
  for (const NewFile& file : files) {
    TRY(StoredFile stored, store_one(file, media_type_of));
    out.push_back(std::move(stored));
  }
  return out;
}

Result<void> Attachments::update_evidence(Transaction& transaction, const Record& record,
                                          std::string_view reason) const {
  if (!is_evidence(*record.def)) return {};
  TRY(auto rows, attachments_of(transaction.connection(), record.def->name(), record.id));
  std::vector<std::string> hashes;
  for (const Attachment& row : rows) {
    if (row.current) hashes.push_back(row.sha256);
  }
  Record after = record;
  after.at("content_hash") = after.at("stored_hash") = joint_hash(std::move(hashes));
  if (is_unset(after.at("collected_on"))) after.at("collected_on") = transaction.today().iso();
  bool by_person = !transaction.actor().person.empty() && after.text("source") != "integration";
  if (is_unset(after.at("collected_by")) && by_person) after.at("collected_by") = transaction.actor().person;
  return transaction.update(record, after, reason);
}

Result<std::vector<Attachment>> Attachments::attach(const Principal& principal, const EntityDef& def,
                                                    std::string_view id, const std::vector<StoredFile>& files,
                                                    const Permit& permit, std::string_view reason) const {
  std::vector<Attachment> out;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    out.clear();
    TRY(Record record, transaction.read(def, id));
    CHECK(permit(transaction, record));
    CHECK(demand_open(record));
    for (const StoredFile& file : files) {
      out.push_back(make_row(transaction, record, file));
      CHECK(insert_noted(transaction, out.back(), {}, reason));
    }
    return update_evidence(transaction, record, reason.empty() ? "Files were added." : reason);
  }));
  return out;
}

Result<void> Attachments::attach_in(Transaction& transaction, const Record& record,
                                    const std::vector<StoredFile>& files, std::string_view reason) {
  for (const StoredFile& file : files)
    CHECK(insert_noted(transaction, make_row(transaction, record, file), {}, reason));
  return {};
}

Result<Attachment> Attachments::replace(const Principal& principal, std::string_view id, const StoredFile& file,
                                        const Permit& permit, std::string_view reason) const {
  Attachment row;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(Attachment old, attachment_by_id(transaction.connection(), id));
    const EntityDef* def = transaction.registry().find(old.record_register);
    if (!def) return fail(ErrorKind::not_found, "The record of this file does not exist.");
    TRY(Record record, transaction.read(*def, old.record));
    CHECK(permit(transaction, record));
    CHECK(demand_open(record));
    if (!old.current) return fail(ErrorKind::conflict, "There is a newer revision of this file already.");
    row = make_row(transaction, record, file);
    CHECK(insert_noted(transaction, row, old.id, reason));
    CHECK(mark_replaced(transaction.connection(), old.id, row.id));
    return update_evidence(transaction, record, reason.empty() ? "A file was replaced." : reason);
  }));
  return row;
}

Result<Attachment> Attachments::find(std::string_view id) const {
  TRY(auto reader, workspace_.read());
  return attachment_by_id(reader->connection(), id);
}

Result<std::vector<Attachment>> Attachments::list(const EntityDef& def, std::string_view record) const {
  TRY(auto reader, workspace_.read());
  return attachments_of(reader->connection(), def.name(), record);
}

Result<IntegrityReport> Attachments::check_all(const Principal& principal) const {
  std::vector<Attachment> all;
  {
    TRY(auto reader, workspace_.read());
    TRY(all, every_attachment(reader->connection()));
  }
  IntegrityReport report;
  std::map<std::string, BlobState, std::less<>> states;  // the same bytes may be attached in several places
  for (Attachment& row : all) {
    auto known = states.find(row.sha256);
    if (known == states.end()) {
      auto hash = hash_from_hex(row.sha256);
      known = states.emplace(row.sha256, hash ? blobs_.check(*hash) : BlobState::missing).first;
    }
    row.check_result = name_of(known->second);
    ++report.checked;
    if (row.is_damaged()) ++report.damaged;
    if (known->second == BlobState::altered) report.altered.push_back(row);
    if (known->second == BlobState::missing) report.missing.push_back(row);
    if (known->second == BlobState::unreadable) report.unreadable.push_back(row);
  }
  if (all.empty()) return report;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    std::string now = transaction.now().iso();
    for (const auto& [sha256, state] : states)
      CHECK(set_check_result(transaction.connection(), sha256, now, name_of(state)));
    return transaction.note(
        "attachment", "all", "check", {},
        fmt::format("{{\"checked\":{},\"altered\":{},\"missing\":{},\"unreadable\":{}}}", report.checked,
                    report.altered.size(), report.missing.size(), report.unreadable.size()));
  }));
  TRY(report.evidence_marked, mark_evidence(principal, all));
  return report;
}

// A file that is gone counts as empty bytes: what was collected is not there, and EV-05 shall say so. About a file that
// the system does not let us read nothing is claimed.
Result<std::size_t> Attachments::mark_evidence(const Principal& principal, const std::vector<Attachment>& all) const {
  const EntityDef* def = workspace_.registry().find("evidence");
  if (!def) return 0;
  std::map<Id, std::vector<std::string>> found;
  std::map<Id, bool> readable;
  for (const Attachment& row : all) {
    if (row.record_register != def->name() || !row.current) continue;
    std::string hash = row.sha256;
    if (row.check_result == "altered") hash = hash_found(blobs_, *hash_from_hex(row.sha256)).value_or(hex(sha256("")));
    if (row.check_result == "missing") hash = hex(sha256(""));
    found[row.record].push_back(hash);
    readable.try_emplace(row.record, true).first->second &= row.check_result != "unreadable";
  }
  std::size_t marked = 0;
  CHECK(workspace_.write(
      principal,
      [&](Transaction& transaction) -> Result<void> {
        marked = 0;
        for (auto& [id, hashes] : found) {
          if (!readable[id]) continue;
          auto record = transaction.find(*def, id);
          std::string now_found = joint_hash(hashes);
          if (!record || record->text("stored_hash") == now_found) continue;
          Record after = *record;
          after.at("stored_hash") = now_found;
          bool restored = after.text("content_hash") == now_found;
          CHECK(transaction.update(*record, after,
                                   restored ? "The integrity check found the file as it was collected."
                                            : "The integrity check found a file that is not what was collected."));
          ++marked;
        }
        return {};
      },
      Strictness::lenient));
  return marked;
}

}  // namespace assay
