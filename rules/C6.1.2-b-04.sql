-- id: C6.1.2-b-04
-- title: It has not been shown that different assessors reach comparable results
-- ref: 6.1.2 b
-- stages: internal stage1 stage2
-- class: observation
-- subject: ORG
-- why: The standard asks for consistent, valid and comparable results; a blind exercise is the plain way to show them. Observation while no
--   recent exercise with two assessors exists; minor when an exercise found a spread beyond the tolerance and nobody settled it.
-- fix: Let at least two people score the same scenarios blind, settle the differences and sharpen the level descriptions.
-- note: Asked only while a method is in force; the absence of a method is C6.1.2-a-01. A first exercise is due at once, a later one by the
--   interval. An exercise whose scenarios nobody's scores are known of is still under way and shows nothing yet.
with method as (
  select m.id, m.version, m.tolerance_levels from current_methodology m where m.status = 'effective'
), latest as (
  select c.id, c.held_on, c.max_spread, c.reconciled_on,
         (select count(distinct a.value) from calibration_exercise__assessors a where a.record = c.id) as assessors
  from calibration_exercise c
  where c.id = (
    select y.id from calibration_exercise y join method m on m.id = y.methodology
    where y.held_on <= as_of()
      and (not exists (select 1 from calibration_exercise__scenarios n where n.record = y.id)
           or exists (select 1 from calibration_exercise__scores s where s.record = y.id))
    order by y.held_on desc, y.id desc limit 1)
), judged as (
  select m.version, m.tolerance_levels, l.id, l.held_on, l.max_spread, l.assessors,
         case when l.id is null or days_between(l.held_on, as_of()) > p('calibration_days') then 1 else 0 end as late,
         case when l.max_spread > m.tolerance_levels and l.reconciled_on is null then 1 else 0 end as unsettled,
         case when l.assessors < 2 then 1 else 0 end as alone
  from method m
  left join latest l on true
)
select 'organisation' as kind, 'ORG' as subject,
       'Calibration: ' || substr(case when j.id is null then '; no calibration exercise for version ' || coalesce(cast(j.version as text), '?') || ' of the method'
                   when j.late = 1 then '; the latest calibration exercise was held on ' || j.held_on else '' end
              || case when j.unsettled = 1 then '; the exercise of ' || j.held_on || ' found a spread of ' || cast(j.max_spread as text)
                   || ' levels (tolerance ' || cast(j.tolerance_levels as text) || ') that nobody settled' else '' end
              || case when j.alone = 1 then '; the exercise of ' || j.held_on || ' had fewer than two assessors' else '' end, 3) || '.' as detail,
       case when j.unsettled = 1 then 'minor' end as class
from judged j
where j.late = 1 or j.unsettled = 1 or j.alone = 1
