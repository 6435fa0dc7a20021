// What the program brings along: registers, rules and content, read once at the start.
#pragma once

#include "kernel/service/tenant.h"
#include "web/assets.h"

namespace assay {

extern const EmbeddedFiles content_files;  // content/
extern const EmbeddedFiles rule_files;     // rules/

const Product& product();

Result<Location> location_of(const class Settings& settings);

// The workspace that --workspace names; without it the only one, or `main`.
Result<std::unique_ptr<Tenant>> open_tenant(const struct Call& call);

// First line of a file, or of standard input for "-".
Result<std::string> read_secret(const std::string& file);

// The whole file; `most` bytes at most.
Result<std::string> read_input(const std::string& file, std::size_t most);

}  // namespace assay
