// Lifecycle steps: who may, what must hold, what follows.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "kernel/model/effects.h"
#include "kernel/model/json.h"
#include "kernel/service/follow.h"
#include "kernel/service/register_service.h"

namespace assay {
namespace {

bool leads_from(const Step& step, std::string_view state) {
  if (step.from == "*") return state != step.to;
  for (std::string_view from : split(step.from, ' ')) {
    if (from == state) return true;
  }
  return false;
}

// Whether `person` stands above `holder` in the chain of managers.
bool is_superior(const Lookup& lookup, const EntityDef& person_def, std::string_view person, std::string_view holder) {
  std::set<Id> seen;
  Id current(holder);
  while (!current.empty() && seen.insert(current).second) {
    auto record = lookup.find(person_def, current);
    if (!record) return false;
    current = record->text("manager");
    if (current == person) return true;
  }
  return false;
}

Value stamp_value(const FieldDef& field, std::string_view word, const StepContext& context, Instant now) {
  if (word == "today") return context.today.iso();
  if (word == "now") return now.iso();
  if (word == "actor") return context.actor.person.empty() ? Value() : Value(context.actor.person);
  if (word == "null") return {};
  auto parsed = parse_text(field, word);
  return parsed ? *std::move(parsed) : Value();
}

// Applies Step::sets: values the person gave stay.
void apply_sets(const Step& step, Record& after, const Patch& inputs, const StepContext& context, Instant now) {
  for (std::string_view assignment : split(step.sets, ' ')) {
    std::size_t equal = assignment.find('=');
    if (equal == std::string_view::npos) continue;
    const FieldDef& field = after.def->fields[after.def->index(assignment.substr(0, equal))];
    bool given = std::any_of(inputs.begin(), inputs.end(),
                             [&](const auto& input) { return input.first == &field && !is_unset(input.second); });
    if (!given) after.at(field.name) = stamp_value(field, assignment.substr(equal + 1), context, now);
  }
}

Error guard_error(const Guard& guard, const Step& step) {
  return Error{ErrorKind::invalid, std::string(guard.reason), {}, std::string(guard.rule), step.who.words()};
}

// Nothing when the guard holds.
std::optional<Error> failing(const Guard& guard, const Step& step, const StepContext& context) {
  Error error = guard_error(guard, step);
  for (std::string_view name : split(guard.filled, ' ')) {
    if (name.empty() || !is_empty(context.after.at(name))) continue;
    error.problems.push_back({std::string(name), "is needed for this step", ""});
  }
  for (std::string_view name : split(guard.four_eyes, ' ')) {
    if (name.empty() || context.actor.system || context.actor.person.empty()) continue;
    if (context.before.text(name) == context.actor.person) {
      error.kind = ErrorKind::forbidden;
      error.who_may = "somebody else";
      return error;
    }
  }
  if (!error.problems.empty()) return error;
  if (guard.holds && !guard.holds(context)) return error;
  return std::nullopt;
}

class TransactionEffects : public StepEffects {
 public:
  TransactionEffects(Transaction& transaction, const Record& record) : transaction_(transaction), record_(record) {}
  const Record& record() const override { return record_; }
  const Principal& actor() const override { return transaction_.actor(); }
  const Lookup& lookup() const override { return transaction_; }
  Date today() const override { return transaction_.today(); }
  Result<Id> create(Record record, std::string_view reason) override {
    derive_fields(record, transaction_);
    // What a step creates by itself is not asked for custom fields.
    if (Problems problems = validate(record, Strictness::strict); !problems.empty()) return fail(std::move(problems));
    CHECK(transaction_.insert(record, reason));
    return record.id;
  }
  Result<void> change(Record record, std::string_view reason) override {
    TRY(Record before, transaction_.read(*record.def, record.id));
    return transaction_.update(before, record, reason);
  }

