#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include <iostream>

#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "kernel/service/bundle_service.h"
#include "isms/organisation/organisation.h"

namespace assay {
namespace {

std::string asked(std::string_view question) {
  if (!isatty(STDIN_FILENO)) return {};
  fmt::print("{}: ", question);
  std::fflush(stdout);
  std::string line;
  std::getline(std::cin, line);
  return std::string(trim(line));
}

Result<void> add_administrator(Tenant& tenant, const std::string& email, const std::string& password) {
  NewAccount account;
  account.email = email;
  account.name = "Administrator";
  // In the example the administrator is its ISMS owner, so that the first look shows that person's duties.
  TRY(auto reader, tenant.workspace->read());
  const EntityDef* assignments = tenant.workspace->registry().find("role_assignment");
  for (const Record& assignment : reader->where(*assignments, "role", "isms_owner")) {
    if (!is_unset(assignment.at("ended_on"))) continue;
    account.person = assignment.text("person");
    if (auto person = reader->find(*tenant.workspace->registry().find("person"), account.person)) account.name = person->title();
  }
  account.roles = {Role::administrator, Role::isms_owner, Role::risk_owner, Role::control_owner, Role::action_owner};
  account.password = password;
  CHECK(tenant.accounts.create(Principal::product("installation"), account));
  return {};
}

Result<void> load_example(Tenant& tenant) {
  TRY(Bundle bundle, read_bundle(tenant.workspace->registry(), content_files.find("example/workspace.json")->bytes));
  if (bundle.as_of) shift_dates(bundle, days_between(*bundle.as_of, product().clock.today()));
  CHECK(import_bundle(*tenant.workspace, Principal::product("example organisation"), bundle, {}));
  return {};
}

// An empty workspace begins with what every ISMS needs: the catalogue of the 93 controls and the threat categories.
Result<void> load_catalogues(Tenant& tenant, const std::string& organisation) {
  TRY(Bundle bundle, read_bundle(tenant.workspace->registry(), content_files.find("catalogue.json")->bytes));
  if (!organisation.empty()) {
    Record record(Organisation::def());
    record.id = "ORG";
    record.at("name") = organisation;
    bundle.records.push_back(std::move(record));
  }
  CHECK(import_bundle(*tenant.workspace, Principal::product("installation"), bundle, {}));
  return {};
}

Result<void> initialise(const Call& call) {
  const Arguments& arguments = call.arguments;
  TRY(Location location, location_of(call.settings));
  std::string workspace_name = arguments.value("--workspace", "main");
  std::string password;
  if (arguments.has("--admin-password-file")) {
    TRY(password, read_secret(arguments.value("--admin-password-file")));
  }
  std::string email = arguments.value("--admin-email");
  if (!email.empty() && password.empty()) {
    return fail(Problems{{"--admin-password-file", "is needed with --admin-email", ""}});
  }
  if (!email.empty()) {
    CHECK(normal_email(email));
    if (Problems weak = check_new_password(password, email, "Administrator", product().common_passwords); !weak.empty()) return fail(std::move(weak));
  }
  std::string name = arguments.value("--name");
  if (name.empty() && !arguments.has("--example")) name = asked("Name of the organisation");
  TRY(auto workspace, Workspace::create(location, workspace_name, product().workspace_settings()));
  Tenant tenant(std::move(workspace), product());
  if (arguments.has("--example")) CHECK(load_example(tenant));
  else CHECK(load_catalogues(tenant, name));
  if (!email.empty()) CHECK(add_administrator(tenant, email, password));
  fmt::print("Workspace {} is ready in {}.\n", workspace_name, call.settings.get("data"));
  return {};
}

}  // namespace

int run_init(const Call& call) {
  if (call.arguments.has("--if-missing")) {
    auto location = location_of(call.settings);
    if (!location) return report_failure(location.error());
    auto names = workspace_names(*location);
    if (names && std::find(names->begin(), names->end(), call.arguments.value("--workspace", "main")) != names->end()) {
      fmt::print("The workspace exists already; nothing was changed.\n");
      return exit_done;
    }
  }
  auto done = initialise(call);
  return done ? exit_done : report_failure(done.error());
}

}  // namespace assay
