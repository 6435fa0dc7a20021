#include "kernel/rules/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"
#include "kernel/rules/sql_text.h"

namespace assay {
namespace {

constexpr std::size_t most_problems = 100;  // told about one file
constexpr std::string_view class_names[] = {"ofi", "observation", "minor", "major"};

struct HeaderValue {
  std::string text;
  std::size_t line = 1;
};
using Header = std::map<std::string, HeaderValue, std::less<>>;

constexpr std::string_view known_keys[] = {"id",    "title", "ref",        "stages",     "class", "subject",
                                           "why",   "fix",   "escalation", "population", "share", "gates",
                                           "needs", "note",  "judges",     "through"};

// The query in `text`, whose first line is the line `number` of its file, without the semicolon that may end it.
void read_sql(std::string_view text, std::size_t number, std::string& sql, std::size_t& line) {
  std::string_view body = trim(text);
  if (body.ends_with(';')) body.remove_suffix(1);
  line = line_of(text, body.empty() ? 0 : static_cast<std::size_t>(body.data() - text.data()), number);
  sql = body;
}

// Reads the comment lines on top; the rest of the text is the query.
Header read_header(std::string_view file, std::string_view text, Rule& rule, Problems& problems) {
  Header header;
  std::string* open = nullptr;
  std::size_t number = 0;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    ++number;
    if (!line.starts_with("--")) break;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    std::string_view content = line.substr(2);
    if (content.starts_with("   ")) {
      if (open) *open += " " + std::string(trim(content));
      continue;
    }
    std::size_t colon = content.find(':');
    std::string key(trim(content.substr(0, colon)));
    if (colon == std::string_view::npos ||
        std::find(std::begin(known_keys), std::end(known_keys), key) == std::end(known_keys)) {
      problems.push_back(
          {fmt::format("{}:{}", file, number), "must be a header line such as \"-- title: …\"", shorten(line, 60)});
      open = nullptr;
      if (problems.size() >= most_problems) break;  // this is no rule
      continue;
    }
    if (header.contains(key))
      problems.push_back(
          {fmt::format("{}:{}", file, number), fmt::format("\"{}\" must stand once in the header", key), ""});
    header[key] = {std::string(trim(content.substr(colon + 1))), number};
    open = &header[key].text;
  }
  read_sql(text, number, rule.sql, rule.sql_line);
  return header;
}

void read_escalation(Rule& rule, std::string_view text, const std::string& place, Problems& problems) {
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    if (part.empty()) continue;
    if (part == "E5") {
      rule.escalation.isolated = true;
    } else if (part.starts_with("E2")) {
      rule.escalation.systemic = true;
      std::string_view share = trim(part.substr(2));
      if (share.ends_with('%')) {
        double percent = 0;
        std::from_chars(share.data(), share.data() + share.size() - 1, percent);
        rule.escalation.share = percent / 100;
      }
    } else {
      problems.push_back({place, "escalation must be E2, E2 with a share such as 50%, or E5", shorten(part, 60)});
    }
  }
  if ((rule.escalation.systemic || rule.escalation.isolated) && rule.population.empty() && rule.share.empty()) {
    problems.push_back({place, "an escalation by share needs a population", ""});
  }
}

void read_gates(Rule& rule, std::string_view text) {
  rule.applicability_gate = rule.id.starts_with("A") && !rule.id.starts_with("AUD");
  rule.honest_plan_gate = rule.applicability_gate || rule.id.starts_with("EV-");
  if (text.empty()) return;
  rule.applicability_gate = text.find("applicability") != std::string_view::npos;
  rule.honest_plan_gate = text.find("honest-plan") != std::string_view::npos;
}

// Whether the SQL names the table or view.
bool mentions(const View& view, std::string_view name) {
  std::vector<SqlToken> tokens = sql_tokens(view.sql);
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const SqlToken& token) { return token.kind == SqlToken::Kind::word && token.text == name; });
}

// Adds the words of the SQL, and those of the views among them.
void add_names(std::string_view sql, const std::vector<View>& views, std::set<std::string, std::less<>>& names) {
  for (const SqlToken& token : sql_tokens(sql)) {
    const bool quoted = token.kind == SqlToken::Kind::name;
    if (token.kind != SqlToken::Kind::word && !quoted) continue;
    std::string word = lower(quoted ? token.text.substr(1, token.text.size() - 2) : token.text);
    auto view = std::ranges::find(views, word, &View::name);
    if (names.insert(std::move(word)).second && view != views.end()) add_names(view->sql, views, names);
  }
}

void note_names(Rule& rule, const std::vector<View>& views) {
  rule.names.clear();
  for (const std::string* sql : {&rule.sql, &rule.population, &rule.share, &rule.needs})
    add_names(*sql, views, rule.names);
}

