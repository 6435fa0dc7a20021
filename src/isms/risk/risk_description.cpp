#include "isms/risk/risk_description.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace assay {
namespace {

std::vector<std::string> risk_words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : lower(text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

bool risk_word_says_nothing(std::string_view word) {
  constexpr std::string_view filler[] = {"a",       "an",   "and", "are",   "as",   "at",     "be",  "by",
                                         "for",     "from", "in",  "into",  "is",   "it",     "its", "no",
                                         "not",     "of",   "on",  "or",    "our",  "that",   "the", "their",
                                         "through", "to",   "was", "which", "with", "without"};
  return std::ranges::find(filler, word) != std::end(filler);
}

std::set<std::string> risk_telling_words(std::string_view text) {
  std::set<std::string> out;
  for (std::string& word : risk_words(text)) {
    if (!risk_word_says_nothing(word)) out.insert(std::move(word));
  }
  return out;
}

// Words that stand for any attack, any failure, any harm.
bool risk_says_only(std::string_view text, std::initializer_list<std::string_view> common) {
  const auto words = risk_telling_words(text);
  return std::ranges::all_of(words,
                             [&](const std::string& word) { return std::ranges::find(common, word) != common.end(); });
}

bool risk_threat_is_common(std::string_view text) {
  return risk_says_only(
      text, {"attack",   "attacks",     "attacker",     "breach",        "breaches", "compromise",  "crime",
             "cyber",    "cyberattack", "cyberattacks", "cybersecurity", "data",     "disaster",    "error",
             "errors",   "event",       "failure",      "failures",      "general",  "hack",        "hacked",
             "hacker",   "hackers",     "hacking",      "human",         "incident", "information", "issue",
             "issues",   "it",          "loss",         "malicious",     "malware",  "natural",     "problem",
             "problems", "risk",        "risks",        "security",      "system",   "systems",     "technical",
             "threat",   "threats",     "unauthorised", "unauthorized",  "access",   "virus",       "viruses",
             "various"});
}

bool risk_weakness_is_common(std::string_view text) {
  return risk_says_only(text, {"bad",        "control", "controls", "insufficient", "inadequate",      "insecure",
                               "it",         "lack",    "lacking",  "measures",     "missing",         "poor",
                               "security",   "system",  "systems",  "unknown",      "vulnerabilities", "vulnerability",
                               "vulnerable", "weak",    "weakness", "weaknesses",   "general",         "various"});
}

bool risk_consequence_is_common(std::string_view text) {
  return risk_says_only(
      text, {"bad",          "big",     "business", "consequence", "consequences", "cost",     "costs",  "damage",
             "damages",      "data",    "downtime", "financial",   "fine",         "fines",    "harm",   "high",
             "impact",       "image",   "loss",     "losses",      "money",        "negative", "outage", "reputation",
             "reputational", "serious", "severe",   "trust",       "various"});
}

// The text as a sentence: a capital first, one full stop at the end.
std::string risk_sentence(std::string_view text) {
  std::string out(trim(text));
  while (out.ends_with('.')) out.pop_back();
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out.empty() ? out : out + ".";
}

std::string risk_clause(std::string_view text) {
  std::string out(trim(text));
  while (out.ends_with('.')) out.pop_back();
  // "Administrators" -> "administrators", but "VPN", "R&D" and names with capitals inside stay.
  const bool word = out.size() > 1 && out[0] >= 'A' && out[0] <= 'Z' && out[1] >= 'a' && out[1] <= 'z';
  if (word) out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

std::string risk_list(const std::vector<std::string>& names) {
  if (names.size() <= 1) return names.empty() ? std::string() : names.front();
  return join({names.begin(), names.end() - 1}, ", ") + " and " + names.back();
}

}  // namespace

std::string composed_risk_title(const RiskParts& parts) {
  std::string threat(trim(parts.threat));
  while (threat.ends_with('.')) threat.pop_back();
  if (threat.empty() || parts.assets.empty()) return threat;
  const std::string asset = parts.assets.size() == 1
                                ? parts.assets.front()
                                : fmt::format("{} and {} more", parts.assets.front(), parts.assets.size() - 1);
  return shorten(fmt::format("{}: {}", threat, asset), 190);
}

std::string composed_risk_scenario(const RiskParts& parts) {
  std::string out;
  const auto add = [&](const std::string& sentence) {
    if (!sentence.empty()) out += (out.empty() ? "" : " ") + sentence;
  };
  const std::string assets = risk_list(parts.assets);
  if (!is_blank(parts.threat)) {
    const std::string threat = risk_sentence(parts.threat);
    add(assets.empty() ? threat : fmt::format("{}: this hits {}.", threat.substr(0, threat.size() - 1), assets));
  }
  if (!is_blank(parts.weakness)) add(fmt::format("What makes it possible: {}.", risk_clause(parts.weakness)));
  if (!is_blank(parts.consequence)) add(fmt::format("What follows: {}.", risk_clause(parts.consequence)));
  return out;
}

Problems vague_points(const RiskParts& parts, std::string_view title, std::string_view scenario,
                      std::size_t least_scenario) {
  Problems out;
  const auto point = [&](std::string_view field, std::string message, std::string_view value = {}) {
    out.push_back({std::string(field), std::move(message), shorten(value, 80)});
  };
  if (is_blank(parts.threat)) point("threat", "is missing: who or what would do it?");
  else if (risk_threat_is_common(parts.threat))
    point("threat",
          "could mean anything: name the actor or event and what it does, such as \"Phishing of administrators\"",
          parts.threat);
  if (is_blank(parts.weakness)) point("weakness", "is missing: what would let it happen? Controls close weaknesses");
  else if (risk_weakness_is_common(parts.weakness))
    point("weakness",
          "says only that something is weak: say what, such as \"Administrators sign in without a second factor\"",
          parts.weakness);
  else if (likeness(parts.weakness, parts.threat) >= 0.8)
    point("weakness", "repeats the threat: say what would let it happen", parts.weakness);
  if (parts.assets.empty())
    point("assets", "are missing: without one nobody can tell which controls help and whose risk it is");
  if (is_blank(parts.consequence)) point("consequence", "is missing: what would it mean for the business?");
  else if (risk_consequence_is_common(parts.consequence))
    point("consequence",
          "fits every risk: say what stops, for how long, or who is harmed, such as \"Orders stop for three days\"",
          parts.consequence);
  if (!is_blank(title) && risk_threat_is_common(title))
    point("title", "could stand over any risk: name what happens to which asset", title);
  const std::string told = is_blank(scenario) ? composed_risk_scenario(parts) : std::string(trim(scenario));
  if (utf8_length(told) < least_scenario)
    point("scenario", fmt::format("needs at least {} characters: source, event, asset and consequence in a sentence",
                                  least_scenario));
  return out;
}

double likeness(std::string_view a, std::string_view b) {
  const auto left = risk_telling_words(a), right = risk_telling_words(b);
  if (left.empty() || right.empty()) return 0;
  const auto shared =
      static_cast<double>(std::ranges::count_if(left, [&](const std::string& word) { return right.contains(word); }));
  return shared / (static_cast<double>(left.size() + right.size()) - shared);
}

}  // namespace assay
