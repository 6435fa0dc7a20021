// Spreadsheets as people keep them.
#include "kernel/service/cell_reading.h"
#include "tests/service/fixture.h"

namespace assay::test {
namespace {

class SheetImport : public ServiceTest {
 protected:
  static std::string field_of(const ColumnMapping& mapping, std::string_view heading) {
    for (const MappedColumn& column : mapping.columns) {
      if (column.heading != heading) continue;
      if (column.field) return std::string(column.field->name);
      return column.use == ColumnUse::id ? "id" : column.use == ColumnUse::none ? "-" : "other";
    }
    return "no such column";
  }
  Sheet xlsx_sheet(std::string_view name) { return expect(read_xlsx_bytes(data_file(name))).sheets.front(); }

  static Id add_person(Tenant& tenant, const std::string& name) {
    return expect(apply(tenant, "person", "name,employment\n" + name + ",employee\n")).front().rows.front().id;
  }
};

TEST_F(SheetImport, the_sample_of_risks_is_understood) {
  ColumnMapping mapping = guess_mapping(def("risk"), xlsx_sheet("risk-register.xlsx"));
  EXPECT_EQ(field_of(mapping, "Risk ID"), "id");
  EXPECT_EQ(field_of(mapping, "Risk Name"), "title");
  EXPECT_EQ(field_of(mapping, "Asset"), "assets");
  EXPECT_EQ(field_of(mapping, "Risk Owner"), "owner");
  EXPECT_EQ(field_of(mapping, "Likelihood"), "inherent_likelihood");
  EXPECT_EQ(field_of(mapping, "Impact"), "inherent_impact");
  EXPECT_EQ(field_of(mapping, "Risk Score"), "inherent_score");
  EXPECT_EQ(field_of(mapping, "Mitigation Strategy"), "-");
  EXPECT_EQ(field_of(mapping, "Status"), "status");
}

TEST_F(SheetImport, risk_registers_with_common_headings_are_understood) {
  auto fields = [](std::string_view csv) {
    Sheet sheet = csv_sheet(csv);
    ColumnMapping mapping = guess_mapping(def("risk"), sheet);
    std::string out;
    for (const MappedColumn& column : mapping.columns) out += field_of(mapping, column.heading) + " ";
    return out;
  };
  // One text a row: it is the name.
  EXPECT_EQ(fields("Risk description,Asset,Likelihood (1-5),Impact,Owner,Treatment,Controls\nPhishing of "
                   "administrators,Order database,4,5,Anna Keller,Mitigate,5.1\n"),
            "title assets inherent_likelihood inherent_impact owner treatment controls ");
  EXPECT_EQ(fields("No,Risk title,Risk description,Threat,Vulnerability,Consequences,Inherent likelihood,Inherent "
                   "impact,Residual likelihood,Residual impact,Target likelihood,Target impact,Risk owner,"
                   "Treatment option,Existing controls,Review "
                   "date,Status\n1,A,B,C,D,E,4,5,2,3,1,3,Anna,Accept,5.1,2026-12-01,Open\n"),
            "id title scenario threat weakness consequence inherent_likelihood inherent_impact residual_likelihood "
            "residual_impact target_likelihood target_impact owner treatment controls "
            "next_review_on status ");
  EXPECT_EQ(fields("Risk ID,Threat actor,Cause,Business impact,Affected assets,Probability,Impact,Net likelihood,Net "
                   "impact,Risk response,Priority\nR1,Criminals,No patching,Outage,Server,4,5,2,3,Reduce,1\n"),
            "id threat weakness consequence assets inherent_likelihood inherent_impact residual_likelihood "
            "residual_impact treatment priority ");
  // Too long for a name: it stays the scenario, and the missing title is reported.
  EXPECT_EQ(fields("Risk description,Owner\n" + std::string(400, 'x') + ",Anna\n"), "scenario owner ");
}

TEST_F(SheetImport, the_sample_of_risks_is_imported_without_its_unknown_people) {
  auto tenant = create("a");
  Sheet sheet = xlsx_sheet("risk-register.xlsx");
  SheetTask task = task_for(*tenant, "risk", sheet);
  SheetPlan refused = plan(*tenant, task);
  EXPECT_EQ(counts(refused), "0/0/0/10");
  EXPECT_NE(line(refused.problems())
                .find("row 2, column Risk Owner: must name a record of People by id or name or e-mail; there is none "
                      "yet [IT Manager]"),
            std::string::npos)
      << line(refused.problems());
  auto plans = expect(apply_import(*tenant->workspace, somebody(), {&task, 1}, {.skip_bad_cells = true}));
  EXPECT_EQ(counts(plans.front()), "10/0/0/0") << line(plans.front().problems());
  Record risk = read(*tenant, "risk", "R-001");
  EXPECT_EQ(risk.text("title"), "Phishing Attack");
  EXPECT_EQ(number_of(risk.at("inherent_likelihood")), 5);
  EXPECT_EQ(risk.text("status"), "assessed");
  EXPECT_EQ(read(*tenant, "risk", "R-003").text("status"), "in_treatment");
}

TEST_F(SheetImport, the_sample_of_assets_has_a_row_above_its_headings) {
  ColumnMapping mapping = guess_mapping(def("asset"), xlsx_sheet("asset-inventory.xlsx"));
  EXPECT_EQ(mapping.header_row, 1U);
  EXPECT_EQ(field_of(mapping, "Asset ID"), "id");
  EXPECT_EQ(field_of(mapping, "Asset Name"), "name");
  EXPECT_EQ(field_of(mapping, "Asset Type"), "kind");
  EXPECT_EQ(field_of(mapping, "Owner"), "owner");
  EXPECT_EQ(field_of(mapping, "Data Classification"), "classification");
}

TEST_F(SheetImport, the_german_statement_of_applicability_is_imported) {
  auto tenant = create("a");
  Record statement(def("statement_of_applicability"));
  statement.id = "SOA-1";
  statement.at("version") = std::int64_t{1};
  expect(tenant->workspace->write(somebody(),
                                  [&](Transaction& transaction) { return transaction.insert(statement, "test"); }));
  Sheet sheet = csv_sheet(data_file("statement-of-applicability-de.csv"));
  SheetTask task = task_for(*tenant, "soa_entry", sheet);
  EXPECT_EQ(field_of(task.mapping, "Kontroll-ID"), "control_ref");
  EXPECT_EQ(field_of(task.mapping, "Anwendbar"), "applicability");
  EXPECT_EQ(field_of(task.mapping, "Begründung"), "inclusion_justification");
  EXPECT_EQ(field_of(task.mapping, "Umsetzungsstatus"), "implementation_status");
  auto plans = expect(apply_import(*tenant->workspace, somebody(), {&task, 1}, {}));
  EXPECT_EQ(plans.front().created, plans.front().rows.size()) << line(plans.front().problems());
  EXPECT_EQ(plans.front().created, 93U);
  // The same file again finds its rows by statement and reference.
  EXPECT_EQ(plan(*tenant, task).unchanged, 93U);
}

TEST_F(SheetImport, the_sample_of_vulnerabilities_is_understood) {
  Sheet sheet = csv_sheet(data_file("vulnerability-register.csv"));
  ColumnMapping mapping = guess_mapping(def("vulnerability_finding"), sheet);
  EXPECT_EQ(field_of(mapping, "ID"), "id");
  EXPECT_EQ(field_of(mapping, "CVE"), "identifier");
  EXPECT_EQ(field_of(mapping, "Affected Asset"), "asset");
  EXPECT_EQ(field_of(mapping, "CVSS v3.1"), "cvss");
  EXPECT_EQ(field_of(mapping, "Discovered"), "detected_on");
  EXPECT_EQ(field_of(mapping, "Patch Available"), "-");
  EXPECT_EQ(field_of(mapping, "Status"), "status");
}

TEST_F(SheetImport, a_german_register_with_title_rows_names_every_problem) {
  auto tenant = create("a");
  Id owner = add_person(*tenant, "Jürgen Groß");
  std::string text = replace_all(replace_all(data_file("risikoregister.csv"), "%OWNER%", "JÜRGEN groß"),
                                 "%OWNER_TURNED%", "Groß, Jürgen");
  SheetPlan result = plan(*tenant, "risk", text);
  EXPECT_EQ(result.mapping.header_row, 3U);
  EXPECT_EQ(counts(result), "2/0/0/1") << line(result.problems());
  EXPECT_EQ(result.skipped, 2U);
  ASSERT_EQ(result.rows.size(), 3U);
  EXPECT_EQ(result.rows[0].after->text("owner"), owner);
  EXPECT_EQ(result.rows[1].after->text("owner"), owner);
  EXPECT_EQ(number_of(result.rows[0].after->at("inherent_likelihood")), 4);
  EXPECT_EQ(result.rows[0].after->text("next_review_on"), "2026-03-05");
  EXPECT_EQ(result.rows[0].after->text("treatment"), "modify");
  EXPECT_EQ(result.rows[1].after->text("treatment"), "retain");
  std::string problems = line(result.problems());
  EXPECT_NE(problems.find("row 9, column Risikoeigentümer: must name a record of People"), std::string::npos)
      << problems;
  EXPECT_NE(problems.find("row 9, column Eintrittswahrscheinlichkeit (1-5): must be a whole number [zwölf]"),
            std::string::npos)
      << problems;
  EXPECT_NE(problems.find("row 9, column Risikobehandlung: must be one of modify, retain, share, avoid [wegsehen]"),
            std::string::npos)
      << problems;
  EXPECT_NE(problems.find("row 9, column Nächste Überprüfung: must be a date"), std::string::npos) << problems;
}

TEST_F(SheetImport, refused_rows_refuse_everything) {
  auto tenant = create("a");
  auto done = apply(*tenant, "risk", "id,title,next_review_on\nR-1,One,2026-01-01\nR-2,Two,soon\n");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::invalid);
  EXPECT_EQ(done.error().problems.size(), 1U);
  EXPECT_EQ(expect(expect(tenant->workspace->read())->count(def("risk"))), 0);
  done = apply(*tenant, "risk", "id,title,next_review_on\nR-1,One,2026-01-01\nR-2,Two,soon\n", {.skip_refused = true});
  ASSERT_TRUE(done);
  EXPECT_EQ(counts(done->front()), "1/0/0/1");
}

TEST_F(SheetImport, references_are_found_by_id_name_and_email) {
  auto tenant = create("a");
  Id maria = add_person(*tenant, "Maria Weber");
  Id first = add_person(*tenant, "Jan Meyer");
  Id second = add_person(*tenant, "Jan Meyer");
  expect(tenant->accounts.create(
      somebody(), {"m.weber@example.org", "Maria", maria, {Role::employee}, "teal lamp seven rivers", {}}));
  SheetPlan result = plan(*tenant, "risk",
                          "title,owner\nA," + maria +
                              "\nB,maria  WEBER\nC,M.Weber@example.org\nD,jan meyer\nE,Maria Webr\nF,\"Maria Weber; " +
                              first + "\"\n");
  EXPECT_EQ(counts(result), "3/0/0/3") << line(result.problems());
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(result.rows[i].after->text("owner"), maria);
  std::string problems = line(result.problems());
  EXPECT_NE(problems.find("row 5, column owner: must name one record of People: this can be " + first + ", " + second),
            std::string::npos)
      << problems;
  EXPECT_NE(problems.find("did you mean maria weber (" + maria + ")?"), std::string::npos) << problems;
  EXPECT_NE(problems.find("row 7, column owner: must name one record only"), std::string::npos) << problems;
}

TEST_F(SheetImport, rows_may_refer_to_each_other) {
  auto tenant = create("a");
  auto done =
      expect(apply(*tenant, "person", "name,manager,employment\nAnna Alt,Bert Neu,employee\nBert Neu,,employee\n"));
  EXPECT_EQ(counts(done.front()), "2/0/0/0");
  EXPECT_EQ(read(*tenant, "person", done.front().rows[0].id).text("manager"), done.front().rows[1].id);
  EXPECT_EQ(done.front().rows[0].id, "P-001");
}

TEST_F(SheetImport, several_references_in_one_cell) {
  auto tenant = create("a");
  expect(apply(*tenant, "asset", "id,name,kind\nA-1,\"Server, big\",server\nA-2,Laptop,endpoint\n"));
  SheetPlan result = plan(*tenant, "risk",
                          "title,assets\nA,\"A-1; Laptop\"\nB,\"Server, big\"\nC,\"A-2,A-1\"\nD,\"A-1\nA-2\"\nE,A-1 "
                          "A-2\nF,\"A-1, Nothing\"\n");
  EXPECT_EQ(counts(result), "5/0/0/1") << line(result.problems());
  using List = std::vector<std::string>;
  EXPECT_EQ(list_of(result.rows[0].after->at("assets")), (List{"A-1", "A-2"}));
  EXPECT_EQ(list_of(result.rows[1].after->at("assets")), (List{"A-1"}));
  EXPECT_EQ(list_of(result.rows[2].after->at("assets")), (List{"A-2", "A-1"}));
  EXPECT_EQ(list_of(result.rows[4].after->at("assets")), (List{"A-1", "A-2"}));
  EXPECT_EQ(result.rows[5].problems[0].value, "Nothing");
}

TEST_F(SheetImport, blank_cells_leave_values_alone_unless_asked) {
  auto tenant = create("a");
  expect(apply(*tenant, "risk", "id,title,threat\nR-1,One,Fire\n"));
  EXPECT_EQ(counts(plan(*tenant, "risk", "id,title,threat\nR-1,One,\n")), "0/0/1/0");
  SheetPlan cleared = plan(*tenant, "risk", "id,title,threat\nR-1,One,\n", {.clear_blank = true});
  EXPECT_EQ(counts(cleared), "0/1/0/0");
  ASSERT_EQ(cleared.rows[0].changes.size(), 1U);
  EXPECT_EQ(cleared.rows[0].changes[0].field->name, "threat");
}

TEST_F(SheetImport, records_are_matched_by_unique_fields) {
  auto tenant = create("a");
  expect(apply(*tenant, "control", "id,code,title\nC-1,CTL-1,Backups\n"));
  SheetPlan result = plan(*tenant, "control", "code,title\nCTL-1,Backups tested\nCTL-2,New\nCTL-2,Again\n");
  EXPECT_EQ(counts(result), "1/1/0/1") << line(result.problems());
  EXPECT_EQ(result.rows[0].id, "C-1");
  EXPECT_NE(line(result.problems()).find("row 4, column code: must be unique in the register; row 3 has the same"),
            std::string::npos)
      << line(result.problems());
}

TEST_F(SheetImport, states_change_by_steps_and_frozen_records_stay) {
  auto tenant = create("a");
  expect(apply(*tenant, "risk", "id,title,status\nR-1,One,in_treatment\nR-2,Two,\n"));
  EXPECT_EQ(read(*tenant, "risk", "R-1").text("status"), "in_treatment");
  EXPECT_EQ(read(*tenant, "risk", "R-2").text("status"), "draft");
  SheetPlan result = plan(*tenant, "risk", "id,title,status\nR-1,One,accepted\n");
  EXPECT_EQ(counts(result), "0/0/0/1");
  EXPECT_NE(line(result.problems()).find("is changed by taking a step"), std::string::npos);
}

TEST_F(SheetImport, an_old_export_does_not_overwrite_newer_changes) {
  auto tenant = create("a");
  expect(apply(*tenant, "risk", "id,title\nR-1,One\n"));
  std::string old = csv_of(*tenant, def("risk"));
  expect(apply(*tenant, "risk", "id,title\nR-1,Changed since\n"));
  SheetPlan result = plan(*tenant, "risk", old);
  EXPECT_EQ(counts(result), "0/0/0/1");
  EXPECT_NE(
      line(result.problems()).find("column version: was changed since the file was exported: the version is 2 now"),
      std::string::npos)
      << line(result.problems());
}

TEST_F(SheetImport, one_record_stands_in_one_row) {
  auto tenant = create("a");
  SheetPlan result = plan(*tenant, "risk", "id,title\nR-1,One\nR-1,Two\n,Three\n");
  EXPECT_EQ(counts(result), "2/0/0/1");
  EXPECT_EQ(line(result.problems()), "row 3: is the same record as row 2 [R-1]\n");
  EXPECT_EQ(result.rows[2].id, "R-002");
}

TEST_F(SheetImport, strict_refuses_what_is_incomplete) {
  auto tenant = create("a");
  std::string text = "id,name,kind\nA-1,Server,\n";
  SheetPlan lenient = plan(*tenant, "asset", text);
  EXPECT_EQ(counts(lenient), "1/0/0/0");
  EXPECT_NE(line(lenient.warnings()).find("row 2, column kind: is required"), std::string::npos)
      << line(lenient.warnings());
  EXPECT_EQ(counts(plan(*tenant, "asset", text, {.strict = true})), "0/0/0/1");
}

TEST_F(SheetImport, mappings_are_remembered_and_may_be_given) {
  auto tenant = create("a");
  Sheet sheet = csv_sheet("Alpha,Beta\nSomething,Fire\n");
  auto given = parse_mapping(def("risk"), sheet, 0, "Alpha=title,Beta=Threat");
  ASSERT_TRUE(given);
  SheetTask task{&sheet, &def("risk"), *given};
  expect(apply_import(*tenant->workspace, somebody(), {&task, 1}, {}));
  auto reader = expect(tenant->workspace->read());
  ColumnMapping remembered = expect(mapping_for(*reader, def("risk"), csv_sheet("ALPHA,beta\nx,y\n")));
  EXPECT_TRUE(remembered.remembered);
  EXPECT_EQ(field_of(remembered, "beta"), "threat");
  auto wrong = parse_mapping(def("risk"), sheet, 0, "{\"Gamma\": \"title\", \"Alpha\": \"tilte\"}");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().problems.size(), 2U);
  EXPECT_NE(wrong.error().text().find("did you mean title?"), std::string::npos);
}

