#include "content/library.h"

#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "isms/frameworks/annex_a_control.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

const fs::path source_folder = ASSAY_SOURCE_DIR;

// The files of /content as the binary carries them.
struct Files {
  std::deque<std::string> names, texts;
  std::vector<ContentFile> files;

  void add(std::string name, std::string text) {
    files.push_back({names.emplace_back(std::move(name)), texts.emplace_back(std::move(text))});
  }
  static Files of_the_product() {
    Files out;
    fs::path root = source_folder / "content";
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      fs::path path = entry.path();
      if (!entry.is_regular_file() || (path.extension() != ".md" && path.extension() != ".csv")) continue;
      out.add(fs::relative(path, root).generic_string(), read_file(path, 1 << 20).value());
    }
    return out;
  }
};

Library product_library() {
  Files files = Files::of_the_product();
  auto library = Library::load(files.files);
  EXPECT_TRUE(library) << library.error().text();
  return library.value_or(Library());
}

TEST(Library, HoldsTheWholeStandard) {
  Library library = product_library();
  ASSERT_EQ(library.controls().size(), 93U);
  std::map<std::string, int> themes;
  int fresh = 0;
  for (const ControlGuidance& control : library.controls()) {
    EXPECT_EQ(control.sections.size(), 6U) << control.ref;
    EXPECT_FALSE(control.short_name.empty()) << control.ref;
    EXPECT_GT(control.default_frequency_days, 0) << control.ref;
    EXPECT_EQ(control.title, annex_a_title(control.ref));  // as documents name it
    EXPECT_FALSE(control.control_types.empty() || control.properties.empty() || control.concepts.empty())
        << control.ref;
    ++themes[control.theme];
    fresh += control.new_in_2022 ? 1 : 0;
  }
  EXPECT_EQ(themes, (std::map<std::string, int>{
                        {"organisational", 37}, {"people", 8}, {"physical", 14}, {"technological", 34}}));
  EXPECT_EQ(fresh, 11);
  int leaves = 0;
  for (const ClauseGuidance& clause : library.clauses()) {
    if (clause.sections.empty()) continue;
    ++leaves;
    EXPECT_EQ(clause.sections.size(), 7U) << clause.ref;
  }
  EXPECT_EQ(leaves, 30);
  EXPECT_GE(library.threats().size(), 60U);
  EXPECT_GE(library.weaknesses().size(), 80U);
  EXPECT_GE(library.templates().size(), 16U);
}

TEST(Library, FindsByNumber) {
  Library library = product_library();
  ASSERT_NE(library.control("5.1"), nullptr);
  EXPECT_EQ(library.control("A.5.1"), library.control("5.1"));
  EXPECT_EQ(library.control("5.38"), nullptr);
  ASSERT_NE(library.clause("6.1.2"), nullptr);
  EXPECT_EQ(library.clause("6.1.2")->parent, "6.1");
  ASSERT_NE(library.find_template("backup"), nullptr);
  EXPECT_EQ(library.find_template("backup")->title, "Backup Policy");
}

TEST(Library, ThreatsAndWeaknessesNameControlsThatExist) {
  Library library = product_library();
  std::set<std::string> codes;
  for (const Threat& threat : library.threats()) {
    EXPECT_TRUE(codes.insert(threat.code).second) << threat.code;
    for (const std::string& ref : threat.controls)
      EXPECT_NE(library.control(ref), nullptr) << threat.code << " " << ref;
  }
  for (const Weakness& weakness : library.weaknesses()) {
    EXPECT_TRUE(codes.insert(weakness.code).second) << weakness.code;
    for (const std::string& ref : weakness.controls)
      EXPECT_NE(library.control(ref), nullptr) << weakness.code << " " << ref;
  }
}

