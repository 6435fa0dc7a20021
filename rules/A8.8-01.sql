-- id: A8.8-01
-- title: A vulnerability was not fixed within the service level for its severity.
-- ref: A.8.8
-- stages: internal stage2 surveillance
-- class: minor
-- subject: vulnerability_finding
-- why: Attackers read the same advisories. Minor; major for a critical one on an internet-facing system more than 30 days late, or when more than 20 % of
--   the findings due in the last 90 days were late.
-- fix: Patch, or mitigate under an approved exception.
with today as materialized (
  select as_of() as day, add_days(as_of(), -90) as quarter_ago, add_days(as_of(), -365) as year_ago
), duty as materialized (
  select d.id, d.identifier, d.asset, d.status, d.remediated_on, d.exception, d.band, d.due_on
  from patch_duty d
  where d.status in ('open', 'remediated')
)
select 'vulnerability_finding' as kind, x.id as subject,
       x.identifier || ' (' || x.band || ') on "' || x.asset_name || '" was due on ' || x.due_on || ', '
         || case when x.status = 'open' then cast(days_between(x.due_on, as_of()) as text) || case when days_between(x.due_on, as_of()) = 1 then ' day' else ' days' end || ' ago, and is open.' else 'and was fixed on ' || x.remediated_on || '.' end as detail,
       case when (x.band = 'critical' and x.internet_facing and days_between(x.due_on, case when x.status = 'open' then as_of() else x.remediated_on end) > 30)
              or x.recent_late * 5 > x.recent_due then 'major' end as class
from (
  select q.*,
         sum(case when q.recent and q.late then 1 else 0 end) over () as recent_late,
         sum(case when q.recent then 1 else 0 end) over () as recent_due
  from (
    select d.*, a.name as asset_name, coalesce(s.internet_facing, false) as internet_facing,
           case when d.due_on < t.day and d.due_on >= t.quarter_ago then true else false end as recent,
           case when d.status = 'open' and t.day > d.due_on
                 and not exists (select 1 from waived w where w.subject = d.id or w.control_exception = d.exception) then true
                when d.status = 'remediated' and d.remediated_on > d.due_on and d.remediated_on >= t.year_ago
                 and not exists (
                   select 1 from control_exception e
                   where (e.id = d.exception or e.subject = d.id) and e.status in ('approved', 'expired') and e.approved_by <> e.requested_by
                     and e.approved_on <= d.due_on and e.expires_on >= d.remediated_on) then true
                else false end as late
    from today t
    cross join duty d
    join live_asset a on a.id = d.asset
    left join system s on s.id = a.system
  ) q
  where q.recent or q.late
) x
where x.late
