// Custom fields over their life: who may define them, what is checked, how they travel in files, and what stays when
// one is retired.
#include "kernel/service/custom_field_service.h"
#include "tests/service/fixture.h"
#include "tests/store/new_field.h"

namespace assay::test {
namespace {

using testing::NewField;

Principal with_role(Role role) {
  Principal principal;
  principal.account = "A-1";
  principal.name = "Ben Ode";
  principal.roles = {role};
  return principal;
}

class CustomFieldTest : public ServiceTest {
 protected:
  CustomField define(Tenant& tenant, NewField field) {
    field.register_name = "asset";
    return expect(CustomFieldService(*tenant.workspace).define(somebody(), field));
  }
  static const FieldDef& field(Tenant& tenant, std::string_view name) {
    return *expect(tenant.workspace->custom_fields())->find(def("asset"), name);
  }
  // Why the values are refused, or nothing.
  static std::string refused(Tenant& tenant, std::string_view custom, std::string_view id = {}) {
    Record record(def("asset"));
    record.id = id;
    record.at("name") = std::string("Web server");
    for (const FieldDef& each : def("asset").fields) {
      if (each.required && each.kind == Kind::choice) record.at(each.name) = std::string(each.choices.front().name);
    }
    record.custom = custom;
    auto stored = tenant.registers.create(somebody(), record);
    if (stored) return {};
    std::string out;
    for (const Problem& problem : stored.error().problems) {
      if (problem.place.starts_with("custom")) out += problem.place + " " + problem.message + "\n";
    }
    return out.empty() ? stored.error().text() : out;
  }
};

TEST_F(CustomFieldTest, OnlyAdministratorsAndTheIsmsOwnerDefine) {
  auto tenant = create("a");
  CustomFieldService service(*tenant->workspace);
  for (const Choice& choice : choices_of<Role>) {
    Role role = *choice_of<Role>(choice.name);
    bool may = role == Role::administrator || role == Role::isms_owner;
    Principal principal = with_role(role);
    auto defined =
        service.define(principal, NewField{.register_name = "risk", .label = "By " + std::string(choice.label)});
    EXPECT_EQ(defined.has_value(), may) << choice.name << (defined ? "" : defined.error().text());
    EXPECT_EQ(service.list(principal).has_value(), may) << choice.name;
    principal.read_only = true;
    EXPECT_FALSE(
        service.define(principal, NewField{.register_name = "risk", .label = "Read " + std::string(choice.label)}))
        << choice.name;
    EXPECT_FALSE(service.set_retired(principal, "risk", "by_administrator", true, "")) << choice.name;
  }
  Principal auditor = with_role(Role::administrator);
  auditor.roles.add(Role::external_auditor);
  EXPECT_FALSE(service.define(auditor, NewField{.register_name = "risk", .label = "x"}));
  EXPECT_EQ(expect(service.list(somebody())).size(), 2U);
}

TEST_F(CustomFieldTest, DefinitionsAreChecked) {
  auto tenant = create("a");
  CustomFieldService service(*tenant->workspace);
  auto problem = [&](const NewField& field) {
    auto defined = service.define(somebody(), field);
    return defined                            ? std::string("none")
           : defined.error().problems.empty() ? defined.error().message
                                              : defined.error().problems.front().place;
  };
  EXPECT_EQ(problem(NewField{.register_name = "rizk", .label = "A"}), "register");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = " "}), "label");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .name = "Cost-Centre", .label = "A"}), "name");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .name = "x'); drop table asset; --", .label = "A"}), "name");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = std::string(61, 'x')}), "label");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = "A", .help = std::string(301, 'x')}), "help");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = "A", .kind = CustomKind::choice}), "choices");
  EXPECT_EQ(
      problem(NewField{
          .register_name = "asset", .label = "A", .kind = CustomKind::choice, .choices = {{"", "One"}, {"", "one"}}}),
      "choices");
  EXPECT_EQ(
      problem(NewField{.register_name = "asset", .label = "A", .kind = CustomKind::reference, .target = "nowhere"}),
      "target");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = "Name"}), "label");  // every asset has a name
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = "Cost centre"}), "none");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = "Cost centre"}), "name");
  EXPECT_EQ(problem(NewField{.register_name = "asset", .name = "other", .label = "cost CENTRE"}), "label");
  EXPECT_EQ(problem(NewField{.register_name = "risk", .label = "Cost centre"}), "none");  // of another register
  EXPECT_EQ(problem(NewField{.register_name = "asset", .label = "Über 2"}), "none");
  EXPECT_EQ(expect(service.find(somebody(), "asset", "ber_2")).field.label, "Über 2");
}

