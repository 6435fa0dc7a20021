#include "kernel/identity/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace assay {
namespace {

std::string pair_key(const std::string& email, const std::string& address) { return email + '\n' + address; }

}  // namespace

std::string throttle_address(std::string_view address) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1) return std::string(address);
  std::string_view raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  constexpr std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);  // an IPv4 address in IPv6 clothes
  if (raw.starts_with(mapped)) {
    std::array<char, INET_ADDRSTRLEN> text{};
    return inet_ntop(AF_INET, bytes.data() + mapped.size(), text.data(), text.size());
  }
  return hex(raw.substr(0, 8)) + "/64";
}

std::chrono::seconds Throttle::admit(std::string_view email_text, std::string_view address_text, bool known,
                                     Instant now) {
  std::lock_guard lock(mutex_);
  const std::string email(email_text.substr(0, 320));
  const std::string address = throttle_address(address_text);
  const std::string pair = pair_key(email, address);
  known = known || known_.entries.contains(pair);
  std::chrono::seconds wait = wait_of(pairs_, pair, settings_.free_pair_failures, now);
  if (!known) {
    wait = std::max(wait, wait_of(addresses_, address, settings_.free_address_failures, now));
    const Entry* account = peek(accounts_, email, now);
    if (account && account->failures >= settings_.attack_failures) {
      // The first contact starts the wait of this address, whatever other addresses do meanwhile.
      const Entry& pair_entry = touch(pairs_, pair, now);
      wait = std::max(wait, left(pair_entry, doubling(pair_entry.failures + 1, settings_.attack_delay), now));
    }
  }
  if (wait.count() > 0) return wait;

  count_failure(pairs_, pair, now);
  count_failure(addresses_, address, now);
  if (!known) count_failure(accounts_, email, now);
  return wait;
}

std::chrono::seconds Throttle::wait_of(Table& table, const std::string& key, std::int64_t free, Instant now) {
  const Entry* entry = peek(table, key, now);
  if (!entry) return std::chrono::seconds{0};
  return left(*entry, doubling(entry->failures - free + 1, settings_.first_delay), now);
}

void Throttle::succeeded(std::string_view email_text, std::string_view address_text, Instant now) {
  std::lock_guard lock(mutex_);
  const std::string email(email_text.substr(0, 320));
  const std::string address = throttle_address(address_text);
  take_back(email, address, now);
  drop(pairs_, pair_key(email, address));
  touch(known_, pair_key(email, address), now).latest = now;
}

void Throttle::undecided(std::string_view email_text, std::string_view address_text, Instant now) {
  std::lock_guard lock(mutex_);
  const std::string email(email_text.substr(0, 320));
  const std::string address = throttle_address(address_text);
  take_back(email, address, now);
  if (Entry* entry = peek(pairs_, pair_key(email, address), now); entry && entry->failures > 0) --entry->failures;
}

// The failures of others at the same address or account stay: signing in to one's own account must not buy an attacker
// new guesses at another.
void Throttle::take_back(const std::string& email, const std::string& address, Instant now) {
  if (Entry* entry = peek(addresses_, address, now); entry && entry->failures > 0) --entry->failures;
  if (known_.entries.contains(pair_key(email, address))) return;
  if (Entry* entry = peek(accounts_, email, now); entry && entry->failures > 0) --entry->failures;
}

std::size_t Throttle::size() const {
  std::lock_guard lock(mutex_);
  return pairs_.entries.size() + addresses_.entries.size() + accounts_.entries.size() + known_.entries.size();
}

Throttle::Entry& Throttle::touch(Table& table, const std::string& key, Instant now) {
  if (Entry* found = peek(table, key, now)) {
    table.order.splice(table.order.end(), table.order, found->place);
    return *found;
  }
  if (table.entries.size() >= settings_.entries) {
    table.entries.erase(table.order.front());
    table.order.pop_front();
  }
  table.order.push_back(key);
  Entry& entry = table.entries[key];
  entry.latest = now;
  entry.place = std::prev(table.order.end());
  return entry;
}

void Throttle::count_failure(Table& table, const std::string& key, Instant now) {
  Entry& entry = touch(table, key, now);
  ++entry.failures;
  entry.latest = now;
}

Throttle::Entry* Throttle::peek(Table& table, const std::string& key, Instant now) {
  auto found = table.entries.find(key);
  if (found == table.entries.end()) return nullptr;
  bool forgotten = &table != &known_ && now.seconds - found->second.latest.seconds > settings_.memory;
  if (!forgotten) return &found->second;
  drop(table, key);
  return nullptr;
}

void Throttle::drop(Table& table, const std::string& key) {
  auto found = table.entries.find(key);
  if (found == table.entries.end()) return;
  table.order.erase(found->second.place);
  table.entries.erase(found);
}

// `first` for one, twice that for two, and so on up to the longest delay; nothing for zero and below.
std::chrono::seconds Throttle::doubling(std::int64_t times, std::chrono::seconds first) const {
  if (times <= 0) return std::chrono::seconds{0};
  return std::min(settings_.longest_delay, first * (std::int64_t{1} << std::min<std::int64_t>(times - 1, 20)));
}

// What is left of a delay that began with the entry's latest attempt. A clock set back does not lengthen it.
std::chrono::seconds Throttle::left(const Entry& entry, std::chrono::seconds delay, Instant now) const {
  auto passed = std::max(std::chrono::seconds{0},
                         std::chrono::duration_cast<std::chrono::seconds>(now.seconds - entry.latest.seconds));
  return std::max(std::chrono::seconds{0}, delay - passed);
}

}  // namespace assay
