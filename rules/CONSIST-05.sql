-- id: CONSIST-05
-- title: SoA and treatment plan disagree
-- ref: 6.1.3, 8.3
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: soa_entry
-- why: A control declared as planned needs an action, and a control declared as implemented should not still be built. Observation for a
--   single line, minor when several lines disagree. An action that extends a working control is tolerated.
-- fix: Add the action, or correct the status; say in the action when it only enhances what works.
-- note: Enhancement is read from the words of the description: enhance, extend, improve, expand, upgrade, strengthen.
with pending as (
  select e.id,
         'Control ' || coalesce(e.control_ref, 'unnamed') || ' is ' || replace(e.implementation_status, '_', ' ') || ', but no open action of the treatment plan builds it.' as detail
  from current_soa_entry e
  where e.applicability = 'applicable'
    and e.implementation_status in ('planned', 'partial', 'not_implemented')
    and not exists (select 1 from open_action a where a.control = e.control)
), built as (
  select e.id,
         'Control ' || coalesce(e.control_ref, 'unnamed') || ' is said to be implemented, but is still being built by: '
         || text_list('"' || coalesce(a.description, 'unnamed') || '" due on ' || a.due_on) || '.' as detail
  from current_soa_entry e
  join open_action a on a.control = e.control
  where e.implementation_status = 'implemented'
    and a.due_on < add_days(as_of(), 365)
    and ' ' || words(a.description) not like '% enhanc%'
    and ' ' || words(a.description) not like '% exten%'
    and ' ' || words(a.description) not like '% improv%'
    and ' ' || words(a.description) not like '% expan%'
    and ' ' || words(a.description) not like '% upgrad%'
    and ' ' || words(a.description) not like '% strengthen%'
    and ' ' || words(a.description) not like '% roll out to further%'
  group by e.id, e.control_ref
)
select 'soa_entry' as kind, x.id as subject, x.detail as detail, case when count(*) over () = 1 then 'observation' end as class
from (select p.id, p.detail from pending p union all select b.id, b.detail from built b) x
