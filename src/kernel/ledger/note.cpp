#include "kernel/ledger/note.h"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <stdexcept>

#include "base/random.h"
#include "base/text.h"

namespace assay {
namespace {

constexpr char ed25519_type = '\x01';
constexpr std::size_t signature_bytes = 64;
constexpr std::string_view private_prefix = "PRIVATE+KEY+";
constexpr std::string_view signature_prefix = "\u2014 ";

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeKey>;
using ContextHandle = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* unsigned_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view view(const Ed25519Bytes& bytes) { return bytes_of(bytes); }

KeyHandle private_key(const Ed25519Bytes& seed) {
  KeyHandle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  if (!key) throw std::runtime_error("OpenSSL cannot make an Ed25519 key");
  return key;
}

ContextHandle new_context() {
  ContextHandle context(EVP_MD_CTX_new());
  if (!context) throw std::bad_alloc();
  return context;
}

// The white space of Unicode (property White_Space) beyond ASCII, in UTF-8.
bool has_space(std::string_view text) {
  constexpr std::string_view wide[] = {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                       "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
                                       "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
  return text.find(' ') != std::string_view::npos ||
         std::ranges::any_of(wide, [&](std::string_view space) { return text.find(space) != std::string_view::npos; });
}

// UTF-8 without the control characters below U+0020: a line of a note.
bool is_note_line(std::string_view text) {
  return is_utf8(text) && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20U; });
}

// A whole note or its text: lines, each ended by a newline.
bool is_note_text(std::string_view text) {
  return text.ends_with('\n') && is_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20U && c != '\n'; });
}

// The id as the four big-endian bytes in front of a signature.
std::string id_bytes(std::uint32_t id) {
  std::string out;
  for (unsigned shift = 32; shift > 0; shift -= 8) out += static_cast<char>(id >> (shift - 8) & 255U);
  return out;
}

std::string key_text(std::string_view name, std::uint32_t id, const Ed25519Bytes& bytes) {
  return std::string(name) + '+' + hex(id_bytes(id)) + '+' + base64(ed25519_type + std::string(view(bytes)));
}

// The three parts that public and private keys share.
struct KeyParts {
  std::string name;
  std::string_view id;
  Ed25519Bytes bytes;
};

Result<KeyParts> parse_key(std::string_view text, std::string_view what) {
  auto refuse = [&](std::string_view why) {
    return fail(ErrorKind::invalid, std::string(what) + ' ' + std::string(why));
  };
  // The name has no '+', the base64 may have some.
  std::size_t first = text.find('+');
  std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return refuse("must read <name>+<id>+<base64>");
  std::string_view name = text.substr(0, first);
  if (!is_key_name(name)) return refuse("has a name that is empty or contains a space or control character");
  auto decoded = base64_decode(text.substr(second + 1));
  if (!decoded || decoded->empty()) return refuse("does not end in base64");
  if (decoded->front() != ed25519_type) return refuse("is not of type Ed25519 (1)");
  auto bytes = hash_from_bytes(std::string_view(*decoded).substr(1));
  if (!bytes) return refuse("does not have 32 bytes");
  return KeyParts{std::string(name), text.substr(first + 1, second - first - 1), *bytes};
}

struct SignatureLine {
  std::string_view name;
  std::string bytes;  // id and signature
};

std::optional<SignatureLine> parse_signature(std::string_view line) {
  if (!line.starts_with(signature_prefix)) return std::nullopt;
  line.remove_prefix(signature_prefix.size());
  std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  auto bytes = base64_decode(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  return SignatureLine{line.substr(0, space), std::move(*bytes)};
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && is_note_line(name) && !has_space(name) && name.find('+') == std::string_view::npos;
}

std::uint32_t VerifierKey::id() const {
  Hash hash = sha256(name + '\n' + ed25519_type + std::string(view(public_key)));
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = id << 8U | hash[i];
  return id;
}

std::string VerifierKey::text() const { return key_text(name, id(), public_key); }

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  TRY(KeyParts parts, parse_key(text, "the verifier key"));
  VerifierKey key{std::move(parts.name), parts.bytes};
  if (parts.id != hex(id_bytes(key.id()))) {
    return fail(ErrorKind::invalid, "the id of the verifier key does not belong to its name and bytes");
  }
  return key;
}

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.size() != signature_bytes) return false;
  KeyHandle key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  ContextHandle context = new_context();
  return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), unsigned_bytes(signature), signature.size(), unsigned_bytes(message),
                          message.size()) == 1;
}

Result<SigningKey> SigningKey::generate(std::string name) {
  if (!is_key_name(name)) {
    return fail(ErrorKind::invalid,
                "the name of a signing key must not be empty or contain spaces, '+' or control characters");
  }
  return SigningKey{std::move(name), hash_from_bytes(random_bytes(32)).value()};
}

