#include "kernel/exchange/bundle.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <set>
#include <unordered_set>

#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

namespace json = boost::json;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

class BundleReader {
 public:
  BundleReader(const Registry& registry, const BundleLimits& limits) : registry_(registry), limits_(limits) {}

  Result<Bundle> read(const json::value& root) {
    if (!root.is_object())
      return fail(Problems{{"", "a bundle must be a JSON object", ""}}, "This is no workspace bundle.");
    for (const auto& [key, value] : root.get_object()) {
      std::string_view name(key.data(), key.size());
      if (name == "format") read_format(value);
      else if (name == "as_of") read_as_of(value);
      else if (name == "records") read_registers(value);
      else report({std::string(name), "is not part of a bundle; expected format, as_of, records", ""});
    }
    if (!has_format_) report({"format", fmt::format("must be \"{}\"", bundle_format), "absent"});
    check_references();
    if (!problems_.empty()) return fail(std::move(problems_), "The bundle was refused; nothing was read.");
    return std::move(bundle_);
  }

 private:
  void report(Problem problem) {
    if (problems_.size() < limits_.problems) problems_.push_back(std::move(problem));
  }

  void read_format(const json::value& value) {
    has_format_ = value.is_string() && view(value.get_string()) == bundle_format;
    if (!has_format_)
      report({"format", fmt::format("must be \"{}\"", bundle_format), shorten(json::serialize(value), 60)});
    has_format_ = true;
  }

  void read_as_of(const json::value& value) {
    if (value.is_null()) return;
    bundle_.as_of = value.is_string() ? Date::parse(view(value.get_string())) : std::nullopt;
    if (!bundle_.as_of) report({"as_of", "must be a date YYYY-MM-DD", shorten(json::serialize(value), 60)});
  }

  void read_registers(const json::value& value) {
    if (!value.is_object()) return report({"records", "must be an object of registers", ""});
    for (const auto& [key, list] : value.get_object()) {
      std::string_view name(key.data(), key.size());
      const EntityDef* def = registry_.find(name);
      if (!def) {
        std::string nearest = registry_.nearest(name);
        report({std::string(name),
                nearest.empty() ? "is not a register" : fmt::format("is not a register; did you mean {}?", nearest),
                ""});
        continue;
      }
      if (!list.is_array()) {
        report({std::string(name), "must be a list of records", ""});
        continue;
      }
      std::size_t position = 0;
      for (const json::value& item : list.get_array()) read_record(*def, item, ++position);
    }
  }

  void read_record(const EntityDef& def, const json::value& item, std::size_t position) {
    if (!item.is_object())
      return report(
          {fmt::format("{} #{}", def.name(), position), "must be an object", shorten(json::serialize(item), 60)});
    Record record(def);
    Problems problems = read_json(record, item.get_object());
    if (record.id.empty() &&
        std::none_of(problems.begin(), problems.end(), [](const Problem& p) { return p.place == "id"; })) {
      problems.push_back({"id", "is required", ""});
    }
    for (Problem& problem : validate(record, Strictness::lenient)) problems.push_back(std::move(problem));
    std::string name =
        record.id.empty() ? fmt::format("{} #{}", def.name(), position) : fmt::format("{} {}", def.name(), record.id);
    for (Problem& problem : problems) {
      problem.place = name + " " + problem.place;
      report(std::move(problem));
    }
    if (record.id.empty()) return;
    if (!ids_[&def].insert(record.id).second) report({name, "the id occurs twice in the register", record.id});
    bundle_.records.push_back(std::move(record));
  }

  void check_reference(const Record& record, const FieldDef& field, const FieldDef& part, const Id& id) {
    if (ids_[&part.target()].contains(id)) return;
    report({fmt::format("{} {} {}", record.def->name(), record.id, field.name),
            fmt::format("refers to a {} that is not in the bundle", part.target().name()), shorten(id, 80)});
  }

  void check_value(const Record& record, const FieldDef& field, const FieldDef& part, const Value& value) {
    if (part.kind == Kind::reference && !is_unset(value)) check_reference(record, field, part, Id(text_of(value)));
    if (part.kind == Kind::references) {
      for (const std::string& id : list_of(value)) check_reference(record, field, part, id);
    }
    if (part.kind != Kind::records) return;
    for (const EmbeddedRow& row : rows_of(value)) {
      for (std::size_t i = 0; i < row.values.size(); ++i) check_value(record, field, part.parts()[i], row.values[i]);
    }
  }

