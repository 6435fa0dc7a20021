#include "kernel/identity/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <semaphore>
#include <stdexcept>

#include "base/random.h"
#include "base/text.h"

namespace assay {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory = 64U << 20U;
constexpr std::size_t shortest = 12;
constexpr std::size_t longest = 200;

// Two processors and 128 MiB are the most that strangers get for their guesses.
std::counting_semaphore<2> places(2);

class Place {
 public:
  Place() { places.acquire(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { places.release(); }
};

void start_library() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium cannot start");
}

// One letter for each leet spelling; '1' and '!' are read as 'i', 'l' is folded to 'i' as well so that both readings
// meet.
char folded(char c) {
  constexpr std::string_view leet = "0134578@$!+|l";
  constexpr std::string_view plain = "oieastbasitii";
  std::size_t at = leet.find(c);
  return at == std::string_view::npos ? c : plain[at];
}

std::string fold(std::string_view text) {
  std::string out = lower(text);
  std::ranges::transform(out, out.begin(), folded);
  return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Without the digits and punctuation at the end, and, with `both_ends`, at the beginning.
std::string_view bare(std::string_view text, bool both_ends) {
  while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
  while (both_ends && !text.empty() && !is_letter(text.front())) text.remove_prefix(1);
  return text;
}

// The shortest piece that the text repeats: "abcabc" gives "abc".
std::string_view period_of(std::string_view text) {
  for (std::size_t length = 1; length <= text.size() / 2; ++length) {
    if (text.size() % length == 0 && text.substr(length) == text.substr(0, text.size() - length))
      return text.substr(0, length);
  }
  return text;
}

// "abcdefgh…" and "98765…": each character follows its neighbour.
bool is_run(std::string_view text) {
  auto steps_by = [&](int step) {
    return std::ranges::adjacent_find(text, [step](char a, char b) { return b - a != step; }) == text.end();
  };
  return text.size() > 2 && (steps_by(1) || steps_by(-1) || steps_by(0));
}

// Pieces of an e-mail's local part or a name that are long enough to make a password guessable.
std::vector<std::string> personal_words(std::string_view email, std::string_view name) {
  std::vector<std::string> out;
  auto add = [&out](std::string_view word) {
    if (utf8_length(word) >= 4) out.push_back(lower(word));
  };
  std::string_view local = email.substr(0, email.find('@'));
  add(local);
  for (char separator : {'.', '-', '_', '+'}) {
    for (std::string_view part : split(local, separator)) add(part);
  }
  for (std::string_view part : split(name, ' ')) add(trim(part));
  return out;
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  start_library();
  Place place;
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), passes, memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorKind::internal, "there is not enough memory to hash a password");
  }
  return std::string(out.data());
}

bool verify_password(const std::string& hash, std::string_view password) {
  start_library();
  Place place;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string& hash) {
  start_library();
  return crypto_pwhash_str_needs_rehash(hash.c_str(), passes, memory) != 0;
}

const std::string& dummy_hash() {
  static const std::string hash = [] {
    auto made = hash_password(random_token(32));
    if (!made) throw std::runtime_error(made.error().message);
    return *made;
  }();
  return hash;
}

CommonPasswords::CommonPasswords(std::string_view text) {
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (!line.empty() && line.front() != '#') bases_.insert(fold(line));
  }
}

bool CommonPasswords::knows(std::string_view password) const {
  std::string plain = lower(password);
  if (is_run(plain) || is_run(period_of(plain))) return true;
  // Stripping before folding keeps "password123" a password; folding before stripping finds "p4ssw0rd".
  const std::string stripped(bare(plain, false));
  for (const std::string& form : {plain, stripped, std::string(bare(plain, true))}) {
    std::string whole = fold(form);
    for (std::string_view candidate : {std::string_view(whole), bare(whole, false), bare(whole, true)}) {
      if (bases_.contains(candidate) || bases_.contains(period_of(candidate)) || is_two_bases(candidate)) return true;
    }
  }
  return false;
}

// "adminpassword": two of the words side by side are tried as soon as the single ones.
bool CommonPasswords::is_two_bases(std::string_view text) const {
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    if (bases_.contains(text.substr(0, cut)) && bases_.contains(text.substr(cut))) return true;
  }
  return false;
}

Problems check_new_password(std::string_view password, std::string_view email, std::string_view name,
                            const CommonPasswords& common) {
  Problems problems;
  // The value of the problem stays empty: a password is not repeated in a message.
  auto add = [&problems](std::string message) { problems.push_back({"password", std::move(message), ""}); };
  if (!is_utf8(password)) {
    add("must be readable text");
    return problems;
  }
  std::size_t length = utf8_length(password);
  if (length < shortest) add("must have at least 12 characters; a few unrelated words are easy to remember");
  if (length > longest) add("must have at most 200 characters");
  std::string plain = lower(password);
  if (plain.find("assay") != std::string::npos) add("must not contain the name of this product");
  auto words = personal_words(email, name);
  if (std::ranges::any_of(words, [&](const std::string& word) { return plain.find(word) != std::string::npos; })) {
    add("must not contain your name or a part of your e-mail address");
  }
  if (common.knows(password)) add("is one of the passwords that attackers try first");
  return problems;
}

}  // namespace assay
