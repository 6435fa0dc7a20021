-- id: C5.3-03
-- title: A responsibility sits with someone who has left, or a control has no owner
-- ref: 5.3, A.5.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: role_assignment, risk, control, asset, treatment_action, corrective_action
-- why: A duty of somebody who is gone is nobody's duty. Minor; major for the ISMS owner and for a risk above the threshold.
-- fix: Reassign the responsibility and tell those concerned.
with gone as (
  select q.id, q.name, q.end_date from person q where days_between(q.end_date, as_of()) > p('owner_reassign_days')
)
select 'role_assignment' as kind, a.id as subject,
       'The role "' || replace(coalesce(a.role, 'unknown'), '_', ' ') || '" sits with ' || coalesce(g.name, 'unnamed') || ', who left on ' || g.end_date || '.' as detail,
       case when a.role = 'isms_owner' then 'major' end as class
from role_assignment a join gone g on g.id = a.person
where a.ended_on is null
union all
select 'risk', r.id, 'Risk "' || coalesce(r.title, 'unnamed') || '" is owned by ' || coalesce(g.name, 'unnamed') || ', who left on ' || g.end_date || '.',
       case when r.above_threshold then 'major' end
from assessed_risk r join gone g on g.id = r.owner
union all
select 'control', c.id,
       'Control "' || coalesce(c.title, 'unnamed') || '" ' || case when c.owner is null then 'is implemented and has no owner.' else 'is owned by ' || coalesce(g.name, 'unnamed') || ', who left on ' || g.end_date || '.' end, null
from control c left join gone g on g.id = c.owner
where (c.status <> 'retired' and g.id is not null) or (c.status = 'implemented' and c.owner is null)
union all
select 'asset', a.id, 'Asset "' || coalesce(a.name, 'unnamed') || '" is owned by ' || coalesce(g.name, 'unnamed') || ', who left on ' || g.end_date || '.', null
from live_asset a join gone g on g.id = a.owner
union all
select 'treatment_action', a.id, 'Action "' || coalesce(a.description, 'unnamed') || '" is owned by ' || coalesce(g.name, 'unnamed') || ', who left on ' || g.end_date || '.', null
from open_action a join gone g on g.id = a.owner
union all
select 'corrective_action', a.id, 'Corrective action "' || coalesce(a.description, 'unnamed') || '" is owned by ' || coalesce(g.name, 'unnamed') || ', who left on ' || g.end_date || '.', null
from corrective_action a join gone g on g.id = a.owner
where a.completed_on is null
