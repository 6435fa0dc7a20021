// Every field of every register with the values that formats like to lose: through JSON, CSV, XLSX and a bundle, on
// each engine. The records are generated from the declarations.
#include <boost/json.hpp>

#include "kernel/model/json.h"
#include "tests/rules/engines.h"
#include "tests/service/fixture.h"

namespace assay::test {
namespace {

// Texts that spreadsheets, CSV and JSON treat specially. None begins or ends with white space, which is not kept.
constexpr std::string_view awkward[] = {"=1+1",
                                        "+49 40",
                                        "-5",
                                        "@home",
                                        "'quoted",
                                        "\"double\"",
                                        "a,b;c|d\te",
                                        "line\nbreak",
                                        "1E5",
                                        "00123",
                                        "true",
                                        "2026-01-01",
                                        "_x000D_",
                                        "<b>&amp;</b>",
                                        "Zoë Ångström",
                                        "漢字 кириллица",
                                        "🦓 zebra",
                                        "e\u0301 combining",
                                        "n/a",
                                        "null",
                                        "[1,2]",
                                        "{\"a\":1}",
                                        "\\ backslash",
                                        "%41 %00",
                                        "\u202eright to left\u202c",
                                        "=HYPERLINK(\"http://x\")",
                                        "\u00a0inside\u00a0",
                                        "100 %",
                                        "#REF",
                                        "--"};

enum class Filling { longest, awkward_texts, least, nothing };

class Generator {
 public:
  explicit Generator(Filling filling) : filling_(filling) {}

  Record record(const EntityDef& def) {
    Record out(def);
    out.id = id_of_target(def);
    for (std::size_t i = 0; i < out.values.size(); ++i) {
      if (filling_ != Filling::nothing) out.values[i] = value(def.fields[i]);
    }
    return out;
  }

 private:
  // References lead to the generated record of the target, which is there in every register.
  static Id id_of_target(const EntityDef&) { return "GEN-1"; }

  std::string text(const FieldDef& field) {
    std::size_t most = field.max_length();
    if (filling_ == Filling::longest) {
      std::string out = "x";
      for (std::size_t length = 2; length < most; ++length) out += length % 50 == 0 ? "é" : length % 7 == 0 ? " " : "a";
      return out + "z";
    }
    if (filling_ == Filling::least) return "a";
    std::string_view chosen;
    do chosen = awkward[next_++ % std::size(awkward)];
    while (utf8_length(chosen) > most);
    return std::string(trim(chosen));
  }

  Value value(const FieldDef& field) {
    bool high = filling_ == Filling::longest;
    switch (field.kind) {
      case Kind::text: return text(field);
      case Kind::boolean: return high;
      case Kind::integer: {
        double edge =
            high ? field.text.most.value_or(999'999'999'999.0) : field.text.least.value_or(-999'999'999'999.0);
        return static_cast<std::int64_t>(edge);
      }
      case Kind::real: return high ? field.text.most.value_or(1.5e12) : field.text.least.value_or(-0.1);
      case Kind::date: return std::string(high ? "9999-12-31" : "1970-01-02");
      case Kind::instant: return std::string(high ? "9999-12-31T23:59:59Z" : "1970-01-02T00:00:01Z");
      // In the one form in which JSON is kept, whatever it was typed like.
      case Kind::json: return std::string(R"({"text":"a;\"b\"\n","number":1.5E0,"list":[1,null,true]})");
      case Kind::choice: return std::string(high ? field.choices.back().name : field.choices.front().name);
      case Kind::reference: return id_of_target(field.target());
      case Kind::texts: {
        if (filling_ == Filling::least) return std::vector<std::string>{};
        return std::vector<std::string>{text(field), "a; b", "[c", text(field)};
      }
      case Kind::choices: {
        std::vector<std::string> all;
        for (const Choice& choice : field.choices) all.emplace_back(choice.name);
        return filling_ == Filling::least ? std::vector<std::string>{} : all;
      }
      case Kind::references:
        return filling_ == Filling::least ? std::vector<std::string>{}
                                          : std::vector<std::string>{id_of_target(field.target())};
      case Kind::records: {
        if (filling_ == Filling::least) return std::vector<EmbeddedRow>{};
        EmbeddedRow row, empty;
        for (const FieldDef& part : field.parts()) {
          row.values.push_back(value(part));
          empty.values.emplace_back();
        }
        return std::vector<EmbeddedRow>{row, empty, row};
      }
    }
    return {};
  }