 private:
  Transaction& transaction_;
  const Record& record_;
};

const Step* find_step(const EntityDef& def, std::string_view name, std::string_view state) {
  if (!def.lifecycle) return nullptr;
  for (const Step& step : def.lifecycle->steps) {
    if (step.name == name && leads_from(step, state)) return &step;
  }
  return nullptr;
}

void set_state(const Step& step, Record& after) {
  if (!after.def->lifecycle->field.empty()) after.at(after.def->lifecycle->field) = std::string(step.to);
}

Result<void> check_inputs(const Step& step, const Patch& inputs) {
  Problems problems;
  std::vector<std::string_view> asked = split(step.asks, ' ');
  for (const auto& [field, value] : inputs) {
    if (std::find(asked.begin(), asked.end(), field->name) == asked.end()) {
      problems.push_back({std::string(field->name), "is not part of this step", display(*field, value)});
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return {};
}

}  // namespace

Result<void> may_take(const Principal& principal, const Step& step, const Record& record, const Lookup& lookup) {
  if (principal.system) return {};
  auto refuse = [&](std::string why) {
    return Failure(
        Error{ErrorKind::forbidden, std::move(why), {}, {}, step.automatic ? "the product itself" : step.who.words()});
  };
  if (step.automatic) return refuse("This step is taken by the product when its time has come.");
  if (principal.read_only) return refuse("This access may only read.");
  if (auto never_reason = never(principal, *record.def, step, record, &lookup)) return refuse(*never_reason);
  bool by_role = !step.who.holder_only && principal.roles.any_of(step.who.roles);
  bool by_holder = false;
  if (!step.who.holder.empty() && !principal.person.empty()) {
    const FieldDef& field = record.def->fields[record.def->index(step.who.holder)];
    std::string_view holder = record.text(step.who.holder);
    by_holder = holder == principal.person ||
                (step.who.or_superior && field.target && is_superior(lookup, field.target(), principal.person, holder));
  }
  if (by_role || by_holder) return {};
  if (step.who.roles.empty() && step.who.holder.empty() &&
      may(principal, Action::change, *record.def, &record, &lookup).allowed)
    return {};
  return refuse(fmt::format("\"{}\" is not yours to do.", step.label));
}

Result<void> demand_signature(const Principal& principal) {
  if (principal.system || principal.signed_now) return {};
  return Failure(Error{
      ErrorKind::forbidden, "This is signed: it needs your password again.", {}, {}, "the person, in the browser"});
}

Result<void> note_signature(Transaction& transaction, const Record& record, std::string_view statement) {
  if (transaction.actor().system) return {};
  return transaction.note(
      "signature", fmt::format("{} {}", record.def->name(), record.id), "sign", statement,
      fmt::format("{{\"version\":{},\"record_hash\":\"{}\"}}", record.version, hex(sha256(canonical_json(record)))));
}

namespace {

Result<void> run_step(Transaction& transaction, const Principal& principal, const Step& step, const Record& before,
                      Record& after, const Patch& inputs, std::string_view reason) {
  CHECK(check_inputs(step, inputs));
  CHECK(may_take(principal, step, before, transaction));
  if (step.signature) CHECK(demand_signature(principal));
  if (step.reason_needed && is_blank(reason))
    return fail(Problems{{"reason", "say why; this step is kept with its reason", ""}});
  after = before;
  for (const auto& [field, value] : inputs) after.set(*field, value);
  StepContext context{before, after, principal, transaction, transaction.today(), reason};
  apply_sets(step, after, inputs, context, transaction.now());
  Error failures{ErrorKind::invalid, {}, {}, {}, step.who.words()};
  for (const Guard& guard : step.guards) {
    auto error = failing(guard, step, context);
    if (!error) continue;
    if (failures.message.empty()) failures = *error;
    else failures.problems.push_back({"", error->message, error->rule});
  }
  if (!failures.message.empty()) return Failure(std::move(failures));
  set_state(step, after);
  derive_fields(after, transaction);
  if (Problems problems = validate(after, Strictness::lenient); !problems.empty()) return fail(std::move(problems));
  CHECK(transaction.update(before, after, reason, step.name));
  if (step.signature) CHECK(note_signature(transaction, after, step.label));
  if (step.effect) {
    TransactionEffects effects(transaction, after);
    CHECK(step.effect(effects));
  }
  return {};
}

// The step's guards hold for the record as it is.
bool is_due(const Step& step, const Record& record, const StepContext& context, Record& after, Instant now) {
  if (!step.automatic || !leads_from(step, record.state())) return false;
  apply_sets(step, after, {}, context, now);
  return std::ranges::none_of(step.guards,
                              [&](const Guard& guard) { return failing(guard, step, context).has_value(); });
}

}  // namespace

Result<bool> follow_in(Transaction& transaction, const Record& changed) {
  const Principal product = Principal::product("what follows from a change");
  bool taken = false;
  for (const Registry::Referrer& referrer : transaction.registry().referrers(*changed.def)) {
    const EntityDef& part = *referrer.def;
    bool is_part = referrer.field->name == part.text.parent;
    if (!is_part || !part.lifecycle || std::ranges::none_of(part.lifecycle->steps, &Step::automatic)) continue;
    for (const Record& record : transaction.where(part, referrer.field->name, changed.id)) {
      for (const Step& step : part.lifecycle->steps) {
        Record after = record;
        StepContext context{record, after, product, transaction, transaction.today(), "given"};
        if (!is_due(step, record, context, after, transaction.now())) continue;
        CHECK(run_step(transaction, product, step, record, after, {},
                       fmt::format("{}: {} {} changed.", step.label, changed.def->text.label, changed.id)));
        taken = true;
        break;  // its state is another one now
      }
    }
  }
  return taken;
}

bool is_signed_when_made(const EntityDef& def) { return def.name() == "risk_acceptance"; }

Result<void> RegisterService::step_in(Transaction& transaction, const Principal& principal, const Step& step,
                                      const Record& before, Record& after, const Patch& inputs,
                                      std::string_view reason) const {
  return run_step(transaction, principal, step, before, after, inputs, reason);
}

Result<void> RegisterService::take_step_in(Transaction& transaction, const EntityDef& def, std::string_view id,
                                           std::int64_t version, std::string_view step_name, const Patch& inputs,
                                           std::string_view reason, Record& after) const {
  const Principal& principal = transaction.actor();
  TRY(Record before, transaction.read(def, id));
  Decision see = may(principal, Action::see, def, &before, &transaction);
  if (!see.allowed) return Failure(Error{ErrorKind::forbidden, see.reason, {}, {}, see.who_may});
  const Step* step = find_step(def, step_name, before.state());
  if (!step) {
    return fail(ErrorKind::conflict, fmt::format("There is no step \"{}\" from the state \"{}\".",
                                                 shorten(step_name, 60), before.state_label()));
  }
  Record shown = before;
  if (version != 0) shown.version = version;
  CHECK(step_in(transaction, principal, *step, shown, after, inputs, reason));
  TRY(bool followed, follow_in(transaction, after));
  if (followed) {
    TRY(after, transaction.read(def, id));
  }
  return {};
}

Result<Record> RegisterService::take_step(const Principal& principal, const EntityDef& def, std::string_view id,
                                          std::int64_t version, std::string_view step_name, const Patch& inputs,
                                          std::string_view reason) const {
  Record after;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) {
    return take_step_in(transaction, def, id, version, step_name, inputs, reason, after);
  }));
  return after;
}

