-- id: C10.2-01
-- title: There was no timely reaction to a nonconformity.
-- ref: 10.2 a
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: First the damage is stopped, then the cause is looked for. Minor; major for a major nonconformity.
-- fix: Contain and correct, and record the day it was done.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' of ' || n.raised_on || ' (' || n.grade || ', ' || cast(days_between(n.raised_on, as_of()) as text) || case when days_between(n.raised_on, as_of()) = 1 then ' day' else ' days' end || ' old) has '
         || case when blank(n.correction) then 'no correction.' else 'a correction that is not done.' end as detail,
       case when n.grade = 'major' then 'major' end as class
from nonconformity n
where n.status not in ('closed', 'cancelled')
  and (blank(n.correction) or n.correction_done_on is null)
  and n.raised_on < add_days(as_of(), -p('correction_days'))
