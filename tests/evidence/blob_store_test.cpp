#include "kernel/evidence/blob_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/base/failing_calls.h"
#include "tests/base/temp_folder.h"

namespace assay {
namespace {

using test::count_files;
using test::FailingCall;
using test::TempFolder;

std::string read_all(const BlobStore& store, const Hash& hash) {
  std::string out;
  auto done = store.read(hash, 0, store.size(hash).value(), [&](std::string_view bytes) -> Result<void> {
    out += bytes;
    return {};
  });
  EXPECT_TRUE(done);
  return out;
}

std::vector<Hash> all_of(const BlobStore& store) {
  std::vector<Hash> hashes;
  EXPECT_TRUE(store.for_each([&](const Hash& hash) -> Result<void> {
    hashes.push_back(hash);
    return {};
  }));
  return hashes;
}

// Somebody changes a stored file behind our back.
void overwrite(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::permissions(path, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST(BlobStore, StoresAndReads) {
  TempFolder folder;
  BlobStore store(folder.path() / "blobs");
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>(i * 7);
  auto writer = store.writer();
  ASSERT_TRUE(writer);
  for (std::size_t at = 0; at < bytes.size(); at += 9999) {
    ASSERT_TRUE(writer->append(std::string_view(bytes).substr(at, 9999)));
  }
  EXPECT_EQ(writer->size(), bytes.size());
  Hash hash = writer->finish().value();
  EXPECT_EQ(hash, sha256(bytes));
  EXPECT_EQ(store.size(hash).value(), bytes.size());
  EXPECT_EQ(read_all(store, hash), bytes);
  EXPECT_EQ(store.check(hash), BlobState::intact);
  EXPECT_EQ(store.path_of(hash), folder.path() / "blobs" / hex(hash).substr(0, 2) / hex(hash));
  struct stat status {};
  ASSERT_EQ(::stat(store.path_of(hash).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0400U);
  EXPECT_EQ(status.st_nlink, 1U);
  EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(BlobStore, EmptyBlob) {
  TempFolder folder;
  BlobStore store(folder.path());
  Hash hash = store.put("").value();
  EXPECT_EQ(hash, sha256(""));
  EXPECT_EQ(store.size(hash).value(), 0U);
  EXPECT_EQ(read_all(store, hash), "");
  EXPECT_EQ(store.check(hash), BlobState::intact);
}

TEST(BlobStore, SameBytesTwiceAreOneFile) {
  TempFolder folder;
  BlobStore store(folder.path());
  Hash hash = store.put("evidence").value();
  auto before = std::filesystem::last_write_time(store.path_of(hash));
  EXPECT_EQ(store.put("evidence").value(), hash);
  EXPECT_EQ(std::filesystem::last_write_time(store.path_of(hash)), before);
  EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(BlobStore, AbandonedWriterLeavesNothing) {
  TempFolder folder;
  BlobStore store(folder.path());
  {
    auto writer = store.writer();
    ASSERT_TRUE(writer->append("half"));
    EXPECT_EQ(count_files(folder.path()), 1U);
  }
  EXPECT_EQ(count_files(folder.path()), 0U);
}

TEST(BlobStore, ReadsRanges) {
  TempFolder folder;
  BlobStore store(folder.path());
  Hash hash = store.put("0123456789").value();
  std::string out;
  auto collect = [&](std::string_view bytes) -> Result<void> {
    out += bytes;
    return {};
  };
  EXPECT_TRUE(store.read(hash, 3, 4, collect));
  EXPECT_EQ(out, "3456");
  EXPECT_TRUE(store.read(hash, 10, 0, collect));
  EXPECT_EQ(out, "3456");
  for (auto [offset, length] :
       {std::pair<std::uint64_t, std::uint64_t>{0, 11}, {10, 1}, {11, 0}, {1, UINT64_MAX}, {UINT64_MAX, 1}}) {
    auto result = store.read(hash, offset, length, collect);
    ASSERT_FALSE(result) << offset << " " << length;
    EXPECT_EQ(result.error().kind, ErrorKind::invalid);
  }
  EXPECT_EQ(out, "3456");
}

TEST(BlobStore, ReadStopsAtTheFirstErrorOfTheSink) {
  TempFolder folder;
  BlobStore store(folder.path());
  Hash hash = store.put(std::string(200'000, 'x')).value();
  int calls = 0;
  auto result = store.read(hash, 0, 200'000, [&](std::string_view bytes) -> Result<void> {
    EXPECT_LE(bytes.size(), 65536U);
    ++calls;
    return fail(ErrorKind::limit, "the browser went away");
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "the browser went away");
  EXPECT_EQ(calls, 1);
}

TEST(BlobStore, MissingBlob) {
  TempFolder folder;
  BlobStore store(folder.path() / "none");
  Hash hash = sha256("nothing");
  EXPECT_EQ(store.check(hash), BlobState::missing);
  auto size = store.size(hash);
  ASSERT_FALSE(size);
  EXPECT_EQ(size.error().kind, ErrorKind::not_found);
  EXPECT_FALSE(store.read(hash, 0, 0, [](std::string_view) -> Result<void> { return {}; }));
  EXPECT_TRUE(all_of(store).empty());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none"));
}

TEST(BlobStore, AlteredBlobIsFoundAndNeverAccepted) {
  for (std::string_view change : {"Evidence", "evidence and more", "evid", ""}) {
    TempFolder folder;
    BlobStore store(folder.path());
    Hash hash = store.put("evidence").value();
    overwrite(store.path_of(hash), change);
    EXPECT_EQ(store.check(hash), BlobState::altered) << change;
    auto again = store.put("evidence");
    ASSERT_FALSE(again) << change;
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
    EXPECT_NE(again.error().message.find(hex(hash)), std::string::npos);
    EXPECT_EQ(read_file(store.path_of(hash), 100).value(), change);  // kept for the investigation
    EXPECT_EQ(count_files(folder.path()), 1U);
  }
}

TEST(BlobStore, OnlyPlainFilesAreBlobs) {
  TempFolder folder;
  BlobStore store(folder.path() / "blobs");
  Hash hash = store.put("evidence").value();
  std::filesystem::rename(store.path_of(hash), folder.path() / "elsewhere");
  std::filesystem::create_symlink(folder.path() / "elsewhere", store.path_of(hash));
  EXPECT_EQ(store.check(hash), BlobState::altered);
  EXPECT_FALSE(store.size(hash));
  EXPECT_FALSE(store.put("evidence"));
  std::filesystem::remove(store.path_of(hash));
  std::filesystem::create_directory(store.path_of(hash));
  EXPECT_EQ(store.check(hash), BlobState::altered);
  EXPECT_FALSE(store.size(hash));
  std::filesystem::remove(store.path_of(hash));
  ASSERT_EQ(::mkfifo(store.path_of(hash).c_str(), 0600), 0);
  EXPECT_EQ(store.check(hash), BlobState::altered);
  EXPECT_FALSE(store.size(hash));  // does not wait for a writer
}

TEST(BlobStore, WhatCannotBeReadIsNeitherCleanNorAltered) {
  TempFolder folder;
  BlobStore store(folder.path());
  Hash hash = store.put("evidence").value();
  FailingCall failing("open", 1, EACCES);
  EXPECT_EQ(store.check(hash), BlobState::unreadable);
}

TEST(BlobStore, ForEachGivesBlobsInOrderAndPassesOverStrangers) {
  TempFolder folder;
  BlobStore store(folder.path());
  std::vector<Hash> expected;
  for (int i = 0; i < 100; ++i) expected.push_back(store.put(std::to_string(i)).value());
  std::sort(expected.begin(), expected.end());
  std::ofstream(folder.path() / "README") << "x";
  std::ofstream(folder.path() / "zz") << "x";
  std::ofstream(store.path_of(expected[0]).parent_path() / "notes.txt") << "x";
  std::filesystem::create_directory(folder.path() / "xy");
  std::ofstream(folder.path() / "xy" / hex(expected[0])) << "in the wrong folder";
  EXPECT_EQ(all_of(store), expected);
  int calls = 0;
  auto stopped = store.for_each([&](const Hash&) -> Result<void> {
    ++calls;
    return fail(ErrorKind::limit, "enough");
  });
  EXPECT_FALSE(stopped);
  EXPECT_EQ(calls, 1);
}

TEST(BlobStore, OpeningRemovesStaleTemporaryFiles) {
  TempFolder folder;
  std::filesystem::create_directory(folder.path() / "tmp");
  auto age = [&](const char* name, std::chrono::hours hours) {
    std::ofstream(folder.path() / "tmp" / name) << "x";
    std::filesystem::last_write_time(folder.path() / "tmp" / name,
                                     std::filesystem::file_time_type::clock::now() - hours);
  };
  age("blob-old", std::chrono::hours(25));
  age("blob-new", std::chrono::hours(23));
  age("other", std::chrono::hours(100));  // not ours
  BlobStore store(folder.path());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "tmp/blob-old"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "tmp/blob-new"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "tmp/other"));
}

// Fails the first, second, third … call of each kind on the way of one blob until the blob gets through: after every
// failure there is an error in words and no trace, and the same bytes can be stored at once.
TEST(BlobStore, EveryFailureLeavesNothing) {
  const std::pair<std::string_view, int> kinds[] = {{"open", EMFILE}, {"write", ENOSPC}, {"fsync", EIO},
                                                    {"link", EIO},    {"mkdir", EROFS},  {"fchmod", EROFS}};
  for (auto [call, system_error] : kinds) {
    bool failed = true;
    for (int nth = 1; failed; ++nth) {
      ASSERT_LT(nth, 20) << call;
      TempFolder folder;
      BlobStore store(folder.path() / "blobs");
      {
        FailingCall failing(call, nth, system_error);
        auto stored = store.put("evidence");
        failed = failing.happened();
        ASSERT_NE(stored.has_value(), failed) << call << ' ' << nth;
        if (!failed) {
          EXPECT_GT(nth, 1) << call << " was never made";
          continue;
        }
        EXPECT_NE(stored.error().message.find(folder.path().native()), std::string::npos) << stored.error().message;
        EXPECT_EQ(stored.error().kind, system_error == ENOSPC ? ErrorKind::limit : ErrorKind::internal);
      }
      EXPECT_EQ(count_files(folder.path()), 0U) << call << ' ' << nth;
      EXPECT_EQ(store.check(store.put("evidence").value()), BlobState::intact);
    }
  }
}

TEST(BlobStore, MessagesNameTheReason) {
  TempFolder folder;
  BlobStore store(folder.path() / "blobs");
  {
    FailingCall failing("write", 1, ENOSPC);
    auto stored = store.put("evidence");
    EXPECT_NE(stored.error().message.find("the disk is full"), std::string::npos) << stored.error().message;
  }
  {
    FailingCall failing("open", 1, EROFS);
    auto writer = store.writer();
    ASSERT_FALSE(writer);
    EXPECT_NE(writer.error().message.find("the file system is read-only"), std::string::npos) << writer.error().message;
  }
  auto orphan = BlobStore(folder.path() / "no/such/folder").writer();
  ASSERT_FALSE(orphan);
  EXPECT_EQ(orphan.error().kind, ErrorKind::not_found);
}

// A failed folder sync must not take back a blob that was there before.
TEST(BlobStore, FailureOnASecondStoreKeepsTheFirst) {
  TempFolder folder;
  BlobStore store(folder.path());
  Hash hash = store.put("evidence").value();
  FailingCall failing("fsync", 2, EIO);
  EXPECT_FALSE(store.put("evidence"));
  EXPECT_EQ(store.check(hash), BlobState::intact);
  EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(BlobStore, FileSystemWithoutHardLinks) {
  TempFolder folder;
  BlobStore store(folder.path());
  for (int round = 0; round < 2; ++round) {
    FailingCall failing("link", 1, EPERM);
    Hash hash = store.put("evidence").value();
    EXPECT_TRUE(failing.happened());
    EXPECT_EQ(store.check(hash), BlobState::intact);
    EXPECT_EQ(count_files(folder.path()), 1U);
  }
  FailingCall failing("link", 1, EPERM);
  overwrite(store.path_of(sha256("evidence")), "changed!");
  EXPECT_FALSE(store.put("evidence"));
}

TEST(BlobStore, WriterIsUsedOnce) {
  TempFolder folder;
  BlobStore store(folder.path());
  auto writer = store.writer();
  ASSERT_TRUE(writer->finish());
  EXPECT_THROW((void)writer->finish(), std::logic_error);
  EXPECT_THROW((void)writer->append("x"), std::logic_error);
  auto broken = store.writer();
  FailingCall failing("write", 1, ENOSPC);
  EXPECT_FALSE(broken->append("x"));
  EXPECT_THROW((void)broken->finish(), std::logic_error);
}

TEST(BlobStore, ManyThreadsStoreTheSameBytes) {
  TempFolder folder;
  BlobStore store(folder.path());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) EXPECT_TRUE(store.put("blob " + std::to_string(i)));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(all_of(store).size(), 25U);
  EXPECT_EQ(count_files(folder.path()), 25U);
  for (const Hash& hash : all_of(store)) EXPECT_EQ(store.check(hash), BlobState::intact);
}

}  // namespace
}  // namespace assay
