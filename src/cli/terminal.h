// Questions to a person at a terminal.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

// Whether somebody sits there who can be asked: input and output are both a terminal.
bool is_terminal();

// The answers are trimmed. An end of input (Ctrl-D) is an error: the person does not want to go on.
Result<std::string> ask(std::string_view question);
Result<bool> ask_yes_no(std::string_view question);  // Enter means no
// As typed, not shown; Ctrl-C leaves the terminal as it was.
Result<std::string> ask_hidden(std::string_view question);

}  // namespace assay
