// Calibration: several assessors score the same scenarios blind, their agreement is measured, and what they differ on
// is settled.
#pragma once

#include <filesystem>

#include "isms/risk/calibration_result.h"
#include "kernel/evidence/attachments.h"
#include "kernel/service/blind_scores.h"
#include "kernel/service/register_service.h"

namespace assay {

// Plans an exercise. Errors: invalid unless two assessors and two scenarios are named and the method's scales are
// usable; those of RegisterService::create().
Result<Record> plan_calibration(const RegisterService& registers, const Principal& principal, Record exercise);

// Five scenarios to begin with.
std::vector<CalibrationScenario> proposed_scenarios();

// An exercise as a person may see it.
struct CalibrationView {
  CalibrationExercise exercise;  // without any score while it is sealed
  std::int64_t version = 0;
  RiskMethodology method;
  BlindState state;
  bool sealed = false;                    // scores are still coming in
  bool may_score = false;                 // the person is named as assessor
  std::vector<UnsealedScore> rationales;  // of the sheets, once everybody has handed in
};
// For those who may see the register, and for the assessors that the exercise names. Errors: not_found, forbidden.
Result<CalibrationView> calibration_view(const RegisterService& registers, const Principal& principal,
                                         std::string_view id);

// The exercises that calibration_view() shows the person, the latest first. Error: forbidden for those who may see
// neither the register nor an exercise that names them.
Result<std::vector<CalibrationView>> calibration_views(const RegisterService& registers, const Principal& principal);

// The sheet that the person handed in; empty before. Error: forbidden for those who are not named.
Result<std::vector<BlindScore>> own_sheet(const RegisterService& registers, const Principal& principal,
                                          std::string_view id);

// Hands in a sheet, or a better one while others are still missing. With the last one the scores are written into the
// exercise, by the product and in one transaction with their agreement. Places of problems: "<position>.likelihood",
// "<position>.impact". Errors: forbidden, conflict once the scores are open. Gives whether the scores are open now.
Result<bool> hand_in(const RegisterService& registers, const Principal& principal, std::string_view id,
                     const std::vector<BlindScore>& sheet);

// Records what was agreed on a scenario, and that the exercise is settled once every scenario beyond the tolerance is.
// Places: "scenario", "likelihood", "impact", "reason".
Result<Record> settle(const RegisterService& registers, const Principal& principal, std::string_view id,
                      const CalibrationReconciliation& agreed);

// Files the record of the exercise as evidence for clause 6.1.2 b. `file`: the record as a document, already in the
// blob store. Error: conflict while scores are sealed or differences unsettled.
Result<Record> file_calibration(const RegisterService& registers, const Principal& principal, std::string_view id,
                                const StoredFile& file);

}  // namespace assay