// Every placeholder has a value to come from.
TEST(Library, PlaceholdersOfTemplatesAreKnown) {
  Placeholders values{{"organisation.name", "x"}, {"organisation.sector", "x"}, {"scope.text", "x"}, {"today", "x"}};
  for (std::string_view role : {"isms_owner", "top_management_sponsor", "reporting_to_top_management",
                                "security_officer", "internal_audit_lead", "incident_manager", "continuity_manager",
                                "privacy_officer", "information_security_committee_chair"}) {
    values["role." + std::string(role)] = "x";
  }
  std::string parameters = read_file(source_folder / "rules" / "parameters.csv", 1 << 20).value();
  for (std::string_view line : split(parameters, '\n'))
    values["parameter." + std::string(line.substr(0, line.find(',')))] = "x";
  Library library = product_library();
  for (const Template& each : library.templates()) {
    std::string filled = fill_placeholders(each.markdown, values);
    for (std::string_view open : {"[organisation.", "[role.", "[parameter.", "[scope.", "{{"}) {
      EXPECT_EQ(filled.find(open), std::string::npos)
          << each.name << ": " << filled.substr(std::min(filled.find(open), filled.size()), 60);
    }
  }
}

TEST(Library, AgreesWithTheReference) {
  fs::path reference = source_folder / ".." / "shared" / "reference" / "annex-a" / "annex-a-2022.csv";
  if (!fs::exists(reference)) GTEST_SKIP() << "the reference is not here";
  Library library = product_library();
  std::string text = read_file(reference, 1 << 20).value();
  std::size_t row = 0;
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with("A.")) continue;
    ASSERT_LT(row, library.controls().size());
    const ControlGuidance& control = library.controls()[row++];
    // The reference writes "Organizational"; ids, attributes and titles are the standard's.
    std::string ours =
        "A." + control.ref + "," + (control.theme == "organisational" ? "organizational" : control.theme) + ",";
    std::string title = control.title.find(',') == std::string::npos ? control.title : "\"" + control.title + "\"";
    ours += title + "," + join(control.control_types, ";") + "," + join(control.properties, ";") + "," +
            join(control.concepts, ";") + "," + join(control.capabilities, ";") + "," + join(control.domains, ";") +
            "," + (control.new_in_2022 ? "yes" : "no");
    EXPECT_EQ(lower(line.substr(0, line.rfind(','))), lower(ours));
  }
  EXPECT_EQ(row, 93U);
}

TEST(Library, SaysWhatIsWrongInEachFile) {
  Files files;
  files.add("annex-a.csv",
            "ref,theme,title,control_types,properties,concepts,capabilities,domains\n5.1,people,A title\n");
  files.add("controls/5.2.md", "no head\n");
  files.add("clauses/4.1.md", "---\nref: 4.2\n---\n## What\nText\n");
  files.add("templates/x.md", "---\ntitle: X\n---\nText\n");
  auto library = Library::load(files.files);
  ASSERT_FALSE(library);
  std::string text = library.error().text();
  for (std::string_view part :
       {"annex-a.csv:2", "new_in_2022", "controls/5.2.md", "clauses/4.1.md", "templates/x.md"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(Library, QuotedCellsOfCsv) {
  Files files;
  files.add("threats.csv",
            "code,category,name,description,properties,controls\r\nT-1,physical,\"Fire, "
            "\"\"big\"\"\",\"Two\nlines\",C;A,5.1\r\n");
  auto library = Library::load(files.files);
  ASSERT_TRUE(library) << library.error().text();
  ASSERT_EQ(library->threats().size(), 1U);
  EXPECT_EQ(library->threats()[0].name, "Fire, \"big\"");
  EXPECT_EQ(library->threats()[0].description, "Two\nlines");
  EXPECT_EQ(library->threats()[0].properties, (std::vector<std::string>{"C", "A"}));
}

TEST(Library, FillsPlaceholders) {
  Placeholders values{{"organisation.name", "Acme"}, {"empty", " "}};
  EXPECT_EQ(fill_placeholders("{{organisation.name}} and {{ organisation.name }}", values), "Acme and Acme");
  EXPECT_EQ(fill_placeholders("a {{role.owner}} b {{empty}}", values), "a [role.owner] b [empty]");
  EXPECT_EQ(fill_placeholders("{{open", values), "{{open");
  EXPECT_EQ(fill_placeholders("", values), "");
}

}  // namespace
}  // namespace assay
