// What must hold over records, checked once at the end of a transaction: references, uniqueness, cardinality.
#include <fmt/format.h>

#include "base/text.h"
#include "kernel/store/schema.h"
#include "kernel/store/transaction.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

std::string place_of(const Record& record, std::string_view field) {
  return fmt::format("{} {} {}", record.def->name(), record.id, field);
}

// Calls `each` for every id a value refers to.
template <class Each>
void for_references(const FieldDef& field, const Value& value, const Each& each) {
  if (field.kind == Kind::reference) {
    if (!is_unset(value)) each(field, std::string(text_of(value)));
  } else if (field.kind == Kind::references) {
    for (const std::string& id : list_of(value)) each(field, id);
  } else if (field.kind == Kind::records) {
    for (const EmbeddedRow& row : rows_of(value)) {
      for (std::size_t i = 0; i < row.values.size(); ++i) for_references(field.parts()[i], row.values[i], each);
    }
  }
}

}  // namespace

// References in custom fields that are new.
Result<void> Transaction::collect_custom(const Record& record, const Record* before) {
  if (record.custom.empty() || (before && before->custom == record.custom)) return {};
  TRY(const CustomFields* custom, custom_fields());
  for (const FieldDef* field : custom->all_of(*record.def)) {
    if (!field->refers()) continue;
    Value value = record.value(*field);
    if (before && before->value(*field) == value) continue;
    for_references(*field, value, [&](const FieldDef& part, const Id& id) {
      references_.try_emplace({&part.target(), id}, place_of(record, field->name));
    });
  }
  return {};
}

Result<void> Transaction::collect(const Record& record, const Record* before) {
  touched_.insert(record.def);
  bool unique_changed = before == nullptr;
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    if (before && before->values[i] == record.values[i]) continue;
    const FieldDef& field = record.def->fields[i];
    unique_changed |= field.text.unique || record.def->text.unique_together.find(field.name) != std::string_view::npos;
    for_references(field, record.values[i], [&](const FieldDef& part, const Id& id) {
      references_.try_emplace({&part.target(), id}, place_of(record, field.name));
    });
  }
  bool has_unique = record.def->text.single || !record.def->text.unique_together.empty();
  for (const FieldDef& field : record.def->fields) has_unique |= field.text.unique;
  if (has_unique && unique_changed) to_check_.push_back(record);
  return collect_custom(record, before);
}

Result<void> Transaction::check_references(Problems& problems) {
  for (auto at = references_.begin(); at != references_.end();) {
    const EntityDef& target = *at->first.first;
    std::vector<Param> params;
    auto end = at;
    for (; end != references_.end() && end->first.first == &target && params.size() < 200; ++end) {
      params.emplace_back(std::string_view(end->first.second));
    }
    std::set<Id> present;
    CHECK(
        connection_.query(fmt::format("select id from {} where id in ({})", target.name(), value_marks(params.size())),
                          params, [&](const Row& row) { present.emplace(row.text(0)); }));
    for (; at != end; ++at) {
      const auto& [key, place] = *at;
      if (present.contains(key.second)) continue;
      problems.push_back(
          {place, fmt::format("refers to a {} that does not exist", target.name()), shorten(key.second, 80)});
    }
  }
  return {};
}

Result<void> Transaction::check_together(const Record& record, std::string_view fields, Problems& problems) {
  std::string where;
  std::string words;
  std::vector<Param> params;
  std::vector<std::string> scratch(8);
  for (std::string_view name : split(fields, ' ')) {
    const FieldDef& field = record.def->fields[record.def->index(name)];
    const Value& value = record.at(name);
    if (is_unset(value)) return {};
    where += fmt::format("{}{} = ?", where.empty() ? "" : " and ", name);
    words += (words.empty() ? "" : ", ") + display(field, value);
    params.push_back(to_param(field, value, scratch[params.size()]));
  }
  params.emplace_back(std::string_view(record.id));
  TRY(auto other,
      connection_.one_text(fmt::format("select id from {} where {} and id <> ? limit 1", record.def->name(), where),
                           params));
  if (other) {
    problems.push_back({place_of(record, replace_all(fields, " ", ", ")),
                        fmt::format("must be unique in the register; {} has the same", *other), shorten(words, 80)});
  }
  return {};
}

Result<void> Transaction::check_unique(Problems& problems) {
  for (const Record& record : to_check_) {
    for (const FieldDef& field : record.def->fields) {
      if (field.text.unique) CHECK(check_together(record, field.name, problems));
    }
    for (std::string_view fields : split(record.def->text.unique_together, ';')) {
      if (!fields.empty()) CHECK(check_together(record, fields, problems));
    }
    if (!record.def->text.single) continue;
    TRY(auto records, connection_.one_integer(fmt::format("select count(*) from {}", record.def->name())));
    if (records.value_or(0) > 1)
      problems.push_back({place_of(record, "id"), "must be the only record of its register", record.id});
  }
  return {};
}

Result<void> Transaction::check_one_where(const EntityDef& def, Problems& problems) {
  if (def.text.one_where.empty()) return {};
  // "status=effective per document"
  std::string_view rule = def.text.one_where;
  std::size_t per = rule.find(" per ");
  std::string_view condition = rule.substr(0, per);
  std::string group = per == std::string_view::npos ? "" : std::string(rule.substr(per + 5));
  std::string where;
  std::vector<Param> params;
  for (std::string_view part : split(condition, ',')) {
    std::size_t equal = part.find('=');
    std::string_view value = part.substr(equal + 1);
    where += fmt::format("{}{} = ?", where.empty() ? "" : " and ", part.substr(0, equal));
    if (value == "true") params.emplace_back(true);
    else params.emplace_back(value);
  }
  std::string sql = group.empty()
                        ? fmt::format("select min(id), max(id) from {} where {} having count(*) > 1", def.name(), where)
                        : fmt::format("select min(id), max(id) from {} where {} group by {} having count(*) > 1",
                                      def.name(), where, group);
  return connection_.query(sql, params, [&](const Row& row) {
    problems.push_back(
        {fmt::format("{} {} {}", def.name(), row.text(1), condition),
         fmt::format("only one record may be so{}; {} is too", group.empty() ? "" : " for each " + group, row.text(0)),
         ""});
  });
}

}  // namespace assay
