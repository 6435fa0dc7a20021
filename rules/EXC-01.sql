-- id: EXC-01
-- title: An exception has lapsed or was not properly granted.
-- ref: A.5.36, 8.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: control_exception
-- why: An exception is a risk with a date; without the date, the approval or the counterweight it is only a gap. Minor; the departure it covered is judged
--   by its own rule as well.
-- fix: Renew it with approval, or restore conformity.
select 'control_exception' as kind, x.id as subject,
       'Exception for ' || x.subject || ':'
         || substr(case when x.expires_on < as_of() then ', lapsed on ' || x.expires_on else '' end
           || case when x.approved_by is null then ', approved by nobody' when x.approved_by = x.requested_by then ', approved by the requester' else '' end
           || case when x.expires_on > add_days(x.approved_on, p('exception_max_days')) then ', granted from ' || x.approved_on || ' to ' || x.expires_on else '' end
           || case when x.risk is null and blank(x.compensating_control) then ', neither risk nor compensating control' else '' end, 2) || '.' as detail
from control_exception x
where x.status = 'approved'
  and (x.expires_on < as_of() or x.approved_by is null or x.approved_by = x.requested_by
    or x.expires_on > add_days(x.approved_on, p('exception_max_days')) or (x.risk is null and blank(x.compensating_control)))
