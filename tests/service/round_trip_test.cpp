// What leaves the product comes back unchanged.
#include "kernel/documents/document_body.h"
#include "kernel/exchange/sniff.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/document_texts.h"
#include "kernel/service/verify.h"
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
    EXPECT_EQ(counts(result), fmt::format("0/0/{}/0", sheet.rows.size() - 1)) << def->name() << "\n"
                                                                              << line(result.problems());
    EXPECT_TRUE(result.warnings().empty()) << def->name() << "\n" << line(result.warnings());
    rows += result.rows.size();
  }
  EXPECT_GT(rows, 500U);
}

TEST_F(RoundTrip, importing_our_own_workbook_changes_nothing) {
  auto tenant = example("a");
  std::filesystem::path file = folder_.path() / "all.xlsx";
  expect(write_workbook(file, folder_.path(),
                        [&](XlsxWriter& writer) { return export_workbook(tenant->registers, somebody(), writer); }));
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
      for (const FieldChange& change : row.changes)
        ADD_FAILURE() << result.sheet << " " << row.id << " " << change.field->name << ": "
                      << to_text(*change.field, change.before) << " -> " << to_text(*change.field, change.after);
    }
    unchanged += result.unchanged;
  }
  EXPECT_EQ(unchanged, rows);
}

TEST_F(RoundTrip, a_workbook_fills_an_empty_workspace) {
  auto tenant = example("a");
  auto fresh = create("b");
  std::filesystem::path file = folder_.path() / "all.xlsx";
  expect(write_workbook(file, folder_.path(),
                        [&](XlsxWriter& writer) { return export_workbook(tenant->registers, somebody(), writer); }));
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
  ImportOutcome outcome =
      expect(import_bundle(*fresh->workspace, somebody(), expect(read_bundle(registers(), text)), {}));
  EXPECT_GT(outcome.created, 500U);
  EXPECT_EQ(bundle_of(*fresh), text);
  outcome = expect(import_bundle(*fresh->workspace, somebody(), expect(read_bundle(registers(), text)), {}));
  EXPECT_EQ(outcome.created + outcome.changed, 0U);
}

// Evidence files and the texts of documents lie beside the records, in a folder or a ZIP, and find their records again.
TEST_F(RoundTrip, a_zip_carries_evidence_files_and_document_texts) {
  auto tenant = create("a");
  std::string text = "# Policy\n\nNobody shares a password.\n";
  Record evidence(def("evidence"));
  evidence.id = "EV-1";
  Record version(def("document_version"));
  version.id = "DV-1";
  version.at("content_hash") = hex(sha256(text));
  Attachments attachments(*tenant->workspace, tenant->blobs);
  expect(write_file_durably(folder_.path() / "log.txt", "what happened\n"));
  auto files = expect(attachments.store({{"log.txt", folder_.path() / "log.txt"}}, sniff_media_type));
  evidence.at("content_hash") = evidence.at("stored_hash") = files[0].sha256;
  expect(tenant->workspace->write(
      somebody(),
      [&](Transaction& transaction) -> Result<void> {
        CHECK(transaction.insert(evidence, ""));
        CHECK(transaction.insert(version, ""));
        CHECK(Attachments::attach_in(transaction, evidence, files));
        return write_body(transaction, "DV-1", text);
      },
      Strictness::lenient));
  std::filesystem::path zip = folder_.path() / "org.zip";
  {
    auto reader = expect(tenant->workspace->read());
    expect(export_bundle_zip(*reader, tenant->blobs, zip, folder_.path()));
  }
  EXPECT_EQ(count_files(folder_.path()), count_files(folder_.path() / "a") + 2)
      << "nothing is left beside the ZIP and the log";

  auto import = [&](Tenant& into, const std::filesystem::path& from) {
    Bundle bundle = expect(read_bundle(registers(), expect(read_bundle_file(from))));
    BundleBlobs blobs = expect(take_blobs(from, &into.blobs));
    std::size_t given = 0;
    ImportOptions options;
    options.also = [&](Transaction& transaction) -> Result<void> {
      TRY(given, hand_out_blobs(transaction, bundle, blobs, into.blobs));
      return {};
    };
    expect(import_bundle(*into.workspace, somebody(), bundle, options));
    return fmt::format("{} of {}", given, blobs.size());
  };
  auto fresh = create("b");
  EXPECT_EQ(import(*fresh, zip), "2 of 2");
  EXPECT_EQ(bundle_of(*fresh), bundle_of(*tenant));
  auto rows = expect(Attachments(*fresh->workspace, fresh->blobs).list(def("evidence"), "EV-1"));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].sha256, files[0].sha256);
  EXPECT_EQ(rows[0].name, "EV-1.txt");
  EXPECT_EQ(fresh->blobs.check(*hash_from_hex(rows[0].sha256)), BlobState::intact);
  EXPECT_EQ(expect(document_text(fresh->registers, somebody(), "DV-1")), text);
  EXPECT_EQ(import(*fresh, zip), "2 of 2") << "again";
  EXPECT_EQ(expect(Attachments(*fresh->workspace, fresh->blobs).list(def("evidence"), "EV-1")).size(), 1U)
      << "but not twice";
  EXPECT_TRUE(expect(verify(*fresh->workspace)).damages.empty());

  // The same as a folder.
  std::filesystem::path folder = folder_.path() / "org";
  std::filesystem::create_directories(folder / "blobs");
  expect(write_file_durably(folder / "workspace.json", bundle_of(*tenant)));
  expect(write_file_durably(folder / "blobs" / files[0].sha256, "what happened\n"));
  auto third = create("c");
  EXPECT_EQ(import(*third, folder), "1 of 1");
  // A file that is not what its name says, one under another name and a link are refused by name.
  expect(write_file_durably(folder / "blobs" / hex(sha256("x")), "y"));
  EXPECT_NE(take_blobs(folder, nullptr).error().text().find(hex(sha256("x"))), std::string::npos);
  std::filesystem::remove(folder / "blobs" / hex(sha256("x")));
  expect(write_file_durably(folder / "blobs" / "notes.txt", "y"));
  EXPECT_NE(take_blobs(folder, nullptr).error().text().find("notes.txt"), std::string::npos);
  std::filesystem::remove(folder / "blobs" / "notes.txt");
  std::filesystem::create_symlink("/etc/passwd", folder / "blobs" / hex(sha256("z")));
  EXPECT_NE(take_blobs(folder, nullptr).error().text().find("plain file"), std::string::npos);
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
  for (std::string text : {"=1+1", "'=1+1", "-5", "+49 40", "@home", "1E5", "00123", "true", "2026-01-01",
                           "a;b\nc,\"d\"", "_x000D_", "n/a"}) {
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
