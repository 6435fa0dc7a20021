-- Vulnerability findings on assets in use that had to be fixed, and whether they were fixed too late or are overdue (rulebook A8.8-01).
select d.id, d.identifier, d.status, d.remediated_on, d.band, d.known_on, d.overdue_before, d.due_on, d.late, a.name as asset_name, coalesce(s.internet_facing, false) as internet_facing
from (
  select p.*,
         case when p.status = 'open' and p.known_on < p.overdue_before
               and not exists (select 1 from waived w where w.subject = p.id or w.control_exception = p.exception) then true
              when p.status = 'remediated' and p.remediated_on >= add_days(as_of(), -365) and days_between(p.known_on, p.remediated_on) > p.days
               and not exists (
                 select 1 from control_exception e
                 where (e.id = p.exception or e.subject = p.id) and e.status in ('approved', 'expired') and e.approved_by <> e.requested_by
                   and e.approved_on <= p.due_on and e.expires_on >= p.remediated_on) then true
              else false end as late
  from patch_duty p
  where p.status in ('open', 'remediated')
) d
-- Last, since most are asked about their days first.
cross join live_asset a
left join system s on s.id = a.system
where a.id = d.asset
