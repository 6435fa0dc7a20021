// The roles of the product (domain model, chapter 5) and who is acting.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "kernel/model/field.h"

namespace assay {

enum class Role {
  administrator,  // accounts, tokens, settings; nothing of the ISMS itself
  top_management,
  isms_owner,
  risk_owner,
  control_owner,
  action_owner,
  internal_auditor,
  external_auditor,
  employee,
  consultant,
  collector,  // a machine that pushes evidence and state
};

template <>
inline constexpr auto choices_of<Role> = choices<Role>({
    choice<Role::administrator>("Administrator"),
    choice<Role::top_management>("Top management"),
    choice<Role::isms_owner>("ISMS owner"),
    choice<Role::risk_owner>("Risk owner"),
    choice<Role::control_owner>("Control owner"),
    choice<Role::action_owner>("Action owner"),
    choice<Role::internal_auditor>("Internal auditor"),
    choice<Role::external_auditor>("External auditor"),
    choice<Role::employee>("Employee"),
    choice<Role::consultant>("Consultant"),
    choice<Role::collector>("Collector (machine)"),
});

// A set of roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (Role role : roles) add(role);
  }
  constexpr void add(Role role) { bits_ |= bit(role); }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  constexpr bool any_of(Roles other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint32_t bits() const { return bits_; }  // one per role, for keys of caches
  std::string labels() const;                             // "ISMS owner, Risk owner"
  std::vector<std::string> names() const;
  friend constexpr bool operator==(Roles, Roles) = default;

 private:
  static constexpr std::uint32_t bit(Role role) { return 1U << static_cast<unsigned>(role); }
  std::uint32_t bits_ = 0;
};

// Who is asking: a signed-in account, an API token or the product itself. A principal belongs to one workspace.
struct Principal {
  std::string account;  // id of the account; "system" for the product's own work
  std::string name;     // for the history
  Id person;            // the Person record linked to the account; empty when there is none
  Roles roles;
  bool read_only = false;   // a token with a read scope
  bool signed_now = false;  // has just proved again to be this person (Sessions::sign); never a token
  bool system = false;      // the product's own work (installation, import from the command line): may do everything

  static Principal product(std::string_view what);  // e.g. product("installation")
};

}  // namespace assay
