#include "isms/risk/touch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay {
namespace {

struct WhatWords {
  TouchWhat what;
  std::string_view name, label;
};
constexpr WhatWords what_words[] = {
    {TouchWhat::reassess, "reassess", "Assess the risk again"},
    {TouchWhat::identify, "identify", "Identify a risk"},
    {TouchWhat::link_incident, "link_incident", "Name the risks that came true"},
    {TouchWhat::review_row, "review_row", "Review the row"},
    {TouchWhat::link_risk, "link_risk", "Name the risk in the row"},
    {TouchWhat::link_obligation, "link_obligation", "Name the obligation in the row"},
};

// The rows of Annex A that stand or fall with a kind of record.
constexpr TouchRows touched_rows[] = {
    {"asset", "cloud", "5.23", "an asset that lies with a cloud provider"},
    {"asset", "personal_data", "5.34", "an asset with personal data"},
    {"asset", "software", "8.19", "software on systems in operation"},
    {"asset", "media", "7.10", "storage media"},
    {"supplier", "", "5.19 5.20 5.22", "a supplier: the relationship, the agreement and its monitoring"},
    {"supplier", "cloud", "5.23", "a cloud service"},
    {"supplier", "components", "5.21", "a supplier whose components have no known origin"},
    {"supplier", "personal_data", "5.34", "a supplier that processes personal data"},
    {"incident", "severe", "5.24 5.26 5.27", "a severe incident: preparation, response and what is learnt"},
    {"incident", "personal_data", "5.34", "a breach of personal data"},
    {"obligation", "", "5.31", "a legal, regulatory or contractual requirement"},
    {"obligation", "contract", "5.20", "a contract with requirements on security"},
    {"vulnerability_finding", "severe", "8.8", "a severe vulnerability"},
    {"change", "network", "8.20 8.22", "a change of the networks"},
    {"change", "release", "8.29", "a release into operation"},
};

struct TouchFields {
  std::string_view register_name, fields;
};
constexpr TouchFields touch_fields[] = {
    {"asset",
     "kind classification in_scope critical personal_data cloud_region system lifecycle vendor_support_ends_on"},
    {"supplier", "service tier cloud_service processes_personal_data in_scope status component_provenance_known"},
    {"incident", "stage severity personal_data_breach root_cause linked_risks assets"},
    {"obligation", "title kind applicable compliance_approach notification_hours"},
    {"vulnerability_finding", "asset cvss status"},
    {"change", "kind system implemented_on affects_network"},
    {"risk", "assets inherent_score residual_score treatment controls"},
    {"rule", ""},  // findings of the auditor, gathered by row
};

class TouchFinder {
 public:
  explicit TouchFinder(const TouchInput& input) : input_(input) {
    for (const TouchedRow& item : input.rows) {
      if (item.row.origin == SoAEntryOrigin::annex_a) rows_.emplace(item.row.control_ref, &item);
    }
  }

  std::vector<Touch> find() {
    for (const TouchSource& source : input_.sources) {
      if (source.register_name == "risk") rows_of_risk(source);
      else if (source.register_name == "rule") row_of_rule(source);
      else of_record(source);
    }
    std::ranges::stable_sort(touches_, std::ranges::greater(), &Touch::entry);
    return std::move(touches_);
  }

 private:
  void add(const TouchSource& source, TouchWhat what, std::string_view target_register, std::string_view target,
           std::string target_title, std::string why) {
    TouchKey key{source.register_name, source.id, std::string(target_register), std::string(target), what};
    if (!seen_.insert(key).second) return;
    touches_.push_back(
        {std::move(key), source.title, std::move(target_title), std::move(why), source.at, source.entry});
  }

  // Assessed on a later day, or on the same day and stored after the change.
  static bool is_settled(const TouchedRisk& item, const TouchSource& source) {
    const std::string day = source.at.substr(0, 10);
    if (!checks::given(item.risk.assessed_on)) return false;
    const std::string assessed = item.risk.assessed_on->iso();
    return assessed > day || (assessed == day && item.updated_at > source.at);
  }
  static bool is_settled(const TouchedRow& item, const TouchSource& source) {
    const bool reviewed =
        checks::given(item.row.last_reviewed_on) && item.row.last_reviewed_on->iso() > source.at.substr(0, 10);
    return reviewed || item.updated_at > source.at;
  }

  void touch_risk(const TouchSource& source, const TouchedRisk& item, const std::string& why) {
    const bool lives = item.risk.status != RiskStatus::draft && item.risk.status != RiskStatus::closed;
    if (lives && !is_settled(item, source))
      add(source, TouchWhat::reassess, "risk", item.risk.id, item.risk.title, why);
  }
  void touch_row(const TouchSource& source, std::string_view ref, const std::string& why) {
    auto found = rows_.find(ref);
    if (found != rows_.end() && !is_settled(*found->second, source))
      add(source, TouchWhat::review_row, "soa_entry", found->second->row.id, std::string(ref), why);
  }

  // Gives whether any living risk names one of the assets.
  bool risks_on_assets(const TouchSource& source) {
    bool any = false;
    for (const TouchedRisk& item : input_.risks) {
      for (const auto& ref : item.risk.assets) {
        if (std::ranges::find(source.assets, ref.id) == source.assets.end()) continue;
        any |= item.risk.status != RiskStatus::closed;
        if (!source.is_new || source.register_name != "asset")
          touch_risk(source, item, fmt::format("The risk names the asset {}.", ref.id));
      }
    }
    return any;
  }

