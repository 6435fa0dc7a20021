-- id: A8.8-02
-- title: An in-scope system is not scanned regularly.
-- ref: A.8.8
-- stages: internal stage2 surveillance
-- class: minor
-- subject: asset
-- why: What is not scanned is not patched. Minor; one level up when more than 20 % of the assets are concerned.
-- fix: Extend the scan coverage.
-- escalation: E2
-- population: select count(*) from live_asset a where a.kind in ('server', 'network_device', 'application', 'cloud_resource', 'ot_device')
-- note: For OT devices a passive scan or a penetration test counts, with the longer interval.
select 'asset' as kind, x.id as subject,
       'Asset "' || x.name || '" (' || replace(x.kind, '_', ' ') || ') was ' || coalesce('last scanned on ' || substr(x.latest, 1, 10), 'never scanned') || '; the interval is ' || cast(cast(x.days as bigint) as text) || ' days.' as detail
from (
  select a.id, a.name, a.kind, a.registered_on, max(s.performed_at) as latest,
         case when a.kind = 'ot_device' then p('ot_scan_days') else p('scan_days') end as days
  from live_asset a
  left join vulnerability_scan__assets l on l.value = a.id
  left join vulnerability_scan s on s.id = l.record and (a.kind <> 'ot_device' or s.kind in ('ot_passive', 'penetration_test'))
  where a.kind in ('server', 'network_device', 'application', 'cloud_resource', 'ot_device')
  group by a.id, a.name, a.kind, a.registered_on
) x
where x.registered_on < add_days(as_of(), -x.days)
  and (x.latest is null or days_between(x.latest, as_of()) > x.days)
