#include "cli/terminal.h"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "base/text.h"

namespace assay {
namespace {

termios shown_mode;  // of the terminal before its echo was switched off, for the signal handler

void restore_and_end(int signal) {
  tcsetattr(STDIN_FILENO, TCSANOW, &shown_mode);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// No echo as long as it lives, and not a moment longer, whatever ends it.
class HiddenInput {
 public:
  HiddenInput() {
    if (tcgetattr(STDIN_FILENO, &shown_mode) != 0) return;
    active_ = true;
    for (std::size_t i = 0; i < std::size(signals); ++i) before_[i] = std::signal(signals[i], &restore_and_end);
    termios hidden = shown_mode;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  ~HiddenInput() {
    if (!active_) return;
    tcsetattr(STDIN_FILENO, TCSANOW, &shown_mode);
    for (std::size_t i = 0; i < std::size(signals); ++i) std::signal(signals[i], before_[i]);
  }

 private:
  static constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};
  using Handler = void (*)(int);
  Handler before_[std::size(signals)] = {};
  bool active_ = false;
};

Result<std::string> read_answer(std::string_view question) {
  fmt::print("{}: ", question);
  std::fflush(stdout);
  std::string line;
  if (std::getline(std::cin, line)) return line;
  fmt::print("\n");
  return fail(ErrorKind::invalid, "Cancelled; nothing was created.");
}

}  // namespace

bool is_terminal() { return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0; }

Result<std::string> ask(std::string_view question) {
  TRY(std::string line, read_answer(question));
  return std::string(trim(line));
}

Result<bool> ask_yes_no(std::string_view question) {
  for (;;) {
    TRY(std::string text, ask(fmt::format("{} [y/N]", question)));
    std::string word = lower(text);
    if (word.empty() || word == "n" || word == "no") return false;
    if (word == "y" || word == "yes") return true;
    fmt::print("Please answer y or n.\n");
  }
}

Result<std::string> ask_hidden(std::string_view question) {
  HiddenInput hidden;
  TRY(std::string line, read_answer(question));
  fmt::print("\n");  // the Enter was not shown either
  return line;
}

}  // namespace assay
