// The "may never" column of chapter 5, row by row.
#include <map>

#include "kernel/identity/permission.h"
#include "tests/identity/fixture.h"

namespace assay::test {
namespace {

using Fields = std::vector<std::pair<std::string_view, Value>>;

// A reader over records kept in the test.
class Shelf : public Reader {
 public:
  using Reader::Reader;
  std::optional<Record> find(const EntityDef& def, std::string_view id) const override {
    for (const Record& record : records) {
      if (record.def == &def && record.id == id) return record;
    }
    return std::nullopt;
  }
  std::vector<Record> where(const EntityDef& def, std::string_view field, std::string_view value) const override {
    std::vector<Record> out;
    for (const Record& record : records) {
      if (record.def == &def && record.text(field) == value) out.push_back(record);
    }
    return out;
  }
  std::vector<Record> records;
};

class NeverTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    lease_.emplace(*workspace_->read());
    shelf_ =
        std::make_unique<Shelf>(registers(), (*lease_)->connection(), workspace_->default_parameters(), clock_.today());
  }
  Record put(std::string_view name, const Id& id, const Fields& fields, std::string created_by = "someone") {
    Record record(*registers().find(name));
    record.id = id;
    record.created_by = std::move(created_by);
    for (const auto& [field, value] : fields) record.at(field) = value;
    shelf_->records.push_back(record);
    return record;
  }
  static Principal who(Roles roles, Id person = "P-1") {
    Principal out;
    out.account = "user-" + person;
    out.person = std::move(person);
    out.roles = roles;
    return out;
  }
  bool refused(const Principal& principal, const Record& record, std::string_view name, std::string_view to,
               bool with_lookup = true) {
    Step step{.name = name,
              .from = "*",
              .to = to,
              .label = "Step",
              .who = {.roles = {}, .holder = "owner", .or_superior = true, .holder_only = true}};
    return never(principal, *record.def, step, record, with_lookup ? shelf_.get() : nullptr).has_value();
  }
  bool may_create(const Principal& principal, const Record& record) {
    return may(principal, Action::create, *record.def, &record, shelf_.get()).allowed;
  }

  std::optional<Workspace::ReadLease> lease_;
  std::unique_ptr<Shelf> shelf_;
};

std::string s(std::string_view text) { return std::string(text); }

TEST_F(NeverTest, IsmsOwnerApprovingOwnDocuments) {
  for (std::string_view kind : {"policy", "topic_policy", "methodology", "soa"}) {
    put("document", "D-" + s(kind), {{"kind", s(kind)}, {"owner", s("P-1")}});
    auto written = put("document_version", "V1", {{"document", "D-" + s(kind)}, {"author", s("P-1")}});
    auto by_another = put("document_version", "V2", {{"document", "D-" + s(kind)}, {"author", s("P-2")}});
    EXPECT_TRUE(refused(who({Role::isms_owner}), written, "approve", "approved")) << kind;
    EXPECT_TRUE(refused(who({Role::isms_owner}), by_another, "approve", "approved"))
        << "the document is the ISMS owner's";
    EXPECT_TRUE(refused(who({Role::isms_owner, Role::top_management}), written, "approve", "approved"));
    EXPECT_FALSE(refused(who({Role::top_management}, "P-3"), written, "approve", "approved"));
    EXPECT_FALSE(refused(who({Role::isms_owner}), written, "submit", "in_review"));
  }
  put("document", "D-proc", {{"kind", s("procedure")}, {"owner", s("P-1")}});
  auto procedure = put("document_version", "V3", {{"document", s("D-proc")}, {"author", s("P-2")}});
  EXPECT_FALSE(refused(who({Role::isms_owner}), procedure, "approve", "approved"));
}

TEST_F(NeverTest, IsmsOwnerApprovingOwnMethodAndStatement) {
  for (std::string_view name : {"risk_methodology", "statement_of_applicability"}) {
    auto own = put(name, "M-1", {}, "user-P-1");
    auto other = put(name, "M-2", {}, "user-P-2");
    EXPECT_TRUE(refused(who({Role::isms_owner}), own, "approve", "approved")) << name;
    EXPECT_TRUE(refused(who({Role::consultant}), own, "approve", "approved")) << name;
    EXPECT_FALSE(refused(who({Role::isms_owner}), other, "approve", "approved")) << name;
  }
}

