#include "kernel/evidence/attachments.h"

#include <gtest/gtest.h>

#include <fstream>

#include "isms/controls/evidence.h"
#include "isms/registers.h"
#include "kernel/exchange/sniff.h"
#include "kernel/model/record.h"
#include "kernel/service/register_service.h"
#include "tests/base/temp_folder.h"

namespace assay {
namespace {

using test::TempFolder;

// A workspace in memory with one piece of evidence and nobody's permission in the way.
class AttachmentsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Workspace::in_memory({registers(), clock, {}});
    ASSERT_TRUE(opened) << opened.error().text();
    workspace = std::move(*opened);
    Record record(Evidence::def());
    record.at("kind") = std::string("report");
    record.at("source") = std::string("manual");
    for (std::string_view field : {"period_start", "period_end", "collected_on"})
      record.at(field) = std::string("2026-03-01");
    record.at("content_hash") = record.at("stored_hash") = hex(sha256("to be replaced"));
    auto made = RegisterService(*workspace).create(product, record);
    ASSERT_TRUE(made) << made.error().text();
    id = made->id;
  }

  NewFile file(std::string name, std::string_view bytes) {
    auto path = folder.path() / ("upload-" + std::to_string(++count));
    std::ofstream(path, std::ios::binary) << bytes;
    return {std::move(name), path};
  }
  std::vector<StoredFile> stored(const std::vector<NewFile>& files) {
    auto out = attachments().store(files, sniff_media_type);
    EXPECT_TRUE(out) << out.error().text();
    return out.value_or(std::vector<StoredFile>());
  }
  Attachments attachments() { return Attachments(*workspace, blobs); }
  Result<std::vector<Attachment>> attach(const std::vector<NewFile>& files, const Permit& permit = allow) {
    return attachments().attach(product, Evidence::def(), id, stored(files), permit);
  }
  Record evidence() { return (*workspace->read())->find(Evidence::def(), id).value(); }
  void damage(const std::string& sha256, std::string_view bytes) {
    auto path = blobs.path_of(*hash_from_hex(sha256));
    std::filesystem::permissions(path, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  static Result<void> allow(const Transaction&, const Record&) { return {}; }

  TempFolder folder;
  FixedClock clock{*Instant::parse("2026-03-02T10:00:00Z")};
  Principal product = Principal::product("test");
  std::unique_ptr<Workspace> workspace;
  BlobStore blobs{folder.path() / "blobs"};
  Id id;
  int count = 0;
};

TEST_F(AttachmentsTest, KeepsBytesRowAndLedgerEntry) {
  auto added = attach({file("report.pdf", "%PDF-1.7\nreport")});
  ASSERT_TRUE(added) << added.error().text();
  ASSERT_EQ(added->size(), 1U);
  const Attachment& one = added->front();
  EXPECT_EQ(one.media_type, "application/pdf");
  EXPECT_EQ(one.sha256, hex(sha256("%PDF-1.7\nreport")));
  EXPECT_EQ(blobs.check(*hash_from_hex(one.sha256)), BlobState::intact);
  EXPECT_EQ(attachments().find(one.id).value().name, "report.pdf");
  EXPECT_EQ(evidence().text("content_hash"), one.sha256);
  EXPECT_EQ(evidence().text("stored_hash"), one.sha256);
  auto reader = workspace->read();
  Param params[] = {std::string_view(one.id)};
  auto changes = (*reader)->connection().one_text(
      "select changes from assay_ledger where register = 'attachment' and record = ?", params);
  ASSERT_TRUE(changes && *changes);
  for (std::string_view part :
       {std::string_view("report.pdf"), std::string_view(one.sha256), std::string_view("\"size\":15")})
    EXPECT_NE((*changes)->find(part), std::string::npos) << **changes;
}

TEST_F(AttachmentsTest, SeveralFilesHaveOneFingerprintInAnyOrder) {
  ASSERT_TRUE(attach({file("b.txt", "b"), file("a.txt", "a")}));
  EXPECT_EQ(evidence().text("content_hash"), joint_hash({hex(sha256("a")), hex(sha256("b"))}));
  EXPECT_EQ(joint_hash({"2", "1"}), joint_hash({"1", "2"}));
  EXPECT_EQ(joint_hash({"1"}), "1");
  EXPECT_EQ(joint_hash({}), "");
}

TEST_F(AttachmentsTest, ANewRevisionKeepsTheOldOne) {
  Attachment old = attach({file("a.txt", "first")})->front();
  auto fresh = attachments().replace(product, old.id, stored({file("a.txt", "second")}).front(), allow,
                                     "It was the wrong month.");
  ASSERT_TRUE(fresh) << fresh.error().text();
  auto all = attachments().list(Evidence::def(), id).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].current);
  EXPECT_FALSE(all[1].current);
  EXPECT_EQ(all[1].replaced_by, fresh->id);
  EXPECT_EQ(blobs.check(sha256("first")), BlobState::intact);
  EXPECT_EQ(evidence().text("content_hash"), hex(sha256("second")));
  auto again = attachments().replace(product, old.id, stored({file("a.txt", "third")}).front(), allow, "");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
}