TEST_F(SheetImport, only_those_with_the_right_may_import) {
  auto tenant = create("a");
  Sheet sheet = csv_sheet("id,title\nR-1,One\n");
  SheetTask task = task_for(*tenant, "risk", sheet);
  Principal employee{"a1", "Emma", "P-1", {Role::employee}};
  auto refused = apply_import(*tenant->workspace, employee, {&task, 1}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
  Principal owner{"a2", "Otto", "P-2", {Role::isms_owner}};
  EXPECT_TRUE(apply_import(*tenant->workspace, owner, {&task, 1}, {}));
  auto reader = expect(tenant->workspace->read());
  auto history = expect(reader->history(def("risk"), "R-1", 0, 10));
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].operation, "import");
}

TEST_F(SheetImport, spreadsheet_errors_and_odd_sheets_are_told) {
  auto tenant = create("a");
  SheetPlan result = plan(*tenant, "risk", "id,title\nR-1,#REF!\n");
  EXPECT_NE(line(result.problems()).find("is an error of the spreadsheet"), std::string::npos);
  Sheet empty;
  SheetTask task{&empty, &def("risk"), guess_mapping(def("risk"), empty)};
  auto reader = expect(tenant->workspace->read());
  EXPECT_FALSE(plan_import(*reader, somebody(), {&task, 1}, {}));
}

