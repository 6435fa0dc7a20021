// What the README of the example organisation lists as wrong on purpose is what the rules find, no more and no less.
#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "base/text.h"
#include "isms/registers.h"
#include "kernel/service/bundle_service.h"
#include "rules/case_bench.h"

namespace assay {
namespace {

using Planted = std::tuple<std::string, std::string, std::string>;  // rule, subject, class

// The rows of the table: | rule | record, record (remark) | class | what is wrong |
std::set<Planted> listed(const std::string& readme) {
  std::set<Planted> out;
  for (std::string_view line : split(readme, '\n')) {
    std::vector<std::string_view> cells = split(line, '|');
    if (cells.size() < 6 || !testing::rule_set().find(trim(cells[1]))) continue;
    std::string_view subjects = cells[2].substr(0, cells[2].find('('));
    for (std::string_view subject : split(subjects, ',')) out.emplace(trim(cells[1]), trim(subject), trim(cells[3]));
  }
  return out;
}

TEST(Example, FindingsAreThoseTheReadmeLists) {
  std::filesystem::path folder = testing::rules_folder().parent_path() / "content/example";
  auto bundle = read_bundle(registers(), testing::read(folder / "workspace.json"));
  ASSERT_TRUE(bundle) << bundle.error().text();
  auto verdict = check_bundle(testing::rule_set(), registers(), *bundle, {*bundle->as_of, {}, {}, {}});
  ASSERT_TRUE(verdict) << verdict.error().text();
  for (const NotEvaluated& item : verdict->not_evaluated) ADD_FAILURE() << item.rule << ": " << item.reason;
  std::set<Planted> planted = listed(testing::read(folder / "README.md"));
  EXPECT_GT(planted.size(), 30U);
  for (const RuleFinding& finding : verdict->findings) {
    Planted found(finding.rule_id, finding.subject, name_of(finding.finding_class));
    if (planted.erase(found) == 0)
      ADD_FAILURE() << "not listed: " << finding.rule_id << " " << finding.subject << " " << std::get<2>(found) << ": "
                    << finding.detail;
  }
  for (const auto& [rule, subject, finding_class] : planted)
    ADD_FAILURE() << "not found: " << rule << " " << subject << " " << finding_class;
}

}  // namespace
}  // namespace assay
