#include "cli/command.h"

#include <fmt/format.h>

#include <cstdio>
#include <vector>

#include "base/text.h"

namespace assay {
namespace {

constexpr Option workspace_option = {"--workspace", "NAME", "Workspace, when there are several. Default: main."};

constexpr Option init_options[] = {
    workspace_option,
    {"--example", "", "Fill it with the example organisation, dates relative to today."},
    {"--empty", "", "Start without example and ask nothing, also at a terminal."},
    {"--name", "NAME", "Name of the organisation."},
    {"--legal-entities", "NAME[;NAME]", "Its legal entities."},
    {"--sector", "SECTOR", "What it does, such as software or health care."},
    {"--admin-email", "EMAIL", "E-mail of the first administrator."},
    {"--admin-name", "NAME", "Name of the first administrator."},
    {"--admin-password-file", "FILE", "File whose first line is the administrator's password; - reads standard input."},
    {"--if-missing", "", "Do nothing when the workspace exists already."},
};
constexpr Option check_options[] = {
    workspace_option,
    {"--bundle", "FILE", "Ask a bundle instead of a workspace; nothing is stored."},
    {"--as-of", "DATE", "Day of the question, YYYY-MM-DD. Default: the bundle's as_of, else today."},
    {"--stage", "STAGE", "Only the rules of gap, internal, stage1, stage2 or surveillance."},
    {"--rule", "ID[,ID]", "Only these rules."},
    {"--format", "FORMAT", "text (default), json, csv, sarif or junit."},
    {"--timings", "", "Add what the rules took: the slowest as text, all with --format json."},
    {"-o", "FILE", "Write there instead of standard output."},
};
constexpr Option rehearse_options[] = {
    workspace_option,
    {"--stage", "STAGE", "gap, internal, stage1, stage2 or surveillance."},
    {"--as-of", "DATE", "Day of the audit, YYYY-MM-DD: today (default) or later."},
    {"--number", "NUMBER", "Give a rehearsal that was held before, instead of holding one."},
    {"--format", "FORMAT", "text (default) or json."},
    {"--pdf", "FILE", "Write the report as a PDF as well."},
};
constexpr Option import_options[] = {
    workspace_option,
    {"--register", "REGISTER", "Register that a spreadsheet goes into, e.g. risk. Not needed for a bundle."},
    {"--sheet", "NAME", "Sheet of a workbook. Default: the first with data."},
    {"--mapping", "M",
     "\"Column=field,Column=field\" or a JSON file of them. Default: remembered, else guessed from names."},
    {"--dry-run", "", "Show what would happen and store nothing."},
    {"--strict", "", "Refuse what is incomplete or doubled instead of reporting it."},
    {"--clear-blank", "", "A blank cell of a sheet empties the field; else it is left alone."},
    {"--skip-bad-cells", "",
     "Leave out cells of a sheet that cannot be read, and report them, instead of refusing their rows."},
};
constexpr Option export_options[] = {
    workspace_option,
    {"--format", "FORMAT", "bundle, xlsx or csv.", true},
    {"--register", "REGISTER", "One register. Needed for csv; without it xlsx holds a sheet for each."},
    {"-o", "FILE", "File to write; - is standard output (bundle, csv).", true},
};
constexpr Option soa_options[] = {
    workspace_option,
    {"--format", "FORMAT", "xlsx, pdf, oscal or json (default)."},
    {"--out", "FILE", "File to write; - is standard output (oscal, json).", true},
};
constexpr Option user_options[] = {
    workspace_option,
    {"--email", "EMAIL", "The account."},
    {"--name", "NAME", "add: name of the person. token: what the token is for."},
    {"--roles", "ROLE[,ROLE]", "add, roles: e.g. isms_owner,risk_owner."},
    {"--person", "ID", "add: record of the register person that the account belongs to."},
    {"--password-file", "FILE", "add, password: file whose first line is the password; - reads standard input."},
    {"--scope", "SCOPE", "token: read, write, collector or admin."},
    {"--days", "DAYS", "token: valid for so many days, at most 366. Default: 90."},
};
constexpr Option workspace_only[] = {workspace_option};
constexpr Option backup_options[] = {{"-o", "FILE", "The archive to write.", true}};
constexpr Option restore_options[] = {{"--force", "", "Restore into a place that holds data already."}};
constexpr Option verify_options[] = {workspace_option, {"--json", "", "Print the result as JSON."}};
constexpr Option serve_options[] = {{"--config", "FILE", "TOML file with settings."}};

constexpr Command commands[] = {
    {"serve", "Serve the web pages and the API.", "", 0, serve_options,
     "data state_folder listen public_url allowed_hosts trusted_proxies metrics_token_file workers upload_limit_mb "
     "log_level integrity_hours",
     &run_serve},
    {"init", "Create a workspace and its administrator.", "", 0, init_options, "data state_folder", &run_init,
     "At a terminal, without one of these flags, it asks for all of this. Flags answer for scripts.\n"
     "Without an administrator the server shows a page to set one up at its first start."},
    {"check", "Hold the conformity rules against a workspace or a bundle.", "", 0, check_options, "data state_folder",
     &run_check, "Exit status: 0 no major and no minor, 1 some, 2 could not be asked."},
    {"rehearse", "Hold a rehearsal of an audit and keep its report.", "", 0, rehearse_options, "data state_folder",
     &run_rehearse, "Exit status: 0 no major and no minor, 1 some, 2 could not be held."},
    {"rules", "List rules, show one, or try out a file with one.", "list|show ID|test FILE", 2, workspace_only,
     "data state_folder", &run_rules,
     "FILE: a rule of the organisation's own, as it would be written in the editor. Nothing is stored.\n"
     "Exit status of test: 0 nothing found, 1 findings or problems in the file, 2 could not be asked."},
    {"import", "Read a bundle, a workbook or a CSV file.", "FILE", 1, import_options, "data state_folder", &run_import,
     "FILE: .json bundle, .xlsx or .csv. One import is one transaction."},
    {"export", "Write a bundle, a workbook or a CSV file.", "", 0, export_options, "data state_folder", &run_export},
    {"soa", "Write the Statement of Applicability as a file.", "", 0, soa_options, "data state_folder", &run_soa,
     "The version in force as it was issued; where none was issued, as it stands; without one, the draft, marked as "
     "such."},
    {"user", "List, add and change accounts; make API tokens.", "list|add|roles|password|disable|enable|token", 1,
     user_options, "data state_folder", &run_user},
    {"verify", "Recompute the ledger and every record; name what was altered.", "", 0, verify_options,
     "data state_folder", &run_verify, "Exit status: 0 clean, 1 altered, 2 could not be read."},
    {"backup", "Write everything into one archive while the server runs.", "", 0, backup_options, "data state_folder",
     &run_backup},
    {"restore", "Bring a backup back.", "FILE", 1, restore_options, "data state_folder", &run_restore},
    {"migrate", "Bring the workspaces' tables up to this version.", "", 0, workspace_only, "data state_folder",
     &run_migrate},
    {"completion", "Print a completion script for bash or zsh.", "bash|zsh", 1, {}, "", &run_completion},
    {"version", "Print the version.", "", 0, {}, "", &run_version},
};

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> out(command.options.begin(), command.options.end());
  for (std::string_view key : split(command.settings, ' ')) {
    for (const Setting& setting : all_settings()) {
      if (setting.key == key) out.push_back({setting.flag, setting.value, setting.help});
    }
  }
  return out;
}

void print_overview() {
  fmt::print(
      "Assay takes an organisation to its ISO/IEC 27001:2022 certificate and keeps it there.\n\nusage: assay COMMAND "
      "[OPTIONS]\n\n");
  for (const Command& command : commands) fmt::print("  {:<11} {}\n", command.name, command.summary);
  fmt::print(
      "\nassay COMMAND --help tells more. Settings may also stand in a TOML file ($ASSAY_CONFIG) and in the "
      "environment.\n");
}

void print_help(const Command& command) {
  fmt::print("usage: assay {}{}{} [OPTIONS]\n\n{}\n\n", command.name, command.words.empty() ? "" : " ", command.words,
             command.summary);
  for (const Option& option : options_of(command)) {
    std::string left = fmt::format("{}{}{}", option.name, option.value.empty() ? "" : " ", option.value);
    fmt::print("  {:<32} {}{}\n", left, option.help, option.required ? " (needed)" : "");
  }
  if (!command.details.empty()) fmt::print("\n{}\n", command.details);
}

int usage_error(std::string_view message, std::string_view command) {
  fmt::print(stderr, "assay: {}\nTry `assay {}{}--help`.\n", message, command, command.empty() ? "" : " ");
  return exit_failed;
}

}  // namespace

