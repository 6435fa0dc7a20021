#include "base/file_lock.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/base/temp_folder.h"

namespace assay::test {
namespace {

TEST(FileLocks, TheSecondIsToldWhoHoldsIt) {
  TempFolder folder;
  auto path = folder.path() / "lock";
  std::optional<FileLock> first(*FileLock::take(path, "process 1, a rather long description"));
  auto second = FileLock::take(path, "process 2");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::conflict);
  EXPECT_EQ(second.error().message, "process 1, a rather long description");
  first.reset();
  auto third = FileLock::take(path, "process 3");
  ASSERT_TRUE(third);
  EXPECT_EQ(FileLock::take(path, "x").error().message, "process 3") << "nothing of the former text is left";
}

TEST(FileLocks, AFolderThatIsMissingIsTold) {
  TempFolder folder;
  auto lock = FileLock::take(folder.path() / "none" / "lock", "x");
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace assay::test
