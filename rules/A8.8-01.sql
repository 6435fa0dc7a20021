-- id: A8.8-01
-- title: A vulnerability was not fixed within the service level for its severity.
-- ref: A.8.8
-- stages: internal stage2 surveillance
-- class: minor
-- subject: vulnerability_finding
-- judges: each record alone
-- why: Attackers read the same advisories. Minor; major for a critical one on an internet-facing system more than 30 days late, or when more than 20 % of
--   the findings due in the last 90 days were late.
-- share: select x.id as subject, x.late as counts from patch_outcome x
--   where x.known_on < x.overdue_before and days_between(x.known_on, x.overdue_before) <= 90
-- fix: Patch, or mitigate under an approved exception.
-- note: What was due in the last 90 days was known in the 90 days before the day from which on nothing is overdue yet.
select 'vulnerability_finding' as kind, x.id as subject,
       x.identifier || ' (' || x.band || ') on "' || x.asset_name || '" was due on ' || x.due_on || ', '
         || case when x.status = 'open' then cast(days_between(x.due_on, as_of()) as text) || case when days_between(x.due_on, as_of()) = 1 then ' day' else ' days' end || ' ago, and is open.' else 'and was fixed on ' || x.remediated_on || '.' end as detail,
       case when x.band = 'critical' and x.internet_facing and days_between(x.due_on, case when x.status = 'open' then as_of() else x.remediated_on end) > 30
            then 'major' end as class
from patch_outcome x
where x.late
