// Custom fields in a workspace of each engine: definitions, values in lists, references, search, isolation.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/hash.h"
#include "base/random.h"
#include "isms/registers.h"
#include "kernel/service/custom_field_service.h"
#include "kernel/service/register_service.h"
#include "kernel/service/verify.h"
#include "rules/engines.h"
#include "store/new_field.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

const EntityDef& risk() { return *registers().find("risk"); }
const Principal& product() {
  static const Principal principal = Principal::product("test");
  return principal;
}

class CustomFieldStore : public ::testing::TestWithParam<Engine> {
 protected:
  CustomFieldStore() : folder_(fs::temp_directory_path() / ("assay-custom-" + hex(random_bytes(6)))) {
    std::string where = GetParam() == Engine::sqlite ? folder_.string() : testing::postgres_address();
    location_ = must(Location::parse(where, folder_.string()));
    suffix_ = hex(random_bytes(4));
    workspace_ = make("one");
  }
  ~CustomFieldStore() override {
    workspace_.reset();
    if (GetParam() == Engine::postgres) {
      auto connection = open_postgres(testing::postgres_address(), "public");
      for (const std::string& name : made_)
        (void)(*connection)->script("drop schema if exists assay_" + name + " cascade");
    }
    fs::remove_all(folder_);
  }
  std::unique_ptr<Workspace> make(const std::string& name) {
    made_.push_back(name + suffix_);
    return must(Workspace::create(location_, made_.back(), {registers(), clock_, {}}));
  }
  std::unique_ptr<Workspace> again(const std::string& name) {
    return must(Workspace::open(location_, name + suffix_, {registers(), clock_, {}}));
  }

  void define(testing::NewField field) {
    field.register_name = "risk";
    must(CustomFieldService(*workspace_).define(product(), field));
  }
  void define_all() {
    define({.label = "Cost centre", .in_list = true});
    define({.label = "Budget", .kind = CustomKind::number, .in_list = true});
    define({.label = "Checked on", .kind = CustomKind::date});
    define({.label = "Outsourced", .kind = CustomKind::yes_no});
    define({.label = "Tier", .kind = CustomKind::choice, .choices = {{"", "Gold"}, {"", "Silver plate"}}});
    define({.label = "Sponsor", .kind = CustomKind::reference, .target = "person"});
  }
  const FieldDef& field(std::string_view name) {
    const FieldDef* found = must(workspace_->custom_fields())->find(risk(), name);
    if (!found) throw std::runtime_error("no field " + std::string(name));
    return *found;
  }
  Record add(const std::string& id, const std::vector<std::pair<std::string_view, Value>>& custom,
             const std::string& title = "A risk") {
    Record record(risk());
    record.id = id;
    record.at("title") = title;
    record.at("owner") = std::string("P-1");
    for (const auto& [name, value] : custom) record.set(field(name), value);
    return must(RegisterService(*workspace_).create(product(), record));
  }
  void add_person() {
    Record anna(*registers().find("person"));
    anna.id = "P-1";
    anna.at("name") = std::string("Anna Keller");
    must(workspace_->write(
        product(), [&](Transaction& transaction) { return transaction.insert(anna, ""); }, Strictness::lenient));
  }
  // "R-1 R-2", by id or as sorted.
  std::string ids(std::vector<std::pair<std::string, std::string>> parameters) {
    parameters.insert(parameters.begin(), {"sort", "id"});
    const CustomFields& custom = *must(workspace_->custom_fields());
    ListQuery query = must(parse_list_query(risk(), parameters, {}, custom));
    std::string out;
    do {
      Page page = must(RegisterService(*workspace_).list(product(), query));
      for (const ListRow& row : page.rows) out += (out.empty() ? "" : " ") + row.record.id;
      query.after = page.next;
    } while (!query.after.empty());
    return out;
  }

  fs::path folder_;
  FixedClock clock_{*Instant::parse("2026-06-01T08:00:00Z")};
  Location location_;
  std::string suffix_;
  std::vector<std::string> made_;
  std::unique_ptr<Workspace> workspace_;
};
INSTANTIATE_TEST_SUITE_P(Engines, CustomFieldStore, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

TEST_P(CustomFieldStore, ValuesOfEveryKindComeBack) {
  define_all();
  add_person();
  std::vector<std::pair<std::string_view, Value>> values = {
      {"custom.cost_centre", std::string("A \"1\" – Ä")}, {"custom.budget", 12.5},
      {"custom.checked_on", std::string("2026-03-05")},   {"custom.outsourced", false},
      {"custom.tier", std::string("silver_plate")},       {"custom.sponsor", std::string("P-1")}};
  add("R-1", values);
  auto reopened = again("one");
  Record read = must(must(reopened->read())->read(risk(), "R-1"));
  const CustomFields& custom = *must(reopened->custom_fields());
  for (const auto& [name, value] : values) EXPECT_EQ(read.value(*custom.find(risk(), name)), value) << name;
  EXPECT_EQ(
      read.custom,
      R"({"cost_centre":"A \"1\" – Ä","budget":12.5,"checked_on":"2026-03-05","outsourced":false,"tier":"silver_plate","sponsor":"P-1"})");
  EXPECT_TRUE(must(verify(*workspace_)).damages.empty());
}

