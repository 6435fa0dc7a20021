-- id: CERT-05
-- title: The contracted audit time is below what table and permitted reduction allow.
-- ref: ISO/IEC 27006-1 Annex C
-- stages: gap stage1
-- class: observation
-- subject: certification_project
-- why: The calculation is the body's duty; too few days endanger the certificate all the same. Observation.
-- fix: Ask the body to justify or correct its calculation.
-- note: The floor is that of one site for all live people in scope; for several sites the body may not go below it either.
select 'certification_project' as kind, x.id as subject,
       'Initial audit:'
         || substr(case when x.planned_audit_days < x.floor_days then ', ' || case when x.planned_audit_days = cast(x.planned_audit_days as bigint) then cast(cast(x.planned_audit_days as bigint) as text) else cast(x.planned_audit_days as text) end
                || ' days contracted, the floor for ' || cast(x.people as text) || ' people is '
                || case when x.floor_days = cast(x.floor_days as bigint) then cast(cast(x.floor_days as bigint) as text) else cast(x.floor_days as text) end else '' end
           || case when x.complexity_adjustment_pct < -30 then ', time reduced by ' || cast(cast(-x.complexity_adjustment_pct as bigint) as text) || ' %' else '' end
           || case when x.complexity_adjustment_pct <> 0 and blank(x.adjustment_rationale) then ', adjustment of ' || cast(cast(x.complexity_adjustment_pct as bigint) as text) || ' % without justification' else '' end, 2) || '.' as detail
from (
  select j.id, j.planned_audit_days, j.complexity_adjustment_pct, j.adjustment_rationale, n.people,
         (select b.floor_days from audit_time_band b where n.people >= b.persons_from and n.people <= b.persons_to) as floor_days
  from certification_project j
  cross join (select count(*) as people from live_person h where h.in_scope) n
) x
where x.planned_audit_days < x.floor_days or x.complexity_adjustment_pct < -30
   or (x.complexity_adjustment_pct <> 0 and blank(x.adjustment_rationale))
