-- id: A6.3-01
-- title: A person's awareness training is overdue.
-- ref: A.6.3, 7.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: training_assignment
-- why: The overall share is judged elsewhere; this names the people. Observation up to 5 % of the people, minor above. Days of long leave are added to the
--   deadline.
-- fix: Complete the training.
-- note: Without any course for all staff C7.3-01 speaks and the second part is silent.
select x.kind, x.subject, x.detail,
       case when count(*) over () * 100 <= 5 * (select count(*) from live_person h where h.in_scope) then 'observation' end as class
from (
  select 'training_assignment' as kind, q.id as subject,
         q.name || ' has not completed "' || q.title || '", due on ' || q.due_on || case when q.away > 0 then ' and ' || cast(q.away as text) || ' days of leave later' else '' end || '.' as detail
  from (
    select a.id, a.due_on, h.name, coalesce(c.title, a.course) as title,
           case when h.leave_from is null or h.leave_to is null or h.leave_to < a.assigned_on or h.leave_from > as_of() then 0
                else days_between(case when h.leave_from > a.assigned_on then h.leave_from else a.assigned_on end,
                                  case when h.leave_to < as_of() then h.leave_to else as_of() end) + 1 end as away
    from training_assignment a
    join available_person h on h.id = a.person
    left join training_course c on c.id = a.course
    where a.completed_on is null and h.in_scope
  ) q
  where add_days(q.due_on, q.away) < as_of()
  union all
  select 'person', h.id,
         case when y.latest is null then h.name || ', here since ' || h.start_date || ', was never assigned the awareness training for all staff.'
              else h.name || ' completed the awareness training last on ' || y.latest || ' and has no new assignment.' end
  from live_person h
  left join (
    select a.person, max(a.completed_on) as latest, max(add_days(a.completed_on, c.validity_days)) as valid_to,
           count(*) filter (where a.completed_on is null) as pending
    from training_assignment a
    join training_course c on c.id = a.course
    join training_course__roles l on l.record = c.id and l.value = 'all'
    group by a.person
  ) y on y.person = h.id
  where h.in_scope and h.start_date < add_days(as_of(), -p('newstarter_training_days'))
    and exists (select 1 from training_course__roles l where l.value = 'all')
    and (y.person is null or (y.valid_to < as_of() and y.pending = 0))
) x
