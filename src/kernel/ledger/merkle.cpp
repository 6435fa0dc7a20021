#include "kernel/ledger/merkle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <limits>
#include <optional>
#include <stdexcept>

#include "base/text.h"

namespace assay {
namespace {

// "k, the largest power of two smaller than n" of RFC 9162 §2.1.1, for n > 1.
std::size_t split_point(std::size_t n) { return std::bit_floor(n - 1); }

bool is_odd(std::uint64_t number) { return (number & 1U) != 0; }

// SUBPROOF(m, leaves, b) of RFC 9162 §2.1.4.1. `whole`: the verifier knows the root of these leaves already.
void append_subproof(std::vector<Hash>& proof, std::size_t old_size, std::span<const Hash> leaves, bool whole) {
  if (old_size == leaves.size()) {
    if (!whole) proof.push_back(root_of(leaves));
    return;
  }
  std::size_t k = split_point(leaves.size());
  if (old_size <= k) {
    append_subproof(proof, old_size, leaves.first(k), whole);
    proof.push_back(root_of(leaves.subspan(k)));
  } else {
    append_subproof(proof, old_size - k, leaves.subspan(k), false);
    proof.push_back(root_of(leaves.first(k)));
  }
}

// A decimal number without sign and leading zeros, or nothing.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || std::to_string(number) != text) return std::nullopt;
  return number;
}

}  // namespace

Hash leaf_hash(std::string_view entry) {
  Sha256 hasher;
  hasher.update(std::string_view("\x00", 1));
  hasher.update(entry);
  return hasher.finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 65> bytes{};
  bytes[0] = 1;
  std::ranges::copy(bytes_of(left), bytes.begin() + 1);
  std::ranges::copy(bytes_of(right), bytes.begin() + 33);
  return sha256({bytes.data(), bytes.size()});
}

Hash empty_root() { return sha256({}); }

Hash root_of(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves.front();
  std::size_t k = split_point(leaves.size());
  return node_hash(root_of(leaves.first(k)), root_of(leaves.subspan(k)));
}

void Frontier::append(const Hash& leaf) {
  if (size_ == std::numeric_limits<std::uint64_t>::max()) throw std::length_error("the ledger is full");
  Hash node = leaf;
  // Each 1 bit at the low end is a perfect subtree as large as the one just completed: the two become one.
  for (std::uint64_t rest = size_; is_odd(rest); rest >>= 1U) {
    node = node_hash(roots_.back(), node);
    roots_.pop_back();
  }
  roots_.push_back(node);
  ++size_;
}

Hash Frontier::root() const {
  if (roots_.empty()) return empty_root();
  Hash node = roots_.back();
  for (std::size_t i = roots_.size() - 1; i-- > 0;) node = node_hash(roots_[i], node);
  return node;
}

std::string Frontier::serialise() const {
  std::string out = std::to_string(size_);
  for (const Hash& root : roots_) out += ' ' + hex(root);
  return out;
}

Result<Frontier> Frontier::parse(std::string_view text) {
  std::vector<std::string_view> words = split(text, ' ');
  Frontier frontier;
  auto size = parse_size(words.front());
  if (!size) return fail(ErrorKind::invalid, "a tree frontier begins with the number of leaves");
  frontier.size_ = *size;
  if (words.size() - 1 != static_cast<std::size_t>(std::popcount(*size))) {
    return fail(ErrorKind::invalid, "a tree of " + std::to_string(*size) + " leaves has " +
                                        std::to_string(std::popcount(*size)) + " subtree hashes, not " +
                                        std::to_string(words.size() - 1));
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    auto hash = hash_from_hex(words[i]);
    if (!hash)
      return fail(ErrorKind::invalid, "subtree hash " + std::to_string(i) + " is not 64 lower-case hex digits");
    frontier.roots_.push_back(*hash);
  }
  return frontier;
}

std::vector<Hash> inclusion_proof(std::uint64_t index, std::span<const Hash> leaves) {
  if (index >= leaves.size()) throw std::out_of_range("inclusion proof of a leaf that the tree does not have");
  std::vector<Hash> proof;
  std::span<const Hash> rest = leaves;
  // The RFC recurses and appends on the way back; going down and reversing gives the same list.
  while (rest.size() > 1) {
    std::size_t k = split_point(rest.size());
    bool left = index < k;
    proof.push_back(root_of(left ? rest.subspan(k) : rest.first(k)));
    rest = left ? rest.first(k) : rest.subspan(k);
    if (!left) index -= k;
  }
  std::ranges::reverse(proof);
  return proof;
}

std::vector<Hash> consistency_proof(std::uint64_t old_size, std::span<const Hash> leaves) {
  if (old_size == 0 || old_size > leaves.size()) {
    throw std::out_of_range("consistency proof from a tree that is empty or larger than the new one");
  }
  std::vector<Hash> proof;
  append_subproof(proof, old_size, leaves, true);
  return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root) {
  if (index >= size) return false;
  std::uint64_t fn = index;  // names of the RFC: place of the node on its level, and of the last node there
  std::uint64_t sn = size - 1;
  Hash r = leaf;
  for (const Hash& p : proof) {
    if (sn == 0) return false;
    if (is_odd(fn) || fn == sn) {
      r = node_hash(p, r);
      while (!is_odd(fn) && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t size1, std::uint64_t size2, const Hash& root1, const Hash& root2,
                        std::span<const Hash> proof) {
  if (size1 == 0 || size1 > size2) return false;
  if (size1 == size2) return proof.empty() && root1 == root2;
  if (proof.empty()) return false;
  // A perfect older tree is itself the first node: the RFC prepends its root to the proof.
  bool perfect = std::has_single_bit(size1);
  Hash fr = perfect ? root1 : proof.front();
  Hash sr = fr;
  if (!perfect) proof = proof.subspan(1);
  unsigned skip = static_cast<unsigned>(std::countr_one(size1 - 1));
  std::uint64_t fn = (size1 - 1) >> skip;
  std::uint64_t sn = (size2 - 1) >> skip;
  for (const Hash& c : proof) {
    if (sn == 0) return false;
    if (is_odd(fn) || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while (!is_odd(fn) && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && fr == root1 && sr == root2;
}

}  // namespace assay
