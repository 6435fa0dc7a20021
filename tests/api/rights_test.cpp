// Every role at every register, through the service and through the REST API, on each engine: allowed and refused
// exactly as tests/golden/permissions.txt says. That file is read as data; the code that decides is not asked what it
// thinks.
#include <fmt/format.h>

#include <map>
#include <sstream>

#include "base/text.h"
#include "http/url.h"
#include "tests/api/fixture.h"

namespace assay::test {
namespace {

enum class Right { none, own, all };

// role -> register -> action -> how far.
using RightsTable = std::map<std::string, std::map<std::string, std::map<std::string, Right>>>;

RightsTable read_rights() {
  RightsTable table;
  std::vector<std::string> registers_of_block;
  std::istringstream lines(source_text("tests/golden/permissions.txt"));
  for (std::string text; std::getline(lines, text);) {
    std::istringstream words(text);
    std::string word;
    if (text.starts_with("# class")) {
      registers_of_block.clear();
      words >> word >> word >> word;  // "# class 0:"
      while (words >> word) registers_of_block.push_back(word);
      continue;
    }
    std::string role;
    if (!(words >> role)) continue;
    Right right = Right::all;
    while (words >> word) {
      if (word.ends_with(';')) word.pop_back();
      if (word == "own:") right = Right::own;
      else if (word != "-")
        for (const std::string& name : registers_of_block) table[role][name][word] = right;
    }
  }
  return table;
}

// Who may be asked for by the test: the person P-002 of the example, of whom it holds a lot.
constexpr std::string_view person_id = "P-002";

bool is_theirs(const Record& record) {
  std::string_view holder = record.def->text.holder;
  return !holder.empty() && record.text(holder) == person_id;
}

bool is_named_in(const Step& step, const Record& record) {
  return !step.who.holder.empty() && (step.who.or_superior || record.text(step.who.holder) == person_id);
}

bool is_forbidden(const Result<Record>& result) { return !result && result.error().kind == ErrorKind::forbidden; }

// Beyond the table: issued records do not change, and what nobody may do whatever the roles (docs/security.md).
bool is_refused_for_all(const Error& error) {
  return error.rule == "C7.5.3-01" || error.who_may == "somebody else" || error.who_may == "nobody";
}

class Rights : public ::testing::TestWithParam<Engine> {
 protected:
  static void SetUpTestSuite() { table_ = read_rights(); }

  Right right(std::string_view role, const EntityDef& def, std::string_view action) const {
    auto& actions = table_[std::string(role)][std::string(def.name())];
    auto found = actions.find(std::string(action));
    return found == actions.end() ? Right::none : found->second;
  }
  bool allowed(std::string_view role, const EntityDef& def, std::string_view action, const Record& record) const {
    Right how = right(role, def, action);
    return how == Right::all || (how == Right::own && is_theirs(record));
  }

  // Of each register one record of the person's and one of somebody else's, as far as there are any.
  static std::vector<Record> samples(const EntityDef& def) {
    std::vector<Record> out;
    for (bool theirs : {true, false}) {
      for (const Record& record : example_bundle().records) {
        if (record.def != &def || is_theirs(record) != theirs) continue;
        out.push_back(record);
        break;
      }
    }
    return out;
  }

