#include "kernel/service/custom_field_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

constexpr std::string_view subject = "custom_field";
constexpr std::size_t most_fields = 60;  // of one register, retired ones counted
constexpr std::size_t most_choices = 100;

Result<void> demand_definer(const Principal& principal) {
  CHECK(demand(may_define_fields(principal)));
  return {};
}

std::string id_of(const CustomField& field) { return field.register_name + "." + field.name; }

void check_text(Problems& problems, std::string place, std::string_view text, std::size_t most, bool needed) {
  if (needed && is_blank(text)) problems.push_back({std::move(place), "is required", ""});
  else if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
    problems.push_back({std::move(place), "must be valid UTF-8 text", ""});
  else if (utf8_length(text) > most)
    problems.push_back({std::move(place), fmt::format("must have at most {} characters", most), shorten(text, 60)});
}

void check_choices(Problems& problems, const CustomField& field) {
  if (field.kind != CustomKind::choice) return;
  if (field.choices.empty()) problems.push_back({"choices", "must hold at least one option", ""});
  if (field.choices.size() > most_choices)
    problems.push_back({"choices", fmt::format("must hold at most {} options", most_choices), ""});
  std::set<std::string> names;
  std::set<std::string> labels;
  for (const CustomChoice& choice : field.choices) {
    check_text(problems, "choices", choice.label, 100, true);
    if (!names.insert(choice.name).second || !labels.insert(lower(choice.label)).second) {
      problems.push_back({"choices", "must differ from each other", shorten(choice.label, 60)});
    }
  }
}

// What every definition must be, whether new or changed.
Problems check(const Registry& registry, const CustomField& field) {
  Problems problems;
  if (!registry.find(field.register_name))
    problems.push_back({"register", "must be a register", shorten(field.register_name, 60)});
  if (!is_custom_key(field.name)) {
    problems.push_back({"name", "must be 1 to 30 of a-z, 0-9 and _, beginning with a letter", shorten(field.name, 60)});
  }
  check_text(problems, "label", field.label, 60, true);
  check_text(problems, "help", field.help, 300, false);
  check_choices(problems, field);
  if (field.kind == CustomKind::reference && !registry.find(field.target)) {
    problems.push_back({"target", "must be a register", shorten(field.target, 60)});
  }
  return problems;
}

// Every label within a register names one field, so that a heading of a sheet does.
void check_label(Problems& problems, const EntityDef& def, const std::vector<CustomField>& all,
                 const CustomField& field) {
  std::string label = slug(field.label);
  for (const FieldDef& declared : def.fields) {
    if (slug(declared.text.label) == label)
      problems.push_back({"label", "is the label of a field that every workspace has", field.label});
  }
  for (const CustomField& other : all) {
    bool same = other.register_name == field.register_name && other.name != field.name && slug(other.label) == label;
    if (same)
      problems.push_back(
          {"label", fmt::format("is the label of the custom field {} already", other.name), field.label});
  }
}

// Calls `each` with the stored value of every record that has one under the name.
template <class Each>
Result<void> for_values(const Reader& reader, const EntityDef& def, std::string_view name, const Each& each) {
  ListQuery query;
  query.def = &def;
  return reader.each(query, [&](const Record& record) -> Result<void> {
    if (record.custom.empty()) return {};
    boost::json::object object = custom_object(record.custom);
    if (const boost::json::value* value = object.if_contains(name)) each(record, *value);
    return {};
  });
}

// Values that came with an import before anybody defined the field must be of its kind, else they would vanish from
// sight.
Result<void> check_present_values(const Reader& reader, const EntityDef& def, const CustomField& field) {
  CustomFields alone(reader.registry(), {field});
  const FieldDef& column = *alone.all_of(def).front();
  std::size_t misfits = 0;
  Problem first;
  CHECK(for_values(reader, def, field.name, [&](const Record& record, const boost::json::value& value) {
    auto read = read_json(column, value);
    Problems wrong;
    if (!read) wrong = read.error().problems;
    else if (!is_unset(*read)) check_value(column, *read, Strictness::lenient, wrong);
    if (!wrong.empty() && misfits++ == 0)
      first = {"kind", fmt::format("{} holds a value that {}", record.id, wrong.front().message), wrong.front().value};
  }));
  if (misfits == 0) return {};
  return fail(
      Problems{first},
      fmt::format("{} records hold values of another kind under \"{}\". Take another name, or correct them first.",
                  misfits, field.name));
}

// The record's entry in the search index holds its custom texts: a new definition brings in what was there before.
Result<void> index_values(Transaction& transaction, const EntityDef& def, std::string_view name) {
  std::vector<Record> records;
  CHECK(for_values(transaction, def, name,
                   [&](const Record& record, const boost::json::value&) { records.push_back(record); }));
  for (const Record& record : records) CHECK(transaction.index_again(record));
  return {};
}

