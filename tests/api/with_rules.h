// A site whose organisations are judged by the product's rules.
#pragma once

#include "tests/api/fixture.h"

namespace assay::test {

inline RuleSet product_rules() {
  std::filesystem::path folder = std::filesystem::path(ASSAY_SOURCE_DIR) / "rules";
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    texts.emplace_back(entry.path().lexically_relative(folder).string(), must(read_file(entry.path(), 1U << 20U)));
  }
  std::vector<SourceFile> files;
  for (const auto& [name, text] : texts) files.push_back({name, text});
  return RuleSet::load(files);
}

class WithRules : public ::testing::TestWithParam<Engine> {
 protected:
  // One site an engine for all tests: making it takes seconds on PostgreSQL. They use ids of their own.
  static Site& site() {
    static std::map<Engine, std::unique_ptr<Site>> sites;
    std::unique_ptr<Site>& made = sites[GetParam()];
    if (!made) {
      made = std::make_unique<Site>(GetParam(), product_rules(), "with_rules");
      must(import_bundle(*made->full().workspace, Principal::product("test"), example_bundle(), {}));
      // As the server's own housekeeping would have done by the time people work with it.
      if (GetParam() == Engine::postgres) must(must(made->full().workspace->connect(false))->script("analyze"));
    }
    return *made;
  }
  static const Person& person(const std::string& name, Roles roles, const Id& record = {}) {
    static std::map<std::pair<Engine, std::string>, Person> people;
    auto [found, fresh] = people.try_emplace({GetParam(), name});
    if (fresh) found->second = site().enrol(site().full(), name, roles, record);
    return found->second;
  }
};

}  // namespace assay::test