TEST_P(CustomFieldStore, ListsAreFilteredSortedAndPaged) {
  define_all();
  add_person();
  for (int i = 1; i <= 9; ++i) {
    std::string id = "R-" + std::to_string(i);
    if (i % 3 == 0) add(id, {});
    else
      add(id, {{"custom.budget", i == 1 ? 10.0 : i * 1.5},
               {"custom.cost_centre", "C" + std::to_string(i % 2)},
               {"custom.outsourced", i % 2 == 0},
               {"custom.checked_on", "2026-01-0" + std::to_string(i)},
               {"custom.tier", std::string("gold")},
               {"custom.sponsor", std::string("P-1")}});
  }
  EXPECT_EQ(ids({{"custom.cost_centre", "C1"}}), "R-1 R-5 R-7");
  EXPECT_EQ(ids({{"custom.cost_centre.not", "C1"}}), "R-2 R-3 R-4 R-6 R-8 R-9");
  EXPECT_EQ(ids({{"custom.cost_centre.contains", "c0"}}), "R-2 R-4 R-8");
  EXPECT_EQ(ids({{"custom.budget.min", "7.5"}, {"custom.budget.max", "10"}}), "R-1 R-5");
  EXPECT_EQ(ids({{"custom.budget", "3"}}), "R-2");
  EXPECT_EQ(ids({{"custom.checked_on.max", "2026-01-02"}}), "R-1 R-2");
  EXPECT_EQ(ids({{"custom.outsourced", "yes"}}), "R-2 R-4 R-8");
  EXPECT_EQ(ids({{"custom.outsourced", "no"}}), "R-1 R-5 R-7");
  EXPECT_EQ(ids({{"custom.tier.empty", "true"}}), "R-3 R-6 R-9");
  EXPECT_EQ(ids({{"custom.tier", "Gold"}, {"custom.outsourced", "yes"}}), "R-2 R-4 R-8");
  EXPECT_EQ(ids({{"custom.sponsor", "P-1"}, {"id", "R-1"}}), "R-1");
  for (std::string limit : {"1", "2", "500"}) {
    EXPECT_EQ(ids({{"sort", "custom.budget"}, {"limit", limit}}), "R-3 R-6 R-9 R-2 R-4 R-5 R-1 R-7 R-8") << limit;
    EXPECT_EQ(ids({{"sort", "-custom.budget"}, {"limit", limit}}), "R-8 R-7 R-1 R-5 R-4 R-2 R-9 R-6 R-3") << limit;
    EXPECT_EQ(ids({{"sort", "custom.cost_centre"}, {"limit", limit}}), "R-3 R-6 R-9 R-2 R-4 R-8 R-1 R-5 R-7") << limit;
  }
  // Not in the list.
  EXPECT_FALSE(parse_list_query(risk(), {{"sort", "custom.tier"}}, {}, *must(workspace_->custom_fields())));
  EXPECT_FALSE(parse_list_query(risk(), {{"custom.colour", "red"}}, {}, *must(workspace_->custom_fields())));
  EXPECT_FALSE(parse_list_query(risk(), {{"custom.budget", "much"}}, {}, *must(workspace_->custom_fields())));
}

TEST_P(CustomFieldStore, ReferencesAreCheckedNamedAndFollowedBack) {
  define_all();
  add_person();
  Record dangling(risk());
  dangling.at("title") = std::string("x");
  dangling.set(field("custom.sponsor"), std::string("P-99"));
  auto refused = RegisterService(*workspace_).create(product(), dangling);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().find("custom.sponsor"), std::string::npos) << refused.error().text();
  add("R-1", {{"custom.sponsor", std::string("P-1")}});
  ListQuery query =
      must(parse_list_query(risk(), {{"columns", "title,custom.sponsor"}}, {}, *must(workspace_->custom_fields())));
  Page page = must(RegisterService(*workspace_).list(product(), query));
  EXPECT_EQ(page.rows.at(0).titles.at(1), "Anna Keller");
  bool found = false;
  for (const Referrers& group : must(must(workspace_->read())->referrers(*registers().find("person"), "P-1", 5))) {
    found |= group.field->name == "custom.sponsor" && group.records.size() == 1;
  }
  EXPECT_TRUE(found);
}

