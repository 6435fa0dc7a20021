#include "isms/operations/account.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Account::def() {
  static constexpr FieldDef fields[] = {
      field<&Account::system>({.label = "System", .help = "Where.", .in_list = true}),
      field<&Account::login>({.label = "Login", .help = "Name.", .title = true, .in_list = true}),
      field<&Account::kind>({.label = "Kind", .in_list = true}),
      field<&Account::person>({.label = "Person", .help = "User.", .in_list = true}),
      field<&Account::owner>({.label = "Owner", .help = "Accountable person for a non-human account.", .in_list = true}),
      field<&Account::privileged>({.label = "Privileged", .help = "Elevated rights."}),
      field<&Account::roles>({.label = "Roles", .help = "Entitlements."}),
      field<&Account::requested_by>({.label = "Requested by", .help = "Requester."}),
      field<&Account::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&Account::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
      field<&Account::created_on>({.label = "Created on", .help = "Creation."}),
      field<&Account::mfa_enabled>({.label = "MFA enabled", .help = "Second factor active."}),
      field<&Account::last_login_at>({.label = "Last login at", .help = "Latest use."}),
      field<&Account::disabled_at>({.label = "Disabled at", .help = "End."}),
      field<&Account::secret_rotated_on>({.label = "Secret rotated on", .help = "For service accounts."}),
  };
  static constexpr EntityDef def = entity<Account>(
      {.name = "account",
       .label = "Account",
       .plural = "Accounts",
       .help = "An identity's access to a system.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "AC",
       .unique_together = "system login",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
