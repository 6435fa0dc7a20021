// What the pages about rules and their parameters share.
#pragma once

#include <string>
#include <vector>

#include "kernel/rules/parameter_use.h"
#include "kernel/service/own_rules.h"
#include "web/page.h"

namespace assay {

std::string own_rule_url(std::string_view id, std::string_view below = {});
std::string parameter_url(std::string_view key);

// Value in force, default, source and basis of each; with `use` also the rules that ask for it.
void write_parameter_table(HtmlWriter& h, Visit& visit, const std::vector<const Parameter*>& parameters,
                           const ParameterUse* use = nullptr);

// What trying out a text gave: its problems with their lines, or what it finds, and how long it took.
void write_trial(HtmlWriter& h, const Visit& visit, const RuleTrial& trial, std::string_view text);

// Handlers of the editor (own_rule_editor.cpp).
Response new_own_rule(Visit& visit);
Response edit_own_rule(Visit& visit);
Response create_own_rule(Visit& visit);
Response save_own_rule(Visit& visit);
Response preview_own_rule(Visit& visit);
Response rule_schema_page(Visit& visit);

}  // namespace assay
