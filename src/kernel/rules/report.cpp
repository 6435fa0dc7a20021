#include "kernel/rules/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace assay {
namespace {

std::string string_list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (std::size_t i = 0; i < items.size(); ++i) out += (i ? "," : "") + json_string(items[i]);
  return out + "]";
}

// Slowest first.
std::vector<RuleTiming> by_time(const Verdict& verdict) {
  std::vector<RuleTiming> timings = verdict.timings;
  std::ranges::stable_sort(timings, std::greater(), &RuleTiming::took);
  return timings;
}

double milliseconds(std::chrono::microseconds time) { return static_cast<double>(time.count()) / 1000.0; }

std::string timings_json(const Verdict& verdict) {
  std::string out = ",\n  \"timings\": [";
  std::string_view separator;
  for (const RuleTiming& timing : by_time(verdict)) {
    out += fmt::format("{}\n    {{\"rule\": {}, \"milliseconds\": {:.3f}}}", separator, json_string(timing.rule),
                       milliseconds(timing.took));
    separator = ",";
  }
  return out + "\n  ]";
}

std::string timings_text(const Verdict& verdict) {
  constexpr std::size_t shown = 20;
  std::vector<RuleTiming> timings = by_time(verdict);
  std::chrono::microseconds sum{};
  for (const RuleTiming& timing : timings) sum += timing.took;
  std::string out = fmt::format("\nslowest rules, of {:.0f} ms for all\n", milliseconds(sum));
  for (std::size_t i = 0; i < timings.size() && i < shown; ++i)
    out += fmt::format("  {:10.1f} ms  {}\n", milliseconds(timings[i].took), timings[i].rule);
  return out;
}

std::string as_json(const Verdict& verdict, ReportStyle style) {
  std::string out = fmt::format(
      "{{\n  \"as_of\": \"{}\",\n  \"stage\": {},\n  \"rules_evaluated\": {},\n  \"not_evaluated\": [",
      verdict.as_of.iso(), verdict.stage.empty() ? "null" : json_string(verdict.stage), verdict.rules_evaluated);
  for (std::size_t i = 0; i < verdict.not_evaluated.size(); ++i) {
    out += fmt::format("{}\n    {{\"rule\": {}, \"reason\": {}}}", i ? "," : "",
                       json_string(verdict.not_evaluated[i].rule), json_string(verdict.not_evaluated[i].reason));
  }
  out += verdict.not_evaluated.empty() ? "],\n  \"findings\": [" : "\n  ],\n  \"findings\": [";
  for (std::size_t i = 0; i < verdict.findings.size(); ++i) {
    out += fmt::format("{}\n    {}", i ? "," : "", finding_json(verdict.findings[i]));
  }
  out += verdict.findings.empty() ? "]" : "\n  ]";
  if (style.timings) out += timings_json(verdict);
  return out + "\n}\n";
}

// Quoted where needed; formula cells are defused, since people open these files in spreadsheets.
std::string csv_cell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) cell.insert(0, "'");
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return "\"" + replace_all(cell, "\"", "\"\"") + "\"";
}

std::string as_csv(const Verdict& verdict) {
  std::string out = "rule,class,ref,stages,kind,subject,title,detail,fix,synthetic\r\n";
  for (const RuleFinding& finding : verdict.findings) {
    std::string stages = join(finding.stages, " ");
    const std::string_view cells[] = {finding.rule_id, name_of(finding.finding_class),
                                      finding.ref,     stages,
                                      finding.kind,    finding.subject,
                                      finding.title,   finding.detail,
                                      finding.fix,     finding.synthetic ? "true" : "false"};
    bool first = true;
    for (std::string_view cell : cells) {
      if (!first) out += ',';
      first = false;
      out += csv_cell(cell);
    }
    out += "\r\n";
  }
  return out;
}

std::string_view sarif_level(FindingClass finding_class) {
  switch (finding_class) {
    case FindingClass::major: return "error";
    case FindingClass::minor: return "warning";
    default: return "note";
  }
}

