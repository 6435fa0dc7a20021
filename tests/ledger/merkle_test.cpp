#include "kernel/ledger/merkle.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>

#include "base/file.h"

namespace assay {
namespace {

using Hashes = std::vector<Hash>;

// The inputs and roots that Certificate Transparency implementations have tested against since RFC 6962.
const std::string_view classic_entries[] = {{"", 0},
                                            {"\x00", 1},
                                            {"\x10", 1},
                                            {"\x20\x21", 2},
                                            {"\x30\x31", 2},
                                            {"\x40\x41\x42\x43", 4},
                                            {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
                                            {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16}};
const std::string_view classic_roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Hashes classic_leaves(std::size_t count = 8) {
  Hashes leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(classic_entries[i]));
  return leaves;
}

Hashes random_leaves(std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  Hashes leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(std::to_string(random())));
  return leaves;
}

TEST(Merkle, ClassicRoots) {
  Frontier frontier;
  for (std::size_t size = 0; size <= 8; ++size) {
    EXPECT_EQ(hex(root_of(classic_leaves(size))), classic_roots[size]) << size;
    EXPECT_EQ(hex(frontier.root()), classic_roots[size]) << size;
    if (size < 8) frontier.append(leaf_hash(classic_entries[size]));
  }
  EXPECT_EQ(hex(empty_root()), classic_roots[0]);
}

TEST(Merkle, LeafAndNodeAreToldApart) {
  Hash left = leaf_hash("l");
  Hash right = leaf_hash("r");
  EXPECT_NE(leaf_hash(std::string(bytes_of(left)) + std::string(bytes_of(right))), node_hash(left, right));
  EXPECT_NE(node_hash(left, right), node_hash(right, left));
  EXPECT_NE(leaf_hash(""), empty_root());
}

TEST(Frontier, EqualsRootOfForEverySizeTo300) {
  Hashes leaves = random_leaves(300, 20261122);
  Frontier frontier;
  for (std::size_t size = 0;; ++size) {
    ASSERT_EQ(frontier.size(), size);
    ASSERT_EQ(frontier.root(), root_of(std::span(leaves).first(size))) << size;
    auto copy = Frontier::parse(frontier.serialise());
    ASSERT_TRUE(copy) << size;
    ASSERT_EQ(*copy, frontier);
    ASSERT_EQ(copy->serialise(), frontier.serialise());
    if (size == leaves.size()) return;
    frontier = std::move(*copy);  // goes on from the stored form, as after a restart
    frontier.append(leaves[size]);
  }
}

TEST(Frontier, TextForm) {
  Frontier frontier;
  EXPECT_EQ(frontier.serialise(), "0");
  for (const Hash& leaf : classic_leaves(3)) frontier.append(leaf);
  EXPECT_EQ(frontier.serialise(), "3 " + std::string(classic_roots[2]) + " " + hex(leaf_hash("\x10")));
}

TEST(Frontier, ParseIsStrict) {
  std::string hash(classic_roots[1]);
  EXPECT_TRUE(Frontier::parse("1 " + hash));
  EXPECT_TRUE(Frontier::parse("2 " + hash));
  EXPECT_TRUE(Frontier::parse("9223372036854775808 " + hash));
  for (const std::string& bad : {std::string(),
                                 std::string(" "),
                                 std::string("00"),
                                 std::string("x"),
                                 std::string("1"),
                                 "0 " + hash,
                                 "3 " + hash,
                                 "01 " + hash,
                                 "+1 " + hash,
                                 "-1 " + hash,
                                 "1  " + hash,
                                 " 1 " + hash,
                                 "1 " + hash + " ",
                                 "1 " + hash + "\n",
                                 "1\t" + hash,
                                 "1 " + hash.substr(1),
                                 "1 " + hash + "0",
                                 "1 " + hash + " " + hash,
                                 "18446744073709551616 " + hash,
                                 "1.0 " + hash,
                                 "1 6E" + hash.substr(2)}) {
    auto parsed = Frontier::parse(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().kind, ErrorKind::invalid);
  }
}

TEST(Frontier, RefusesToOverflow) {
  std::string text = std::to_string(std::numeric_limits<std::uint64_t>::max());
  for (int i = 0; i < 64; ++i) text += ' ' + std::string(classic_roots[1]);
  Frontier full = Frontier::parse(text).value();
  EXPECT_THROW(full.append(leaf_hash("x")), std::length_error);
}

TEST(Inclusion, EveryLeafOfEverySizeTo40) {
  Hashes all = random_leaves(40, 1);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    auto leaves = std::span(all).first(size);
    Hash root = root_of(leaves);
    for (std::size_t index = 0; index < size; ++index) {
      Hashes proof = inclusion_proof(index, leaves);
      ASSERT_TRUE(verify_inclusion(leaves[index], index, size, proof, root)) << index << " of " << size;
      ASSERT_FALSE(verify_inclusion(leaf_hash("other"), index, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, empty_root()));
      for (std::size_t other = 0; other < size; ++other) {
        ASSERT_EQ(verify_inclusion(leaves[index], other, size, proof, root), other == index)
            << index << " as " << other;
      }
      for (Hash& step : proof) {
        step[31] ^= 1U;
        ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
        step[31] ^= 1U;
      }
      proof.push_back(root);
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
      proof.resize(proof.size() - 1);
      if (proof.empty()) continue;
      proof.pop_back();
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, root));
    }
  }
}

