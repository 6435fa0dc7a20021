// The one table of subcommands; help, completion and dispatch come from it.
#pragma once

#include <span>
#include <string_view>

#include "cli/arguments.h"
#include "cli/settings.h"

namespace assay {

// Exit codes of every command: 0 done (check: nothing serious found; verify: clean), 1 a negative answer (findings,
// damage, refused input), 2 the question could not be asked (wrong usage, no data, disk).
inline constexpr int exit_done = 0;
inline constexpr int exit_negative = 1;
inline constexpr int exit_failed = 2;

struct Call {
  const Arguments& arguments;
  const Settings& settings;
};

struct Command {
  std::string_view name;
  std::string_view summary;  // one line
  std::string_view words;    // what follows besides options: "FILE"
  std::size_t max_words = 0;
  std::span<const Option> options;  // in addition to the settings that apply
  std::string_view settings;        // keys of the settings that apply, separated by spaces
  int (*run)(const Call&) = nullptr;
  std::string_view details = {};  // shown below the options
};

std::span<const Command> all_commands();

// Runs the program: parses, dispatches, prints errors to standard error. Gives the exit code.
int run_program(std::span<const std::string_view> words);

// Prints an error the way every command does and gives the exit code for it.
int report_failure(const Error& error);

// One function a command, in the file of its name.
int run_init(const Call& call);
int run_serve(const Call& call);
int run_check(const Call& call);
int run_rehearse(const Call& call);
int run_rules(const Call& call);
int run_import(const Call& call);
int run_export(const Call& call);
int run_soa(const Call& call);
int run_user(const Call& call);
int run_verify(const Call& call);
int run_backup(const Call& call);
int run_restore(const Call& call);
int run_migrate(const Call& call);
int run_version(const Call& call);
int run_completion(const Call& call);

}  // namespace assay