TEST_F(NeverTest, AcceptingTheRiskOfAnother) {
  put("person", "P-boss", {});
  put("person", "P-lead", {{"manager", s("P-boss")}});
  put("person", "P-own", {{"manager", s("P-lead")}});
  auto risk = put("risk", "R-1", {{"owner", s("P-own")}});
  EXPECT_FALSE(refused(who({Role::risk_owner}, "P-own"), risk, "accept", "accepted"));
  EXPECT_FALSE(refused(who({Role::top_management}, "P-boss"), risk, "accept", "accepted"))
      << "a superior, two steps up";
  EXPECT_TRUE(refused(who({Role::risk_owner}, "P-2"), risk, "accept", "accepted"));
  EXPECT_TRUE(refused(who({Role::isms_owner}, "P-2"), risk, "accept", "accepted"));
  EXPECT_TRUE(refused(who({Role::top_management}, "P-2"), risk, "accept", "accepted")) << "not above this owner";
  EXPECT_TRUE(refused(who({Role::isms_owner}, ""), risk, "accept", "accepted"));
  EXPECT_FALSE(refused(who({Role::top_management}, "P-boss"), risk, "accept", "accepted", false))
      << "left to the step's own question";
  auto unowned = put("risk", "R-2", {});
  EXPECT_TRUE(refused(who({Role::isms_owner}, ""), unowned, "accept", "accepted"))
      << "nobody and nobody are not the same person";
}

TEST_F(NeverTest, ManagersInACircleEnd) {
  put("person", "P-a", {{"manager", s("P-b")}});
  put("person", "P-b", {{"manager", s("P-a")}});
  auto risk = put("risk", "R-1", {{"owner", s("P-a")}});
  EXPECT_TRUE(refused(who({Role::risk_owner}, "P-2"), risk, "accept", "accepted"));
}

TEST_F(NeverTest, SigningAnAcceptanceForAnother) {
  put("person", "P-own", {{"manager", s("P-boss")}});
  put("person", "P-boss", {});
  put("risk", "R-1", {{"owner", s("P-own")}});
  auto signed_by = [&](std::string_view person) {
    return put("risk_acceptance", "RA-1", {{"risk", s("R-1")}, {"accepted_by", s(person)}});
  };
  EXPECT_TRUE(may_create(who({Role::risk_owner}, "P-own"), signed_by("P-own")));
  EXPECT_TRUE(may_create(who({Role::top_management}, "P-boss"), signed_by("P-boss")));
  EXPECT_FALSE(may_create(who({Role::isms_owner}, "P-2"), signed_by("P-own"))) << "in another's name";
  EXPECT_FALSE(may_create(who({Role::isms_owner}, "P-2"), signed_by("P-2"))) << "another's risk";
  EXPECT_FALSE(may_create(who({Role::risk_owner}, "P-2"), signed_by("P-2")));
  EXPECT_FALSE(may_create(who({Role::consultant}, "P-own"), signed_by("P-own")));
}

TEST_F(NeverTest, ControlOwnerAcceptingOwnEvidence) {
  auto collected = put("evidence", "E-1", {{"collected_by", s("P-1")}});
  auto stored = put("evidence", "E-2", {}, "user-P-1");
  auto pushed = put("evidence", "E-3", {}, "user-machine");
  EXPECT_TRUE(refused(who({Role::control_owner}), collected, "accept", "accepted"));
  EXPECT_TRUE(refused(who({Role::isms_owner}), stored, "accept", "accepted"));
  EXPECT_FALSE(refused(who({Role::control_owner}, "P-2"), collected, "accept", "accepted"));
  EXPECT_FALSE(refused(who({Role::control_owner}), pushed, "accept", "accepted"));
  EXPECT_FALSE(refused(who({Role::control_owner}), collected, "reject", "rejected"));
}

TEST_F(NeverTest, ControlOwnerTestingOwnKeyControl) {
  put("control", "C-key", {{"owner", s("P-1")}, {"key_control", true}});
  put("control", "C-other", {{"owner", s("P-1")}, {"key_control", false}});
  EXPECT_FALSE(may_create(who({Role::control_owner}), put("control_test", "T-1", {{"control", s("C-key")}})));
  EXPECT_TRUE(may_create(who({Role::control_owner}), put("control_test", "T-2", {{"control", s("C-other")}})));
  EXPECT_TRUE(may_create(who({Role::control_owner}, "P-2"), put("control_test", "T-3", {{"control", s("C-key")}})));
}

