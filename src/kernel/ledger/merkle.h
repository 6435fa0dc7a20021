// The Merkle tree behind the ledger: RFC 9162 §2.1 (the same tree as RFC 6962), with SHA-256.
//
// Proofs are made from the leaf hashes of the tree; verification needs neither leaves nor the functions that make
// proofs, so that an outsider can repeat it from the RFC alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace assay {

// RFC 9162 §2.1.1: SHA-256(0x00 || entry). The prefixes keep a leaf from passing for a node.
Hash leaf_hash(std::string_view entry);
// RFC 9162 §2.1.1: SHA-256(0x01 || left || right).
Hash node_hash(const Hash& left, const Hash& right);
// RFC 9162 §2.1.1: the root of the tree without leaves, SHA-256 of no bytes.
Hash empty_root();

// Root of the tree over these leaf hashes, MTH of RFC 9162 §2.1.1. O(n) hashes.
Hash root_of(std::span<const Hash> leaves);

// The roots of the perfect subtrees that a tree of `size` leaves consists of, largest first: one for each 1 bit of the
// size. It is all one must store to append a leaf and to know the root, at most 64 hashes.
class Frontier {
 public:
  void append(const Hash& leaf);  // a leaf hash; O(1) hashes on average
  std::uint64_t size() const { return size_; }
  Hash root() const;  // equal to root_of() over all the leaves appended

  // "size hex hex …", separated by one space; "0" for the empty tree.
  std::string serialise() const;
  // Reads only what serialise() writes. Error: invalid.
  static Result<Frontier> parse(std::string_view text);

  friend bool operator==(const Frontier&, const Frontier&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> roots_;
};

// PATH(index, leaves) of RFC 9162 §2.1.3.1, from the leaf upwards. Throws std::out_of_range unless index <
// leaves.size().
std::vector<Hash> inclusion_proof(std::uint64_t index, std::span<const Hash> leaves);

// PROOF(old_size, leaves) of RFC 9162 §2.1.4.1: that the first `old_size` leaves are the older tree; empty when the
// sizes are equal. Throws std::out_of_range unless 0 < old_size <= leaves.size().
std::vector<Hash> consistency_proof(std::uint64_t old_size, std::span<const Hash> leaves);

// RFC 9162 §2.1.3.2. False for an index outside the tree.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root);

// RFC 9162 §2.1.4.2. The RFC leaves two cases open: equal sizes are consistent when the roots are equal and the proof
// is empty; an empty older tree is refused, since every tree continues it and a proof from it would say nothing.
bool verify_consistency(std::uint64_t size1, std::uint64_t size2, const Hash& root1, const Hash& root2,
                        std::span<const Hash> proof);

}  // namespace assay
