// What the workflows read, and what they may keep for good.
#include "workflows/records.h"

#include "isms/risk/risk.h"
#include "kernel/service/verify.h"
#include "tests/service/fixture.h"

namespace assay::test {
namespace {

Principal person(Role role) { return {.account = "A-1", .name = "Test Person", .person = {}, .roles = {role}}; }

class Workflows : public ServiceTest {};

TEST_F(Workflows, ReadWholeRegistersAsOnePersonMaySeeThem) {
  auto tenant = example("records");
  auto risks = expect(all_of<Risk>(tenant->registers, person(Role::isms_owner)));
  EXPECT_GT(risks.size(), 5U);
  const Risk& first = risks.front();
  ASSERT_TRUE(first.owner);
  auto owned = expect(all_of<Risk>(tenant->registers, person(Role::isms_owner), "owner", first.owner->id));
  EXPECT_LT(owned.size(), risks.size());
  EXPECT_TRUE(std::ranges::all_of(owned, [&](const Risk& risk) { return risk.owner->id == first.owner->id; }));
  auto refused = all_of<Risk>(tenant->registers, person(Role::administrator));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
}

TEST_F(Workflows, IssuedDocumentsNeverChange) {
  auto tenant = example("issues");
  Record about = read(*tenant, "statement_of_applicability",
                      expect(records_of(tenant->registers, somebody(), def("statement_of_applicability"))).front().id);
  NewIssue issue{"soa", "Statement of Applicability", "1", "Somebody", "{\"rows\":1}", "<!doctype html><p>Text</p>"};
  std::int64_t first = expect(tenant->issues.issue(person(Role::isms_owner), about, issue));
  issue.edition = "2";
  std::int64_t second = expect(tenant->issues.issue(person(Role::isms_owner), about, issue));
  KeptIssue kept = expect(tenant->issues.read(person(Role::isms_owner), second));
  EXPECT_TRUE(kept.intact);
  EXPECT_EQ(kept.html, issue.html);
  EXPECT_EQ(issue_file_name(kept.issue, "pdf"), "Statement of Applicability 2.pdf");
  auto before = expect(tenant->issues.before(person(Role::isms_owner), kept.issue));
  ASSERT_TRUE(before);
  EXPECT_EQ(before->issue.number, first);
  // Nobody who may not see the record sees what was issued about it.
  auto hidden = tenant->issues.read(person(Role::administrator), second);
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().kind, ErrorKind::not_found);
  EXPECT_TRUE(expect(tenant->issues.list(person(Role::administrator))).empty());
  auto refused = tenant->issues.issue(person(Role::employee), about, issue);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);

  EXPECT_TRUE(expect(verify(*tenant->workspace)).damages.empty());
  auto connection = expect(tenant->workspace->connect(false));
  EXPECT_FALSE(connection->run("update assay_issue set html = 'other'"));
  EXPECT_FALSE(connection->run("delete from assay_issue"));
  // Behind the product's back, triggers and all.
  expect(connection->script("drop trigger assay_issue_kept; update assay_issue set html = 'other' where number = 2"));
  EXPECT_FALSE(expect(tenant->issues.read(person(Role::isms_owner), second)).intact);
  Verification found = expect(verify(*tenant->workspace));
  ASSERT_EQ(found.damages.size(), 1U);
  EXPECT_EQ(found.damages.front().place, "issued document 2");
}

TEST_F(Workflows, DaysAreWrittenAsTheOrganisationWritesThem) {
  EXPECT_EQ(written_day("iso", "2026-03-01"), "2026-03-01");
  EXPECT_EQ(written_day("en-GB", "2026-03-01T10:00:00Z"), "1 March 2026");
  EXPECT_EQ(written_day("en-US", "2026-03-01"), "March 1, 2026");
  EXPECT_EQ(written_day("de", "2026-03-01"), "1. März 2026");
  EXPECT_EQ(written_day("es", "2026-12-24"), "24 de diciembre de 2026");
  EXPECT_EQ(written_day("de", "no day"), "no day");
}

TEST_F(Workflows, HouseStyleIsCheckedAndKept) {
  auto tenant = create("style");
  HouseStyle style{.logo_type = "image/png", .logo = "not a picture", .dates = "klingon", .classification = "Internal"};
  auto refused = set_house_style(*tenant->workspace, person(Role::isms_owner), style);
  ASSERT_FALSE(refused);
  EXPECT_EQ(
      line(refused.error().problems),
      "logo: must be a PNG or JPEG picture [image/png]\ndates: must be one of the ways to write dates [klingon]\n");
  style.logo = std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0", 29);
  style.dates = "de";
  EXPECT_FALSE(set_house_style(*tenant->workspace, person(Role::risk_owner), style));
  expect(set_house_style(*tenant->workspace, person(Role::isms_owner), style));
  HouseStyle kept = expect(read_house_style(*tenant->workspace));
  EXPECT_EQ(kept.logo, style.logo);
  EXPECT_EQ(kept.dates, "de");
}

}  // namespace
}  // namespace assay::test