std::string choices_text(const CustomField& field) {
  std::vector<std::string> out;
  for (const CustomChoice& choice : field.choices)
    out.push_back(choice.name == slug(choice.label) ? choice.label : choice.name + ": " + choice.label);
  return join(out, "; ");
}

// {"label": ["Cost centre", "Cost unit"]}; of a new field every property that is set.
std::string changes_of(const CustomField* before, const CustomField& after) {
  std::string out = "{";
  auto add = [&](std::string_view name, std::string old, std::string now) {
    if (old == now) return;
    out += fmt::format("{}{}:[{},{}]", out.size() > 1 ? "," : "", json_string(name), old.empty() ? "null" : old,
                       now.empty() ? "null" : now);
  };
  auto text = [](std::string_view value) { return value.empty() ? std::string() : json_string(value); };
  CustomField nothing;
  const CustomField& old = before ? *before : nothing;
  auto truth = [](bool value) { return std::string(value ? "true" : "false"); };
  add("label", text(old.label), text(after.label));
  add("help", text(old.help), text(after.help));
  if (!before) add("kind", "", text(name_of_choice(after.kind)));
  add("target", text(old.target), text(after.target));
  add("choices", text(choices_text(old)), text(choices_text(after)));
  add("required", truth(old.required), truth(after.required));
  add("in_list", truth(old.in_list), truth(after.in_list));
  add("retired", truth(old.retired), truth(after.retired));
  if (before) add("position", fmt::format("{}", old.position), fmt::format("{}", after.position));
  return out + "}";
}

Result<void> store_marks(Transaction& transaction) {
  TRY(auto definitions, read_custom_fields(transaction.connection()));
  CHECK(sync_custom_indexes(transaction.connection(), transaction.registry(),
                            CustomFields(transaction.registry(), definitions)));
  return CustomFieldCache::mark_changed(transaction.connection());
}

void tidy(CustomField& field) {
  field.label = trim(field.label);
  field.help = trim(field.help);
  if (field.kind != CustomKind::choice) field.choices.clear();
  if (field.kind != CustomKind::reference) field.target.clear();
  std::set<std::string> taken;
  for (const CustomChoice& choice : field.choices) taken.insert(choice.name);
  for (CustomChoice& choice : field.choices) {
    choice.label = trim(choice.label);
    if (!choice.name.empty()) continue;
    std::string name = slug(choice.label).empty() ? "option" : slug(choice.label);
    std::string free = name;
    for (int number = 2; taken.contains(free); ++number) free = fmt::format("{}_{}", name, number);
    choice.name = free;
    taken.insert(free);
  }
}

std::string name_from(std::string_view label) {
  std::string name;
  for (char c : slug(label)) {
    if (static_cast<unsigned char>(c) < 0x80U && name.size() < 30) name += c;
  }
  while (!name.empty() && (name[0] < 'a' || name[0] > 'z')) name.erase(0, 1);
  while (name.ends_with('_')) name.pop_back();
  return name.empty() ? "field" : name;
}

