// A Statement of Applicability as it stood at one moment, with nothing left to look up: what is issued, exported and
// compared.
#pragma once

#include <string>
#include <vector>

#include "kernel/model/entity.h"

namespace assay {

// Choices stand by their stored names, records by their ids.
struct SoaLine {
  std::string ref, title, theme;  // theme: empty for an own control
  std::string applicability;      // "applicable", "excluded", "undecided"
  std::vector<std::string> grounds;
  std::string justification;      // why it is included, or why it is excluded
  std::string declared, derived;  // implementation status; empty for an excluded line
  std::string missing;            // what stands between the derived status and "implemented"
  std::string control, control_title, owner;
  std::vector<std::string> risks, obligations, evidence;
  std::string reviewed_on;
  friend bool operator==(const SoaLine&, const SoaLine&) = default;
};

struct SoaSnapshot {
  Id id;
  std::int64_t version = 0;
  std::string status, organisation, as_of;
  std::string scope, run;                // as people read them
  std::string approved_by, approved_on;  // the approver's name; empty before the approval
  std::vector<SoaLine> lines;            // in the order of the standard, own controls last

  bool is_draft() const { return approved_on.empty(); }
  std::size_t count(std::string_view applicability) const;
};

struct SoaLineChange {
  struct Detail {
    std::string label, before, after;  // for people
    friend bool operator==(const Detail&, const Detail&) = default;
  };
  enum class Kind { added, removed, changed };
  std::string ref, title;
  Kind kind = Kind::changed;
  std::vector<Detail> details;  // of a changed line
};

// What a reader of both would notice, line by line in the order of the standard. Passing facts (what is missing, the
// owner's name, which evidence) are not told as changes.
std::vector<SoaLineChange> soa_difference(const SoaSnapshot& before, const SoaSnapshot& after);

// Labels of the stored names, for documents: "Applicable", "Risk treatment, Law", "Implemented".
std::string soa_applicability_label(std::string_view name);
std::string soa_ground_labels(const std::vector<std::string>& names);
std::string soa_status_label(std::string_view name);
std::string soa_theme_label(std::string_view name);

}  // namespace assay
