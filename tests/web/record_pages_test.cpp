// The pages of records, evidence and documents over the example organisation, asked as a browser would ask them.
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "isms/registers.h"
#include "kernel/service/bundle_service.h"
#include "tests/web/whole.h"
#include "web/site.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

template <class File>
struct Sources {
  std::deque<std::string> names, texts;
  std::vector<File> files;
  explicit Sources(const fs::path& root) {
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file() || entry.path().extension() == ".json" || entry.path().extension() == ".txt")
        continue;
      files.push_back({names.emplace_back(fs::relative(entry.path(), root).generic_string()),
                       texts.emplace_back(read_file(entry.path(), 1 << 22).value())});
    }
  }
};

const fs::path source_folder = ASSAY_SOURCE_DIR;
const Sources<SourceFile>& rule_sources() {
  static const Sources<SourceFile> sources(source_folder / "rules");
  return sources;
}
const Library& product_library() {
  static const Sources<ContentFile> sources(source_folder / "content");
  static const Library library = Library::load(sources.files).value();
  return library;
}

// One organisation for all tests: each looks at records of its own.
struct Organisation {
  fs::path folder = fs::temp_directory_path() / ("assay-records-" + random_token(6));
  FixedClock clock{*Instant::parse("2026-07-01T08:00:00Z")};
  RuleSet rules = RuleSet::load(rule_sources().files);
  CommonPasswords common{"qwerty"};
  Product product{registers(), rules, clock, common};
  std::unique_ptr<Installation> installation;
  std::unique_ptr<WebFace> face;
  std::unique_ptr<Router> router;
  std::string cookie, csrf;

  Organisation() {
    fs::create_directories(folder);
    Location location = *Location::parse(folder.string());
    EXPECT_TRUE(Workspace::create(location, "main", product.workspace_settings()).has_value());
    installation = *Installation::open(location, product);
    face = std::make_unique<WebFace>(WebFace{*installation, product_library(), {""}});
    router = std::make_unique<Router>(web_routes(*face));
    std::string json = read_file(source_folder / "content" / "example" / "workspace.json", 1 << 26).value();
    auto bundle = read_bundle(registers(), json);
    EXPECT_TRUE(bundle) << bundle.error().text();
    auto done = import_bundle(*tenant().workspace, Principal::product("test"), *bundle, {});
    EXPECT_TRUE(done) << done.error().text();
    sign_in();
  }
  ~Organisation() {
    router.reset();
    face.reset();
    installation.reset();
    fs::remove_all(folder);
  }
  Tenant& tenant() { return *installation->find("main"); }

  void sign_in() {
    Roles roles{Role::isms_owner, Role::top_management};
    auto account =
        tenant().accounts.create(Principal::product("test"),
                                 {"anna@example.org", "Anna Keller", "P-006", roles, "seven green ladders sing", {}});
    ASSERT_TRUE(account) << account.error().text();
    auto session =
        tenant().sessions.sign_in("anna@example.org", "seven green ladders sing", "", "192.0.2.1", "test", clock.now());
    ASSERT_TRUE(session) << session.error().text();
    cookie = session_cookie("main", session->token);
    csrf = session->csrf;
  }
  Request request(std::string method, std::string target, std::string body = {}) {
    Request out = make_request(std::move(method), std::move(target));
    out.headers.emplace_back("Cookie", "assay_session=" + cookie);
    if (!body.empty()) out.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    out.body = std::move(body);
    return out;
  }
  Response get(std::string target) {
    Request asked = request("GET", std::move(target));
    return whole(router->handle(asked));
  }
  Response post(std::string target, std::string body) {
    Request asked = request("POST", std::move(target), body + "&csrf=" + csrf);
    return whole(router->handle(asked));
  }
  Response upload(std::string target, Fields parts, const std::vector<std::pair<std::string, std::string>>& files) {
    Request asked = request("POST", std::move(target));
    asked.headers.emplace_back("Content-Type", "multipart/form-data; boundary=x");
    asked.parts = std::move(parts);
    asked.parts.emplace_back("csrf", csrf);
    for (const auto& [name, bytes] : files) {
      fs::path path = folder / ("upload-" + random_token(6));
      std::ofstream(path, std::ios::binary) << bytes;
      asked.files.push_back({"files", name, "application/octet-stream", bytes.size(), path, {}});
    }
    return whole(router->handle(asked));
  }
  Record first(std::string_view name, std::string_view field = {}, std::string_view value = {}) {
    const EntityDef& def = *registers().find(name);
    ListQuery query;
    query.def = &def;
    if (!field.empty()) query.filters = {{def.find(field), Comparison::is, {std::string(value)}}};
    query.limit = 1;
    auto reader = tenant().workspace->read();
    auto page = (*reader)->list(query);
    return page && !page->rows.empty() ? page->rows.front().record : Record(def);
  }
  Record now(const Record& record) { return (*tenant().workspace->read())->find(*record.def, record.id).value(); }
};

Organisation& organisation() {
  static Organisation one;
  return one;
}

