// A workspace with the example organisation, for tests of what is asked of it over time.
#pragma once

#include <gtest/gtest.h>

#include "case_bench.h"
#include "engines.h"
#include "isms/registers.h"
#include "kernel/rules/auditor.h"
#include "kernel/service/bundle_service.h"
#include "tests/base/temp_folder.h"

namespace assay::testing {

template <class T>
T got(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return *std::move(result);
}

inline const Principal& editor() {
  static const Principal principal = Principal::product("test");
  return principal;
}

// A workspace with the example organisation, on the day for which it was written.
class ExampleWorkspace : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    std::string name = "auditor";
    Location location =
        got(Location::parse(GetParam() == Engine::sqlite ? (folder_.path() / "data").string() : postgres_address(),
                            (folder_.path() / "state").string()));
    if (GetParam() == Engine::postgres) {
      auto connection = got(open_postgres(postgres_address(), "public"));
      must(connection->script("drop schema if exists assay_auditor cascade"));
    }
    workspace_ = got(Workspace::create(location, name, {registers(), clock_, rule_set().parameter_defaults()}));
    Bundle bundle =
        got(read_bundle(registers(), read(std::filesystem::path(ASSAY_SOURCE_DIR) / "content/example/workspace.json")));
    got(import_bundle(*workspace_, editor(), bundle, {}));
    // As the server's own housekeeping would have done by the time people work with it.
    if (GetParam() == Engine::postgres) must(got(workspace_->connect(false))->script("analyze"));
  }
  // PostgreSQL takes seconds for what SQLite does in a third of one; the logic is the same.
  int rounds(int on_sqlite, int on_postgres) const { return GetParam() == Engine::sqlite ? on_sqlite : on_postgres; }
  void TearDown() override {
    workspace_.reset();
    if (GetParam() != Engine::postgres) return;
    auto connection = got(open_postgres(postgres_address(), "public"));
    must(connection->script("drop schema if exists assay_auditor cascade"));
  }

  void change(const EntityDef& def, const Id& id, std::string_view field, const Value& value) {
    must(workspace_->write(
        editor(),
        [&](Transaction& transaction) -> Result<void> {
          TRY(Record before, transaction.read(def, id));
          Record after = before;
          after.at(field) = value;
          return transaction.update(before, after, "a test");
        },
        Strictness::lenient));
  }

  test::TempFolder folder_;
  FixedClock clock_{*Instant::parse("2026-06-30T09:00:00Z")};
  Date today_ = *Date::parse("2026-06-30");
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace assay::testing
