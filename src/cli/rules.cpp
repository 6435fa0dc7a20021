#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"

namespace assay {
namespace {

const Principal& operator_principal() {
  static const Principal principal = Principal::product("command line");
  return principal;
}

Result<int> list_rules(Tenant& tenant) {
  TRY(auto own, tenant.own_rules.list(operator_principal()));
  for (const Rule& rule : tenant.auditor.rules().rules) {
    if (!rule.own) fmt::print("{:<16} {:<10} {:<12} {}\n", rule.id, "product", name_of(rule.default_class), rule.title);
  }
  for (const OwnRule& rule : own) {
    const std::string& text = (rule.active() ? rule.active() : &rule.newest())->text;
    fmt::print("{:<16} {:<10} {:<12} {}\n", rule.id, name_of(rule.state()), header_value(text, "class"),
               header_value(text, "title"));
  }
  return exit_done;
}

Result<int> show_rule(Tenant& tenant, const std::string& id) {
  if (is_own_rule_id(id)) {
    TRY(OwnRule rule, tenant.own_rules.find(operator_principal(), id));
    const OwnRuleVersion& shown = rule.active() ? *rule.active() : rule.newest();
    fmt::print("-- version {}, {}, written by {} at {}\n{}", shown.version, name_of(shown.state), shown.author_name,
               shown.written_at, shown.text);
    return exit_done;
  }
  const EmbeddedFile* file = rule_files.find(id + ".sql");
  if (!file || !product().rules.find(id))
    return fail(ErrorKind::not_found, fmt::format("There is no rule \"{}\".", shorten(id, 60)));
  fmt::print("{}", file->bytes);
  return exit_done;
}

// The text as it stands in a file: problems name the file as it was given.
Result<int> test_rule(Tenant& tenant, const std::string& file) {
  TRY(std::string text, read_input(file, longest_own_rule + 1));
  TRY(RuleTrial trial, tenant.own_rules.try_out(operator_principal(), text));
  for (const Problem& problem : trial.problems) {
    std::size_t line = line_in_place(problem.place);
    fmt::print(stderr, "{}:{}: {}{}\n", file, std::max<std::size_t>(line, 1), problem.message,
               problem.value.empty() ? "" : fmt::format(" (here: {})", problem.value));
  }
  if (!trial.problems.empty()) return exit_negative;
  if (!trial.obstacle.empty()) {
    fmt::print("{}: not evaluated: {}\n", trial.rule->id, trial.obstacle);
    return exit_done;
  }
  for (const RuleFinding& finding : trial.findings)
    fmt::print("{:<12} {} {}: {}\n", name_of(finding.finding_class), finding.kind, finding.subject, finding.detail);
  fmt::print("{}: {} {} in {:.1f} ms.\n", trial.rule->id, trial.findings.size(),
             trial.findings.size() == 1 ? "finding" : "findings", static_cast<double>(trial.took.count()) / 1000);
  return trial.findings.empty() ? exit_done : exit_negative;
}

Result<int> rules_command(const Call& call) {
  const auto& words = call.arguments.words();
  std::string what = words.empty() ? "list" : std::string(words[0]);
  bool needs_more = what == "show" || what == "test";
  if (what != "list" && !needs_more)
    return fail(ErrorKind::not_found,
                fmt::format("rules knows list, show ID and test FILE, not \"{}\".", shorten(what, 40)));
  if (needs_more != (words.size() == 2))
    return fail(ErrorKind::not_found,
                needs_more ? fmt::format("rules {} needs {}.", what, what == "show" ? "the ID of a rule" : "a FILE")
                           : "rules list takes nothing more.");
  TRY(auto tenant, open_tenant(call));
  if (what == "show") return show_rule(*tenant, std::string(words[1]));
  if (what == "test") return test_rule(*tenant, std::string(words[1]));
  return list_rules(*tenant);
}

}  // namespace

int run_rules(const Call& call) {
  auto done = rules_command(call);
  return done ? *done : report_failure(done.error());
}

}  // namespace assay