TEST_F(CustomFieldTest, ValuesAreCheckedByKindAtTheirField) {
  auto tenant = example("a");
  define(*tenant, {.label = "Cost centre", .required = true});
  define(*tenant, {.label = "Budget", .kind = CustomKind::number});
  define(*tenant, {.label = "Bought on", .kind = CustomKind::date});
  define(*tenant, {.label = "Leased", .kind = CustomKind::yes_no});
  define(*tenant, {.label = "Tier", .kind = CustomKind::choice, .choices = {{"", "Gold"}, {"", "Silver"}}});
  define(*tenant, {.label = "Notes of ours", .kind = CustomKind::long_text});
  EXPECT_EQ(
      refused(
          *tenant,
          R"({"cost_centre":"A1","budget":3,"bought_on":"2026-01-31","leased":true,"tier":"gold","notes_of_ours":"one\ntwo"})"),
      "");
  EXPECT_EQ(refused(*tenant, "{}"), "custom.cost_centre is required\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":7})"), "custom.cost_centre must be a text\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A","budget":"3"})"), "custom.budget must be a number\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A","bought_on":"2026-02-30"})"),
            "custom.bought_on must be a date YYYY-MM-DD\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A","leased":"yes"})"), "custom.leased must be true or false\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A","tier":"bronze"})"), "custom.tier must be one of gold, silver\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A","colour":"red"})"),
            "custom.colour is not a custom field of Assets\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A\u0000"})"), "custom.cost_centre must not contain a NUL character\n");
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":")" + std::string(301, 'x') + "\"}"),
            "custom.cost_centre must have at most 300 characters\n");
}

TEST_F(CustomFieldTest, OldRecordsAreNotHeldUpByANewRequiredField) {
  auto tenant = example("a");
  define(*tenant, {.label = "Cost centre", .required = true});
  const EntityDef& asset = def("asset");
  Id id = expect(tenant->registers.ids_of(somebody(), default_query(asset), 1000)).front();
  const FieldDef& cost = field(*tenant, "custom.cost_centre");
  EXPECT_TRUE(tenant->registers.change(somebody(), asset, id, 0, {{asset.find("name"), std::string("Renamed")}}));
  EXPECT_TRUE(tenant->registers.change(somebody(), asset, id, 0, {{&cost, std::string("A1")}}));
  auto emptied = tenant->registers.change(somebody(), asset, id, 0, {{&cost, Value()}});
  ASSERT_FALSE(emptied);
  EXPECT_EQ(emptied.error().problems.front().place, "custom.cost_centre");
}

TEST_F(CustomFieldTest, RetiringLosesNothing) {
  auto tenant = example("a");
  define(*tenant, {.label = "Cost centre", .required = true, .in_list = true});
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A1"})", "AS-X"), "");
  CustomFieldService service(*tenant->workspace);
  expect(service.set_retired(somebody(), "asset", "cost_centre", true, "nobody uses it"));
  EXPECT_EQ(read(*tenant, "asset", "AS-X").text("name"), "Web server");
  EXPECT_EQ(read(*tenant, "asset", "AS-X").value(field(*tenant, "custom.cost_centre")), Value(std::string("A1")));
  EXPECT_TRUE(expect(tenant->workspace->custom_fields())->of(def("asset")).empty());
  EXPECT_EQ(refused(*tenant, "", "AS-Y"), "");  // asked no more
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A2"})"), "custom.cost_centre is retired and takes no new values\n");
  // A record with a value of the retired field can still be changed.
  EXPECT_TRUE(tenant->registers.change(somebody(), def("asset"), "AS-X", 0,
                                       {{def("asset").find("name"), std::string("Other")}}));
  expect(service.set_retired(somebody(), "asset", "cost_centre", false, ""));
  EXPECT_EQ(refused(*tenant, "", "AS-Z"), "custom.cost_centre is required\n");
  EXPECT_EQ(expect(service.find(somebody(), "asset", "cost_centre")).values, 1);
}

