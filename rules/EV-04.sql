-- id: EV-04
-- title: The evidence of a control is only self-attestation, or nobody reviewed it
-- ref: 7.5.3, 9.1
-- stages: internal stage2 surveillance
-- class: observation
-- subject: control
-- judges: each record alone
-- through: evidence.controls soa_entry.control
-- why: Someone's word and unread files say little about operation. Observation; minor for a key control.
-- fix: Obtain records from the system itself and have them reviewed.
-- note: Recent means that the period ends within the window of the control, a year for one driven by events. A valid exception on the
--   control itself silences the rule.
with recent as (
  select c.id, c.title, c.key_control, count(*) as n,
         sum(case when e.kind = 'attestation' then 1 else 0 end) as attested,
         sum(case when e.review_status in ('pending', 'rejected') and days_between(e.collected_on, as_of()) > p('evidence_review_days') then 1 else 0 end) as unread,
         min(e.collected_on) as oldest
  from (select c.id, c.title, c.key_control, add_days(as_of(), -coalesce(w.window_days, 365)) as since
        from claimed_control c
        join control_window w on w.control = c.id
        where not exists (select 1 from waived x where x.subject = c.id)) c
  cross join evidence__controls l
  cross join evidence e
  where l.value = c.id and e.id = l.record and e.period_end >= c.since
  group by c.id, c.title, c.key_control
)
select 'control' as kind, r.id as subject,
       'Control "' || coalesce(r.title, 'unnamed') || '": '
       || case when r.attested = r.n then 'its recent evidence is self-attestation only (pieces: ' || cast(r.n as text) || ').'
               else 'none of its recent evidence is accepted (pieces: ' || cast(r.n as text) || '), waiting since ' || r.oldest || '.' end as detail,
       case when r.key_control then 'minor' end as class
from recent r
where r.attested = r.n or r.unread = r.n
