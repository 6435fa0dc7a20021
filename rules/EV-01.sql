-- id: EV-01
-- title: A control claimed as implemented has no evidence at all
-- ref: 8.1, 9.1
-- stages: internal stage2 surveillance
-- class: major
-- subject: control
-- why: A claim nobody can show is only a claim. Major for a key control, otherwise minor; when at least three and more than 10 % of the
--   claimed controls are affected, one class higher. For a control driven by events a signed statement that none occurred counts, one a
--   year.
-- fix: Provide records of its operation, or lower the status of the control.
-- escalation: E2 10%
-- population: select count(*) from claimed_control
-- note: A control driven by events has a year to show an event or a statement that none occurred. A valid exception on the control itself
--   silences the rule.
select 'control' as kind, c.id as subject,
       'Control "' || coalesce(c.title, 'unnamed') || '" (' || coalesce(c.frequency, 'unnamed') || ') has operated since ' || c.operational_since || ', '
       || cast(days_between(c.operational_since, as_of()) as text) || ' days, and no evidence is recorded'
       || case when exists (select 1 from control_evidence e where e.control = c.id) then ' but rejected pieces' else '' end || '.' as detail,
       case when c.key_control then 'major' else 'minor' end as class
from claimed_control c
join control_window w on w.control = c.id
where not exists (select 1 from control_evidence e where e.control = c.id and e.review_status in ('accepted', 'pending'))
  and days_between(c.operational_since, as_of()) > coalesce(w.window_days, 365)
  and not exists (select 1 from waived x where x.subject = c.id)
