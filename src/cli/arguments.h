// Command line arguments, read against a table of options, so that help, completion and parsing agree.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

struct Option {
  std::string_view name;   // "--data"
  std::string_view value;  // what follows, "WHERE"; empty for a switch
  std::string_view help;
  bool required = false;
};

class Arguments {
 public:
  // Error: unknown option (with the nearest known one), missing value, missing required option, surplus word.
  static Result<Arguments> parse(std::span<const Option> options, std::size_t max_words,
                                 std::span<const std::string_view> words);

  bool has(std::string_view option) const { return values_.contains(option); }
  std::string value(std::string_view option, std::string_view fallback = {}) const;
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> words_;
};

}  // namespace assay
