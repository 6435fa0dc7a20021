#include "kernel/service/register_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"

namespace assay {
namespace {

Failure refused(const Decision& decision) {
  return Failure(Error{ErrorKind::forbidden, decision.reason, {}, {}, decision.who_may});
}

Result<void> demand(const Principal& principal, Action action, const EntityDef& def, const Record* record = nullptr,
                    const Lookup* lookup = nullptr) {
  Decision decision = may(principal, action, def, record, lookup);
  if (!decision.allowed) return refused(decision);
  return {};
}

Result<void> demand_fields(const Principal& principal, const Record& before, const Patch& patch) {
  for (const auto& [field, value] : patch) {
    if (before.value(*field) == value) continue;
    Decision decision = may_change_field(principal, *before.def, *field, &before);
    if (!decision.allowed) return Failure(Error{ErrorKind::forbidden, decision.reason, {}, {}, decision.who_may});
  }
  return {};
}

// A yes-no field that nobody touched is "no"; the entry forms show it so.
void fill_defaults(Record& record) {
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    if (field.kind == Kind::boolean && field.required && is_unset(record.values[i])) record.values[i] = false;
  }
}

std::string_view state_field(const EntityDef& def) { return def.lifecycle ? def.lifecycle->field : std::string_view(); }

// Issued, approved and accepted things never change; they are superseded by a step.
Result<void> demand_not_frozen(const Record& record) {
  std::string_view state = record.state();
  for (std::string_view frozen : split(record.def->text.frozen_in, ' ')) {
    if (frozen.empty() || frozen != state) continue;
    return Failure(Error{ErrorKind::forbidden,
                         fmt::format("{} {} is {} and does not change any more. Create a new one, or take one of its steps.",
                                     record.def->text.label, record.id, lower(record.state_label())),
                         {}, "C7.5.3-01", "nobody"});
  }
  return {};
}

// The step that enters the acting person into the field: an approval cannot be typed in for somebody.
const Step* step_that_signs(const EntityDef& def, const FieldDef& field) {
  if (!def.lifecycle) return nullptr;
  for (const Step& step : def.lifecycle->steps) {
    for (std::string_view assignment : split(step.sets, ' ')) {
      if (assignment.size() > 6 && assignment.ends_with("=actor") && assignment.substr(0, assignment.size() - 6) == field.name) return &step;
    }
  }
  return nullptr;
}

Problems apply(Record& record, const Patch& patch) {
  Problems problems;
  for (const auto& [field, value] : patch) {
    const Step* signing = record.value(*field) == value ? nullptr : step_that_signs(*record.def, *field);
    if (signing && !is_unset(value)) {
      problems.push_back({std::string(field->name), fmt::format("is entered by the step \"{}\"", signing->label), display(*field, value)});
      continue;
    }
    bool changes_state = field->name == state_field(*record.def);
    bool differs = record.value(*field) != value;
    if (changes_state && differs) {
      problems.push_back({std::string(field->name), "is changed by taking a step, not by editing", display(*field, value)});
    } else if (field->text.derived && differs && !is_unset(value)) {
      problems.push_back({std::string(field->name), "is worked out from other fields and cannot be entered", display(*field, value)});
    } else if (!field->text.derived) {
      record.set(*field, value);
    }
  }
  return problems;
}

}  // namespace

Result<Problems> judge_record(const Reader& reader, const Record& after, const Record* before, Strictness strictness) {
  TRY(const CustomFields* custom, reader.custom_fields());
  Problems problems = validate(after, strictness);
  std::ranges::move(check_custom(*custom, after, before, strictness), std::back_inserter(problems));
  return problems;
}

void derive_fields(Record& record, const Lookup& lookup) {
  if (!record.def->derive) return;
  std::shared_ptr<void> typed = record.def->create();
  record.def->id(typed.get()) = record.id;
  decode(record, typed.get());
  record.def->derive(typed.get(), lookup);
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    if (field.text.derived) record.values[i] = field.get(typed.get());
  }
}

Result<Page> RegisterService::list(const Principal& principal, ListQuery query) const {
  CHECK(demand(principal, Action::see, *query.def));
  if (auto own = row_filter(principal, *query.def)) query.filters.push_back(*own);
  TRY(auto reader, workspace_.read());
  return reader->list(query);
}

