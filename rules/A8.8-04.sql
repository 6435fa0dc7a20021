-- id: A8.8-04
-- title: A vulnerability was closed without a rescan that proves it gone.
-- ref: A.8.8
-- stages: internal stage2 surveillance
-- class: minor
-- subject: vulnerability_finding
-- judges: each record alone
-- why: Half of the fixes that were reported did not take. Minor; one level up when more than 20 % of the closed ones are concerned.
-- fix: Scan again, at least as deep as the scan that found it.
-- escalation: E2
-- share: select f.id as subject from vulnerability_finding f join live_asset a on a.id = f.asset where f.status = 'remediated' and f.remediated_on <
--   add_days(as_of(), -p('rescan_days'))
-- note: A detecting scan is one of the day of detection that covered the asset. Distinct, since a scan may list an asset twice.
with today as materialized (
  select add_days(as_of(), -p('rescan_days')) as rescan_by
), scan as materialized (
  select s.id, substr(s.performed_at, 1, 10) as performed_on, s.authenticated from vulnerability_scan s
)
select distinct 'vulnerability_finding' as kind, x.id as subject,
       x.identifier || ' on "' || a.name || '" was reported fixed on ' || x.remediated_on || ': '
         || case when x.scan is null then 'no rescan'
                 when x.performed_on < x.remediated_on then 'the rescan of ' || x.performed_on || ' came before'
                 when not x.covered then 'the rescan of ' || x.performed_on || ' did not cover it'
                 else 'the rescan of ' || x.performed_on || ' was not authenticated, the detecting one was' end || '.' as detail
from (
  select f.id, f.identifier, f.asset, f.remediated_on, s.id as scan, s.performed_on, v.record is not null as covered
  from today
  cross join vulnerability_finding f
  left join scan s on s.id = f.verified_by
  left join vulnerability_scan__assets v on v.value = f.asset and v.record = f.verified_by
  where f.status = 'remediated' and f.remediated_on < today.rescan_by
    and (s.id is null or s.performed_on < f.remediated_on or v.record is null
         or (coalesce(s.authenticated, false) = false
             and exists (
               select 1 from vulnerability_scan__assets l
               join scan t on t.id = l.record
               where l.value = f.asset and t.authenticated and t.performed_on = f.detected_on)))
) x
-- Few are left: whether their asset is in use is looked up last.
cross join live_asset a
where a.id = x.asset
