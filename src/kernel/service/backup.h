// Everything an installation holds in one archive, and back again.
//
// A backup is taken while the server runs: each workspace is one consistent moment, and its evidence files, which are
// only ever added, are copied after it. The archive holds the signing keys: keep it like one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/service/backup_archive.h"
#include "kernel/service/tenant.h"

namespace assay {

struct BackupReport {
  std::vector<std::string> workspaces;
  std::size_t members = 0;
  std::uint64_t bytes = 0;       // unpacked
  std::string time;              // when it was taken
  std::filesystem::path before;  // restore: where the data that stood there before lies now; empty: there was none
};

// Error: not_found when there is no workspace, limit for a full disk.
Result<BackupReport> make_backup(const Location& location, const Product& product, const std::filesystem::path& target);

// Unpacks beside the data, checks every member against the manifest, and only then puts it into place; what stood there
// is kept aside. Error: invalid for an archive that is damaged, altered or of another engine; conflict when the place
// holds data and `force` is not set. Nothing is changed then. The server must not be running.
Result<BackupReport> restore_backup(const std::filesystem::path& archive, const Location& location,
                                    const Product& product, bool force);

}  // namespace assay
