#include <fmt/format.h>

#include "base/text.h"
#include "kernel/exchange/xlsx_writer.h"
#include "workflows/soa/soa_files.h"

namespace assay {
namespace {

std::string state_of(const SoaSnapshot& snapshot) {
  if (snapshot.is_draft()) return "Draft, not approved for use";
  return fmt::format("Approved on {} by {}", snapshot.approved_on, snapshot.approved_by);
}

XlsxPage soa_page(const SoaSnapshot& snapshot) {
  return {.landscape = true,
          .fit_width = true,
          .repeat_head = true,
          .header = fmt::format("{} · Statement of Applicability, version {}", snapshot.organisation, snapshot.version),
          .footer = state_of(snapshot)};
}

Result<void> write_lines(XlsxWriter& writer, const SoaSnapshot& snapshot) {
  auto wrapped = [](std::string title, double width) {
    return XlsxColumn{std::move(title), width, ColumnKind::text, true};
  };
  CHECK(writer.sheet("Statement of Applicability",
                     {wrapped("Control", 9),
                      wrapped("Title", 26),
                      wrapped("Theme", 15),
                      wrapped("Applicable", 12),
                      wrapped("Grounds", 16),
                      wrapped("Justification", 60),
                      wrapped("Declared status", 16),
                      wrapped("Status shown by evidence", 16),
                      wrapped("What is missing", 26),
                      wrapped("Own control", 26),
                      wrapped("Owner", 18),
                      wrapped("Risks", 18),
                      wrapped("Obligations", 16),
                      wrapped("Evidence", 18),
                      {"Reviewed on", 13, ColumnKind::date}},
                     soa_page(snapshot)));
  for (const SoaLine& line : snapshot.lines) {
    const std::string theme = soa_theme_label(line.theme), decision = soa_applicability_label(line.applicability),
                      grounds = soa_ground_labels(line.grounds);
    const std::string declared = soa_status_label(line.declared), derived = soa_status_label(line.derived);
    const std::string control =
        line.control.empty() ? std::string() : fmt::format("{} {}", line.control, line.control_title);
    const std::string risks = join(line.risks, ", "), obligations = join(line.obligations, ", "),
                      evidence = join(line.evidence, ", ");
    const auto reviewed = Date::parse(line.reviewed_on);
    const XlsxCell cells[] = {
        std::string_view(line.ref),    std::string_view(line.title), std::string_view(theme),
        std::string_view(decision),    std::string_view(grounds),    std::string_view(line.justification),
        std::string_view(declared),    std::string_view(derived),    std::string_view(line.missing),
        std::string_view(control),     std::string_view(line.owner), std::string_view(risks),
        std::string_view(obligations), std::string_view(evidence),   reviewed ? XlsxCell(*reviewed) : XlsxCell()};
    CHECK(writer.row(cells));
  }
  return {};
}

Result<void> write_about(XlsxWriter& writer, const SoaSnapshot& snapshot) {
  CHECK(writer.sheet("About", {{"What", 26, ColumnKind::text}, {"Value", 60, ColumnKind::text, true}},
                     soa_page(snapshot)));
  const std::pair<std::string_view, std::string> facts[] = {
      {"Organisation", snapshot.organisation},
      {"Version", std::to_string(snapshot.version)},
      {"State", state_of(snapshot)},
      {"As of", snapshot.as_of},
      {"Scope", snapshot.scope},
      {"Risk assessment", snapshot.run},
      {"Lines", std::to_string(snapshot.lines.size())},
      {"Applicable", std::to_string(snapshot.count("applicable"))},
      {"Excluded", std::to_string(snapshot.count("excluded"))},
      {"Not decided", std::to_string(snapshot.count("undecided"))}};
  for (const auto& [label, value] : facts) {
    const XlsxCell cells[] = {label, std::string_view(value)};
    CHECK(writer.row(cells));
  }
  return {};
}

}  // namespace

Result<void> write_soa_workbook(const SoaSnapshot& snapshot, XlsxWriter& writer) {
  CHECK(write_lines(writer, snapshot));
  return write_about(writer, snapshot);
}

}  // namespace assay
