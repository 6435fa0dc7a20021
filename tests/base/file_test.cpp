#include "base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>

#include "tests/base/failing_calls.h"
#include "tests/base/temp_folder.h"

namespace assay {
namespace {

using test::count_files;
using test::FailingCall;
using test::TempFolder;

TEST(ReadFile, ReadsUpToTheCap) {
  TempFolder folder;
  std::string bytes(40'000, '\0');
  bytes.back() = '!';
  std::ofstream(folder.path() / "a", std::ios::binary) << bytes;
  EXPECT_EQ(read_file(folder.path() / "a", 40'000).value(), bytes);
  auto cut = read_file(folder.path() / "a", 39'999);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().kind, ErrorKind::limit);
  EXPECT_NE(cut.error().message.find("39999 bytes"), std::string::npos);
}

TEST(ReadFile, EmptyFileFitsAnEmptyCap) {
  TempFolder folder;
  std::ofstream(folder.path() / "a");
  EXPECT_EQ(read_file(folder.path() / "a", 0).value(), "");
}

TEST(ReadFile, SaysWhatIsWrong) {
  TempFolder folder;
  auto missing = read_file(folder.path() / "none", 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_NE(missing.error().message.find((folder.path() / "none").native() + ": it does not exist"), std::string::npos);
  auto directory = read_file(folder.path(), 10);
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().kind, ErrorKind::invalid);
  EXPECT_NE(directory.error().message.find("it is a folder"), std::string::npos);
  FailingCall denied("open", 1, EACCES);
  auto refused = read_file(folder.path() / "a", 10);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::internal);
  EXPECT_NE(refused.error().message.find("the permission is missing"), std::string::npos);
}

TEST(WriteFile, CreatesAndReplaces) {
  TempFolder folder;
  std::filesystem::path path = folder.path() / "a";
  ASSERT_TRUE(write_file_durably(path, "one"));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_TRUE(write_file_durably(path, std::string(100'000, 'x')));
  ASSERT_TRUE(write_file_durably(path, ""));
  EXPECT_EQ(read_file(path, 10).value(), "");
  EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(WriteFile, MissingFolder) {
  TempFolder folder;
  auto result = write_file_durably(folder.path() / "no" / "a", "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::not_found);
}

// Each call of the way fails once: the old content stands, nothing else is left, and the message says why.
TEST(WriteFile, FailureLeavesTheOldContent) {
  struct Fault {
    std::string_view call;
    int nth;
    int system_error;
    std::string_view words;
    ErrorKind kind;
  };
  const Fault faults[] = {{"open", 1, EROFS, "the file system is read-only", ErrorKind::internal},
                          {"open", 1, EACCES, "the permission is missing", ErrorKind::internal},
                          {"write", 1, ENOSPC, "the disk is full", ErrorKind::limit},
                          {"write", 1, EDQUOT, "the disk quota is used up", ErrorKind::limit},
                          {"fsync", 1, EIO, "the disk reports an error", ErrorKind::internal},
                          {"rename", 1, EACCES, "the permission is missing", ErrorKind::internal}};
  for (const Fault& fault : faults) {
    TempFolder folder;
    ASSERT_TRUE(write_file_durably(folder.path() / "a", "old"));
    FailingCall failing(fault.call, fault.nth, fault.system_error);
    auto result = write_file_durably(folder.path() / "a", "new");
    ASSERT_FALSE(result) << fault.call;
    EXPECT_EQ(result.error().kind, fault.kind) << fault.call;
    EXPECT_NE(result.error().message.find(fault.words), std::string::npos) << result.error().message;
    EXPECT_NE(result.error().message.find(folder.path().native()), std::string::npos) << result.error().message;
    EXPECT_EQ(read_file(folder.path() / "a", 10).value(), "old");
    EXPECT_EQ(count_files(folder.path()), 1U);
  }
}

TEST(WriteFile, SaysWhenOnlyTheFolderSyncFailed) {
  TempFolder folder;
  FailingCall failing("fsync", 2, EIO);
  auto result = write_file_durably(folder.path() / "a", "new");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("might not survive a power failure"), std::string::npos);
  EXPECT_EQ(read_file(folder.path() / "a", 10).value(), "new");
}

TEST(WriteFile, InterruptedWriteGoesOn) {
  TempFolder folder;
  FailingCall failing("write", 1, EINTR);
  ASSERT_TRUE(write_file_durably(folder.path() / "a", "new"));
  EXPECT_TRUE(failing.happened());
  EXPECT_EQ(read_file(folder.path() / "a", 10).value(), "new");
}

TEST(TempFile, IsRemovedUnlessKept) {
  TempFolder folder;
  {
    auto file = TempFile::create(folder.path(), "x-");
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->path().filename().native().starts_with("x-"));
    TempFile moved = std::move(*file);
    EXPECT_TRUE(moved.write("abc"));
    EXPECT_EQ(count_files(folder.path()), 1U);
    moved = TempFile::create(folder.path(), "y-").value();
    EXPECT_EQ(count_files(folder.path()), 1U);
  }
  EXPECT_EQ(count_files(folder.path()), 0U);
  TempFile::create(folder.path()).value().keep();
  EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(MakeFolder, ExistingIsFineAndAFileIsNot) {
  TempFolder folder;
  ASSERT_TRUE(make_folder_durably(folder.path() / "a"));
  ASSERT_TRUE(make_folder_durably(folder.path() / "a"));
  {
    // What a read-only file system answers for a folder that is there.
    FailingCall failing("mkdir", 1, EROFS);
    EXPECT_TRUE(make_folder_durably(folder.path() / "a"));
  }
  std::ofstream(folder.path() / "b");
  EXPECT_FALSE(make_folder_durably(folder.path() / "b"));
  FailingCall failing("mkdir", 1, EROFS);
  auto refused = make_folder_durably(folder.path() / "c");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("read-only"), std::string::npos);
}

TEST(FileHandle, ClosesItsDescriptorOnce) {
  TempFolder folder;
  FileHandle handle = open_to_read(folder.path()).value();
  int descriptor = handle.get();
  FileHandle other = std::move(handle);
  EXPECT_EQ(other.get(), descriptor);
  other = FileHandle();
  EXPECT_EQ(::fcntl(descriptor, F_GETFD), -1);
}

}  // namespace
}  // namespace assay
