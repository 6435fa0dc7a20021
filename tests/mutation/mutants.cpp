#include "mutation/mutants.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/text.h"
#include "kernel/rules/sql_text.h"

namespace assay::testing {
namespace {

class Mutator {
 public:
  Mutator(std::string_view file, std::size_t first_line, std::string_view sql)
      : file_(file), first_line_(first_line), sql_(sql), tokens_(sql_tokens(sql)) {
    leave_details_alone();
    leave_sentences_alone();
    leave_constants_alone();
  }

  std::vector<Mutant> all() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (std::any_of(spared_.begin(), spared_.end(),
                      [&](const auto& range) { return range.first <= at && at < range.second; }))
        continue;
      compare(at);
      join(at);
      negate(at);
      move(at);
      drop_items(at);
      alter_default(at);
    }
    return std::move(mutants_);
  }

 private:
  bool word(std::size_t at, std::string_view text) const { return at < tokens_.size() && tokens_[at].is(text); }
  bool symbol(std::size_t at, std::string_view text) const { return at < tokens_.size() && tokens_[at].text == text; }
  std::string_view text(std::size_t at) const { return tokens_[at].text; }
  std::size_t begin(std::size_t at) const { return tokens_[at].offset; }
  std::size_t end(std::size_t at) const { return tokens_[at].offset + tokens_[at].text.size(); }

