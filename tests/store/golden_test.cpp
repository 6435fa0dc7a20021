// What we promised others: tables, API description. A change shows in review; ASSAY_UPDATE_GOLDEN=1 rewrites the files.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>

#include "api/api.h"
#include "base/file.h"
#include "isms/registers.h"
#include "kernel/store/schema.h"

namespace assay {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
  std::filesystem::path path = std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden" / name;
  if (std::getenv("ASSAY_UPDATE_GOLDEN")) {
    ASSERT_TRUE(write_file_durably(path, text));
    return;
  }
  auto golden = read_file(path, 64U << 20U);
  ASSERT_TRUE(golden) << "run the test once with ASSAY_UPDATE_GOLDEN=1";
  EXPECT_TRUE(*golden == text)
      << name << " differs from what was promised; run with ASSAY_UPDATE_GOLDEN=1 and look at the difference";
}

TEST(Golden, Schema) {
  expect_golden("schema_sqlite.sql", schema_text(registers(), Engine::sqlite));
  expect_golden("schema_postgres.sql", schema_text(registers(), Engine::postgres));
}

// One line a field: what the bundle and the API call it, its type, whether it must be there.
TEST(Golden, Fields) {
  std::string out;
  for (const EntityDef* def : registers().all()) {
    for (const FieldDef& field : def->fields) {
      out += std::string(def->name()) + "." + std::string(field.name) + " " +
             std::to_string(static_cast<int>(field.kind)) + (field.required ? " required" : "");
      if (field.target) out += " -> " + std::string(field.target().name());
      for (const Choice& choice : field.choices) out += " " + std::string(choice.name);
      out += "\n";
    }
  }
  expect_golden("fields.txt", out);
}

TEST(Golden, OpenApi) {
  auto document = boost::json::parse(openapi_document(registers())).as_object();
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
  std::string out;
  for (const auto& [path, operations] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : operations.as_object())
      out += std::string(method) + " " + std::string(path) + "\n";
  }
  expect_golden("openapi_paths.txt", out);
}

}  // namespace
}  // namespace assay
