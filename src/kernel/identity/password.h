// Passwords: Argon2id hashes and what a new password must be like (length and strangeness, no composition rules).
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

// Argon2id with t=3 and 64 MiB, about a tenth of a second. At most two run at a time in this process, the others wait:
// that bounds the memory and the processors that strangers can claim at the sign-in page.
Result<std::string> hash_password(std::string_view password);
// False for a wrong password and for a hash that cannot be read.
bool verify_password(const std::string& hash, std::string_view password);
// The hash was made with other costs than those of today; hash anew after the next successful sign-in.
bool needs_rehash(const std::string& hash);
// A hash nobody knows a password for. Verifying against it when there is no such account takes as long as against a
// real one, so the time does not tell which accounts exist.
const std::string& dummy_hash();

// Well-known passwords. `text`: one base word a line ("qwerty"), '#' begins a comment (content/common-passwords.txt).
class CommonPasswords {
 public:
  explicit CommonPasswords(std::string_view text);
  // A base word in disguise: letter case, leet spelling, digits and punctuation around it and repetition do not help.
  bool knows(std::string_view password) const;
  std::size_t size() const { return bases_.size(); }

 private:
  bool is_two_bases(std::string_view text) const;

  std::set<std::string, std::less<>> bases_;
};

// 12 to 200 characters of valid UTF-8; does not contain the e-mail's local part, a name of the person or the product's
// name; is no well-known password. Problems have the place "password".
Problems check_new_password(std::string_view password, std::string_view email, std::string_view name,
                            const CommonPasswords& common);

}  // namespace assay
