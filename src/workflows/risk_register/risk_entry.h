// Entering a risk that says something: composing it from its parts, suggesting what comparable assets have, telling
// what is vague and what stands in the register already.
#pragma once

#include <string>
#include <vector>

#include "content/library.h"
#include "isms/operations/asset.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_description.h"
#include "kernel/service/register_service.h"

namespace assay {

// A risk of the register beside the one that is entered.
struct NearRisk {
  Risk risk;        // title, threat, weakness, consequence, assets, cia and status are filled
  std::string why;  // "Same asset, threat and weakness"
};

// What helps to tell the risk, for the assets chosen so far.
struct EntrySuggestions {
  std::vector<Asset> assets;              // those chosen that exist and are shown
  std::vector<std::string> surroundings;  // "Runs on Billing platform, supplied by Northwind"
  // Of the catalogue, for the kinds of the assets, none that the assets have already.
  std::vector<const Threat*> threats;
  std::vector<const Weakness*> weaknesses;
  std::vector<NearRisk> comparable;  // risks of other assets of the same kind or system
};
Result<EntrySuggestions> suggestions_for(const RegisterService& registers, const Principal& principal,
                                         const Library& library, const std::vector<std::string>& assets);

// Fills what is empty: title and scenario composed, category and endangered properties by the threat of the catalogue
// that the text names or comes closest to. What was typed stays.
Result<void> complete_entry(const RegisterService& registers, const Principal& principal, const Library& library,
                            Record& risk);

// What a person should read before saving.
struct EntryAdvice {
  Problems vague;                    // with the field as place
  std::vector<NearRisk> duplicates;  // same asset, like threat and weakness
  bool empty() const { return vague.empty() && duplicates.empty(); }
};
Result<EntryAdvice> advice_on(const RegisterService& registers, const Principal& principal, const Record& risk);

// Levels that are off the scale of the method in force, or that grow where they must not; with the field as place.
Result<Problems> level_problems(const RegisterService& registers, const Principal& principal, const Record& risk);

// Stores the risk as a draft; with `assess` the step "assess" is taken in the same transaction, so that nothing is
// stored when something is missing for it. Gives the stored record.
Result<Record> enter_risk(const RegisterService& registers, const Principal& principal, const Record& risk, bool assess,
                          std::string_view reason);

}  // namespace assay