// Views that use other views come after them.
std::vector<View> ordered(std::vector<View> views, Problems& problems) {
  std::vector<View> out;
  std::set<std::string> placed;
  while (!views.empty()) {
    std::vector<View> later;
    for (View& view : views) {
      bool ready = std::none_of(views.begin(), views.end(), [&](const View& other) {
        return other.name != view.name && !placed.contains(other.name) && mentions(view, other.name);
      });
      if (ready) {
        placed.insert(view.name);
        out.push_back(view);
      } else {
        later.push_back(view);
      }
    }
    if (later.size() == views.size()) {
      for (const View& view : later)
        problems.push_back({"views/" + view.name + ".sql", "uses itself through other views", ""});
      return out;
    }
    views = std::move(later);
  }
  return out;
}

void read_parameters(std::string_view text, std::vector<Parameter>& out, Problems& problems) {
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    if (++number == 1 || is_blank(line)) continue;
    std::vector<std::string_view> cells = split(line, ',');
    Parameter parameter;
    if (cells.size() < 4) {
      problems.push_back(
          {fmt::format("parameters.csv:{}", number), "must have key,value,unit,basis", shorten(line, 60)});
      if (problems.size() >= most_problems) return;
      continue;
    }
    parameter.key = trim(cells[0]);
    std::string_view value = trim(cells[1]);
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parameter.value);
    if (error != std::errc())
      problems.push_back({fmt::format("parameters.csv:{}", number), "value must be a number", shorten(value, 60)});
    parameter.unit = trim(cells[2]);
    std::string_view basis = line.substr(static_cast<std::size_t>(cells[3].data() - line.data()));
    parameter.basis = replace_all(trim(basis), "\"", "");
    out.push_back(std::move(parameter));
  }
}

// A key that parameters.csv does not hold would only be missed when a record makes the rule ask for it.
void check_parameters(std::string_view file, std::size_t line, std::string_view sql,
                      const std::vector<Parameter>& known, Problems& problems) {
  for (const SqlToken& key : parameters_asked(sql)) {
    if (std::any_of(known.begin(), known.end(), [&](const Parameter& parameter) { return parameter.key == key.text; }))
      continue;
    problems.push_back({fmt::format("{}:{}", file, line_of(sql, key.offset, line)), "must be a key of parameters.csv",
                        std::string(key.text)});
  }
}

Result<View> read_view(const SourceFile& file, const std::vector<Parameter>& parameters) {
  View view;
  view.name = file.name.substr(6, file.name.size() - 10);
  read_sql(file.text, 1, view.sql, view.sql_line);
  Problems problems = check_query(file.name, view.sql_line, view.sql);
  check_parameters(file.name, view.sql_line, view.sql, parameters, problems);
  if (!problems.empty()) return fail(std::move(problems), "The view cannot be read.");
  return view;
}

}  // namespace

std::string_view name_of(FindingClass finding_class) { return class_names[static_cast<std::size_t>(finding_class)]; }

std::optional<FindingClass> finding_class_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(class_names); ++i) {
    if (class_names[i] == name) return static_cast<FindingClass>(i);
  }
  return std::nullopt;
}

FindingClass raised(FindingClass finding_class) {
  return finding_class == FindingClass::major ? FindingClass::major
                                              : static_cast<FindingClass>(static_cast<int>(finding_class) + 1);
}

bool is_stage(std::string_view name) {
  return std::find(std::begin(all_stages), std::end(all_stages), name) != std::end(all_stages);
}

Problem unknown_stage(std::string_view place, std::string_view given) {
  return {std::string(place), "must be gap, internal, stage1, stage2 or surveillance", shorten(given, 40)};
}

bool Rule::has_stage(std::string_view stage) const {
  return std::find(stages.begin(), stages.end(), stage) != stages.end();
}

std::vector<std::string> Rule::refs() const {
  std::vector<std::string> out;
  for (std::string_view part : split(ref, ',')) {
    if (!is_blank(part)) out.emplace_back(trim(part));
  }
  return out;
}

std::vector<std::string> Rule::controls() const {
  std::vector<std::string> out;
  for (const std::string& part : refs()) {
    if (part.starts_with("A.")) out.push_back(part.substr(2, part.find_first_of(" (") - 2));
  }
  return out;
}

std::string Rule::clause() const {
  std::vector<std::string> all = refs();
  return all.empty() ? std::string() : all.front().substr(0, all.front().find(' '));
}

