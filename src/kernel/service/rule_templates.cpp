// What own rules often ask, ready to be changed.
#include "kernel/service/rule_schema.h"

namespace assay {
namespace {

constexpr std::string_view past_date = R"sql(-- id: ORG-
-- title: The review of a risk is overdue
-- ref: 8.2
-- stages: internal stage2 surveillance
-- class: observation
-- subject: risk
-- why: A risk that was not looked at again on the day we set may no longer be what the register says.
-- fix: Review the risk and set the next day.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" was to be reviewed on ' || r.next_review_on || ', '
       || days_between(r.next_review_on, as_of()) || ' days ago.' as detail
from open_risk r
where r.next_review_on < as_of()
)sql";

constexpr std::string_view without_evidence = R"sql(-- id: ORG-
-- title: A key control has no evidence of the last quarter
-- ref: 9.1
-- stages: internal stage2 surveillance
-- class: observation
-- subject: control
-- why: What an auditor will ask for first should not be older than a quarter.
-- fix: Attach evidence and have it accepted.
select 'control' as kind, c.id as subject,
       'Key control "' || coalesce(c.title, 'unnamed') || '" has no accepted evidence collected in the last 92 days.' as detail
from control c
where c.key_control
  and c.status = 'implemented'
  and not exists (select 1
                  from control_evidence e
                  where e.control = c.id
                    and e.standing
                    and days_between(e.collected_on, as_of()) <= 92)
)sql";

constexpr std::string_view two_persons = R"sql(-- id: ORG-
-- title: A change was approved by the one who asked for it
-- ref: A.8.32, A.5.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: change
-- why: Who wants a change does not decide alone whether it is safe.
-- fix: Have somebody else approve it, and record what was looked at.
select 'change' as kind, c.id as subject,
       'Change "' || coalesce(c.title, 'unnamed') || '" was requested and approved by ' || coalesce(a.name, c.approved_by) || '.' as detail
from change c
left join person a on a.id = c.approved_by
where c.approved_by = c.requested_by
)sql";

constexpr RuleTemplate templates[] = {
    {"past-date", "Records whose date is past", past_date},
    {"without-evidence", "Records without evidence", without_evidence},
    {"two-persons", "Two persons must differ", two_persons},
};

}  // namespace

std::span<const RuleTemplate> rule_templates() { return templates; }

}  // namespace assay
