// The pages of the verdict: what stands in the way, in which order, what its findings offer to do, what is coming and
// what closed.
#include <fmt/format.h>

#include <deque>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "tests/web/desk.h"
#include "web/page.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

// A rule and the rows that it gives. An id that begins with A would be silent: no control is applicable here.
struct Said {
  std::string id, ref, finding_class, rows;
};

std::string row(std::string_view kind, std::string_view subject) {
  return fmt::format("select '{}' as kind, '{}' as subject, 'Seen.' as detail", kind, subject);
}

RuleSet rules_that_say(const std::vector<Said>& said) {
  std::deque<std::string> names, texts;
  std::vector<SourceFile> files;
  auto add = [&](std::string name, std::string text) {
    files.push_back({names.emplace_back(std::move(name)), texts.emplace_back(std::move(text))});
  };
  add("views/applicable_control.sql", "select r.id as ref from risk r where r.id = ''");
  add("views/honestly_planned.sql", "select r.id as ref, r.id as control from risk r where r.id = ''");
  for (const Said& rule : said) {
    add(rule.id + ".sql",
        fmt::format("-- id: {0}\n-- title: Title of {0}\n-- ref: {1}\n-- stages: stage1\n-- class: {2}\n"
                    "-- subject: risk\n-- why: It is so.\n-- fix: Do it.\n{3}\n",
                    rule.id, rule.ref, rule.finding_class, rule.rows));
  }
  RuleSet rules = RuleSet::load(files);
  EXPECT_TRUE(rules.problems.empty()) << rules.problems.front().place << " " << rules.problems.front().message;
  return rules;
}

template <class File>
struct Sources {
  std::deque<std::string> names, texts;
  std::vector<File> files;
  explicit Sources(const std::filesystem::path& root) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || extension == ".json" || extension == ".txt") continue;
      files.push_back({names.emplace_back(std::filesystem::relative(entry.path(), root).generic_string()),
                       texts.emplace_back(read_file(entry.path(), 1U << 22U).value())});
    }
  }
};

RuleSet product_rules() {
  static const Sources<SourceFile> sources(std::filesystem::path(ASSAY_SOURCE_DIR) / "rules");
  return RuleSet::load(sources.files);
}

struct ReadinessDesk : Desk {
  explicit ReadinessDesk(RuleSet of_desk) : Desk(std::move(of_desk)) {
    set_up();
    become("owner", {Role::isms_owner});
  }
  void put(std::string_view kind, std::string_view id, const std::map<std::string, std::string>& fields) {
    auto stored = tenant().workspace->write(
        Principal::product("test"),
        [&](Transaction& transaction) -> Result<void> {
          Record record(*registers().find(kind));
          record.id = id;
          for (const auto& [name, value] : fields) record.at(name) = value;
          return transaction.insert(record, "");
        },
        Strictness::lenient);
    ASSERT_TRUE(stored.has_value()) << stored.error().text();
  }
  // The list of what to do first, one line of text a blocker.
  std::string first() {
    std::string body = get("/readiness?stage=stage1").body;
    std::size_t begin = body.find("id=\"first\""), end = body.find("</section>", begin);
    EXPECT_NE(begin, std::string::npos) << body.substr(0, 2000);
    return body.substr(begin, end - begin);
  }
};

// Whether the texts stand in the page one after the other.
void expect_in_order(const std::string& page, const std::vector<std::string>& texts) {
  std::size_t from = 0;
  for (const std::string& text : texts) {
    std::size_t found = page.find(text, from);
    EXPECT_NE(found, std::string::npos) << text << " is missing, or stands too early, in " << page;
    if (found != std::string::npos) from = found;
  }
}

bool has(const std::string& page, std::string_view text) { return page.find(text) != std::string::npos; }

TEST(ReadinessPage, ListsAMajorMadeOfMinors) {
  ReadinessDesk desk(rules_that_say({{"C6.2-91", "6.2", "minor",
                                      "select 'risk' as kind, r.id as subject, 'x' as detail "
                                      "from risk r"}}));
  desk.fill(4);
  EXPECT_TRUE(holds(desk.get("/readiness?stage=stage1"), "1 major stands in the way"));
  std::string first = desk.first();
  EXPECT_TRUE(has(first, "mend some of the 4 open minors under clause 6")) << first;
  EXPECT_TRUE(has(first, "href=\"/findings?clause=6&amp;class=minor&amp;stage=stage1\"")) << first;
  EXPECT_TRUE(has(first, "4 records to mend")) << first;
}

TEST(ReadinessPage, TellsHowManyFindingsItDoesNotShow) {
  ReadinessDesk desk(rules_that_say({{"B6.1-91", "4.1", "major", row("screening_record", "S-1")},
                                     {"C5.1-91", "5.1", "major", row("organisation", "ORG")}}));
  desk.become("control", {Role::control_owner});
  EXPECT_TRUE(holds(desk.get("/readiness?stage=stage1"), "2 majors stand in the way"));
  std::string first = desk.first();
  EXPECT_TRUE(has(first, "And 1 major about records that you may not see.")) << first;
  EXPECT_FALSE(has(first, "Title of B6.1-91")) << first;
}

