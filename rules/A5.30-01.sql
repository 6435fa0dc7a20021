-- id: A5.30-01
-- title: A critical service has no continuity or recovery plan with objectives.
-- ref: A.5.29, A.5.30
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: system
-- why: Recovery that was never designed takes as long as it takes. Minor; major when no plan exists at all.
-- fix: Derive the objectives from the impact analysis, plan for them, and keep security in degraded mode.
-- note: "Owner process" is read as an in-scope process with a tolerable period whose owner also owns the system.
select 'system' as kind, s.id as subject,
       'System "' || s.name || '"' || case when s.rto_hours is not null then ' with a recovery time objective' else ' of a process with a tolerable period of disruption' end
         || ' is covered by no plan in force that states time and data objectives.' as detail,
       case when not exists (select 1 from continuity_plan_in_force) then 'major' end as class
from production_system s
where (s.rto_hours is not null or exists (select 1 from process r where r.owner = s.owner and r.in_scope and r.mtpd_hours is not null))
  and not exists (
    select 1 from continuity_plan_in_force c
    join continuity_plan__systems l on l.record = c.id
    where l.value = s.id and c.rto_hours is not null and c.rpo_hours is not null)
union all
select 'continuity_plan', c.id, 'Plan "' || c.document_title || '" does not keep information security during a disruption.', cast(null as text)
from continuity_plan_in_force c
where not c.security_during_disruption
union all
select 'process', r.id, 'The impact analysis of process "' || r.name || '" was approved on ' || r.bia_approved_on || ', more than two years ago.', cast(null as text)
from process r
where r.in_scope and r.mtpd_hours is not null and r.bia_approved_on < add_days(as_of(), -730)
