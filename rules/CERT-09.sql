-- id: CERT-09
-- title: The ISMS or a claimed control has not operated long enough to be judged.
-- ref: 8.1, ISO/IEC 27006-1
-- stages: stage2
-- class: minor
-- subject: ORG
-- why: Stage 2 samples what happened, and nothing has happened yet. Minor; major when most key controls have no operating history.
-- fix: Move Stage 2, or bring evidence of at least one full cycle of each recurring control.
select 'organisation' as kind, 'ORG' as subject,
       'The ISMS operates since ' || o.isms_operational_since || ', ' || cast(days_between(o.isms_operational_since, s.planned_start) as text) || case when days_between(o.isms_operational_since, s.planned_start) = 1 then ' day' else ' days' end || ' before Stage 2 on ' || s.planned_start || '.' as detail,
       cast(null as text) as class
from organisation o
cross join stage2_audit s
where not exists (select 1 from certificate)
  and days_between(o.isms_operational_since, s.planned_start) < p('min_operating_days')
union all
select 'control', x.id,
       'Key control ' || x.code || ' "' || x.title || '" operates since ' || x.operational_since || ', ' || cast(days_between(x.operational_since, x.planned_start) as text) || case when days_between(x.operational_since, x.planned_start) = 1 then ' day' else ' days' end || ' before Stage 2 on ' || x.planned_start || '.',
       case when x.young * 2 > x.claimed then 'major' end
from (
  select c.id, c.code, c.title, c.operational_since, s.planned_start,
         case when c.frequency <> 'annual' and days_between(c.operational_since, s.planned_start) < p('min_control_days') then true else false end as fails,
         count(*) over () as claimed,
         sum(case when c.frequency <> 'annual' and days_between(c.operational_since, s.planned_start) < p('min_control_days') then 1 else 0 end) over () as young
  from claimed_control c
  cross join stage2_audit s
  where c.key_control and not exists (select 1 from certificate)
) x
where x.fails
