#include "isms/frameworks/gap_typical.h"

#include <fmt/format.h>

namespace assay {
namespace {

// Four fifths are enough: some are always missing.
bool most(std::size_t part, std::size_t whole) { return part * 5 >= whole * 4; }

std::string of(std::size_t part, std::size_t whole, std::string_view what, std::string_view rest) {
  return fmt::format("{} of {} {} {}", part, whole, what, rest);
}
std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

std::vector<TypicalFinding> typical_gap_findings(const TypicalCounts& n) {
  std::vector<TypicalFinding> out;
  out.push_back({.title = "No risk method",
                 .test = "No method is approved, or fewer than four fifths of the open risks were assessed with one.",
                 .keys = {"6.1.2", "8.2"},
                 .holds = n.methods_approved == 0 || n.risks_open == 0 || !most(n.risks_assessed, n.risks_open),
                 .facts = {{count(n.methods_approved, "risk method is approved", "risk methods are approved"),
                            n.methods_approved > 0, "risk_methodology"},
                           {of(n.risks_assessed, n.risks_open, "open risks", "are assessed with a method"),
                            n.risks_open > 0 && most(n.risks_assessed, n.risks_open), "risk"}}});
  out.push_back(
      {.title = "No asset inventory",
       .test = "No active asset is in scope, or fewer than four fifths of them have an owner.",
       .keys = {"A.5.9"},
       .holds = n.assets == 0 || !most(n.assets_owned, n.assets),
       .facts = {{count(n.assets, "active asset is in scope", "active assets are in scope"), n.assets > 0, "asset"},
                 {of(n.assets_owned, n.assets, "assets", "have an owner"),
                  n.assets > 0 && most(n.assets_owned, n.assets), "asset"}}});
  bool prepared = n.incident_documents > 0 || n.incident_controls > 0;
  out.push_back({.title = "No incident process",
                 .test = "Neither a document in force nor an implemented control says how incidents are handled, or "
                         "incidents stay without a response.",
                 .keys = {"A.5.24", "A.5.25", "A.5.26"},
                 .holds = !prepared || !most(n.incidents_answered, n.incidents),
                 .facts = {{count(n.incident_documents, "document on incidents is in force",
                                  "documents on incidents are in force"),
                            n.incident_documents > 0, "document"},
                           {count(n.incident_controls, "control behind A.5.24 to A.5.26 is implemented",
                                  "controls behind A.5.24 to A.5.26 are implemented"),
                            n.incident_controls > 0, "control"},
                           {of(n.incidents_answered, n.incidents, "incidents", "have a record of the response"),
                            most(n.incidents_answered, n.incidents), "incident"}}});
  out.push_back({.title = "Weak supplier security",
                 .test = "No supplier is recorded, or fewer than four fifths of the critical and important ones have "
                         "security terms in the contract and an assessment of the last year.",
                 .keys = {"A.5.19", "A.5.20", "A.5.22"},
                 .holds = n.suppliers == 0 || !most(n.with_terms, n.relevant_suppliers) ||
                          !most(n.assessed, n.relevant_suppliers),
                 .facts = {{count(n.suppliers, "active supplier is in scope", "active suppliers are in scope"),
                            n.suppliers > 0, "supplier"},
                           {of(n.with_terms, n.relevant_suppliers, "critical and important suppliers",
                               "have security terms in a contract"),
                            n.suppliers > 0 && most(n.with_terms, n.relevant_suppliers), "supplier_agreement"},
                           {of(n.assessed, n.relevant_suppliers, "critical and important suppliers",
                               "were assessed within a year"),
                            n.suppliers > 0 && most(n.assessed, n.relevant_suppliers), "supplier_assessment"}}});
  out.push_back(
      {.title = "No logging and monitoring",
       .test = "No log source, fewer than four fifths of them heard in time, or no alert rule that was tested.",
       .keys = {"A.8.15", "A.8.16"},
       .holds = n.log_sources == 0 || !most(n.log_sources_heard, n.log_sources) || n.detection_rules_tested == 0,
       .facts = {
           {count(n.log_sources, "log source is recorded", "log sources are recorded"), n.log_sources > 0,
            "log_source"},
           {of(n.log_sources_heard, n.log_sources, "log sources", "were heard within the time they may be silent"),
            n.log_sources > 0 && most(n.log_sources_heard, n.log_sources), "log_source"},
           {of(n.detection_rules_tested, n.detection_rules, "alert rules in use", "fired in a test"),
            n.detection_rules_tested > 0, "detection_rule"}}});
  return out;
}

}  // namespace assay
