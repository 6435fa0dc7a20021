// Proposals of the product: which risks and rows of the Statement of Applicability the newest changes touch. Nothing is
// changed until a person takes a proposal over; one that does not apply is declined with a reason, which is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "isms/risk/touch.h"
#include "kernel/rules/finding_history.h"
#include "kernel/service/register_service.h"
#include "kernel/service/touch_marks.h"

namespace assay {

inline constexpr std::int64_t days_of_touches = 180;  // older changes are left to the yearly reviews

struct Touched {
  std::vector<Touch> open;         // newest first
  std::vector<TouchMark> decided;  // newest first
};

// What is shown to the principal of both sides. Errors: forbidden for those who are not told how the organisation
// stands.
Result<Touched> touched(const RegisterService& registers, const FindingHistory& findings, const Principal& principal);

// Whether the principal may decide about the proposal: change what it is about, or add what it proposes.
Decision may_decide(const RegisterService& registers, const Principal& principal, const Touch& touch);

// Whether the product makes the change itself when the proposal is taken over; the others lead to a form.
bool is_made_by_product(TouchWhat what);
// Makes the change and marks the proposal as taken, in one transaction. Errors: not_found when it is not open any more;
// forbidden; those of the change.
Result<void> take_touch(const RegisterService& registers, const FindingHistory& findings, const Principal& principal,
                        const TouchKey& key);
// Errors: not_found; forbidden; invalid with the place "reason".
Result<void> decline_touch(const RegisterService& registers, const FindingHistory& findings, const Principal& principal,
                           const TouchKey& key, std::string_view reason);

}  // namespace assay