std::span<const Command> all_commands() { return commands; }

int report_failure(const Error& error) {
  fmt::print(stderr, "assay: {}\n", error.text());
  bool refused =
      error.kind == ErrorKind::invalid || error.kind == ErrorKind::conflict || error.kind == ErrorKind::forbidden;
  return refused ? exit_negative : exit_failed;
}

int run_program(std::span<const std::string_view> words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_overview();
    return words.empty() ? exit_failed : exit_done;
  }
  if (words[0] == "--version") words = std::span<const std::string_view>();
  std::string_view name = words.empty() ? "version" : words[0];
  const Command* command = nullptr;
  std::string_view nearest;
  std::size_t distance = 4;
  for (const Command& candidate : commands) {
    if (candidate.name == name) command = &candidate;
    if (std::size_t d = edit_distance(candidate.name, name); d < distance) {
      distance = d;
      nearest = candidate.name;
    }
  }
  if (!command) {
    return usage_error(fmt::format("there is no command \"{}\"{}", name,
                                   nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest)),
                       "");
  }
  auto rest = words.empty() ? words : words.subspan(1);
  for (std::string_view word : rest) {
    if (word == "--help" || word == "-h") {
      print_help(*command);
      return exit_done;
    }
  }
  std::vector<Option> options = options_of(*command);
  auto arguments = Arguments::parse(options, command->max_words, rest);
  if (!arguments) return usage_error(arguments.error().message, command->name);
  auto settings = Settings::load(arguments->value("--config"), *arguments);
  if (!settings) {
    report_failure(settings.error());
    return exit_failed;
  }
  return command->run({*arguments, *settings});
}

