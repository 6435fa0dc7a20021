// People at work on context, scope, governance and objectives: what is decided, refused and kept.
#include "isms/organisation/org_unit.h"
#include "tests/service/fixture.h"
#include "workflows/scope/boundary.h"
#include "workflows/scope/change_impact.h"
#include "workflows/scope/committees.h"
#include "workflows/scope/context.h"
#include "workflows/scope/objectives.h"
#include "workflows/scope/responsibilities.h"

namespace assay::test {
namespace {

Principal with_role(Role role, Id person = {}) {
  return {.account = "A-1", .name = "Test Person", .person = std::move(person), .roles = {role}};
}

class ScopeWork : public ServiceTest {
 protected:
  const Principal owner = with_role(Role::isms_owner, "P-006");

  static std::string refusal(const Result<void>& result) { return result ? "taken" : line(result.error().problems); }
  template <class T>
  static std::string refusal(const Result<T>& result) {
    return result ? "taken" : line(result.error().problems);
  }
  static Library library() {
    Library out;
    std::vector<std::pair<std::string, std::string>> texts;
    for (std::string name : {"context-issues.csv", "interested-parties.csv", "activities.csv"})
      texts.emplace_back(name, file_text(source_folder() / "content" / name));
    std::vector<ContentFile> files;
    for (const auto& [name, text] : texts) files.push_back({name, text});
    return expect(Library::load(files));
  }
};

TEST_F(ScopeWork, TheBoundaryOfTheExampleAgreesWithItsRegisters) {
  auto tenant = example("scope");
  auto sheet = expect(scope_sheet(tenant->registers, owner, "SCOPE-2"));
  EXPECT_EQ(sheet.items.size(), 48U);
  EXPECT_FALSE(sheet.open());
  for (const ScopeContradiction& one : sheet.contradictions()) EXPECT_FALSE(one.blocks) << one.text;
  // A version in force does not change.
  ScopeDecision decision{"thing", sheet.items.front()};
  auto refused = decide_scope(tenant->registers, owner, "SCOPE-2", {decision});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
}

TEST_F(ScopeWork, ANewVersionTakesTheItemsOver) {
  auto tenant = example("version");
  Record draft = expect(begin_scope_version(tenant->registers, owner));
  auto sheet = expect(scope_sheet(tenant->registers, owner, draft.id));
  auto former = expect(scope_sheet(tenant->registers, owner, "SCOPE-2"));
  EXPECT_EQ(sheet.statement.version, 3);
  EXPECT_EQ(sheet.statement.text, former.statement.text);
  EXPECT_FALSE(sheet.statement.considers_issues);
  EXPECT_FALSE(sheet.statement.approved_on);
  EXPECT_TRUE(scope_difference(former.items, sheet.items).empty());
  auto second = begin_scope_version(tenant->registers, owner);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::conflict);
  EXPECT_TRUE(
      expect(proposed_scope_text(tenant->registers, owner, sheet))
          .starts_with("The information security management system of Larkfield Instruments Ltd (example) covers"));
}

TEST_F(ScopeWork, DecisionsAreTakenTogetherOrNotAtAll) {
  auto tenant = example("decisions");
  Record draft = expect(begin_scope_version(tenant->registers, owner));
  auto decision = [](std::string place, ScopeItemInclusion inclusion) {
    ScopeDecision out{std::move(place), {}};
    out.item.kind = ScopeItemKind::cloud_region;
    out.item.target = out.place;
    out.item.inclusion = inclusion;
    return out;
  };
  std::vector<ScopeDecision> decisions{decision("a", ScopeItemInclusion::in), decision("b", ScopeItemInclusion::out),
                                       decision("c", ScopeItemInclusion::interface)};
  EXPECT_EQ(refusal(decide_scope(tenant->registers, owner, draft.id, decisions)),
            "b.justification: must say why this is left out []\nc.responsibility_split: must say what the other side "
            "answers for and what we do []\n");
  EXPECT_EQ(expect(scope_sheet(tenant->registers, owner, draft.id)).items.size(), 48U);
  decisions[1].item.justification = "Closed in May.";
  decisions[2].item.responsibility_split = "They run it, we use it.";
  expect(decide_scope(tenant->registers, owner, draft.id, decisions));
  auto sheet = expect(scope_sheet(tenant->registers, owner, draft.id));
  EXPECT_EQ(sheet.items.size(), 51U);
  // Decided again: the reasons go with the exclusion they belonged to.
  auto again = *std::ranges::find(sheet.items, "b", &ScopeItem::target);
  again.inclusion = ScopeItemInclusion::in;
  again.justification = std::nullopt;
  expect(decide_scope(tenant->registers, owner, draft.id, {{"b", again}}));
  sheet = expect(scope_sheet(tenant->registers, owner, draft.id));
  EXPECT_FALSE(std::ranges::find(sheet.items, "b", &ScopeItem::target)->justification);
  auto refused = decide_scope(tenant->registers, with_role(Role::employee), draft.id, {{"b", again}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
}

TEST_F(ScopeWork, TheScopeIsApprovedWithASignature) {
  auto tenant = example("signature");
  Record draft = expect(begin_scope_version(tenant->registers, owner));
  const EntityDef& scope = ScopeStatement::def();
  expect(tenant->registers.take_step(owner, scope, draft.id, 0, "submit", {}, ""));
  Principal director = with_role(Role::top_management, "P-001");
  Patch considered = patch_of(scope, {{"considers_issues", true}, {"considers_requirements", true}});
  auto unsigned_step = tenant->registers.take_step(director, scope, draft.id, 0, "approve", considered, "");
  ASSERT_FALSE(unsigned_step);
  EXPECT_EQ(unsigned_step.error().kind, ErrorKind::forbidden);
  director.signed_now = true;
  Record approved = expect(tenant->registers.take_step(director, scope, draft.id, 0, "approve", considered, ""));
  EXPECT_EQ(approved.text("approved_by"), "P-001");
}

TEST_F(ScopeWork, AFirstVersionBeginsWithWhatTheRegistersCountAsInScope) {
  auto tenant = create("first");
  OrgUnit unit{"OU-1", "Development", {}, {}, true};
  OrgUnit other{"OU-2", "Canteen", {}, {}, false};
  for (const OrgUnit& each : {unit, other}) expect(tenant->registers.create(somebody(), encode(each)));
  Record draft = expect(begin_scope_version(tenant->registers, owner));
  auto sheet = expect(scope_sheet(tenant->registers, owner, draft.id));
  ASSERT_EQ(sheet.items.size(), 1U);
  EXPECT_EQ(sheet.items.front().target, "OU-1");
  EXPECT_EQ(sheet.undecided_things().size(), 1U);
  EXPECT_EQ(sheet.statement.text,
            "The information security management system of the organisation covers the unit Development.");
}

TEST_F(ScopeWork, SuggestionsBecomeWorkToDecide) {
  auto tenant = create("context");
  Library content = library();
  EXPECT_GE(content.typical_issues().size(), 30U);
  auto sheet = expect(context_sheet(tenant->registers, owner));
  auto issues = issues_to_offer(sheet, content), requirements = requirements_to_offer(sheet, content);
  // Every suggestion fits the registers.
  EXPECT_GT(expect(adopt_context(tenant->registers, owner, content, issues, requirements)),
            issues.size() + requirements.size());
  sheet = expect(context_sheet(tenant->registers, owner));
  EXPECT_EQ(sheet.issues.size(), issues.size());
  EXPECT_EQ(sheet.open_requirements(), requirements.size());
  EXPECT_LT(sheet.parties.size(), requirements.size());
  EXPECT_TRUE(issues_to_offer(sheet, content).empty());
  EXPECT_TRUE(requirements_to_offer(sheet, content).empty());
  EXPECT_EQ(sheet.issues.front().topic, ContextIssueTopic::climate_change);
  EXPECT_FALSE(sheet.climate()->relevant);
  EXPECT_EQ(refusal(adopt_context(tenant->registers, owner, content, {}, {})),
            "pick: must be at least one suggestion []\n");

  EXPECT_EQ(refusal(decide_climate(tenant->registers, owner, {})),
            "relevant: must be yes or no: clause 4.1 asks for the decision []\nrationale: must say why: a bare yes or "
            "no was not thought through []\n"
            "description: must say what was considered []\n");
  expect(decide_climate(tenant->registers, owner,
                        {false, "Heat and flood at the office.", "One office on a hill, hosting in three regions."}));
  sheet = expect(context_sheet(tenant->registers, owner));
  EXPECT_EQ(sheet.issues.size(), issues.size());
  EXPECT_EQ(sheet.climate()->relevant, false);
  EXPECT_EQ(refusal(decide_requirement(tenant->registers, owner, sheet.requirements.front().id, "yes")),
            "addressed_by_isms: must be undetermined until a control, an obligation or a process that meets it is "
            "named [yes]\n");
  expect(decide_requirement(tenant->registers, owner, sheet.requirements.front().id, "no"));
}

TEST_F(ScopeWork, ExactlyOnePersonIsAccountable) {
  auto tenant = example("raci");
  // As if nobody had begun with it.
  expect(expect(tenant->workspace->connect(false))->script("delete from responsibility"));
  Library content = library();
  auto matrix = expect(raci_matrix(tenant->registers, owner));
  EXPECT_TRUE(matrix.activities.empty());
  auto offered = activities_to_offer(matrix, content);
  ASSERT_EQ(offered.size(), content.typical_activities().size());
  std::vector<std::pair<std::size_t, Id>> chosen;
  for (const OfferedActivity& activity : offered) chosen.emplace_back(activity.position, activity.accountable);
  chosen[3].second.clear();
  EXPECT_EQ(refusal(adopt_activities(tenant->registers, owner, content, chosen)),
            "accountable.3: must be one person: choose who answers for it []\n");
  chosen[3].second = "P-001";
  EXPECT_EQ(expect(adopt_activities(tenant->registers, owner, content, chosen)), chosen.size());
  matrix = expect(raci_matrix(tenant->registers, owner));
  EXPECT_EQ(matrix.activities.front().clause, "4.1");
  EXPECT_EQ(matrix.activities.back().clause, "A.5.34");
  for (const Responsibility& activity : matrix.activities) {
    auto accountable = std::ranges::count_if(
        matrix.people, [&](const Person& person) { return raci_letter(activity, person.id).starts_with("A"); });
    EXPECT_EQ(accountable, 1) << activity.activity;
  }

  RaciRow row{{}, 0, "Rotate keys", "A.8.24", {{"P-001", "A"}, {"P-006", "AR"}, {"P-009", "X"}}};
  std::string names(read(*tenant, "person", "P-001").title());
  auto refused = save_raci_row(tenant->registers, owner, row);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().problems.size(), 2U);
  EXPECT_EQ(refused.error().problems[0].place, "letters");
  EXPECT_EQ(refused.error().problems[1].place, "accountable");
  EXPECT_NE(refused.error().problems[1].value.find(names), std::string::npos);
  row.letters = {{"P-001", "I"}, {"P-006", "AR"}};
  Record saved = expect(save_raci_row(tenant->registers, owner, row));
  EXPECT_EQ(saved.text("accountable"), "P-006");
  row.letters = {};
  row.activity = "Destroy keys";
  EXPECT_EQ(refusal(save_raci_row(tenant->registers, owner, row)),
            "accountable: must be one person: give exactly one an A []\n");
}

TEST_F(ScopeWork, MinutesAreKeptAndUseUpThePlan) {
  auto tenant = example("minutes");
  Date today = clock_.today();
  Record record = read(*tenant, "committee", "COM-IS");
  auto committee = decode<Committee>(record);
  std::size_t before = committee.meetings.size();
  MeetingMinutes minutes;
  minutes.meeting.held_on = today.plus_days(1);
  EXPECT_EQ(refusal(keep_minutes(tenant->registers, owner, "COM-IS", record.version, minutes)),
            "held_on: must not lie ahead: plan the next meeting instead [2026-10-16]\nattendees: must name who was "
            "there []\n");
  minutes.meeting.held_on = committee.meetings.front().held_on;
  minutes.meeting.attendees = committee.members;
  EXPECT_EQ(refusal(keep_minutes(tenant->registers, owner, "COM-IS", record.version, minutes)).substr(0, 8),
            "held_on:");
  minutes.meeting.held_on = today;
  minutes.meeting.decisions = "Key rotation moves to the cloud team.";
  minutes.next_meeting_on = today.plus_days(30);
  minutes.next_agenda = "Key rotation";
  committee = decode<Committee>(expect(keep_minutes(tenant->registers, owner, "COM-IS", record.version, minutes)));
  EXPECT_EQ(committee.meetings.size(), before + 1);
  EXPECT_EQ(meetings_of(committee).front()->decisions, "Key rotation moves to the cloud team.");
  MeetingDue due = meeting_due(committee, today);
  EXPECT_TRUE(due.planned);
  EXPECT_EQ(due.next, today.plus_days(30));
  EXPECT_TRUE(meeting_due(committee, today.plus_days(31)).late);
  // A correction stays the same meeting and leaves the plan alone.
  minutes.was_held_on = today;
  minutes.meeting.decisions = "Key rotation moves to the platform team.";
  minutes.next_meeting_on = std::nullopt;
  committee = decode<Committee>(expect(keep_minutes(tenant->registers, owner, "COM-IS", 0, minutes)));
  EXPECT_EQ(committee.meetings.size(), before + 1);
  EXPECT_EQ(committee.next_agenda, "Key rotation");
}

TEST_F(ScopeWork, AChangeOffersWhatItTouches) {
  auto tenant = example("impact");
  auto impact = expect(change_impact(tenant->registers, owner, "IC-04"));
  EXPECT_EQ(impact.scope_items.size(), 48U);
  EXPECT_TRUE(impact.risks.empty());
  Record kept = expect(keep_impact(tenant->registers, owner, "IC-04", 0, {"SI-018"}, {}, {}));
  EXPECT_TRUE(truth_of(kept.at("affects_scope")));
  impact = expect(change_impact(tenant->registers, owner, "IC-04"));
  ASSERT_FALSE(impact.risks.empty());
  EXPECT_TRUE(impact.soa_entries.empty());
  EXPECT_TRUE(impact.risks.front().why.starts_with("concerns "));
  expect(keep_impact(tenant->registers, owner, "IC-04", 0, {"SI-018"}, {impact.risks.front().id}, {}));
  impact = expect(change_impact(tenant->registers, owner, "IC-04"));
  EXPECT_TRUE(std::ranges::find(impact.risks, true, &TouchedRecord::chosen) != impact.risks.end());
  EXPECT_FALSE(impact.soa_entries.empty());
}

TEST_F(ScopeWork, AMeasurementIsTakenWithItsObjective) {
  auto tenant = example("objectives");
  auto all = expect(followed_objectives(tenant->registers, owner));
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(
      refusal(take_measurement(tenant->registers, owner, "OBJ-1", {})),
      "period_end: must be the last day of the period that the value speaks about []\nvalue: must be a number []\n");
  EXPECT_EQ(refusal(take_measurement(tenant->registers, owner, "OBJ-1", {clock_.today().plus_days(1), 3.0, {}})),
            "period_end: must not lie ahead [2026-10-16]\n");
  expect(
      take_measurement(tenant->registers, owner, "OBJ-1", {*Date::parse("2026-09-30"), 97.5, "Three waves are done."}));
  auto one = expect(followed_objective(tenant->registers, owner, "OBJ-1"));
  EXPECT_EQ(one.course.latest()->value, 97.5);
  EXPECT_EQ(one.course.latest()->analysed_on, clock_.today());
  EXPECT_EQ(one.course.stand, ObjectiveCourse::Stand::on_target);
  bool active = one.objective.status == SecurityObjectiveStatus::active;
  EXPECT_TRUE(!active || one.objective.last_monitored_on == clock_.today());
  EXPECT_EQ(refusal(take_measurement(tenant->registers, owner, "OBJ-1", {*Date::parse("2026-09-30"), 97.5, {}})),
            "period_end: must be another day: a value of this period is recorded [2026-09-30]\n");
}

TEST_F(ScopeWork, CommunicationIsNotedNotAhead) {
  auto tenant = example("communication");
  auto plan = expect(communication_plan(tenant->registers, owner));
  ASSERT_EQ(plan.size(), 7U);
  EXPECT_FALSE(plan.front().due);  // the example names no intervals
  EXPECT_EQ(refusal(note_communication(tenant->registers, owner, "COM-1", clock_.today().plus_days(1), "")),
            "done_on: must not lie ahead [2026-10-16]\n");
  expect(note_communication(tenant->registers, owner, "COM-1", clock_.today(), "Told"));
  EXPECT_EQ(read(*tenant, "communication_item", "COM-1").text("last_done_on"), "2026-10-15");
}

}  // namespace
}  // namespace assay::test
