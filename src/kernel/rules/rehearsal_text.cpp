// A rehearsal for a terminal.
#include <fmt/format.h>

#include "base/text.h"
#include "kernel/rules/rehearsal.h"

namespace assay {
namespace {

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void write_findings(std::string& out, const Rehearsal& rehearsal) {
  std::string_view last;
  std::optional<FindingClass> last_class;
  for (const RehearsalFinding& finding : rehearsal.findings) {
    if (finding.finding_class != last_class) {
      out += fmt::format("\n{} ({})\n", class_title(rehearsal.stage, finding.finding_class),
                         rehearsal.counts.of(finding.finding_class));
      last = {};
    }
    if (finding.rule != last) {
      auto rule = rehearsal.rules.find(finding.rule);
      out += fmt::format("  {}  {}  [{}]\n", finding.rule,
                         rule == rehearsal.rules.end() ? std::string() : rule->second.title, finding.ref);
    }
    out += fmt::format("    - {} {}: {}\n", finding.kind, finding.subject, finding.detail);
    last = finding.rule;
    last_class = finding.finding_class;
  }
}

void write_comparison(std::string& out, const Rehearsal& rehearsal, const Rehearsal& before) {
  RehearsalComparison change = compare(before, rehearsal);
  out += fmt::format("\nSince rehearsal {} of {}: {} new, {} gone, {} of another class, {} as before", before.number,
                     before.as_of.iso(), change.appeared.size(), change.gone.size(), change.changed.size(),
                     change.same.size());
  out += change.not_judged.empty() ? std::string(".\n")
                                   : fmt::format(", {} not judged this time.\n", change.not_judged.size());
  for (const RehearsalFinding* finding : change.appeared)
    out += fmt::format("  new   {} {} {}\n", finding->rule, finding->kind, finding->subject);
  for (const RehearsalFinding* finding : change.gone)
    out += fmt::format("  gone  {} {} {}\n", finding->rule, finding->kind, finding->subject);
  for (const auto& pair : change.changed) {
    out += fmt::format("  {} -> {}  {} {} {}\n", name_of(pair.before->finding_class),
                       name_of(pair.after->finding_class), pair.after->rule, pair.after->kind, pair.after->subject);
  }
}

}  // namespace

std::string rehearsal_text(const Rehearsal& rehearsal, const Rehearsal* before) {
  std::string out =
      fmt::format("Rehearsal {}: {} as of {}, held on {} by {}. Not a certification audit.\n", rehearsal.number,
                  stage_title(rehearsal.stage), rehearsal.as_of.iso(), rehearsal.made_at, rehearsal.made_by);
  out += fmt::format("{}\n{}\n\n", rehearsal.conclusion.headline, rehearsal.conclusion.text);
  out += fmt::format("{}, {}, {}, {}. {} asked, {} not evaluated; {} and {} of evidence looked at.\n",
                     counted(rehearsal.counts.majors, "major", "majors"),
                     counted(rehearsal.counts.minors, "minor", "minors"),
                     counted(rehearsal.counts.observations, "observation", "observations"),
                     counted(rehearsal.counts.opportunities, "opportunity", "opportunities"),
                     counted(rehearsal.counts.rules_evaluated, "rule", "rules"), rehearsal.counts.not_evaluated,
                     counted(rehearsal.records, "record", "records"), counted(rehearsal.evidence, "piece", "pieces"));
  write_findings(out, rehearsal);
  if (!rehearsal.not_evaluated.empty()) out += "\nNot evaluated\n";
  for (const NotEvaluated& item : rehearsal.not_evaluated) out += fmt::format("  {}  {}\n", item.rule, item.reason);
  if (!rehearsal.strengths.empty()) out += "\nStrengths\n";
  for (const Strength& strength : rehearsal.strengths) {
    out += fmt::format("  {:<8} {}, {}, {} of evidence\n", strength.ref, counted(strength.rules, "rule", "rules"),
                       counted(strength.records, "record", "records"), counted(strength.evidence, "piece", "pieces"));
  }
  if (before) write_comparison(out, rehearsal, *before);
  return out;
}

}  // namespace assay
