-- id: C9.3.3-02
-- title: A decision of a management review is overdue.
-- ref: 9.3.3, 9.3.2 a
-- stages: internal stage2 surveillance
-- class: minor
-- subject: review_decision
-- why: Decisions that nobody follows up teach everyone that they may be ignored. Observation for the first 30 days, then minor; major if it concerned a
--   major nonconformity.
-- fix: Finish it, or decide again with a new date.
-- note: A decision concerns a major nonconformity when its text names the id of one.
select 'review_decision' as kind, d.id as subject,
       'Decision "' || d.text || '" was due on ' || d.due_on || ' (' || coalesce((select h.name from person h where h.id = d.owner), 'no owner') || '), '
         || cast(days_between(d.due_on, as_of()) as text) || case when days_between(d.due_on, as_of()) = 1 then ' day' else ' days' end || ' ago.' as detail,
       case when exists (select 1 from nonconformity n where n.grade = 'major' and lower(d.text) like '%' || lower(n.id) || '%') then 'major'
            when days_between(d.due_on, as_of()) <= 30 then 'observation' end as class
from review_decision d
where d.status = 'open' and d.due_on < as_of()