  void check_references() {
    for (const Record& record : bundle_.records) {
      for (std::size_t i = 0; i < record.values.size(); ++i) {
        check_value(record, record.def->fields[i], record.def->fields[i], record.values[i]);
      }
    }
  }

  const Registry& registry_;
  const BundleLimits& limits_;
  Bundle bundle_;
  Problems problems_;
  bool has_format_ = false;
  std::map<const EntityDef*, std::unordered_set<Id>> ids_;
};

// Line and column of a byte, for messages about malformed JSON.
std::string position_of(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n') + 1;
  std::size_t start = text.rfind('\n', offset ? offset - 1 : 0);
  return fmt::format("line {}, column {}", line, offset - (start == std::string_view::npos ? 0 : start + 1) + 1);
}

}  // namespace

Result<Bundle> read_bundle(const Registry& registry, std::string_view text, const BundleLimits& limits) {
  if (text.size() > limits.bytes)
    return fail(ErrorKind::limit, fmt::format("The bundle has more than {} bytes.", limits.bytes));
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text)) return fail(Problems{{"", "must be valid UTF-8", ""}}, "This is no workspace bundle.");
  json::parse_options options;
  options.max_depth = limits.depth;
  json::monotonic_resource memory(std::max<std::size_t>(text.size(), 4096));
  json::parser parser(&memory, options);
  boost::system::error_code error;
  std::size_t read = parser.write(text.data(), text.size(), error);
  if (error) {
    return fail(Problems{{position_of(text, read), "must be JSON: " + error.message(), shorten(text.substr(read), 30)}},
                "This is no workspace bundle.");
  }
  return BundleReader(registry, limits).read(parser.release());
}

Problems incomplete(const Bundle& bundle) {
  Problems out;
  for (const Record& record : bundle.records) {
    for (Problem& problem : validate(record, Strictness::strict)) {
      problem.place = fmt::format("{} {} {}", record.def->name(), record.id, problem.place);
      out.push_back(std::move(problem));
    }
  }
  return out;
}

namespace {

void shift(const FieldDef& field, Value& value, std::int64_t days) {
  if (is_unset(value)) return;
  if (field.kind == Kind::date) {
    if (auto date = Date::parse(text_of(value))) value = date->plus_days(days).iso();
  } else if (field.kind == Kind::instant) {
    if (auto instant = Instant::parse(text_of(value)))
      value = Instant{instant->seconds + std::chrono::days(days)}.iso();
  } else if (field.kind == Kind::records) {
    auto rows = rows_of(value);
    for (EmbeddedRow& row : rows) {
      for (std::size_t i = 0; i < row.values.size(); ++i) shift(field.parts()[i], row.values[i], days);
    }
    value = std::move(rows);
  }
}

}  // namespace

void shift_dates(Bundle& bundle, std::int64_t days) {
  for (Record& record : bundle.records) {
    for (std::size_t i = 0; i < record.values.size(); ++i) shift(record.def->fields[i], record.values[i], days);
  }
  if (bundle.as_of) bundle.as_of = bundle.as_of->plus_days(days);
}

BundleWriter::BundleWriter(std::optional<Date> as_of) {
  head_ = fmt::format("{{\n  \"format\": \"{}\",\n", bundle_format);
  if (as_of) head_ += fmt::format("  \"as_of\": \"{}\",\n", as_of->iso());
  head_ += "  \"records\": {";
}

void BundleWriter::add(std::string& out, const Record& record) {
  out += head_;
  head_.clear();
  if (record.def != current_) {
    out += fmt::format("{}\n    \"{}\": [\n      ", current_ ? "\n    ]," : "", record.def->name());
    current_ = record.def;
  } else {
    out += ",\n      ";
  }
  append_json(out, record);
}

void BundleWriter::finish(std::string& out) {
  out += head_;
  head_.clear();
  out += current_ ? "\n    ]\n  }\n}\n" : "}\n}\n";
}

}  // namespace assay
