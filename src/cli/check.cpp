#include <fmt/format.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "kernel/rules/report.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/bundle_service.h"

namespace assay {
namespace {

// The verdict with the rules it speaks of, which belong to the workspace when there is one.
struct Asked {
  std::unique_ptr<Tenant> tenant;
  const RuleSet* rules = nullptr;
  Verdict verdict = {};
};

Result<RuleQuestion> question_of(const Arguments& arguments, const RuleSet& rules) {
  RuleQuestion question;
  question.as_of = product().clock.today();
  if (arguments.has("--as-of")) {
    auto day = Date::parse(arguments.value("--as-of"));
    if (!day) return fail(Problems{{"--as-of", "must be a date YYYY-MM-DD", arguments.value("--as-of")}});
    question.as_of = *day;
  }
  question.stage = arguments.value("--stage");
  if (!question.stage.empty() && !is_stage(question.stage)) {
    return fail(Problems{unknown_stage("--stage", question.stage)});
  }
  std::string only = arguments.value("--rule");
  for (std::string_view id : split(only, ',')) {
    if (id.empty()) continue;
    if (!rules.find(id)) return fail(Problems{{"--rule", "must be the id of a rule", std::string(id)}});
    question.only.emplace(id);
  }
  return question;
}

Result<Asked> ask(const Call& call) {
  Asked asked;
  if (!call.arguments.has("--bundle")) {
    TRY(asked.tenant, open_tenant(call));
    asked.rules = &asked.tenant->auditor.rules();
    TRY(RuleQuestion question, question_of(call.arguments, *asked.rules));
    TRY(asked.verdict, asked.tenant->auditor.ask(question));
    return asked;
  }
  asked.rules = &product().rules;
  TRY(RuleQuestion question, question_of(call.arguments, *asked.rules));
  TRY(std::string text, read_bundle_file(call.arguments.value("--bundle")));
  TRY(Bundle bundle, read_bundle(product().registry, text));
  if (!call.arguments.has("--as-of") && bundle.as_of) question.as_of = *bundle.as_of;
  TRY(asked.verdict, check_bundle(*asked.rules, product().registry, bundle, question));
  return asked;
}

}  // namespace

int run_check(const Call& call) {
  auto format = report_format_of(call.arguments.value("--format", "text"));
  if (!format) {
    fmt::print(stderr, "assay: --format must be text, json, csv, sarif or junit\n");
    return exit_failed;
  }
  bool timings = call.arguments.has("--timings");
  if (timings && *format != ReportFormat::text && *format != ReportFormat::json) {
    fmt::print(stderr, "assay: --timings needs --format text or json\n");
    return exit_failed;
  }
  auto asked = ask(call);
  if (!asked) {
    report_failure(asked.error());
    return exit_failed;
  }
  std::string file = call.arguments.value("-o", "-");
  bool colour = file == "-" && isatty(STDOUT_FILENO) != 0;
  std::string text = report(asked->verdict, *asked->rules, *format, {.colour = colour, .timings = timings});
  if (file == "-") {
    std::fwrite(text.data(), 1, text.size(), stdout);
  } else if (auto written = write_file_durably(file, text); !written) {
    report_failure(written.error());
    return exit_failed;
  }
  return exit_status(asked->verdict);
}

}  // namespace assay
