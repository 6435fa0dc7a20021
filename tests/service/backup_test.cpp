// Everything into one archive and back.
#include "kernel/service/backup.h"

#include <zip.h>

#include <fstream>

#include "base/file_lock.h"
#include "kernel/documents/document_body.h"
#include "kernel/evidence/attachments.h"
#include "kernel/exchange/sniff.h"
#include "kernel/service/comments.h"
#include "kernel/service/document_texts.h"
#include "kernel/service/saved_views.h"
#include "kernel/service/verify.h"
#include "tests/service/fixture.h"

namespace assay::test {
namespace {

class Backup : public ServiceTest {
 protected:
  std::filesystem::path archive() const { return folder_.path() / "backup.zip"; }

  void rewrite(const std::function<void(zip*)>& change) {
    int code = 0;
    zip* file = zip_open(archive().c_str(), 0, &code);
    ASSERT_NE(file, nullptr);
    change(file);
    ASSERT_EQ(zip_close(file), 0);
  }
  static void put(zip* file, const char* name, std::string_view text) {
    zip_source_t* source = zip_source_buffer(file, text.data(), text.size(), 0);
    ASSERT_GE(zip_file_add(file, name, source, ZIP_FL_OVERWRITE), 0);
  }
};

TEST_F(Backup, brings_records_history_accounts_files_and_key_back) {
  auto tenant = example("a");
  expect(tenant->accounts.create(somebody(),
                                 {"eva@example.org", "Eva", {}, {Role::administrator}, "teal lamp seven rivers", {}}));
  Hash blob = expect(tenant->blobs.put("evidence"));
  std::string before = bundle_of(*tenant);
  // The workspace is open and in use while the backup is made.
  BackupReport report = expect(make_backup(location("a"), product(), archive()));
  EXPECT_EQ(report.workspaces, std::vector<std::string>{"main"});
  EXPECT_EQ(std::filesystem::status(archive()).permissions() & std::filesystem::perms::others_all,
            std::filesystem::perms::none);
  expect(restore_backup(archive(), location("b"), product(), false));
  auto restored = open("b");
  EXPECT_EQ(bundle_of(*restored), before);
  EXPECT_EQ(restored->blobs.check(blob), BlobState::intact);
  EXPECT_TRUE(restored->accounts.find_by_email("eva@example.org"));
  EXPECT_EQ(restored->workspace->signing_key().text(), tenant->workspace->signing_key().text());
  Verification verified = expect(verify(*restored->workspace));
  for (const Damage& damage : verified.damages) ADD_FAILURE() << damage.place << ": " << damage.what;
  EXPECT_EQ(verified.root, expect(verify(*tenant->workspace)).root);
  Record risk(def("risk"));
  risk.at("title") = "Life goes on";
  EXPECT_TRUE(restored->registers.create(somebody(), risk));
  EXPECT_TRUE(std::filesystem::is_empty(location("a").temp_folder()));
}

// What a bundle has no place for: names of files, comments, views, tokens, history.
TEST_F(Backup, carries_what_a_bundle_cannot) {
  auto tenant = example("a");
  UserAccount eva = expect(tenant->accounts.create(
      somebody(), {"eva@example.org", "Eva", {}, {Role::isms_owner}, "teal lamp seven rivers", {}}));
  const EntityDef& risk = def("risk");
  Record record = read(*tenant, "risk", "R-001");
  Attachments attachments(*tenant->workspace, tenant->blobs);
  expect(write_file_durably(folder_.path() / "scan.txt", "evidence"));
  auto files = expect(attachments.store({{"Scan of May.txt", folder_.path() / "scan.txt"}}, sniff_media_type));
  expect(attachments.attach(somebody(), risk, "R-001", files,
                            [](const Transaction&, const Record&) -> Result<void> { return {}; }));
  expect(add_comment(*tenant->workspace, somebody(), record, "Seen in May."));
  expect(SavedViews(*tenant->workspace).save(eva.principal(), risk, "Mine", "q=x"));
  expect(tenant->workspace->write(somebody(), [&](Transaction& t) { return write_body(t, "DV-01-1.0", "# Text\n"); }));
  std::string token =
      expect(tenant->tokens.create(somebody(), eva.id, "t", TokenScope::read, clock_.today().plus_days(9))).token;

  expect(make_backup(location("a"), product(), archive()));
  expect(restore_backup(archive(), location("b"), product(), false));
  auto restored = open("b");
  auto rows = expect(Attachments(*restored->workspace, restored->blobs).list(risk, "R-001"));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, "Scan of May.txt");
  EXPECT_EQ(restored->blobs.check(*hash_from_hex(rows[0].sha256)), BlobState::intact);
  auto comments = expect(comments_of(*restored->workspace, record));
  ASSERT_EQ(comments.size(), 1U);
  EXPECT_EQ(comments[0].body, "Seen in May.");
  EXPECT_EQ(expect(SavedViews(*restored->workspace).list(eva.principal(), risk)).size(), 1U);
  EXPECT_EQ(expect(document_text(restored->registers, somebody(), "DV-01-1.0")), "# Text\n");
  EXPECT_TRUE(restored->tokens.authenticate(token, clock_.now()));
  auto history = [&](Tenant& of) {
    return expect(expect(of.workspace->read())->history(risk, "R-001", 0, 500)).size();
  };
  EXPECT_EQ(history(*restored), history(*tenant));
}

TEST_F(Backup, a_folder_that_is_served_is_not_restored_into) {
  auto tenant = example("a");
  expect(make_backup(location("a"), product(), archive()));
  auto server = expect(FileLock::take(location("a").server_lock(), "process 7, which listens on 127.0.0.1:8080"));
  auto refused = restore_backup(archive(), location("a"), product(), true);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_NE(refused.error().message.find("process 7"), std::string::npos) << refused.error().message;
}

TEST_F(Backup, an_occupied_place_is_only_replaced_with_force) {
  auto tenant = example("a");
  expect(make_backup(location("a"), product(), archive()));
  create("b");
  auto refused = restore_backup(archive(), location("b"), product(), false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_EQ(expect(expect(open("b")->workspace->read())->count(def("risk"))), 0);
  BackupReport report = expect(restore_backup(archive(), location("b"), product(), true));
  EXPECT_TRUE(std::filesystem::exists(report.before / "workspaces" / "main.db"));
  EXPECT_EQ(bundle_of(*open("b")), bundle_of(*tenant));
}

TEST_F(Backup, an_altered_archive_is_refused_and_changes_nothing) {
  auto tenant = example("a");
  expect(make_backup(location("a"), product(), archive()));
  rewrite([](zip* file) { put(file, "keys/main.key", "another key"); });
  auto refused = restore_backup(archive(), location("b"), product(), true);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refused.error().problems[0].place, "keys/main.key");
  EXPECT_EQ(count_files(folder_.path() / "b"), 0U);
}

TEST_F(Backup, members_that_the_manifest_does_not_name_are_refused) {
  auto tenant = example("a");
  expect(make_backup(location("a"), product(), archive()));
  rewrite([](zip* file) { put(file, "../outside.txt", "x"); });
  EXPECT_FALSE(restore_backup(archive(), location("b"), product(), true));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "outside.txt"));
}

TEST_F(Backup, names_that_lead_out_are_no_members) {
  std::string hash = hex(sha256("x"));
  EXPECT_TRUE(is_backup_member("workspaces/main.db"));
  EXPECT_TRUE(is_backup_member("workspaces/main/assay_ledger.jsonl"));
  EXPECT_TRUE(is_backup_member("keys/main.key"));
  EXPECT_TRUE(is_backup_member("blobs/main/" + hash.substr(0, 2) + "/" + hash));
  for (const std::string& name :
       std::vector<std::string>{"../main.db", "workspaces/../x.db", "/etc/passwd", "workspaces/main.db/..",
                                "keys/..key", "workspaces\\main.db", "blobs/main/../" + hash, "manifest.json", ""}) {
    EXPECT_FALSE(is_backup_member(name)) << name;
  }
}

TEST_F(Backup, what_is_no_backup_is_told) {
  std::ofstream(archive()) << "not a zip";
  auto refused = restore_backup(archive(), location("b"), product(), false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_FALSE(restore_backup(folder_.path() / "missing.zip", location("b"), product(), false));
}

}  // namespace
}  // namespace assay::test