  static inline RightsTable table_;
};

INSTANTIATE_TEST_SUITE_P(Engines, Rights, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

TEST_P(Rights, AreThoseOfTheTableAtEveryRegister) {
  ASSERT_EQ(table_.size(), choices_of<Role>.size());
  Site& site = shared_site(GetParam());
  Tenant& tenant = site.full();
  const RegisterService& service = tenant.registers;
  std::size_t changed = 0, created = 0, refused = 0;
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
    std::string role(choices_of<Role>[i].name);
    Role as = static_cast<Role>(i);
    bool machine = as == Role::collector;
    // The pages ask the same service; on one engine they show that they do.
    bool asks_pages = !machine && GetParam() == Engine::sqlite;
    // A machine's token acts for no person; the service is asked with the same principal as the API.
    Person person = site.enrol(tenant, role, {as}, machine ? Id() : Id(person_id),
                               machine                     ? TokenScope::collector
                               : as == Role::administrator ? TokenScope::admin
                                                           : TokenScope::write);
    const Principal& who = person.principal;
    for (const EntityDef* def : registers().all()) {
      SCOPED_TRACE(fmt::format("{} at {}", role, def->name()));
      std::string url = "/api/v1/" + std::string(def->name());
      std::vector<Record> records = samples(*def);
      ListQuery query = default_query(*def);

      // Seeing the list: whole, one's own, or nothing.
      Right see = right(role, *def, "see");
      auto page = service.list(who, query);
      int status = site.api(person, "GET", url).status;
      if (see == Right::none) {
        EXPECT_FALSE(page);
        EXPECT_EQ(status, 403);
      } else if (see == Right::all) {
        ASSERT_TRUE(page) << page.error().text();
        EXPECT_EQ(page->total, must(must(tenant.workspace->read())->count(*def)));
        EXPECT_EQ(status, 200);
      } else if (page) {
        EXPECT_EQ(status, 200);
        for (const ListRow& row : page->rows)
          EXPECT_TRUE(is_theirs(must(must(tenant.workspace->read())->read(*def, row.record.id)))) << row.record.id;
      }

      // Exporting follows its own column and shows no more than the list.
      Right take = right(role, *def, "export");
      std::size_t taken = 0;
      auto exported = service.each(who, query, [&](const Record& record) -> Result<void> {
        ++taken;
        EXPECT_TRUE(take == Right::all || is_theirs(record)) << record.id;
        return {};
      });
      if (take == Right::none) {
        EXPECT_FALSE(exported);
      }
      if (take == Right::all) {
        EXPECT_TRUE(exported);
        EXPECT_EQ(static_cast<std::int64_t>(taken), must(must(tenant.workspace->read())->count(*def)));
      }
      if (asks_pages && take != Right::own) {
        Response file = site.page(person, "GET", "/r/" + std::string(def->name()) + "/export?format=csv");
        EXPECT_EQ(file.status, take == Right::all ? 200 : 403);
      }

      // Creating. Nothing is filled in, so whoever may is told what is missing.
      auto made = service.create(who, Record(*def));
      status = site.api(person, "POST", url, "{}").status;
      if (right(role, *def, "create") == Right::none) {
        EXPECT_TRUE(is_forbidden(made));
        EXPECT_EQ(status, 403);
        ++refused;
      } else if (made || !is_refused_for_all(made.error())) {
        EXPECT_FALSE(is_forbidden(made)) << made.error().text();
        EXPECT_TRUE(status == 201 || status == 422) << status;
        ++created;
      }

      for (const Record& record : records) {
        SCOPED_TRACE(record.id);
        std::string address = url + "/" + percent_encode(record.id);
        bool sees = allowed(role, *def, "see", record);
        auto read = service.read(who, *def, record.id);
        EXPECT_EQ(read.has_value(), sees);
        EXPECT_EQ(service.history(who, *def, record.id, 0, 5).has_value(), sees);
        EXPECT_EQ(site.api(person, "GET", address).status, sees ? 200 : 403);
        EXPECT_EQ(site.api(person, "GET", address + "/history").status, sees ? 200 : 403);
        EXPECT_EQ(site.api(person, "GET", address + "/steps").status, sees ? 200 : 403);
        if (asks_pages) {
          EXPECT_EQ(site.page(person, "GET", "/r/" + std::string(def->name()) + "/" + percent_encode(record.id)).status,
                    sees ? 200 : 403);
        }

        auto change = service.change(who, *def, record.id, 0, {});
        status = site.api(person, "PATCH", address, "{}", "*").status;
        if (!allowed(role, *def, "change", record)) {
          EXPECT_TRUE(is_forbidden(change));
          EXPECT_EQ(status, 403);
          ++refused;
        } else if (change || !is_refused_for_all(change.error())) {
          EXPECT_TRUE(change) << change.error().text();
          EXPECT_EQ(status, 200);
          ++changed;
        }

        // Nothing is ever deleted: it is ended by a step.
        EXPECT_EQ(site.api(person, "DELETE", address).status, 405);

        Bundle bundle;
        bundle.records.push_back(record);
        auto import = import_bundle(*tenant.workspace, who, bundle, {.dry_run = true, .strict = false, .also = {}});
        EXPECT_EQ(import.has_value(), right(role, *def, "import") == Right::all)
            << (import ? "" : import.error().text());

        if (!def->lifecycle) continue;
        Record stored = must(must(tenant.workspace->read())->read(*def, record.id));
        for (const Step& step : def->lifecycle->steps) {
          if (allowed(role, *def, "step", record) || is_named_in(step, record)) continue;
          auto taken_step = service.take_step(who, *def, record.id, 0, step.name, {}, "because");
          // From another state there is no such step for anybody.
          bool elsewhere = !taken_step && taken_step.error().kind == ErrorKind::conflict;
          EXPECT_TRUE(is_forbidden(taken_step) || elsewhere)
              << step.name << (taken_step ? " was taken" : " " + taken_step.error().text());
        }
      }
    }
    // One person, one account: the next role is the same person's.
    must(tenant.accounts.change(Principal::product("test"), who.account, {.person = Id()}, "test"));
  }
  EXPECT_GT(changed, 250U);
  EXPECT_GT(created, 200U);
  EXPECT_GT(refused, 1000U);
}

// Many at once is no way around what one by one is refused: states, signatures, other people's fields.
TEST_P(Rights, BulkChangesAreChangesLikeAnyOther) {
  Site& site = shared_site(GetParam());
  Tenant& tenant = site.full();
  Person owner = site.enrol(tenant, "owner", {Role::isms_owner}, "P-006");
  auto bulk = [&](const Person& who, std::string_view name, const std::string& item) {
    Response response = site.api(who, "POST", fmt::format("/api/v1/{}/bulk", name), "{\"items\":[" + item + "]}");
    return fmt::format("{} {}", response.status, response.body);
  };
  std::string made = bulk(owner, "risk", R"({"id":"R-NEW","title":"Fire"})");
  EXPECT_TRUE(made.starts_with("200")) << made;
  EXPECT_EQ(must(must(tenant.workspace->read())->read(*registers().find("risk"), "R-NEW")).state(), "draft")
      << "it begins like any other";
  std::string grown = bulk(owner, "risk", R"({"id":"R-OTHER","title":"Fire","status":"accepted"})");
  EXPECT_TRUE(grown.starts_with("422")) << grown;
  EXPECT_NE(grown.find("items[0].status"), std::string::npos) << grown;
  std::string stepped = bulk(owner, "risk", R"({"id":"R-NEW","status":"assessed"})");
  EXPECT_TRUE(stepped.starts_with("422")) << stepped;
  EXPECT_NE(stepped.find("taking a step"), std::string::npos) << stepped;
  std::string derived = bulk(owner, "risk", R"({"id":"R-NEW","residual_score":1})");
  EXPECT_TRUE(derived.starts_with("422")) << derived;
  std::string good = bulk(owner, "risk", R"({"id":"R-NEW","title":"Fire in the office"})");
  EXPECT_NE(good.find("\"changed\":[\"R-NEW\"]"), std::string::npos) << good;
}

// When somebody is away is between them and those who keep the register, whichever way it is asked for.
TEST_P(Rights, PrivateFieldsAreShownToNobodyElse) {
  Site& site = shared_site(GetParam());
  Tenant& tenant = site.full();
  const EntityDef& def = *registers().find("person");
  auto add = [&](const Id& id) {
    Record record(def);
    record.id = id;
    record.at("name") = "Person " + id;
    record.at("leave_from") = std::string("2026-03-07");
    must(tenant.workspace->write(
        Principal::product("test"), [&](Transaction& t) { return t.insert(record, ""); }, Strictness::lenient));
  };
  add("PP-1");
  add("PP-2");
  Person colleague = site.enrol(tenant, "colleague", {Role::employee}, "PP-2");
  Person keeper = site.enrol(tenant, "keeper", {Role::isms_owner});
  constexpr std::string_view secret = "2026-03-07";
  auto tells = [&](const Person& person, const std::string& url) {
    EXPECT_EQ(site.api(person, "GET", url).status, 200) << url;
    return site.api(person, "GET", url).body.find(secret) != std::string::npos;
  };
  for (std::string url : {"/api/v1/person/PP-1", "/api/v1/person/PP-1/history"}) {
    EXPECT_TRUE(tells(keeper, url)) << url;
    EXPECT_FALSE(tells(colleague, url)) << url;
  }
  EXPECT_TRUE(tells(colleague, "/api/v1/person/PP-2")) << "one's own";
  std::string list = site.api(colleague, "GET", "/api/v1/person?limit=500").body;
  EXPECT_EQ(list.find(secret), list.rfind(secret)) << "one's own alone: " << list;
  for (std::string query : {"?leave_from=2026-03-07", "?leave_from.min=2026-03-07", "?leave_from.empty=false"}) {
    EXPECT_EQ(site.api(colleague, "GET", "/api/v1/person" + query).status, 403) << query;
    EXPECT_EQ(site.api(keeper, "GET", "/api/v1/person" + query).status, 200) << query;
  }
  for (std::string page :
       {"/r/person/PP-1", "/r/person/PP-1/history", "/r/person", "/r/person?columns=name,leave_from"}) {
    std::string body = site.page(colleague, "GET", page).body;
    std::size_t own = page.find("PP-1") == std::string::npos ? body.find("PP-2") : std::string::npos;
    std::size_t at = body.find(secret);
    EXPECT_TRUE(at == std::string::npos || own != std::string::npos) << page;
  }
  Response csv = site.page(colleague, "GET", "/r/person/export?format=csv");
  EXPECT_EQ(csv.status, 200);
}

}  // namespace
}  // namespace assay::test
