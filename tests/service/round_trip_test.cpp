// What leaves the product comes back unchanged.
#include "tests/service/fixture.h"

namespace assay::test {
namespace {

class RoundTrip : public ServiceTest {};

TEST_F(RoundTrip, importing_our_own_csv_changes_nothing) {
  auto tenant = example("a");
  std::size_t rows = 0;
  for (const EntityDef* def : registers().all()) {
    Sheet sheet = csv_sheet(csv_of(*tenant, *def));
    if (sheet.rows.size() < 2) continue;
    SheetTask task = task_for(*tenant, def->name(), sheet);
    EXPECT_EQ(task.mapping.header_row, 0U);
    for (const MappedColumn& column : task.mapping.columns) {
      EXPECT_NE(column.use, ColumnUse::none) << def->name() << " " << column.heading << " " << column.note;
      EXPECT_TRUE(!column.field || column.field->name == column.heading) << column.heading;
    }
    SheetPlan result = plan(*tenant, task);
    EXPECT_EQ(counts(result), fmt::format("0/0/{}/0", sheet.rows.size() - 1)) << def->name() << "\n" << line(result.problems());
    EXPECT_TRUE(result.warnings().empty()) << def->name() << "\n" << line(result.warnings());
    rows += result.rows.size();
  }
  EXPECT_GT(rows, 500U);
}

TEST_F(RoundTrip, importing_our_own_workbook_changes_nothing) {
  auto tenant = example("a");
  std::filesystem::path file = folder_.path() / "all.xlsx";
  expect(export_workbook(tenant->registers, somebody(), file, folder_.path()));
  Workbook workbook = expect(read_xlsx(file));
  std::vector<SheetTask> tasks;
  std::size_t rows = 0;
  for (const Sheet& sheet : workbook.sheets) {
    if (sheet.name == legend_sheet) continue;
    const EntityDef* def = register_named(registers(), sheet.name);
    ASSERT_NE(def, nullptr) << sheet.name;
    EXPECT_EQ(def->name(), sheet.name);
    tasks.push_back(task_for(*tenant, def->name(), sheet));
    rows += sheet.rows.size() - 1;
  }
  auto reader = expect(tenant->workspace->read());
  std::size_t unchanged = 0;
  for (const SheetPlan& result : expect(plan_import(*reader, somebody(), tasks, {}))) {
    EXPECT_EQ(result.changed + result.created + result.refused, 0U) << result.sheet << "\n" << line(result.problems());
    for (const RowPlan& row : result.rows) {
      for (const FieldChange& change : row.changes) ADD_FAILURE() << result.sheet << " " << row.id << " " << change.field->name << ": " << to_text(*change.field, change.before) << " -> " << to_text(*change.field, change.after);
    }
    unchanged += result.unchanged;
  }
  EXPECT_EQ(unchanged, rows);
}

TEST_F(RoundTrip, a_workbook_fills_an_empty_workspace) {
  auto tenant = example("a");
  auto fresh = create("b");
  std::filesystem::path file = folder_.path() / "all.xlsx";
  expect(export_workbook(tenant->registers, somebody(), file, folder_.path()));
  Workbook workbook = expect(read_xlsx(file));
  std::vector<SheetTask> tasks;
  for (const Sheet& sheet : workbook.sheets) {
    if (sheet.name != legend_sheet) tasks.push_back(task_for(*fresh, sheet.name, sheet));
  }
  auto plans = expect(apply_import(*fresh->workspace, somebody(), tasks, {}));
  // Derived numbers are worked out anew, so only the parts people keep are compared.
  for (const SheetPlan& result : plans) EXPECT_EQ(result.created, result.rows.size()) << result.sheet;
  auto before = expect(tenant->workspace->read());
  auto after = expect(fresh->workspace->read());
  for (const SheetPlan& result : plans) {
    ListQuery query;
    query.def = result.def;
    expect(before->each(query, [&](const Record& record) -> Result<void> {
      for (const FieldChange& change : changes(record, expect(after->read(*result.def, record.id)))) {
        if (!change.field->text.derived) ADD_FAILURE() << result.sheet << " " << record.id << " " << change.field->name;
      }
      return {};
    }));
  }
}

TEST_F(RoundTrip, a_bundle_fills_an_empty_workspace) {
  auto tenant = example("a");
  auto fresh = create("b");
  std::string text = bundle_of(*tenant);
  ImportOutcome outcome = expect(import_bundle(*fresh->workspace, somebody(), expect(read_bundle(registers(), text)), {}));
  EXPECT_GT(outcome.created, 500U);
  EXPECT_EQ(bundle_of(*fresh), text);
  outcome = expect(import_bundle(*fresh->workspace, somebody(), expect(read_bundle(registers(), text)), {}));
  EXPECT_EQ(outcome.created + outcome.changed, 0U);
}

TEST_F(RoundTrip, a_dry_run_of_a_bundle_stores_nothing) {
  auto fresh = create("b");
  Bundle bundle = expect(read_bundle(registers(), file_text(source_folder() / "content/example/workspace.json")));
  ImportOutcome outcome = expect(import_bundle(*fresh->workspace, somebody(), bundle, {.dry_run = true}));
  EXPECT_EQ(outcome.created, bundle.records.size());
  EXPECT_EQ(expect(expect(fresh->workspace->read())->count(def("risk"))), 0);
}

TEST_F(RoundTrip, texts_that_spreadsheets_mangle_come_back) {
  auto tenant = create("a");
  for (std::string text : {"=1+1", "'=1+1", "-5", "+49 40", "@home", "1E5", "00123", "true", "2026-01-01", "a;b\nc,\"d\"", "_x000D_", "n/a"}) {
    Record record(def("risk"));
    record.at("title") = text;
    record.at("scenario") = text + "\nsecond line";
    record = expect(tenant->registers.create(somebody(), record));
    Sheet sheet = csv_sheet(csv_of(*tenant, def("risk")));
    SheetPlan result = plan(*tenant, task_for(*tenant, "risk", sheet));
    EXPECT_EQ(result.unchanged, result.rows.size()) << text << line(result.problems());
    EXPECT_EQ(sheet.rows.back()[1], text);
  }
}

}  // namespace
}  // namespace assay::test
