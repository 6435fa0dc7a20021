// Every file of the fuzzing corpora goes through its target in the normal tests too; those of multipart and note are
// replayed by the tests of http and ledger. A new target: one line in the table.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

int fuzz_csv(const std::uint8_t* data, std::size_t size);
int fuzz_xlsx(const std::uint8_t* data, std::size_t size);
int fuzz_bundle(const std::uint8_t* data, std::size_t size);
int fuzz_url(const std::uint8_t* data, std::size_t size);
int fuzz_markdown(const std::uint8_t* data, std::size_t size);
int fuzz_rule(const std::uint8_t* data, std::size_t size);
int fuzz_toml(const std::uint8_t* data, std::size_t size);

namespace {

struct Target {
  const char* name;  // of its folder in corpus/
  int (*run)(const std::uint8_t* data, std::size_t size);
};

constexpr Target targets[] = {
    {"csv", fuzz_csv},           {"xlsx", fuzz_xlsx}, {"bundle", fuzz_bundle}, {"url", fuzz_url},
    {"markdown", fuzz_markdown}, {"rule", fuzz_rule}, {"toml", fuzz_toml},
};

TEST(FuzzReplay, EveryCorpusFile) {
  std::filesystem::path corpus = std::filesystem::absolute(__FILE__).parent_path() / "corpus";
  for (const Target& target : targets) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(corpus / target.name)) {
      SCOPED_TRACE(entry.path().string());
      std::ifstream in(entry.path(), std::ios::binary);
      std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
      EXPECT_EQ(target.run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
      ++files;
    }
    EXPECT_GT(files, 0) << target.name;
  }
}

}  // namespace
