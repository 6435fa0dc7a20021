// The product's own tables, as numbered steps. A step that was released never changes.
#pragma once

#include <span>
#include <string>

#include "kernel/store/database.h"

namespace assay {

struct Migration {
  std::int64_t version;
  std::string sql;
};

std::span<const Migration> migrations(Engine engine);

}  // namespace assay
