// The use cases over registers. Web, API, import and command line all come through here, so permission, derivation,
// validation and guards are asked once, in one place.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/identity/permission.h"
#include "kernel/store/workspace.h"

namespace assay {

// New values for some fields.
using Patch = std::vector<std::pair<const FieldDef*, Value>>;

// What belongs to a change but is no field (the text of a document version, the files of new evidence): done in the
// same transaction, with the record as it was stored.
using Also = std::function<Result<void>(Transaction&, const Record&)>;

// A change that somebody considers or makes: new values for fields, a new record, or a step.
struct ProposedChange {
  const EntityDef* def = nullptr;
  Id id;             // empty: a new record
  std::string step;  // empty: only values change
  Patch values;      // of fields, or the inputs of the step
  std::string reason;
};

// A step as it stands for a record and a person.
struct StepOffer {
  const Step* step = nullptr;
  bool allowed = false;        // this person may take it now
  bool person_may = false;     // this person may take it once the guards hold
  std::vector<Error> missing;  // why not yet: guards that fail, or that somebody else must do it
};

struct BulkOutcome {
  std::size_t changed = 0;
  std::vector<std::pair<Id, Error>> refused;  // the others were changed all the same
};

class RegisterService {
 public:
  explicit RegisterService(Workspace& workspace) : workspace_(workspace) {}

  Workspace& workspace() const { return workspace_; }

  // What is read here holds only the fields that the principal is shown; the others are unset.

  // A page of the records this principal may see. Error: forbidden, also for filtering or sorting by a field that is
  // not shown, which would tell it all the same.
  Result<Page> list(const Principal& principal, ListQuery query) const;
  // Every record of the list that the principal may export, in id order.
  Result<void> each(const Principal& principal, ListQuery query,
                    const std::function<Result<void>(const Record&)>& each) const;
  Result<Record> read(const Principal& principal, const EntityDef& def, std::string_view id) const;
  Result<std::vector<LedgerEntry>> history(const Principal& principal, const EntityDef& def, std::string_view id,
                                           std::int64_t before, std::size_t limit) const;

  // Creates a record as a person's entry: state is the first one, derived fields are worked out, everything is checked.
  // Gives the stored record.
  Result<Record> create(const Principal& principal, Record record, std::string_view reason = {},
                        const Also& also = {}) const;

  // Changes fields of a record. `version`: the one that was shown; 0 takes the present one. The state field changes by
  // steps only; derived fields never by hand.
  Result<Record> change(const Principal& principal, const EntityDef& def, std::string_view id, std::int64_t version,
                        const Patch& patch, std::string_view reason = {}, const Also& also = {}) const;

  // Takes a lifecycle step with the inputs it asks for. Error: forbidden with rule and who_may, or invalid with what is
  // missing.
  Result<Record> take_step(const Principal& principal, const EntityDef& def, std::string_view id, std::int64_t version,
                           std::string_view step, const Patch& inputs, std::string_view reason) const;

  // Several changes in one transaction, in this order: all or none. Each is decided as if made alone. Problems name the
  // change by its position: "changes[2].owner".
  Result<void> make(const Principal& principal, const std::vector<ProposedChange>& changes) const;
  // The same as part of a transaction of the caller's, by whom it is begun.
  Result<void> make_in(Transaction& transaction, const std::vector<ProposedChange>& changes) const;
  // One change; gives the record as it was stored.
  Result<Record> make_in(Transaction& transaction, const ProposedChange& change) const;

  // The steps that lead on from the record's state, with what stands in the way.
  std::vector<StepOffer> steps(const Principal& principal, const Record& record, const Reader& reader) const;

  // The same change to several records, or the same step. Each record is decided by itself: those that may not be
  // changed are told with the reason, the others are changed all the same.
  BulkOutcome change_all(const Principal& principal, const EntityDef& def, const std::vector<Id>& ids,
                         const Patch& patch, std::string_view reason) const;
  BulkOutcome take_step_all(const Principal& principal, const EntityDef& def, const std::vector<Id>& ids,
                            std::string_view step, const Patch& inputs, std::string_view reason) const;

  // The ids of every record of the list, in id order. Error: forbidden; limit when there are more than `most`.
  Result<std::vector<Id>> ids_of(const Principal& principal, ListQuery query, std::size_t most) const;

  // Creates or changes many records in one transaction: all or nothing. For each, `fill` writes the given fields over
  // the stored record (or over a new one) and returns what is wrong with the input.
  struct Upsert {
    const EntityDef* def = nullptr;
    Id id;  // empty: always new
    std::function<Problems(Record&)> fill;
  };
  struct UpsertOutcome {
    std::vector<Id> created, changed, unchanged;
  };
  Result<UpsertOutcome> upsert(const Principal& principal, const std::vector<Upsert>& items, std::string_view reason,
                               bool dry_run) const;

  // Takes every automatic step whose guards hold today (acceptances that expired …). Gives how many were taken.
  Result<std::size_t> take_automatic_steps() const;

 private:
  Result<void> create_in(Transaction& transaction, Record& record, std::string_view reason, const Also& also) const;
  Result<void> change_in(Transaction& transaction, const EntityDef& def, std::string_view id, std::int64_t version,
                         const Patch& patch, std::string_view reason, const Also& also, Record& after) const;
  Result<void> take_step_in(Transaction& transaction, const EntityDef& def, std::string_view id, std::int64_t version,
                            std::string_view step, const Patch& inputs, std::string_view reason, Record& after) const;
  BulkOutcome for_all(const Principal& principal, const std::vector<Id>& ids,
                      const std::function<Result<void>(Transaction&, const Id&)>& work) const;
  Result<void> step_in(Transaction& transaction, const Principal& principal, const Step& step, const Record& before,
                       Record& after, const Patch& inputs, std::string_view reason) const;

  Workspace& workspace_;
};

// Whether the principal may be the one to take the step (roles, holder, superior, "may never"), else why not.
Result<void> may_take(const Principal& principal, const Step& step, const Record& record, const Lookup& lookup);

// Whether the principal has just proved again who they are, as what is signed asks (Step::signature, acceptances,
// issues).
Result<void> demand_signature(const Principal& principal);
// The ledger entry of a signature under a record as it was just stored: who, what was stated, and the hash of the
// record. The product's own work signs nothing.
Result<void> note_signature(Transaction& transaction, const Record& record, std::string_view statement);

// The record as the principal is shown it, see may_see_field().
Record shown_to(const Principal& principal, const Record& record);

// Works out the fields marked derived.
void derive_fields(Record& record, const Lookup& lookup);

// Everything wrong with a record that is about to be stored, custom fields included; of these only what it brings over
// `before` (null: a new record).
Result<Problems> judge_record(const Reader& reader, const Record& after, const Record* before, Strictness strictness);

}  // namespace assay