  Filling filling_;
  std::size_t next_ = 0;
};

class FieldRoundTrip : public ServiceTest, public ::testing::WithParamInterface<Engine> {
 protected:
  // PostgreSQL has one place for all: each workspace is a schema.
  std::unique_ptr<Tenant> fresh(const std::string& name) {
    if (GetParam() == Engine::sqlite) return create(name);
    auto connection = expect(open_postgres(testing::postgres_address(), "public"));
    expect(connection->script("drop schema if exists assay_trip_" + name + " cascade"));
    made_.push_back("assay_trip_" + name);
    Location place = expect(Location::parse(testing::postgres_address(), (folder_.path() / name).native()));
    return std::make_unique<Tenant>(expect(Workspace::create(place, "trip_" + name, {registers(), clock_, {}})),
                                    product());
  }
  void TearDown() override {
    if (made_.empty()) return;
    auto connection = expect(open_postgres(testing::postgres_address(), "public"));
    for (const std::string& name : made_) expect(connection->script("drop schema if exists " + name + " cascade"));
  }

  static void expect_same(const Record& before, const Record& after, std::string_view by) {
    for (const FieldChange& change : changes(before, after)) {
      ADD_FAILURE() << by << ": " << before.def->name() << " " << change.field->name << ": "
                    << shorten(to_text(*change.field, change.before), 200) << " -> "
                    << shorten(to_text(*change.field, change.after), 200);
    }
  }

  static void expect_unchanged(const SheetPlan& plan, std::string_view by) {
    EXPECT_EQ(counts(plan), fmt::format("0/0/{}/0", plan.rows.size())) << by << " " << plan.def->name() << "\n"
                                                                       << line(plan.problems());
    for (const RowPlan& row : plan.rows) {
      for (const FieldChange& change : row.changes) {
        ADD_FAILURE() << by << ": " << plan.def->name() << " " << change.field->name << ": "
                      << shorten(to_text(*change.field, change.before), 200) << " -> "
                      << shorten(to_text(*change.field, change.after), 200);
      }
    }
  }

 private:
  std::vector<std::string> made_;
};

INSTANTIATE_TEST_SUITE_P(Engines, FieldRoundTrip, ::testing::ValuesIn(testing::engines()),
                         [](const auto& info) { return std::string(testing::name_of(info.param)); });

TEST_P(FieldRoundTrip, EveryFieldKeepsItsValueInEveryFormat) {
  // The values of one filling are written over those of the one before: two workspaces are enough.
  auto tenant = fresh("from");
  auto target = fresh("into");
  for (Filling filling : {Filling::longest, Filling::awkward_texts, Filling::least, Filling::nothing}) {
    SCOPED_TRACE(static_cast<int>(filling));
    Generator generator(filling);
    Bundle generated;
    for (const EntityDef* def : registers().all()) generated.records.push_back(generator.record(*def));
    const std::vector<Record>& records = generated.records;
    expect(import_bundle(*tenant->workspace, somebody(), generated, {}));

    {
      auto reader = expect(tenant->workspace->read());
      for (const Record& record : records) {
        Record stored = expect(reader->read(*record.def, record.id));
        expect_same(record, stored, "store");
        Record again(*record.def);
        Problems problems =
            read_json(again, boost::json::parse(to_json(stored, {.nulls = true, .stamps = true})).get_object());
        EXPECT_TRUE(problems.empty()) << record.def->name() << "\n" << line(problems);
        expect_same(stored, again, "JSON");
      }
    }
    for (const EntityDef* def : registers().all()) {
      Sheet sheet = csv_sheet(csv_of(*tenant, *def));
      expect_unchanged(plan(*tenant, task_for(*tenant, def->name(), sheet)), "CSV");
    }
    std::filesystem::path file = folder_.path() / "all.xlsx";
    expect(write_workbook(file, folder_.path(),
                          [&](XlsxWriter& writer) { return export_workbook(tenant->registers, somebody(), writer); }));
    Workbook workbook = expect(read_xlsx(file));
    std::vector<SheetTask> tasks;
    for (const Sheet& sheet : workbook.sheets) {
      if (sheet.name != legend_sheet)
        tasks.push_back(task_for(*tenant, register_named(registers(), sheet.name)->name(), sheet));
    }
    EXPECT_EQ(tasks.size(), registers().all().size());
    {
      auto reader = expect(tenant->workspace->read());
      for (const SheetPlan& result : expect(plan_import(*reader, somebody(), tasks, {})))
        expect_unchanged(result, "XLSX");
    }
    std::string text = bundle_of(*tenant);
    expect(import_bundle(*target->workspace, somebody(), expect(read_bundle(registers(), text)), {}));
    EXPECT_TRUE(bundle_of(*target) == text) << "the bundle of a bundle differs";
  }
}

}  // namespace
}  // namespace assay::test