TEST_F(CustomFieldTest, OptionsThatRecordsHoldStay) {
  auto tenant = example("a");
  CustomField tier =
      define(*tenant, {.label = "Tier", .kind = CustomKind::choice, .choices = {{"", "Gold"}, {"", "Silver"}}});
  EXPECT_EQ(refused(*tenant, R"({"tier":"gold"})", "AS-X"), "");
  CustomFieldService service(*tenant->workspace);
  CustomField without_gold = tier;
  without_gold.choices = {{"silver", "Silver"}};
  auto refusal = service.change(somebody(), without_gold);
  ASSERT_FALSE(refusal);
  EXPECT_NE(refusal.error().text().find("gold"), std::string::npos);
  CustomField reworded = tier;
  reworded.kind = CustomKind::text;                       // never changes
  reworded.choices = {{"gold", "Golden"}, {"", "Gold"}};  // silver goes, a new one comes under a free name
  CustomField stored = expect(service.change(somebody(), reworded));
  EXPECT_EQ(stored.kind, CustomKind::choice);
  EXPECT_EQ(stored.choices.at(1).name, "gold_2");
  EXPECT_EQ(display(field(*tenant, "custom.tier"), read(*tenant, "asset", "AS-X").value(field(*tenant, "custom.tier"))),
            "Golden");
}

TEST_F(CustomFieldTest, TheLedgerTellsEachDefinition) {
  auto tenant = create("a");
  CustomFieldService service(*tenant->workspace);
  Principal owner = with_role(Role::isms_owner);
  CustomField field = expect(service.define(owner, NewField{.register_name = "asset", .label = "Cost centre"}));
  field.label = "Cost unit";
  expect(service.change(owner, field));
  expect(service.change(owner, field));  // nothing changed: nothing written
  expect(service.set_retired(owner, "asset", "cost_centre", true, "merged"));
  auto entries = expect(service.history(owner, field));
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].operation, "retire");
  EXPECT_EQ(entries[0].reason, "merged");
  EXPECT_EQ(entries[1].changes, R"({"label":["Cost centre","Cost unit"]})");
  EXPECT_EQ(entries[2].operation, "define");
  EXPECT_EQ(entries[2].actor_name, "Ben Ode");
}

TEST_F(CustomFieldTest, ValuesOfAnotherKindStandInTheWayOfADefinition) {
  auto tenant = example("a");
  Record record(def("asset"));
  record.id = "AS-OLD";
  record.at("name") = std::string("Old");
  record.custom = R"({"budget":"a lot"})";
  expect(tenant->workspace->write(
      somebody(), [&](Transaction& transaction) { return transaction.insert(record, ""); }, Strictness::lenient));
  auto refusal =
      CustomFieldService(*tenant->workspace)
          .define(somebody(),
                  NewField{.register_name = "asset", .name = "budget", .label = "Budget", .kind = CustomKind::number});
  ASSERT_FALSE(refusal);
  EXPECT_NE(refusal.error().text().find("AS-OLD"), std::string::npos) << refusal.error().text();
  define(*tenant, {.name = "budget", .label = "Budget"});
  EXPECT_EQ(read(*tenant, "asset", "AS-OLD").value(field(*tenant, "custom.budget")), Value(std::string("a lot")));
}

TEST_F(CustomFieldTest, SheetsBringThemAndTakeThemAlong) {
  auto tenant = example("a");
  define(*tenant, {.label = "Cost centre", .in_list = true});
  define(*tenant, {.label = "Budget", .kind = CustomKind::number});
  define(*tenant, {.label = "Sponsor", .kind = CustomKind::reference, .target = "person"});
  define(*tenant, {.label = "Old one"});
  EXPECT_EQ(refused(*tenant, R"({"cost_centre":"A1","budget":7,"old_one":"kept"})", "AS-X"), "");
  expect(CustomFieldService(*tenant->workspace).set_retired(somebody(), "asset", "old_one", true, ""));

  std::string csv = csv_of(*tenant, def("asset"));
  std::string head = csv.substr(0, csv.find('\n'));
  EXPECT_NE(head.find(",custom.cost_centre,custom.budget,custom.sponsor,custom,version"), std::string::npos) << head;
  SheetPlan same = plan(*tenant, "asset", csv);
  EXPECT_EQ(same.changed + same.created + same.refused, 0U) << line(same.problems());

  // By label, by name and by somebody's name; what has no column stays.
  const EntityDef& persons = def("person");
  std::string person = expect(tenant->registers.ids_of(somebody(), default_query(persons), 1000)).front();
  auto plans = expect(apply(*tenant, "asset",
                            "id,Cost centre,custom.budget,Sponsor\nAS-X,B2,8.5," +
                                std::string(read(*tenant, "person", person).text("name")) + "\n"));
  EXPECT_EQ(counts(plans.front()), "0/1/0/0") << line(plans.front().problems());
  EXPECT_EQ(plans.front().rows.front().changes.size(), 3U);
  EXPECT_EQ(read(*tenant, "asset", "AS-X").custom,
            R"({"cost_centre":"B2","budget":8.5,"old_one":"kept","sponsor":")" + person + "\"}");

  SheetPlan wrong = plan(*tenant, "asset", "id,custom.budget\nAS-X,much\n");
  EXPECT_EQ(counts(wrong), "0/0/0/1");
  EXPECT_NE(line(wrong.problems()).find("row 2, column custom.budget: must be a number"), std::string::npos)
      << line(wrong.problems());
}

