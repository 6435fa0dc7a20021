// Holds the includes against the arrows of docs/architecture.md: downward only.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;
const fs::path source = fs::path(ASSAY_SOURCE_DIR) / "src";

// Which folders a folder may include. `isms` stands for every chapter.
const std::map<std::string, std::set<std::string>> arrows = {
    {"base", {}},
    {"kernel/model", {"base"}},
    {"kernel/ledger", {"base"}},
    {"kernel/store", {"base", "kernel/model", "kernel/ledger"}},
    {"kernel/identity", {"base", "kernel/model", "kernel/store"}},
    {"kernel/exchange", {"base", "kernel/model"}},
    {"kernel/evidence", {"base", "kernel/model", "kernel/store", "kernel/exchange"}},
    {"kernel/documents", {"base", "kernel/model", "kernel/store"}},
    {"kernel/rules", {"base", "kernel/model", "kernel/store"}},
    {"kernel/service",
     {"base", "kernel/model", "kernel/ledger", "kernel/store", "kernel/identity", "kernel/exchange", "kernel/evidence",
      "kernel/documents", "kernel/rules"}},
    {"kernel/jobs", {"base", "kernel/service"}},
    {"isms", {"base", "kernel/model"}},
    {"workflows",
     {"base", "content", "isms", "kernel/model", "kernel/store", "kernel/identity", "kernel/exchange",
      "kernel/evidence", "kernel/rules", "kernel/service"}},
    {"content", {"base"}},
    {"http", {"base"}},
    {"api",
     {"base", "http", "isms", "workflows", "kernel/model", "kernel/store", "kernel/identity", "kernel/exchange",
      "kernel/rules", "kernel/service"}},
    {"web",
     {"base", "http", "content", "isms", "workflows", "kernel/model", "kernel/ledger", "kernel/store",
      "kernel/identity", "kernel/evidence", "kernel/exchange", "kernel/documents", "kernel/rules", "kernel/service"}},
    {"cli",
     {"base", "http", "content", "api", "web", "isms", "workflows", "kernel/model", "kernel/ledger", "kernel/store",
      "kernel/identity", "kernel/evidence", "kernel/exchange", "kernel/documents", "kernel/rules", "kernel/service",
      "kernel/jobs"}},
};

// The layer of a path below src: "kernel/store" for kernel/store/x.h, "isms" for isms/risk/risk.h.
std::string layer_of(const std::string& path) {
  std::size_t first = path.find('/');
  if (first == std::string::npos) return "";
  std::string top = path.substr(0, first);
  if (top != "kernel") return top;
  return path.substr(0, path.find('/', first + 1));
}

std::string without_comments(const std::string& line) { return line.substr(0, line.find("//")); }

template <class Each>
void for_each_file(const Each& each) {
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    std::string extension = entry.path().extension().string();
    if (extension == ".h" || extension == ".cpp") each(entry.path(), fs::relative(entry.path(), source).string());
  }
}

TEST(Layers, IncludesPointDownward) {
  const std::regex include("^#include \"([^\"]+)\"");
  std::size_t includes = 0;
  for_each_file([&](const fs::path& file, const std::string& name) {
    std::string layer = layer_of(name);
    if (layer.empty()) return;  // main.cpp
    auto allowed = arrows.find(layer);
    ASSERT_NE(allowed, arrows.end()) << name << " lies in a folder without arrows";
    std::ifstream in(file);
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (!std::regex_search(line, match, include)) continue;
      std::string target = layer_of(match[1]);
      if (target.empty() || target == layer) continue;
      ++includes;
      EXPECT_TRUE(allowed->second.contains(target)) << name << " includes " << match[1];
    }
  });
  EXPECT_GT(includes, 300U);
}

TEST(Layers, FacesHoldNoSql) {
  const std::regex sql("\"(select [a-z_*.,() ]+ from|insert into|update [a-z_]+ set|delete from) ", std::regex::icase);
  for_each_file([&](const fs::path& file, const std::string& name) {
    std::string layer = layer_of(name);
    if (layer != "web" && layer != "api" && layer != "cli") return;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      bool probe = line.find("\"select 1\"") != std::string::npos;  // readiness of the database
      EXPECT_FALSE(!probe && std::regex_search(without_comments(line), sql)) << name << ": " << line;
    }
  });
}

// One name, one type: two structs of a name in one namespace are undefined behaviour that no compiler reports.
TEST(Layers, TypeNamesAreUnique) {
  const std::regex type("^(struct|class|enum class) ([A-Z][A-Za-z0-9]+)[^;]*\\{");
  std::map<std::string, std::string> seen;
  for_each_file([&](const fs::path& file, const std::string& name) {
    if (!name.ends_with(".h")) return;
    std::ifstream in(file);
    std::string space;
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("namespace ") && line.find('{') != std::string::npos) space = line;
      // Specialisations ("struct Codec<bool>") are no names of their own.
      if (!std::regex_search(line, match, type) || line.find('<') != std::string::npos ||
          line.starts_with("struct Codec"))
        continue;
      auto [entry, fresh] = seen.emplace(space + match[2].str(), name);
      EXPECT_TRUE(fresh) << match[2] << " is declared in " << entry->second << " and in " << name;
    }
  });
}

TEST(Layers, EveryRegisterFileIsListed) {
  std::ifstream in(source / "isms" / "registers.cpp");
  std::string listed((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::size_t registers = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source / "isms")) {
    if (entry.path().extension() != ".cpp" || entry.path().parent_path() == source / "isms") continue;
    std::ifstream file(entry.path());
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const std::regex definition("const EntityDef& ([A-Za-z]+)::def\\(\\)");
    std::smatch match;
    if (!std::regex_search(text, match, definition)) continue;
    ++registers;
    EXPECT_NE(listed.find("&" + match[1].str() + "::def()"), std::string::npos) << entry.path();
  }
  EXPECT_EQ(registers, 93U);
}

}  // namespace