Result<Rule> parse_rule(std::string_view file, std::string_view text) {
  Rule rule;
  Problems problems;
  rule.file = file;
  Header header = read_header(file, text, rule, problems);
  auto place = [&](std::string_view key) { return fmt::format("{}:{}", file, header[std::string(key)].line); };
  rule.id = header["id"].text;
  rule.title = header["title"].text;
  rule.ref = header["ref"].text;
  rule.why = header["why"].text;
  rule.fix = header["fix"].text;
  rule.subject = header["subject"].text;
  rule.note = header["note"].text;
  rule.population = header["population"].text;
  rule.population_line = header["population"].line;
  rule.share = header["share"].text;
  rule.share_line = header["share"].line;
  rule.needs = header["needs"].text;
  rule.needs_line = header["needs"].line;
  for (std::string_view key : {"id", "title", "ref", "stages", "class", "subject", "why", "fix"}) {
    if (is_blank(header[std::string(key)].text))
      problems.push_back({place(key), fmt::format("the header lacks \"{}\"", key), ""});
  }
  std::string_view name = file.substr(file.rfind('/') + 1);
  if (!rule.id.empty() && name != rule.id + ".sql")
    problems.push_back({place("id"), "the file must be named after the id", rule.id});
  for (std::string_view stage : split(header["stages"].text, ' ')) {
    std::string_view word = trim(stage);
    if (word.ends_with(',')) word.remove_suffix(1);
    if (word.empty()) continue;
    if (is_stage(word)) rule.stages.emplace_back(word);
    else
      problems.push_back(
          {place("stages"), "stages must be of gap, internal, stage1, stage2, surveillance", shorten(word, 60)});
  }
  if (auto found = finding_class_of(header["class"].text)) rule.default_class = *found;
  else if (!header["class"].text.empty())
    problems.push_back(
        {place("class"), "class must be major, minor, observation or ofi", shorten(header["class"].text, 60)});
  read_escalation(rule, header["escalation"].text, place("escalation"), problems);
  read_gates(rule, header["gates"].text);
  if (header.contains("judges")) {
    constexpr std::string_view alike = "records alike in ";
    const std::string_view text = header["judges"].text;
    if (text.starts_with(alike)) rule.alike = trim(text.substr(alike.size()));
    rule.among_found = text == "each record among those found" || !rule.alike.empty();
    rule.by_record = text == "each record alone" || rule.among_found;
    if (!rule.by_record)
      problems.push_back({place("judges"),
                          "must be \"each record alone\", \"each record among those found\" or \"records alike in …\" "
                          "when it stands in the header",
                          shorten(text, 60)});
  }
  if (!rule.share.empty() && (!rule.by_record || !rule.population.empty())) {
    problems.push_back(
        {place("share"), "stands in a rule that judges each record alone, in place of a population", ""});
  }
  for (std::string_view word : split(header["through"].text, ' ')) {
    if (trim(word).empty()) continue;
    std::size_t dot = word.find('.');
    bool good = rule.by_record && dot != std::string_view::npos && dot > 0 && dot + 1 < word.size();
    if (good) rule.through.emplace_back(word.substr(0, dot), word.substr(dot + 1));
    else
      problems.push_back({place("through"),
                          "must name fields as register.field, in a rule that judges each record alone",
                          shorten(word, 60)});
  }
  auto check = [&](std::string_view sql, std::size_t line) {
    for (Problem& problem : check_query(file, line, sql)) problems.push_back(std::move(problem));
  };
  check(rule.sql, rule.sql_line);
  if (!rule.population.empty()) check(rule.population, rule.population_line);
  if (!rule.share.empty()) check(rule.share, rule.share_line);
  if (!rule.needs.empty()) check(rule.needs, rule.needs_line);
  if (!problems.empty()) return fail(std::move(problems), "The rule cannot be read.");
  return rule;
}

RuleSet RuleSet::load(std::span<const SourceFile> files) {
  RuleSet set;
  std::vector<View> views;
  auto report = [&](const Error& error) {
    set.problems.insert(set.problems.end(), error.problems.begin(), error.problems.end());
  };
  for (const SourceFile& file : files) {
    if (file.name == "parameters.csv") read_parameters(file.text, set.parameters, set.problems);
  }
  for (const SourceFile& file : files) {
    if (!file.name.ends_with(".sql")) continue;
    if (file.name.starts_with("views/")) {
      auto view = read_view(file, set.parameters);
      if (view) views.push_back(*std::move(view));
      else report(view.error());
    } else {
      auto rule = set.read(file);
      if (rule) set.rules.push_back(*std::move(rule));
      else report(rule.error());
    }
  }
  set.views = ordered(std::move(views), set.problems);
  for (Rule& rule : set.rules) note_names(rule, set.views);
  std::sort(set.rules.begin(), set.rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  return set;
}

Result<Rule> RuleSet::read(const SourceFile& file) const {
  TRY(Rule rule, parse_rule(file.name, file.text));
  Problems wrong;
  check_parameters(file.name, rule.sql_line, rule.sql, parameters, wrong);
  check_parameters(file.name, rule.population_line, rule.population, parameters, wrong);
  check_parameters(file.name, rule.share_line, rule.share, parameters, wrong);
  check_parameters(file.name, rule.needs_line, rule.needs, parameters, wrong);
  for (const Rule& other : rules) {
    if (other.id == rule.id)
      wrong.push_back({rule.file + ":1", "must have an id of its own; " + other.file + " has the same", rule.id});
  }
  if (!wrong.empty()) return fail(std::move(wrong), "The rule cannot be read.");
  note_names(rule, views);
  return rule;
}

const Rule* RuleSet::find(std::string_view id) const {
  auto at = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return at == rules.end() ? nullptr : &*at;
}

std::map<std::string, double, std::less<>> RuleSet::parameter_defaults() const {
  std::map<std::string, double, std::less<>> out;
  for (const Parameter& parameter : parameters) out[parameter.key] = parameter.value;
  return out;
}

}  // namespace assay
