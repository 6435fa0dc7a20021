-- id: C6.1.3-b-01
-- title: A risk to be modified has neither a control nor an action
-- ref: 6.1.3 b, e
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: risk
-- why: To modify a risk means to change it by controls; without one the decision is empty. Minor; major when the risk is above the
--   threshold.
-- fix: Determine the controls and put the actions into the treatment plan.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" (residual level ' || coalesce(r.residual_text, 'not set') || ', threshold ' || coalesce(r.threshold_text, 'not set')
       || ') is to be modified, but has no treatment action'
       || case when exists (select 1 from risk__controls x where x.record = r.id) then ' although its controls do not bring it below the threshold.'
               else ' and no control.' end as detail,
       case when r.above_threshold then 'major' end as class
from assessed_risk r
where r.treatment = 'modify'
  and not exists (select 1 from treatment_action a where a.risk = r.id and a.status <> 'cancelled')
  and (r.above_threshold or not exists (select 1 from risk__controls x where x.record = r.id))
