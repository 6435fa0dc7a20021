-- id: A8.8-03
-- title: A server is scanned without authentication only, so that the scan sees part of its weaknesses.
-- ref: A.8.8
-- stages: internal stage2 surveillance
-- class: minor
-- subject: asset
-- why: From outside a scanner sees the doors, not what is installed behind them. Minor when more than 20 % of the servers are concerned, otherwise
--   observation.
-- fix: Give the scanner credentials.
select 'asset' as kind, x.id as subject, 'Server "' || x.name || '" was scanned on ' || substr(x.plain, 1, 10) || ' without authentication, and in the last ' || cast(cast(p('auth_scan_days') as bigint) as text) || ' days never with it.' as detail,
       case when x.failing * 5 <= x.servers then 'observation' end as class
from (
  select q.*, count(*) over () as servers, sum(case when q.blind then 1 else 0 end) over () as failing
  from (
    select y.id, y.name, y.plain,
           case when y.plain is not null and y.deep is null and not exists (select 1 from waived w where w.subject = y.id) then true else false end as blind
    from (
      select a.id, a.name,
             max(case when s.kind = 'infrastructure' and s.authenticated then s.performed_at end) as deep,
             max(case when not s.authenticated then s.performed_at end) as plain
      from live_asset a
      left join vulnerability_scan__assets l on l.value = a.id
      left join vulnerability_scan s on s.id = l.record
        and days_between(s.performed_at, as_of()) <= p('auth_scan_days') and substr(s.performed_at, 1, 10) <= as_of()
      where a.kind = 'server'
      group by a.id, a.name
    ) y
  ) q
) x
where x.blind
