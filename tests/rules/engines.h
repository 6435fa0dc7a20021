// The database engines the tests run on: SQLite always, PostgreSQL when ASSAY_TEST_POSTGRES names an empty database.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "kernel/store/database.h"

namespace assay::testing {

inline std::string postgres_address() {
  const char* address = std::getenv("ASSAY_TEST_POSTGRES");
  return address ? address : "";
}

inline std::vector<Engine> engines() {
  std::vector<Engine> out{Engine::sqlite};
  if (!postgres_address().empty()) out.push_back(Engine::postgres);
  return out;
}

inline std::string_view name_of(Engine engine) { return engine == Engine::sqlite ? "SQLite" : "PostgreSQL"; }

}  // namespace assay::testing