const CustomField* find_in(const std::vector<CustomField>& all, std::string_view register_name, std::string_view name) {
  auto found = std::ranges::find_if(
      all, [&](const CustomField& field) { return field.register_name == register_name && field.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Failure unknown(std::string_view register_name, std::string_view name) {
  return fail(ErrorKind::not_found, fmt::format("There is no custom field {} of the register {}.", shorten(name, 40),
                                                shorten(register_name, 40)));
}

Result<std::int64_t> count_values(const Reader& reader, const EntityDef& def, std::string_view name) {
  std::string path = reader.connection().engine() == Engine::sqlite
                         ? fmt::format("json_type(custom, '$.{}') is not null", name)
                         : fmt::format("(custom::jsonb -> '{}') is not null", name);
  TRY(auto count, reader.connection().one_integer(
                      fmt::format("select count(*) from {} where custom is not null and {}", def.name(), path)));
  return count.value_or(0);
}

// Choices that records hold and the change leaves out.
Result<void> check_choices_in_use(const Reader& reader, const EntityDef& def, const CustomField& before,
                                  const CustomField& after) {
  std::set<std::string> missing;
  for (const CustomChoice& choice : before.choices) {
    bool kept =
        std::ranges::any_of(after.choices, [&](const CustomChoice& other) { return other.name == choice.name; });
    if (!kept) missing.insert(choice.name);
  }
  if (missing.empty()) return {};
  std::map<std::string, std::size_t> used;
  CHECK(for_values(reader, def, before.name, [&](const Record&, const boost::json::value& value) {
    if (value.is_string() && missing.contains(std::string(value.get_string()))) ++used[std::string(value.get_string())];
  }));
  Problems problems;
  for (const auto& [name, count] : used) {
    problems.push_back({"choices",
                        fmt::format("must keep the option \"{}\": {} {} it", name, count,
                                    count == 1 ? "record holds" : "records hold"),
                        name});
  }
  if (!problems.empty()) return fail(std::move(problems));
  return {};
}

}  // namespace

Result<std::vector<CustomFieldUse>> CustomFieldService::list(const Principal& principal) const {
  CHECK(demand_definer(principal));
  TRY(auto reader, workspace_.read());
  TRY(auto definitions, read_custom_fields(reader->connection()));
  std::ranges::stable_sort(definitions, {},
                           [](const CustomField& field) { return std::tuple(field.register_name, field.retired); });
  std::vector<CustomFieldUse> out;
  for (CustomField& field : definitions) {
    const EntityDef* def = workspace_.registry().find(field.register_name);
    if (!def) continue;
    TRY(std::int64_t values, count_values(*reader, *def, field.name));
    out.push_back({std::move(field), values});
  }
  return out;
}

Result<CustomFieldUse> CustomFieldService::find(const Principal& principal, std::string_view register_name,
                                                std::string_view name) const {
  TRY(auto all, list(principal));
  for (CustomFieldUse& use : all) {
    if (use.field.register_name == register_name && use.field.name == name) return std::move(use);
  }
  return unknown(register_name, name);
}

Result<std::vector<LedgerEntry>> CustomFieldService::history(const Principal& principal,
                                                             const CustomField& field) const {
  CHECK(demand_definer(principal));
  TRY(auto reader, workspace_.read());
  return reader->history(subject, id_of(field), 0, 50);
}

Result<CustomField> CustomFieldService::define(const Principal& principal, CustomField field) const {
  CHECK(demand_definer(principal));
  for (CustomChoice& choice : field.choices) choice.name.clear();
  tidy(field);
  if (is_blank(field.name)) field.name = name_from(field.label);
  field.retired = false;
  Problems problems = check(workspace_.registry(), field);
  if (!problems.empty()) return fail(std::move(problems), "The field was not added.");
  const EntityDef& def = *workspace_.registry().find(field.register_name);
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto all, read_custom_fields(transaction.connection()));
    if (find_in(all, field.register_name, field.name)) {
      return Failure(Error{ErrorKind::conflict,
                           fmt::format("There is already a custom field {} of {}.", field.name, def.text.plural),
                           {{"name", "must be unique in the register", field.name}},
                           {},
                           {}});
    }
    Problems doubled;
    check_label(doubled, def, all, field);
    if (!doubled.empty()) return fail(std::move(doubled), "The field was not added.");
    std::size_t count = 0;
    for (const CustomField& other : all) {
      if (other.register_name != field.register_name) continue;
      ++count;
      field.position = std::max(field.position, other.position + 1);
    }
    if (count >= most_fields)
      return fail(ErrorKind::limit, fmt::format("A register has at most {} custom fields.", most_fields));
    CHECK(check_present_values(transaction, def, field));
    CHECK(insert_custom_field(transaction.connection(), field));
    CHECK(store_marks(transaction));
    CHECK(index_values(transaction, def, field.name));
    return transaction.note(subject, id_of(field), "define", {}, changes_of(nullptr, field));
  }));
  return field;
}

Result<CustomField> CustomFieldService::change(const Principal& principal, CustomField field) const {
  CHECK(demand_definer(principal));
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto all, read_custom_fields(transaction.connection()));
    const CustomField* before = find_in(all, field.register_name, field.name);
    const EntityDef* def = workspace_.registry().find(field.register_name);
    if (!before || !def) return unknown(field.register_name, field.name);
    field.kind = before->kind;
    field.target = before->target;
    field.retired = before->retired;
    for (CustomChoice& choice : field.choices) {
      bool known =
          std::ranges::any_of(before->choices, [&](const CustomChoice& other) { return other.name == choice.name; });
      if (!known) choice.name.clear();  // names of new options are made of their labels
    }
    tidy(field);
    Problems problems = check(workspace_.registry(), field);
    check_label(problems, *def, all, field);
    if (!problems.empty()) return fail(std::move(problems), "The field was not changed.");
    if (field == *before) return {};
    CHECK(check_choices_in_use(transaction, *def, *before, field));
    CHECK(update_custom_field(transaction.connection(), field));
    CHECK(store_marks(transaction));
    if (field.choices != before->choices) CHECK(index_values(transaction, *def, field.name));
    return transaction.note(subject, id_of(field), "change", {}, changes_of(before, field));
  }));
  return field;
}

Result<void> CustomFieldService::set_retired(const Principal& principal, std::string_view register_name,
                                             std::string_view name, bool retired, std::string_view reason) const {
  CHECK(demand_definer(principal));
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto all, read_custom_fields(transaction.connection()));
    const CustomField* before = find_in(all, register_name, name);
    if (!before) return unknown(register_name, name);
    if (before->retired == retired) return {};
    CustomField after = *before;
    after.retired = retired;
    CHECK(update_custom_field(transaction.connection(), after));
    CHECK(store_marks(transaction));
    return transaction.note(subject, id_of(after), retired ? "retire" : "bring_back", reason,
                            changes_of(before, after));
  });
}

}  // namespace assay
