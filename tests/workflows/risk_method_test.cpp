// The risk method from draft to force, its document, and risks taken over.
#include "workflows/risk/risk_method.h"

#include "isms/documents/document_version.h"
#include "isms/risk/method_levels.h"
#include "kernel/service/document_texts.h"
#include "tests/service/fixture.h"
#include "workflows/records.h"
#include "workflows/risk/method_document.h"

namespace assay::test {
namespace {

Principal keeper() { return {.account = "A-1", .name = "Keeper", .person = "P-005", .roles = {Role::isms_owner}}; }
Principal director() {
  return {.account = "A-2", .name = "Director", .person = "P-001", .roles = {Role::top_management}, .signed_now = true};
}

class RiskMethods : public ServiceTest {
 protected:
  // Version 2 with three levels, in force.
  RiskMethodology three_levels(Tenant& tenant) {
    Record draft = expect(begin_method(tenant.registers, keeper()));
    RiskMethodology method = decode<RiskMethodology>(draft);
    method.likelihood_max = method.impact_max = 3;
    method.levels = proposed_levels(MethodScale::likelihood, 1, 3);
    for (MethodLevel& level : proposed_levels(MethodScale::impact, 1, 3)) method.levels.push_back(std::move(level));
    const RegisterService& registers = tenant.registers;
    // The threshold of five levels is out of reach of three: it is proposed anew with them.
    method = decode<RiskMethodology>(expect(save_method_part(registers, keeper(), method, 0, MethodPart::scales)));
    EXPECT_EQ(method.acceptance_threshold, 3);
    expect(registers.take_step(director(), RiskMethodology::def(), method.id, 0, "approve", {}, {}));
    expect(write_method_document(registers, keeper(), method.id));
    return decode<RiskMethodology>(read(tenant, "risk_methodology", method.id));
  }
};

TEST_F(RiskMethods, ANewVersionBeginsFromTheOneInForce) {
  auto tenant = example("begin");
  RiskMethodology draft = decode<RiskMethodology>(expect(begin_method(tenant->registers, keeper())));
  EXPECT_EQ(draft.version, 2);
  EXPECT_EQ(draft.status, PlanStatus::draft);
  EXPECT_EQ(draft.acceptance_threshold, 9);
  EXPECT_TRUE(levels_are_described(draft)) << "wording is proposed where the old version had none";
  EXPECT_FALSE(draft.document_version);
  EXPECT_FALSE(draft.approved_by);
  auto again = begin_method(tenant->registers, keeper());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
}

TEST_F(RiskMethods, PartsAreStoredOneByOneAndRefusedAtTheirPlaces) {
  auto tenant = create("parts");
  Record draft = expect(begin_method(tenant->registers, somebody()));
  RiskMethodology method = decode<RiskMethodology>(draft);
  EXPECT_EQ(method.version, 1);
  method.levels.front().name.clear();
  auto refused = save_method_part(tenant->registers, somebody(), method, draft.version, MethodPart::scales);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.front().place, "levels.likelihood.1.name");
  method.levels.front().name = "Hardly ever";
  Record saved = expect(save_method_part(tenant->registers, somebody(), method, draft.version, MethodPart::scales));
  EXPECT_EQ(level_name(decode<RiskMethodology>(saved), MethodScale::likelihood, 1), "Hardly ever");
  auto lost = save_method_part(tenant->registers, somebody(), decode<RiskMethodology>(draft), draft.version,
                               MethodPart::scales);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, ErrorKind::conflict);
}

TEST_F(RiskMethods, ApprovalIsSignedAndFreezesTheSettings) {
  auto tenant = example("approve");
  Record draft = expect(begin_method(tenant->registers, keeper()));
  Principal unsigned_director = director();
  unsigned_director.signed_now = false;
  EXPECT_FALSE(tenant->registers.take_step(unsigned_director, RiskMethodology::def(), draft.id, 0, "approve", {}, {}));
  expect(tenant->registers.take_step(director(), RiskMethodology::def(), draft.id, 0, "approve", {}, {}));
  auto changed = tenant->registers.change(keeper(), RiskMethodology::def(), draft.id, 0,
                                          patch_of(RiskMethodology::def(), {{"acceptance_threshold", 12.0}}));
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().kind, ErrorKind::forbidden);
}

