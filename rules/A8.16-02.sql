-- id: A8.16-02
-- title: A serious alert is not looked at in time.
-- ref: A.8.16, A.8.7, A.5.25
-- stages: internal stage2 surveillance
-- class: minor
-- subject: security_alert
-- why: An alarm nobody answers teaches the intruder that he is alone. Observation when isolated; minor above 10 % of such alerts in 90 days; major for an
--   untriaged critical one older than seven days.
-- fix: Staff the queue and set an escalation.
select 'security_alert' as kind, x.id as subject,
       'Alert (' || x.severity || ', ' || x.queue || ') raised at ' || x.raised_at || ': '
         || case when x.untriaged then 'not triaged' when x.late then 'triaged only at ' || x.triaged_at else 'judged an incident, but no incident opened' end || '.' as detail,
       case when x.untriaged and x.severity = 'critical' and x.age_hours > 168 then 'major'
            when x.failing * 10 <= x.recent then 'observation' end as class
from (
  select q.*,
         sum(case when q.untriaged or q.late or q.loose then 1 else 0 end) over () as failing,
         sum(case when q.age_hours <= 2160 then 1 else 0 end) over () as recent
  from (
    select a.*, hours_between(a.raised_at, as_of() || 'T12:00:00Z') as age_hours,
           case when a.triaged_at is null and hours_between(a.raised_at, as_of() || 'T12:00:00Z') > p('alert_triage_hours') then true else false end as untriaged,
           case when hours_between(a.raised_at, a.triaged_at) > p('alert_triage_hours') and hours_between(a.raised_at, as_of() || 'T12:00:00Z') <= 2160 then true else false end as late,
           case when a.disposition = 'incident' and a.incident is null then true else false end as loose
    from security_alert a
    where a.severity in ('high', 'critical')
  ) q
) x
where x.untriaged or x.late or x.loose
