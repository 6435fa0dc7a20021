// What a change of a record brings about by itself.
#pragma once

#include "kernel/store/transaction.h"

namespace assay {

// The automatic steps of the parts of a record that was just stored, where their guards hold now: an acceptance falls
// in the very transaction that raises the score. The passing of time takes the others
// (RegisterService::take_automatic_steps). True when one was taken; the record itself may have changed with it.
Result<bool> follow_in(Transaction& transaction, const Record& changed);

// Registers whose records are signed when a person makes them. What was signed elsewhere is imported.
bool is_signed_when_made(const EntityDef& def);

}  // namespace assay
