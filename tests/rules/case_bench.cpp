#include "rules/case_bench.h"

#include <stdexcept>

#include "base/file.h"
#include "base/text.h"
#include "isms/registers.h"
#include "kernel/model/json.h"
#include "kernel/store/bulk_load.h"
#include "kernel/store/migrations.h"
#include "kernel/store/schema.h"
#include "rules/engines.h"

namespace assay::testing {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

const fs::path root(ASSAY_SOURCE_DIR);

const EntityDef& register_of(std::string_view name) {
  const EntityDef* def = registers().find(name);
  if (!def) throw std::runtime_error("unknown register " + std::string(name));
  return *def;
}

// A record whose id holds "{1..30}" stands for thirty; the mark becomes the number in all its texts.
std::vector<json::object> copies_of(const json::object& item) {
  std::string id = view(item.at("id"));
  std::size_t open = id.find('{');
  if (open == std::string::npos) return {item};
  std::string mark = id.substr(open, id.find('}') - open + 1);
  std::vector<json::object> out;
  int last = std::stoi(mark.substr(mark.find("..") + 2));
  for (int number = std::stoi(mark.substr(1)); number <= last; ++number) {
    out.push_back(json::parse(replace_all(json::serialize(item), mark, std::to_string(number))).get_object());
  }
  return out;
}

void lay_over(Case& out, const EntityDef& def, const json::object& item) {
  Id id = view(item.at("id"));
  Record record(def);
  for (const Record& known : base().records) {
    if (known.def != &def || known.id != id) continue;
    record = known;
    out.removed.emplace_back(&def, id);
  }
  Problems problems = read_json(record, item);
  if (!problems.empty())
    throw std::runtime_error(out.name + ": " + id + " " + problems[0].place + ": " + problems[0].message);
  if (const auto* made = item.if_contains("created_at")) record.created_at = view(*made);
  out.changed.push_back(std::move(record));
}

// Lays the records of a case over those of the base: same id: the given fields replace those of the base.
void merge(Case& out, const json::object& records) {
  for (const auto& [name, list] : records) {
    const EntityDef& def = register_of(name);
    for (const json::value& item : list.get_array()) {
      for (const json::object& copy : copies_of(item.get_object())) lay_over(out, def, copy);
    }
  }
}

}  // namespace

std::string read(const fs::path& path) {
  auto text = read_file(path, 64U << 20U);
  must(text);
  return *text;
}

std::string view(const json::value& text) { return {text.get_string().data(), text.get_string().size()}; }

RuleFiles::RuleFiles(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) texts_[fs::relative(entry.path(), folder).generic_string()] = read(entry.path());
  }
}

std::vector<SourceFile> RuleFiles::files() const {
  std::vector<SourceFile> out;
  for (const auto& [name, text] : texts_) out.push_back({name, text});
  return out;
}

fs::path rules_folder() { return root / "rules"; }

const RuleSet& rule_set() {
  static const RuleSet rules = RuleSet::load(RuleFiles(rules_folder()).files());
  return rules;
}

const Bundle& base() {
  static const Bundle bundle = [] {
    auto read_result = read_bundle(registers(), read(root / "tests/rules/base.json"));
    must(read_result);
    return *read_result;
  }();
  return bundle;
}

std::vector<Case> read_cases(const fs::path& path) {
  json::object file = json::parse(read(path)).get_object();
  std::vector<Case> out;
  for (const json::value& value : file.at("cases").get_array()) {
    Case item;
    item.rule = view(file.at("rule"));
    item.item = value.get_object();
    item.name = view(item.item.at("name"));
    if (const auto* records = item.item.if_contains("records")) merge(item, records->get_object());
    if (const auto* removed = item.item.if_contains("remove")) {
      for (const auto& [name, list] : removed->get_object()) {
        for (const json::value& id : list.get_array()) item.removed.emplace_back(&register_of(name), view(id));
      }
    }
    item.question.as_of = item.item.contains("as_of") ? *Date::parse(view(item.item.at("as_of"))) : *base().as_of;
    if (item.item.contains("stage")) item.question.stage = view(item.item.at("stage"));
    item.question.only.insert(item.rule);
    out.push_back(std::move(item));
  }
  return out;
}

Bench::Bench(Engine engine, const RuleSet& rules) {
  if (engine == Engine::sqlite) {
    connection_ = *open_sqlite(":memory:", {.read_only = false, .create = true});
  } else {
    auto setup = open_postgres(postgres_address(), "public");
    must(setup);
    must((*setup)->script("drop schema if exists rule_cases cascade; create schema rule_cases"));
    connection_ = *open_postgres(postgres_address(), "rule_cases");
    for (const Migration& migration : migrations(engine)) must(connection_->script(migration.sql));
  }
  must(bulk_load(*connection_, registers(), base().records));
  must(create_views(rules, *connection_));
}

Verdict Bench::ask(const Case& item, const RuleSet& rules) {
  begin(item);
  Verdict verdict = evaluate_now(item.question, rules);
  end();
  return verdict;
}

void Bench::begin(const Case& item) {
  must(connection_->begin_write());
  for (const auto& [def, id] : item.removed) take_away(*def, id);
  for (const Record& record : item.changed) put(record);
}

void Bench::put(const Record& record) {
  must(insert_row(*connection_, record));
  must(write_link_rows(*connection_, record, nullptr));
}

Verdict Bench::evaluate_now(const RuleQuestion& question, const RuleSet& rules) {
  auto defaults = rule_set().parameter_defaults();
  Reader reader(registers(), *connection_, defaults, question.as_of);
  auto parameters = reader.parameters(question.as_of);
  must(parameters);
  auto verdict = evaluate(rules, *connection_, *parameters, question);
  if (!verdict) end();
  must(verdict);
  return *std::move(verdict);
}

void Bench::take_away(const EntityDef& def, const Id& id) {
  Param params[] = {std::string_view(id)};
  must(connection_->run("delete from " + std::string(def.name()) + " where id = ?", params));
  for (const FieldDef& field : def.fields) {
    if (field.is_list()) must(connection_->run("delete from " + link_table(def, field) + " where record = ?", params));
  }
}

}  // namespace assay::testing
