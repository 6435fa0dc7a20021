// The risk method from the first draft to the version in force, and risks taken over from one version to the next.
#pragma once

#include <map>
#include <optional>

#include "isms/risk/method_migration.h"
#include "isms/risk/method_settings.h"
#include "kernel/service/register_service.h"

namespace assay {

// Every version, and which open risks stand on it.
struct MethodBook {
  std::vector<Record> versions;     // newest first
  std::map<Id, std::size_t> risks;  // open risks by version; "" for those that name none
  const Record* find(std::string_view id) const;
  const Record* in_force() const;                     // null where none is
  const Record* draft() const;                        // the newest that is not approved yet; null where none is
  const Record* before(const Record& version) const;  // the one it follows
  std::size_t risks_on(std::string_view id) const;
};
// Error: forbidden. Without the right to see risks their numbers stay zero.
Result<MethodBook> method_book(const RegisterService& registers, const Principal& principal);

// A new draft: a copy of the latest version, or a proposal where there is none. Error: conflict while another draft
// waits.
Result<Record> begin_method(const RegisterService& registers, const Principal& principal);

// Stores one part of the settings. A threshold, classes or a matrix that a new scale or formula leaves out of reach are
// proposed anew with it. `version`: the one that was shown. Errors: invalid with places as in missing_in(); those of
// RegisterService::change().
Result<Record> save_method_part(const RegisterService& registers, const Principal& principal,
                                const RiskMethodology& settings, std::int64_t version, MethodPart part);

// ---- Risks on another version ------------------------------------------------------------------------------------------

struct RiskToMigrate {
  Risk risk;
  std::int64_t version = 0;             // of the record
  std::optional<RiskMethodology> from;  // nothing: the risk names no version
  MigratedPair inherent, residual;      // proposed
  std::optional<double> target;         // proposed
};
// Open risks that stand on another version than `to`, in id order, with what their scores would become.
Result<std::vector<RiskToMigrate>> risks_to_migrate(const RegisterService& registers, const Principal& principal,
                                                    const RiskMethodology& to);

struct ConfirmedMigration {
  Id risk;
  std::int64_t version = 0;
  MigratedPair inherent, residual;
  std::optional<double> target;
};
// Takes the risks over to the version in force, all or none; the history of each says from what to what and why. Places
// of problems: "R-001.inherent_likelihood", "reason". Errors: conflict when a risk was changed since it was shown.
Result<void> migrate_risks(const RegisterService& registers, const Principal& principal, const RiskMethodology& to,
                           const std::vector<ConfirmedMigration>& confirmed, std::string_view reason);

}  // namespace assay
