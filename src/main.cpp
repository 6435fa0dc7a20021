#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

#include "cli/command.h"

int main(int argc, char** argv) {
  try {
    std::vector<std::string_view> words(argv + 1, argv + argc);
    return assay::run_program(words);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "assay: internal error: %s\n", error.what());
    return assay::exit_failed;
  }
}
