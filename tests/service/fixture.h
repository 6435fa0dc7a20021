// Workspaces with the example organisation in them, and shortcuts for sheets.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "isms/registers.h"
#include "kernel/exchange/csv.h"
#include "kernel/exchange/xlsx_reader.h"
#include "kernel/service/bundle_service.h"
#include "kernel/service/sheet_export.h"
#include "kernel/service/sheet_import.h"
#include "kernel/service/tenant.h"
#include "tests/base/temp_folder.h"

namespace assay::test {

inline std::filesystem::path source_folder() { return ASSAY_SOURCE_DIR; }

inline std::string file_text(const std::filesystem::path& path) {
  auto text = read_file(path, std::size_t{64} << 20U);
  if (!text) throw std::runtime_error(text.error().text());
  return *text;
}

inline std::string data_file(std::string_view name) { return file_text(source_folder() / "tests/service/data" / name); }

inline const CommonPasswords& common_passwords() {
  static const CommonPasswords list(file_text(source_folder() / "content/common-passwords.txt"));
  return list;
}

template <class T>
T expect(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return *std::move(result);
}
inline void expect(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().text());
}

inline const Principal& somebody() {
  static const Principal principal = Principal::product("test");
  return principal;
}

inline Sheet csv_sheet(std::string_view text) { return expect(read_csv(text)); }

class ServiceTest : public ::testing::Test {
 protected:
  Location location(const std::string& name) const { return expect(Location::parse((folder_.path() / name).native())); }
  Product product() const { return {registers(), rules_, clock_, common_passwords()}; }

  std::unique_ptr<Tenant> create(const std::string& name) {
    return std::make_unique<Tenant>(expect(Workspace::create(location(name), "main", {registers(), clock_, {}})),
                                    product());
  }
  std::unique_ptr<Tenant> open(const std::string& name) {
    return std::make_unique<Tenant>(expect(Workspace::open(location(name), "main", {registers(), clock_, {}})),
                                    product());
  }
  std::unique_ptr<Tenant> example(const std::string& name) {
    auto tenant = create(name);
    Bundle bundle = expect(read_bundle(registers(), file_text(source_folder() / "content/example/workspace.json")));
    expect(import_bundle(*tenant->workspace, somebody(), bundle, {}));
    return tenant;
  }

  static std::string bundle_of(Tenant& tenant) {
    std::string out;
    auto reader = expect(tenant.workspace->read());
    expect(export_bundle(*reader, [&](std::string_view chunk) -> Result<void> {
      out += chunk;
      return {};
    }));
    return out;
  }

  static std::string csv_of(Tenant& tenant, const EntityDef& def) {
    std::string out;
    ListQuery query;
    query.def = &def;
    expect(export_csv(tenant.registers, somebody(), query, [&](std::string_view piece) -> Result<void> {
      out += piece;
      return {};
    }));
    return out;
  }

  static const EntityDef& def(std::string_view name) { return *registers().find(name); }

  static SheetTask task_for(Tenant& tenant, std::string_view register_name, const Sheet& sheet) {
    auto reader = expect(tenant.workspace->read());
    return {&sheet, &def(register_name), expect(mapping_for(*reader, def(register_name), sheet))};
  }
  static SheetPlan plan(Tenant& tenant, const SheetTask& task, const SheetImportOptions& options = {},
                        const Principal& principal = somebody()) {
    auto reader = expect(tenant.workspace->read());
    return std::move(expect(plan_import(*reader, principal, {&task, 1}, options)).front());
  }
  static SheetPlan plan(Tenant& tenant, std::string_view register_name, std::string_view csv,
                        const SheetImportOptions& options = {}) {
    Sheet sheet = csv_sheet(csv);
    return plan(tenant, task_for(tenant, register_name, sheet), options);
  }
  static Result<std::vector<SheetPlan>> apply(Tenant& tenant, std::string_view register_name, std::string_view csv,
                                              const SheetImportOptions& options = {}) {
    Sheet sheet = csv_sheet(csv);
    SheetTask task = task_for(tenant, register_name, sheet);
    return apply_import(*tenant.workspace, somebody(), {&task, 1}, options);
  }
  static Record read(Tenant& tenant, std::string_view register_name, std::string_view id) {
    auto reader = expect(tenant.workspace->read());
    return expect(reader->read(def(register_name), id));
  }
  static std::string line(const Problems& problems) {
    std::string out;
    for (const Problem& problem : problems)
      out += fmt::format("{}: {} [{}]\n", problem.place, problem.message, problem.value);
    return out;
  }
  // "4/2/0/1": created, changed, unchanged, refused.
  static std::string counts(const SheetPlan& plan) {
    return fmt::format("{}/{}/{}/{}", plan.created, plan.changed, plan.unchanged, plan.refused);
  }

  TempFolder folder_;
  FixedClock clock_{*Instant::parse("2026-10-15T09:00:00Z")};
  RuleSet rules_ = RuleSet::load({});
};

}  // namespace assay::test
