-- id: A8.13-04
-- title: A restore test or exercise missed the recovery objectives, or the objective is out of reach by design, and nothing followed.
-- ref: A.8.13, A.5.30
-- stages: internal stage2 surveillance
-- class: minor
-- subject: restore_test
-- why: An objective that the design cannot meet is a promise to be broken. Minor; major when the service is critical and was missed by more than twice.
-- fix: Correct the design or the objective, then test again.
select 'restore_test' as kind, x.id as subject,
       'Restore of "' || x.name || '" on ' || x.performed_on || ' (' || x.result || '):'
         || substr(case when x.achieved_rto_hours > x.rto_hours then ', back after ' || x.rto_text || ' h' else '' end
           || case when x.achieved_rpo_hours > x.rpo_hours then ', data ' || x.rpo_text || ' h old' else '' end
           || ', no follow-up', 2) || '.' as detail,
       case when exists (select 1 from critical_system c where c.id = x.system) and (x.achieved_rto_hours > 2 * x.rto_hours or x.achieved_rpo_hours > 2 * x.rpo_hours) then 'major' end as class
from (
  select t.*, s.id as system, s.name, s.rto_hours, s.rpo_hours,
         case when t.achieved_rto_hours = cast(t.achieved_rto_hours as bigint) then cast(cast(t.achieved_rto_hours as bigint) as text) else cast(t.achieved_rto_hours as text) end
           || ' of ' || case when s.rto_hours = cast(s.rto_hours as bigint) then cast(cast(s.rto_hours as bigint) as text) else cast(s.rto_hours as text) end as rto_text,
         case when t.achieved_rpo_hours = cast(t.achieved_rpo_hours as bigint) then cast(cast(t.achieved_rpo_hours as bigint) as text) else cast(t.achieved_rpo_hours as text) end
           || ' of ' || case when s.rpo_hours = cast(s.rpo_hours as bigint) then cast(cast(s.rpo_hours as bigint) as text) else cast(s.rpo_hours as text) end as rpo_text,
         row_number() over (partition by t.plan order by t.performed_on desc, t.id desc) as place
  from restore_test t
  join backup_plan b on b.id = t.plan
  join production_system s on s.id = b.system
  where t.performed_on <= as_of()
) x
where x.place = 1 and x.follow_up is null
  and (x.achieved_rto_hours > x.rto_hours or x.achieved_rpo_hours > x.rpo_hours or x.result <> 'success')
union all
select 'continuity_exercise', y.id,
       'Exercise of "' || coalesce(y.document_title, y.plan) || '" on ' || y.performed_on || ' took '
         || case when y.achieved_rto_hours = cast(y.achieved_rto_hours as bigint) then cast(cast(y.achieved_rto_hours as bigint) as text) else cast(y.achieved_rto_hours as text) end || ' h, '
         || case when y.rto_hours = cast(y.rto_hours as bigint) then cast(cast(y.rto_hours as bigint) as text) else cast(y.rto_hours as text) end || ' h are planned, and no action followed.',
       case when y.achieved_rto_hours > 2 * y.rto_hours and exists (
              select 1 from continuity_plan__systems l join critical_system c on c.id = l.value where l.record = y.plan) then 'major' end
from (
  select e.*, c.rto_hours, c.document_title, row_number() over (partition by e.plan order by e.performed_on desc, e.id desc) as place
  from continuity_exercise e
  join continuity_plan_in_force c on c.id = e.plan
  where e.performed_on <= as_of()
) y
where y.place = 1 and y.achieved_rto_hours > y.rto_hours
  and not exists (select 1 from continuity_exercise__actions l where l.record = y.id)
union all
select 'backup_plan', b.id,
       'The backup of "' || s.name || '" runs every '
         || case when b.frequency_hours = cast(b.frequency_hours as bigint) then cast(cast(b.frequency_hours as bigint) as text) else cast(b.frequency_hours as text) end || ' h, data may be lost for '
         || case when s.rpo_hours = cast(s.rpo_hours as bigint) then cast(cast(s.rpo_hours as bigint) as text) else cast(s.rpo_hours as text) end || ' h at most.',
       case when b.frequency_hours > 2 * s.rpo_hours and exists (select 1 from critical_system c where c.id = s.id) then 'major' end
from backup_plan b
join production_system s on s.id = b.system
where b.frequency_hours > s.rpo_hours
