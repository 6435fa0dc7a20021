#include "kernel/identity/permission.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "kernel/identity/permission_table.h"
#include "tests/identity/fixture.h"

namespace assay::test {
namespace {

const EntityDef& def_of(std::string_view name) {
  const EntityDef* def = registers().find(name);
  if (!def) throw std::runtime_error("no register " + std::string(name));
  return *def;
}

Principal person_with(Roles roles, Id person = "P-1") {
  Principal out;
  out.account = "user-" + person;
  out.name = "Person";
  out.person = std::move(person);
  out.roles = roles;
  return out;
}

// A record of somebody else's; with `holder` a record held by that person.
Record record_of(std::string_view register_name, const Id& holder = "P-9") {
  Record record(def_of(register_name));
  record.id = "X-1";
  record.created_by = "user-P-9";
  if (!record.def->text.holder.empty()) record.at(record.def->text.holder) = holder;
  return record;
}

constexpr Action actions[] = {Action::see,     Action::create,  Action::change,    Action::step,
                              Action::import_, Action::export_, Action::administer};
constexpr std::string_view names[] = {"see", "create", "change", "step", "import", "export", "administer"};

// What a role may do with another's record, and what besides with one of its own.
std::string rights_line(Role role, const EntityDef& def) {
  Principal who = person_with({role});
  Record other = record_of(def.name());
  Record own = record_of(def.name(), "P-1");
  own.created_by = who.account;
  // What a person signs is signed by that person.
  Record signed_by_self = other;
  if (def.name() == "risk_acceptance") signed_by_self.at("accepted_by") = own.at("accepted_by") = std::string("P-1");
  std::string all, mine;
  for (std::size_t i = 0; i < std::size(actions); ++i) {
    bool any = may(who, actions[i], def, actions[i] == Action::create ? &signed_by_self : &other).allowed;
    if (any) {
      all += " " + std::string(names[i]);
    } else if (may(who, actions[i], def, &own).allowed) {
      mine += " " + std::string(names[i]);
    }
  }
  std::string out = all.empty() ? " -" : all;
  return mine.empty() ? out : out + "; own:" + mine;
}

std::string matrix() {
  std::map<std::pair<AccessClass, std::string>, std::string> groups;
  for (const EntityDef* def : registers().all()) {
    std::string text;
    for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
      text += fmt::format("{:18}{}\n", choices_of<Role>[i].name, rights_line(static_cast<Role>(i), *def));
    }
    std::string& members = groups[{def->text.access, text}];
    members += (members.empty() ? "" : " ") + std::string(def->name());
  }
  std::string out;
  for (const auto& [key, members] : groups)
    out += fmt::format("# class {}: {}\n{}\n", static_cast<int>(key.first), members, key.second);
  return out;
}

TEST(Permission, MatrixIsWhatWasAgreed) {
  std::filesystem::path golden = std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden/permissions.txt";
  std::string now = matrix();
  if (std::getenv("ASSAY_UPDATE_GOLDEN")) {
    ASSERT_TRUE(write_file_durably(golden, now));
  }
  auto agreed = read_file(golden, 1 << 20);
  ASSERT_TRUE(agreed) << agreed.error().text();
  EXPECT_EQ(*agreed, now) << "run with ASSAY_UPDATE_GOLDEN=1 and review the difference";
}

TEST(Permission, DenyByDefault) {
  for (const EntityDef* def : registers().all()) {
    for (Action action : actions) {
      Decision decision = may(person_with({}), action, *def);
      EXPECT_FALSE(decision.allowed) << def->name();
      EXPECT_FALSE(decision.reason.empty());
    }
  }
}

TEST(Permission, TheProductMayEverything) {
  for (const EntityDef* def : registers().all()) {
    for (Action action : actions) EXPECT_TRUE(may(Principal::product("test"), action, *def).allowed);
    EXPECT_FALSE(row_filter(Principal::product("test"), *def));
  }
}

TEST(Permission, ReadOnlyNeverWrites) {
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
    Principal who = person_with({static_cast<Role>(i)});
    who.read_only = true;
    for (const EntityDef* def : registers().all()) {
      for (Action action : {Action::create, Action::change, Action::step, Action::import_, Action::administer}) {
        EXPECT_FALSE(may(who, action, *def).allowed) << def->name();
      }
    }
    EXPECT_FALSE(may_administer(who).allowed);
  }
}

TEST(Permission, TablesNameWhatExists) {
  for (const auto& row : permission::registers) EXPECT_TRUE(registers().find(row.name)) << row.name;
  auto check = [](std::span<const permission::FieldRow> rows) {
    for (const auto& row : rows) {
      for (std::string_view field : {row.fields}) {
        std::size_t start = 0;
        while (start < field.size()) {
          std::size_t end = std::min(field.find(' ', start), field.size());
          EXPECT_TRUE(def_of(row.name).find(field.substr(start, end - start)))
              << row.name << " " << field.substr(start, end - start);
          start = end + 1;
        }
      }
    }
  };
  check(permission::own_fields);
  check(permission::not_own_fields);
  check(permission::private_fields);
}

// Whoever a lifecycle names must have the right to take steps at all, but where chapter 5 says never.
TEST(Permission, LifecyclesNameRolesThatMayStep) {
  for (const EntityDef* def : registers().all()) {
    if (!def->lifecycle) continue;
    for (const Step& step : def->lifecycle->steps) {
      for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
        Role role = static_cast<Role>(i);
        if (!step.who.roles.has(role) || role == Role::external_auditor) continue;
        if (role == Role::internal_auditor && def->name() == "access_review")
          continue;  // changes no records that are audited
        EXPECT_TRUE(may(person_with({role}), Action::step, *def).allowed)
            << def->name() << "." << step.name << " " << choices_of<Role>[i].name;
      }
    }
  }
}

