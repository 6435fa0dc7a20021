// What a rehearsed audit ends with, in the terms of its stage.
#include <fmt/format.h>

#include <array>

#include "kernel/rules/rehearsal.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 5> outcome_names{"recommended", "examine_rest", "after_corrections", "not_ready",
                                                        "no_conclusion"};

struct Words {
  std::string_view headline, text;
};
struct StageWords {
  std::string_view stage, title;
  std::array<Words, 4> by_outcome;  // recommended, examine_rest, after_corrections, not_ready
};

constexpr StageWords stages[] = {
    {"gap",
     "Gap analysis",
     {{{"No gap found",
        "Every requirement that was looked at is met. Go on to the internal audit and the management review."},
       {"No gap found in what could be looked at",
        "Supply what is missing under \"Not evaluated\" and rehearse again before you rely on this result."},
       {"Some gaps to close",
        "The main elements are in place. Close the gaps listed here and have the internal audit confirm it."},
       {"Essential elements are missing",
        "Requirements are not met at all, or fail as a system. Close these gaps before you agree on audit dates."}}}},
    {"internal",
     "Internal audit",
     {{{"The ISMS conforms",
        "On what was looked at, the ISMS conforms to the standard and to the organisation's own requirements, and is "
        "effectively implemented and maintained."},
       {"The ISMS conforms as far as it could be judged",
        "Some requirements could not be evaluated. Audit them by other means before reporting to top management."},
       {"The ISMS conforms except for minor nonconformities",
        "Correct each of them, remove its cause and verify the effect. Report them to the management review."},
       {"The ISMS does not conform",
        "At least one requirement is not met, or has failed as a system. Start corrective action without delay and "
        "verify its effect before inviting the certification body."}}}},
    {"stage1",
     "Stage 1",
     {{{"Ready to proceed to Stage 2",
        "The documented ISMS, its scope and its planning support a Stage 2 audit. No area of concern was found."},
       {"Ready for Stage 2 as far as it could be judged",
        "No area of concern was found, but some points could not be reviewed. An auditor would want to see them before "
        "confirming the dates of Stage 2."},
       {"Ready for Stage 2 once the areas of concern are resolved",
        "Each area of concern could be classified as a nonconformity at Stage 2. Resolve them before that visit and "
        "leave time enough to do so."},
       {"Not ready for Stage 2",
        "At least one area of concern would be a major nonconformity at Stage 2. Resolve it first: an auditor would "
        "advise postponing Stage 2 and might repeat parts of Stage 1."}}}},
    {"stage2",
     "Stage 2",
     {{{"Certification recommended",
        "No nonconformity was found. The team would recommend certification for the stated scope; people who did not "
        "audit decide on it."},
       {"No recommendation before the rest has been examined",
        "No nonconformity was found in what could be judged. A team would have to examine the rest before it "
        "recommends certification."},
       {"Certification recommended once the plans are accepted",
        "For each minor nonconformity the certification body expects a correction, the cause and a plan for corrective "
        "action in the agreed time. It recommends certification when it has "
        "accepted them."},
       {"Certification not recommended",
        "Each major nonconformity has to be corrected, its cause removed and the effect verified by the certification "
        "body before it can recommend certification. If that is not done within "
        "six months of the end of Stage 2, Stage 2 is repeated."}}}},
    {"surveillance",
     "Surveillance",
     {{{"Certification continues",
        "No nonconformity was found. The team would recommend that the certificate stays in force."},
       {"Continuation not confirmed before the rest has been examined",
        "No nonconformity was found in what could be judged. A team would have to examine the rest before it "
        "recommends that the certificate stays in force."},
       {"Certification continues once the plans are accepted",
        "For each minor nonconformity the certification body expects a correction, the cause and a plan for corrective "
        "action in the agreed time. It checks the effect at the next visit."},
       {"The certificate is at risk",
        "Each major nonconformity has to be corrected and its effect verified in the time that the certification body "
        "sets. Otherwise it suspends the certificate, and withdraws it if nothing "
        "changes."}}}},
};

const StageWords* words_of(std::string_view stage) {
  for (const StageWords& words : stages) {
    if (words.stage == stage) return &words;
  }
  return nullptr;
}

Outcome outcome_for(const RehearsalCounts& counts) {
  if (counts.rules_evaluated == 0) return Outcome::no_conclusion;
  if (counts.majors > 0) return Outcome::not_ready;
  if (counts.minors > 0) return Outcome::after_corrections;
  return counts.not_evaluated > 0 ? Outcome::examine_rest : Outcome::recommended;
}

}  // namespace

std::string_view stage_title(std::string_view stage) {
  const StageWords* words = words_of(stage);
  return words ? words->title : stage;
}

std::string_view class_title(std::string_view stage, FindingClass finding_class) {
  switch (finding_class) {
    case FindingClass::major:
      return stage == "stage1" ? "Major area of concern" : stage == "gap" ? "Major gap" : "Major nonconformity";
    case FindingClass::minor:
      return stage == "stage1" ? "Minor area of concern" : stage == "gap" ? "Minor gap" : "Minor nonconformity";
    case FindingClass::observation: return "Observation";
    case FindingClass::ofi: return "Opportunity for improvement";
  }
  return {};
}

std::string_view name_of(Outcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }

std::optional<Outcome> outcome_of(std::string_view name) {
  for (std::size_t i = 0; i < outcome_names.size(); ++i) {
    if (outcome_names[i] == name) return static_cast<Outcome>(i);
  }
  return std::nullopt;
}

std::size_t RehearsalCounts::of(FindingClass finding_class) const {
  switch (finding_class) {
    case FindingClass::major: return majors;
    case FindingClass::minor: return minors;
    case FindingClass::observation: return observations;
    case FindingClass::ofi: return opportunities;
  }
  return 0;
}

Conclusion conclude(std::string_view stage, const RehearsalCounts& counts) {
  Conclusion out;
  out.outcome = outcome_for(counts);
  const StageWords* words = words_of(stage);
  if (out.outcome == Outcome::no_conclusion || !words) {
    return {Outcome::no_conclusion, "No conclusion",
            "No rule could be evaluated, so nothing can be said about conformity."};
  }
  const Words& said = words->by_outcome[static_cast<std::size_t>(out.outcome)];
  out.headline = said.headline;
  out.text = said.text;
  if (counts.not_evaluated > 0 && out.outcome != Outcome::examine_rest) {
    out.text += fmt::format(" {} could not be evaluated and {} no part of this conclusion.",
                            counts.not_evaluated == 1 ? "One rule" : fmt::format("{} rules", counts.not_evaluated),
                            counts.not_evaluated == 1 ? "is" : "are");
  }
  return out;
}

}  // namespace assay
