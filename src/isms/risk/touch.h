// What a new or changed record touches: the risks to look at again and the rows of the Statement of Applicability, each
// with the reason. A pure function of the records and of what changed since they were last looked at; it proposes and
// changes nothing.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/soa/soa_entry.h"

namespace assay {

enum class TouchWhat {
  reassess,         // the risk has to be looked at again
  identify,         // no risk names the asset: identify one
  link_incident,    // the incident names no risk that it belongs to
  review_row,       // the row's reason or state may no longer be right
  link_risk,        // the row's control treats the risk, and the row does not name it
  link_obligation,  // the obligation applies, and no row names it
};
std::string_view name_of(TouchWhat what);   // "reassess"
std::string_view label_of(TouchWhat what);  // "Assess the risk again"

// A record that is new or changed, with what of it matters here.
struct TouchSource {
  std::string register_name, id, title;
  std::int64_t entry = 0;  // of the ledger: the newest change that matters
  std::string at;          // instant of it
  bool is_new = false;
  std::set<std::string, std::less<>> tags;  // see touch_rows
  std::vector<Id> assets, risks, obligations, controls;
};

// Rows that a kind of record touches. `tag`: only sources that bear it; empty: all of the register.
struct TouchRows {
  std::string_view register_name, tag, rows, why;
};
std::span<const TouchRows> touch_rows();

// Fields whose change matters, separated by spaces; empty for a register that touches nothing.
std::string_view fields_that_touch(std::string_view register_name);
// The registers that touch something.
std::span<const std::string_view> touching_registers();

struct TouchedRisk {
  Risk risk;
  std::string updated_at;
};
struct TouchedRow {
  SoAEntry row;
  std::string updated_at;
};

struct TouchKey {
  std::string register_name, record, target_register, target;
  TouchWhat what = TouchWhat::reassess;
  friend auto operator<=>(const TouchKey&, const TouchKey&) = default;
};

struct Touch {
  TouchKey key;
  std::string source_title, target_title, why, at;
  std::int64_t entry = 0;
};

// `rows`: of one Statement of Applicability.
struct TouchInput {
  std::span<const TouchSource> sources;
  std::span<const TouchedRisk> risks;
  std::span<const TouchedRow> rows;
};

// Without what has been dealt with: a risk assessed and a row changed after the source. Newest first.
std::vector<Touch> touches_of(const TouchInput& input);

}  // namespace assay