std::string as_sarif(const Verdict& verdict, const RuleSet& rules) {
  std::string out =
      "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": "
      "[{\n"
      "    \"tool\": {\"driver\": {\"name\": \"Assay\", \"version\": \"" ASSAY_VERSION "\", \"rules\": [";
  bool first = true;
  for (const Rule& rule : rules.rules) {
    out += fmt::format(
        "{}\n      {{\"id\": {}, \"shortDescription\": {{\"text\": {}}}, \"fullDescription\": {{\"text\": {}}}, "
        "\"help\": {{\"text\": {}}}, "
        "\"defaultConfiguration\": {{\"level\": \"{}\"}}, \"properties\": {{\"ref\": {}}}}}",
        first ? "" : ",", json_string(rule.id), json_string(rule.title), json_string(rule.why), json_string(rule.fix),
        sarif_level(rule.default_class), json_string(rule.ref));
    first = false;
  }
  out += "\n    ]}},\n    \"results\": [";
  first = true;
  for (const RuleFinding& finding : verdict.findings) {
    out += fmt::format(
        "{}\n      {{\"ruleId\": {}, \"level\": \"{}\", \"message\": {{\"text\": {}}}, \"locations\": "
        "[{{\"logicalLocations\": [{{\"name\": {}, "
        "\"kind\": {}, \"fullyQualifiedName\": {}}}]}}], \"properties\": {{\"class\": \"{}\", \"ref\": {}}}}}",
        first ? "" : ",", json_string(finding.rule_id), sarif_level(finding.finding_class), json_string(finding.detail),
        json_string(finding.subject), json_string(finding.kind), json_string(finding.kind + "/" + finding.subject),
        name_of(finding.finding_class), json_string(finding.ref));
    first = false;
  }
  out += "\n    ],\n    \"invocations\": [{\"executionSuccessful\": true, \"toolExecutionNotifications\": [";
  first = true;
  for (const NotEvaluated& skipped : verdict.not_evaluated) {
    out += fmt::format("{}\n      {{\"level\": \"warning\", \"message\": {{\"text\": {}}}}}", first ? "" : ",",
                       json_string(skipped.rule + " was not evaluated: " + skipped.reason));
    first = false;
  }
  return out + "]}]\n  }]\n}\n";
}

