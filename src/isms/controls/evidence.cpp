#include "isms/controls/evidence.h"

#include "isms/controls/control.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Evidence::def() {
  static constexpr FieldDef fields[] = {
      field<&Evidence::kind>({.label = "Kind", .title = true, .in_list = true}),
      field<&Evidence::refs>({.label = "Supports",
                              .help = "Clauses and controls that it speaks for.",
                              .example = "A.8.13",
                              .in_list = true}),
      field<&Evidence::controls>(
          {.label = "Controls", .help = "Your controls whose operation it shows.", .in_list = true}),
      field<&Evidence::source>({.label = "Collected how"}),
      field<&Evidence::period_start>({.label = "Covers from", .help = "First day that it speaks about."}),
      field<&Evidence::period_end>(
          {.label = "Covers until", .help = "Last day that it speaks about.", .in_list = true}),
      field<&Evidence::collected_on>({.label = "Collected on", .in_list = true}),
      field<&Evidence::collected_by>(
          {.label = "Collected by", .help = "Empty when a machine collected it.", .in_list = true}),
      field<&Evidence::content_hash>({.label = "Fingerprint at collection",
                                      .help = "SHA-256 of the file, set by the upload.",
                                      .indexed = true,
                                      .pattern = "[0-9a-f]{64}",
                                      .pattern_text = "64 hexadecimal digits (SHA-256)"}),
      field<&Evidence::stored_hash>({.label = "Fingerprint now",
                                     .help = "SHA-256 of the file as it is stored today; it must stay the same.",
                                     .pattern = "[0-9a-f]{64}",
                                     .pattern_text = "64 hexadecimal digits (SHA-256)"}),
      field<&Evidence::sites>({.label = "Sites", .help = "Sites it covers; empty, with no systems either, means all."}),
      field<&Evidence::systems>({.label = "Systems", .help = "Systems it covers."}),
      field<&Evidence::review_status>({.label = "Review", .in_list = true}),
      field<&Evidence::reviewed_by>({.label = "Reviewed by", .help = "Somebody other than who collected it."}),
      field<&Evidence::superseded_by>({.label = "Replaced by", .chain = true}),
  };
  static constexpr EntityDef def = entity<Evidence>(
      {
          .name = "evidence",
          .label = "Evidence",
          .plural = "Evidence",
          .help = "Records that show that something was done: logs, reports, minutes, certificates. Clauses 7.5 and "
                  "9.1 ask to keep them as proof; content and dates never change after collection.",
          .clause = "9.1",
          .example =
              "Report of the backup system for March, collected on 1 April, accepted by the ISMS owner, for CTL-8.13.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "EV",
          .holder = "collected_by",
          .default_sort = "-collected_on",
      },
      fields, &evidence_lifecycle);
  return def;
}

bool Evidence::dates_are_plausible(Date today) const {
  // A certificate speaks about the time to come.
  const bool over = period_end <= collected_on || kind == EvidenceKind::certificate;
  return checks::given(period_start) && checks::given(collected_on) && period_start <= period_end && over &&
         collected_on <= today;
}

Problems Evidence::validate() const {
  Problems problems;
  checks::refuse_before(problems, period_start, "period_end", period_end, "must not be before the start of the period");
  if (kind != EvidenceKind::certificate) {
    checks::refuse_before(problems, period_end, "collected_on", collected_on,
                          "must not be before the end of the period it covers");
  }
  if (!id.empty() && checks::id_of(superseded_by) == id) {
    problems.push_back({"superseded_by", "must be another piece of evidence", id});
  }
  return problems;
}

}  // namespace assay
