// What every register gets from its definition, on each engine: storing and reading back, lists, filters, history,
// isolation.
#include "isms/registers.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "base/random.h"
#include "kernel/model/json.h"
#include "kernel/service/bundle_service.h"
#include "kernel/service/register_service.h"
#include "kernel/service/verify.h"
#include "store/place.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

const Bundle& example() {
  static const Bundle bundle = [] {
    auto text = read_file(fs::path(ASSAY_SOURCE_DIR) / "content/example/workspace.json", 64U << 20U);
    auto read = read_bundle(registers(), text ? *text : "");
    if (!read) throw std::runtime_error(read.error().text());
    return *read;
  }();
  return bundle;
}

class EachEngine : public ::testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(Engines, EachEngine, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

TEST(Registers, JsonAndTextRoundTrip) {
  std::set<const EntityDef*> seen;
  for (const Record& record : example().records) {
    seen.insert(record.def);
    Record again(*record.def);
    ASSERT_TRUE(read_json(again, boost::json::parse(to_json(record)).get_object()).empty()) << record.id;
    EXPECT_TRUE(changes(record, again).empty()) << record.def->name() << " " << record.id;
    EXPECT_EQ(canonical_json(record), canonical_json(again));
    for (std::size_t i = 0; i < record.values.size(); ++i) {
      const FieldDef& field = record.def->fields[i];
      auto parsed = parse_text(field, to_text(field, record.values[i]));
      ASSERT_TRUE(parsed) << record.def->name() << " " << record.id << " " << field.name << ": "
                          << parsed.error().text();
      Record cell(*record.def);
      cell.values[i] = *parsed;
      Record whole(*record.def);
      whole.values[i] = record.values[i];
      EXPECT_TRUE(changes(whole, cell).empty()) << record.def->name() << " " << record.id << " " << field.name;
    }
  }
  EXPECT_GE(seen.size(), 89U);
}

TEST_P(EachEngine, StoresAndReadsEveryRegister) {
  Place place(GetParam());
  auto workspace = place.make("one");
  ImportOutcome outcome = must(import_bundle(*workspace, Principal::product("test"), example(), {}));
  EXPECT_EQ(outcome.created, example().records.size());
  outcome = must(import_bundle(*workspace, Principal::product("test"), example(), {}));
  EXPECT_EQ(outcome.unchanged, example().records.size());
  auto reader = must(workspace->read());
  for (const Record& record : example().records) {
    Record stored = must(reader->read(*record.def, record.id));
    for (const FieldChange& change : changes(record, stored)) {
      ADD_FAILURE() << record.def->name() << " " << record.id << " " << change.field->name << ": "
                    << to_text(*change.field, change.after);
    }
    EXPECT_EQ(canonical_json(record), canonical_json(stored));
  }
  Verification clean = must(verify(*workspace));
  EXPECT_EQ(clean.records, static_cast<std::int64_t>(example().records.size()));
  EXPECT_TRUE(clean.damages.empty()) << clean.damages[0].place << " " << clean.damages[0].what;
}

TEST_P(EachEngine, AWorkspaceOfAnEarlierProgramGainsItsColumns) {
  Place place(GetParam());
  {
    auto workspace = place.make("older");
    must(import_bundle(*workspace, Principal::product("test"), example(), {}));
    auto connection = must(workspace->connect(false));
    ASSERT_TRUE(connection->script(
        "alter table treatment_action drop column cost; alter table risk_treatment_plan__approvals drop column seen"));
  }
  auto workspace = place.open("older");
  const EntityDef& plans = *registers().find("risk_treatment_plan");
  auto written = workspace->write(Principal::product("test"), [&](Transaction& transaction) -> Result<void> {
    TRY(Record before, transaction.read(plans, "RTP-2"));
    Record after = before;
    std::vector<EmbeddedRow> rows = rows_of(before.at("approvals"));
    rows.front().values.back() = std::string("Residual score: 8");
    after.at("approvals") = rows;
    return transaction.update(before, after, "");
  });
  ASSERT_TRUE(written) << written.error().text();
  auto reader = must(workspace->read());
  EXPECT_EQ(text_of(rows_of(must(reader->read(plans, "RTP-2")).at("approvals")).front().values.back()),
            "Residual score: 8");
  EXPECT_TRUE(must(verify(*workspace)).damages.empty());
}

// Paging by key through every sortable column gives each record exactly once, in both directions.
TEST_P(EachEngine, PagesThroughEverySort) {
  Place place(GetParam());
  auto workspace = place.make("one");
  must(import_bundle(*workspace, Principal::product("test"), example(), {}));
  auto reader = must(workspace->read());
  for (std::string_view name :
       {"risk", "treatment_action", "system", "evidence", "nonconformity", "vulnerability_finding"}) {
    const EntityDef& def = *registers().find(name);
    for (const FieldDef& field : def.fields) {
      if (!def.is_indexed(field)) continue;
      for (bool descending : {false, true}) {
        ListQuery query = default_query(def);
        query.sort = &field;
        query.descending = descending;
        query.limit = 7;
        std::set<Id> ids;
        std::size_t rows = 0;
        do {
          Page page = must(reader->list(query));
          rows += page.rows.size();
          for (const ListRow& row : page.rows) ids.insert(row.record.id);
          query.after = page.next;
        } while (!query.after.empty() && rows < 1000);
        std::int64_t total = must(reader->count(def));
        EXPECT_EQ(static_cast<std::int64_t>(rows), total) << name << " by " << field.name;
        EXPECT_EQ(ids.size(), rows) << name << " by " << field.name;
      }
    }
  }
}

// Whether one of many records is wanted is told without reading more than it takes, in more than one helping.
TEST_P(EachEngine, AnyRecordThatIsWanted) {
  Place place(GetParam());
  auto workspace = place.make("one");
  const EntityDef& evidence = *registers().find("evidence");
  constexpr int pieces = 200;
  auto written = workspace->write(
      Principal::product("test"),
      [&](Transaction& transaction) -> Result<void> {
        Record control(*registers().find("control"));
        control.id = "CTL-1";
        CHECK(transaction.insert(control, ""));
        for (int i = 0; i < pieces; ++i) {
          Record piece(evidence);
          piece.id = fmt::format("EV-{:03}", i);
          piece.at("controls") = std::vector<std::string>{"CTL-1"};
          piece.at("kind") = std::string("log");
          CHECK(transaction.insert(piece, ""));
        }
        return {};
      },
      Strictness::lenient);
  ASSERT_TRUE(written) << written.error().text();
  auto reader = must(workspace->read());
  for (std::string_view field : {"controls", "kind"}) {
    const std::string_view value = field == "kind" ? "log" : "CTL-1";
    for (int wanted : {0, 1, pieces / 2, pieces - 1, pieces}) {
      std::set<Id> looked_at;
      const Id id = fmt::format("EV-{:03}", wanted);
      const bool found = reader->any(evidence, field, value, [&](const Record& record) {
        EXPECT_TRUE(looked_at.insert(record.id).second) << "twice: " << record.id;
        return record.id == id;
      });
      EXPECT_EQ(found, wanted < pieces) << field << " " << id;
      EXPECT_EQ(looked_at.size(), static_cast<std::size_t>(wanted < pieces ? pieces - wanted : pieces))
          << "the newest first";
    }
    EXPECT_FALSE(reader->any(evidence, field, "another", [](const Record&) { return true; }));
  }
}

TEST_P(EachEngine, FiltersEveryField) {
  Place place(GetParam());
  auto workspace = place.make("one");
  must(import_bundle(*workspace, Principal::product("test"), example(), {}));
  auto reader = must(workspace->read());
  std::set<std::pair<const EntityDef*, const FieldDef*>> done;
  for (const Record& record : example().records) {
    for (std::size_t i = 0; i < record.values.size(); ++i) {
      const FieldDef& field = record.def->fields[i];
      bool askable = !is_empty(record.values[i]) && field.kind != Kind::json && field.kind != Kind::records &&
                     !field.text.multiline;
      if (!askable || !done.emplace(record.def, &field).second) continue;
      std::string value = field.is_list() ? list_of(record.values[i]).front() : to_text(field, record.values[i]);
      ListQuery query = must(parse_list_query(*record.def, {{std::string(field.name), value}, {"id", record.id}}));
      EXPECT_EQ(must(reader->list(query)).rows.size(), 1U)
          << record.def->name() << " " << record.id << " " << field.name << "=" << value;
    }
  }
  EXPECT_GT(done.size(), 500U);
  ListQuery words = must(parse_list_query(*registers().find("risk"), {{"q", "phish"}}));
  EXPECT_FALSE(must(reader->list(words)).rows.empty());
}

TEST_P(EachEngine, ASearchForAnIdBeginsWithThatRecord) {
  Place place(GetParam());
  auto workspace = place.make("first");
  must(import_bundle(*workspace, Principal::product("test"), example(), {}));
  auto reader = must(workspace->read());
  for (std::string_view id : {"R-024", "r-024", " R-024 "}) {
    SearchQuery query;
    query.words = id;
    query.limit = 5;
    for (const EntityDef* def : registers().all()) query.scopes.push_back({def, {}});
    auto hits = must(reader->search(query)).hits;  // others mention it, and their registers come first in the alphabet
    ASSERT_FALSE(hits.empty()) << id;
    EXPECT_EQ(hits.front().id, "R-024") << id;
  }
}

TEST_P(EachEngine, WorkspacesDoNotSeeEachOther) {
  Place place(GetParam());
  auto first = place.make("first");
  auto second = place.make("second");
  must(import_bundle(*first, Principal::product("test"), example(), {}));
  auto reader = must(second->read());
  for (const EntityDef* def : registers().all()) {
    EXPECT_EQ(must(reader->count(*def)), 0) << def->name();
    EXPECT_TRUE(must(reader->list(default_query(*def))).rows.empty()) << def->name();
    EXPECT_TRUE(must(reader->pick(*def, "", 10)).empty()) << def->name();
  }
  std::vector<SearchScope> everything;
  for (const EntityDef* def : registers().all()) everything.push_back({def, {}});
  EXPECT_TRUE(must(reader->search({"phishing", everything, nullptr, 10, false})).hits.empty());
  for (const Record& record : example().records) {
    EXPECT_FALSE(reader->read(*record.def, record.id)) << record.id;
    EXPECT_TRUE(must(reader->history(*record.def, record.id, 0, 5)).empty());
  }
}

TEST_P(EachEngine, ALostUpdateIsRefusedWithBothValues) {
  Place place(GetParam());
  auto workspace = place.make("one");
  RegisterService service(*workspace);
  const EntityDef& def = *registers().find("risk");
  Principal product = Principal::product("test");
  Record risk(def);
  risk.at("title") = std::string("Theft of a laptop");
  risk = must(service.create(product, risk));
  EXPECT_EQ(risk.id, "R-001");
  must(service.change(product, def, risk.id, 1, {{def.find("threat"), Value(std::string("theft"))}}, "first"));
  auto late = service.change(product, def, risk.id, 1, {{def.find("threat"), Value(std::string("fire"))}}, "second");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::conflict);
  ASSERT_EQ(late.error().problems.size(), 1U);
  EXPECT_NE(late.error().problems[0].message.find("theft"), std::string::npos);
  auto reader = must(workspace->read());
  auto history = must(reader->history(def, risk.id, 0, 10));
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].changes, R"({"threat":[null,"theft"]})");
  EXPECT_EQ(history[0].reason, "first");
}

