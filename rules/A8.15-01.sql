-- id: A8.15-01
-- title: A system that must log does not reach the central platform, or has fallen silent.
-- ref: A.8.15, A.8.16
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: system
-- why: A silent source looks exactly like a quiet day. Minor; major when more than 25 % of the systems that must log are concerned.
-- fix: Connect the system, or repair the source.
select x.kind, x.subject, x.detail, case when x.failing * 4 > x.systems then 'major' end as class
from (
  select q.kind, q.subject, q.detail, n.systems, f.failing
  from (
    select 'system' as kind, s.id as subject, 'System "' || s.name || '" must log and has no source on the central platform.' as detail
    from system_in_scope s
    where s.logging_required
      and not exists (select 1 from log_source l where l.system = s.id and l.centralised)
      and not exists (select 1 from waived w where w.subject = s.id)
    union all
    select 'log_source', l.id, 'The log source of "' || s.name || '" ' || coalesce('is silent since ' || l.last_event_at, 'has never sent an event') || '.'
    from log_source l
    join system_in_scope s on s.id = l.system
    where s.logging_required
      and (l.last_event_at is null or hours_between(l.last_event_at, as_of() || 'T12:00:00Z') > l.max_silence_hours)
      and not exists (select 1 from waived w where w.subject = l.id or w.subject = s.id)
  ) q
  cross join (select count(*) as systems from system_in_scope s where s.logging_required) n
  cross join (
    select count(*) as failing
    from system_in_scope s
    where s.logging_required and not exists (select 1 from waived w where w.subject = s.id)
      and (not exists (select 1 from log_source l where l.system = s.id and l.centralised)
        or exists (select 1 from log_source l where l.system = s.id
                   and (l.last_event_at is null or hours_between(l.last_event_at, as_of() || 'T12:00:00Z') > l.max_silence_hours)
                   and not exists (select 1 from waived w where w.subject = l.id)))
  ) f
) x
