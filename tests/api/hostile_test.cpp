// Every parser of foreign bytes against every kind of hostile input: it says what is wrong, in bounded time and memory,
// and nothing is half applied.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>

#include "base/random.h"
#include "base/text.h"
#include "cli/settings.h"
#include "http/multipart.h"
#include "kernel/documents/markdown.h"
#include "kernel/exchange/csv.h"
#include "kernel/exchange/xlsx_reader.h"
#include "kernel/ledger/note.h"
#include "kernel/rules/rule.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/column_mapping.h"
#include "tests/api/fixture.h"
#include "tests/exchange/zip_fixture.h"

namespace assay::test {
namespace {

using Outcome = Result<void>;

struct Parser {
  std::string name;
  std::string good;  // something that it takes
  std::function<Outcome(const std::string&)> read;
};

template <class T>
Outcome without_value(Result<T>&& result) {
  if (result) return {};
  return std::unexpected(std::move(result).error());
}

Outcome refused(std::string_view message) { return fail(Problems{{"", std::string(message), ""}}); }

class NoSink : public MultipartSink {
 public:
  Result<void> begin(const PartHead&) override { return {}; }
  Result<void> data(std::string_view) override { return {}; }
  Result<void> end() override { return {}; }
};

Outcome read_multipart(const std::string& bytes) {
  NoSink sink;
  MultipartParser parser("b", sink);
  CHECK(parser.feed(bytes));
  return parser.finish();
}

const std::string& xlsx_sample() {
  static const std::string bytes = source_text("tests/exchange/data/messy.xlsx");
  return bytes;
}

constexpr std::string_view bundle_sample =
    R"({"format":"assay-workspace/1","as_of":"2026-10-15","records":{"risk":[{"id":"R-1","title":"Theft","inherent_likelihood":3,"inherent_impact":4}]}})";

std::vector<Parser> parsers(Site& site, const Person& person, const std::filesystem::path& folder) {
  static const Sheet sheet = must(read_csv("Risk;Who;Level\na;b;3\n"));
  SigningKey key = must(SigningKey::generate("test"));
  Checkpoint checkpoint{.origin = "assay/test", .size = 3, .root = sha256("x"), .extensions = {}};
  return {
      {"csv", "id;title;owner\nR-1;\"a;\"\"b\"\"\";P-1\n",
       [](const std::string& bytes) { return without_value(read_csv(bytes)); }},
      {"xlsx", xlsx_sample(), [](const std::string& bytes) { return without_value(read_xlsx_bytes(bytes)); }},
      {"bundle", std::string(bundle_sample),
       [](const std::string& bytes) { return without_value(read_bundle(registers(), bytes)); }},
      {"zip",
       fixture::make_zip(
           {{"workspace.json", std::string(bundle_sample)}, {"blobs/" + hex(sha256("evidence")), "evidence"}}),
       [folder](const std::string& bytes) -> Outcome {
         must(write_file_durably(folder / "bundle.zip", bytes));
         TRY(std::string text, read_bundle_file(folder / "bundle.zip"));
         CHECK(take_blobs(folder / "bundle.zip", nullptr));
         return without_value(read_bundle(registers(), text));
       }},
      {"api", R"({"title":"Theft","inherent_likelihood":3})",
       [&site, &person](const std::string& bytes) -> Outcome {
         // Checked and not stored, so that the good ones leave nothing either.
         Response response =
             site.api(person, "POST", "/api/v1/risk/bulk", "{\"dry_run\":true,\"items\":[" + bytes + "]}");
         if (response.status == 200) return {};
         EXPECT_TRUE(response.status == 422 || response.status == 403) << response.status << " " << response.body;
         EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
         return refused(response.body);
       }},
      {"multipart", "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x.txt\"\r\n\r\nhello\r\n--b--\r\n",
       &read_multipart},
      {"markdown", "# Title\n\n| a | b |\n| --- | --- |\n| 1 | [x](https://example.org) |\n\n> quote\n\n- item\n",
       [](const std::string& bytes) -> Outcome {
         if (!is_utf8(bytes)) return refused("must be UTF-8");
         return is_utf8(render_markdown(bytes)) ? Outcome() : refused("the page is no UTF-8");
       }},
      {"query", "q=a%20b&owner=P-1&title.contains=x&sort=-id&limit=10&columns=title,owner",
       [](const std::string& bytes) -> Outcome {
         auto pairs = parse_pairs(bytes);
         if (!pairs) return refused("does not decode");
         return without_value(parse_list_query(*registers().find("risk"), *pairs));
       }},
      {"target", "/r/risk/R-1?q=a%20b", [](const std::string& bytes) { return Request().set_target(bytes); }},
      {"note", sign_note(checkpoint.to_text(), key),
       [verifier = key.verifier()](const std::string& bytes) -> Outcome {
         TRY(std::string text, open_note(bytes, verifier));
         return without_value(Checkpoint::parse(text));
       }},
      {"toml", "data = \"/srv/assay\"\nlisten = \"127.0.0.1:8080\"\nworkers = 4\n",
       [](const std::string& bytes) { return without_value(parse_settings(bytes, "assay.toml")); }},
      {"rule", source_text("rules/C6.1.2-c-01.sql"),
       [](const std::string& bytes) { return without_value(parse_rule("C6.1.2-c-01.sql", bytes)); }},
      {"mapping", R"({"Risk":"title","Who":"owner","Level":""})",
       [](const std::string& bytes) {
         return without_value(parse_mapping(*registers().find("risk"), sheet, 0, bytes));
       }},
  };
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

struct Attack {
  std::string name;
  std::string bytes;
};

// Things that fit no parser in particular; each gets all of them.
const std::vector<Attack>& attacks() {
  static const std::vector<Attack> all = [] {
    constexpr std::size_t deep = 100'000;
    std::vector<Attack> out{
        {"nothing", ""},
        {"a NUL", std::string(1, '\0')},
        {"a megabyte of NUL", std::string(1 << 20, '\0')},
        {"a megabyte of spaces", std::string(1 << 20, ' ')},
        {"four megabytes of one word", std::string(4 << 20, 'x')},
        {"Latin-1", "title\nM\xFCller\n"},
        {"overlong UTF-8", "\xC0\xAF\xE0\x80\xAF"},
        {"a surrogate", "\xED\xA0\x80"},
        {"UTF-16", std::string("\xFF\xFEr\0i\0s\0k\0", 10)},
        {"a lone byte order mark", "\xEF\xBB\xBF"},
        {"brackets", repeated("[", deep)},
        {"objects", repeated("{\"a\":", deep)},
        {"objects in records", "{\"format\":\"assay-workspace/1\",\"records\":{\"risk\":[{\"id\":\"x\",\"custom\":" +
                                   repeated("[", deep) + repeated("]", deep) + "}]}}"},
        {"tables", "a = " + repeated("{b = ", deep)},
        {"dotted keys", repeated("a.", deep) + "b = 1"},
        {"quotes", repeated("\"", deep)},
        {"quotations", repeated("> ", deep)},
        {"lists", repeated("- ", deep)},
        {"links", repeated("[", deep) + repeated("](x)", 1000)},
        {"emphasis", repeated("*a_", deep)},
        {"parentheses in SQL", "-- id: C6.1.2-c-01\nselect " + repeated("(", deep)},
        {"a million columns", repeated("a,", 1'000'000)},
        {"a million semicolons", repeated(";", 1'000'000)},
        {"a million parameters", repeated("a=1&", 1'000'000)},
        {"many lines", repeated("x\n", 500'000)},
        {"escapes", repeated("%41", deep)},
        {"half an escape", "/%4"},
        {"an encoded NUL", "/a%00b"},
        {"a huge number",
         "{\"format\":\"assay-workspace/1\",\"records\":{\"risk\":[{\"id\":\"R\",\"inherent_likelihood\":" +
             std::string(100'000, '9') + "}]}}"},
        {"a huge exponent", "workers = 1e999999999\n"},
        {"a formula", "id;title\nR-1;=cmd|'/c calc'!A1\n"},
        {"entities", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>"},
        {"boundaries", repeated("--b\r\n", deep)},
        {"a climbing name", "../../../../etc/passwd"},
        {"random bytes", random_bytes(200'000)},
    };
    return out;
  }();
  return all;
}

class Hostile : public ::testing::Test {
 protected:
  // Whatever it is, it is read or refused with a reason, within seconds.
  static void feed(const Parser& parser, const std::string& what, const std::string& bytes) {
    SCOPED_TRACE(parser.name + ": " + what);
    auto began = std::chrono::steady_clock::now();
    Outcome outcome = parser.read(bytes);
    auto took = std::chrono::steady_clock::now() - began;
    EXPECT_LT(took, std::chrono::seconds(20));
    if (outcome) return;
    const Error& error = outcome.error();
    EXPECT_TRUE(error.kind == ErrorKind::invalid || error.kind == ErrorKind::limit ||
                error.kind == ErrorKind::not_found)
        << name_of(error.kind) << " " << error.message;
    EXPECT_FALSE(error.message.empty());
    EXPECT_LE(error.problems.size(), 1001U);
    for (const Problem& problem : error.problems) {
      EXPECT_FALSE(problem.message.empty());
      EXPECT_TRUE(is_utf8(problem.value) && is_utf8(problem.message)) << problem.message;
    }
    EXPECT_LT(error.text().size(), 4'000'000U) << "a message that repeats the input";
  }

  static long peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
  }

  Site site_{Engine::sqlite};
  Person person_ = site_.enrol(site_.full(), "anna", {Role::isms_owner});
};

TEST_F(Hostile, EveryParserSurvivesEveryAttack) {
  long before = peak_megabytes();
  for (const Parser& parser : parsers(site_, person_, site_.folder())) {
    auto taken = parser.read(parser.good);
    EXPECT_TRUE(taken) << parser.name << ": " << taken.error().text();
    for (std::size_t part = 0; part < 16; ++part)
      feed(parser, fmt::format("{}/16 of a good one", part), parser.good.substr(0, parser.good.size() * part / 16));
    for (std::size_t part = 0; part < 16; ++part) {
      std::size_t at = parser.good.size() * part / 16;
      for (std::string_view hit : {std::string_view("\0", 1), std::string_view("\xFF", 1), std::string_view("\"", 1),
                                   std::string_view("99999999999999999999", 20)}) {
        std::string altered = parser.good;
        altered.replace(at, 1, hit);
        feed(parser, fmt::format("a good one hit at {}", at), altered);
      }
    }
    for (const Attack& attack : attacks()) feed(parser, attack.name, attack.bytes);
  }
  EXPECT_LT(peak_megabytes() - before, 1200) << "megabytes";
  EXPECT_EQ(must(must(site_.full().workspace->read())->count(*registers().find("risk"))), 0) << "nothing was stored";
}

TEST_F(Hostile, AZipThatUnpacksWithoutEndIsRefused) {
  std::filesystem::path file = site_.folder() / "bomb.zip";
  must(write_file_durably(file, fixture::make_zip({{"workspace.json", std::string(40 << 20, ' ')}})));
  auto text = read_bundle_file(file);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind, ErrorKind::limit) << text.error().text();
  std::string name = "blobs/" + hex(sha256("x"));
  must(write_file_durably(
      file, fixture::make_zip({{"workspace.json", std::string(bundle_sample)}, {name, std::string(40 << 20, '\0')}})));
  std::size_t files = count_files(site_.folder());
  auto blobs = take_blobs(file, &site_.full().blobs);
  ASSERT_FALSE(blobs);
  EXPECT_EQ(blobs.error().kind, ErrorKind::limit) << blobs.error().text();
  EXPECT_EQ(count_files(site_.folder()), files) << "nothing is left of it";
}

TEST_F(Hostile, NamesThatLeadOutOfAZipLeadNowhere) {
  std::string hash = hex(sha256("evil"));
  for (std::string name : {"../" + hash, "/blobs/../../" + hash, "blobs/../../" + hash, "blobs\\..\\..\\" + hash,
                           "C:\\blobs\\" + hash, "blobs/x/" + hash, std::string("blobs/..")}) {
    SCOPED_TRACE(name);
    std::filesystem::path file = site_.folder() / "climbing.zip";
    must(write_file_durably(file, fixture::make_zip({{"workspace.json", std::string(bundle_sample)}, {name, "evil"}})));
    std::size_t files = count_files(site_.folder());
    auto blobs = take_blobs(file, &site_.full().blobs);
    // Either not a blob at all, or refused for its name.
    EXPECT_TRUE(!blobs || blobs->empty());
    EXPECT_EQ(count_files(site_.folder()), files);
  }
}

TEST_F(Hostile, AFolderBundleReadsOnlyWhatLiesInIt) {
  std::filesystem::path folder = site_.folder() / "org";
  std::filesystem::create_directories(folder / "blobs");
  auto missing = read_bundle_file(folder);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_NE(missing.error().message.find("workspace.json"), std::string::npos);
  must(write_file_durably(folder / "workspace.json", bundle_sample));
  must(write_file_durably(site_.folder() / "outside", "evil"));
  std::filesystem::create_symlink(site_.folder() / "outside", folder / "blobs" / hex(sha256("evil")));
  auto blobs = take_blobs(folder, &site_.full().blobs);
  ASSERT_FALSE(blobs);
  EXPECT_EQ(blobs.error().kind, ErrorKind::invalid);
  std::filesystem::remove(folder / "blobs" / hex(sha256("evil")));
  std::filesystem::create_directory(folder / "blobs" / hex(sha256("evil")));
  EXPECT_FALSE(take_blobs(folder, nullptr));
}

}  // namespace
}  // namespace assay::test
