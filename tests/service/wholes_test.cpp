// Parts stand with the whole that was signed, whichever way they are written.
#include "kernel/service/wholes.h"

#include "tests/service/fixture.h"

namespace assay::test {
namespace {

class Wholes : public ServiceTest {
 protected:
  static std::string change(Tenant& tenant, std::string_view register_name, std::string_view id,
                            const std::vector<std::pair<std::string_view, Value>>& values) {
    Patch patch;
    for (const auto& [field, value] : values) patch.emplace_back(def(register_name).find(field), value);
    auto done = tenant.registers.change(somebody(), def(register_name), id, 0, patch, "");
    return done ? "stored" : line(done.error().problems);
  }
};

TEST(SettledParts, NameStatesOfTheirParentAndFieldsOfTheirOwn) {
  std::size_t checked = 0;
  for (const EntityDef* part : registers().all()) {
    const EntityText& text = part->text;
    if (text.settled_with.empty()) {
      EXPECT_TRUE(text.settled_fields.empty()) << text.name;
      continue;
    }
    const FieldDef* field = part->find(text.parent);
    ASSERT_NE(field, nullptr) << text.name;
    const Lifecycle* life = field->target().lifecycle;
    ASSERT_NE(life, nullptr) << text.name;
    for (std::string_view state : split(text.settled_with, ' ')) {
      const bool known = life->field.empty()
                             ? std::ranges::find(life->states, state, &State::name) != life->states.end()
                             : field->target().find(life->field)->choice(state) != nullptr;
      EXPECT_TRUE(known) << text.name << ": " << state;
    }
    for (std::string_view name : split(text.settled_fields, ' '))
      EXPECT_TRUE(name.empty() || part->find(name)) << text.name << ": " << name;
    ++checked;
  }
  EXPECT_GE(checked, 5U);
}

TEST_F(Wholes, NoPartOfASettledWholeChangesOrIsAdded) {
  auto tenant = example("settled");
  EXPECT_EQ(change(*tenant, "scope_item", "SI-001", {{"justification", "Another reason."}}),
            "justification: does not change any more: Scope statement SCOPE-2 is in force [Another reason.]\n");
  EXPECT_EQ(change(*tenant, "scope_item", "SI-001", {{"scope", "SCOPE-1"}}),
            "scope: does not change any more: Scope statement SCOPE-2 is in force [SCOPE-1]\n");
  EXPECT_EQ(change(*tenant, "gap_item", "GA-1-4.1", {{"action", "Something else."}}),
            "action: does not change any more: Gap analysis GA-1 is approved [Something else.]\n");
  // The same values again are no change.
  Record item = read(*tenant, "gap_item", "GA-1-4.1");
  EXPECT_EQ(change(*tenant, "gap_item", "GA-1-4.1", {{"rationale", item.at("rationale")}}), "stored");

  Record added = read(*tenant, "scope_item", "SI-001");
  added.id.clear();
  added.version = 0;
  auto refused = tenant->registers.create(somebody(), added);
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems),
            "scope: Scope statement SCOPE-2 is in force: nothing is added to it any more [SCOPE-2]\n");
}

TEST_F(Wholes, OnlyTheSettledFieldsStand) {
  auto tenant = example("fields");
  EXPECT_EQ(
      change(*tenant, "soa_entry", "SE-5.1", {{"inclusion_justification", "Because."}}),
      "inclusion_justification: does not change any more: Statement of Applicability SOA-2 is in force [Because.]\n");
  EXPECT_EQ(change(*tenant, "soa_entry", "SE-5.1", {{"last_reviewed_on", std::string("2026-10-14")}}), "stored");
}

TEST_F(Wholes, AnOpenWholeTakesItsParts) {
  auto tenant = example("open");
  Record draft(def("scope_statement"));
  draft.set(*draft.def->find("version"), std::int64_t{3});
  draft.set(*draft.def->find("text"), "Everything.");
  draft = expect(tenant->registers.create(somebody(), draft));
  Record item = read(*tenant, "scope_item", "SI-001");
  item.id.clear();
  item.version = 0;
  item.at("scope") = std::string(draft.id);
  item = expect(tenant->registers.create(somebody(), item));
  EXPECT_EQ(change(*tenant, "scope_item", item.id, {{"justification", "A reason."}}), "stored");
  EXPECT_EQ(change(*tenant, "scope_item", item.id, {{"scope", "SCOPE-2"}}),
            "scope: Scope statement SCOPE-2 is in force: nothing is added to it any more [SCOPE-2]\n");
  auto reader = expect(tenant->workspace->read());
  EXPECT_FALSE(is_settled(*reader, item));
  EXPECT_TRUE(is_settled(*reader, read(*tenant, "scope_item", "SI-001")));
  EXPECT_FALSE(is_settled(*reader, read(*tenant, "soa_entry", "SE-5.1")));
}

TEST_F(Wholes, ASheetChangesNoPartEither) {
  auto tenant = example("sheet");
  SheetPlan refused = plan(*tenant, "scope_item", "id,justification\nSI-001,Another reason.\n");
  EXPECT_EQ(counts(refused), "0/0/0/1");
  ASSERT_EQ(refused.rows.size(), 1U);
  EXPECT_NE(line(refused.rows.front().problems).find("does not change any more: Scope statement SCOPE-2 is in force"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::test