TEST_F(NeverTest, ActionOwnerVerifyingEffectiveness) {
  auto action = put("corrective_action", "CA-1", {{"owner", s("P-1")}, {"nonconformity", s("NC-1")}});
  auto nonconformity = put("nonconformity", "NC-1", {{"owner", s("P-2")}});
  EXPECT_TRUE(refused(who({Role::isms_owner}), action, "confirm_effect", "verified"));
  EXPECT_TRUE(refused(who({Role::isms_owner}), action, "deny_effect", "not_effective"));
  EXPECT_TRUE(refused(who({Role::isms_owner}), nonconformity, "verify", "verified")) << "owner of one of its actions";
  EXPECT_TRUE(refused(who({Role::isms_owner}, "P-2"), nonconformity, "verify", "verified")) << "its own owner";
  EXPECT_FALSE(refused(who({Role::internal_auditor}, "P-3"), nonconformity, "verify", "verified"));
  EXPECT_FALSE(refused(who({Role::internal_auditor}, "P-3"), action, "confirm_effect", "verified"));
  EXPECT_FALSE(refused(who({Role::isms_owner}), action, "complete", "done"));
}

TEST_F(NeverTest, TopManagementVerifyingOwnDecisions) {
  auto decided = put("nonconformity", "NC-1", {{"owner", s("P-2")}, {"source", s("management_review")}});
  auto action = put("corrective_action", "CA-1", {{"owner", s("P-2")}, {"nonconformity", s("NC-1")}});
  auto other = put("nonconformity", "NC-2", {{"owner", s("P-2")}, {"source", s("incident")}});
  auto decision = put("review_decision", "RD-1", {{"owner", s("P-2")}});
  EXPECT_TRUE(refused(who({Role::top_management}), decided, "verify", "verified"));
  EXPECT_TRUE(refused(who({Role::top_management}), action, "confirm_effect", "verified"));
  EXPECT_TRUE(refused(who({Role::top_management}), decision, "verify", "verified"));
  EXPECT_FALSE(refused(who({Role::top_management}), other, "verify", "verified"));
}

TEST_F(NeverTest, InternalAuditorChangingIsmsRecords) {
  Principal auditor = who({Role::internal_auditor});
  for (std::string_view name : {"risk", "control", "soa_entry", "evidence", "document", "supplier", "asset",
                                "scope_statement", "incident", "certificate"}) {
    const EntityDef& def = *registers().find(name);
    EXPECT_FALSE(may(auditor, Action::change, def).allowed) << name;
    EXPECT_FALSE(may(auditor, Action::import_, def).allowed) << name;
    EXPECT_TRUE(refused(auditor, put(name, "X", {}), "go", "gone")) << name;
  }
  EXPECT_TRUE(may(auditor, Action::change, *registers().find("audit")).allowed);
  EXPECT_TRUE(may(auditor, Action::create, *registers().find("nonconformity")).allowed);
}

TEST_F(NeverTest, InternalAuditorAuditingOwnArea) {
  put("control", "C-1", {{"owner", s("P-1")}, {"code", s("C-BACKUP")}});
  put("soa_entry", "S-1", {{"control", s("C-1")}, {"control_ref", s("A.8.13")}});
  put("auditor", "AU-1", {{"person", s("P-1")}, {"responsible_for", std::vector<std::string>{"A.5", "7.2"}}});
  Principal auditor = who({Role::internal_auditor, Role::control_owner});
  for (std::string_view ref : {"A.8.13", "C-BACKUP", "A.5.19", "7.2"}) {
    EXPECT_FALSE(may_create(auditor, put("finding", "F", {{"ref", s(ref)}}))) << ref;
    EXPECT_FALSE(may_create(auditor, put("audit_sample", "S", {{"ref", s(ref)}}))) << ref;
    EXPECT_TRUE(refused(auditor, put("finding", "F", {{"ref", s(ref)}}), "regrade", "raised")) << ref;
    EXPECT_TRUE(may_create(who({Role::internal_auditor}, "P-2"), put("finding", "F", {{"ref", s(ref)}}))) << ref;
  }
  EXPECT_TRUE(may_create(auditor, put("finding", "F", {{"ref", s("A.8.1")}}))) << "not a part of A.8.13";
  EXPECT_TRUE(may_create(auditor, put("finding", "F", {{"ref", s("A.50")}})));
  auto own_audit =
      put("audit", "A-1",
          {{"scope_clauses", std::vector<std::string>{"7.2"}}, {"scope_controls", std::vector<std::string>{"A.5.1"}}});
  auto shared = put("audit", "A-2", {{"scope_clauses", std::vector<std::string>{"7.2", "8.1"}}});
  EXPECT_TRUE(refused(auditor, own_audit, "start", "in_progress"));
  EXPECT_FALSE(refused(auditor, shared, "start", "in_progress")) << "others look at the rest; the lifecycle checks who";
}

