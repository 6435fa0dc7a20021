#include "base/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

namespace assay {
namespace {

// Fetched once: looking the algorithm up by name on each use costs more than hashing a tree node.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (!fetched) throw std::runtime_error("OpenSSL offers no SHA-256");
  return fetched;
}

void require(int openssl_result) {
  if (openssl_result != 1) throw std::runtime_error("OpenSSL failed to compute a SHA-256");
}

constexpr std::string_view standard_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode64(std::string_view bytes, std::string_view alphabet, bool padded) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      if (i <= count) out += alphabet[group >> (18U - 6U * i) & 63U];
      else if (padded) out += '=';
    }
  }
  return out;
}

// Value of a character of the standard alphabet, or 64.
std::uint32_t value64(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
  if (c == '+') return 62;
  return c == '/' ? 63 : 64;
}

// Value of a lower-case hexadecimal digit, or 16.
unsigned value16(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return 16;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_) throw std::bad_alloc();
  require(EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr));
}

void Sha256::update(std::string_view bytes) { require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size())); }

Hash Sha256::finish() {
  Hash hash{};
  require(EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr));
  require(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr));
  return hash;
}

Hash sha256(std::string_view bytes) {
  // One context a thread: a tree of a million leaves would otherwise allocate two million of them.
  static thread_local Sha256 hasher;
  hasher.update(bytes);
  return hasher.finish();
}

std::string_view bytes_of(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

std::optional<Hash> hash_from_bytes(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::transform(bytes.begin(), bytes.end(), hash.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  return hash;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

std::string hex(const Hash& hash) { return hex(bytes_of(hash)); }

std::optional<Hash> hash_from_hex(std::string_view text) {
  Hash hash{};
  if (text.size() != hash.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    unsigned high = value16(text[2 * i]);
    unsigned low = value16(text[2 * i + 1]);
    if (high > 15 || low > 15) return std::nullopt;
    hash[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  return hash;
}

std::string base64(std::string_view bytes) { return encode64(bytes, standard_alphabet, true); }

std::string base64url(std::string_view bytes) { return encode64(bytes, url_alphabet, false); }

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    std::size_t missing = at + 4 == text.size() ? padding : 0;
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      std::uint32_t value = i < 4 - missing ? value64(text[at + i]) : 0;
      if (value > 63) return std::nullopt;
      group = group << 6U | value;
    }
    if ((group & ((1U << 8U * missing) - 1U)) != 0) return std::nullopt;  // bits that no byte uses
    for (std::size_t i = 0; i < 3 - missing; ++i) out += static_cast<char>(group >> (16U - 8U * i) & 255U);
  }
  return out;
}

}  // namespace assay