TEST(ReadinessPage, KnowsTrueDeadlinesOnly) {
  ReadinessDesk desk(rules_that_say({{"C5.1-91", "5.1", "major", row("organisation", "ORG")},
                                     {"C6.1-91", "6.1.2", "minor", row("risk", "R-1")},
                                     {"C8.1-91", "10.2", "minor", row("nonconformity", "N-1")},
                                     {"C8.1-92", "10.2", "minor", row("nonconformity", "N-2")},
                                     {"C8.1-93", "10.2", "minor", row("nonconformity", "N-3")}}));
  desk.put("risk", "R-1", {{"title", "Fire"}, {"status", "assessed"}, {"next_review_on", "2026-06-09"}});
  desk.put("nonconformity", "N-1", {{"status", "open"}, {"closure_due_on", "2026-06-20"}});
  desk.put("nonconformity", "N-2", {{"status", "closed"}, {"closure_due_on", "2026-06-10"}});
  desk.put("nonconformity", "N-3", {{"status", "open"}, {"closure_due_on", "2026-09-20"}});
  std::string first = desk.first();
  expect_in_order(first, {"Title of C5.1-91", "Title of C8.1-91", "due 2026-06-20", "Title of C8.1-93",
                          "due 2026-09-20", "Title of C6.1-91"});
  for (std::string_view day : {"2026-06-09", "2026-06-10"}) EXPECT_FALSE(has(first, day)) << first;
  // By the day of the audit everything has to be mended anyhow.
  desk.put("audit", "A-1", {{"kind", "stage1"}, {"status", "planned"}, {"planned_start", "2026-08-11"}});
  first = desk.first();
  EXPECT_TRUE(has(first, "due 2026-06-20")) << first;
  EXPECT_FALSE(has(first, "2026-09-20")) << first;
}

TEST(ReadinessPage, PutsFirstWhatTouchesMore) {
  ReadinessDesk desk(rules_that_say({{"C6.1-91", "6.1.2", "minor", row("risk", "R-100000")},
                                     {"C6.1-92", "6.1.2", "minor", row("risk", "R-100001")},
                                     {"C6.1-93", "6.1.2", "observation", row("risk", "R-100001")},
                                     {"C6.1-94", "6.1.2", "observation", row("risk", "R-100001")}}));
  desk.fill(2);
  std::string first = desk.first();
  expect_in_order(first, {"Title of C6.1-92", "1 record to mend, mending R-100001 touches 3 findings",
                          "1 record to mend", "Title of C6.1-91"});
}

TEST(ReadinessPage, CallsARecordOnlyWhatIsOne) {
  ReadinessDesk desk(rules_that_say({{"B5.1-91", "5.1", "minor", row("policy topic", "backup")},
                                     {"C6.1-91", "6.1.2", "minor", row("threat_category", "T-NONE")},
                                     {"C6.1-92", "6.1.2", "minor", row("risk", "R-100000")}}));
  desk.fill(1);
  std::string first = desk.first();
  expect_in_order(first, {"1 record to mend"});
  std::size_t points = 0;
  for (std::size_t at = first.find("1 point to settle"); at != std::string::npos;
       at = first.find("1 point to settle", at + 1))
    ++points;
  EXPECT_EQ(points, 2U) << first;
}

TEST(ReadinessPage, BeginsWhereTheWorkBegins) {
  ReadinessDesk desk(rules_that_say({{"B5.24-91", "A.5.24", "minor", row("organisation", "ORG")},
                                     {"C10.1-91", "10.1", "minor", row("organisation", "ORG")},
                                     {"C4.3-91", "4.3", "minor", row("scope_statement", "SC-1")},
                                     {"C6.1-91", "6.1.1", "minor", row("organisation", "ORG")},
                                     {"C9.1-91", "4.2", "minor", row("metric", "M-1")},
                                     {"CERT-91", "IAF MD 1", "minor", row("organisation", "ORG")},
                                     {"X4.2-91", "4.2", "minor", row("organisation", "ORG")}}));
  expect_in_order(desk.first(), {"Title of C4.3-91", "Title of X4.2-91", "Title of C6.1-91", "Title of C9.1-91",
                                 "Title of C10.1-91", "Title of B5.24-91", "Title of CERT-91"});
}

