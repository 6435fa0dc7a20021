#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "cli/terminal.h"
#include "isms/organisation/organisation.h"
#include "kernel/service/bundle_service.h"

namespace assay {
namespace {

// What a new workspace begins with; from flags, or from the person at the terminal.
struct Beginning {
  bool example = false;
  std::string name, sector;
  std::vector<std::string> legal_entities;
  std::string email, administrator, password;  // no e-mail: the server asks at its first start
};

std::vector<std::string> read_list(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view part : split(text, ';')) {
    if (!is_blank(part)) out.emplace_back(trim(part));
  }
  return out;
}

std::string administrator_or_default(const std::string& name) { return name.empty() ? "Administrator" : name; }

Result<void> check_administrator(const Beginning& beginning) {
  CHECK(normal_email(beginning.email));
  Problems weak = check_new_password(beginning.password, beginning.email,
                                     administrator_or_default(beginning.administrator), product().common_passwords);
  if (!weak.empty()) return fail(std::move(weak));
  return {};
}

Result<Beginning> from_flags(const Arguments& arguments) {
  Beginning out;
  out.example = arguments.has("--example");
  out.name = arguments.value("--name");
  out.sector = arguments.value("--sector");
  out.legal_entities = read_list(arguments.value("--legal-entities"));
  out.email = arguments.value("--admin-email");
  out.administrator = arguments.value("--admin-name");
  if (arguments.has("--admin-password-file")) {
    TRY(out.password, read_secret(arguments.value("--admin-password-file")));
  }
  if (out.email.empty()) return out;
  if (out.password.empty()) return fail(Problems{{"--admin-password-file", "is needed with --admin-email", ""}});
  CHECK(check_administrator(out));
  return out;
}

Result<std::string> ask_email() {
  for (;;) {
    TRY(std::string email, ask("E-mail of the administrator (Enter: the server asks at its first start)"));
    auto normal = email.empty() ? Result<std::string>(email) : normal_email(email);
    if (normal) return email;
    fmt::print("{}\n", normal.error().text());
  }
}

Result<void> ask_password(Beginning& beginning) {
  fmt::print("A password has at least 12 characters; a few unrelated words do well.\n");
  for (;;) {
    TRY(beginning.password, ask_hidden("Password"));
    if (auto good = check_administrator(beginning); !good) {
      fmt::print("{}\n", good.error().text());
      continue;
    }
    TRY(std::string again, ask_hidden("Password, once more"));
    if (again == beginning.password) return {};
    fmt::print("The two differ. Please type it again.\n");
  }
}

Result<Beginning> from_dialogue() {
  Beginning out;
  TRY(out.example, ask_yes_no("Fill the workspace with an example organisation, to look around?"));
  if (!out.example) {
    TRY(out.name, ask("Name of the organisation"));
    TRY(std::string entities, ask("Legal entities, separated by ; (Enter: none yet)"));
    out.legal_entities = read_list(entities);
    TRY(out.sector, ask("Sector, such as software or health care (Enter: not yet)"));
  }
  TRY(out.email, ask_email());
  if (out.email.empty()) return out;
  TRY(out.administrator, ask("Name of the administrator"));
  CHECK(ask_password(out));
  return out;
}

// Who answers something by a flag is a script, or knows what he wants.
bool answers_by_flag(const Arguments& arguments) {
  constexpr std::string_view flags[] = {"--example",        "--empty",       "--name",       "--sector",
                                        "--legal-entities", "--admin-email", "--admin-name", "--admin-password-file"};
  return std::any_of(std::begin(flags), std::end(flags), [&](std::string_view flag) { return arguments.has(flag); });
}

Result<void> add_administrator(Tenant& tenant, const Beginning& beginning) {
  NewAccount account;
  account.email = beginning.email;
  account.name = administrator_or_default(beginning.administrator);
  // In the example the administrator is its ISMS owner, so that the first look shows that person's duties.
  TRY(auto reader, tenant.workspace->read());
  const EntityDef* assignments = tenant.workspace->registry().find("role_assignment");
  for (const Record& assignment : reader->where(*assignments, "role", "isms_owner")) {
    if (!is_unset(assignment.at("ended_on"))) continue;
    account.person = assignment.text("person");
    if (auto person = reader->find(*tenant.workspace->registry().find("person"), account.person);
        person && beginning.administrator.empty())
      account.name = person->title();
  }
  account.roles = {Role::administrator, Role::isms_owner, Role::risk_owner, Role::control_owner, Role::action_owner};
  account.password = beginning.password;
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
Result<void> load_catalogues(Tenant& tenant, const Beginning& beginning) {
  TRY(Bundle bundle, read_bundle(tenant.workspace->registry(), content_files.find("catalogue.json")->bytes));
  if (!beginning.name.empty()) {
    Record record(Organisation::def());
    record.id = "ORG";
    record.at("name") = beginning.name;
    if (!beginning.sector.empty()) record.at("sector") = beginning.sector;
    if (!beginning.legal_entities.empty()) record.at("legal_entities") = beginning.legal_entities;
    bundle.records.push_back(std::move(record));
  }
  CHECK(import_bundle(*tenant.workspace, Principal::product("installation"), bundle, {}));
  return {};
}

Result<void> initialise(const Call& call) {
  const Arguments& arguments = call.arguments;
  TRY(Location location, location_of(call.settings));
  std::string workspace_name = arguments.value("--workspace", "main");
  if (arguments.has("--example") && arguments.has("--empty"))
    return fail(Problems{{"--empty", "does not go with --example", ""}});
  // Before any question, so that nobody answers in vain.
  TRY(auto names, workspace_names(location));
  bool exists = std::find(names.begin(), names.end(), workspace_name) != names.end();
  bool asks = !exists && is_terminal() && !answers_by_flag(arguments);
  TRY(Beginning beginning, asks ? from_dialogue() : from_flags(arguments));
  TRY(auto workspace, Workspace::create(location, workspace_name, product().workspace_settings()));
  Tenant tenant(std::move(workspace), product());
  if (beginning.example) CHECK(load_example(tenant));
  else CHECK(load_catalogues(tenant, beginning));
  if (!beginning.email.empty()) CHECK(add_administrator(tenant, beginning));
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
