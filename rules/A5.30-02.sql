-- id: A5.30-02
-- title: A continuity or recovery plan was not exercised.
-- ref: A.5.30, A.5.29
-- stages: internal stage2 surveillance
-- class: minor
-- subject: continuity_plan
-- why: A plan that was never tried is a wish. Minor; major when it was never exercised and covers systems with recovery objectives.
-- fix: Exercise it, record what happened, improve it.
select 'continuity_plan' as kind, x.id as subject,
       'Plan "' || x.document_title || '" in force since ' || x.effective_on || ': '
         || case when x.latest is null then 'never exercised with evidence'
                 when x.late then 'last exercised on ' || x.latest
                 else 'no simulation, failover or full exercise in the last ' || cast(cast(2 * p('exercise_days') as bigint) as text) || ' days' end || '.' as detail,
       case when x.latest is null and exists (
              select 1 from continuity_plan__systems l join production_system s on s.id = l.value
              where l.record = x.id and s.rto_hours is not null) then 'major' end as class
from (
  select q.*, case when q.latest is null or q.latest < add_days(as_of(), -p('exercise_days')) then true else false end as late
  from (
    select c.id, c.kind, c.document_title, c.effective_on,
           (select max(e.performed_on) from continuity_exercise e where e.plan = c.id and e.evidence is not null and e.performed_on <= as_of()) as latest,
           (select max(e.performed_on) from continuity_exercise e where e.plan = c.id and e.kind in ('simulation', 'failover', 'full') and e.performed_on <= as_of()) as deep
    from continuity_plan_in_force c
    where c.effective_on < add_days(as_of(), -p('exercise_days'))
  ) q
) x
where x.late or (x.kind = 'drp' and (x.deep is null or x.deep < add_days(as_of(), -2 * p('exercise_days'))))
