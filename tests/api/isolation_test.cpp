// No record crosses workspaces: at every register, by every way in, on each engine.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "http/url.h"
#include "kernel/evidence/attachments.h"
#include "kernel/exchange/sniff.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/comments.h"
#include "kernel/service/saved_views.h"
#include "tests/api/fixture.h"

namespace assay::test {
namespace {

const Roles every_right{Role::administrator, Role::isms_owner, Role::risk_owner, Role::control_owner,
                        Role::action_owner};

class Isolation : public ::testing::TestWithParam<Engine> {};

INSTANTIATE_TEST_SUITE_P(Engines, Isolation, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

// The first record of each register of the example.
std::vector<const Record*> one_of_each() {
  std::vector<const Record*> out;
  for (const Record& record : example_bundle().records) {
    bool seen = std::any_of(out.begin(), out.end(), [&](const Record* other) { return other->def == record.def; });
    if (!seen) out.push_back(&record);
  }
  return out;
}

TEST_P(Isolation, NothingOfAnotherOrganisationIsReachable) {
  Site& site = shared_site(GetParam());
  Person outsider = site.enrol(site.empty(), "visitor", every_right);
  Person insider = site.enrol(site.full(), "zebrakeeper", every_right);
  const RegisterService& service = site.empty().registers;
  const std::string everything = [&] {
    std::string out;
    must(export_bundle(*must(site.empty().workspace->read()), [&](std::string_view chunk) -> Result<void> {
      out += chunk;
      return {};
    }));
    return out;
  }();
  std::size_t seen = 0;
  for (const Record* record : one_of_each()) {
    const EntityDef& def = *record->def;
    SCOPED_TRACE(fmt::format("{} {}", def.name(), record->id));
    std::string name(def.name());
    std::string id = percent_encode(record->id);
    std::string url = "/api/v1/" + name;

    ASSERT_EQ(site.api(insider, "GET", url + "/" + id).status, 200);
    for (const ListRow& row : must(service.list(outsider.principal, default_query(def))).rows)
      EXPECT_NE(row.record.id, record->id);
    auto error = service.read(outsider.principal, def, record->id);
    ASSERT_FALSE(error);
    EXPECT_EQ(error.error().kind, ErrorKind::not_found);

    EXPECT_EQ(site.api(outsider, "GET", url + "?limit=500").body.find("\"id\":\"" + record->id + "\""),
              std::string::npos);
    for (std::string_view rest : {"", "/history", "/steps"})
      EXPECT_EQ(site.api(outsider, "GET", url + "/" + id + std::string(rest)).status, 404) << rest;
    EXPECT_EQ(site.api(outsider, "PATCH", url + "/" + id, "{}", "*").status, 404);
    EXPECT_EQ(site.api(outsider, "POST", url + "/" + id + "/steps/any", "{}").status, 404);
    EXPECT_EQ(site.page(outsider, "GET", "/r/" + name + "/" + id).status, 404);
    EXPECT_EQ(site.page(outsider, "GET", "/r/" + name + "/" + id + "/edit").status, 404);
    EXPECT_EQ(site.page(outsider, "GET", "/r/" + name + "/" + id + "/history").status, 404);
    EXPECT_EQ(site.page(outsider, "POST", "/r/" + name + "/" + id + "/comments", "body=hello").status, 404);
    // A record made here takes the id afresh and leaves the other one alone.
    EXPECT_EQ(everything.find("\"" + record->id + "\""), std::string::npos);

    std::string title(record->title());
    if (title.size() > 6) {
      std::string asked = percent_encode(title);
      for (std::string page : {"/search?q=" + asked, "/palette?q=" + asked, "/pick/" + name + "?q=" + asked}) {
        EXPECT_EQ(site.page(outsider, "GET", page).body.find("/" + name + "/" + id + "\""), std::string::npos) << page;
      }
    }
    Response csv = site.page(outsider, "GET", "/r/" + name + "/export?format=csv");
    EXPECT_EQ(csv.body.find(record->id), std::string::npos);
    ++seen;
  }
  EXPECT_GE(seen, 89U);
}

TEST_P(Isolation, NoReferenceLeadsIntoAnotherOrganisation) {
  Site& site = shared_site(GetParam());
  std::size_t tried = 0;
  for (const EntityDef* def : registers().all()) {
    for (const FieldDef& field : def->fields) {
      if (field.kind != Kind::reference && field.kind != Kind::references) continue;
      auto target = std::ranges::find_if(example_bundle().records,
                                         [&](const Record& record) { return record.def == &field.target(); });
      if (target == example_bundle().records.end()) continue;
      SCOPED_TRACE(fmt::format("{} {} -> {}", def->name(), field.name, target->id));
      Record record(*def);
      record.id = "X-1";
      record.at(field.name) =
          field.kind == Kind::reference ? Value(target->id) : Value(std::vector<std::string>{target->id});
      auto stored = site.empty().workspace->write(
          Principal::product("test"), [&](Transaction& transaction) { return transaction.insert(record, ""); },
          Strictness::lenient);
      EXPECT_FALSE(stored);
      if (!stored) {
        EXPECT_NE(stored.error().text().find(target->id), std::string::npos) << stored.error().text();
      }
      ++tried;
    }
  }
  EXPECT_GT(tried, 150U);
}

TEST_P(Isolation, FilesCommentsViewsLedgerAndSessionsStayInside) {
  Site& site = shared_site(GetParam());
  Person outsider = site.enrol(site.empty(), "stranger", every_right);
  Person insider = site.enrol(site.full(), "zebrafriend", every_right);
  Tenant& full = site.full();
  const EntityDef& risk = *registers().find("risk");
  Record record(risk);
  record.id = "ZZ-1";
  record.at("title") = std::string("Zebra crossing");
  record = must(full.registers.create(insider.principal, record));
  // The same id on the other side, so that a mix-up would show.
  Record twin(risk);
  twin.id = "ZZ-1";
  twin.at("title") = std::string("Ordinary");
  must(site.empty().registers.create(outsider.principal, twin));

  must(write_file_durably(site.folder() / "zebra.txt", "zebra file"));
  Attachments attachments(*full.workspace, full.blobs);
  auto files = must(attachments.store({{"zebra.txt", site.folder() / "zebra.txt"}}, sniff_media_type));
  auto attached = must(attachments.attach(insider.principal, risk, "ZZ-1", files,
                                          [](const Transaction&, const Record&) -> Result<void> { return {}; }));
  must(add_comment(*full.workspace, insider.principal, record, "zebra comment"));
  must(SavedViews(*full.workspace).save(insider.principal, risk, "zebra view", "q=zebra"));

  EXPECT_EQ(site.page(insider, "GET", "/files/" + attached[0].id).status, 200);
  for (std::string rest : {"", "/view"})
    EXPECT_EQ(site.page(outsider, "GET", "/files/" + attached[0].id + rest).status, 404);
  std::string sequence = std::to_string(must(full.registers.history(insider.principal, risk, "ZZ-1", 0, 1))[0].seq);
  for (std::string page :
       {std::string("/"), std::string("/r/risk"), std::string("/r/risk/ZZ-1"), std::string("/r/risk/ZZ-1/history"),
        std::string("/search?q=zebra"), std::string("/palette?q=zebra"), std::string("/ledger"), "/ledger/" + sequence,
        std::string("/ledger/checkpoint.txt"), std::string("/r/risk/export?format=csv"), std::string("/findings"),
        std::string("/accounts"), std::string("/account")}) {
    Response response = site.page(outsider, "GET", page);
    std::string body = lower(response.body);
    // What was searched for is repeated in the search field.
    if (page.find("zebra") != std::string::npos)
      body = replace_all(replace_all(body, "value=\"zebra\"", ""), "“zebra”", "");
    EXPECT_EQ(body.find("zebra crossing"), std::string::npos) << page;
    EXPECT_EQ(body.find("zebra comment"), std::string::npos) << page;
    EXPECT_EQ(body.find("zebra view"), std::string::npos) << page;
    EXPECT_EQ(body.find("zebrafriend"), std::string::npos) << page;
  }

  // A key of one organisation opens nothing of the other, also when it is relabelled.
  Person thief = outsider;
  thief.token = replace_all(outsider.token, "site_empty", "site_full");
  thief.cookie = replace_all(outsider.cookie, "site_empty", "site_full");
  EXPECT_EQ(site.api(thief, "GET", "/api/v1/risk").status, 401);
  EXPECT_EQ(site.page(thief, "GET", "/r/risk").status, 303);
  EXPECT_FALSE(full.tokens.authenticate(outsider.token, site.now()));
}

}  // namespace
}  // namespace assay::test