TEST_P(CustomFieldStore, WordsAreFoundAlsoFromBeforeTheDefinition) {
  define({.label = "Cost centre"});
  add_person();
  add("R-1", {{"custom.cost_centre", std::string("Weinheim zoo")}});
  auto hits = [&](std::string words) {
    SearchQuery query{words, {{&risk(), {}}}, nullptr, 10, false};
    return must(must(workspace_->read())->search(query)).hits.size();
  };
  EXPECT_EQ(hits("weinheim"), 1U);
  // What a bundle brought before anybody said what it is.
  Record early(risk());
  early.id = "R-2";
  early.at("title") = std::string("Early");
  early.custom = R"({"ticket":"OPS-4711"})";
  must(workspace_->write(
      product(), [&](Transaction& transaction) { return transaction.insert(early, ""); }, Strictness::lenient));
  EXPECT_EQ(hits("4711"), 0U);
  define({.name = "ticket", .label = "Ticket"});
  EXPECT_EQ(hits("4711"), 1U);
  EXPECT_EQ(ids({{"custom.ticket", "OPS-4711"}}), "R-2");
}

TEST_P(CustomFieldStore, AnotherWorkspaceHasNone) {
  define_all();
  auto other = make("two");
  EXPECT_TRUE(must(other->custom_fields())->empty());
  EXPECT_TRUE(must(CustomFieldService(*other).list(product())).empty());
  Record record(risk());
  record.at("title") = std::string("x");
  record.custom = R"({"cost_centre":"A1"})";
  auto refused = RegisterService(*other).create(product(), record);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.at(0).place, "custom.cost_centre");
}

TEST_P(CustomFieldStore, AnotherProcessSeesTheDefinitions) {
  auto second = again("one");
  EXPECT_TRUE(must(second->custom_fields())->empty());
  define({.label = "Cost centre"});
  const CustomFields* first = must(second->custom_fields());
  ASSERT_EQ(first->of(risk()).size(), 1U);
  EXPECT_EQ(must(second->custom_fields()), first);
  define({.label = "Budget", .kind = CustomKind::number});
  EXPECT_EQ(must(second->custom_fields())->of(risk()).size(), 2U);
  EXPECT_EQ(first->of(risk()).front()->text.label, "Cost centre");  // what was given out still holds
}

TEST_P(CustomFieldStore, SearchRanksTitlesFirstAndCountsByRegister) {
  add_person();
  add("R-1", {}, "Fire in the data centre");
  add("R-2", {}, "Water damage");
  add("R-3", {}, "Flood");
  RegisterService service(*workspace_);
  must(service.change(product(), risk(), "R-2", 0,
                      {{risk().find("threat"), std::string("Fire and water, fire again, fire")}}));
  auto search = [&](SearchQuery query) { return must(must(workspace_->read())->search(query)); };
  std::vector<SearchScope> all{{&risk(), {}}, {registers().find("person"), {}}};
  SearchResult fire = search({"fire", all, nullptr, 10, true});
  ASSERT_EQ(fire.hits.size(), 2U);
  EXPECT_EQ(fire.hits[0].id, "R-1");
  EXPECT_NE(fire.hits[1].body.find("water, fire again"), std::string::npos);
  ASSERT_EQ(fire.counts.size(), 1U);
  EXPECT_EQ(fire.counts[0].second, 2);
  EXPECT_EQ(search({"R-3", all, nullptr, 10, false}).hits.at(0).id, "R-3");
  EXPECT_TRUE(search({"fire", {{registers().find("person"), {}}}, nullptr, 10, false}).hits.empty());
  // Only what a scope lets through is found and counted.
  Filter own{risk().find("owner"), Comparison::is, {"P-2"}};
  SearchResult none = search({"fire", {{&risk(), own}}, nullptr, 10, false});
  EXPECT_TRUE(none.hits.empty());
  EXPECT_TRUE(none.counts.empty());
  own.values = {"P-1"};
  EXPECT_EQ(search({"fire", {{&risk(), own}}, nullptr, 1, false}).counts.at(0).second, 2);
  EXPECT_TRUE(search({"''", all, nullptr, 10, false}).hits.empty());
}

}  // namespace
}  // namespace assay
