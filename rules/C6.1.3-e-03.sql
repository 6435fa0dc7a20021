-- id: C6.1.3-e-03
-- title: A treatment action is overdue
-- ref: 8.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: treatment_action
-- why: Until it is done the risk stays as it was. Minor; major when more than 90 days late on a risk above the threshold.
-- fix: Finish the action, or have the risk owner approve a new date and accept the risk until then.
select 'treatment_action' as kind, a.id as subject,
       'Action "' || coalesce(a.description, 'unnamed') || '" for risk "' || coalesce(r.title, 'unnamed') || '" was due on ' || a.due_on || ' (' || cast(days_between(a.due_on, as_of()) as text)
       || ' days late), and no acceptance by the risk owner covers the delay.' as detail,
       case when days_between(a.due_on, as_of()) > 90 and r.above_threshold then 'major' end as class
from open_action a
join risk_measure r on r.id = a.risk
where a.due_on < as_of()
  and not exists (
    select 1 from risk_acceptance x
    where x.risk = a.risk and x.status = 'valid' and x.expires_on >= as_of() and days_between(x.accepted_on, a.due_on) <= 30)
