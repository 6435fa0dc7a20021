// Files that people attached to records: bytes in the blob store, one row each in assay_attachment, and a ledger entry
// with name, size and SHA-256, so that a file that changes behind our back is noticed and can be proved.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/evidence/blob_store.h"
#include "kernel/store/workspace.h"

namespace assay {

struct Attachment {
  std::string id;
  std::string record_register;
  Id record;
  std::string name;        // as the person had it; for display and downloads, never a path
  std::string media_type;  // judged by the bytes when it came
  std::uint64_t size = 0;
  std::string sha256;  // hexadecimal; names the blob
  std::string at, account, author;
  bool current = true;  // false: replaced by a newer revision
  std::string replaced_by;
  std::string checked_at;    // instant of the last integrity check; empty: not yet
  std::string check_result;  // "intact", "altered", "missing", "unreadable"; empty: not yet

  bool is_damaged() const { return check_result == "altered" || check_result == "missing"; }
};

// A file on its way in. The bytes at `path` are copied; the caller removes them.
struct NewFile {
  std::string name;
  std::filesystem::path path;
};

// A file whose bytes are stored already and which belongs to no record yet.
struct StoredFile {
  std::string name, media_type, sha256;
  std::uint64_t size = 0;
};

// What the caller brings: how to tell the type of a file (kernel/exchange/sniff.h), and whether this change of the
// record is allowed, asked inside the transaction.
using MediaTypeOf = std::string_view (*)(std::string_view first_bytes, std::string_view file_name);
using Permit = std::function<Result<void>(const Transaction&, const Record&)>;

struct IntegrityReport {
  std::size_t checked = 0;
  std::size_t damaged = 0;  // altered or missing
  std::vector<Attachment> altered, missing, unreadable;
  std::size_t evidence_marked = 0;  // Evidence records whose stored fingerprint was set to what was found
  bool clean() const { return damaged == 0 && unreadable.empty(); }
};

class Attachments {
 public:
  Attachments(Workspace& workspace, BlobStore& blobs) : workspace_(workspace), blobs_(blobs) {}

  // Copies the files into the blob store, piece by piece. Nothing refers to them yet.
  Result<std::vector<StoredFile>> store(const std::vector<NewFile>& files, MediaTypeOf media_type_of) const;

  // Attaches stored files to a record in one transaction. On an Evidence record this sets both fingerprints, and who
  // collected it when where those are unset.
  Result<std::vector<Attachment>> attach(const Principal& principal, const EntityDef& def, std::string_view record,
                                         const std::vector<StoredFile>& files, const Permit& permit,
                                         std::string_view reason = {}) const;
  // The same inside a transaction that is under way, for a record that was just created; touches no field of it.
  static Result<void> attach_in(Transaction& transaction, const Record& record, const std::vector<StoredFile>& files,
                                std::string_view reason = {});
  // A new revision of a file; the old one is kept and points to it.
  Result<Attachment> replace(const Principal& principal, std::string_view id, const StoredFile& file,
                             const Permit& permit, std::string_view reason) const;

  Result<Attachment> find(std::string_view id) const;  // not_found
  // All revisions, current ones first, newest first.
  Result<std::vector<Attachment>> list(const EntityDef& def, std::string_view record) const;

  // Re-hashes every file. An Evidence record whose file is not what was collected gets the fingerprint that was found,
  // so that rule EV-05 speaks; it gets the right one back when the file has been restored.
  Result<IntegrityReport> check_all(const Principal& principal) const;

 private:
  Result<StoredFile> store_one(const NewFile& file, MediaTypeOf media_type_of) const;
  Result<void> update_evidence(Transaction& transaction, const Record& record, std::string_view reason) const;
  Result<std::size_t> mark_evidence(const Principal& principal, const std::vector<Attachment>& all) const;

  Workspace& workspace_;
  BlobStore& blobs_;
};

// The fingerprint of several files: of one file its own, of several the SHA-256 of their sorted hashes, a line each.
std::string joint_hash(std::vector<std::string> hashes);

// Why the files of this record do not change any more; nothing when they may.
std::optional<std::string> files_are_final(const Record& record);

}  // namespace assay
