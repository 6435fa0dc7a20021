-- id: C6.1.3-f-04
-- title: An acceptance has lapsed but the risk is still carried
-- ref: 6.1.3 f, 8.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk_acceptance
-- why: An end date is a promise to decide again. Minor; major when it lapsed more than 90 days ago.
-- fix: Renew the acceptance, treat the risk, or close it.
select 'risk_acceptance' as kind, a.id as subject,
       'The acceptance of risk "' || coalesce(r.title, 'unnamed') || '" (residual level ' || r.residual_text || ', threshold ' || r.threshold_text || ') ended on ' || a.expires_on
       || ', ' || cast(days_between(a.expires_on, as_of()) as text) || ' days ago.' as detail,
       case when days_between(a.expires_on, as_of()) > 90 then 'major' end as class
from risk_acceptance a
join risk_measure r on r.id = a.risk
where a.expires_on < as_of()
  and r.status <> 'closed'
  and r.above_threshold
  and not exists (
    select 1 from risk_acceptance later
    where later.risk = a.risk and later.id <> a.id and later.status = 'valid'
      and (later.accepted_on > a.accepted_on or (later.accepted_on = a.accepted_on and coalesce(later.expires_on, '9999-12-31') > a.expires_on)))