Result<void> RegisterService::each(const Principal& principal, ListQuery query,
                                   const std::function<Result<void>(const Record&)>& each) const {
  CHECK(demand(principal, Action::export_, *query.def));
  if (auto own = row_filter(principal, *query.def)) query.filters.push_back(*own);
  TRY(auto reader, workspace_.read());
  return reader->each(query, each);
}

Result<Record> RegisterService::read(const Principal& principal, const EntityDef& def, std::string_view id) const {
  CHECK(demand(principal, Action::see, def));
  TRY(auto reader, workspace_.read());
  TRY(Record record, reader->read(def, id));
  CHECK(demand(principal, Action::see, def, &record));
  return record;
}

Result<std::vector<LedgerEntry>> RegisterService::history(const Principal& principal, const EntityDef& def, std::string_view id,
                                                          std::int64_t before, std::size_t limit) const {
  CHECK(read(principal, def, id));
  TRY(auto reader, workspace_.read());
  return reader->history(def, id, before, limit);
}

Result<Record> RegisterService::create(const Principal& principal, Record record, std::string_view reason, const Also& also) const {
  const EntityDef& def = *record.def;
  fill_defaults(record);
  if (!state_field(def).empty()) {
    const FieldDef& state = *def.find(state_field(def));
    Value first = std::string(state.choices.front().name);
    if (!is_unset(record.at(state.name)) && record.at(state.name) != first) {
      return fail(Problems{{std::string(state.name), fmt::format("a new record begins as \"{}\"; take its steps afterwards", state.choices.front().name),
                            std::string(record.text(state.name))}});
    }
    record.at(state.name) = first;
  }
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    CHECK(demand(principal, Action::create, def, &record, &transaction));
    derive_fields(record, transaction);
    TRY(Problems problems, judge_record(transaction, record, nullptr, Strictness::strict));
    if (!problems.empty()) return fail(std::move(problems));
    CHECK(transaction.insert(record, reason));
    return also ? also(transaction, record) : Result<void>();
  }));
  return record;
}

Result<void> RegisterService::change_in(Transaction& transaction, const EntityDef& def, std::string_view id, std::int64_t version,
                                        const Patch& patch, std::string_view reason, const Also& also, Record& after) const {
  const Principal& principal = transaction.actor();
  TRY(Record before, transaction.read(def, id));
  CHECK(demand(principal, Action::change, def, &before, &transaction));
  CHECK(demand_fields(principal, before, patch));
  CHECK(demand_not_frozen(before));
  after = before;
  Problems problems = apply(after, patch);
  derive_fields(after, transaction);
  // Somebody may not hand a record over to where he could not have put it.
  CHECK(demand(principal, Action::change, def, &after, &transaction));
  // Only what this change brings is judged: an imported record with old gaps can still be mended field by field.
  Problems old_problems = validate(before, Strictness::strict);
  TRY(Problems found, judge_record(transaction, after, &before, Strictness::strict));
  for (Problem& problem : found) {
    bool touched = std::any_of(patch.begin(), patch.end(), [&](const auto& item) { return item.first->name == problem.place; });
    bool known = std::find(old_problems.begin(), old_problems.end(), problem) != old_problems.end();
    if (touched || !known) problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return fail(std::move(problems));
  if (version != 0 && version != before.version) before.version = version;  // update() reports what differs
  CHECK(transaction.update(before, after, reason));
  return also ? also(transaction, after) : Result<void>();
}

Result<Record> RegisterService::change(const Principal& principal, const EntityDef& def, std::string_view id, std::int64_t version,
                                       const Patch& patch, std::string_view reason, const Also& also) const {
  Record after;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) {
    return change_in(transaction, def, id, version, patch, reason, also, after);
  }));
  return after;
}