bool holds(const Response& response, std::string_view text) { return response.body.find(text) != std::string::npos; }
std::string url_of(const Record& record) {
  return "/r/" + std::string(record.def->name()) + "/" + percent_encode(record.id);
}

// Labels, headings and messages point at elements by id: no two elements may share one.
void expect_sound(const Response& response, const std::string& url) {
  static const std::regex with_id(" id=\"([^\"]+)\""), style(" style=\"| on[a-z]+=\"");
  std::set<std::string> ids;
  for (std::sregex_iterator it(response.body.begin(), response.body.end(), with_id), end; it != end; ++it) {
    EXPECT_TRUE(ids.insert((*it)[1]).second) << url << ": id " << (*it)[1] << " twice";
  }
  EXPECT_FALSE(std::regex_search(response.body, style)) << url;
}

TEST(RecordPages, EveryRegisterHasPageFormAndSteps) {
  Organisation& org = organisation();
  std::size_t seen = 0;
  for (const EntityDef* def : registers().all()) {
    Record record = org.first(def->name());
    if (record.id.empty()) continue;
    std::string url = url_of(record);
    Response page = org.get(url);
    EXPECT_TRUE(page.status == 200 || page.status == 403) << url << " " << page.status;
    if (page.status != 200) continue;
    ++seen;
    expect_sound(page, url);
    for (const char* rest : {"/edit", "/history"}) {
      Response other = org.get(url + rest);
      EXPECT_TRUE(other.status == 200 || other.status == 403) << url << rest << " " << other.status;
      expect_sound(other, url + rest);
    }
    Response fresh = org.get("/r/" + std::string(def->name()) + "/new");
    EXPECT_TRUE(fresh.status == 200 || fresh.status == 403 || fresh.status == 303)
        << def->name() << " " << fresh.status;
    expect_sound(fresh, std::string(def->name()) + "/new");
    if (!def->lifecycle) continue;
    for (const Step& step : def->lifecycle->steps) {
      Response ask = org.get(url + "/step/" + std::string(step.name));
      EXPECT_TRUE(ask.status == 200 || ask.status == 404) << url << " " << step.name << " " << ask.status;
    }
  }
  EXPECT_GT(seen, 60U);
}

TEST(RecordPages, UnknownPlacesAreNotFound) {
  Organisation& org = organisation();
  EXPECT_EQ(org.get("/r/risk/R-nowhere").status, 404);
  Response typo = org.get("/r/rsk/R-001");
  EXPECT_EQ(typo.status, 404);
  EXPECT_TRUE(holds(typo, "risk"));
  EXPECT_EQ(org.get("/files/none").status, 404);
}

TEST(RecordPages, AFormKeepsWhatWasTypedAndSaysWhatIsWrong) {
  Organisation& org = organisation();
  Response refused = org.post("/r/risk", "title=Only+%3Ca%3E+title&inherent_likelihood=many");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(holds(refused, "Only &lt;a&gt; title"));
  EXPECT_TRUE(holds(refused, "invalid-feedback"));
  expect_sound(refused, "/r/risk");
}

TEST(RecordPages, ChangesShowInTheHistoryAndConflictsShowBothValues) {
  Organisation& org = organisation();
  Record asset = org.first("asset");
  ASSERT_FALSE(asset.id.empty());
  std::string version = std::to_string(asset.version);
  Response saved =
      org.post(url_of(asset) + "/edit", "_version=" + version + "&name=First+new+name&_reason=Because+of+a+test");
  ASSERT_EQ(saved.status, 303) << saved.body;
  Response page = org.get(url_of(asset));
  EXPECT_TRUE(holds(page, "First new name"));
  EXPECT_TRUE(holds(page, "because: Because of a test"));
  Response conflict = org.post(url_of(asset) + "/edit", "_version=" + version + "&name=Second+new+name");
  EXPECT_EQ(conflict.status, 409);
  EXPECT_TRUE(holds(conflict, "First new name"));
  EXPECT_TRUE(holds(conflict, "Second new name"));
  std::string fresh = std::to_string(org.now(asset).version);
  EXPECT_TRUE(holds(conflict, "name=\"_version\" value=\"" + fresh + "\""));
  EXPECT_EQ(org.post(url_of(asset) + "/edit", "_version=" + fresh + "&name=Second+new+name").status, 303);
  EXPECT_EQ(org.now(asset).text("name"), "Second new name");
}

TEST(RecordPages, CommentsStandBelowTheRecord) {
  Organisation& org = organisation();
  Record risk = org.first("risk");
  EXPECT_EQ(org.post(url_of(risk) + "/comments", "body=A+%3Cscript%3E+comment").status, 303);
  Response page = org.get(url_of(risk));
  EXPECT_TRUE(holds(page, "A &lt;script&gt; comment"));
  EXPECT_EQ(org.post(url_of(risk) + "/comments", "body=++").status, 422);
}

