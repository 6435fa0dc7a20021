// The boundary of the ISMS held against the registers: decided, undecided, contradicting, compared, in words.
#include "isms/organisation/scope_boundary.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

using Kind = ScopeItemKind;
using Where = ScopeItemInclusion;

ScopeItem item(Id id, Kind kind, std::string target, Where where, std::string words = "") {
  ScopeItem out;
  out.id = std::move(id);
  out.kind = kind;
  out.target = std::move(target);
  out.inclusion = where;
  if (!words.empty() && where == Where::out) out.justification = words;
  if (!words.empty() && where == Where::interface) out.responsibility_split = words;
  return out;
}

// A shop system that a host provides in a region, the site it is run from, and a second site.
std::vector<ScopeThing> things() {
  return {{Kind::site, "SITE-1", "Hamburg", true, {}, {}},
          {Kind::site, "SITE-2", "Porto", false, {}, {}},
          {Kind::system,
           "SYS-1",
           "Shop",
           true,
           "SUP-1",
           {{Kind::interface, "SUP-1", "is provided by"}, {Kind::cloud_region, "eu-1", "runs in"}}},
          {Kind::cloud_region, "eu-1", "eu-1", std::nullopt, {}, {}},
          {Kind::interface, "SUP-1", "Hosting Ltd", std::nullopt, "SUP-1", {}}};
}

std::vector<std::string> texts(const std::vector<ScopeContradiction>& found) {
  std::vector<std::string> out;
  for (const ScopeContradiction& one : found) out.push_back((one.blocks ? "! " : "") + one.text);
  return out;
}

TEST(ScopeBoundary, WhatNobodyDecidedIsListedWithWhatNeedsIt) {
  auto all = things();
  std::vector<ScopeItem> items{item("1", Kind::system, "SYS-1", Where::in),
                               item("2", Kind::site, "hamburg", Where::in)};
  auto open = undecided(all, items);
  ASSERT_EQ(open.size(), 3U);
  EXPECT_EQ(open[0].thing->name, "Porto");
  EXPECT_TRUE(open[0].needed_by.empty());
  EXPECT_EQ(open[1].thing->name, "eu-1");
  EXPECT_EQ(open[1].needed_by, std::vector<std::string>{"Shop"});
  EXPECT_EQ(open[2].thing->name, "Hosting Ltd");
  // An interface speaks of a thing of any kind.
  items.push_back(item("3", Kind::interface, "eu-1", Where::interface, "They run it."));
  EXPECT_EQ(undecided(all, items).size(), 2U);
}

TEST(ScopeBoundary, AThingInsideThatNeedsOneOutsideContradicts) {
  std::vector<ScopeItem> items{item("1", Kind::system, "SYS-1", Where::in),
                               item("2", Kind::cloud_region, "eu-1", Where::out, "Not ours.")};
  EXPECT_EQ(texts(scope_contradictions(things(), items)),
            std::vector<std::string>{"\"eu-1\" is left out, but \"Shop\" inside runs in it."});
  // As an interface it is dealt with.
  items.push_back(item("3", Kind::interface, "eu-1", Where::interface, "They run it."));
  EXPECT_TRUE(scope_contradictions(things(), items).empty());
}

TEST(ScopeBoundary, WhatIsBareBlocks) {
  std::vector<ScopeItem> items{item("1", Kind::site, "SITE-2", Where::out),
                               item("2", Kind::interface, "SUP-1", Where::interface),
                               item("3", Kind::asset_class, "media", Where::out, "None.")};
  items[2].in_scope_depends_on_it = true;
  auto found = scope_contradictions(things(), items);
  EXPECT_EQ(texts(found),
            (std::vector<std::string>{
                "! \"Porto\" is left out without reasons.",
                "! \"Hosting Ltd\" stands at the boundary, but nobody settled who does what.",
                "! \"media\" is left out, but the scope depends on it and no interface to it is described.",
                "\"Hosting Ltd\" is provided from outside, but the interface names no supplier."}));
  EXPECT_EQ(found[0].rule, "C4.3-04");
  EXPECT_EQ(found[1].rule, "C4.3-05");
}

TEST(ScopeBoundary, TheRegisterIsHeldAgainstTheDecision) {
  std::vector<ScopeItem> items{item("1", Kind::site, "SITE-1", Where::out, "Sold."),
                               item("2", Kind::site, "SITE-2", Where::in), item("3", Kind::site, "SITE-9", Where::in),
                               item("4", Kind::site, "Porto", Where::in), item("5", Kind::site, "SITE-2", Where::in)};
  EXPECT_EQ(texts(scope_contradictions(things(), items)),
            (std::vector<std::string>{"\"Hamburg\" is left out, but its register counts it as in scope.",
                                      "\"Porto\" is inside, but its register does not count it as in scope.",
                                      "\"SITE-9\" names nothing in its register.",
                                      "\"Porto\" is inside, but its register does not count it as in scope.",
                                      "\"Porto\" is inside, but its register does not count it as in scope.",
                                      "\"Porto\" is listed twice."}));
}

TEST(ScopeBoundary, VersionsDifferByItemsAndTheirFields) {
  std::vector<ScopeItem> before{item("1", Kind::site, "SITE-1", Where::in),
                                item("2", Kind::site, "SITE-2", Where::out, "Later."),
                                item("3", Kind::cloud_region, "eu-1", Where::in)};
  std::vector<ScopeItem> after{item("9", Kind::site, "SITE-2", Where::in),
                               item("8", Kind::cloud_region, "EU-1", Where::in),
                               item("7", Kind::system, "SYS-1", Where::in)};
  auto changes = scope_difference(before, after);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].kind, ScopeItemChange::Kind::removed);
  EXPECT_EQ(changes[0].before->target, "SITE-1");
  EXPECT_EQ(changes[1].kind, ScopeItemChange::Kind::changed);
  EXPECT_EQ(changes[1].fields, (std::vector<std::string>{"inclusion", "justification"}));
  EXPECT_EQ(changes[2].kind, ScopeItemChange::Kind::added);
  EXPECT_EQ(changes[2].after->target, "SYS-1");
  EXPECT_TRUE(scope_difference(before, before).empty());
}

TEST(ScopeBoundary, TheItemsReadAsAStatement) {
  std::vector<ScopeItem> items{item("1", Kind::system, "SYS-1", Where::in), item("2", Kind::site, "SITE-1", Where::in),
                               item("3", Kind::cloud_region, "eu-1", Where::in),
                               item("4", Kind::interface, "SUP-1", Where::interface, "They run it."),
                               item("5", Kind::site, "SITE-2", Where::out, "Later.")};
  EXPECT_EQ(scope_wording("Northwind", "2", things(), items),
            "The information security management system of Northwind covers the site Hamburg, with the system Shop, in "
            "the cloud region eu-1, in accordance with version 2 of the Statement of "
            "Applicability. Interfaces with divided responsibility: Hosting Ltd. Outside, with reasons: Porto.");
  EXPECT_EQ(scope_wording("Northwind", "", things(), {}), "");
}

TEST(ScopeBoundary, AnItemSaysWhatItLacksAtTheField) {
  EXPECT_EQ(item("1", Kind::site, "SITE-2", Where::out).validate().front().place, "justification");
  EXPECT_EQ(item("1", Kind::interface, "SUP-1", Where::interface).validate().front().place, "responsibility_split");
  EXPECT_TRUE(item("1", Kind::interface, "SUP-1", Where::interface, "They run it.").validate().empty());
}

}  // namespace
}  // namespace assay