std::vector<StepOffer> RegisterService::steps(const Principal& principal, const Record& record,
                                              const Reader& reader) const {
  std::vector<StepOffer> offers;
  if (!record.def->lifecycle) return offers;
  for (const Step& step : record.def->lifecycle->steps) {
    if (!leads_from(step, record.state()) || step.automatic) continue;
    StepOffer offer{&step, true, true, {}};
    if (auto may_it = may_take(principal, step, record, reader); !may_it) {
      offer.allowed = offer.person_may = false;
      offer.missing.push_back(std::move(may_it).error());
    }
    Record after = record;
    StepContext context{record, after, principal, reader, reader.today(), "given"};
    apply_sets(step, after, {}, context, workspace_.clock().now());
    // What the step asks for will be filled in with it; only guards over other fields stand in the way now.
    std::vector<std::string_view> asked = split(step.asks, ' ');
    for (const Guard& guard : step.guards) {
      auto error = failing(guard, step, context);
      if (!error) continue;
      std::erase_if(error->problems, [&](const Problem& problem) {
        return std::find(asked.begin(), asked.end(), problem.place) != asked.end();
      });
      bool only_asked = !guard.filled.empty() && !guard.holds && guard.four_eyes.empty() && error->problems.empty();
      bool decided_by_input = guard.holds && !step.asks.empty() && guard.four_eyes.empty();
      if (only_asked || decided_by_input) continue;
      offer.allowed = false;
      offer.missing.push_back(*std::move(error));
    }
    offers.push_back(std::move(offer));
  }
  return offers;
}

Result<std::size_t> RegisterService::take_automatic_steps() const {
  std::size_t taken = 0;
  Principal product = Principal::product("passing of time");
  for (const EntityDef* def : workspace_.registry().all()) {
    if (!def->lifecycle) continue;
    for (const Step& step : def->lifecycle->steps) {
      if (!step.automatic) continue;
      std::vector<Record> due;
      {
        TRY(auto reader, workspace_.read());
        ListQuery query = default_query(*def);
        CHECK(reader->each(query, [&](const Record& record) -> Result<void> {
          Record after = record;
          StepContext context{record, after, product, *reader, reader->today(), "given"};
          if (is_due(step, record, context, after, workspace_.clock().now())) due.push_back(record);
          return {};
        }));
      }
      for (const Record& record : due) {
        auto done = take_step(product, *def, record.id, record.version, step.name, {}, step.label);
        if (done) ++taken;
      }
    }
  }
  return taken;
}

}  // namespace assay
