-- id: A5.25-01
-- title: A security event was not assessed, or an incident not handled, in time.
-- ref: A.5.25, A.5.26
-- stages: internal stage2 surveillance
-- class: minor
-- subject: incident
-- why: The first hours decide how far it spreads. Minor; major for critical severity; observation for a single late triage without effect.
-- fix: Assess and respond, and document what was done.
select 'incident' as kind, x.id as subject,
       'Incident "' || x.title || '" reported at ' || x.reported_at || ':'
         || substr(case when x.waiting then ', not assessed' else '' end
           || case when x.late_triage then ', assessed only at ' || x.classified_at else '' end
           || case when x.unresolved then ', severity ' || x.severity || ' not resolved after ' || cast(days_between(x.classified_at, as_of()) as text) || case when days_between(x.classified_at, as_of()) = 1 then ' day' else ' days' end || ', ' || cast(cast(x.days as bigint) as text) || ' allowed' else '' end
           || case when x.stage = 'incident' and x.owner is null then ', no handler' else '' end
           || case when x.stage = 'incident' and not x.response_log then ', response not documented' else '' end, 2) || '.' as detail,
       case when x.severity = 'critical' then 'major'
            when x.late_triage and not x.unresolved and x.stage <> 'incident' and count(*) over () = 1 then 'observation' end as class
from (
  select q.*,
         case when q.stage = 'event' and q.classified_at is null and hours_between(q.reported_at, as_of() || 'T12:00:00Z') > p('event_triage_hours') then true else false end as waiting,
         case when hours_between(q.reported_at, q.classified_at) > p('event_triage_hours') then true else false end as late_triage,
         case when q.stage = 'incident' and q.resolved_at is null and hours_between(q.classified_at, as_of() || 'T12:00:00Z') > 24 * q.days then true else false end as unresolved
  from (
    select i.*,
           case i.severity when 'critical' then p('incident_resolve_days.critical') when 'high' then p('incident_resolve_days.high')
                           when 'medium' then p('incident_resolve_days.medium') when 'low' then p('incident_resolve_days.low') end as days
    from incident i
  ) q
) x
where x.waiting or x.late_triage or x.unresolved or (x.stage = 'incident' and (x.owner is null or not x.response_log))
