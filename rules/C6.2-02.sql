-- id: C6.2-02
-- title: An objective cannot be measured, or is unconnected to policy and risks
-- ref: 6.2 a–c
-- stages: internal stage1
-- class: minor
-- subject: security_objective
-- why: Objectives have to be measurable if practicable, and follow from policy, requirements and risk results. Minor; observation when only
--   the link is missing.
-- fix: Attach a metric and a target, or say why that is not practicable; derive the objective from policy and risks.
with judged as (
  select o.id, o.title, o.policy_link, o.considers_risk_results,
         case when not o.measurable and blank(o.measurability_rationale) then 'it is not measurable and no reason is given'
              when o.measurable and o.metric is null and o.target_value is null then 'it has neither metric nor target'
              when o.measurable and o.metric is null then 'it has no metric'
              when o.measurable and o.target_value is null then 'it has no target' end as vague
  from security_objective o
  where o.status = 'active'
)
select 'security_objective' as kind, j.id as subject,
       'Objective "' || coalesce(j.title, 'unnamed') || '": '
       || substr(coalesce('; ' || j.vague, '') || case when j.policy_link is null then '; it serves no policy' else '' end
                 || case when not j.considers_risk_results then '; it does not follow from requirements and risk results' else '' end, 3) || '.' as detail,
       case when j.vague is null then 'observation' end as class
from judged j
where j.vague is not null or j.policy_link is null or not j.considers_risk_results
