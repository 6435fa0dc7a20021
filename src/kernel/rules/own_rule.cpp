#include "kernel/rules/own_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/random.h"
#include "base/text.h"

namespace assay {
namespace {

constexpr std::string_view mark_name = "own_rules";
constexpr std::size_t longest_title = 200;  // characters
constexpr std::size_t longest_id = 40;

struct StateName {
  std::string_view name, label;
};
constexpr std::array<StateName, 5> state_names{{{"draft", "Draft"},
                                                {"active", "Active"},
                                                {"replaced", "Replaced"},
                                                {"retired", "Retired"},
                                                {"discarded", "Discarded"}}};

OwnRuleState state_of(std::string_view name) {
  auto found = std::ranges::find(state_names, name, &StateName::name);
  return static_cast<OwnRuleState>(found - state_names.begin());
}

constexpr std::string_view columns =
    "rule, version, state, text, reason, author, author_name, author_person, written_at, decider_name, decided_at";

Result<std::vector<OwnRuleVersion>> select(Connection& connection, std::string_view condition, Params params) {
  std::vector<OwnRuleVersion> out;
  std::string sql =
      fmt::format("select {} from assay_own_rule where {} order by rule, version desc", columns, condition);
  CHECK(connection.query(sql, params, [&](const Row& row) {
    OwnRuleVersion version;
    version.rule = row.text(0);
    version.version = row.integer(1);
    version.state = state_of(row.text(2));
    std::string* texts[] = {&version.text,          &version.reason,     &version.author,       &version.author_name,
                            &version.author_person, &version.written_at, &version.decider_name, &version.decided_at};
    int at = 3;
    for (std::string* text : texts) *text = row.text(at++);
    out.push_back(std::move(version));
  }));
  return out;
}

}  // namespace

bool is_own_rule_id(std::string_view id) {
  std::size_t prefix = id.starts_with("X-") ? 2 : id.starts_with("ORG-") ? 4 : 0;
  if (prefix == 0 || id.size() == prefix || id.size() > longest_id) return false;
  return std::ranges::all_of(id.substr(prefix), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

std::string header_value(std::string_view text, std::string_view key) {
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with("--")) break;
    std::string_view content = trim(line.substr(2));
    if (content.starts_with(key) && content.substr(key.size()).starts_with(':'))
      return std::string(trim(content.substr(key.size() + 1)));
  }
  return {};
}

Result<Rule> read_own_rule(std::string_view text, const RuleSet& product) {
  std::string id = header_value(text, "id");
  bool known = is_own_rule_id(id);
  std::string file = known ? id + ".sql" : "rule.sql";
  if (text.size() > longest_own_rule)
    return fail(Problems{{file + ":1", fmt::format("must have at most {} bytes", longest_own_rule), ""}});
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
    return fail(Problems{{file + ":1", "must be valid UTF-8 text", ""}});
  if (!known && !id.empty()) {
    return fail(
        Problems{{file + ":1",
                  "the id of an own rule must begin with X- or ORG-, followed by letters, digits, \".\" and \"-\"",
                  shorten(id, 60)}},
        "The rule cannot be read.");
  }
  TRY(Rule rule, product.read({file, text}));
  if (utf8_length(rule.title) > longest_title) {
    return fail(Problems{{file + ":1", fmt::format("the title must have at most {} characters", longest_title),
                          shorten(rule.title, 60)}},
                "The rule cannot be read.");
  }
  // Nothing holds an own rule to that claim as tests hold the product's; it is asked about everything.
  rule.by_record = false;
  rule.own = true;
  return rule;
}

std::size_t line_in_place(std::string_view place) {
  std::size_t at = place.find(".sql:");
  if (at == std::string_view::npos) return 0;
  std::size_t line = 0;
  std::from_chars(place.data() + at + 5, place.data() + place.size(), line);
  return line;
}

std::string_view name_of(OwnRuleState state) { return state_names[static_cast<std::size_t>(state)].name; }
std::string_view label_of(OwnRuleState state) { return state_names[static_cast<std::size_t>(state)].label; }

Result<std::vector<OwnRuleVersion>> read_own_rules(Connection& connection, std::string_view id) {
  if (id.empty()) return select(connection, "1 = 1", {});
  Param params[] = {id};
  return select(connection, "rule = ?", params);
}

Result<std::vector<OwnRuleVersion>> active_own_rules(Connection& connection) {
  return select(connection, "state = 'active'", {});
}

Result<void> insert_own_rule(Connection& connection, const OwnRuleVersion& version) {
  Param params[] = {std::string_view(version.rule),
                    version.version,
                    name_of(version.state),
                    std::string_view(version.text),
                    std::string_view(version.reason),
                    std::string_view(version.author),
                    std::string_view(version.author_name),
                    std::string_view(version.author_person),
                    std::string_view(version.written_at),
                    std::string_view(version.decider_name),
                    std::string_view(version.decided_at)};
  CHECK(connection.run(fmt::format("insert into assay_own_rule ({}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", columns),
                       params));
  return {};
}

Result<void> set_own_rule_state(Connection& connection, const OwnRuleVersion& version, OwnRuleState state,
                                std::string_view decider_name, std::string_view at) {
  Param params[] = {name_of(state), decider_name, at, std::string_view(version.rule), version.version};
  CHECK(connection.run(
      "update assay_own_rule set state = ?, decider_name = ?, decided_at = ? where rule = ? and version = ?", params));
  return {};
}

Result<std::string> own_rules_mark(Connection& connection) {
  Param params[] = {mark_name};
  TRY(auto mark, connection.one_text("select value from assay_meta where name = ?", params));
  return mark.value_or("");
}

Result<void> mark_own_rules_changed(Connection& connection) {
  // Random, so that the mark of a transaction that was rolled back is never met again.
  std::string mark = random_token(12);
  Param params[] = {mark_name, std::string_view(mark)};
  CHECK(connection.run(
      "insert into assay_meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
      params));
  return {};
}

}  // namespace assay
