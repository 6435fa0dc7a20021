-- id: C6.2-04
-- title: An objective is not monitored, or its date passed without evaluation
-- ref: 6.2 d, f, l, 9.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: security_objective
-- why: An objective nobody looks at moves nothing. Minor.
-- fix: Measure and record; when the date has passed, evaluate, decide and set the next objective.
select 'security_objective' as kind, o.id as subject,
       'Objective "' || coalesce(o.title, 'unnamed') || '": '
       || substr(case when days_between(o.last_monitored_on, as_of()) > p('objective_monitor_days') then '; last monitored on ' || o.last_monitored_on
                      when o.last_monitored_on is null and days_between(o.communicated_on, as_of()) > p('objective_monitor_days')
                      then '; communicated on ' || o.communicated_on || ' and never monitored' else '' end
                 || case when o.evaluated_on is null and days_between(o.due_on, as_of()) > 30 then '; due on ' || o.due_on || ' and not evaluated' else '' end, 3) || '.' as detail
from security_objective o
where o.status = 'active'
  and (days_between(o.last_monitored_on, as_of()) > p('objective_monitor_days')
       or (o.last_monitored_on is null and days_between(o.communicated_on, as_of()) > p('objective_monitor_days'))
       or (o.evaluated_on is null and days_between(o.due_on, as_of()) > 30))
