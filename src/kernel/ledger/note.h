// Signed notes (https://c2sp.org/signed-note) with Ed25519, and the checkpoint text that they carry
// (https://c2sp.org/tlog-checkpoint). Keys have the text forms of the Go package golang.org/x/mod/sumdb/note, so that
// existing tools can verify what the ledger signs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace assay {

// A public key or the seed of a private key (RFC 8032 §5.1.5).
using Ed25519Bytes = std::array<std::uint8_t, 32>;

// Whether a key may bear this name: not empty, UTF-8, no Unicode space, no '+', no control character.
bool is_key_name(std::string_view name);

struct VerifierKey {
  std::string name;
  Ed25519Bytes public_key{};

  // The first four bytes of SHA-256(name || 0x0A || 0x01 || public key), big-endian.
  std::uint32_t id() const;
  // "<name>+<id in 8 hex digits>+<base64 of 0x01 and the key>".
  std::string text() const;
  // Error: invalid, also when the id does not belong to the key.
  static Result<VerifierKey> parse(std::string_view text);
  // Whether `signature` (64 bytes) over `message` was made by this key.
  bool verifies(std::string_view message, std::string_view signature) const;

  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

struct SigningKey {
  std::string name;
  Ed25519Bytes seed{};

  // A new random key. Error: invalid when `name` is no key name.
  static Result<SigningKey> generate(std::string name);
  VerifierKey verifier() const;
  // "PRIVATE+KEY+<name>+<id in 8 hex digits>+<base64 of 0x01 and the seed>". A secret.
  std::string text() const;
  // Error: invalid; the message never repeats the text.
  static Result<SigningKey> parse(std::string_view text);
  std::string sign(std::string_view message) const;  // the 64 bytes of the signature

  friend bool operator==(const SigningKey&, const SigningKey&) = default;
};

// The note over `text` with one signature. Throws std::invalid_argument unless the text is UTF-8, ends in a newline and
// has no other control character: it is ours, so anything else is a broken invariant.
std::string sign_note(std::string_view text, const SigningKey& key);

inline constexpr std::size_t max_note_bytes = 1'000'000;
inline constexpr std::size_t max_note_signatures = 100;

// The text of a note that this key signed. Signatures by other keys are ignored, as long as their lines are
// well-formed. Error: invalid when the note is malformed or too large, when a signature by the key is wrong or when
// there is none.
Result<std::string> open_note(std::string_view note, const VerifierKey& key);

// State of the ledger at one size. A note over its text is what an auditor keeps.
struct Checkpoint {
  std::string origin;  // identifies the ledger, "assay.example.com/acme"; one line, not empty
  std::uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions;  // further lines, not empty

  // "origin\nsize\nbase64 of the root\n" and one line an extension. Throws std::invalid_argument when origin or an
  // extension is empty, is not UTF-8 or contains a control character.
  std::string to_text() const;
  // Reads only what to_text() writes. Error: invalid.
  static Result<Checkpoint> parse(std::string_view text);

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

}  // namespace assay
