#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace assay {

Result<Arguments> Arguments::parse(std::span<const Option> options, std::size_t max_words,
                                   std::span<const std::string_view> words) {
  Arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    if (!word.starts_with('-') || word == "-") {
      if (out.words_.size() >= max_words)
        return fail(ErrorKind::invalid, fmt::format("\"{}\" is one word too many.", word));
      out.words_.emplace_back(word);
      continue;
    }
    std::size_t equal = word.starts_with("--") ? word.find('=') : std::string_view::npos;
    std::string_view name = word.substr(0, equal);
    const auto* option = std::find_if(options.data(), options.data() + options.size(),
                                      [&](const Option& known) { return known.name == name; });
    if (option == options.data() + options.size()) {
      std::string_view nearest;
      std::size_t distance = 4;
      for (const Option& known : options) {
        if (std::size_t d = edit_distance(known.name, name); d < distance) {
          distance = d;
          nearest = known.name;
        }
      }
      return fail(ErrorKind::invalid, fmt::format("There is no option {}{}.", name,
                                                  nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest)));
    }
    std::string value;
    if (option->value.empty()) {
      if (equal != std::string_view::npos) return fail(ErrorKind::invalid, fmt::format("{} takes no value.", name));
    } else if (equal != std::string_view::npos) {
      value = word.substr(equal + 1);
    } else if (i + 1 < words.size()) {
      value = words[++i];
    } else {
      return fail(ErrorKind::invalid, fmt::format("{} needs a value: {} {}.", name, name, option->value));
    }
    out.values_[std::string(name)] = value;
  }
  for (const Option& option : options) {
    if (option.required && !out.has(option.name)) {
      return fail(ErrorKind::invalid, fmt::format("{} {} is needed: {}", option.name, option.value, option.help));
    }
  }
  return out;
}

std::string Arguments::value(std::string_view option, std::string_view fallback) const {
  auto found = values_.find(option);
  return found == values_.end() ? std::string(fallback) : found->second;
}

}  // namespace assay
