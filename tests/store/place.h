// Workspaces to try the store on.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "base/hash.h"
#include "base/random.h"
#include "isms/registers.h"
#include "kernel/store/workspace.h"
#include "rules/engines.h"

namespace assay {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// Workspaces of one engine in a folder of their own; PostgreSQL schemas are dropped at the end.
class Place {
 public:
  explicit Place(Engine engine)
      : engine_(engine), folder_(std::filesystem::temp_directory_path() / ("assay-store-" + hex(random_bytes(6)))) {
    std::string where = engine == Engine::sqlite ? folder_.string() : testing::postgres_address();
    location_ = must(Location::parse(where, folder_.string()));
  }
  ~Place() {
    if (engine_ == Engine::postgres) {
      auto connection = open_postgres(testing::postgres_address(), "public");
      for (const std::string& name : made_)
        (void)(*connection)->script("drop schema if exists assay_" + name + " cascade");
    }
    std::filesystem::remove_all(folder_);
  }
  std::unique_ptr<Workspace> make(const std::string& name) {
    made_.push_back(name);
    return must(Workspace::create(location_, name, settings()));
  }
  std::unique_ptr<Workspace> open(const std::string& name) {
    return must(Workspace::open(location_, name, settings()));
  }
  const Location& location() const { return location_; }

 private:
  WorkspaceSettings settings() const { return {registers(), clock_, {}}; }
  Engine engine_;
  std::filesystem::path folder_;
  SystemClock clock_;
  Location location_;
  std::vector<std::string> made_;
};

}  // namespace assay