// In an empty workspace each of these asks for something that the organisation lacks.
TEST(FindingItem, OffersWhereTheWorkBegins) {
  static const Sources<ContentFile> content(std::filesystem::path(ASSAY_SOURCE_DIR) / "content");
  ReadinessDesk desk(product_rules());
  desk.library = Library::load(content.files).value();
  desk.put("organisation", "ORG", {{"name", "Example"}});
  struct Expected {
    std::string rule;
    std::vector<std::string> offered;
  };
  const Expected all[] = {{"C5.2-01", {"/r/document/new"}},
                          {"GAP-01", {"/r/gap_assessment/new"}},
                          {"C6.1.1-01", {"/r/context_issue/new", "/r/improvement_item/new"}},
                          {"A5.24-01", {"/r/document/new", "/r/role_assignment/new", "/r/incident/new"}},
                          {"A5.1-01", {"/r/document/new"}},
                          {"C4.2-01", {"/r/interested_party/new"}}};
  for (const Expected& expected : all) {
    std::string page = desk.get("/findings?rule=" + expected.rule).body;
    std::vector<std::string> offered;
    for (const EntityDef* def : registers().all()) {
      if (has(page, "class=\"btn btn-sm\" href=\"" + new_url(*def) + "\"")) offered.push_back(new_url(*def));
    }
    EXPECT_EQ(std::set(offered.begin(), offered.end()), std::set(expected.offered.begin(), expected.offered.end()))
        << expected.rule;
  }
}

// No register of theirs is read by the rule: what the clause asks for is told instead.
TEST(FindingItem, LeadsToTheGuidanceWhereNothingFits) {
  static const Sources<ContentFile> content(std::filesystem::path(ASSAY_SOURCE_DIR) / "content");
  ReadinessDesk desk(rules_that_say({{"C7.1-91", "7.1", "minor", row("organisation", "ORG")},
                                     {"B5.1-91", "A.5.1", "minor", row("organisation", "ORG")}}));
  desk.library = Library::load(content.files).value();
  EXPECT_TRUE(holds(desk.get("/findings?rule=C7.1-91"), "class=\"btn btn-sm\" href=\"/library/clause/7.1\""));
  Response policies = desk.get("/findings?rule=B5.1-91");
  EXPECT_TRUE(holds(policies, "class=\"btn btn-sm\" href=\"/library/control/5.1\""));
  EXPECT_FALSE(holds(policies, "acknowledgement"));
}

TEST(ForecastPage, IsWorkedOutBesideTheRequestAndTellsTheKindOfTurn) {
  ReadinessDesk desk(
      rules_that_say({{"C4.1-01", "4.1", "minor",
                       "select 'risk' as kind, 'R-9' as subject, 'Seen.' as detail, case when as_of() >= '2026-06-20' "
                       "then 'major' end as class "
                       "where as_of() >= '2026-06-05'"},
                      {"C4.1-02", "4.1", "minor", row("risk", "R-8") + " where as_of() < '2026-06-09'"}}));
  Response page = desk.get("/forecast");
  for (int i = 0; i < 200 && page.status == 202; ++i) {
    EXPECT_TRUE(holds(page, "id=\"forecast-progress\""));
    page = desk.get("/forecast");
  }
  ASSERT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page, "1 finding opens within 90 days; the first turn is on 2026-06-05."));
  EXPECT_TRUE(holds(page, "From minor to major: "));
  EXPECT_TRUE(holds(page, "Ends by itself: "));
  for (const char* days : {"0", "184", "soon", "-1"})
    EXPECT_EQ(desk.get(std::string("/forecast?days=") + days).status, 422) << days;
}

TEST(ClosedFindingsPage, ListsWhatTheDataNoLongerShows) {
  ReadinessDesk desk(rules_that_say(
      {{"C4.1-01", "4.1", "minor",
        "select 'risk' as kind, r.id as subject, 'No owner.' as detail from risk r where r.owner is null"}}));
  auto look = [&] {
    auto verdict = desk.tenant().auditor.today();
    auto dependencies = desk.tenant().auditor.dependencies();
    ASSERT_TRUE(verdict && dependencies);
    ASSERT_TRUE(desk.tenant().findings.record(**verdict, **dependencies));
  };
  EXPECT_TRUE(holds(desk.get("/findings/closed"), "Nothing closed"));
  desk.put("person", "P-1", {{"name", "Anna Keller"}});
  desk.put("risk", "R-9", {{"title", "Flood"}});
  look();
  EXPECT_TRUE(holds(desk.get("/findings/closed"), "Nothing closed"));
  ASSERT_TRUE(desk.tenant().workspace->write(
      Principal::product("test"),
      [&](Transaction& transaction) -> Result<void> {
        TRY(Record before, transaction.read(*registers().find("risk"), "R-9"));
        Record after = before;
        after.at("owner") = std::string("P-1");
        return transaction.update(before, after, "");
      },
      Strictness::lenient));
  look();
  Response page = desk.get("/findings/closed");
  EXPECT_TRUE(holds(page, "No owner."));
  EXPECT_TRUE(holds(page, "href=\"/findings/C4.1-01/risk/R-9\""));
  EXPECT_TRUE(holds(page, "Closed on 2026-06-01 by"));
  EXPECT_EQ(desk.get("/findings/closed?days=366").status, 422);
  EXPECT_EQ(desk.get("/rules?stage=stagex").status, 422);
  EXPECT_EQ(desk.get("/rules?clause=zz").status, 422);
  EXPECT_EQ(desk.get("/rules?clause=A.5&stage=stage1").status, 200);
}

}  // namespace
}  // namespace assay