int run_version(const Call&) {
  fmt::print("assay {}\n", ASSAY_VERSION);
  return exit_done;
}

int run_completion(const Call& call) {
  std::string shell = call.arguments.words().empty() ? "bash" : call.arguments.words()[0];
  if (shell != "bash" && shell != "zsh") return usage_error("completion knows bash and zsh", "completion");
  if (shell == "zsh") fmt::print("autoload -U +X bashcompinit && bashcompinit\n");
  std::string names;
  std::string cases;
  for (const Command& command : commands) {
    names += (names.empty() ? "" : " ") + std::string(command.name);
    std::string flags;
    for (const Option& option : options_of(command)) flags += (flags.empty() ? "" : " ") + std::string(option.name);
    cases += fmt::format("    {}) words=\"{} --help\" ;;\n", command.name, flags);
  }
  fmt::print(
      "_assay() {{\n  local words=\"{}\" current=\"${{COMP_WORDS[COMP_CWORD]}}\"\n  if [ \"$COMP_CWORD\" -gt 1 ]; "
      "then\n  case \"${{COMP_WORDS[1]}}\" in\n{}"
      "  esac\n  fi\n  case \"$current\" in\n    -*|\"\") COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
      "    *) if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$current\")); else "
      "COMPREPLY=($(compgen -f -- \"$current\")); fi ;;\n"
      "  esac\n}}\ncomplete -o filenames -F _assay assay\n",
      names, cases);
  return exit_done;
}

}  // namespace assay