TEST_P(EachEngine, NothingIsHalfStored) {
  Place place(GetParam());
  auto workspace = place.make("one");
  const EntityDef& def = *registers().find("risk");
  auto refused = workspace->write(Principal::product("test"), [&](Transaction& transaction) -> Result<void> {
    Record good(def);
    good.at("title") = std::string("Good");
    CHECK(transaction.insert(good, ""));
    Record bad(def);
    bad.at("title") = std::string("Bad");
    bad.at("owner") = std::string("P-NOBODY");
    return transaction.insert(bad, "");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems[0].place, "risk R-002 owner");
  EXPECT_EQ(refused.error().problems[0].value, "P-NOBODY");
  auto reader = must(workspace->read());
  EXPECT_EQ(must(reader->count(def)), 0);
  EXPECT_TRUE(must(verify(*workspace)).damages.empty());
}

// Each way of tampering behind the product's back is found, and the first damaged place is named.
TEST_P(EachEngine, VerifyNamesWhatWasAltered) {
  struct Tampering {
    std::string sql, place;
  };
  const Tampering ways[] = {
      {"update risk set title = 'Nothing' where id = 'R-007'", "risk R-007"},
      {"delete from risk where id = 'R-007'", "risk R-007"},
      {"insert into risk (id, revision, created_at, created_by, updated_at, updated_by, title) values ('R-X', 1, 'a', "
       "'b', 'c', 'd', 'Added')",
       "risk R-X"},
      {"update assay_ledger set actor_name = 'Somebody else' where seq = 17", "ledger entry 17"},
      {"delete from assay_ledger where seq = 17", "ledger entry 17"},
      {"delete from assay_ledger where seq = (select max(seq) from assay_ledger)", "ledger"},
      {"delete from risk__assets where record = 'R-001'", "risk R-001"},
  };
  for (const Tampering& way : ways) {
    SCOPED_TRACE(way.sql);
    Place place(GetParam());
    auto workspace = place.make("one");
    must(import_bundle(*workspace, Principal::product("test"), example(), {}));
    must(must(workspace->connect(false))->script(way.sql));
    Verification result = must(verify(*workspace));
    ASSERT_FALSE(result.damages.empty());
    EXPECT_EQ(result.damages.front().place, way.place) << result.damages.front().what;
  }
}

}  // namespace
}  // namespace assay