VerifierKey SigningKey::verifier() const {
  VerifierKey verifier{name, {}};
  std::size_t size = verifier.public_key.size();
  if (EVP_PKEY_get_raw_public_key(private_key(seed).get(), verifier.public_key.data(), &size) != 1) {
    throw std::runtime_error("OpenSSL cannot derive the public key");
  }
  return verifier;
}

std::string SigningKey::text() const { return std::string(private_prefix) + key_text(name, verifier().id(), seed); }

Result<SigningKey> SigningKey::parse(std::string_view text) {
  if (!text.starts_with(private_prefix)) {
    return fail(ErrorKind::invalid, "a signing key begins with " + std::string(private_prefix));
  }
  TRY(KeyParts parts, parse_key(text.substr(private_prefix.size()), "the signing key"));
  SigningKey key{std::move(parts.name), parts.bytes};
  if (parts.id != hex(id_bytes(key.verifier().id()))) {
    return fail(ErrorKind::invalid, "the id of the signing key does not belong to its name and bytes");
  }
  return key;
}

std::string SigningKey::sign(std::string_view message) const {
  KeyHandle key = private_key(seed);
  ContextHandle context = new_context();
  std::string signature(signature_bytes, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, unsigned_bytes(message),
                     message.size()) != 1) {
    throw std::runtime_error("OpenSSL cannot sign");
  }
  return signature;
}

std::string sign_note(std::string_view text, const SigningKey& key) {
  if (!is_note_text(text)) throw std::invalid_argument("a note must be UTF-8 lines, each ended by a newline");
  std::string out(text);
  out += '\n';
  out += signature_prefix;
  out += key.name + ' ' + base64(id_bytes(key.verifier().id()) + key.sign(text)) + '\n';
  return out;
}

Result<std::string> open_note(std::string_view note, const VerifierKey& key) {
  auto refuse = [](std::string why) { return fail(ErrorKind::invalid, "the signed note " + std::move(why)); };
  if (note.size() > max_note_bytes) return refuse("is longer than " + std::to_string(max_note_bytes) + " bytes");
  if (!is_note_text(note)) return refuse("is not made of UTF-8 lines without control characters");
  std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return refuse("has no empty line before its signatures");
  std::string_view text = note.substr(0, blank + 1);
  std::string_view rest = note.substr(blank + 2);
  if (rest.empty()) return refuse("has no signature");
  std::vector<std::string_view> lines = split(rest.substr(0, rest.size() - 1), '\n');
  if (lines.size() > max_note_signatures) return refuse("has too many signatures");
  std::string id = id_bytes(key.id());
  bool signed_by_key = false;
  for (std::string_view line : lines) {
    auto signature = parse_signature(line);
    if (!signature) return refuse("has a malformed signature line: " + shorten(line, 80));
    if (signature->name != key.name || !signature->bytes.starts_with(id)) continue;
    if (!key.verifies(text, std::string_view(signature->bytes).substr(4))) {
      return refuse("has a wrong signature by " + key.name + '+' + hex(id));
    }
    signed_by_key = true;
  }
  if (!signed_by_key) return refuse("is not signed by " + key.name + '+' + hex(id));
  return std::string(text);
}

std::string Checkpoint::to_text() const {
  auto line = [](const std::string& text) {
    if (text.empty() || !is_note_line(text))
      throw std::invalid_argument("a line of a checkpoint must be text, not empty");
    return text + '\n';
  };
  std::string out = line(origin) + std::to_string(size) + '\n' + base64(bytes_of(root)) + '\n';
  for (const std::string& extension : extensions) out += line(extension);
  return out;
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  auto refuse = [](std::string_view why) { return fail(ErrorKind::invalid, "the checkpoint " + std::string(why)); };
  if (!is_note_text(text)) return refuse("is not made of UTF-8 lines without control characters");
  std::vector<std::string_view> lines = split(text.substr(0, text.size() - 1), '\n');
  if (lines.size() < 3) return refuse("has fewer than three lines");
  if (std::ranges::any_of(lines, [](std::string_view line) { return line.empty(); }))
    return refuse("has an empty line");
  Checkpoint checkpoint;
  checkpoint.origin = lines[0];
  auto error = std::from_chars(lines[1].data(), lines[1].data() + lines[1].size(), checkpoint.size).ec;
  // Written back and compared: refuses signs, leading zeros and what follows the number.
  if (error != std::errc() || std::to_string(checkpoint.size) != lines[1])
    return refuse("has no tree size in its second line");
  auto decoded = base64_decode(lines[2]);
  auto root = decoded ? hash_from_bytes(*decoded) : std::nullopt;
  if (!root) return refuse("has no base64 of a root hash in its third line");
  checkpoint.root = *root;
  for (std::size_t i = 3; i < lines.size(); ++i) checkpoint.extensions.emplace_back(lines[i]);
  return checkpoint;
}

}  // namespace assay
