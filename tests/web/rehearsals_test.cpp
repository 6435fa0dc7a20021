// Rehearsals as people hold and read them.
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "tests/web/desk.h"

namespace assay {
namespace {

using test::Desk;
using test::holds;

// The product's own rules, read from their folder once.
RuleSet own_rules() {
  static const std::map<std::string, std::string> texts = [] {
    std::map<std::string, std::string> read;
    std::filesystem::path root = std::filesystem::path(ASSAY_SOURCE_DIR) / "rules";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      std::string extension = entry.path().extension().string();
      if (extension == ".sql" || extension == ".csv")
        read[std::filesystem::relative(entry.path(), root).string()] = *read_file(entry.path(), 1U << 20U);
    }
    return read;
  }();
  std::vector<SourceFile> files;
  for (const auto& [name, text] : texts) files.push_back({name, text});
  return RuleSet::load(files);
}

struct RehearsalDesk : Desk {
  RehearsalDesk() : Desk(own_rules()) {
    set_up();
    fill(3);
    become("owner", {Role::isms_owner});
  }
  std::string hold(const std::string& form) {
    Response response = post("/rehearsals", form);
    EXPECT_EQ(response.status, 303) << response.body.substr(0, 2000);
    return std::string(response.header("Location"));
  }
};

TEST(RehearsalPages, TeachHoldAndReport) {
  RehearsalDesk desk;
  Response empty = desk.get("/rehearsals");
  EXPECT_EQ(empty.status, 200);
  EXPECT_TRUE(holds(empty, "No rehearsal has been held yet"));
  EXPECT_TRUE(holds(empty, "name=\"as_of\" value=\"2026-06-01\""));
  EXPECT_TRUE(holds(desk.get("/findings"), "href=\"/rehearsals\""));
  EXPECT_EQ(desk.hold("stage=stage1&as_of=2026-06-01"), "/rehearsals/1");
  Response report = desk.get("/rehearsals/1");
  EXPECT_EQ(report.status, 200);
  for (std::string_view words :
       {"Stage 1 report 1", "Rehearsal, not a certification audit", "Not ready for Stage 2", "Audit criteria",
        "Findings by clause", "Strengths", "Not evaluated", "Evidence looked at", "Conclusion",
        "This is the first rehearsal of Stage 1", "Major area of concern", "it agrees with "}) {
    EXPECT_TRUE(holds(report, words)) << words;
  }
  // What people wrote is text, never markup.
  EXPECT_FALSE(holds(report, "<i>owner"));
  EXPECT_TRUE(holds(report, "by &lt;i&gt;owner&lt;/i&gt;"));
  Response list = desk.get("/rehearsals");
  EXPECT_TRUE(holds(list, "href=\"/rehearsals/1\""));
  EXPECT_TRUE(holds(list, "Not ready"));
}

TEST(RehearsalPages, CompareWithTheLastOrAnotherOfTheStage) {
  RehearsalDesk desk;
  desk.hold("stage=stage1&as_of=2026-06-01");
  desk.hold("stage=gap&as_of=2026-06-01");
  desk.hold("stage=stage1&as_of=2026-06-01");
  desk.hold("stage=stage1&as_of=2026-12-01");
  Response report = desk.get("/rehearsals/4");
  EXPECT_TRUE(holds(report, "Since rehearsal 3 (for 2026-06-01)"));
  EXPECT_TRUE(holds(report, "name=\"against\""));
  EXPECT_TRUE(holds(desk.get("/rehearsals/4?against=1"), "Since rehearsal 1 (for 2026-06-01)"));
  EXPECT_EQ(desk.get("/rehearsals/4?against=2").status, 422);
  EXPECT_EQ(desk.get("/rehearsals/4?against=99").status, 404);
  EXPECT_TRUE(holds(desk.get("/rehearsals"), "Findings by rehearsal"));
}

TEST(RehearsalPages, RefuseWithAReason) {
  RehearsalDesk desk;
  Response past = desk.post("/rehearsals", "stage=stage1&as_of=2026-05-31");
  EXPECT_EQ(past.status, 422);
  EXPECT_TRUE(holds(past, "must be today or a later day"));
  EXPECT_TRUE(holds(past, "value=\"2026-05-31\""));
  EXPECT_EQ(desk.post("/rehearsals", "stage=stage1&as_of=soon").status, 422);
  EXPECT_EQ(desk.post("/rehearsals", "stage=stage9&as_of=2026-06-01").status, 422);
  for (std::string_view address : {"/rehearsals/1", "/rehearsals/0", "/rehearsals/x", "/rehearsals/1/pdf"})
    EXPECT_EQ(desk.get(std::string(address)).status, 404) << address;
}

TEST(RehearsalPages, AreForThoseWithATask) {
  RehearsalDesk desk;
  desk.hold("stage=gap&as_of=2026-06-01");
  desk.become("control", {Role::control_owner});
  EXPECT_EQ(desk.get("/rehearsals/1").status, 200);
  EXPECT_FALSE(holds(desk.get("/rehearsals"), "Rehearse</button>"));
  EXPECT_EQ(desk.post("/rehearsals", "stage=gap&as_of=2026-06-01").status, 403);
  desk.become("administrator", {Role::administrator});
  EXPECT_EQ(desk.get("/rehearsals").status, 403);
  EXPECT_EQ(desk.get("/rehearsals/1").status, 403);
  EXPECT_EQ(desk.get("/rehearsals/1/pdf").status, 403);
}

TEST(RehearsalPages, MakeThePdfBesideTheRequest) {
  RehearsalDesk desk;
  desk.hold("stage=gap&as_of=2026-06-01");
  Response first = desk.get("/rehearsals/1/pdf");
  ASSERT_EQ(first.status, 202) << first.body.substr(0, 300);
  EXPECT_TRUE(holds(first, "hx-get=\"/rehearsals/1/pdf\""));
  Response later;
  for (int i = 0; i < 600; ++i) {
    later = desk.ask("GET", "/rehearsals/1/pdf", {}, true, "pdf-progress");
    if (!holds(later, "hx-get")) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  if (holds(later, "WeasyPrint, which is not installed")) GTEST_SKIP() << "WeasyPrint is not installed";
  ASSERT_TRUE(holds(later, "The PDF is ready")) << later.body;
  Response file = desk.get("/rehearsals/1/pdf");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.header("Content-Type"), "application/pdf");
  EXPECT_TRUE(read_file(file.file, 64U << 20U)->starts_with("%PDF-"));
  EXPECT_NE(file.header("Content-Disposition").find("Gap analysis report 1"), std::string::npos);
}

}  // namespace
}  // namespace assay
