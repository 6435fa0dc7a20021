// Slows down guessing at the sign-in. In memory and bounded; a restart forgets.
//
// Nobody can be locked out by the failures of others: a wait is laid on the address that failed, alone or together with
// the account it tried. When an account is attacked from many addresses, an address that never signed in to it waits
// once before its first attempt is looked at, and longer after each failure; addresses known to the account do not
// notice anything.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace assay {

struct ThrottleSettings {
  std::int64_t free_pair_failures = 3;      // of an address at one account before it waits
  std::int64_t free_address_failures = 15;  // of an address at all accounts (an office behind one address)
  std::int64_t attack_failures = 30;        // at one account from addresses unknown to it: an attack
  std::chrono::seconds first_delay{2};      // doubles with each further failure
  std::chrono::seconds attack_delay{30};    // wait of an unknown address at an attacked account
  std::chrono::seconds longest_delay{900};
  std::chrono::seconds memory{3600};  // failures older than this are forgotten
  std::size_t entries = 20000;        // of each table; the ones touched longest ago go first
};

class Throttle {
 public:
  explicit Throttle(ThrottleSettings settings = {}) : settings_(settings) {}

  // Seconds to wait; 0: go on. An attempt that may go on counts as a failure until succeeded() is called, so that
  // parallel attempts do not slip past. `known`: the address has signed in to this account before (besides what this
  // object remembers itself).
  std::chrono::seconds admit(std::string_view email, std::string_view address, bool known, Instant now);
  void succeeded(std::string_view email, std::string_view address, Instant now);
  // The password was right but a further step is still due: takes the attempt back without making the address known.
  void undecided(std::string_view email, std::string_view address, Instant now);

  std::size_t size() const;  // entries held, for tests and metrics

 private:
  struct Entry {
    std::int64_t failures = 0;
    Instant latest;  // last attempt that was let through, or the first contact
    std::list<std::string>::iterator place;
  };
  // Entries with the least recently touched first in line to be dropped.
  struct Table {
    std::unordered_map<std::string, Entry> entries;
    std::list<std::string> order;
  };
  std::chrono::seconds wait_of(Table& table, const std::string& key, std::int64_t free, Instant now);
  void count_failure(Table& table, const std::string& key, Instant now);
  Entry& touch(Table& table, const std::string& key, Instant now);
  Entry* peek(Table& table, const std::string& key, Instant now);
  void drop(Table& table, const std::string& key);
  void take_back(const std::string& email, const std::string& address, Instant now);
  std::chrono::seconds doubling(std::int64_t times, std::chrono::seconds first) const;
  std::chrono::seconds left(const Entry& entry, std::chrono::seconds delay, Instant now) const;

  ThrottleSettings settings_;
  mutable std::mutex mutex_;
  Table pairs_, addresses_, accounts_, known_;
};

// What counts as one address: IPv4 as it is, IPv6 by its first 64 bits, since a household has that many.
std::string throttle_address(std::string_view address);

}  // namespace assay
