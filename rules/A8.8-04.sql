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
-- population: select count(*) from vulnerability_finding f join live_asset a on a.id = f.asset where f.status = 'remediated' and f.remediated_on <
--   add_days(as_of(), -p('rescan_days'))
-- note: A detecting scan is one of the day of detection that covered the asset.
select 'vulnerability_finding' as kind, x.id as subject,
       x.identifier || ' on "' || x.asset_name || '" was reported fixed on ' || x.remediated_on || ': '
         || case when x.scan is null then 'no rescan'
                 when x.performed_on < x.remediated_on then 'the rescan of ' || x.performed_on || ' came before'
                 when not x.covered then 'the rescan of ' || x.performed_on || ' did not cover it'
                 else 'the rescan of ' || x.performed_on || ' was not authenticated, the detecting one was' end || '.' as detail
from (
  select f.id, f.identifier, f.asset, f.detected_on, f.remediated_on, a.name as asset_name, s.id as scan, substr(s.performed_at, 1, 10) as performed_on,
         coalesce(s.authenticated, false) as authenticated,
         exists (select 1 from vulnerability_scan__assets l where l.value = f.asset and l.record = s.id) as covered
  from vulnerability_finding f
  join live_asset a on a.id = f.asset
  left join vulnerability_scan s on s.id = f.verified_by
  where f.status = 'remediated' and f.remediated_on < add_days(as_of(), -p('rescan_days'))
) x
where x.scan is null or x.performed_on < x.remediated_on or not x.covered
   or (not x.authenticated
       and exists (
         select 1 from vulnerability_scan__assets l
         join vulnerability_scan t on t.id = l.record
         where l.value = x.asset and t.authenticated and substr(t.performed_at, 1, 10) = x.detected_on))
