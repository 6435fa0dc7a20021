#include "kernel/rules/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"

namespace assay {
namespace {

constexpr std::size_t most_problems = 100;  // told about one file
constexpr std::string_view class_names[] = {"ofi", "observation", "minor", "major"};

using Header = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view known_keys[] = {"id",  "title",      "ref",        "stages", "class", "subject", "why",
                                           "fix", "escalation", "population", "gates",  "needs", "note"};

// Reads the comment lines on top; the rest of the text is the query.
Header read_header(std::string_view file, std::string_view text, std::string& sql, Problems& problems) {
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
    if (colon == std::string_view::npos || std::find(std::begin(known_keys), std::end(known_keys), key) == std::end(known_keys)) {
      problems.push_back({fmt::format("{}:{}", file, number), "must be a header line such as \"-- title: …\"", shorten(line, 60)});
      open = nullptr;
      if (problems.size() >= most_problems) break;  // this is no rule
      continue;
    }
    open = &(header[key] = std::string(trim(content.substr(colon + 1))));
  }
  sql = std::string(trim(text));
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
  if ((rule.escalation.systemic || rule.escalation.isolated) && rule.population.empty()) {
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

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Whether the identifier stands in the SQL as a word.
bool mentions(std::string_view sql, std::string_view name) {
  for (std::size_t at = sql.find(name); at != std::string_view::npos; at = sql.find(name, at + 1)) {
    bool starts = at == 0 || !is_word_char(sql[at - 1]);
    bool ends = at + name.size() == sql.size() || !is_word_char(sql[at + name.size()]);
    if (starts && ends) return true;
  }
  return false;
}

std::string without_comments(std::string_view text) {
  std::string out;
  for (std::string_view line : split(text, '\n')) {
    std::size_t comment = line.find("--");
    out += line.substr(0, comment);
    out += '\n';
  }
  return std::string(trim(out));
}

// Views that use other views come after them.
std::vector<View> ordered(std::vector<View> views, Problems& problems) {
  std::vector<View> out;
  std::set<std::string> placed;
  while (!views.empty()) {
    std::vector<View> later;
    for (View& view : views) {
      bool ready = std::none_of(views.begin(), views.end(), [&](const View& other) {
        return other.name != view.name && !placed.contains(other.name) && !other.name.empty() && mentions(view.sql, other.name);
      });
      if (ready) {
        placed.insert(view.name);
        out.push_back(view);
      } else {
        later.push_back(view);
      }
    }
    if (later.size() == views.size()) {
      for (const View& view : later) problems.push_back({"views/" + view.name + ".sql", "uses itself through other views", ""});
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
      problems.push_back({fmt::format("parameters.csv:{}", number), "must have key,value,unit,basis", shorten(line, 60)});
      if (problems.size() >= most_problems) return;
      continue;
    }
    parameter.key = trim(cells[0]);
    std::string_view value = trim(cells[1]);
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parameter.value);
    if (error != std::errc()) problems.push_back({fmt::format("parameters.csv:{}", number), "value must be a number", shorten(value, 60)});
    parameter.unit = trim(cells[2]);
    std::string_view basis = line.substr(static_cast<std::size_t>(cells[3].data() - line.data()));
    parameter.basis = replace_all(trim(basis), "\"", "");
    out.push_back(std::move(parameter));
  }
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
  return finding_class == FindingClass::major ? FindingClass::major : static_cast<FindingClass>(static_cast<int>(finding_class) + 1);
}

bool is_stage(std::string_view name) { return std::find(std::begin(all_stages), std::end(all_stages), name) != std::end(all_stages); }

bool Rule::has_stage(std::string_view stage) const { return std::find(stages.begin(), stages.end(), stage) != stages.end(); }

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
  Header header = read_header(file, text, rule.sql, problems);
  std::string place = fmt::format("{}:1", file);
  rule.file = file;
  rule.id = header["id"];
  rule.title = header["title"];
  rule.ref = header["ref"];
  rule.why = header["why"];
  rule.fix = header["fix"];
  rule.subject = header["subject"];
  rule.note = header["note"];
  rule.population = header["population"];
  rule.needs = header["needs"];
  for (std::string_view key : {"id", "title", "ref", "stages", "class", "subject", "why", "fix"}) {
    if (is_blank(header[std::string(key)])) problems.push_back({place, fmt::format("the header lacks \"{}\"", key), ""});
  }
  for (std::string_view stage : split(header["stages"], ' ')) {
    std::string_view name = trim(stage);
    if (name.ends_with(',')) name.remove_suffix(1);
    if (name.empty()) continue;
    if (is_stage(name)) rule.stages.emplace_back(name);
    else problems.push_back({place, "stages must be of gap, internal, stage1, stage2, surveillance", shorten(name, 60)});
  }
  if (auto found = finding_class_of(header["class"])) rule.default_class = *found;
  else problems.push_back({place, "class must be major, minor, observation or ofi", shorten(header["class"], 60)});
  read_escalation(rule, header["escalation"], place, problems);
  read_gates(rule, header["gates"]);
  if (rule.sql.ends_with(';')) rule.sql.pop_back();
  std::string body = lower(without_comments(rule.sql));
  if (!body.starts_with("select") && !body.starts_with("with")) problems.push_back({place, "must hold one select", shorten(rule.sql, 60)});
  if (!problems.empty()) return fail(std::move(problems), "The rule cannot be read.");
  return rule;
}

RuleSet RuleSet::load(std::span<const SourceFile> files) {
  RuleSet set;
  std::vector<View> views;
  for (const SourceFile& file : files) {
    if (file.name == "parameters.csv") {
      read_parameters(file.text, set.parameters, set.problems);
    } else if (file.name.starts_with("views/") && file.name.ends_with(".sql")) {
      std::string name(file.name.substr(6, file.name.size() - 10));
      std::string sql = without_comments(file.text);
      if (sql.ends_with(';')) sql.pop_back();
      views.push_back({std::move(name), std::move(sql)});
    } else if (file.name.ends_with(".sql")) {
      auto rule = parse_rule(file.name, file.text);
      if (rule) set.rules.push_back(*std::move(rule));
      else set.problems.insert(set.problems.end(), rule.error().problems.begin(), rule.error().problems.end());
    }
  }
  set.views = ordered(std::move(views), set.problems);
  std::sort(set.rules.begin(), set.rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  return set;
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
