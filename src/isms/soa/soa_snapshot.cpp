#include "isms/soa/soa_snapshot.h"

#include <algorithm>

#include "base/text.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/soa/control_number.h"
#include "isms/soa/soa_entry.h"

namespace assay {
namespace {

template <class E>
std::string soa_choice_label(std::string_view name) {
  for (const Choice& choice : choices_of<E>) {
    if (choice.name == name) return std::string(choice.label);
  }
  return std::string(name);
}

const SoaLine* line_of(const SoaSnapshot& snapshot, std::string_view ref) {
  const auto found = std::ranges::find(snapshot.lines, ref, &SoaLine::ref);
  return found == snapshot.lines.end() ? nullptr : &*found;
}

std::vector<SoaLineChange::Detail> line_details(const SoaLine& before, const SoaLine& after) {
  std::vector<SoaLineChange::Detail> out;
  auto compare = [&](std::string_view label, std::string was, std::string is) {
    if (was != is) out.push_back({std::string(label), std::move(was), std::move(is)});
  };
  compare("Decision", soa_applicability_label(before.applicability), soa_applicability_label(after.applicability));
  compare("Grounds", soa_ground_labels(before.grounds), soa_ground_labels(after.grounds));
  compare("Justification", before.justification, after.justification);
  compare("Declared status", soa_status_label(before.declared), soa_status_label(after.declared));
  compare("Status shown by evidence", soa_status_label(before.derived), soa_status_label(after.derived));
  compare("Control", before.control, after.control);
  compare("Risks", join(before.risks, ", "), join(after.risks, ", "));
  compare("Obligations", join(before.obligations, ", "), join(after.obligations, ", "));
  return out;
}

}  // namespace

std::size_t SoaSnapshot::count(std::string_view applicability) const {
  return static_cast<std::size_t>(std::ranges::count(lines, applicability, &SoaLine::applicability));
}

std::vector<SoaLineChange> soa_difference(const SoaSnapshot& before, const SoaSnapshot& after) {
  std::vector<SoaLineChange> out;
  for (const SoaLine& line : after.lines) {
    const SoaLine* old = line_of(before, line.ref);
    if (!old) {
      out.push_back({line.ref, line.title, SoaLineChange::Kind::added, {}});
      continue;
    }
    auto details = line_details(*old, line);
    if (!details.empty()) out.push_back({line.ref, line.title, SoaLineChange::Kind::changed, std::move(details)});
  }
  for (const SoaLine& line : before.lines) {
    if (!line_of(after, line.ref)) out.push_back({line.ref, line.title, SoaLineChange::Kind::removed, {}});
  }
  std::ranges::stable_sort(out, control_ref_less, &SoaLineChange::ref);
  return out;
}

std::string soa_applicability_label(std::string_view name) {
  return name == "undecided" ? "Not decided" : soa_choice_label<SoAEntryApplicability>(name);
}

std::string soa_ground_labels(const std::vector<std::string>& names) {
  std::vector<std::string> labels;
  for (const std::string& name : names) labels.push_back(soa_choice_label<SoAEntryInclusionReasons>(name));
  return join(labels, ", ");
}

std::string soa_status_label(std::string_view name) { return soa_choice_label<SoAEntryImplementationStatus>(name); }
std::string soa_theme_label(std::string_view name) {
  return name.empty() ? "Own controls" : soa_choice_label<AnnexAControlTheme>(name);
}

}  // namespace assay
