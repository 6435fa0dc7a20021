-- id: A8.15-01
-- title: A system that must log does not reach the central platform, or has fallen silent.
-- ref: A.8.15, A.8.16
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: system
-- why: A silent source looks exactly like a quiet day. Minor; major when more than 25 % of the systems that must log are concerned.
-- fix: Connect the system, or repair the source.
-- note: An exception on a source counts for that source; one that names a control counts unless the Statement of Applicability gives this control to
--   other requirements alone. An exception on the system excuses that it is not connected, but only if it names a control that the Statement of
--   Applicability gives to A.8.15 or A.8.16; it excuses no silent source. A source that never sent an event is late once its record is older than the
--   silence allowed, or where that day is unknown.
with missing as (
  select s.id, s.name
  from system_in_scope s
  where s.logging_required
    and not exists (select 1 from log_source l where l.system = s.id and l.centralised)
    and not exists (select 1 from waived_for w where w.subject = s.id and w.control_ref in ('8.15', '8.16'))
), silent as (
  select l.id, l.last_event_at, s.id as system, s.name
  from log_source l
  join system_in_scope s on s.id = l.system
  where s.logging_required
    and hours_between(coalesce(l.last_event_at, nullif(l.created_at, ''), '0001-01-01T00:00:00Z'), as_of() || 'T12:00:00Z') > l.max_silence_hours
    and not exists (select 1 from waived_for w where w.subject = l.id and coalesce(w.control_ref, '8.15') in ('8.15', '8.16'))
)
select x.kind, x.subject, x.detail, case when f.failing * 4 > n.systems then 'major' end as class
from (
  select 'system' as kind, m.id as subject, 'System "' || m.name || '" must log and has no source on the central platform.' as detail
  from missing m
  union all
  select 'log_source', q.id, 'The log source of "' || q.name || '" ' || coalesce('is silent since ' || q.last_event_at, 'has never sent an event') || '.'
  from silent q
) x
cross join (select count(*) as systems from system_in_scope s where s.logging_required) n
cross join (select count(*) as failing from (select m.id from missing m union select q.system from silent q) b) f
