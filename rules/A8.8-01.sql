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
--   where x.known_on < x.overdue_before
--     and x.known_on >= case x.band when 'critical' then add_days(as_of(), -90 - p('patch_days.critical')) when 'high' then add_days(as_of(), -90 - p('patch_days.high'))
--                                   when 'medium' then add_days(as_of(), -90 - p('patch_days.medium')) else add_days(as_of(), -90 - p('patch_days.low')) end
-- fix: Patch, or mitigate under an approved exception.
-- note: Due in the last 90 days is asked by the day a fix was known, band by band, so that no day is worked out for findings long past.
select 'vulnerability_finding' as kind, x.id as subject,
       x.identifier || ' (' || x.band || ') on "' || x.asset_name || '" was due on ' || x.due_on || ', '
         || case when x.status = 'open' then cast(days_between(x.due_on, as_of()) as text) || case when days_between(x.due_on, as_of()) = 1 then ' day' else ' days' end || ' ago, and is open.' else 'and was fixed on ' || x.remediated_on || '.' end as detail,
       case when x.band = 'critical' and x.internet_facing and days_between(x.due_on, case when x.status = 'open' then as_of() else x.remediated_on end) > 30
            then 'major' end as class
from patch_outcome x
where x.late