  void rows_of_kind(const TouchSource& source) {
    for (const TouchRows& rule : touched_rows) {
      if (rule.register_name != source.register_name || (!rule.tag.empty() && !source.tags.contains(rule.tag)))
        continue;
      for (std::string_view ref : split(rule.rows, ' '))
        touch_row(source, ref, fmt::format("The row is about {}.", rule.why));
    }
  }

  void of_record(const TouchSource& source) {
    rows_of_kind(source);
    const bool is_covered = risks_on_assets(source);
    const bool wants_risk = source.tags.contains("wants_risk");
    if (wants_risk && !is_covered && !source.assets.empty())
      add(source, TouchWhat::identify, "risk", "", source.assets.front(),
          fmt::format("No risk names the asset {}.", source.assets.front()));
    for (const Id& id : source.risks) {
      auto item = std::ranges::find_if(input_.risks, [&](const TouchedRisk& other) { return other.risk.id == id; });
      if (item != input_.risks.end()) touch_risk(source, *item, "The incident names the risk: it came true.");
    }
    if (source.register_name == "incident" && source.tags.contains("incident") && source.risks.empty()) {
      add(source, TouchWhat::link_incident, "incident", source.id, source.title,
          "It is an incident and names no risk, so no risk is looked at again.");
    }
    if (source.register_name == "supplier") risks_of_supplier_rows(source);
    if (source.register_name == "obligation") rows_of_obligation(source);
  }

  // What the rows about suppliers treat are the risks from suppliers.
  void risks_of_supplier_rows(const TouchSource& source) {
    if (!source.tags.contains("weighty")) return;
    for (const TouchedRisk& item : input_.risks) {
      for (std::string_view ref : {"5.19", "5.20", "5.21", "5.22", "5.23"}) {
        auto row = rows_.find(ref);
        if (row == rows_.end() || std::ranges::find(row->second->row.linked_risks, Ref<Risk>{item.risk.id}) ==
                                      row->second->row.linked_risks.end())
          continue;
        touch_risk(source, item, fmt::format("Row {} about suppliers names the risk.", ref));
        break;
      }
    }
  }

  void rows_of_obligation(const TouchSource& source) {
    bool is_named = false;
    for (const TouchedRow& item : input_.rows) {
      if (std::ranges::find(item.row.linked_obligations, Ref<Obligation>{source.id}) ==
          item.row.linked_obligations.end())
        continue;
      is_named = true;
      touch_row(source, item.row.control_ref, "The row gives the obligation as its reason.");
    }
    auto general = rows_.find("5.31");
    if (!is_named && source.tags.contains("applicable") && general != rows_.end()) {
      add(source, TouchWhat::link_obligation, "soa_entry", general->second->row.id, "5.31",
          "The obligation applies, and no row gives it as a reason.");
    }
  }

  void rows_of_risk(const TouchSource& source) {
    for (const TouchedRow& item : input_.rows) {
      const bool names_risk =
          std::ranges::find(item.row.linked_risks, Ref<Risk>{source.id}) != item.row.linked_risks.end();
      const std::string control = checks::id_of(item.row.control);
      const bool treats = !control.empty() && std::ranges::find(source.controls, control) != source.controls.end();
      if (treats && !names_risk && !source.tags.contains("closed"))
        add(source, TouchWhat::link_risk, "soa_entry", item.row.id, item.row.control_ref,
            fmt::format("The control {} of the row treats the risk, and the row does not name it.", control));
      if (names_risk && !is_settled(item, source) && !source.is_new)
        add(source, TouchWhat::review_row, "soa_entry", item.row.id, item.row.control_ref,
            "The row is justified by the risk.");
    }
  }

  void row_of_rule(const TouchSource& source) {
    auto found = rows_.find(source.id);
    if (found == rows_.end()) return;
    const SoAEntry& row = found->second->row;
    const bool claims = row.implementation_status == SoAEntryImplementationStatus::implemented ||
                        row.implementation_status == SoAEntryImplementationStatus::partial;
    if (claims)
      touch_row(source, source.id,
                "Findings of the auditor are open under the row, which says that the control works.");
  }

  const TouchInput& input_;
  std::map<std::string_view, const TouchedRow*, std::less<>> rows_;
  std::set<TouchKey> seen_;
  std::vector<Touch> touches_;
};

}  // namespace

std::string_view name_of(TouchWhat what) { return std::ranges::find(what_words, what, &WhatWords::what)->name; }
std::string_view label_of(TouchWhat what) { return std::ranges::find(what_words, what, &WhatWords::what)->label; }

std::span<const TouchRows> touch_rows() { return touched_rows; }

std::string_view fields_that_touch(std::string_view register_name) {
  auto found = std::ranges::find(touch_fields, register_name, &TouchFields::register_name);
  return found == std::end(touch_fields) ? std::string_view() : found->fields;
}

std::span<const std::string_view> touching_registers() {
  static constexpr std::string_view names[] = {"asset",  "supplier", "incident", "obligation", "vulnerability_finding",
                                               "change", "risk"};
  return names;
}

std::vector<Touch> touches_of(const TouchInput& input) { return TouchFinder(input).find(); }

}  // namespace assay