  // The bracket that closes the one at `open`.
  std::size_t closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t at = open; at < tokens_.size(); ++at) {
      if (symbol(at, "(")) ++depth;
      if (symbol(at, ")") && --depth == 0) return at;
    }
    return tokens_.size();
  }

  // Puts `fresh` in place of the tokens from `first` to `last`.
  void replace(std::size_t first, std::size_t last, const std::string& fresh) {
    std::size_t from = begin(first);
    std::size_t to = end(last);
    std::size_t line_begin = sql_.rfind('\n', from) + 1;
    if (from == 0 || sql_.rfind('\n', from) == std::string_view::npos) line_begin = 0;
    std::size_t line_end = std::max(std::min(sql_.find('\n', to), sql_.size()), to);
    Mutant mutant;
    mutant.file = file_;
    mutant.line = line_of(sql_, from, first_line_);
    std::string old(sql_.substr(from, to - from));
    mutant.change = std::string(trim(sql_.substr(line_begin, from - line_begin))) + " {" + replace_all(old, "\n", " ") +
                    " → " + fresh + "} " + std::string(trim(sql_.substr(to, line_end - to)));
    mutant.change = trim(mutant.change);
    int occurrence = ++seen_[mutant.change];
    if (occurrence > 1) mutant.change += " #" + std::to_string(occurrence);
    mutant.sql = std::string(sql_.substr(0, from)) + fresh + std::string(sql_.substr(to));
    mutants_.push_back(std::move(mutant));
  }

  void compare(std::size_t at) {
    static const std::map<std::string_view, std::vector<std::string>> turned = {
        {"<", {"<=", ">"}}, {"<=", {"<", ">"}}, {">", {">=", "<"}}, {">=", {">", "<"}},
        {"=", {"<>"}},      {"<>", {"="}},      {"!=", {"="}}};
    auto found = turned.find(text(at));
    if (tokens_[at].kind != SqlToken::Kind::symbol || found == turned.end()) return;
    for (const std::string& fresh : found->second) replace(at, at, fresh);
  }

  void join(std::size_t at) {
    if (word(at, "between")) between_ = true;
    if (word(at, "or")) replace(at, at, "and");
    if (!word(at, "and")) return;
    if (!between_) replace(at, at, "or");
    between_ = false;
  }

  void negate(std::size_t at) {
    if (word(at, "is")) {
      bool negated = word(at + 1, "not");
      replace(at, negated ? at + 1 : at, negated ? "is" : "is not");
    } else if (word(at, "not") && !(at > 0 && word(at - 1, "is"))) {
      replace(at, at, "");
    } else if (word(at, "exists") || word(at, "in")) {
      bool negated = at > 0 && word(at - 1, "not");
      if (!negated) replace(at, at, "not " + std::string(text(at)));
    }
  }

  void move(std::size_t at) {
    // Exists (select 1 from …).
    bool of_no_weight = at > 0 && (word(at - 1, "limit") || (word(at - 1, "select") && word(at + 1, "from")));
    if (tokens_[at].kind == SqlToken::Kind::number && !of_no_weight) {
      std::string number(text(at));
      bool flag = at > 0 && (word(at - 1, "then") || word(at - 1, "else")) && (number == "0" || number == "1");
      if (flag) {
        replace(at, at, number == "0" ? "1" : "0");
      } else {
        replace(at, at, "(" + number + " + 1)");
        replace(at, at, "(" + number + " - 1)");
      }
    }
    if (word(at, "p") && symbol(at + 1, "(")) {
      std::size_t close = closing(at + 1);
      std::string call(sql_.substr(begin(at), end(close) - begin(at)));
      replace(at, close, "(" + call + " + 1)");
      replace(at, close, "(" + call + " - 1)");
    }
  }

  void drop_items(std::size_t at) {
    if (!word(at, "in") || !symbol(at + 1, "(")) return;
    std::size_t close = closing(at + 1);
    for (std::size_t item = at + 2; item < close; ++item) {
      if (tokens_[item].kind != SqlToken::Kind::text) return;  // no list of texts
      bool last = item + 1 == close;
      if (last && item == at + 2) replace(item, item, "'~'");
      else if (last) replace(item - 1, item, "");
      else replace(item, item + 1, "");
      ++item;  // the comma
    }
  }

  void alter_default(std::size_t at) {
    if (!word(at, "coalesce") || !symbol(at + 1, "(")) return;
    std::size_t close = closing(at + 1);
    std::size_t first = close;
    int depth = 0;
    for (std::size_t i = at + 2; i < close; ++i) {
      if (symbol(i, "(")) ++depth;
      if (symbol(i, ")")) --depth;
      if (depth == 0 && symbol(i, ",")) first = i + 1;
    }
    if (first >= close) return;
    bool single = first + 1 == close;
    if (single && tokens_[first].kind == SqlToken::Kind::number) return;  // moved by one elsewhere
    if (single && tokens_[first].kind == SqlToken::Kind::text) replace(first, first, "'~'");
    else if (single && word(first, "true")) replace(first, first, "false");
    else if (single && word(first, "false")) replace(first, first, "true");
    else replace(first, close - 1, "null");
  }

  void leave_details_alone() {
    for (std::size_t at = 1; at + 1 < tokens_.size(); ++at) {
      if (!word(at, "as") || !word(at + 1, "detail")) continue;
      int depth = 0;
      std::size_t first = at;
      while (first > 0) {
        std::size_t before = first - 1;
        if (symbol(before, ")")) ++depth;
        if (symbol(before, "(") && --depth < 0) break;
        if (depth == 0 && (symbol(before, ",") || word(before, "select"))) break;
        first = before;
      }
      spared_.emplace_back(first, at);
    }
  }

  // Items of a select list that put together words for the detail; not those that a condition looks at again.
  void leave_sentences_alone() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!word(at, "select")) continue;
      int depth = 0;
      std::size_t first = at + 1;
      for (std::size_t end = first; end <= tokens_.size(); ++end) {
        if (end < tokens_.size() && symbol(end, "(")) ++depth;
        bool closes = end < tokens_.size() && symbol(end, ")") && --depth < 0;
        bool stops = end == tokens_.size() || closes ||
                     (depth == 0 && (word(end, "from") || word(end, "union") || word(end, "where")));
        if (!stops && !(depth == 0 && symbol(end, ","))) continue;
        if (is_sentence(first, end)) spared_.emplace_back(first, end);
        first = end + 1;
        if (stops) break;
      }
    }
  }

  bool is_sentence(std::size_t first, std::size_t end) const {
    bool has_words = false;
    for (std::size_t at = first; at < end; ++at) {
      has_words =
          has_words || (tokens_[at].kind == SqlToken::Kind::text && text(at).find(' ') != std::string_view::npos);
    }
    if (!has_words || end < first + 2 || !word(end - 2, "as")) return has_words;
    std::string alias = lower(text(end - 1));
    if (alias == "kind" || alias == "subject" || alias == "class") return false;
    for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
      bool looked_at = word(at + 1, "is") || word(at + 1, "in") || word(at + 1, "like") ||
                       (tokens_[at + 1].kind == SqlToken::Kind::symbol &&
                        text(at + 1).find_first_of("<>=") != std::string_view::npos);
      bool asked_blank = at >= 4 && word(at - 4, "blank");
      if (at != end - 1 && word(at, alias) && (looked_at || asked_blank)) return false;
    }
    return true;
  }

  void leave_constants_alone() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!word(at, "values")) continue;
      std::size_t last = at + 1;
      while (symbol(last, "(")) {
        last = closing(last) + 1;
        if (symbol(last, ",")) ++last;
      }
      spared_.emplace_back(at, last);
    }
  }

  std::string_view file_;
  std::size_t first_line_;
  std::string_view sql_;
  std::vector<SqlToken> tokens_;
  std::vector<std::pair<std::size_t, std::size_t>> spared_;  // tokens that are not touched, first and past the last
  bool between_ = false;
  std::map<std::string, int> seen_;
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> mutants_of(std::string_view file, std::size_t first_line, std::string_view sql) {
  return Mutator(file, first_line, sql).all();
}

}  // namespace assay::testing