TEST_F(NeverTest, ConsultantAuditing) {
  auto audit = put("audit", "A-1", {});
  EXPECT_TRUE(refused(who({Role::consultant}), audit, "start", "in_progress"));
  EXPECT_TRUE(refused(who({Role::consultant, Role::internal_auditor}), audit, "start", "in_progress"));
  EXPECT_FALSE(may_create(who({Role::consultant}), put("finding", "F", {{"ref", s("A.5.1")}})));
  EXPECT_FALSE(may_create(who({Role::consultant, Role::internal_auditor}), put("finding", "F", {{"ref", s("A.5.1")}})));
  EXPECT_TRUE(
      refused(who({Role::consultant}), put("nonconformity", "NC", {{"owner", s("P-2")}}), "verify", "verified"));
  EXPECT_FALSE(refused(who({Role::internal_auditor}), audit, "start", "in_progress"));
}

TEST_F(NeverTest, WhoConsultedWaits730Days) {
  auto audit = put("audit", "A-1", {});
  put("auditor", "AU-1", {{"person", s("P-1")}, {"consulted_until", clock_.today().plus_days(-729).iso()}});
  put("auditor", "AU-2", {{"person", s("P-2")}, {"consulted_until", clock_.today().plus_days(-730).iso()}});
  EXPECT_TRUE(refused(who({Role::internal_auditor}), audit, "start", "in_progress"));
  EXPECT_FALSE(refused(who({Role::internal_auditor}, "P-2"), audit, "start", "in_progress"));
}

TEST_F(NeverTest, CollectorDeciding) {
  Principal machine = who({Role::collector}, "");
  for (const EntityDef* def : registers().all()) {
    EXPECT_TRUE(refused(machine, put(def->name(), "X", {}), "go", "gone")) << def->name();
    EXPECT_FALSE(may(machine, Action::step, *def).allowed) << def->name();
  }
  EXPECT_TRUE(may_create(machine, put("evidence", "E", {{"review_status", s("pending")}})));
  EXPECT_TRUE(may_create(machine, put("evidence", "E", {})));
  EXPECT_FALSE(may_create(machine, put("evidence", "E", {{"review_status", s("accepted")}})));
  EXPECT_FALSE(may_create(machine, put("evidence", "E", {{"reviewed_by", s("P-1")}})));
  EXPECT_FALSE(may_create(machine, put("risk_acceptance", "RA", {{"accepted_by", s("P-1")}})));
  auto approved = put("account", "AC", {{"approved_by", s("P-1")}});
  EXPECT_FALSE(may(machine, Action::import_, *approved.def, &approved).allowed);
  EXPECT_FALSE(may(machine, Action::create, *registers().find("control")).allowed);
  EXPECT_FALSE(may(machine, Action::create, *registers().find("soa_entry")).allowed);
  const EntityDef& change = *registers().find("change");
  EXPECT_FALSE(may_change_field(machine, change, *change.find("approved_by")).allowed);
}

TEST_F(NeverTest, ExternalAuditorChanging) {
  for (const EntityDef* def : registers().all()) {
    EXPECT_TRUE(refused(who({Role::external_auditor}), put(def->name(), "X", {}), "go", "gone")) << def->name();
  }
}

TEST_F(NeverTest, TheProductIsNotAPerson) {
  Principal product = Principal::product("test");
  EXPECT_FALSE(refused(product, put("risk", "R-1", {{"owner", s("P-2")}}), "accept", "accepted"));
}

}  // namespace
}  // namespace assay::test