Result<RegisterService::UpsertOutcome> RegisterService::upsert(const Principal& principal, const std::vector<Upsert>& items,
                                                               std::string_view reason, bool dry_run) const {
  UpsertOutcome outcome;
  constexpr std::string_view undo = "dry run";
  auto done = workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Problems problems;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Upsert& item = items[i];
      auto stored = item.id.empty() ? std::nullopt : transaction.find(*item.def, item.id);
      Record after = stored ? *stored : Record(*item.def);
      after.id = item.id;
      CHECK(demand(principal, stored ? Action::change : Action::create, *item.def, stored ? &*stored : &after, &transaction));
      if (stored) CHECK(demand_not_frozen(*stored));
      Problems own = item.fill(after);
      if (!stored) fill_defaults(after);
      derive_fields(after, transaction);
      TRY(Problems found, judge_record(transaction, after, stored ? &*stored : nullptr, Strictness::strict));
      std::ranges::move(found, std::back_inserter(own));
      for (Problem& problem : own) {
        problem.place = fmt::format("items[{}].{}", i, problem.place);
        problems.push_back(std::move(problem));
      }
      if (!problems.empty()) continue;
      if (!stored) {
        CHECK(transaction.insert(after, reason));
        outcome.created.push_back(after.id);
      } else {
        CHECK(transaction.update(*stored, after, reason));
        (after.version == stored->version ? outcome.unchanged : outcome.changed).push_back(after.id);
      }
    }
    if (!problems.empty()) return fail(std::move(problems), "Nothing was stored.");
    if (!dry_run) return {};
    CHECK(transaction.finish());
    return fail(ErrorKind::conflict, std::string(undo));
  });
  bool rehearsed = !done && dry_run && done.error().message == undo;
  if (!done && !rehearsed) return std::unexpected(std::move(done).error());
  return outcome;
}

BulkOutcome RegisterService::for_all(const Principal& principal, const std::vector<Id>& ids,
                                     const std::function<Result<void>(Transaction&, const Id&)>& work) const {
  constexpr std::size_t together = 200;
  BulkOutcome outcome;
  // Many records go into one transaction, since each waits for the disk. A record that was refused before anything of it
  // was written leaves the others alone; where that does not hold, or the whole is refused at the end (doubled values),
  // the same records are done again one by one.
  auto one_by_one = [&](std::span<const Id> part) {
    for (const Id& id : part) {
      auto done = workspace_.write(principal, [&](Transaction& transaction) { return work(transaction, id); });
      if (done) ++outcome.changed;
      else outcome.refused.emplace_back(id, std::move(done).error());
    }
  };
  std::span<const Id> rest(ids);
  while (!rest.empty()) {
    std::span<const Id> part = rest.first(std::min(rest.size(), together));
    rest = rest.subspan(part.size());
    std::vector<std::pair<Id, Error>> refused;
    auto done = workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
      for (const Id& id : part) {
        std::uint64_t before = transaction.entries();
        auto one = work(transaction, id);
        if (!one && transaction.entries() != before) return one;
        if (!one) refused.emplace_back(id, std::move(one).error());
      }
      return {};
    });
    if (!done) {
      one_by_one(part);
      continue;
    }
    outcome.changed += part.size() - refused.size();
    std::ranges::move(refused, std::back_inserter(outcome.refused));
  }
  return outcome;
}

BulkOutcome RegisterService::change_all(const Principal& principal, const EntityDef& def, const std::vector<Id>& ids,
                                        const Patch& patch, std::string_view reason) const {
  return for_all(principal, ids, [&](Transaction& transaction, const Id& id) {
    Record after;
    return change_in(transaction, def, id, 0, patch, reason, {}, after);
  });
}

BulkOutcome RegisterService::take_step_all(const Principal& principal, const EntityDef& def, const std::vector<Id>& ids,
                                           std::string_view step, const Patch& inputs, std::string_view reason) const {
  return for_all(principal, ids, [&](Transaction& transaction, const Id& id) {
    Record after;
    return take_step_in(transaction, def, id, 0, step, inputs, reason, after);
  });
}

Result<std::vector<Id>> RegisterService::ids_of(const Principal& principal, ListQuery query, std::size_t most) const {
  query.sort = nullptr;
  query.descending = false;
  query.after.clear();
  query.limit = 500;
  query.columns = {&query.def->title_field()};
  std::vector<Id> ids;
  do {
    TRY(Page page, list(principal, query));
    for (ListRow& row : page.rows) ids.push_back(std::move(row.record.id));
    query.after = page.next;
    if (ids.size() > most) {
      return fail(ErrorKind::limit, fmt::format("There are more than {} {} in this list. Narrow it with a filter.", most, lower(query.def->text.plural)));
    }
  } while (!query.after.empty());
  return ids;
}

}  // namespace assay
