// What a number in a spreadsheet means, which depends on how it is shown. Internal to kernel/exchange.
#pragma once

#include <string>
#include <string_view>

namespace assay {

enum class NumberFormat : char {
  number,
  date,     // shows a day, perhaps with a time of day
  time,     // shows hours, minutes or seconds only
  elapsed,  // shows a duration: [h]:mm
};

enum class DateSystem { from_1900, from_1904 };

NumberFormat builtin_number_format(unsigned id);           // ECMA-376 part 1, 18.8.30
NumberFormat custom_number_format(std::string_view code);  // "dd/mm/yyyy;@" -> date, "0.00" -> number

// The text of a stored number ("45292.5") as table.h promises it. Fifteen significant digits, as the programs show
// them; whole numbers exactly as stored. Not everything is a date that is formatted as one: what lies before the first
// day or after 9999-12-31 stays a number. Day 60 of the 1900 system reads 1900-02-29, as Excel shows it: that day never
// was, and whoever checks the date can say so. A duration reads H:MM:SS. What is no number at all is handed back as it
// is.
std::string number_text(std::string_view stored, NumberFormat format, DateSystem system);

// Spreadsheets write characters that XML cannot hold as _x000D_, and a real "_x000D_" as _x005F_x000D_.
std::string unescape_text(std::string text);
// Makes unescape_text() give back `text`. Control characters are left to the writing library, which escapes them.
std::string escape_text(std::string_view text);

}  // namespace assay
