#include "kernel/service/register_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <span>
#include <utility>

#include "base/text.h"
#include "kernel/service/chains.h"
#include "kernel/service/follow.h"
#include "kernel/service/wholes.h"

namespace assay {
namespace {

Result<void> demand(const Principal& principal, Action action, const EntityDef& def, const Record* record = nullptr,
                    const Lookup* lookup = nullptr) {
  return demand(may(principal, action, def, record, lookup));
}

Result<void> demand_fields(const Principal& principal, const Record& before, const Patch& patch) {
  for (const auto& [field, value] : patch) {
    if (before.value(*field) == value) continue;
    CHECK(demand(may_change_field(principal, *before.def, *field, &before)));
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

// A field kept from somebody who may see the record; without a record: at least in some records.
bool is_hidden(const Principal& principal, const EntityDef& def, const FieldDef& field,
               const Record* record = nullptr) {
  return !may_see_field(principal, def, field, record).allowed && may(principal, Action::see, def, record).allowed;
}

bool hides_fields(const Principal& principal, const EntityDef& def) {
  return std::any_of(def.fields.begin(), def.fields.end(),
                     [&](const FieldDef& field) { return is_hidden(principal, def, field); });
}

// May they ask this at all? Narrows the list to what is theirs.
Result<void> demand_query(const Principal& principal, Action action, ListQuery& query) {
  CHECK(demand(principal, action, *query.def));
  auto demand_shown = [&](const FieldDef* field) -> Result<void> {
    if (!field || !is_hidden(principal, *query.def, *field)) return {};
    return fail(ErrorKind::forbidden, fmt::format("\"{}\" is not shown to you.", field->text.label));
  };
  for (const Filter& filter : query.filters) CHECK(demand_shown(filter.field));
  CHECK(demand_shown(query.sort));
  if (auto own = row_filter(principal, *query.def)) query.filters.push_back(*own);
  return {};
}

// An entry of the history without what it tells about one field.
std::string without_field(const std::string& changes, std::string_view name) {
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(changes, error);
  if (error || !value.is_object() || value.get_object().erase(name) == 0) return changes;
  return boost::json::serialize(value);
}

std::string_view state_field(const EntityDef& def) { return def.lifecycle ? def.lifecycle->field : std::string_view(); }

// Issued, approved and accepted things never change; they are superseded by a step.
Result<void> demand_not_frozen(const Record& record) {
  if (!record.is_frozen()) return {};
  return Failure(
      Error{ErrorKind::forbidden,
            fmt::format("{} {} is {} and does not change any more. Create a new one, or take one of its steps.",
                        record.def->text.label, record.id, lower(record.state_label())),
            {},
            "C7.5.3-01",
            "nobody"});
}

// The step that enters the acting person into the field: an approval cannot be typed in for somebody.
const Step* step_that_signs(const EntityDef& def, const FieldDef& field) {
  if (!def.lifecycle) return nullptr;
  for (const Step& step : def.lifecycle->steps) {
    for (std::string_view assignment : split(step.sets, ' ')) {
      if (assignment.size() > 6 && assignment.ends_with("=actor") &&
          assignment.substr(0, assignment.size() - 6) == field.name)
        return &step;
    }
  }
  return nullptr;
}

// A new record: its defaults and its first state.
Problems prepare_new(Record& record) {
  fill_defaults(record);
  if (state_field(*record.def).empty()) return {};
  const FieldDef& state = *record.def->find(state_field(*record.def));
  Value first = std::string(state.choices.front().name);
  Value given = std::exchange(record.at(state.name), first);
  if (is_unset(given) || given == first) return {};
  return {{std::string(state.name),
           fmt::format("a new record begins as \"{}\"; take its steps afterwards", state.choices.front().name),
           display(state, given)}};
}

Patch patch_between(const Record& before, const Record& after) {
  Patch patch;
  for (std::size_t i = 0; i < after.values.size(); ++i) {
    if (before.values[i] != after.values[i]) patch.emplace_back(&after.def->fields[i], after.values[i]);
  }
  return patch;
}

// What somebody signs who makes a record.
std::string made_words(const Record& record) { return fmt::format("New {}", lower(record.def->text.label)); }

Problems apply(Record& record, const Patch& patch) {
  Problems problems;
  for (const auto& [field, value] : patch) {
    const Step* signing = record.value(*field) == value ? nullptr : step_that_signs(*record.def, *field);
    if (signing && !is_unset(value)) {
      problems.push_back({std::string(field->name), fmt::format("is entered by the step \"{}\"", signing->label),
                          display(*field, value)});
      continue;
    }
    bool changes_state = field->name == state_field(*record.def);
    bool differs = record.value(*field) != value;
    if (changes_state && differs) {
      problems.push_back(
          {std::string(field->name), "is changed by taking a step, not by editing", display(*field, value)});
    } else if (field->text.derived && differs && !is_unset(value)) {
      problems.push_back(
          {std::string(field->name), "is worked out from other fields and cannot be entered", display(*field, value)});
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
  TRY(Problems circles, circles_of(reader, after, before));
  std::ranges::move(circles, std::back_inserter(problems));
  std::ranges::move(settled_with_whole(reader, after, before), std::back_inserter(problems));
  return problems;
}

void derive_fields(Record& record, const Lookup& lookup) {
  if (!record.def->derive) return;
  std::shared_ptr<void> typed = record.def->create();
  record.def->id(typed.get()) = record.id;
  decode(record, typed.get());
  std::vector<Value> before;
  for (const FieldDef& field : record.def->fields) before.push_back(field.get(typed.get()));
  record.def->derive(typed.get(), lookup);
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    // A field that people may also fill in is worked out only where derive() says so.
    Value after = field.get(typed.get());
    if (field.text.derived || after != before[i]) record.values[i] = std::move(after);
  }
}

Record shown_to(const Principal& principal, const Record& record) {
  if (!hides_fields(principal, *record.def)) return record;
  Record shown = record;
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    if (is_hidden(principal, *record.def, record.def->fields[i], &record)) shown.values[i] = Value();
  }
  return shown;
}

Result<Page> RegisterService::list(const Principal& principal, ListQuery query) const {
  CHECK(demand_query(principal, Action::see, query));
  TRY(auto reader, workspace_.read());
  TRY(Page page, reader->list(query));
  if (!hides_fields(principal, *query.def)) return page;
  for (ListRow& row : page.rows) {
    for (std::size_t i = 0; i < query.columns.size() && i < row.titles.size(); ++i) {
      if (is_hidden(principal, *query.def, *query.columns[i], &row.record)) row.titles[i].clear();
    }
    row.record = shown_to(principal, row.record);
  }
  return page;
}

Result<void> RegisterService::each(const Principal& principal, ListQuery query,
                                   const std::function<Result<void>(const Record&)>& each) const {
  CHECK(demand_query(principal, Action::export_, query));
  TRY(auto reader, workspace_.read());
  if (!hides_fields(principal, *query.def)) return reader->each(query, each);
  return reader->each(query, [&](const Record& record) { return each(shown_to(principal, record)); });
}

Result<Record> RegisterService::read(const Principal& principal, const EntityDef& def, std::string_view id) const {
  CHECK(demand(principal, Action::see, def));
  TRY(auto reader, workspace_.read());
  TRY(Record record, reader->read(def, id));
  CHECK(demand(principal, Action::see, def, &record));
  return shown_to(principal, record);
}

Result<std::vector<LedgerEntry>> RegisterService::history(const Principal& principal, const EntityDef& def,
                                                          std::string_view id, std::int64_t before,
                                                          std::size_t limit) const {
  TRY(Record record, read(principal, def, id));
  TRY(auto reader, workspace_.read());
  TRY(auto entries, reader->history(def, id, before, limit));
  for (const FieldDef& field : def.fields) {
    if (!is_hidden(principal, def, field, &record)) continue;
    for (LedgerEntry& entry : entries) entry.changes = without_field(entry.changes, field.name);
  }
  return entries;
}

Result<void> RegisterService::create_in(Transaction& transaction, Record& record, std::string_view reason,
                                        const Also& also) const {
  CHECK(demand(transaction.actor(), Action::create, *record.def, &record, &transaction));
  bool is_signed = is_signed_when_made(*record.def);
  if (is_signed) CHECK(demand_signature(transaction.actor()));
  derive_fields(record, transaction);
  TRY(Problems problems, judge_record(transaction, record, nullptr, Strictness::strict));
  if (!problems.empty()) return fail(std::move(problems));
  CHECK(transaction.insert(record, reason));
  if (is_signed) CHECK(note_signature(transaction, record, made_words(record)));
  return also ? also(transaction, record) : Result<void>();
}

Result<Record> RegisterService::create(const Principal& principal, Record record, std::string_view reason,
                                       const Also& also) const {
  if (Problems problems = prepare_new(record); !problems.empty()) return fail(std::move(problems));
  CHECK(workspace_.write(principal,
                         [&](Transaction& transaction) { return create_in(transaction, record, reason, also); }));
  return record;
}

Result<Record> RegisterService::make_in(Transaction& transaction, const ProposedChange& change) const {
  Record after;
  if (!change.step.empty()) {
    CHECK(take_step_in(transaction, *change.def, change.id, 0, change.step, change.values, change.reason, after));
  } else if (!change.id.empty()) {
    CHECK(change_in(transaction, *change.def, change.id, 0, change.values, change.reason, {}, after));
  } else {
    after = Record(*change.def);
    for (const auto& [field, value] : change.values) after.set(*field, value);
    if (Problems problems = prepare_new(after); !problems.empty()) return fail(std::move(problems));
    CHECK(create_in(transaction, after, change.reason, {}));
  }
  return after;
}

Result<void> RegisterService::make_in(Transaction& transaction, const std::vector<ProposedChange>& changes) const {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto made = make_in(transaction, changes[i]);
    if (made) continue;
    Error error = std::move(made).error();
    for (Problem& problem : error.problems)
      problem.place = fmt::format("changes[{}]{}{}", i, problem.place.empty() ? "" : ".", problem.place);
    if (error.problems.empty()) error.message = fmt::format("changes[{}]: {}", i, error.message);
    return Failure(std::move(error));
  }
  return {};
}

Result<void> RegisterService::make(const Principal& principal, const std::vector<ProposedChange>& changes) const {
  return workspace_.write(principal, [&](Transaction& transaction) { return make_in(transaction, changes); });
}

Result<void> RegisterService::change_in(Transaction& transaction, const EntityDef& def, std::string_view id,
                                        std::int64_t version, const Patch& patch, std::string_view reason,
                                        const Also& also, Record& after) const {
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
    bool touched =
        std::any_of(patch.begin(), patch.end(), [&](const auto& item) { return item.first->name == problem.place; });
    bool known = std::find(old_problems.begin(), old_problems.end(), problem) != old_problems.end();
    if (touched || !known) problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return fail(std::move(problems));
  if (version != 0 && version != before.version) before.version = version;  // update() reports what differs
  CHECK(transaction.update(before, after, reason));
  TRY(bool followed, follow_in(transaction, after));
  if (followed) {
    TRY(after, transaction.read(def, id));
  }
  return also ? also(transaction, after) : Result<void>();
}

Result<Record> RegisterService::change(const Principal& principal, const EntityDef& def, std::string_view id,
                                       std::int64_t version, const Patch& patch, std::string_view reason,
                                       const Also& also) const {
  Record after;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) {
    return change_in(transaction, def, id, version, patch, reason, also, after);
  }));
  return after;
}

