// The lifecycle of a record as a state machine: states, steps, who may take them and what must hold. A step that is
// refused names the reason, the conformity rule behind it and who could take it (domain model, chapter 4).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/model/role.h"
#include "kernel/model/value.h"

namespace assay {

struct EntityDef;
struct Record;

// Read access for guards and derivations. Implementations read inside the transaction that is being decided.
class Lookup {
 public:
  using Wanted = std::function<bool(const Record&)>;

  virtual ~Lookup() = default;
  virtual std::optional<Record> find(const EntityDef& def, std::string_view id) const = 0;
  // Records whose field has the value, or, for a list field, contains it.
  virtual std::vector<Record> where(const EntityDef& def, std::string_view field, std::string_view value) const = 0;
  // Whether one of these records is wanted. May look at the newest ids first and read no further than it has to.
  virtual bool any(const EntityDef& def, std::string_view field, std::string_view value, const Wanted& wanted) const;
  // The parameter of rulebook 0.3 in force, e.g. number("exception_max_days"): PolicyParameter, else the default.
  virtual double parameter(std::string_view key) const = 0;

  // Typed forms: find<Risk>("R-001"), where<TreatmentAction>("risk", "R-001"), any<Evidence>("controls", "CTL-4",
  // [](const Evidence& evidence) { … }). Defined in record.h.
  template <class T>
  std::optional<T> find(std::string_view id) const;
  template <class T>
  std::vector<T> where(std::string_view field, std::string_view value) const;
  template <class T, class Predicate>
  bool any(std::string_view field, std::string_view value, const Predicate& wanted) const;
};

// Everything a guard may look at.
struct StepContext {
  const Record& before;
  const Record& after;  // with the step's inputs and stamps already set
  const Principal& actor;
  const Lookup& lookup;
  Date today;
  std::string_view reason;  // what the actor gave as reason; may be empty
};

// One condition of a step. Of `filled`, `four_eyes` and `holds` at least one is set; all that are set must hold.
struct Guard {
  std::string_view reason;          // what is missing, in words: "An action needs an owner, a date and resources."
  std::string_view rule = {};       // conformity rule, e.g. "C6.1.3-e-02"
  std::string_view filled = {};     // names of fields that must have a value, separated by spaces
  std::string_view four_eyes = {};  // fields naming persons of whom the actor must be none, separated by spaces
  bool (*holds)(const StepContext&) = nullptr;
};

// Who may take a step: someone with one of the roles, or the person named in the record's `holder` field
// (with `or_superior` also anybody above that person in the Person.manager chain). With `holder_only` the roles do not
// help: only the holder (or superior) may.
struct Who {
  Roles roles;
  std::string_view holder = {};
  bool or_superior = false;
  bool holder_only = false;
  std::string words() const;  // "Risk owner of this record, or a superior; ISMS owner"
};

class StepEffects;  // kernel/model/effects.h: create and change further records in the step's transaction

struct Step {
  std::string_view name;   // URL segment and JSON name: "accept"
  std::string_view from;   // names of states separated by spaces; "*" for any state but `to`
  std::string_view to;     // the state afterwards
  std::string_view label;  // the button: "Accept the residual risk"
  std::string_view help = {};
  Who who = {};
  std::span<const Guard> guards = {};
  std::string_view asks = {};  // fields that the person fills in with the step
  // Assignments made by the step: "approved_on=today approved_by=actor closed_on=today classified_at=now
  // effectiveness_checked_by=actor residual_score=null status=done flag=true", applied where the person gave no value.
  std::string_view sets = {};
  bool reason_needed = false;
  bool signature = false;  // the person proves again who they are, and the ledger says so (Principal::signed_now)
  Result<void> (*effect)(StepEffects&) = nullptr;
  bool automatic = false;  // taken by the product when its guards hold, never by a person
};

struct State {
  std::string_view name;
  std::string_view label;
};

// `field` names the choice field that holds the state; the states are its choices. Where a register has no such field
// (Incident, Change, ManagementReview …), `states` lists them and `state_of` works the state out from the record.
struct Lifecycle {
  std::string_view field = {};
  std::span<const State> states = {};
  std::string_view (*state_of)(const Record&) = nullptr;
  std::span<const Step> steps;
};

}  // namespace assay