TEST(RecordPages, EmbeddedTablesGrowByARow) {
  Organisation& org = organisation();
  int tables = 0;
  for (const EntityDef* def : registers().all()) {
    for (const FieldDef& field : def->fields) {
      if (field.kind != Kind::records) continue;
      Record record = org.first(def->name());
      if (record.id.empty()) continue;
      std::string url = url_of(record);
      if (org.get(url + "/edit").status != 200) continue;
      Response row = org.get("/r/" + std::string(def->name()) + "/rows/" + std::string(field.name) + "?next=7");
      EXPECT_EQ(row.status, 200);
      EXPECT_TRUE(holds(row, std::string(field.name) + ".7."));
      EXPECT_TRUE(holds(row, "value=\"8\""));
      ++tables;
    }
  }
  EXPECT_GT(tables, 0);
}

TEST(EvidencePages, FilesComeWithTheRecordAndArePreviewedSafely) {
  Organisation& org = organisation();
  Record control = org.first("control");
  Fields parts{{"kind", "report"},
               {"source", "manual"},
               {"controls", control.id},
               {"refs", "A.8.13"},
               {"period_start", "2026-06-01"},
               {"period_end", "2026-06-30"},
               {"collected_on", "2026-07-01"}};
  EXPECT_EQ(org.upload("/evidence/new", parts, {}).status, 422);
  Response made =
      org.upload("/evidence/new", parts, {{"report.pdf", "%PDF-1.7 x"}, {"page.html", "<html><script>x</script>"}});
  ASSERT_EQ(made.status, 303) << made.body;
  std::string url(made.header("Location"));
  Response page = org.get(url);
  EXPECT_TRUE(holds(page, "report.pdf"));
  EXPECT_TRUE(holds(page, "page.html"));
  expect_sound(page, url);
  static const std::regex file("href=\"(/files/[^\"/]+)\">(report.pdf|page.html)<");
  std::map<std::string, std::string> links;
  for (std::sregex_iterator it(page.body.begin(), page.body.end(), file), end; it != end; ++it)
    links[(*it)[2]] = (*it)[1];
  ASSERT_EQ(links.size(), 2U);
  Response view = org.get(links["report.pdf"] + "/view");
  EXPECT_EQ(view.status, 200);
  EXPECT_TRUE(view.header("Content-Disposition").starts_with("inline"));
  EXPECT_NE(view.header("Content-Security-Policy").find("frame-ancestors 'self'"), std::string::npos);
  EXPECT_EQ(org.get(links["page.html"] + "/view").status, 303);  // never shown, only downloaded
  EXPECT_TRUE(org.get(links["page.html"]).header("Content-Disposition").starts_with("attachment"));
  EXPECT_TRUE(holds(org.get(url_of(control)), "Evidence ("));
}

TEST(DocumentPages, FromATemplateToTheDifferenceOfTwoVersions) {
  Organisation& org = organisation();
  Response form = org.get("/documents/new?template=backup");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(holds(form, "Backup Policy"));
  Response made = org.post("/documents/new",
                           "template=backup&code=TST-01&title=Backup+test&kind=topic_policy&topic=backup&owner=P-006&"
                           "classification=internal&"
                           "audience=all_staff&retention_days=1825&external_origin=false&access_groups=staff");
  ASSERT_EQ(made.status, 303) << made.body;
  std::string edit(made.header("Location"));
  Response editor = org.get(edit);
  ASSERT_EQ(editor.status, 200);
  EXPECT_TRUE(holds(editor, "Larkfield Instruments"));
  expect_sound(editor, edit);
  std::string read = edit.substr(0, edit.size() - 5);
  std::string id = read.substr(read.rfind('/') + 1);
  Record first = org.now([&] {
    Record record(*registers().find("document_version"));
    record.id = id;
    return record;
  }());
  ASSERT_EQ(org.post(edit, "_version=" + std::to_string(first.version) + "&markdown=%23%23+One%0A%0AKeep+12+months.%0A")
                .status,
            303);
  EXPECT_TRUE(holds(org.get(read), "<h2>One</h2>"));
  Response stale = org.post(edit, "_version=" + std::to_string(first.version) + "&markdown=other");
  EXPECT_EQ(stale.status, 409);
  std::string document(first.text("document"));
  Response next =
      org.post("/documents/" + document + "/versions/new", "version=2.0&author=P-006&created_on=2026-07-01");
  ASSERT_EQ(next.status, 303) << next.body;
  std::string second_edit(next.header("Location"));
  EXPECT_TRUE(holds(org.get(second_edit), "Keep 12 months."));
  std::string second_id = second_edit.substr(0, second_edit.size() - 5);
  second_id = second_id.substr(second_id.rfind('/') + 1);
  Record second = org.now([&] {
    Record record(*registers().find("document_version"));
    record.id = second_id;
    return record;
  }());
  ASSERT_EQ(org.post(second_edit,
                     "_version=" + std::to_string(second.version) + "&markdown=%23%23+One%0A%0AKeep+24+months.%0A")
                .status,
            303);
  Response difference = org.get("/documents/compare?before=" + id + "&after=" + second_id);
  EXPECT_TRUE(holds(difference, "<del>12</del>")) << difference.body;
  EXPECT_TRUE(holds(difference, "<ins>24</ins>"));
  EXPECT_EQ(org.get("/r/document/" + document).status, 200);
}

}  // namespace
}  // namespace assay
