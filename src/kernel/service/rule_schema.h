// What a rule may read, for those who write one: registers, their lists, shared views and functions, each with its
// explanation.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/entity.h"
#include "kernel/rules/rule.h"

namespace assay {

struct SchemaColumn {
  std::string name;
  std::string kind;  // "date YYYY-MM-DD", "one of draft, active"; empty: a view's column
  std::string help;
};

struct SchemaTable {
  std::string name, label, help;
  std::vector<SchemaColumn> columns;
};

struct RuleSchema {
  std::vector<SchemaTable> registers;  // each followed by the tables of its lists
  std::vector<SchemaTable> views;
};

// The views' columns come from a workspace in memory. Error: a view that cannot be read there.
Result<RuleSchema> describe_rule_schema(const RuleSet& rules, const Registry& registry);

struct SchemaFunction {
  std::string_view call, meaning, example;
};
std::span<const SchemaFunction> rule_functions();

// Texts to begin with; each runs as it stands.
struct RuleTemplate {
  std::string_view name, label, text;
};
std::span<const RuleTemplate> rule_templates();

}  // namespace assay