std::string xml(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

// One test case a rule: failed when it has a major or minor, skipped when it could not be asked.
std::string as_junit(const Verdict& verdict, const RuleSet& rules) {
  std::map<std::string, std::vector<const RuleFinding*>> by_rule;
  for (const RuleFinding& finding : verdict.findings) by_rule[finding.rule_id].push_back(&finding);
  std::map<std::string, std::string> skipped;
  for (const NotEvaluated& item : verdict.not_evaluated) skipped[item.rule] = item.reason;
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  auto add = [&](const std::string& id, std::string_view title) {
    if (!verdict.stage.empty() && rules.find(id) && !rules.find(id)->has_stage(verdict.stage)) return;
    ++tests;
    cases += fmt::format("    <testcase classname=\"assay\" name=\"{} {}\">", xml(id), xml(title));
    std::string text;
    bool fails = false;
    for (const RuleFinding* finding : by_rule[id]) {
      text += fmt::format("{} {} {}: {}\n", name_of(finding->finding_class), finding->kind, finding->subject,
                          finding->detail);
      fails |= finding->finding_class >= FindingClass::minor;
    }
    if (skipped.contains(id)) cases += fmt::format("<skipped message=\"{}\"/>", xml(skipped[id]));
    else if (fails) cases += fmt::format("<failure message=\"{}\">{}</failure>", xml(title), xml(text));
    else if (!text.empty()) cases += fmt::format("<system-out>{}</system-out>", xml(text));
    failures += fails;
    cases += "</testcase>\n";
  };
  for (const Rule& rule : rules.rules) add(rule.id, rule.title);
  for (const auto& [id, findings] : by_rule) {
    if (!rules.find(id)) add(id, findings.front()->title);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"ISO/IEC 27001:2022 as of {}\" "
      "tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n"
      "{}  </testsuite>\n</testsuites>\n",
      verdict.as_of.iso(), tests, failures, verdict.not_evaluated.size(), cases);
}

std::string as_text(const Verdict& verdict, ReportStyle style) {
  auto paint = [&](std::string_view text, std::string_view code) {
    return style.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  };
  constexpr std::string_view colours[] = {"36", "34", "33", "31;1"};
  std::string out = fmt::format("As of {}{}: {} rules asked, {} not evaluated.\n", verdict.as_of.iso(),
                                verdict.stage.empty() ? "" : ", " + verdict.stage, verdict.rules_evaluated,
                                verdict.not_evaluated.size());
  for (int level = 3; level >= 0; --level) {
    auto finding_class = static_cast<FindingClass>(level);
    std::size_t count = verdict.count(finding_class);
    if (count == 0) continue;
    out += fmt::format("\n{} ({})\n", paint(lower(name_of(finding_class)), colours[level]), count);
    std::string_view last;
    for (const RuleFinding& finding : verdict.findings) {
      if (finding.finding_class != finding_class) continue;
      if (finding.rule_id != last) {
        out += fmt::format("  {}  {}  [{}]\n", paint(finding.rule_id, "1"), finding.title, finding.ref);
        if (!finding.fix.empty()) out += fmt::format("      fix: {}\n", finding.fix);
      }
      last = finding.rule_id;
      out += fmt::format("    - {} {}: {}\n", finding.kind, finding.subject, finding.detail);
    }
  }
  if (!verdict.not_evaluated.empty()) {
    out += "\nnot evaluated\n";
    for (const NotEvaluated& item : verdict.not_evaluated) out += fmt::format("  {}: {}\n", item.rule, item.reason);
  }
  out += fmt::format("\n{} major, {} minor, {} observations, {} opportunities for improvement.\n",
                     verdict.count(FindingClass::major), verdict.count(FindingClass::minor),
                     verdict.count(FindingClass::observation), verdict.count(FindingClass::ofi));
  if (style.timings) out += timings_text(verdict);
  return out;
}

}  // namespace

std::string finding_json(const RuleFinding& finding) {
  return fmt::format(
      "{{\"rule\": {}, \"class\": \"{}\", \"ref\": {}, \"stages\": {}, \"kind\": {}, \"subject\": {}, \"title\": {}, "
      "\"detail\": {}, \"fix\": {}{}}}",
      json_string(finding.rule_id), name_of(finding.finding_class), json_string(finding.ref),
      string_list(finding.stages), json_string(finding.kind), json_string(finding.subject), json_string(finding.title),
      json_string(finding.detail), json_string(finding.fix), finding.synthetic ? ", \"synthetic\": true" : "");
}

std::optional<ReportFormat> report_format_of(std::string_view name) {
  constexpr std::pair<std::string_view, ReportFormat> formats[] = {{"text", ReportFormat::text},
                                                                   {"json", ReportFormat::json},
                                                                   {"csv", ReportFormat::csv},
                                                                   {"sarif", ReportFormat::sarif},
                                                                   {"junit", ReportFormat::junit}};
  for (const auto& [format_name, format] : formats) {
    if (format_name == name) return format;
  }
  return std::nullopt;
}

std::string report(const Verdict& verdict, const RuleSet& rules, ReportFormat format, ReportStyle style) {
  switch (format) {
    case ReportFormat::text: return as_text(verdict, style);
    case ReportFormat::json: return as_json(verdict, style);
    case ReportFormat::csv: return as_csv(verdict);
    case ReportFormat::sarif: return as_sarif(verdict, rules);
    case ReportFormat::junit: return as_junit(verdict, rules);
  }
  return {};
}

int exit_status(const Verdict& verdict) {
  return verdict.count(FindingClass::major) + verdict.count(FindingClass::minor) > 0 ? 1 : 0;
}

}  // namespace assay
