#include "base/secret_box.h"

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <memory>
#include <stdexcept>

#include "base/random.h"

namespace assay {
namespace {

constexpr std::string_view mark = "sealed:1:";
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

struct FreeKey {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
int length(std::string_view text) { return static_cast<int>(text.size()); }

void require(int openssl_result) {
  if (openssl_result != 1) throw std::runtime_error("OpenSSL failed to encrypt");
}

Cipher new_cipher() {
  Cipher cipher(EVP_CIPHER_CTX_new());
  if (!cipher) throw std::bad_alloc();
  return cipher;
}

}  // namespace

SecretBox::SecretBox(std::string_view secret, std::string_view purpose) {
  std::unique_ptr<EVP_PKEY_CTX, FreeKey> context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr));
  if (!context) throw std::bad_alloc();
  std::size_t size = key_.size();
  require(EVP_PKEY_derive_init(context.get()));
  require(EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()));
  require(EVP_PKEY_CTX_set1_hkdf_key(context.get(), bytes(secret), length(secret)));
  require(EVP_PKEY_CTX_add1_hkdf_info(context.get(), bytes(purpose), length(purpose)));
  require(EVP_PKEY_derive(context.get(), key_.data(), &size));
}

std::string SecretBox::seal(std::string_view plain, std::string_view context) const {
  std::string nonce = random_bytes(nonce_bytes);
  std::string out(plain.size(), '\0');
  std::string tag(tag_bytes, '\0');
  Cipher cipher = new_cipher();
  int written = 0;
  require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_.data(), bytes(nonce)));
  require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes(context), length(context)));
  require(EVP_EncryptUpdate(cipher.get(), bytes(out), &written, bytes(plain), length(plain)));
  require(EVP_EncryptFinal_ex(cipher.get(), bytes(tag), &written));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_bytes), tag.data()));
  return std::string(mark) + base64(nonce + out + tag);
}

std::optional<std::string> SecretBox::open(std::string_view sealed, std::string_view context) const {
  if (!is_sealed(sealed)) return std::nullopt;
  auto all = base64_decode(sealed.substr(mark.size()));
  if (!all || all->size() < nonce_bytes + tag_bytes) return std::nullopt;
  std::string nonce = all->substr(0, nonce_bytes);
  std::string tag = all->substr(all->size() - tag_bytes);
  std::string closed = all->substr(nonce_bytes, all->size() - nonce_bytes - tag_bytes);
  std::string out(closed.size(), '\0');
  Cipher cipher = new_cipher();
  int written = 0;
  require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_.data(), bytes(nonce)));
  require(EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes(context), length(context)));
  require(EVP_DecryptUpdate(cipher.get(), bytes(out), &written, bytes(closed), length(closed)));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_bytes), tag.data()));
  if (EVP_DecryptFinal_ex(cipher.get(), bytes(tag), &written) != 1) return std::nullopt;
  return out;
}

bool SecretBox::is_sealed(std::string_view text) { return text.starts_with(mark); }

}  // namespace assay