TEST_F(AttachmentsTest, AcceptedEvidenceChangesNoMore) {
  Attachment one = attach({file("a.txt", "first")})->front();
  ASSERT_TRUE(workspace->write(product, [&](Transaction& transaction) -> Result<void> {
    Record before = transaction.find(Evidence::def(), id).value(), after = before;
    after.at("review_status") = std::string("accepted");
    return transaction.update(before, after, "");
  }));
  auto added = attach({file("b.txt", "more")});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::forbidden);
  EXPECT_FALSE(attachments().replace(product, one.id, stored({file("a.txt", "other")}).front(), allow, ""));
  EXPECT_EQ(evidence().text("content_hash"), one.sha256);
}

TEST_F(AttachmentsTest, WhatIsRefusedLeavesNothing) {
  auto refuse = [](const Transaction&, const Record&) -> Result<void> { return fail(ErrorKind::forbidden, "no"); };
  EXPECT_FALSE(attach({file("a.txt", "a")}, refuse));
  EXPECT_TRUE(attachments().list(Evidence::def(), id).value().empty());
  auto empty = attachments().store({file("empty.txt", "")}, sniff_media_type);
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().kind, ErrorKind::invalid);
}

TEST_F(AttachmentsTest, TheCheckMarksEvidenceThatChanged) {
  Attachment one = attach({file("a.txt", "first")})->front();
  auto clean = attachments().check_all(product);
  ASSERT_TRUE(clean) << clean.error().text();
  EXPECT_TRUE(clean->clean());
  EXPECT_EQ(clean->checked, 1U);
  EXPECT_EQ(clean->evidence_marked, 0U);

  damage(one.sha256, "forged");
  auto altered = attachments().check_all(product);
  ASSERT_TRUE(altered) << altered.error().text();
  EXPECT_EQ(altered->damaged, 1U);
  EXPECT_EQ(altered->evidence_marked, 1U);
  EXPECT_EQ(evidence().text("content_hash"), one.sha256);
  EXPECT_EQ(evidence().text("stored_hash"), hex(sha256("forged")));
  EXPECT_EQ(attachments().find(one.id)->check_result, "altered");

  std::filesystem::remove(blobs.path_of(*hash_from_hex(one.sha256)));
  auto missing = attachments().check_all(product);
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->missing.size(), 1U);
  EXPECT_NE(evidence().text("stored_hash"), one.sha256);

  ASSERT_TRUE(blobs.put("first"));
  ASSERT_TRUE(attachments().check_all(product));
  EXPECT_EQ(evidence().text("stored_hash"), one.sha256);
}

}  // namespace
}  // namespace assay