TEST(Inclusion, OutsideTheTree) {
  Hashes leaves = classic_leaves(3);
  EXPECT_THROW(inclusion_proof(3, leaves), std::out_of_range);
  EXPECT_THROW(inclusion_proof(0, {}), std::out_of_range);
  EXPECT_FALSE(verify_inclusion(leaves[0], 0, 0, {}, leaves[0]));
  EXPECT_FALSE(verify_inclusion(leaves[0], 1, 1, {}, leaves[0]));
  Hashes endless(70, leaves[0]);
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  EXPECT_FALSE(verify_inclusion(leaves[0], most - 1, most, endless, leaves[0]));
}

TEST(Consistency, EveryPairOfSizesTo40) {
  Hashes all = random_leaves(40, 2);
  for (std::size_t size2 = 1; size2 <= all.size(); ++size2) {
    auto leaves = std::span(all).first(size2);
    Hash root2 = root_of(leaves);
    for (std::size_t size1 = 1; size1 <= size2; ++size1) {
      Hash root1 = root_of(leaves.first(size1));
      Hashes proof = consistency_proof(size1, leaves);
      ASSERT_TRUE(verify_consistency(size1, size2, root1, root2, proof)) << size1 << " to " << size2;
      ASSERT_FALSE(verify_consistency(size1, size2, leaf_hash("x"), root2, proof));
      ASSERT_FALSE(verify_consistency(size1, size2, root1, leaf_hash("x"), proof));
      for (Hash& step : proof) {
        step[0] ^= 0x80U;
        ASSERT_FALSE(verify_consistency(size1, size2, root1, root2, proof)) << size1 << " to " << size2;
        step[0] ^= 0x80U;
      }
      proof.push_back(root2);
      ASSERT_FALSE(verify_consistency(size1, size2, root1, root2, proof));
    }
  }
}

TEST(Consistency, RewrittenHistoryIsFound) {
  Hashes before = random_leaves(20, 3);
  Hashes after = random_leaves(33, 3);
  Hash old_root = root_of(before);
  after[7] = leaf_hash("rewritten");
  EXPECT_FALSE(verify_consistency(20, 33, old_root, root_of(after), consistency_proof(20, after)));
}

TEST(Consistency, EmptyAndLargerOldTrees) {
  Hashes leaves = classic_leaves(3);
  EXPECT_THROW(consistency_proof(0, leaves), std::out_of_range);
  EXPECT_THROW(consistency_proof(4, leaves), std::out_of_range);
  Hash root = root_of(leaves);
  EXPECT_FALSE(verify_consistency(0, 3, empty_root(), root, {}));
  EXPECT_FALSE(verify_consistency(0, 0, empty_root(), empty_root(), {}));
  EXPECT_FALSE(verify_consistency(3, 2, root, root, {}));
  EXPECT_TRUE(verify_consistency(3, 3, root, root, {}));
}

