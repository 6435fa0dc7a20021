// The second factor of an account: set up, confirmed, taken away.
#include "kernel/identity/account_rows.h"
#include "kernel/identity/permission.h"
#include "kernel/identity/totp.h"
#include "kernel/store/sealed_secrets.h"

namespace assay {
namespace {

Result<void> demand_own(const Principal& principal, std::string_view id) {
  if (!principal.read_only && !principal.system && principal.account == id) return {};
  return Failure(
      Error{ErrorKind::forbidden, "A second factor is set up by the person who uses it.", {}, {}, "the person"});
}

Result<void> store_totp(Connection& connection, std::string_view id, const std::string& sealed, std::int64_t step) {
  Param params[] = {nullable(sealed), step, id};
  return run(connection, "update assay_account set totp_secret = ?, totp_step = ? where id = ?", params);
}

}  // namespace

Result<TotpSetup> Accounts::begin_totp(const Principal& principal, std::string_view id) {
  CHECK(demand_own(principal, id));
  TotpSetup setup;
  setup.secret = new_totp_secret();
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(UserAccount account, read_account(transaction.connection(), "id = ?", id));
    if (account.totp_enabled)
      return fail(ErrorKind::conflict, "The second factor is set up already. Take it away first.");
    setup.uri = totp_uri(setup.secret, account.email);
    return store_totp(transaction.connection(), id, totp_box(workspace_.signing_key()).seal(setup.secret, id),
                      totp_pending);
  }));
  setup.qr_svg = qr_svg(setup.uri);
  return setup;
}

Result<void> Accounts::confirm_totp(const Principal& principal, std::string_view id, std::string_view code,
                                    Instant now) {
  CHECK(demand_own(principal, id));
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    AccountSecrets secrets;
    TRY(UserAccount account, read_account(transaction.connection(), "id = ?", id, &secrets));
    if (account.totp_enabled || secrets.totp_secret.empty())
      return fail(ErrorKind::conflict, "There is no second factor to confirm.");
    TRY(std::string secret, open_totp_secret(workspace_, id, secrets));
    auto step = accepted_totp_step(secret, code, now, 0);
    if (!step) return fail({{"code", "is not the code the app shows now; check the clock of the phone", ""}});
    CHECK(store_totp(transaction.connection(), id, secrets.totp_secret, *step));
    return transaction.note("account", id, "enable_totp", "", R"({"totp":[false,true]})");
  }));
  access_changed();
  return {};
}

Result<void> Accounts::disable_totp(const Principal& principal, std::string_view id, std::string_view current_password,
                                    std::string_view reason) {
  if (demand_own(principal, id)) {
    CHECK(check_current_password(workspace_, id, current_password));
  } else if (Decision decision = may_administer(principal); !decision.allowed) {
    return Failure(decision.refusal());
  }
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(UserAccount account, read_account(transaction.connection(), "id = ?", id));
    CHECK(store_totp(transaction.connection(), id, "", 0));
    if (!account.totp_enabled) return {};
    return transaction.note("account", id, "disable_totp", reason, R"({"totp":[true,false]})");
  }));
  access_changed();
  return {};
}

}  // namespace assay
