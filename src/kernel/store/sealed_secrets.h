// Secrets of accounts in the database, sealed with the key file of the workspace, which lies beside it and not in it.
#pragma once

#include "base/secret_box.h"
#include "kernel/ledger/note.h"
#include "kernel/store/database.h"

namespace assay {

// For secrets of the second factor; the context is the account's id.
SecretBox totp_box(const SigningKey& key);

// Seals what an earlier version stored in plain text. Inside a transaction; does nothing when all are sealed.
Result<void> seal_plain_secrets(Connection& connection, const SigningKey& key);

}  // namespace assay