TEST_F(RiskMethods, TheDocumentIsWrittenFromTheSettings) {
  auto tenant = example("document");
  Record draft = expect(begin_method(tenant->registers, keeper()));
  Record version = expect(write_method_document(tenant->registers, keeper(), draft.id));
  EXPECT_EQ(version.state(), "draft");
  EXPECT_EQ(version.text("author"), "P-005");
  std::string text = expect(document_text(tenant->registers, keeper(), version.id));
  for (std::string_view words :
       {"| 5 | Frequent |", "likelihood times impact", "up to **9**", "differ by more than 1 level,"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
  RiskMethodology method = decode<RiskMethodology>(read(*tenant, "risk_methodology", draft.id));
  EXPECT_EQ(method.document_version->id, version.id);
  EXPECT_TRUE(expect(method_document(tenant->registers, keeper(), method)).is_current);
  // A change of the settings makes the draft of the document old; it is written anew, not once more.
  method.acceptance_threshold = 8;
  expect(save_method_part(tenant->registers, keeper(), method, 0, MethodPart::threshold));
  EXPECT_FALSE(expect(method_document(tenant->registers, keeper(), method)).is_current);
  EXPECT_EQ(expect(write_method_document(tenant->registers, keeper(), draft.id)).id, version.id);
  EXPECT_TRUE(expect(method_document(tenant->registers, keeper(), method)).is_current);
  Principal nobody = keeper();
  nobody.person.clear();
  expect(tenant->registers.change(keeper(), RiskMethodology::def(), draft.id, 0,
                                  patch_of(RiskMethodology::def(), {{"document_version", Value()}})));
  auto authorless = write_method_document(tenant->registers, nobody, draft.id);
  ASSERT_FALSE(authorless);
  EXPECT_EQ(authorless.error().problems.front().place, "author");
}

TEST_F(RiskMethods, RisksKeepTheirMethodUntilTheyAreTakenOver) {
  auto tenant = example("migrate");
  Record before = read(*tenant, "risk", "R-001");
  RiskMethodology method = three_levels(*tenant);
  EXPECT_EQ(method.status, PlanStatus::effective) << "the document brought it into force";
  EXPECT_EQ(read(*tenant, "risk_methodology", "METH-1").state(), "superseded");
  EXPECT_EQ(read(*tenant, "risk", "R-001").at("residual_score"), before.at("residual_score"));
  MethodBook book = expect(method_book(tenant->registers, keeper()));
  EXPECT_EQ(book.risks_on(method.id), 0U);
  auto proposed = expect(risks_to_migrate(tenant->registers, keeper(), method));
  EXPECT_EQ(proposed.size(), book.risks_on("METH-1") + book.risks_on(""));
  auto found = std::ranges::find(proposed, Id("R-001"), [](const RiskToMigrate& item) { return item.risk.id; });
  ASSERT_NE(found, proposed.end());
  // 4 and 5 of five, 2 and 4 of five.
  EXPECT_EQ(found->inherent.likelihood, 3);
  EXPECT_EQ(found->inherent.impact, 3);
  EXPECT_EQ(found->residual.likelihood, 2);
  ConfirmedMigration confirmed{"R-001", found->version, found->inherent, found->residual, found->target};
  EXPECT_FALSE(migrate_risks(tenant->registers, keeper(), method, {confirmed}, " "));
  ConfirmedMigration off = confirmed;
  off.residual.impact = 5;
  auto refused = migrate_risks(tenant->registers, keeper(), method, {off}, "New scales");
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems), "R-001.residual_impact: must lie from 1 to 3 [5]\n");
  // All or none: a risk that somebody changed meanwhile stops the others as well.
  ConfirmedMigration stale{"R-002", 99, {2, 2}, {1, 1}, {}};
  EXPECT_FALSE(migrate_risks(tenant->registers, keeper(), method, {confirmed, stale}, "New scales"));
  EXPECT_EQ(read(*tenant, "risk", "R-001").text("methodology"), "METH-1");
  expect(migrate_risks(tenant->registers, keeper(), method, {confirmed}, "New scales"));
  Record after = read(*tenant, "risk", "R-001");
  EXPECT_EQ(after.text("methodology"), method.id);
  EXPECT_EQ(number_of(after.at("inherent_score")), 9);
  auto history = expect(tenant->registers.history(keeper(), Risk::def(), "R-001", 0, 1));
  EXPECT_NE(history.front().reason.find("risk method version 1 to 2; inherent 4 and 5 = 20 to 3 and 3 = 9"),
            std::string::npos)
      << history.front().reason;
}

}  // namespace
}  // namespace assay::test