// The collected vectors; they live beside the repository and are not needed to build it.
std::optional<boost::json::value> vectors(std::string_view name) {
  std::filesystem::path path = std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared/reference/merkle" / name;
  auto text = read_file(path, 1U << 24U);
  if (!text) return std::nullopt;
  return boost::json::parse(*text);
}

Hashes hashes_from_hex(const boost::json::value& list) {
  Hashes out;
  for (const auto& item : list.as_array()) out.push_back(hash_from_hex(std::string_view(item.as_string())).value());
  return out;
}

// A value of the vectors as a hash. Some are no hash ("tooshort"): their own hash stands in, so that equal stays equal
// and different stays different. Nothing stands in for an empty one: our types cannot say "empty", which is the refusal
// that is asked for.
std::optional<Hash> hash_from_vector(const boost::json::value& value) {
  std::string bytes = base64_decode(std::string_view(value.as_string())).value();
  if (bytes.empty()) return std::nullopt;
  auto hash = hash_from_bytes(bytes);
  return hash ? *hash : sha256(bytes);
}

// The proof, or nothing when one of its steps is empty.
std::optional<Hashes> proof_from_vector(const boost::json::value& value) {
  Hashes proof;
  if (value.is_null()) return proof;
  for (const auto& item : value.as_array()) {
    auto hash = hash_from_vector(item);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

TEST(MerkleVectors, ProofsOfTheClassicTree) {
  auto json = vectors("rfc6962-tree-0-8.json");
  if (!json) GTEST_SKIP() << "no vectors beside the repository";
  Hashes leaves = classic_leaves();
  for (const auto& item : json->at("inclusion_proofs").as_array()) {
    auto index = item.at("leaf_index").to_number<std::size_t>();
    auto size = item.at("tree_size").to_number<std::size_t>();
    EXPECT_EQ(inclusion_proof(index, std::span(leaves).first(size)), hashes_from_hex(item.at("proof_hex")));
  }
  for (const auto& item : json->at("consistency_proofs").as_array()) {
    auto size1 = item.at("size1").to_number<std::size_t>();
    auto size2 = item.at("size2").to_number<std::size_t>();
    EXPECT_EQ(consistency_proof(size1, std::span(leaves).first(size2)), hashes_from_hex(item.at("proof_hex")));
  }
}

TEST(MerkleVectors, Inclusion) {
  auto json = vectors("inclusion-vectors.json");
  if (!json) GTEST_SKIP() << "no vectors beside the repository";
  for (const auto& item : json->as_array()) {
    auto leaf = hash_from_vector(item.at("leafHash"));
    auto root = hash_from_vector(item.at("root"));
    auto proof = proof_from_vector(item.at("proof"));
    bool accepted = leaf && root && proof &&
                    verify_inclusion(*leaf, item.at("leafIdx").to_number<std::uint64_t>(),
                                     item.at("treeSize").to_number<std::uint64_t>(), *proof, *root);
    EXPECT_EQ(accepted, !item.at("wantErr").as_bool()) << item.at("case");
  }
}

// Three cases ask for a refusal of every proof from an empty tree, where the RFC is silent: so do we.
TEST(MerkleVectors, Consistency) {
  auto json = vectors("consistency-vectors.json");
  if (!json) GTEST_SKIP() << "no vectors beside the repository";
  for (const auto& item : json->as_array()) {
    auto root1 = hash_from_vector(item.at("root1"));
    auto root2 = hash_from_vector(item.at("root2"));
    auto proof = proof_from_vector(item.at("proof"));
    bool accepted = root1 && root2 && proof &&
                    verify_consistency(item.at("size1").to_number<std::uint64_t>(),
                                       item.at("size2").to_number<std::uint64_t>(), *root1, *root2, *proof);
    EXPECT_EQ(accepted, !item.at("wantErr").as_bool()) << item.at("case");
  }
}

}  // namespace
}  // namespace assay
