#include "kernel/store/sealed_secrets.h"

#include <vector>

namespace assay {

SecretBox totp_box(const SigningKey& key) {
  return SecretBox(std::string_view(reinterpret_cast<const char*>(key.seed.data()), key.seed.size()),
                   "assay second factor 1");
}

Result<void> seal_plain_secrets(Connection& connection, const SigningKey& key) {
  std::vector<std::pair<std::string, std::string>> plain;
  CHECK(connection.query("select id, totp_secret from assay_account where totp_secret is not null", {},
                         [&](const Row& row) {
                           if (!SecretBox::is_sealed(row.text(1))) plain.emplace_back(row.text(0), row.text(1));
                         }));
  if (plain.empty()) return {};
  SecretBox box = totp_box(key);
  for (const auto& [account, secret] : plain) {
    std::string sealed = box.seal(secret, account);
    Param params[] = {std::string_view(sealed), std::string_view(account)};
    CHECK(connection.run("update assay_account set totp_secret = ? where id = ?", params));
  }
  return {};
}

}  // namespace assay
