-- id: A5.31-02
-- title: A duty to notify was missed.
-- ref: A.5.31, A.5.26, A.5.34
-- stages: internal stage2 surveillance
-- class: major
-- subject: incident
-- why: A missed notice turns an incident into an offence. Major; minor for a contractual notice that was late by less than its own length.
-- fix: Notify now, record the reasons for the delay, mend the process.
-- note: One finding an incident, naming all duties missed. Awareness is the time of classification.
select 'incident' as kind, x.id as subject, 'Incident "' || x.title || '", classified at ' || x.classified_at || ': ' || text_list(x.fault) || '.' as detail,
       case when sum(case when x.slight then 0 else 1 end) = 0 then 'minor' end as class
from (
  select i.id, i.title, i.classified_at,
         '"' || b.title || '" within ' || cast(cast(b.notification_hours as bigint) as text) || ' h ' || coalesce('sent at ' || n.sent_at, 'not sent') as fault,
         case when b.kind = 'contract' and hours_between(i.classified_at, n.sent_at) < 2 * b.notification_hours then true else false end as slight
  from incident i
  join incident__applicable_obligations l on l.record = i.id
  join obligation b on b.id = l.value
  left join (
    select m.record, m.obligation, min(m.sent_at) as sent_at, max(case when blank(m.not_required_rationale) then 0 else 1 end) as ruled_out
    from incident__notifications m
    group by m.record, m.obligation
  ) n on n.record = i.id and n.obligation = b.id
  where i.stage <> 'not_incident' and b.notification_hours is not null
    and (hours_between(i.classified_at, n.sent_at) > b.notification_hours
      or (n.sent_at is null and coalesce(n.ruled_out, 0) = 0 and hours_between(i.classified_at, as_of() || 'T12:00:00Z') > b.notification_hours))
) x
group by x.id, x.title, x.classified_at