Result<RegisterService::UpsertOutcome> RegisterService::upsert(const Principal& principal,
                                                               const std::vector<Upsert>& items,
                                                               std::string_view reason, bool dry_run) const {
  UpsertOutcome outcome;
  constexpr std::string_view undo = "dry run";
  auto done = workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Problems problems;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Upsert& item = items[i];
      auto stored = item.id.empty() ? std::nullopt : transaction.find(*item.def, item.id);
      Action action = stored ? Action::change : Action::create;
      Record given = stored ? *stored : Record(*item.def);
      given.id = item.id;
      CHECK(demand(principal, action, *item.def, &given, &transaction));
      if (stored) CHECK(demand_not_frozen(*stored));
      bool is_signed = !stored && is_signed_when_made(*item.def);
      if (is_signed) CHECK(demand_signature(principal));
      Problems own = item.fill(given);
      Record after = given;
      if (stored) {
        // The same as one change by hand: no states, signatures or derived values, no fields that are somebody else's.
        const Patch patch = patch_between(*stored, given);
        CHECK(demand_fields(principal, *stored, patch));
        after = *stored;
        after.custom = given.custom;
        for (Problem& problem : apply(after, patch)) own.push_back(std::move(problem));
      } else {
        for (Problem& problem : prepare_new(after)) own.push_back(std::move(problem));
      }
      derive_fields(after, transaction);
      // As it is about to be stored: who may add to a register may still not sign for somebody else.
      CHECK(demand(principal, action, *item.def, &after, &transaction));
      TRY(Problems found, judge_record(transaction, after, stored ? &*stored : nullptr, Strictness::strict));
      std::ranges::move(found, std::back_inserter(own));
      for (Problem& problem : own) {
        problem.place = fmt::format("items[{}].{}", i, problem.place);
        problems.push_back(std::move(problem));
      }
      if (!problems.empty()) continue;
      if (!stored) {
        CHECK(transaction.insert(after, reason));
        if (is_signed) CHECK(note_signature(transaction, after, made_words(after)));
        outcome.created.push_back(after.id);
      } else {
        CHECK(transaction.update(*stored, after, reason));
        if (after.version != stored->version) CHECK(follow_in(transaction, after));
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
  // Many records go into one transaction, since each waits for the disk. A record that was refused before anything of
  // it was written leaves the others alone; where that does not hold, or the whole is refused at the end (doubled
  // values), the same records are done again one by one.
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
      return fail(ErrorKind::limit, fmt::format("There are more than {} {} in this list. Narrow it with a filter.",
                                                most, lower(query.def->text.plural)));
    }
  } while (!query.after.empty());
  return ids;
}

}  // namespace assay