TEST(Permission, ReasonsNameWhoCould) {
  Decision decision = may(person_with({Role::employee}), Action::create, def_of("supplier"));
  EXPECT_FALSE(decision.allowed);
  EXPECT_EQ(decision.reason, "Your roles do not let you add to Suppliers.");
  EXPECT_NE(decision.who_may.find("ISMS owner"), std::string::npos);
}

TEST(Permission, EmployeesSeeTheirOwnPersonalRecordsOnly) {
  Principal anna = person_with({Role::employee});
  for (std::string_view name : {"screening_record", "employment_agreement", "offboarding_case", "training_assignment",
                                "competence_record", "acknowledgement"}) {
    const EntityDef& def = def_of(name);
    Record own = record_of(name, "P-1"), other = record_of(name);
    EXPECT_TRUE(may(anna, Action::see, def).allowed) << name;
    EXPECT_TRUE(may(anna, Action::see, def, &own).allowed) << name;
    EXPECT_FALSE(may(anna, Action::see, def, &other).allowed) << name;
    auto filter = row_filter(anna, def);
    ASSERT_TRUE(filter) << name;
    EXPECT_EQ(filter->field->name, "person");
    EXPECT_EQ(filter->values, std::vector<std::string>{"P-1"});
    // Having written a record about somebody does not make it one's own.
    other.created_by = anna.account;
    EXPECT_FALSE(may(anna, Action::see, def, &other).allowed) << name;
  }
}

TEST(Permission, WithoutAPersonNothingIsOnesOwn) {
  Principal nobody = person_with({Role::employee}, "");
  Record unheld = record_of("screening_record", "");
  EXPECT_FALSE(may(nobody, Action::see, def_of("screening_record")).allowed);
  EXPECT_FALSE(may(nobody, Action::see, def_of("screening_record"), &unheld).allowed);
  auto filter = row_filter(nobody, def_of("screening_record"));
  ASSERT_TRUE(filter);
  EXPECT_EQ(filter->field, nullptr);
  EXPECT_EQ(filter->values, std::vector<std::string>{""});
}

TEST(Permission, AdministratorsSeeNothingConfidential) {
  Principal admin = person_with({Role::administrator});
  for (std::string_view name : {"screening_record", "training_assignment", "risk", "audit"}) {
    EXPECT_FALSE(may(admin, Action::see, def_of(name)).allowed) << name;
  }
  EXPECT_TRUE(may(admin, Action::administer, def_of("risk")).allowed);
  EXPECT_FALSE(may(person_with({Role::isms_owner}), Action::administer, def_of("risk")).allowed);
}

TEST(Permission, EveryoneInsideReportsEvents) {
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
    Role role = static_cast<Role>(i);
    EXPECT_EQ(may(person_with({role}), Action::create, def_of("incident")).allowed, role != Role::external_auditor)
        << choices_of<Role>[i].name;
  }
  Principal anna = person_with({Role::employee});
  Record report = record_of("incident");
  EXPECT_FALSE(may(anna, Action::see, def_of("incident"), &report).allowed);
  report.created_by = anna.account;
  EXPECT_TRUE(may(anna, Action::see, def_of("incident"), &report).allowed) << "what she reported";
}

TEST(Permission, OwnFields) {
  Principal anna = person_with({Role::employee});
  Record training = record_of("training_assignment", "P-1");
  const EntityDef& def = def_of("training_assignment");
  EXPECT_TRUE(may_change_field(anna, def, *def.find("completed_on"), &training).allowed);
  EXPECT_FALSE(may_change_field(anna, def, *def.find("due_on"), &training).allowed);
  EXPECT_FALSE(may_change_field(anna, def, *def.find("person"), &training).allowed);
  EXPECT_TRUE(may_change_field(person_with({Role::isms_owner}, "P-2"), def, *def.find("due_on"), &training).allowed);
  const EntityDef& action = def_of("treatment_action");
  Record own = record_of("treatment_action", "P-1");
  EXPECT_FALSE(may_change_field(person_with({Role::action_owner}), action, *action.find("due_on"), &own).allowed);
  EXPECT_TRUE(may_change_field(person_with({Role::action_owner}), action, *action.find("completed_on"), &own).allowed);
  const EntityDef& person = def_of("person");
  Record other = record_of("person"), self = record_of("person");
  self.id = "P-1";
  EXPECT_FALSE(may_see_field(anna, person, *person.find("leave_from"), &other).allowed);
  EXPECT_TRUE(may_see_field(anna, person, *person.find("leave_from"), &self).allowed);
  EXPECT_TRUE(may_see_field(anna, person, *person.find("name"), &other).allowed);
}

TEST(Permission, ExternalAuditorOnlySees) {
  Principal auditor = person_with({Role::external_auditor, Role::isms_owner});  // a further role changes nothing
  for (const EntityDef* def : registers().all()) {
    EXPECT_EQ(may(auditor, Action::see, *def).allowed, def->text.access != AccessClass::confidential) << def->name();
    for (Action action :
         {Action::create, Action::change, Action::step, Action::import_, Action::export_, Action::administer}) {
      EXPECT_FALSE(may(auditor, action, *def).allowed) << def->name();
    }
  }
}

TEST(Permission, TableAsMarkdown) {
  std::string text = permission_table_markdown(registers());
  EXPECT_NE(text.find("| Employee | own: see change step export |"), std::string::npos) << text;
  EXPECT_NE(text.find("`risk_acceptance`"), std::string::npos);
}

}  // namespace
}  // namespace assay::test
