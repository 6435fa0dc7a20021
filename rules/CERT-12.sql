-- id: CERT-12
-- title: A deadline of the certification body for an external nonconformity was missed.
-- ref: certification contract
-- stages: stage2 surveillance
-- class: major
-- subject: nonconformity
-- why: It threatens the grant, or leads to suspension. Major.
-- fix: Send cause, correction and plan; ask for an extension before it lapses.
-- note: Where no date is recorded the response is due ext_response_days after the finding, the closure of a major ext_major_close_days after it.
select 'nonconformity' as kind, x.id as subject,
       'External nonconformity on ' || x.ref || ' (' || x.grade || ') of ' || x.raised_on || ':'
         || substr(case when x.response_missed then ', cause and plan were due on ' || x.response_on else '' end
           || case when x.closure_missed then ', closure was due on ' || x.closure_on else '' end, 2) || '.' as detail
from (
  select q.*,
         case when q.response_on < as_of() and (q.root_cause_on is null or not exists (select 1 from corrective_action a where a.nonconformity = q.id)) then true else false end as response_missed,
         case when q.closure_on < as_of() and q.verified_by_cb_on is null and (q.grade = 'major' or q.plan_accepted_by_cb_on is null) then true else false end as closure_missed
  from (
    select n.*, coalesce(n.response_due_on, add_days(n.raised_on, p('ext_response_days'))) as response_on,
           coalesce(n.closure_due_on, case when n.grade = 'major' then add_days(n.raised_on, p('ext_major_close_days')) end) as closure_on
    from nonconformity n
    where n.source = 'external_audit' and n.status not in ('closed', 'cancelled')
  ) q
) x
where x.response_missed or x.closure_missed