TEST_F(CustomFieldTest, BundlesCarryValuesAndAreHeldAgainstTheDefinitions) {
  auto tenant = example("a");
  define(*tenant, {.label = "Budget", .kind = CustomKind::number});
  EXPECT_EQ(refused(*tenant, R"({"budget":0.5})", "AS-X"), "");
  std::string bundle = bundle_of(*tenant);
  EXPECT_NE(bundle.find(R"("custom":{"budget":0.5})"), std::string::npos);

  auto fresh = create("b");  // knows no such field: the value is kept all the same
  expect(import_bundle(*fresh->workspace, somebody(), expect(read_bundle(registers(), bundle)), {}));
  EXPECT_EQ(bundle_of(*fresh), bundle);
  EXPECT_EQ(expect(import_bundle(*fresh->workspace, somebody(), expect(read_bundle(registers(), bundle)), {})).changed,
            0U);

  std::string bad = replace_all(bundle, R"("custom":{"budget":0.5})", R"("custom":{"budget":"half"})");
  auto outcome = import_bundle(*tenant->workspace, somebody(), expect(read_bundle(registers(), bad)), {});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().problems.front().place, "asset AS-X custom.budget");
  EXPECT_EQ(bundle_of(*tenant), bundle);
}

TEST_F(CustomFieldTest, ChangesTogetherTellWhatWasRefused) {
  auto tenant = example("a");
  define(*tenant, {.label = "Budget", .kind = CustomKind::number});
  const EntityDef& asset = def("asset");
  std::vector<Id> ids = expect(tenant->registers.ids_of(somebody(), default_query(asset), 1000));
  ids.push_back("AS-NOWHERE");
  ASSERT_GT(ids.size(), 4U);
  BulkOutcome outcome =
      tenant->registers.change_all(somebody(), asset, ids, {{&field(*tenant, "custom.budget"), 5.0}}, "new year");
  EXPECT_EQ(outcome.changed, ids.size() - 1);
  ASSERT_EQ(outcome.refused.size(), 1U);
  EXPECT_EQ(outcome.refused[0].first, "AS-NOWHERE");
  for (std::size_t i = 0; i + 1 < ids.size(); ++i) EXPECT_EQ(read(*tenant, "asset", ids[i]).custom, R"({"budget":5})");
  BulkOutcome wrong =
      tenant->registers.change_all(somebody(), asset, ids, {{asset.find("owner"), std::string("P-NOBODY")}}, "");
  EXPECT_EQ(wrong.changed, 0U);
  EXPECT_EQ(wrong.refused.size(), ids.size());
  EXPECT_FALSE(tenant->registers.ids_of(somebody(), default_query(asset), 2));
}

TEST_F(CustomFieldTest, StepsTogetherAreDecidedEachByItself) {
  auto tenant = example("a");
  const EntityDef& risk = def("risk");
  std::vector<Id> ids;
  for (int i = 0; i < 3; ++i) {
    Record record(risk);
    record.at("title") = std::string("Risk ") + std::to_string(i);
    ids.push_back(expect(tenant->registers.create(somebody(), record)).id);
  }
  const Step& step = risk.lifecycle->steps.front();
  BulkOutcome nothing = tenant->registers.take_step_all(somebody(), risk, ids, "no_such_step", {}, "");
  EXPECT_EQ(nothing.refused.size(), 3U);
  BulkOutcome outcome = tenant->registers.take_step_all(somebody(), risk, ids, step.name, {}, "together");
  EXPECT_EQ(outcome.changed + outcome.refused.size(), 3U);
  for (const auto& [id, error] : outcome.refused) EXPECT_FALSE(error.text().empty());
}

}  // namespace
}  // namespace assay::test