TEST_F(SheetImport, registers_are_recognised_by_name) {
  auto name = [](std::string_view text) {
    const EntityDef* found = register_named(registers(), text);
    return found ? std::string(found->name()) : std::string("-");
  };
  EXPECT_EQ(name("risk-register"), "risk");
  EXPECT_EQ(name("Asset Inventory"), "asset");
  EXPECT_EQ(name("vulnerability-register"), "vulnerability_finding");
  EXPECT_EQ(name("Risks 2026-01-31 final"), "risk");
  EXPECT_EQ(name("statement-of-applicability-de"), "statement_of_applicability");
  EXPECT_EQ(name("Asset Summary"), "-");
  EXPECT_EQ(name("Dashboard"), "-");
}

TEST(CellReading, people_write_numbers_and_nothing_in_many_ways) {
  const FieldDef& likelihood = *registers().find("risk")->find("inherent_likelihood");
  EXPECT_EQ(number_of(*read_cell(likelihood, "5 - almost certain")), 5);
  EXPECT_EQ(number_of(*read_cell(likelihood, "4 (likely)")), 4);
  EXPECT_FALSE(read_cell(likelihood, "5-6"));
  EXPECT_TRUE(says_nothing(likelihood, " N/A "));
  EXPECT_FALSE(says_nothing(*registers().find("risk")->find("title"), "n/a"));
  EXPECT_EQ(column_letters(0) + column_letters(25) + column_letters(26) + column_letters(701) + column_letters(702),
            "AZAAZZAAA");
}

}  // namespace
}  // namespace assay::test
