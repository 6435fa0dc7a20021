-- id: C6.1.3-f-05
-- title: The risk has grown since it was accepted
-- ref: 6.1.3 f
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk_acceptance
-- why: The owner accepted something smaller. Minor.
-- fix: Ask the owner for a fresh decision at the present level.
select 'risk_acceptance' as kind, a.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" was accepted on ' || coalesce(a.accepted_on, 'an unknown day') || ' at level '
       || case when a.score_at_acceptance = cast(a.score_at_acceptance as bigint) then cast(cast(a.score_at_acceptance as bigint) as text)
               else cast(a.score_at_acceptance as text) end || '; it now stands at ' || r.residual_text || '.' as detail
from risk_acceptance a
join risk_measure r on r.id = a.risk
where a.status = 'valid'
  and r.status <> 'closed'
  and r.residual_score > a.score_at_acceptance
